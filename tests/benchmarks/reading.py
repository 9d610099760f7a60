"""Directives read from files: a letter of five pages, a plan of a hundred, and the memory that it takes."""

import asyncio
import json
import sys
import time
from asyncio.subprocess import PIPE
from pathlib import Path

from documents.reading.directive import read_here
from storage.calendar import calendar_with
from storage.holidays_vn import SHIPPED
from tests.benchmarks.bench import Bench, progress
from tests.benchmarks.figures import Figure, Topic, times
from tests.benchmarks.running import ROOT
from tests.documents.papers import pages

FEW, MANY = 5, 100
FEW_GOAL, MANY_GOAL, MEMORY_GOAL = 0.5, 5.0, 150
HOW = """
PDFs of so many full pages of numbered points that name who, with whom and by when, read in a fresh process that has
loaded the reader and its libraries before the clock starts. Memory is the most that the process had, beyond what it had
before.
"""


async def _reading(pdf: Path) -> tuple[float, int]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.benchmarks.reading", str(pdf)), cwd=ROOT, stdout=PIPE
    )
    printed, _ = await process.communicate()
    took, kilobytes = json.loads(printed)
    return float(took), int(kilobytes)


async def measure(bench: Bench) -> Topic:
    topic = Topic("Reading directives", HOW)
    folder = bench.new_folder()
    most = 0.0
    for count, goal in ((FEW, FEW_GOAL), (bench.pick(MANY, FEW), MANY_GOAL)):
        progress(f"  a PDF of {count} pages")
        pdf = folder / f"{count}.pdf"
        pdf.write_bytes(pages(count))
        found = [await _reading(pdf) for _ in range(bench.runs)]
        topic.figures.append(times(f"PDF of {count} pages", [took for took, _ in found], goal))
        most = max(most, *(kilobytes / 1024 for _, kilobytes in found))
    topic.figures.append(
        Figure("Memory more", f"{most:.0f} MB", bench.runs, goal=f"≤ {MEMORY_GOAL} MB", met=most <= MEMORY_GOAL)
    )
    shown = [figure.median for figure in topic.figures]
    topic.says = f"A letter of {FEW} pages is read in {shown[0]}, a plan of {MANY} pages in {shown[1]}."
    return topic


def _main() -> None:
    calendar = calendar_with(SHIPPED)
    read_here("pdf", pages(1), calendar)
    data = Path(sys.argv[1]).read_bytes()
    before = _kilobytes("VmRSS")
    begun = time.perf_counter()
    reading = read_here("pdf", data, calendar)
    took = time.perf_counter() - begun
    assert reading.tasks
    print(json.dumps([took, _kilobytes("VmHWM") - before]))


def _kilobytes(name: str) -> int:
    """What the system says of this process. Not `getrusage`: that begins with what the parent had when it forked."""
    lines = Path("/proc/self/status").read_text("utf-8").splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith(f"{name}:")))


if __name__ == "__main__":
    _main()
