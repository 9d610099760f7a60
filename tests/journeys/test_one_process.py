"""Who may run beside whom: on SQLite one process, on PostgreSQL any number, but a rehearsal is always alone."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.journeys.assistant import Assistant, assistant
from tests.simulators.telegram import TelegramSimulator

pytestmark = pytest.mark.journey


@asynccontextmanager
async def two(database_url: str, folder: Path) -> AsyncIterator[tuple[TelegramSimulator, Assistant, Assistant]]:
    """Two assistants with the same settings, neither of them started."""
    (folder / "second").mkdir()
    async with (
        TelegramSimulator(repeat_stretch=0.05, conflict_delay=0.05) as sim,
        assistant(sim, database_url, folder) as first,
        assistant(sim, database_url, folder / "second") as second,
    ):
        yield sim, first, second


async def refused(one: Assistant, *arguments: str) -> str:
    """The one line that a process ends with."""
    code, printed = await one.try_to_run(*arguments)
    assert code == 1
    assert len(printed.strip().splitlines()) == 1, printed
    assert "Traceback" not in printed
    return printed


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_second_assistant_on_the_same_file_is_refused(database_url: str, tmp_path: Path) -> None:
    async with two(database_url, tmp_path) as (_, first, second):
        await first.start()
        assert "tiến trình" in await refused(second)
        await first.stop()
        await second.start()
        await second.stop()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_part_of_the_assistant_is_refused_on_a_file(database_url: str, tmp_path: Path) -> None:
    async with two(database_url, tmp_path) as (_, first, _):
        assert "--only" in await refused(first, "--only", "web")


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_a_second_assistant_on_postgresql_takes_over_when_the_first_stops(
    database_url: str, tmp_path: Path
) -> None:
    async with two(database_url, tmp_path) as (sim, first, second):
        await first.start()
        await second.join()
        polls = len(sim.calls("getUpdates"))
        await first.stop()
        await second.polls_after(polls, 10)
        await second.stop()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_a_rehearsal_is_alone_on_postgresql_too(database_url: str, tmp_path: Path) -> None:
    async with two(database_url, tmp_path) as (_, first, second):
        await first.start("--rehearse-from", "2026-11-23T09:00")
        await refused(second)
        await refused(second, "--rehearse-from", "2026-11-23T09:00")
        await first.stop()
