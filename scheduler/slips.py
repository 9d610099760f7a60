"""Whom nothing reaches is told on paper: each morning a slip with their due tasks, for whoever hands it to them."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from documents.writing.papers import MIME
from documents.writing.slips import Part, Slip, document
from domain.messages import Draft, StoredFile
from domain.people import Agency, Person
from domain.tasks import Assignment
from domain.workdays import WorkCalendar
from locales.texts import slips as texts
from scheduler.clockwork import Clockwork
from scheduler.rounds import Occasion, Outcome
from storage.unit_of_work import UnitOfWork

MOST_PEOPLE, MOST_TASKS = 1000, 10_000
CONTACTS_A_TICK = 10
"""Slips in one tick: each is a document that takes a moment to make."""

WIDTHS = (1.3, 8.2, 4.0, 3.5)
"""Of the columns, in centimetres."""

INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True)
class Lost:
    """Somebody whom nothing reaches, what they would be reminded of today, and through whom they are told."""

    person: Person
    tasks: Sequence[Assignment]
    contacts: Sequence[Person]


async def lost_today(work: Clockwork, agency: Agency, calendar: WorkCalendar, day: date, now: datetime) -> list[Lost]:
    """Everybody whom nothing reaches although a task of theirs has come to a rung of the ladder today."""
    furthest = calendar.add(day, max(work.rules.ladder.before, default=0))
    until = datetime.combine(furthest, time.max, work.rules.zone)
    async with work.store.read() as uow:
        _count, ids = await uow.ways.unreachable(MOST_PEOPLE, now, until)
        tasks: dict[int, list[Assignment]] = {}
        for one in await uow.tasks.near_of_people(ids, until, MOST_TASKS):
            if not one.stuck:
                tasks.setdefault(one.assignee_id, []).append(one)
        found = []
        for person_id, theirs in tasks.items():
            person = agency.people.get(person_id)
            # whoever stands in is reminded instead
            if person is None or agency.stand_in(person_id) is not None:
                continue
            if any(_is_on_a_rung(work, one, day, calendar) for one in theirs):
                found.append(Lost(person, theirs, await _contacts(uow, agency, person, now)))
    return found


async def _contacts(uow: UnitOfWork, agency: Agency, person: Person, now: datetime) -> Sequence[Person]:
    """Through whom somebody is reached, if these can be reached; else the Office."""
    return [one for one in agency.contacts(person) if await uow.ways.reach(one.id, now)] or agency.office()


def _is_on_a_rung(work: Clockwork, one: Assignment, day: date, calendar: WorkCalendar) -> bool:
    if one.deadline is None:
        return False
    midnight = datetime.combine(day, time(), work.rules.zone)
    return work.rules.today(work.rules.next_rung(one.deadline, midnight - INSTANT, calendar)) == day


async def slips(work: Clockwork, occasion: Occasion, now: datetime) -> Outcome:
    """One slip to each of those through whom somebody is reached."""
    async with work.store.read() as uow:
        agency, calendar = (await uow.agency()).on(occasion.day), await uow.calendar()
    lost = await lost_today(work, agency, calendar, occasion.day, now)
    through: dict[int, list[Lost]] = {}
    for one in lost:
        for contact in one.contacts:
            through.setdefault(contact.id, []).append(one)
    contacts = sorted(person_id for person_id in through if person_id > occasion.reached)
    letters = 0
    for person_id in contacts[:CONTACTS_A_TICK]:
        theirs, contact = through[person_id], agency.people[person_id]
        file = await _printed(work, theirs, agency, calendar, now)
        draft = Draft(
            texts.letter(work.speech, contact, [each.person for each in theirs], file), occasion.key(person_id)
        )
        async with work.store.write() as uow:
            if not await uow.rounds.reach(occasion.name, occasion.at, person_id):
                return Outcome(letters, over=False)
            way = await uow.ways.to(person_id, now)
            letters += await uow.outbox.post_to(way, draft, now, person_id=person_id) is not None
        await asyncio.sleep(0)
    return Outcome(letters, over=len(contacts) <= CONTACTS_A_TICK)


async def _printed(
    work: Clockwork, lost: Sequence[Lost], agency: Agency, calendar: WorkCalendar, now: datetime
) -> StoredFile:
    _ = work.speech
    parts = [
        Part(
            texts.title(_, one.person, agency),
            [texts.row(_, task, calendar, now) for task in one.tasks],
            texts.below(_),
        )
        for one in lost
    ]
    slip = Slip(texts.above(_, work.rules.agency, now), texts.headings(_), WIDTHS, parts)
    return await work.files.save(await asyncio.to_thread(document, slip), texts.file_name(work.speech, now), MIME)
