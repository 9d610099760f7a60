"""Alarms: what the Office and the administrators have to see to, told once for its key."""

from datetime import datetime

from domain.messages import Draft, Outgoing
from domain.people import Role
from domain.ways import Share, best_way
from storage.unit_of_work import UnitOfWork

TOLD = (Role.OFFICE, Role.ADMIN)


async def alarm(uow: UnitOfWork, outgoing: Outgoing, key: str, now: datetime, *, not_by: str = "") -> int:
    """Post it to each of them; gives the letters. `not_by` is the channel that is in trouble: others go first."""
    people = [person for person in (await uow.agency()).people.values() if person.role in TOLD]
    accounts = await uow.people.accounts_of([person.id for person in people])
    standings = await uow.ways.standings(now)
    letters = 0
    for person in people:
        theirs = accounts.get(person.id, [])
        others = [one for one in theirs if one.channel != not_by]
        way = best_way(others, standings, now, Share.KEPT) or best_way(theirs, standings, now, Share.KEPT)
        draft = Draft(outgoing, dedupe=f"alarm:{key}:{person.id}", vital=True)
        letters += await uow.outbox.post_to(way, draft, now, person_id=person.id) is not None
    return letters
