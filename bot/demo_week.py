"""The suggested way through the demo, step by step, and how far somebody has gone along it."""

from enum import StrEnum, auto

from bot.channels.web import CHANNEL
from bot.demo import MOST_TASKS, OFFICE, Demo, cast
from domain.people import Person
from domain.tasks import Verb
from storage.unit_of_work import UnitOfWork


class Step(StrEnum):
    """What there is to do, in its order."""

    DRAFT = auto()
    ASSIGN = auto()
    REMIND = auto()
    DONE = auto()
    CONFIRM = auto()


BY_VERB = {
    Verb.ASSIGNED: {Step.DRAFT, Step.ASSIGN},
    Verb.REMINDED: {Step.REMIND},
    Verb.CLAIMED: {Step.DONE},
    Verb.CONFIRMED: {Step.CONFIRM},
}


async def gone(demo: Demo) -> frozenset[Step]:
    """The steps that have been done, by whatever way."""
    async with demo.store.read() as uow:
        verbs = await _what_happened(uow, cast(await uow.agency()).officer)
        done = {Step.DRAFT} if await uow.inbox.history(CHANNEL, OFFICE, 1) else set()
    return frozenset(done.union(*(steps for verb, steps in BY_VERB.items() if verb in verbs)))


async def _what_happened(uow: UnitOfWork, officer: Person) -> set[Verb]:
    """What the log of the officer's tasks tells."""
    found: set[Verb] = set()
    for number in range(1, MOST_TASKS):
        one = await uow.tasks.get(number)
        if one is None:
            break
        if one.assignee_id == officer.id:
            found |= {entry.verb for entry in await uow.tasks.history(number)}
    return found
