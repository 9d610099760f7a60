"""The fixed jobs run again whatever happens, and the watchdog sees one that has stopped."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from structlog.testing import capture_logs

from scheduler import jobs as scheduler_jobs
from scheduler.jobs import PATIENCE, Job, Jobs


class Steady:
    """A steady clock moved by hand."""

    def __init__(self) -> None:
        self.at = 100.0

    def __call__(self) -> float:
        return self.at


async def nothing() -> None:
    """A job that is done at once."""


def job(run: Callable[[], Awaitable[object]] = nothing, every: float = 30.0, name: str = "reminders") -> Job:
    return Job(name, every, run)


async def test_a_job_that_fails_comes_again() -> None:
    came_again = asyncio.Event()
    runs = 0

    async def stumbles() -> None:
        nonlocal runs
        runs += 1
        if runs == 1:
            raise RuntimeError("once")
        came_again.set()

    jobs = Jobs([job(stumbles, every=0.001)])
    jobs.start()
    try:
        async with asyncio.timeout(10):
            await came_again.wait()
    finally:
        jobs.stop()
    assert runs >= 2


async def test_a_job_is_never_run_twice_at_once() -> None:
    running, most, runs = 0, 0, 0
    enough = asyncio.Event()

    async def slow() -> None:
        nonlocal running, most, runs
        running, runs = running + 1, runs + 1
        most = max(most, running)
        await asyncio.sleep(0)
        running -= 1
        if runs == 3:
            enough.set()

    jobs = Jobs([job(slow, every=0.001)])
    jobs.start()
    try:
        async with asyncio.timeout(10):
            await enough.wait()
    finally:
        jobs.stop()
    assert most == 1


async def test_jobs_that_run_are_left_alone() -> None:
    steady = Steady()
    jobs = Jobs([job()], steady)
    jobs.start()
    steady.at += PATIENCE * 30
    assert jobs.stopped() == []
    assert not jobs.check()
    assert jobs.restarts == 0
    jobs.stop()


async def test_a_job_that_has_stopped_is_noticed_and_all_are_started_again() -> None:
    steady, ran = Steady(), asyncio.Event()

    async def runs() -> None:
        ran.set()

    jobs = Jobs([job(every=3600.0, name="housekeeping"), job(runs, every=0.001)], steady)
    jobs.start()
    jobs.stop()
    steady.at += 10
    assert jobs.stopped() == ["reminders"]
    try:
        assert jobs.check()
        assert jobs.restarts == 1
        assert jobs.stopped() == []
        async with asyncio.timeout(10):
            await ran.wait()
    finally:
        jobs.stop()
    assert jobs.last_run["reminders"] == steady.at


async def test_a_job_that_fails_has_run_all_the_same() -> None:
    failed = asyncio.Event()

    async def fails() -> None:
        failed.set()
        raise RuntimeError("again and again")

    steady = Steady()
    jobs = Jobs([job(fails, every=0.001)], steady)
    jobs.start()
    steady.at += 1000
    try:
        async with asyncio.timeout(10):
            await failed.wait()
            await asyncio.sleep(0)
    finally:
        jobs.stop()
    assert jobs.stopped() == []


async def test_the_watchdog_looks_until_it_is_cancelled() -> None:
    steady, ran = Steady(), asyncio.Event()

    async def runs() -> None:
        ran.set()

    jobs = Jobs([job(runs, every=0.001)], steady)
    jobs.start()
    jobs.stop()
    steady.at += 10
    async with asyncio.timeout(10), asyncio.TaskGroup() as tasks:
        watchdog = tasks.create_task(jobs.watch(every=0))
        await ran.wait()
        watchdog.cancel()
    jobs.stop()
    assert jobs.restarts >= 1


async def test_stopping_twice_or_before_the_start_is_harmless() -> None:
    jobs = Jobs([job()])
    jobs.stop()
    jobs.start()
    jobs.stop()
    jobs.stop()


@pytest.mark.parametrize("name", ["reminders", "inbox"])
async def test_nothing_counts_as_stopped_before_the_start(name: str) -> None:
    steady = Steady()
    jobs = Jobs([job(name=name)], steady)
    steady.at += 10_000
    assert jobs.stopped() == []


async def test_a_job_may_be_wanted_at_once() -> None:
    came = asyncio.Event()

    async def comes() -> None:
        came.set()

    jobs = Jobs([job(comes, every=3600.0)])
    jobs.soon("reminders")
    jobs.start()
    try:
        jobs.soon("reminders")
        await asyncio.wait_for(came.wait(), 5)
    finally:
        jobs.stop()


async def test_what_is_in_hand_ends_before_the_jobs_have_stopped() -> None:
    begun, may_end, ended = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def takes_a_while() -> None:
        begun.set()
        await may_end.wait()
        ended.set()

    jobs = Jobs([job(takes_a_while, every=0.001)])
    jobs.start()
    async with asyncio.timeout(10), asyncio.TaskGroup() as tasks:
        await begun.wait()
        finishing = tasks.create_task(jobs.finish())
        await asyncio.sleep(0)
        assert not finishing.done()
        may_end.set()
        await finishing
    assert ended.is_set()


async def test_what_takes_too_long_is_cut_off_and_no_error_is_logged(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(scheduler_jobs, "GRACE", 0.01)
    begun, undone = asyncio.Event(), asyncio.Event()

    async def never_ends() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            undone.set()

    jobs = Jobs([job(never_ends, every=0.001)])
    jobs.start()
    with capture_logs() as logs:
        async with asyncio.timeout(10):
            await begun.wait()
            await jobs.finish()
    assert undone.is_set()
    assert [(one["event"], one["log_level"]) for one in logs] == [("job_cut_off", "info")]
    assert [record for record in caplog.records if record.levelname in ("ERROR", "CRITICAL")] == []
