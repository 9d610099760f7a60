"""The reminder tick: with nothing due, and with much due at once."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

from domain.clock import SystemClock
from domain.rules import Rules
from domain.workdays import OfficeHours
from locales.speech import Speech
from scheduler.reminders import remind
from storage.engine import make_engine
from storage.unit_of_work import Store
from tests.benchmarks.agency import ZONE, Size, make_due, url
from tests.benchmarks.bench import Bench, progress
from tests.benchmarks.figures import Figure, Topic, times
from tests.benchmarks.stalls import watched

IDLE_GOAL = 0.005
HOW = """
`scheduler.reminders.remind` in the benchmark's own process, on a database file in which every assignment is open and
has its next reminder set (`ANALYZE` was run). Beside the time of a tick: for how long at most the event loop stood
still, that is, nobody else was answered.
"""


def _rules() -> Rules:
    return Rules(agency="Sở", zone=ZONE, locale="vi")


@asynccontextmanager
async def _store(path: Path) -> AsyncIterator[Store]:
    store = Store(make_engine(url(path)), ZONE)
    try:
        yield store
    finally:
        await store.close()


async def _office_open(store: Store, after: datetime, hours: OfficeHours) -> datetime:
    async with store.read() as uow:
        calendar = await uow.calendar()
    return hours.next_open(after, ZONE, calendar)


async def _idle(store: Store, rules: Rules, speech: Speech, runs: int) -> list[float]:
    taken = []
    for _ in range(runs):
        begun = time.perf_counter()
        letters = await remind(store, rules, speech, SystemClock().now())
        taken.append(time.perf_counter() - begun)
        assert letters == 0
    return taken


async def _due(
    store: Store, size: Size, rules: Rules, speech: Speech, people: int, each: int, runs: int
) -> tuple[list[float], list[float]]:
    """For each run, how long the tick took, and the longest stall."""
    taken, longest = [], []
    for run in range(runs):
        now = await _office_open(store, SystemClock().now() + timedelta(days=run), rules.hours)
        await make_due(store, size, people, each, now)
        async with watched() as stalls:
            begun = time.perf_counter()
            letters = await remind(store, rules, speech, now)
            taken.append(time.perf_counter() - begun)
        assert letters == people, f"{letters} letters"
        longest.append(max(stalls))
    return taken, longest


async def measure(bench: Bench) -> Topic:
    topic = Topic("A tick of the reminders", HOW)
    size, rules, speech = bench.million, _rules(), Speech("vi", ZONE)
    async with _store(await bench.database(size)) as store:
        progress("  ticks with nothing due")
        idle = await _idle(store, rules, speech, bench.pick(300, 50))
        topic.figures.append(times(f"Nothing due, {size.tasks:,} open assignments", idle, IDLE_GOAL, tail=True))
        for people, each in ((size.officers // 2, 1), (size.officers, 10)):
            progress(f"  ticks with {people * each} due")
            taken, stalls = await _due(store, size, rules, speech, people, each, bench.runs)
            topic.figures += _due_figures(people, each, taken, stalls)
    topic.says = (
        f"A tick that finds nothing costs {topic.figures[0].median} among {size.tasks:,} assignments; one that finds "
        f"{size.officers * 10:,} writes {size.officers:,} letters in {topic.figures[3].median}, and lets others be "
        f"answered at the latest after {topic.figures[4].median}."
    )
    return topic


def _due_figures(people: int, each: int, taken: list[float], stalls: list[float]) -> list[Figure]:
    name = f"{people * each:,} due: {people:,} people, {people:,} letters"
    return [times(name, taken), times("… the longest standstill of the event loop", stalls)]
