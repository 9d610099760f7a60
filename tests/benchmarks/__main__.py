"""`python -m tests.benchmarks`: measure everything, and write docs/performance.md."""

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from zoneinfo import ZoneInfo

from domain.clock import SystemClock
from tests.benchmarks import (
    answers,
    broadcast,
    durability,
    fuzz,
    letters,
    library_jobs,
    memory,
    processes,
    reading,
    starts,
    ticks,
)
from tests.benchmarks.bench import Bench, progress
from tests.benchmarks.figures import Topic
from tests.benchmarks.machine import described
from tests.benchmarks.page import page

ROOT = Path(__file__).parent.parent.parent
PAGE = ROOT / "docs" / "performance.md"
TOPICS: dict[str, Callable[[Bench], Awaitable[Topic]]] = {
    "ticks": ticks.measure,
    "jobs": library_jobs.measure,
    "starts": starts.measure,
    "answers": answers.measure,
    "memory": memory.measure,
    "letters": letters.measure,
    "broadcast": broadcast.measure,
    "processes": processes.measure,
    "reading": reading.measure,
    "fuzz": fuzz.measure,
    "durability": durability.measure,
}


async def _measure(names: list[str], bench: Bench) -> list[Topic]:
    found = []
    for name in names:
        begun = time.perf_counter()
        progress(name)
        found.append(await TOPICS[name](bench))
        progress(f"  {time.perf_counter() - begun:.0f} s")
    return found


def run(names: list[str], *, quick: bool) -> str:
    """The page."""
    build = ROOT / "build"
    build.mkdir(exist_ok=True)
    machine = described(build)
    with tempfile.TemporaryDirectory(prefix="bench-", dir=build) as folder:
        topics = asyncio.run(_measure(names, Bench(Path(folder), quick)))
    today = SystemClock().now().astimezone(ZoneInfo("Asia/Ho_Chi_Minh")).date()
    return page(today, machine, topics)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small sizes, to try it; prints and writes nothing")
    parser.add_argument("--only", choices=TOPICS, help="one topic; prints and writes nothing")
    options = parser.parse_args()
    written = run([options.only] if options.only else list(TOPICS), quick=options.quick)
    if options.quick or options.only:
        sys.stdout.write(written)
        return
    PAGE.write_text(written, "utf-8")
    progress(f"written: {PAGE.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
