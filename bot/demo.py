"""The demo: a sample agency, three of its people as open chats, and a clock that can be moved."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from bot.channels.web import CHANNEL
from documents.reading.roster import read_roster
from domain.clock import RehearsalClock
from domain.deadlines import Deadline
from domain.people import Agency, Person, Role
from domain.rules import Rules
from domain.tasks import Assignment, Verb
from storage.roster import take_in
from storage.unit_of_work import Store, UnitOfWork

ROSTER = Path(__file__).with_name("demo_roster.csv")
OFFICE, HEAD, OFFICER = "demo-office", "demo-head", "demo-officer"
MOST_TASKS = 200


@dataclass(frozen=True)
class Cast:
    """The three people of the demo."""

    office: Person
    head: Person
    officer: Person

    def at(self, address: str) -> Person:
        return {OFFICE: self.office, HEAD: self.head, OFFICER: self.officer}[address]


def cast(agency: Agency) -> Cast:
    """Somebody of the Office, and an officer with a head of the same unit: the first of the roster."""
    officers = [one for one in agency.people.values() if one.role is Role.OFFICER and agency.heads(one.unit_id)]
    officer = min(officers, key=lambda one: one.id)
    return Cast(agency.office()[0], agency.heads(officer.unit_id)[0], officer)


async def prepare(store: Store, now: datetime) -> None:
    """Fill an empty database with the sample agency, and open the three chats."""
    async with store.write() as uow:
        if not (await uow.agency()).people:
            await take_in(uow, read_roster(ROSTER, ROSTER.name).rows, now)
        people = cast(await uow.agency())
        for address in (OFFICE, HEAD, OFFICER):
            if await uow.people.account_at(CHANNEL, address) is None:
                await uow.people.link(people.at(address).id, CHANNEL, address, now)


class Demo:
    """The clock of the demo and where it can be moved to; `run_ticks` does at once what the clock makes due."""

    addresses = (OFFICE, HEAD, OFFICER)

    def __init__(
        self, store: Store, clock: RehearsalClock, rules: Rules, run_ticks: Callable[[], Awaitable[object]]
    ) -> None:
        self.store = store
        self.clock = clock
        self.rules = rules
        self._run_ticks = run_ticks

    async def cast(self) -> Cast:
        async with self.store.read() as uow:
            return cast(await uow.agency())

    async def begin(self) -> None:
        """Start the clock on a working day at the opening hour, or where an earlier visit has left it."""
        async with self.store.read() as uow:
            calendar = await uow.calendar()
            letters = [await uow.outbox.history(CHANNEL, address, 1) for address in self.addresses]
        today = calendar.on_or_after(self.rules.today(self.clock.now()))
        opening = datetime.combine(today, self.rules.hours.opening, self.rules.zone)
        await self.move_to(max([opening, *(at for found in letters for at, *_ in found)]))

    # -- the clock ---------------------------------------------------------------------------------------------------

    async def moved(self) -> None:
        """Do what has come due."""
        await self._run_ticks()

    async def move_to(self, instant: datetime) -> None:
        self.clock.move_to(instant)
        await self.moved()

    async def move_to_opening(self, day: date) -> None:
        """To the hour at which the office opens."""
        await self.move_to(datetime.combine(day, self.rules.hours.opening, self.rules.zone))

    async def next_working_day(self) -> None:
        async with self.store.read() as uow:
            calendar = await uow.calendar()
        await self.move_to_opening(calendar.add(self.rules.today(self.clock.now()), 1))

    async def before_deadline(self, workdays: int) -> bool:
        """So many working days before the nearest open deadline; after it for a negative number. False: there is none.

        A deadline for which that day has passed already is left to the others.
        """
        async with self.store.read() as uow:
            calendar = await uow.calendar()
            deadlines = [one.deadline for one in await self._open_tasks(uow) if one.deadline]
        days = [self._day(calendar.add, deadline, workdays) for deadline in deadlines]
        if not days:
            return False
        today = self.rules.today(self.clock.now())
        await self.move_to_opening(min((day for day in days if day > today), default=days[0]))
        return True

    @staticmethod
    def _day(add: Callable[[date, int], date], deadline: Deadline, workdays: int) -> date:
        return add(deadline.on, -workdays) if workdays else deadline.on

    async def _open_tasks(self, uow: UnitOfWork) -> list[Assignment]:
        units = list((await uow.agency()).units)
        return [one for one in await uow.tasks.todo_of_units(units, MOST_TASKS) if one.is_open]

    # -- the suggested way -------------------------------------------------------------------------------------------

    async def task(self) -> int | None:
        """The number of the officer's most urgent unfinished task."""
        async with self.store.read() as uow:
            todo = await uow.tasks.todo(cast(await uow.agency()).officer.id, 1)
        return todo[0].number if todo else None

    async def steps_done(self) -> frozenset[int]:
        """Which of the five steps have been gone: drafted, assigned, reminded, reported, confirmed."""
        async with self.store.read() as uow:
            officer = cast(await uow.agency()).officer
            drafted = bool(await uow.inbox.history(CHANNEL, OFFICE, 1))
            verbs = await self._what_happened(uow, officer)
        reached = {Verb.ASSIGNED: {0, 1}, Verb.REMINDED: {2}, Verb.CLAIMED: {3}, Verb.CONFIRMED: {4}}
        done = {0} if drafted else set()
        return frozenset(done.union(*(steps for verb, steps in reached.items() if verb in verbs)))

    async def _what_happened(self, uow: UnitOfWork, officer: Person) -> set[Verb]:
        found: set[Verb] = set()
        for number in range(1, MOST_TASKS):
            one = await uow.tasks.get(number)
            if one is None:
                break
            if one.assignee_id == officer.id:
                found |= {entry.verb for entry in await uow.tasks.history(number)}
        return found
