"""APScheduler beside our tick: one date job for each reminder, kept by its own store in SQLite."""

import asyncio
import pickle
import shutil
import sqlite3
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from domain.clock import SystemClock
from tests.benchmarks.bench import Bench, progress
from tests.benchmarks.figures import Figure, Topic, times
from tests.benchmarks.stalls import watched

HOW = """
What the tick replaces: APScheduler 3 with one date job a reminder in its `SQLAlchemyJobStore`, an SQLite file with the
same pragmas (WAL, `synchronous=FULL`). The jobs do nothing; our tick above also writes the letters.
"""
FIRED_SECONDS = 300

fired = 0


async def job(_number: int) -> None:
    """What each reminder does."""
    global fired
    fired += 1


def _pragmas(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.close()


def _scheduler(path: Path) -> tuple[AsyncIOScheduler, Engine]:
    engine = create_engine(f"sqlite:///{path}")
    event.listen(engine, "connect", _pragmas)
    return AsyncIOScheduler(jobstores={"default": SQLAlchemyJobStore(engine=engine)}, timezone=UTC), engine


async def _add(path: Path, jobs: int) -> float:
    scheduler, engine = _scheduler(path)
    scheduler.start()
    later = SystemClock().now() + timedelta(days=40)
    begun = time.perf_counter()
    for number in range(jobs):
        scheduler.add_job(job, "date", run_date=later, args=[number], id=str(number), misfire_grace_time=None)
    taken = time.perf_counter() - begun
    scheduler.shutdown(wait=False)
    await asyncio.sleep(0)
    engine.dispose()
    return taken


def _make_due(path: Path, jobs: int, at: datetime) -> None:
    """Date so many jobs back, in the store's own form."""
    with closing(sqlite3.connect(path)) as raw, raw:
        rows = raw.execute("SELECT id, job_state FROM apscheduler_jobs LIMIT ?", (jobs,)).fetchall()
        for name, kept in rows:
            state = pickle.loads(kept)
            state["next_run_time"] = state["trigger"].run_date = at
            changed = (at.timestamp(), pickle.dumps(state), name)
            raw.execute("UPDATE apscheduler_jobs SET next_run_time = ?, job_state = ? WHERE id = ?", changed)


async def _fire(path: Path, due: int) -> tuple[float, float]:
    """How long it took from the start until all had been fired, and the longest standstill in between."""
    global fired
    fired = 0
    scheduler, engine = _scheduler(path)
    async with watched() as stalls, asyncio.timeout(FIRED_SECONDS):
        begun = time.perf_counter()
        scheduler.start()
        while fired < due:
            await asyncio.sleep(0.001)
        taken = time.perf_counter() - begun
    scheduler.shutdown(wait=False)
    await asyncio.sleep(0)
    engine.dispose()
    return taken, max(stalls)


async def _firings(template: Path, due: int, runs: int) -> list[tuple[float, float]]:
    results = []
    for run in range(runs):
        path = Path(shutil.copy(template, template.with_name(f"jobs{due}-{run}.db")))
        _make_due(path, due, SystemClock().now() - timedelta(minutes=1))
        results.append(await _fire(path, due))
    return results


async def measure(bench: Bench) -> Topic:
    topic = Topic("The same with a job for each reminder", HOW)
    jobs, runs = bench.pick(10_000, 500), bench.pick(3, 1)
    template = bench.new_folder() / "jobs.db"
    progress(f"  adding {jobs} jobs")
    topic.figures.append(times(f"Add {jobs:,} jobs", [await _add(template, jobs)]))
    for due in (jobs // 20, jobs):
        progress(f"  firing {due} of {jobs} jobs")
        topic.figures += _figures(due, jobs, await _firings(template, due, runs))
    topic.says = (
        f"With a job for each reminder, {jobs:,} due ones take {topic.figures[3].median}, "
        f"{topic.figures[4].median} of it at one stretch."
    )
    return topic


def _figures(due: int, jobs: int, results: list[tuple[float, float]]) -> list[Figure]:
    taken, stalls = (list(column) for column in zip(*results, strict=True))
    return [
        times(f"Start, and fire {due:,} due of {jobs:,} jobs", taken),
        times("… the longest standstill of the event loop", stalls),
    ]
