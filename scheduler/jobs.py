"""Runs the few fixed jobs that bot/app.py names, by APScheduler, and notices when they have stopped.

Reminders are rows, never jobs: the store of APScheduler loses what fell due while the process was down.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from domain.clock import SystemClock

log = structlog.get_logger()

PATIENCE = 4
"""A job that has not run for so many of its intervals has stopped."""

GRACE = 3.0
"""Seconds that a job in hand has to end by itself, before it is cut off; its database undoes what it had begun."""


@dataclass(frozen=True)
class Job:
    """Something to be done every so many seconds."""

    name: str
    every: float
    run: Callable[[], Awaitable[object]]


class Jobs:
    """Runs the fixed jobs."""

    def __init__(self, jobs: Sequence[Job], steady: Callable[[], float] = time.monotonic) -> None:
        self._jobs = jobs
        self._steady = steady
        self._scheduler: AsyncIOScheduler | None = None
        self.last_run: dict[str, float] = {}
        """When each job last ended, well or not, by the steady clock."""
        self.restarts = 0
        self._in_hand: set[asyncio.Task[object]] = set()

    def start(self) -> None:
        """Begin; each job first runs when its interval has passed."""
        self.last_run = {job.name: self._steady() for job in self._jobs}
        scheduler = AsyncIOScheduler(timezone=UTC)
        for job in self._jobs:
            scheduler.add_job(
                self._run,
                IntervalTrigger(seconds=job.every, timezone=UTC),
                args=[job],
                id=job.name,
                misfire_grace_time=None,
                coalesce=True,
                max_instances=1,
            )
        scheduler.start()
        self._scheduler = scheduler

    def stop(self) -> None:
        if self._scheduler is not None and self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        self._scheduler = None

    async def finish(self) -> None:
        """Begin nothing more, and stop once what is in hand has ended or has been cut off."""
        if self._scheduler is not None and self._scheduler.running:
            self._scheduler.pause()
        await self._ended()
        self.stop()
        await self._ended()

    async def _ended(self) -> None:
        if self._in_hand:
            await asyncio.wait(self._in_hand, timeout=GRACE)

    def soon(self, name: str) -> None:
        """Run a job now; one that is running just then runs again in its own time."""
        if self._scheduler is not None and self._scheduler.running:
            self._scheduler.modify_job(name, next_run_time=SystemClock().now())

    async def _run(self, job: Job) -> None:
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - a coroutine runs in a task
        self._in_hand.add(task)
        try:
            await job.run()
        except asyncio.CancelledError:
            # not passed on: whoever stops the jobs knows it, and a normal stop is no failure
            log.info("job_cut_off", job=job.name)
        except Exception:
            # a job that fails once must come again
            log.exception("job_failed", job=job.name)
        finally:
            self.last_run[job.name] = self._steady()
            self._in_hand.discard(task)

    def stopped(self) -> list[str]:
        """The jobs that have not run for too long."""
        now = self._steady()
        return [job.name for job in self._jobs if now - self.last_run.get(job.name, now) > PATIENCE * job.every]

    def check(self) -> bool:
        """Restart the scheduler if a job has stopped; says whether it did."""
        stopped = self.stopped()
        if not stopped:
            return False
        log.error("jobs_had_stopped", jobs=stopped)
        self.restarts += 1
        self.stop()
        self.start()
        return True

    async def watch(self, every: float = 15.0) -> None:
        """Check for ever; cancelled at the end."""
        while True:
            await asyncio.sleep(every)
            self.check()
