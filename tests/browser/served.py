"""A small assistant with nothing but the web, as a program of its own: `python -m tests.browser.served FOLDER PORT`.

It prints its address once it serves. Of the lines that it reads, "code NAME" makes it print a fresh code when all that
was said before has been answered, "tell NAME: WORDS" tells somebody something or changes what was told last, "propose
NAME" keeps a document as read for somebody and prints its number, and after "deaf" it keeps nothing that is said, until
"hears"; it prints both words once they hold.
"""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import structlog

from bot.channels.web import CHANNEL, WebChannel
from bot.demo import Demo, prepare
from bot.vitals import Vitals
from bot.web.health import Health
from bot.web.server import WebServer, whole
from bot.web.site import Site
from domain.clock import RehearsalClock
from domain.messages import Button, Draft, Incoming, Letter, Outgoing
from domain.rules import Rules
from handlers.context import Desk
from handlers.dispatch import Dispatcher
from handlers.reception import Reception
from locales import vocabulary
from locales.speech import Speech
from scheduler.sender import Sender
from scheduler.senders import Senders
from scheduler.ticks import Clockwork, tick
from storage.engine import make_engine
from storage.files import FileStore
from storage.migrations import migrate
from storage.unit_of_work import Store
from tests.browser.proposing import propose

START = datetime(2026, 11, 22, 1, 30, tzinfo=UTC)
"""A Sunday: the demo begins on Monday."""


@dataclass
class Served:
    """The parts that a test or a line of input wants."""

    store: Store
    clock: RehearsalClock
    site: Site
    reception: Reception
    deaf: bool = False
    told: list[Letter] = field(default_factory=list)


@asynccontextmanager
async def assistant(folder: Path) -> AsyncIterator[Served]:
    """The assistant at work."""
    rules, speech, clock = Rules(agency="Sở Nội vụ tỉnh Đông Giang"), Speech(), RehearsalClock(START)
    database = make_engine(f"sqlite+aiosqlite:///{folder / 'nhacviec.db'}")
    await migrate(database)
    store = Store(database, rules.zone)
    await prepare(store, rules, clock.now())
    channel = WebChannel(FileStore(folder / "files"))
    sender = Sender(channel, store, clock, speech)
    senders = Senders({"web": sender})
    store.on_posted = senders.wake
    desk = Desk(rules, speech, vocabulary.load(), table=lambda number: f"https://nhacviec.test/de-xuat/{number}")
    dispatcher = Dispatcher(store, senders, desk)
    reception = Reception(store, channel.files, dispatcher, {"web": channel}, clock)

    async def ticks() -> None:
        await tick(Clockwork(store, channel.files, rules, speech), clock.now())

    demo = Demo(store, clock, rules, ticks)
    site = Site(channel, store, clock, rules, speech, health=Health(store, clock, Vitals), demo=demo)
    stop, served = asyncio.Event(), Served(store, clock, site, reception)

    async def receive(incoming: list[Incoming]) -> None:
        if served.deaf:
            raise OSError("the disk is full")
        await reception.receive(incoming)

    await channel.start(receive)
    await demo.begin()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(reception.run(stop))
        tasks.create_task(sender.run())
        yield served
        stop.set()
        sender.stop()
    await store.close()


async def _rest(served: Served) -> None:
    """Until nobody waits for a word: whoever comes in next finds a conversation that does not grow by itself."""
    await served.reception.idle.wait()
    while True:
        now = served.clock.now()
        async with served.store.read() as uow:
            waiting = await uow.outbox.next_at(CHANNEL, now)
        if waiting is None or waiting > now:
            return
        await asyncio.sleep(0.02)


async def _code(served: Served, name: str) -> str:
    await _rest(served)
    async with served.store.write() as uow:
        people = (await uow.agency()).people.values()
        person = next(one for one in people if one.name == name)
        return await uow.people.invite(person.id, served.clock.now())


async def _tell(served: Served, name: str, words: str) -> None:
    async with served.store.write() as uow:
        people = (await uow.agency()).people.values()
        person = next(one for one in people if one.name == name)
        [*_, account] = sorted(await uow.people.accounts(person.id), key=lambda one: one.id)
        buttons = ((Button("Hôm nay", "homnay"),),)
        replaces = served.told[0].id if served.told else None
        draft = Draft(Outgoing(words, buttons), f"told:{len(served.told)}", replaces=replaces)
        posted = await uow.outbox.post_to(account, draft, served.clock.now(), person_id=person.id)
        assert posted is not None
        served.told.append(posted)


async def main(folder: Path, port: int) -> None:
    # what is printed is read by the test
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    stop = asyncio.Event()
    async with assistant(folder) as served, asyncio.TaskGroup() as tasks:
        server = WebServer(lambda: whole(served.site), "127.0.0.1", port)
        server.open()
        tasks.create_task(server.serve(stop))
        print(server.url, flush=True)
        while line := await asyncio.to_thread(sys.stdin.readline):
            word, _, name = line.strip().partition(" ")
            if word in ("deaf", "hears"):
                served.deaf = word == "deaf"
                print(word, flush=True)
            if word == "tell":
                await _tell(served, *name.split(": "))
            if word == "propose":
                print(await propose(served.store, name, served.clock.now()), flush=True)
            if word == "code":
                print(await _code(served, name), flush=True)
        stop.set()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2])))
