"""`python -m tests.benchmarks`: measure everything, and write docs/performance.md.

Each topic is kept in build/figures as soon as it is measured: `--only TOPIC` measures some of them anew, on a machine
that should do nothing else meanwhile, and `--page` makes the page of what is kept, all of the same code and day.
"""

import argparse
import asyncio
import json
import os
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import asdict
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
from tests.benchmarks.figures import Figure, Topic
from tests.benchmarks.machine import described
from tests.benchmarks.page import page

ROOT = Path(__file__).parent.parent.parent
PAGE = ROOT / "docs" / "performance.md"
KEPT = ROOT / "build" / "figures"
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
    found, load = [], os.getloadavg()[0]
    for name in names:
        begun = time.perf_counter()
        progress(name)
        topic = await TOPICS[name](bench)
        if not bench.quick:
            _keep(name, topic, load)
        found.append(topic)
        progress(f"  {time.perf_counter() - begun:.0f} s")
    return found


def _keep(name: str, topic: Topic, load: float) -> None:
    """With the load of the machine when the run began."""
    KEPT.mkdir(parents=True, exist_ok=True)
    (KEPT / f"{name}.json").write_text(json.dumps({**asdict(topic), "load": load}, ensure_ascii=False), "utf-8")


def _kept(name: str) -> tuple[Topic, float]:
    kept = json.loads((KEPT / f"{name}.json").read_text("utf-8"))
    figures = [Figure(**figure) for figure in kept["figures"]]
    return Topic(kept["title"], kept["how"], figures, kept["says"]), kept["load"]


def run(names: list[str], *, quick: bool) -> list[Topic]:
    """Measure some topics."""
    build = ROOT / "build"
    build.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bench-", dir=build) as folder:
        return asyncio.run(_measure(names, Bench(Path(folder), quick)))


def written(topics: list[Topic], load: float) -> str:
    """The page of some topics."""
    today = SystemClock().now().astimezone(ZoneInfo("Asia/Ho_Chi_Minh")).date()
    return page(today, described(ROOT / "build", load), topics)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small sizes, to try it; prints and writes nothing")
    parser.add_argument("--only", choices=TOPICS, nargs="+", help="these topics; prints them and leaves the page")
    parser.add_argument("--page", action="store_true", help="measure nothing; the page of what is kept")
    options = parser.parse_args()
    names = options.only or list(TOPICS)
    load = os.getloadavg()[0]
    if not options.page:
        topics = run(names, quick=options.quick)
        if options.quick or options.only:
            sys.stdout.write(written(topics, load))
            return
    kept = [_kept(name) for name in TOPICS]
    PAGE.write_text(written([topic for topic, _ in kept], max(load for _, load in kept)), "utf-8")
    progress(f"written: {PAGE.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
