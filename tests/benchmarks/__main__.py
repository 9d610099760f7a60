"""`python -m tests.benchmarks`: measure everything, and write docs/performance.md.

Each topic is kept in docs/figures as soon as it is measured, with its day: a run that is broken off loses nothing.
`--only TOPIC` measures some of them anew, on a machine that should do nothing else meanwhile.
"""

import argparse
import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from datetime import date
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
KEPT = ROOT / "docs" / "figures"
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
    machine = described(ROOT / "build")
    found = []
    for name in names:
        begun = time.perf_counter()
        progress(name)
        topic = await TOPICS[name](bench)
        topic.day, topic.machine = _today().isoformat(), machine
        if not bench.quick:
            _keep(name, topic)
        found.append(topic)
        progress(f"  {time.perf_counter() - begun:.0f} s")
    return found


def _today() -> date:
    return SystemClock().now().astimezone(ZoneInfo("Asia/Ho_Chi_Minh")).date()


def _keep(name: str, topic: Topic) -> None:
    KEPT.mkdir(parents=True, exist_ok=True)
    (KEPT / f"{name}.json").write_text(json.dumps(asdict(topic), ensure_ascii=False, indent=1) + "\n", "utf-8")


def _kept() -> list[Topic]:
    """Whatever has been measured, in the order of the page."""
    found = [KEPT / f"{name}.json" for name in TOPICS]
    kept = [json.loads(path.read_text("utf-8")) for path in found if path.exists()]
    return [Topic(**{**one, "figures": [Figure(**figure) for figure in one["figures"]]}) for one in kept]


def run(names: list[str], *, quick: bool) -> list[Topic]:
    """Measure some topics."""
    build = ROOT / "build"
    build.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bench-", dir=build) as folder:
        return asyncio.run(_measure(names, Bench(Path(folder), quick)))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small sizes, to try it; prints, and keeps nothing")
    parser.add_argument("--only", choices=TOPICS, nargs="+", help="these topics alone")
    options = parser.parse_args()
    topics = run(options.only or list(TOPICS), quick=options.quick)
    if options.quick:
        sys.stdout.write(page(topics))
        return
    PAGE.write_text(page(_kept()), "utf-8")
    progress(f"written: {PAGE.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
