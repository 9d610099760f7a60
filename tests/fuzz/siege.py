"""The assistant under random events, on a real database: what must hold whatever anybody sends."""

import asyncio
import json
import logging
from collections import Counter
from collections.abc import AsyncIterator, MutableMapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import structlog

from bot.channels.telegram_listening import Listening
from bot.channels.telegram_updates import read_all
from domain.channel import Rejected
from domain.deadlines import Deadline
from domain.messages import FileRef
from domain.people import Agency, Role
from domain.tasks import Assignment, LogEntry, Status, Task, Verb
from storage.engine import make_engine
from storage.migrations import migrate
from tests.fuzz import verdict
from tests.fuzz.babble import Babble, Json
from tests.world import MONDAY, FakeChannel, World, living

AT_ONCE = 40
SECRET = "s"
STRANGERS = range(9001, 9009)
GROUP = -77
TASKS = 12

HARMLESS = frozenset({"telegram_update_unreadable", "telegram_webhook_refused", "file_refused"})
"""What may be logged as a warning or an error."""


class Vault(FakeChannel):
    """Holds what was sent as a file; some of it can never be had."""

    async def fetch(self, file: FileRef) -> bytes:
        content = self.files.pop(file.ref, None)
        if content is None:
            raise Rejected("no such file")
        return content


class Calls:
    """Telegram, as far as listening asks for anything."""

    async def get_updates(self, offset: int) -> list[Any]:
        return []

    async def my_name(self) -> str:
        return "nhac_viec_bot"

    async def publish_commands(self) -> None:
        """Nothing."""

    async def set_webhook(self) -> None:
        """Nothing."""

    async def answer(self, waiting: str) -> None:
        """Nothing."""


@dataclass
class Outcome:
    """What was sent, and everything that must be empty."""

    events: Counter[str] = field(default_factory=Counter)
    answered: int = 0
    crashes: list[str] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)
    unauthorised: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        return sum(self.events.values())

    @property
    def is_clean(self) -> bool:
        return not (self.crashes or self.unanswered or self.unauthorised)


class Siege:
    """Sends random events and keeps account."""

    def __init__(self, world: World, babble: Babble) -> None:
        self.world = world
        self.babble = babble
        self.outcome = Outcome()
        self._update_id = 1
        self._buttons: dict[str, list[str]] = {}
        self._listening = Listening(Calls(), world.clock, asyncio.sleep, SECRET)
        self._agency: Agency | None = None

    async def prepare(self) -> None:
        world = self.world
        for n in range(TASKS):
            who = ("Dung", "Em", "Khánh", "Minh", "Bình", "Hùng")[n % 6]
            await world.assigned(who, due=("3 ngày làm việc", "hết tháng này")[n % 2])
        async with world.store.read() as uow:
            self._agency = await uow.agency()
        self._listening.start(world.reception.receive)

    async def stop(self) -> None:
        await self._listening.stop()

    # -- sending -------------------------------------------------------------------------------------------------------

    async def send(self, count: int) -> None:
        """So many events, some at a time; the clock moves, and ticks run."""
        turn = 0
        while self.outcome.total < count:
            await self._some(min(AT_ONCE, count - self.outcome.total))
            self.world.clock.move(minutes=self.babble.chance.choice((0, 1, 3, 11, 60)))
            turn += 1
            if turn % 10 == 0:
                await self.world.tick()
                await self._go_on()
            self._read()

    async def _some(self, count: int) -> None:
        polled = []
        for _ in range(count):
            kind, update = self._update()
            self.outcome.events[kind] += 1
            if kind == "bytes":
                await self._post(self.babble.body(update))
            else:
                polled.append(update)
        await self.world.reception.receive(read_all(json.loads(json.dumps(polled)), "nhac_viec_bot"))
        await self.world.settle()

    async def _post(self, body: bytes) -> None:
        secret = SECRET if self.babble.chance.random() < 0.97 else "wrong"
        status = await self._listening.webhook(body, secret)
        if status != (200 if secret == SECRET else 403):
            self.outcome.crashes.append(f"webhook: {status} for {body[:200]!r}")

    def _update(self) -> tuple[str, dict[str, Json]]:
        chance = self.babble.chance
        self._update_id += 1
        user = self._somebody()
        chat = {"id": user, "type": "private"}
        if chance.random() < 0.02:
            chat = {"id": GROUP, "type": "supergroup"}
        sender = {"id": user, "is_bot": False, "first_name": f"N{user}"}
        kind = chance.choices(("command", "press", "upload", "bytes", "other"), (48, 30, 5, 15, 2))[0]
        update: dict[str, Json] = {"update_id": self._update_id}
        if kind == "press" or (kind == "bytes" and chance.random() < 0.3):
            says = self.babble.action(self._buttons.get(str(user), []))
            message = {"message_id": 1, "chat": chat, "date": 0}
            update["callback_query"] = {"id": "1", "from": sender, "message": message, "data": says}
            return kind, update
        message = {"message_id": self._update_id, "from": sender, "chat": chat, "date": 0}
        if kind == "upload":
            message |= self._file()
        elif kind == "other":
            message[self.babble.kind()] = {}
            message["text"] = "x"
        else:
            message["text"] = self.babble.text() or "?"
        update["message"] = message
        return kind, update

    def _file(self) -> dict[str, Json]:
        name, mime, content = self.babble.file()
        ref = f"f{self._update_id}"
        if self.babble.chance.random() < 0.95:
            self.world.channel.files[ref] = content
        size = self.babble.chance.choice((len(content), None, 0, 2**40))
        file = {"file_id": ref, "file_unique_id": ref, "file_name": name, "mime_type": mime, "file_size": size}
        caption = {"caption": self.babble.text()} if self.babble.chance.random() < 0.6 else {}
        if self.babble.chance.random() < 0.3:
            return {"photo": [file | {"width": 90, "height": 60}], **caption}
        return {"document": file, **caption}

    def _somebody(self) -> int:
        chance = self.babble.chance
        if chance.random() < 0.06:
            return chance.choice(STRANGERS)
        return chance.choice(list(self.world.people.values())).id

    # -- keeping account ---------------------------------------------------------------------------------------------

    def _read(self) -> None:
        """People look at what they got: its buttons may be pressed next."""
        for address, outgoing in self.world.channel.sent:
            if says := [button.says for row in outgoing.buttons for button in row]:
                self._buttons[address] = says
        self.world.channel.sent.clear()

    async def _go_on(self) -> None:
        """Whoever has disconnected by chance comes back, and there is something to do again."""
        world, chance, now = self.world, self.babble.chance, self.world.clock.now()
        officers = [person for person in world.people.values() if person.role is Role.OFFICER]
        async with world.store.write() as uow:
            for person in world.people.values():
                if not await uow.people.accounts(person.id):
                    await uow.people.link(person.id, "telegram", str(person.id), now)
            for person in chance.sample(officers, 3):
                given = Task(0, "Rà soát thủ tục", world.people["Lan"].id, now)
                due = Deadline(world.rules.today(now) + timedelta(days=chance.randint(0, 9)))
                new = Assignment(0, given, person.id, person.unit_id, Status.NOT_ACCEPTED, deadline=due, remind_at=now)
                made = await uow.tasks.create(new)
                await uow.tasks.note(made.number, LogEntry(now, Verb.ASSIGNED, given.given_by))
                self.babble.highest = made.number

    async def judge(self) -> Outcome:
        """Look at all that was kept."""
        assert self._agency is not None
        store, outcome = self.world.store, self.outcome
        outcome.crashes += await verdict.unhandled(store)
        outcome.answered, outcome.unanswered = await verdict.answers(store)
        outcome.unauthorised += await verdict.overstepped(store, self._agency)
        return outcome


class Watch:
    """Remembers whatever is logged that must not be."""

    def __init__(self, outcome: Outcome) -> None:
        self._outcome = outcome

    def __call__(self, _logger: Any, method: str, entry: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        if method in ("warning", "error", "critical", "exception") and entry["event"] not in HARMLESS:
            problem = entry.get("exc_info")
            self._outcome.crashes.append(f"{entry['event']}: {problem!r} {dict(entry)}"[:2000])
        raise structlog.DropEvent


@asynccontextmanager
async def besieged(folder: Path, seed: int) -> AsyncIterator[Siege]:
    """An assistant of its own on SQLite, and what is logged looked at."""
    url = f"sqlite:///{folder / 'siege.db'}"
    engine = make_engine(url)
    await migrate(engine)
    await engine.dispose()
    world = World(url, folder / "files", MONDAY)
    world.channel = vault = Vault("telegram", world.channel.limits)
    world.channels["telegram"] = world.senders.by_channel["telegram"].channel = vault
    async with living(world):
        await world.enrol()
        names = [person.name for person in world.people.values()] + ["Phòng Quản lý Công nghệ", "tất cả", "Nguyễn"]
        siege = Siege(world, Babble(seed, world.dispatcher._desk.vocabulary, names))
        await siege.prepare()
        configured = structlog.get_config()
        structlog.configure(
            processors=[Watch(siege.outcome)], wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING)
        )
        try:
            yield siege
        finally:
            structlog.configure(**configured)
            await siege.stop()


async def besiege(folder: Path, seed: int, count: int) -> Outcome:
    """So many random events, and what came of them."""
    async with besieged(folder, seed) as siege:
        await siege.send(count)
        return await siege.judge()
