"""Killed at random instants while commands come in: none lost, none handled twice, at most one repeat a kill."""

import asyncio
import random
import re
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from domain.clock import SystemClock
from domain.people import Role
from domain.tasks import Assignment, LogEntry, Status, Task, Verb
from storage.engine import make_engine
from storage.roster import take_in
from storage.unit_of_work import Store
from tests.cast import Line
from tests.journeys.assistant import assistant
from tests.simulators.telegram import TelegramSimulator

pytestmark = pytest.mark.journey

OFFICERS, COMMANDS_EACH = 60, 5
KILLS = 20
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.fixture
async def sim() -> AsyncIterator[TelegramSimulator]:
    async with TelegramSimulator(repeat_stretch=0.02, conflict_delay=0.02) as started:
        yield started


async def prepare(url: str, sim: TelegramSimulator) -> dict[int, list[int]]:
    """An agency of officers on Telegram, each with tasks; gives the numbers of each one's tasks."""
    store = Store(make_engine(url), ZONE)
    now = SystemClock().now()
    roster = [Line(f"Cán bộ {n}", "Phòng Một", "Chuyên viên", Role.OFFICER, None) for n in range(OFFICERS)]
    roster += [Line(f"Trưởng phòng {n}", f"Phòng {n}", "Trưởng phòng", Role.UNIT_HEAD, None) for n in ("Một", "Hai")]
    tasks: dict[int, list[int]] = {}
    async with store.write() as uow:
        await take_in(uow, roster, now)
        for person in (await uow.agency()).people.values():
            await uow.people.link(person.id, "telegram", str(person.id), now)
            sim.person(person.id, person.name, started=True)
            if person.role is Role.OFFICER:
                tasks[person.id] = [await _task(uow, person.id, person.unit_id) for _ in range(COMMANDS_EACH)]
    await store.close()
    return tasks


async def _task(uow, person_id: int, unit_id: int) -> int:  # type: ignore[no-untyped-def]
    given = Task(0, "Báo cáo kết quả", person_id, SystemClock().now())
    new = Assignment(0, given, person_id, unit_id, Status.IN_PROGRESS)
    return int((await uow.tasks.create(new)).number)


async def histories(url: str, numbers: list[int]) -> dict[int, list[LogEntry]]:
    store = Store(make_engine(url), ZONE)
    async with store.read() as uow:
        found = {number: await uow.tasks.history(number) for number in numbers}
    await store.close()
    return found


def answered(sim: TelegramSimulator, number: int) -> list[str]:
    """The messages that answer the progress report of a task."""
    pattern = re.compile(rf"nhiệm vụ số {number} đạt")
    return [str(message["text"]) for message in sim.sent() if pattern.search(str(message["text"]))]


def everybody_speaks(sim: TelegramSimulator, tasks: dict[int, list[int]]) -> list[tuple[int, str]]:
    """Each officer reports on each task, all mixed; the percent tells the reports apart."""
    lines = [(person, f"tiendo {number} 40 đã làm") for person, numbers in tasks.items() for number in numbers]
    random.Random(2026).shuffle(lines)
    return lines


async def until_all_answered(sim: TelegramSimulator, numbers: list[int], seconds: float) -> None:
    waiting = set(numbers)

    def done() -> bool:
        waiting.difference_update([number for number in waiting if answered(sim, number)])
        return not waiting

    try:
        await sim.wait_until(done, seconds)
    except TimeoutError:
        raise AssertionError(f"never answered: {sorted(waiting)}") from None


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # on PostgreSQL: test_kill_broadcast.py
async def test_an_assistant_killed_twenty_times_loses_nothing(
    sim: TelegramSimulator, database_url: str, tmp_path: Path
) -> None:
    tasks = await prepare(database_url, sim)
    numbers = [number for mine in tasks.values() for number in mine]
    lines = everybody_speaks(sim, tasks)
    chance = random.Random(7)
    async with assistant(sim, database_url, tmp_path) as running:
        per_life = len(lines) // KILLS
        for life in range(KILLS):
            await running.start()
            sim.say_many(lines[life * per_life : (life + 1) * per_life])
            seen = len(sim.calls())
            calls = chance.randint(0, 3 * per_life)
            await in_the_middle(sim, seen + calls, chance)
            await running.kill()
        await running.start()
        await until_all_answered(sim, numbers, 60)
        await running.stop()

    for number, entries in (await histories(database_url, numbers)).items():
        reports = [entry for entry in entries if entry.verb is Verb.PROGRESSED]
        assert len(reports) == 1, f"task {number} was handled {len(reports)} times"
    copies = Counter({number: len(answered(sim, number)) for number in numbers})
    repeats = {number: count - 1 for number, count in copies.items() if count > 1}
    assert sum(repeats.values()) <= KILLS, f"repeated: {repeats}"
    for number in repeats:
        marked = [text for text in answered(sim, number) if "Gửi lại" in text]
        assert len(marked) >= copies[number] - 1, f"task {number}: a repeat is not marked as one"


async def in_the_middle(sim: TelegramSimulator, calls: int, chance: random.Random) -> None:
    """A random instant: after so many calls, and a little later; or when nothing goes on any more."""
    try:
        await sim.wait_until(lambda: len(sim.calls()) >= calls, 1.0)
    except TimeoutError:
        return
    for _ in range(chance.randint(0, 200)):
        await asyncio.sleep(0)


async def test_an_assistant_told_to_stop_repeats_nothing(
    sim: TelegramSimulator, database_url: str, tmp_path: Path
) -> None:
    tasks = await prepare(database_url, sim)
    numbers = [number for mine in tasks.values() for number in mine]
    lines = everybody_speaks(sim, tasks)
    chance = random.Random(11)
    stops = 6
    async with assistant(sim, database_url, tmp_path) as running:
        for life in range(stops):
            await running.start()
            seen = len(sim.calls())
            sim.say_many(lines[life * 50 : (life + 1) * 50])
            await in_the_middle(sim, seen + chance.randint(1, 60), chance)
            await running.stop()
        await running.start()
        await until_all_answered(sim, numbers, 60)
        await running.stop()
    assert {number: len(answered(sim, number)) for number in numbers} == dict.fromkeys(numbers, 1)
    for number, entries in (await histories(database_url, numbers)).items():
        assert sum(entry.verb is Verb.PROGRESSED for entry in entries) == 1, f"task {number}"
