"""A letter to thousands within the vendor's limits, and how soon people are answered meanwhile."""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from statistics import median
from typing import Any

from domain.clock import SystemClock
from domain.directives import Audience, Directive, Everybody
from storage.engine import make_engine
from storage.files import FileStore
from storage.unit_of_work import Store
from tests.benchmarks.agency import ZONE, Size, chat, url
from tests.benchmarks.answers import viec, xong
from tests.benchmarks.bench import Bench, progress
from tests.benchmarks.broadcast_letter import FILE_NAME, NUMBER, SUBJECT, SUMMARY, content
from tests.benchmarks.figures import Figure, Topic, percentile, shown
from tests.benchmarks.running import assistant, instead
from tests.simulators.telegram import TelegramSimulator

PER_SECOND = 30
"""What the simulated Telegram takes in any second; one more gets a 429."""

GOAL_PACE, GOAL_P99, GOAL_RATIO = 0.97, 1.0, 2.0
EVERY, AT_RANDOM = 1 / 3, 0.2
"""Seconds from one command to the next, and by how much each is late at random."""

WARM_UP = 10
BEGUN, SETTLED = 5, 5.0
"""So many letters have arrived when the commands begin; seconds after which the pace is steady."""

ANSWER_SECONDS, BROADCAST_SECONDS = 60, 600
HOW = f"""
A directive with a file and a button to 3,000 officers, by Telegram's limits: the simulated Telegram refuses (429) what
is more than {PER_SECOND} messages in any second, counted as they arrive, or more than one a second in a chat. From its
first letters on 300 other officers write, one about every {EVERY:.2g} s, `/viec` and `/xong N` in turn; each `/xong`
also sends a letter to a head. *Idle*: the same commands where nothing else goes out. An answer's time is that from the
update being there to be fetched until the arrival of the call that answers it. The pace counts all messages and changes
of messages, from {SETTLED:g} s after the first letter until the last. Beside it, a bot written straight on
python-telegram-bot: its `Application` with `AIORateLimiter` answers the same commands with a fixed sentence, keeps
nothing, and sends the same letter in a loop.
"""


@dataclass
class Flow:
    """What arrived at the vendor."""

    waits: list[float]
    refused: int
    pace: float = 0.0


@dataclass
class Desk:
    """The simulated Telegram with everybody on it, and whoever is to be measured."""

    sim: TelegramSimulator
    size: Size

    async def ask(self, people: Sequence[int]) -> list[float]:
        """Commands at their pace; gives how long each answer took."""
        chance, begun, asked = random.Random(2026), time.monotonic(), {}
        for turn, (person, command) in enumerate(zip(people, cycle((viec, xong)), strict=False)):
            await asyncio.sleep(begun + turn * EVERY + chance.random() * AT_RANDOM - time.monotonic())
            asked[person] = time.monotonic()
            self.sim.say(chat(person), command(self.size, person))
        await self.sim.wait_until(lambda: len(self._answers(asked)) == len(asked), ANSWER_SECONDS)
        return [at - asked[person] for person, at in self._answers(asked).items()]

    def _answers(self, asked: dict[int, float]) -> dict[int, float]:
        """When each person's first message after the question arrived."""
        found: dict[int, float] = {}
        for entry in self.sim.journal.sent:
            person = entry["chat_id"] - chat(0)
            if entry["at"] >= asked.get(person, float("inf")):
                found.setdefault(person, entry["at"])
        return found


@asynccontextmanager
async def desk(size: Size) -> AsyncIterator[Desk]:
    async with TelegramSimulator() as sim:
        for person in size.everybody():
            sim.person(chat(person), f"Cán bộ {person}", started=True)
        sim.flood()
        yield Desk(sim, size)


class Contest:
    """One of the two that are compared: how it is started, to send to so many."""

    def __init__(self, bench: Bench) -> None:
        self.recipients = bench.pick(3000, 150)
        self.asking = bench.pick(300, 10)
        self.size = Size(30, self.recipients + self.asking + WARM_UP, self.recipients + self.asking + WARM_UP)
        self._bench = bench

    async def assistant(self, sim: TelegramSimulator, recipients: int) -> AbstractAsyncContextManager[Any]:
        database = await self._bench.database(self.size)
        await _publish(database, self.size.people()[:recipients])
        return assistant(database, sim.url)

    async def library(self, sim: TelegramSimulator, recipients: int) -> AbstractAsyncContextManager[Any]:
        sizes = (self.size.units, self.size.officers, recipients)
        return instead("tests.benchmarks.library_broadcast", sim.url, *map(str, sizes))

    async def idle(self, who: str) -> Flow:
        async with desk(self.size) as at, await getattr(self, who)(at.sim, 0):
            await at.ask(self.size.people()[-WARM_UP:])
            waits = await at.ask(self._asking(2))
            return Flow(waits, len(at.sim.floods))

    async def during(self, who: str) -> Flow:
        async with desk(self.size) as at, await getattr(self, who)(at.sim, self.recipients):
            await at.ask(self.size.people()[-2:])
            await at.sim.wait_until(lambda: len(self._letters(at.sim)) >= BEGUN, ANSWER_SECONDS)
            waits = await at.ask(self._asking(1))
            await at.sim.wait_until(lambda: len(self._letters(at.sim)) >= self.recipients, BROADCAST_SECONDS)
            return Flow(waits, len(at.sim.floods), self._pace(at.sim))

    def _asking(self, part: int) -> range:
        return self.size.people()[self.recipients :][: self.asking // part]

    def _letters(self, sim: TelegramSimulator) -> list[float]:
        return [entry["at"] for entry in sim.journal.sent if entry["kind"] == "document"]

    def _pace(self, sim: TelegramSimulator) -> float:
        """All messages and changes over what the vendor takes; everybody must have got the letter, and nobody twice."""
        reached = [entry["chat_id"] for entry in sim.journal.sent if entry["kind"] == "document"]
        assert len(set(reached)) == len(reached) == self.recipients
        begin, end = min(self._letters(sim)) + min(SETTLED, self.recipients / PER_SECOND / 3), max(self._letters(sim))
        arrived = [entry["at"] for entry in (*sim.journal.sent, *sim.calls("editMessageText"))]
        steady = sum(begin < at <= end for at in arrived)
        return float(steady / (end - begin) / PER_SECOND)


async def _publish(database: Path, people: Sequence[int]) -> None:
    """The directive is due when the assistant starts: its fan-out is part of what answers meet."""
    if not people:
        return
    file = await FileStore(database.parent / "data" / "files").save(content(), FILE_NAME, "application/pdf")
    store, now = Store(make_engine(url(database)), ZONE), SystemClock().now()
    audience = Audience(Everybody.NAMED, people=tuple(people))
    new = Directive(0, NUMBER, now.date(), SUBJECT, audience, 1, now, publish_at=now, summary=SUMMARY, files=(file,))
    async with store.write() as uow:
        await uow.directives.create(new)
    await store.close()


async def measure(bench: Bench) -> Topic:
    contest, found = Contest(bench), {}
    for who in ("assistant", "library"):
        progress(f"  answers of the {who}, idle")
        idle = await contest.idle(who)
        progress(f"  broadcast to {contest.recipients} by the {who}")
        found[who] = idle, await contest.during(who)
    topic = Topic("A directive to everybody", HOW)
    topic.figures += _figures("The assistant", *found["assistant"], goals=True)
    topic.figures += _figures("python-telegram-bot with `AIORateLimiter`", *found["library"], goals=False)
    topic.says = _says(contest.recipients, found)
    return topic


def _figures(who: str, idle: Flow, during: Flow, *, goals: bool) -> list[Figure]:
    slowest, calm = percentile(during.waits, 0.99), percentile(idle.waits, 0.99)
    met = slowest <= GOAL_P99 and slowest <= GOAL_RATIO * calm
    ceiling = f"p99 ≤ {GOAL_P99:g} s and ≤ {GOAL_RATIO:g} × idle"
    return [
        Figure(f"{who}: refused (429)", str(during.refused), 1, "", *(("0", not during.refused) if goals else ())),
        Figure(
            "… pace, of what the vendor takes",
            f"{during.pace:.1%}",
            1,
            "",
            *((f"≥ {GOAL_PACE:.0%}", during.pace >= GOAL_PACE) if goals else ()),
        ),
        Figure("… an answer, idle", shown(median(idle.waits)), len(idle.waits), shown(calm)),
        Figure(
            "… an answer during the broadcast",
            shown(median(during.waits)),
            len(during.waits),
            shown(slowest),
            *((ceiling, met) if goals else ()),
        ),
    ]


def _says(recipients: int, found: dict[str, tuple[Flow, Flow]]) -> str:
    ours, theirs = found["assistant"][1], found["library"][1]
    return (
        f"A directive to {recipients:,} leaves at {ours.pace:.1%} of the vendor's pace with {ours.refused} refusals, "
        f"and meanwhile answers take {shown(median(ours.waits))} (p99 {shown(percentile(ours.waits, 0.99))}); a loop "
        f"over python-telegram-bot has {theirs.refused} refusals, and its answers take {shown(median(theirs.waits))} "
        f"(p99 {shown(percentile(theirs.waits, 0.99))})."
    )
