"""How long an answer takes: one command after the other, and at the pace that the vendor allows."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from tests.benchmarks.agency import Size, chat
from tests.benchmarks.bench import Bench, progress
from tests.benchmarks.figures import Figure, Topic, shown, times
from tests.benchmarks.running import PRODUCTION, UNLIMITED, assistant, bare_answers
from tests.simulators.telegram import TelegramSimulator

GOAL, GOAL_P99 = 0.005, 0.015
PACE, CALM = 0.045, 0.1
"""Seconds between two commands: as fast as the limits let answers leave, and the letters to heads as well."""

WARM_UP = 5
ANSWER_SECONDS = 60
HOW = f"""
`main.py run` as a process, the simulated Telegram in the benchmark's own: from the moment an update is there to be
fetched until the call that answers it arrives. 200 officers in 20 units with a head each; every command comes from
another officer's chat, after {WARM_UP} commands that are not counted, as the first list loads the calendar of holidays.
*In sequence*: the vendor's rates lifted (`tests/benchmarks/unlimited.py`), the next command as soon as the answer is
there. Every `/xong` also sends a letter to the head, through the same sender and with the same connection: it is part
of what the next command meets. *Every 45 ms* and *every 100 ms*: with the limits of production, 30 messages a second
and one a second in a chat. The last line is a process that only fetches and posts, in the assistant's place.
"""
Command = Callable[[Size, int], str]


def viec(_size: Size, _person: int) -> str:
    return "/viec"


def xong(size: Size, person: int) -> str:
    return f"/xong {size.task_of(person)}"


@dataclass
class Office:
    """The officers at their telephones, and a running assistant."""

    sim: TelegramSimulator
    size: Size

    async def _answer(self, person: int, seen: int) -> dict[str, Any]:
        """The first message to somebody after so many messages."""
        sent, address = self.sim.journal.sent, chat(person)
        found: list[dict[str, Any]] = []

        def come() -> bool:
            found.extend(entry for entry in sent[seen:] if entry["chat_id"] == address)
            return bool(found)

        await self.sim.wait_until(come, ANSWER_SECONDS)
        return found[0]

    async def ask(self, command: Command, person: int) -> float:
        """How long the answer took."""
        seen, at = len(self.sim.journal.sent), time.monotonic()
        self.sim.say(chat(person), command(self.size, person))
        return float((await self._answer(person, seen))["at"]) - at

    async def in_sequence(self, command: Command, people: Sequence[int]) -> list[float]:
        return [await self.ask(command, person) for person in people]

    async def at_pace(self, command: Command, people: Sequence[int], pace: float) -> list[float]:
        seen, begun = len(self.sim.journal.sent), time.monotonic()
        asked = {}
        for turn, person in enumerate(people):
            await asyncio.sleep(begun + turn * pace - time.monotonic())
            asked[person] = time.monotonic()
            self.sim.say(chat(person), command(self.size, person))
        return [float((await self._answer(person, seen))["at"]) - at for person, at in asked.items()]

    def check(self, people: Sequence[int]) -> None:
        """Everybody was told that their task is done: a fast answer must be the right one."""
        for person in people:
            last = str(self.sim.sent(chat(person))[-1]["text"])
            assert f"nhiệm vụ số {self.size.task_of(person)} hoàn thành" in last, last


@asynccontextmanager
async def office(database: Path, size: Size, how: Sequence[str]) -> AsyncIterator[Office]:
    async with TelegramSimulator() as sim:
        for person in size.everybody():
            sim.person(chat(person), f"Cán bộ {person}", started=True)
        async with assistant(database, sim.url, how=how):
            made = Office(sim, size)
            await made.in_sequence(viec, size.people()[-WARM_UP:])
            yield made


async def _unlimited(bench: Bench, size: Size) -> dict[str, list[float]]:
    people = size.people()[: bench.pick(200, 40)]
    async with office(await bench.database(size), size, UNLIMITED) as at:
        found = {"/viec": await at.in_sequence(viec, people), "/xong N": await at.in_sequence(xong, people)}
        at.check(people)
        return found


async def _paced(bench: Bench, size: Size) -> dict[str, list[float]]:
    people = size.people()[: bench.pick(200, 40)]
    async with office(await bench.database(size), size, PRODUCTION) as at:
        found = {"/viec": await at.at_pace(viec, people, PACE), "/xong N": await at.at_pace(xong, people, PACE)}
        at.check(people)
        return found


async def _calm(bench: Bench, size: Size) -> dict[str, list[float]]:
    people = size.people()[: bench.pick(200, 40)]
    async with office(await bench.database(size), size, PRODUCTION) as at:
        found = {"/xong N": await at.at_pace(xong, people, CALM)}
        at.check(people)
        return found


async def _bare(bench: Bench, size: Size) -> list[float]:
    """What the vendor's side and HTTP alone take."""
    async with TelegramSimulator() as sim:
        for person in size.everybody():
            sim.person(chat(person), f"Cán bộ {person}", started=True)
        async with bare_answers(sim.url):
            at = Office(sim, size)
            await at.in_sequence(viec, size.people()[-WARM_UP:])
            return await at.in_sequence(viec, size.people()[: bench.pick(200, 40)])


WAYS = {"in sequence": _unlimited, "every 45 ms": _paced, "every 100 ms": _calm}


async def measure(bench: Bench) -> Topic:
    topic = Topic("Latency of an answer", HOW)
    middles: dict[tuple[str, str], list[float]] = {}
    for size in (Size(20, 200, 200), Size(20, 200, bench.pick(100_000, 2_000))):
        for way, measured in WAYS.items():
            progress(f"  answers with {size.tasks} tasks, {way}")
            for command, found in (await measured(bench, size)).items():
                topic.figures.append(_figure(command, way, size, found))
                middles.setdefault((command, way), []).append(median(found))
    bare = await _bare(bench, Size(20, 200, 0))
    topic.figures.append(times("A bare `httpx` loop that answers at once, in sequence", bare, tail=True))
    topic.says = _says(middles, median(bare))
    return topic


def _figure(command: str, way: str, size: Size, found: list[float]) -> Figure:
    return times(f"`{command}` {way}, {size.tasks:,} open tasks", found, GOAL, GOAL_P99)


def _says(middles: dict[tuple[str, str], list[float]], bare: float) -> str:
    few, many = (f"{seconds * 1000:.1f} ms" for seconds in middles["/viec", "in sequence"])
    return (
        f"`/viec` is answered in {few} with one task each and in {many} with many, where a process "
        f"that only fetches and posts takes {shown(bare)}. Where `/xong` comes every 45 ms, "
        "answers and the letters to the heads are together 44 messages a second, more than the vendor's 30: what is "
        "then measured is the wait for the vendor's limit."
    )
