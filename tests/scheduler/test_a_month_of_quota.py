"""A month of sixty people on a bot for fifty with 3,000 messages: every reminder arrives, and the quota holds."""

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from bot.channels import markup
from bot.channels.zalo_bot_limits import MOST_TEXT
from domain.channel import Limits, SentRef
from domain.deadlines import Deadline
from domain.directives import Audience, Directive, Everybody
from domain.ladder import Ladder
from domain.messages import Outgoing
from domain.people import Role
from domain.tasks import Task, given
from domain.workdays import DAY, WorkCalendar
from scheduler.sender import Sender
from storage.migrations import migrate
from storage.roster import take_in
from tests.cast import Line
from tests.world import FakeChannel, World, living, local, plain

PEOPLE, UNITS, ONLY_ZALO, TASKS = 60, 6, 5, 4
QUOTA = 3000
LIMITS = Limits(max_text=MOST_TEXT, monthly_quota=QUOTA, most_people=50)
"""Those of a Basic bot, without its paces: they are not this test's."""

FIRST, LAST = date(2026, 12, 1), date(2026, 12, 31)
HOURS = ("07:31", "07:46", "07:52", "10:05", "15:05")
"""When the clock stops on a working day."""


class Bot(FakeChannel):
    """The bot, as its vendor counts: every part of a text is a message."""

    def __init__(self) -> None:
        super().__init__("zalo_bot", LIMITS)
        self.taken = 0

    def messages(self, outgoing: Outgoing) -> int:
        return len(markup.plain_parts(outgoing.text, MOST_TEXT))

    async def send(self, address: str, outgoing: Outgoing) -> SentRef:
        self.taken += self.messages(outgoing)
        return await super().send(address, outgoing)


class Month:
    """The agency through a month: who got what on which day, by whatever channel."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.bot = Bot()
        world.channels = {"zalo_bot": self.bot, "web": world.other}
        world.store.limits = {name: channel.limits for name, channel in world.channels.items()}
        sender = Sender(self.bot, world.store, world.clock, world.speech, steady=world.clock.steady)
        world.senders.by_channel = {"zalo_bot": sender, "web": world.senders.by_channel["web"]}
        self.ids: list[int] = []
        self.refused = 0
        self.due: dict[int, list[tuple[int, date, str]]] = {}
        """For each person the tasks: number, deadline, content."""
        self.heard: dict[tuple[int, date], list[str]] = {}

    # -- the beginning -------------------------------------------------------------------------------------------

    async def enrol(self) -> None:
        """Everybody tries the bot first; whoever it has no room for, and all but a few others, are on the web too."""
        lines = [Line(f"Cán bộ {at:02d}", f"Phòng {at % UNITS}", "", self._role(at), None) for at in range(PEOPLE)]
        async with self.world.store.write() as uow:
            self.ids = (await take_in(uow, lines, self.world.clock.now())).added
        for at, person_id in enumerate(self.ids):
            await self._says("zalo_bot", person_id, await self._code(person_id))
            full = "tối đa 50 người" in plain(self.bot.sent[-1][1].text)
            self.refused += full
            if full or at >= ONLY_ZALO:
                await self._says("web", person_id, await self._code(person_id))
            if not full:
                await self._says("zalo_bot", person_id, "/kenh zalo")

    @staticmethod
    def _role(at: int) -> Role:
        # the Office is on both channels
        return Role.OFFICE if at == 20 else Role.UNIT_HEAD if 10 <= at < 10 + UNITS else Role.OFFICER

    async def _code(self, person_id: int) -> str:
        async with self.world.store.write() as uow:
            return await uow.people.invite(person_id, self.world.clock.now())

    async def _says(self, channel: str, person_id: int, text: str) -> None:
        await self.world.says(str(person_id), text, channel=channel)

    async def _settle(self) -> None:
        for _ in range(4):
            await self.world.settle()

    async def assign(self, calendar: WorkCalendar) -> None:
        """Each has some tasks that come due through the month."""
        now, days = self.world.clock.now(), [FIRST + DAY * n for n in range(6, 31)]
        working = [day for day in days if calendar.is_working(day)]
        async with self.world.store.write() as uow:
            agency = await uow.agency()
            for at, person_id in enumerate(self.ids):
                for n in range(TASKS):
                    day = working[(at + n * len(working) // TASKS) % len(working)]
                    what, deadline = f"Nhiệm vụ {n} của cán bộ {at:02d}", Deadline(day)
                    rung = self.world.rules.next_rung(deadline, now, calendar)
                    new = given(
                        Task(0, what, self.ids[20], now), person_id, agency.people[person_id].unit_id, deadline, rung
                    )
                    number = (await uow.tasks.create(new)).number
                    self.due.setdefault(person_id, []).append((number, day, what))

    # -- a day -----------------------------------------------------------------------------------------------------

    async def live(self, day: date) -> None:
        for hour in HOURS:
            await self.world.at(f"{day.isoformat()} {hour}")
            await self._settle()
            if hour == "07:52":
                await self._publish(day)
            if hour == "10:05" and day.weekday() in (0, 2, 4):
                for person_id in self.ids:
                    await self._says(await self._usual(person_id), person_id, "viec")
                await self._settle()
            if hour == "15:05":
                for person_id, tasks in self.due.items():
                    for number, due, _ in tasks:
                        if due == day:
                            await self._says(await self._usual(person_id), person_id, f"xong {number}")
        await self._settle()
        self._listen(day)

    async def _publish(self, day: date) -> None:
        now = self.world.clock.now()
        new = Directive(0, f"{day.day}/KH", None, "Rà soát", Audience(Everybody.ALL), self.ids[20], now, now)
        async with self.world.store.write() as uow:
            await uow.directives.create(new)
        await self.world.tick()
        await self._settle()

    async def _usual(self, person_id: int) -> str:
        async with self.world.store.read() as uow:
            channels = {one.channel for one in await uow.people.accounts(person_id)}
        return "zalo_bot" if "zalo_bot" in channels else "web"

    def _listen(self, day: date) -> None:
        for channel in (self.bot, self.world.other):
            for address, outgoing in channel.sent:
                person_id = int(address) if address.isdecimal() else 0
                self.heard.setdefault((person_id, day), []).append(plain(outgoing.text))
            channel.sent.clear()

    # -- what was heard ----------------------------------------------------------------------------------------------

    def missed(self, calendar: WorkCalendar) -> list[tuple[int, date, str]]:
        """The rungs of the ladder before a deadline on which its person was not reminded of it."""
        found = []
        for person_id, tasks in self.due.items():
            for _number, due, what in tasks:
                for day in {calendar.add(due, -n) for n in Ladder().before if n} | {due}:
                    reminded = [text for text in self.heard.get((person_id, day), ()) if "xin nhắc" in text]
                    if day > FIRST and not any(what in text for text in reminded):
                        found.append((self.ids.index(person_id), day, what))
        return found


@pytest.fixture
async def month(tmp_path: Path) -> AsyncIterator[Month]:
    world = World(f"sqlite:///{tmp_path / 'nhacviec.db'}", tmp_path / "files", local("2026-11-30 09:00"))
    await migrate(world.store.database)
    async with living(world):
        yield Month(world)


async def test_in_a_month_every_reminder_arrives_and_the_quota_holds(month: Month) -> None:
    await month.enrol()
    assert month.refused == PEOPLE - 50
    async with month.world.store.read() as uow:
        calendar = await uow.calendar()
    await month.assign(calendar)
    # what was sent to get everybody connected counts for the month before
    month.bot.taken, month.bot.sent = 0, []
    month.world.other.sent.clear()
    for day in (FIRST + DAY * n for n in range((LAST - FIRST).days + 1)):
        if calendar.is_working(day):
            await month.live(day)

    assert month.missed(calendar) == []
    assert QUOTA * 0.9 < month.bot.taken <= QUOTA
    async with month.world.store.read() as uow:
        standing = (await uow.ways.standings(month.world.clock.now()))["zalo_bot"]
    assert standing.used == month.bot.taken
    office = [text for (person, _), texts in month.heard.items() if person == month.ids[20] for text in texts]
    assert [mark for mark in (70, 90) if any(f"đã dùng {mark}% số tin" in text for text in office)] == [70, 90]
    assert any("hết quota khoảng ngày" in text for text in office)
