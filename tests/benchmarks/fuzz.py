"""Two hundred thousand random events through the whole assistant, by as many processes as there are cores."""

import argparse
import asyncio
import json
import os
import sys
import time
from asyncio.subprocess import PIPE
from collections import Counter
from pathlib import Path
from typing import Any

from tests.benchmarks.bench import Bench, progress
from tests.benchmarks.figures import Figure, Topic
from tests.benchmarks.running import ROOT
from tests.fuzz.siege import besiege

SEED = 2026
HOW = """
Random events, from a seed, by officers, unit heads, the Office, a leader, the administrator and strangers
(`tests/fuzz/`): the vocabulary's commands with and without slash, whole and ruined, with any remainder; presses of
buttons, of one's own and of others, old, changed and invented; files of any name, kind and content; bytes posted to
Telegram's webhook, from updates with one value changed to noise. Each goes through the real parser, inbox, dispatcher
and outbox on an SQLite file; the clock moves, and the ticks run. Afterwards: no error or warning was logged and every
event was handled; each event of a person has its one answer; nobody is logged for what the table of permissions does
not give them, no change is without its line in the log, no chat and no role is another's.
"""


async def _siege(folder: Path, seed: int, count: int) -> dict[str, Any]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.benchmarks.fuzz", str(folder), str(seed), str(count)), cwd=ROOT, stdout=PIPE
    )
    printed, _ = await process.communicate()
    assert process.returncode == 0, f"seed {seed} ended with {process.returncode}"
    return dict(json.loads(printed))


async def measure(bench: Bench) -> Topic:
    total, sieges = bench.pick(200_000, 2000), os.cpu_count() or 1
    progress(f"  {total} random events")
    begun = time.perf_counter()
    each = [_siege(bench.new_folder(), SEED + n, total // sieges) for n in range(sieges)]
    outcomes = await asyncio.gather(*each)
    took = time.perf_counter() - begun
    topic = Topic("Whatever is sent", HOW)
    kinds = sum((Counter(outcome["events"]) for outcome in outcomes), Counter[str]())
    sent = f"{kinds.total():,} events ({', '.join(f'{count:,} {kind}' for kind, count in kinds.most_common())})"
    topic.figures.append(Figure(sent, f"{kinds.total() / took:.0f} events/s", 1))
    topic.figures.append(Figure("… of them answered", f"{sum(one['answered'] for one in outcomes):,}", 1))
    for name, what in (
        ("crashes", "Errors, and events that could not be handled"),
        ("unanswered", "Events of people without their one answer"),
        ("unauthorised", "Changes that are not permitted to who made them"),
    ):
        found = [problem for outcome in outcomes for problem in outcome[name]]
        for problem in found[:5]:
            progress(f"  {name}: {problem}")
        topic.figures.append(Figure(what, str(len(found)), 1, goal="0", met=not found))
    topic.says = f"Of {kinds.total():,} random events every one of a person was answered." if _clean(topic) else ""
    return topic


def _clean(topic: Topic) -> bool:
    return all(figure.met is not False for figure in topic.figures)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.fuzz", description="One siege; prints JSON.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("seed", type=int)
    parser.add_argument("count", type=int)
    options = parser.parse_args()
    sys.stdout.write(json.dumps(vars(asyncio.run(besiege(options.folder, options.seed, options.count)))))


if __name__ == "__main__":
    main()
