"""The unit heads' letter of the morning, one for each, only where there is something."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from domain.escalation import Step
from domain.messages import Outgoing, StoredFile
from domain.people import Agency, Person
from domain.statistics import Counts, Horizons, Stuck, horizons
from domain.tasks import Assignment
from domain.workdays import WorkCalendar
from locales.texts import digests as texts
from locales.texts import leave as leave_texts
from scheduler.clockwork import Clockwork
from scheduler.escalation import Told, to_carry_up, undecided
from scheduler.rounds import Occasion, Outcome
from scheduler.weeks import Weeks
from storage.unit_of_work import UnitOfWork

log = structlog.get_logger()

UNITS_AT_ONCE = 5
"""Units in one transaction: small enough that a command waiting behind it is not felt."""

UNITS_A_TICK = 200
"""Units in one tick: reminders and what people ask for come in between."""

PICTURES_AT_ONCE = 12
"""Units in one tick where a picture is drawn for each; the others come with the next one."""

MOST_NEAR, MOST_AWAITING = 60, 100


async def heads(work: Clockwork, occasion: Occasion, now: datetime) -> Outcome:
    """Every unit head's letter, a few units at a time."""
    async with work.store.read() as uow:
        agency, calendar = (await uow.agency()).on(occasion.day), await uow.calendar()
        raised = await uow.statistics.raised(_last_time(occasion, calendar))
        asked = await undecided(uow, agency)
    headed = agency.headed()
    units = sorted(unit for unit in headed if unit > occasion.reached)
    letters, all_units = 0, len(units)
    pictures: dict[int, StoredFile] = {}
    units = units[: PICTURES_AT_ONCE if occasion.opens_week else UNITS_A_TICK]
    if occasion.opens_week:
        pictures = await Weeks(work, agency, calendar, now).pictures({unit: headed[unit] for unit in units})
    for start in range(0, len(units), UNITS_AT_ONCE):
        part = units[start : start + UNITS_AT_ONCE]
        async with work.store.write() as uow:
            if not await uow.rounds.reach(occasion.name, occasion.at, part[-1]):
                return Outcome(letters, over=False)
            some = Some(work, occasion, agency, calendar, raised, asked, pictures, now)
            letters += await some.tell(uow, {unit: headed[unit] for unit in part})
        # on SQLite nothing in here waits by itself: whoever has written in the meantime comes first
        await asyncio.sleep(0)
    return Outcome(letters, over=len(units) == all_units)


def _last_time(occasion: Occasion, calendar: WorkCalendar) -> datetime:
    """When this letter was due on the working day before."""
    before = calendar.add(occasion.day, -1)
    return occasion.at - timedelta(days=(occasion.day - before).days)


class Some:
    """The heads of some units, within one transaction."""

    def __init__(
        self,
        work: Clockwork,
        occasion: Occasion,
        agency: Agency,
        calendar: WorkCalendar,
        raised: Sequence[Stuck],
        asked: Sequence[tuple[Assignment, Sequence[Person]]],
        pictures: Mapping[int, StoredFile],
        now: datetime,
    ) -> None:
        self.work = work
        self.occasion = occasion
        self.agency = agency
        self.calendar = calendar
        self.raised = raised
        self.asked = asked
        self.pictures = pictures
        self.now = now
        self.at: Horizons = horizons(now, work.rules.zone, calendar)
        self.away = [one for one in agency.absences if one.covers(occasion.day) and one.person_id in agency.people]

    async def tell(self, uow: UnitOfWork, headed: dict[int, list[int]]) -> int:
        counts = await uow.statistics.of_units([unit for units in headed.values() for unit in units], self.at)
        letters = 0
        for unit_id, units in headed.items():
            together = sum((counts.get(unit, Counts()) for unit in units), Counts())
            if together.unfinished:
                letters += await self._tell_heads(uow, unit_id, units, together)
        return letters

    async def _tell_heads(self, uow: UnitOfWork, unit_id: int, units: Sequence[int], counts: Counts) -> int:
        told = await self._morning(uow, unit_id, units, counts)
        if told.is_empty:
            return 0
        letters, those = 0, Told()
        files = (self.pictures[unit_id],) if unit_id in self.pictures else ()
        for person, away in (await self._recipients(uow, unit_id)).items():
            # nobody decides about their own work, whoever they stand in for
            mine = replace(told, awaiting=_not_of(person, told.awaiting), asked=_not_of(person, told.asked))
            text = self._written(person, mine, away)
            if text is None:
                continue
            # by unit: whoever stands in for a head may have a unit of their own
            key = f"{self.occasion.key(person.id)}:{unit_id}"
            letters += await those.tell(uow, person, replace(text, files=files), key, self.now)
        await those.note(uow, Step.HEAD, told.carried_up, self.work.speech, self.now)
        return letters

    def _written(self, person: Person, told: texts.Morning, away: Person | None) -> Outgoing | None:
        """One letter; where it cannot be written, the other units still get theirs."""
        try:
            text = texts.head(self.work.speech, person, told, self.agency, self.calendar, self.now)
        except Exception:
            log.exception("digest_failed", person=person.id, unit=told.unit.id)
            return None
        return leave_texts.instead_of(self.work.speech, text, away) if away else text

    async def _recipients(self, uow: UnitOfWork, unit_id: int) -> dict[Person, Person | None]:
        """Who gets the letter of a unit, each once, and for which head: the stand-in, if that one can be reached."""
        heads = self.agency.heads(unit_id)
        found: dict[Person, Person | None] = {}
        for head in heads:
            stand_in = self.agency.stand_in(head.id)
            reached = stand_in is not None and await uow.ways.reach(stand_in.id, self.now)
            if stand_in is not None and reached:
                found.setdefault(stand_in, None if stand_in in heads else head)
            else:
                found[head] = None
        return found

    async def _morning(self, uow: UnitOfWork, unit_id: int, units: Sequence[int], counts: Counts) -> texts.Morning:
        heads = {person.id for person in self.agency.heads(unit_id)}
        day, rules = self.occasion.day, self.work.rules
        near = await uow.tasks.near_of_units(units, self.at.week, MOST_NEAR) if counts.near else []
        awaiting = await uow.tasks.awaiting_of_units(units, MOST_AWAITING) if counts.awaiting else []
        late = await to_carry_up(uow, Step.HEAD, rules, day, self.calendar, units) if counts.overdue else []
        return texts.Morning(
            unit=self.agency.units[unit_id],
            day=day,
            counts=counts,
            near=near,
            # nobody confirms oneself, and nobody's own lateness is brought to oneself
            awaiting=[one for one in awaiting if one.assignee_id not in heads],
            carried_up=[one for one in late if one.assignee_id not in heads],
            raised=[one for one in self.raised if one.unit_id in units],
            asked=[one for one, deciding in self.asked if heads & {person.id for person in deciding}],
            away=[one for one in self.away if self.agency.people[one.person_id].unit_id in units],
        )


def _not_of(person: Person, tasks: Sequence[Assignment]) -> list[Assignment]:
    return [one for one in tasks if one.assignee_id != person.id]
