"""Whose channel is about to shut, as they have not written for long: whom they are reached through is to nudge them."""

import asyncio
from datetime import datetime, time

from domain.messages import Draft
from domain.people import Agency, Person
from locales.texts import windows as texts
from scheduler.clockwork import Clockwork
from scheduler.rounds import Occasion, Outcome

MOST_PEOPLE = 500
CONTACTS_AT_ONCE = 20


async def nudge(work: Clockwork, occasion: Occasion, now: datetime) -> Outcome:
    """One letter to each of those who are to nudge somebody today; whoever has another way is left in peace."""
    async with work.store.read() as uow:
        agency, calendar = (await uow.agency()).on(occasion.day), await uow.calendar()
        # by the end of the next working day: tomorrow's round would be too late for those
        until = datetime.combine(calendar.add(occasion.day, 1), time.max, work.rules.zone)
        closing = await uow.ways.closing(now, until, MOST_PEOPLE)
    through: dict[int, list[tuple[Person, datetime]]] = {}
    for person_id, at in closing:
        if person := agency.people.get(person_id):
            for contact in _contacts(agency, person):
                through.setdefault(contact.id, []).append((person, at))
    contacts = sorted(person_id for person_id in through if person_id > occasion.reached)
    letters = 0
    for start in range(0, len(contacts), CONTACTS_AT_ONCE):
        part = contacts[start : start + CONTACTS_AT_ONCE]
        async with work.store.write() as uow:
            if not await uow.rounds.reach(occasion.name, occasion.at, part[-1]):
                return Outcome(letters, over=False)
            for person_id in part:
                letter = texts.please_nudge(work.speech, agency.people[person_id], through[person_id])
                way = await uow.ways.to(person_id, now)
                draft = Draft(letter, occasion.key(person_id))
                letters += await uow.outbox.post_to(way, draft, now, person_id=person_id) is not None
        await asyncio.sleep(0)
    return Outcome(letters)


def _contacts(agency: Agency, person: Person) -> list[Person]:
    return agency.contacts(person) or [one for one in agency.office() if one != person]
