"""The demo: a sample agency, four of its people as open chats, and a clock that can be moved."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from bot.channels.web import CHANNEL
from bot.demo_past import remember
from documents.reading.roster import read_roster
from domain.clock import RehearsalClock
from domain.deadlines import Deadline
from domain.people import Agency, Person, Role
from domain.rules import Rules
from storage.roster import take_in
from storage.unit_of_work import Store, UnitOfWork

ROSTER = Path(__file__).with_name("demo_roster.csv")
OFFICE, HEAD, OFFICER, LEADER = "demo-office", "demo-head", "demo-officer", "demo-leader"
MOST_TASKS = 200
A_WHILE = timedelta(minutes=10)
MOST_MORNINGS = 15
"""Working days over which the clock goes morning by morning; over more it jumps."""
SETTLING, SETTLED_WITHIN = 0.02, 100
"""Seconds between two looks whether all letters have left, and how often it is looked."""


@dataclass(frozen=True)
class Cast:
    """The four people of the demo."""

    office: Person
    head: Person
    officer: Person
    leader: Person

    def at(self, address: str) -> Person:
        return {OFFICE: self.office, HEAD: self.head, OFFICER: self.officer, LEADER: self.leader}[address]


def cast(agency: Agency) -> Cast:
    """Somebody of the Office, an officer with a head of the same unit, and a leader: the first of the roster."""
    officers = [one for one in agency.people.values() if one.role is Role.OFFICER and agency.heads(one.unit_id)]
    officer = min((one for one in officers if agency.unit_name(one) != _office_unit(agency)), key=lambda one: one.id)
    leader = next(one for one in agency.people.values() if one.role is Role.LEADER)
    return Cast(agency.office()[0], agency.heads(officer.unit_id)[0], officer, leader)


def _office_unit(agency: Agency) -> str:
    return agency.unit_name(agency.office()[0])


def colleagues(agency: Agency) -> dict[str, Person]:
    """Everybody else who has a chat, by its address; the last of the roster has none, and cannot be reached."""
    people = cast(agency)
    shown = {people.office.id, people.head.id, people.officer.id, people.leader.id, max(agency.people)}
    return {f"demo-{one.id}": one for one in agency.people.values() if one.id not in shown}


async def prepare(store: Store, rules: Rules, now: datetime) -> None:
    """Fill an empty database with the sample agency and what it has been at, and connect its people."""
    async with store.write() as uow:
        if not (await uow.agency()).people:
            await take_in(uow, read_roster(ROSTER, ROSTER.name).rows, now)
            await remember(uow, rules, now)
        agency = await uow.agency()
        shown = {address: cast(agency).at(address) for address in Demo.addresses}
        for address, person in {**colleagues(agency), **shown}.items():
            if await uow.people.account_at(CHANNEL, address) is None:
                await uow.people.link(person.id, CHANNEL, address, now)


async def numbers_of(uow: UnitOfWork, person: Person) -> list[int]:
    """The numbers of somebody's tasks, finished ones as well."""
    found: list[int] = []
    for number in range(1, MOST_TASKS):
        one = await uow.tasks.get(number)
        if one is None:
            break
        if one.assignee_id == person.id:
            found.append(number)
    return found


class Demo:
    """The clock of the demo and where it can be moved to; `run_ticks` does at once what the clock makes due."""

    addresses = (OFFICE, HEAD, OFFICER, LEADER)

    def __init__(
        self, store: Store, clock: RehearsalClock, rules: Rules, run_ticks: Callable[[], Awaitable[object]]
    ) -> None:
        self.store = store
        self.clock = clock
        self.rules = rules
        self._run_ticks = run_ticks

    async def agency(self) -> Agency:
        async with self.store.read() as uow:
            return await uow.agency()

    async def cast(self) -> Cast:
        return cast(await self.agency())

    async def begin(self) -> None:
        """Start the clock on a working day at the opening hour, or where an earlier visit has left it."""
        async with self.store.read() as uow:
            calendar = await uow.calendar()
            letters = [await uow.outbox.history(CHANNEL, address, 1) for address in self.addresses]
        today = calendar.on_or_after(self.today())
        opening = datetime.combine(today, self.rules.hours.opening, self.rules.zone)
        await self.move_to(max([opening, *(at for found in letters for at, *_ in found)]))

    # -- the clock ---------------------------------------------------------------------------------------------------

    def today(self) -> date:
        return self.rules.today(self.clock.now())

    async def moved(self) -> None:
        """Do what has come due."""
        await self._run_ticks()

    async def move_to(self, instant: datetime) -> None:
        self.clock.move_to(instant)
        await self.moved()

    async def move_to_morning(self, day: date) -> None:
        """To a morning at which reminders and digests have gone out, by way of the mornings before it."""
        async with self.store.read() as uow:
            calendar = await uow.calendar()
        mornings: list[date] = []
        following = self.today()
        while len(mornings) <= MOST_MORNINGS and (following := calendar.add(following, 1)) < day:
            mornings.append(following)
        for morning in [*(mornings if len(mornings) <= MOST_MORNINGS else []), day]:
            for hour in self._morning_hours():
                await self.move_to(datetime.combine(morning, hour, self.rules.zone))
                await self._settle()

    def _morning_hours(self) -> list[time]:
        """When the office opens, and when the last digest goes out."""
        opening = self.rules.hours.opening
        return sorted({opening, max(opening, self.rules.digest_at, self.rules.leader_digest_at)})

    async def _settle(self) -> None:
        """Wait until what has come due has left, so that it bears the hour at which it came due."""
        for _ in range(SETTLED_WITHIN):
            now = self.clock.now()
            async with self.store.read() as uow:
                waiting = await uow.outbox.next_at(CHANNEL, now)
            if waiting is None or waiting > now:
                return
            await asyncio.sleep(SETTLING)

    async def a_while_later(self) -> None:
        """Some minutes on, once what has just been said was carried out."""
        for _ in range(SETTLED_WITHIN):
            async with self.store.read() as uow:
                waiting = await uow.inbox.pending()
            if not waiting:
                break
            await asyncio.sleep(SETTLING)
        await self.move_to(self.clock.now() + A_WHILE)

    async def next_working_day(self) -> None:
        async with self.store.read() as uow:
            calendar = await uow.calendar()
        await self.move_to_morning(calendar.add(self.today(), 1))

    async def next_monday(self) -> None:
        """To the first working day of next week."""
        today = self.today()
        async with self.store.read() as uow:
            calendar = await uow.calendar()
        await self.move_to_morning(calendar.on_or_after(today + timedelta(days=7 - today.weekday())))

    async def before_deadline(self, workdays: int) -> bool:
        """So many working days before the officer's nearest deadline, a negative number after it. False: there is none.

        A deadline for which that day has passed already is left to the others.
        """
        async with self.store.read() as uow:
            calendar = await uow.calendar()
            todo = await uow.tasks.todo(cast(await uow.agency()).officer.id, MOST_TASKS)
        deadlines = [one.deadline for one in todo if one.is_open and one.deadline]
        days = [self._day(calendar.add, deadline, workdays) for deadline in deadlines]
        if not days:
            return False
        today = self.today()
        await self.move_to_morning(min((day for day in days if day > today), default=days[0]))
        return True

    @staticmethod
    def _day(add: Callable[[date, int], date], deadline: Deadline, workdays: int) -> date:
        return add(deadline.on, -workdays) if workdays else deadline.on

    async def task(self) -> int:
        """The number of the officer's latest task; 1 where there is none yet."""
        async with self.store.read() as uow:
            return max(await numbers_of(uow, cast(await uow.agency()).officer), default=1)

    async def directive(self) -> int:
        """The short number of the last directive; 1 where there is none yet."""
        async with self.store.read() as uow:
            latest = await uow.directives.latest(1)
        return latest[0].id if latest else 1
