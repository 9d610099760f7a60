"""The suggested way through the demo: a week of the Office, step by step, and how far somebody has gone along it."""

from dataclasses import dataclass
from enum import StrEnum, auto

from bot.channels.web import CHANNEL
from bot.demo import HEAD, LEADER, OFFICE, OFFICER, Demo, cast, numbers_of
from domain.difficulties import Turn
from domain.names import fold
from domain.people import Person
from domain.proposals import Decided, still_to_ask
from domain.tasks import Verb
from storage.unit_of_work import UnitOfWork


class Step(StrEnum):
    """What there is to do, in its order."""

    DROP = auto()
    CONFIRM = auto()
    PUBLISH = auto()
    RECEIVE = auto()
    ASSIGN = auto()
    ASK_AGAIN = auto()
    RAISE = auto()
    SUBMIT = auto()
    DECIDE = auto()
    EXTEND = auto()
    FINISH = auto()
    MONDAY = auto()


class Deed(StrEnum):
    """What a step's button does besides typing a line."""

    DROP_FILE = auto()
    COLLEAGUES_SPEAK = auto()
    NEXT_DAY = auto()
    NEXT_MONDAY = auto()


@dataclass(frozen=True)
class Act:
    """One press of a step's button: what it does, and the line that it types into whose chat."""

    at: str
    line: str = ""
    deed: Deed | None = None


ACTS: dict[Step, tuple[Act, ...]] = {
    Step.DROP: (Act(OFFICE, "broadcast", Deed.DROP_FILE),),
    Step.CONFIRM: (Act(OFFICE, "accept"), Act(OFFICE, "by_when")),
    Step.PUBLISH: (Act(OFFICE, "everybody"), Act(OFFICE, "publish")),
    Step.RECEIVE: (Act(OFFICER, "received", Deed.COLLEAGUES_SPEAK),),
    Step.ASSIGN: (Act(OFFICE, "assign"), Act(OFFICE, "agree")),
    Step.ASK_AGAIN: (Act(HEAD, "", Deed.NEXT_DAY), Act(HEAD, "attest")),
    Step.RAISE: (Act(OFFICER, "raise"),),
    Step.SUBMIT: (Act(OFFICE, "submit"),),
    Step.DECIDE: (Act(LEADER, "decide"),),
    Step.EXTEND: (Act(OFFICER, "extend"), Act(OFFICE, "grant")),
    Step.FINISH: (Act(OFFICER, "done"), Act(HEAD, "confirm")),
    Step.MONDAY: (Act(LEADER, "", Deed.NEXT_MONDAY), Act(OFFICE, "report")),
}
"""The lines by their names in locales/texts/demo.py."""

REPORT = "tinhhinh"
MOST_SAID = 50
BY_VERB = {
    Verb.ASSIGNED: Step.ASSIGN,
    Verb.DIFFICULTY: Step.RAISE,
    Verb.ANSWERED: Step.DECIDE,
    Verb.EXTENDED: Step.EXTEND,
    Verb.CONFIRMED: Step.FINISH,
}


async def gone(demo: Demo) -> frozenset[Step]:
    """The steps that have been done, by whatever way."""
    async with demo.store.read() as uow:
        people = cast(await uow.agency())
        numbers = await numbers_of(uow, people.officer)
        verbs = {entry.verb for number in numbers for entry in await uow.tasks.history(number)}
        done = await _said_by_the_office(uow) | await _submitted(uow, numbers) | await _confirmed(uow, people.office)
        done |= await _acknowledged(uow, {Step.RECEIVE: people.officer, Step.ASK_AGAIN: people.head})
    return frozenset(done | {step for verb, step in BY_VERB.items() if verb in verbs})


async def _confirmed(uow: UnitOfWork, office: Person) -> set[Step]:
    """Whether it is known of everything that the last document asks for who is to do it, and by when."""
    document = await uow.proposals.latest_unpublished(office.id)
    if document is None:
        return set()
    proposals = await uow.proposals.of(document)
    is_open = any(one.decided is Decided.OPEN for one in proposals) or still_to_ask(proposals)
    return set() if is_open else {Step.CONFIRM}


async def _acknowledged(uow: UnitOfWork, steps: dict[Step, Person]) -> set[Step]:
    """What the last directive tells: that it was published, and who has received it."""
    latest = await uow.directives.latest(1)
    if not latest:
        return set()
    found = {step: await uow.recipients.get(latest[0].id, person.id) for step, person in steps.items()}
    return {Step.CONFIRM, Step.PUBLISH} | {step for step, one in found.items() if one and one.acknowledged_at}


async def _said_by_the_office(uow: UnitOfWork) -> set[Step]:
    said = [
        event.incoming.action or event.incoming.text for event in await uow.inbox.history(CHANNEL, OFFICE, MOST_SAID)
    ]
    asked = any(fold(text).replace(" ", "").endswith(REPORT) for text in said)
    return ({Step.DROP} if said else set()) | ({Step.MONDAY} if asked else set())


async def _submitted(uow: UnitOfWork, numbers: list[int]) -> set[Step]:
    """Whether a difficulty of the officer has gone on from the Office."""
    found = [await uow.difficulties.latest(number) for number in numbers]
    return {Step.SUBMIT} if any(one and one.turn in (Turn.LEADER, Turn.NOBODY) for one in found) else set()
