"""What it costs that a commit survives a power cut."""

import sqlite3
import time
from contextlib import closing
from pathlib import Path
from statistics import median

from tests.benchmarks.bench import Bench, progress
from tests.benchmarks.figures import Topic, shown, times

HOW = """
One row inserted and committed, again and again, through Python's `sqlite3` in WAL mode: with `synchronous=NORMAL`,
where a power cut may take back the last commits, and with `synchronous=FULL`, as in production. A command is three
commits: the event is kept before its vendor is told; it is handled, with its answer written; the answer is settled as
sent. Two of them come before the answer.
"""


def _commits(path: Path, synchronous: str, count: int) -> list[float]:
    taken = []
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("PRAGMA journal_mode=WAL")
        raw.execute(f"PRAGMA synchronous={synchronous}")
        raw.execute("CREATE TABLE IF NOT EXISTS kept (id INTEGER PRIMARY KEY, text TEXT NOT NULL)")
        for number in range(count):
            begun = time.perf_counter()
            raw.execute("BEGIN IMMEDIATE")
            raw.execute("INSERT INTO kept (text) VALUES (?)", (f"Báo cáo kết quả số {number}",))
            raw.execute("COMMIT")
            taken.append(time.perf_counter() - begun)
    return taken


async def measure(bench: Bench) -> Topic:
    topic = Topic("What durability costs", HOW)
    middles = {}
    for synchronous in ("NORMAL", "FULL"):
        progress(f"  commits with synchronous={synchronous}")
        taken = _commits(bench.new_folder() / "commits.db", synchronous, bench.pick(2000, 200))
        topic.figures.append(times(f"Insert and commit, `synchronous={synchronous}`", taken, tail=True))
        middles[synchronous] = median(taken)
    cost = middles["FULL"] - middles["NORMAL"]
    topic.says = (
        f"That a commit survives a power cut costs {shown(cost)} on this disk: "
        f"{shown(2 * cost)} of the time of every answer."
    )
    return topic
