"""A letter about tasks that the assistant posts by itself: to whose they are, or to who stands in."""

from collections.abc import Sequence
from datetime import datetime

from domain.messages import Draft, Outgoing, Priority
from domain.people import Agency, Person
from locales.speech import Speech
from locales.texts import leave as leave_texts
from storage.unit_of_work import UnitOfWork


async def tell(
    uow: UnitOfWork,
    speech: Speech,
    agency: Agency,
    person: Person,
    outgoing: Outgoing,
    key: str,
    now: datetime,
    tasks: Sequence[int] = (),
    about: str = "",
    priority: Priority = Priority.NOTICE,
) -> int:
    """Post it once for its key; gives the letters. It goes to who stands in, if that one can be reached."""
    account = await uow.ways.to(person.id, now)
    stand_in = agency.stand_in(person.id) if tasks else None
    if stand_in and (other := await uow.ways.to(stand_in.id, now)):
        outgoing, person, account = leave_texts.instead_of(speech, outgoing, person), stand_in, other
    draft = Draft(outgoing, dedupe=key, priority=priority, about=about)
    posted = await uow.outbox.post_to(account, draft, now, person_id=person.id, tasks=tasks)
    return int(posted is not None)
