"""What a reading proposes, in the agency's own terms: the one place where names become units, and phrases deadlines."""

from collections.abc import Sequence
from contextlib import suppress

from domain.deadlines import Deadline
from domain.proposals import NOBODY, Doers, Proposal, When
from domain.reading.values import Deadline as Written
from domain.reading.values import Reading
from domain.refusals import Refusal
from domain.tasks import CONTENT_LENGTH
from handlers.context import Context
from handlers.understanding.addressees import find


async def filled(ctx: Context, reading: Reading) -> list[Proposal]:
    """One proposal for each task, with what the text says of it."""
    return [
        Proposal(
            0,
            number,
            task,
            task.text[:CONTENT_LENGTH],
            _meant(ctx, task.lead),
            _meant(ctx, task.coordinate),
            _when(task.deadline),
        )
        for number, task in enumerate(reading.tasks, 1)
    ]


def _meant(ctx: Context, names: Sequence[str]) -> Doers:
    units: list[int] = []
    people: list[int] = []
    for name in names:
        with suppress(Refusal):
            found = find(name, ctx.agency, ctx.desk.vocabulary)
            if len(found.units) + len(found.people) == 1:
                units += [unit.id for unit in found.units]
                people += [person.id for person in found.people]
    return Doers(tuple(dict.fromkeys(units)), tuple(dict.fromkeys(people))) if units or people else NOBODY


def _when(written: Written) -> When | None:
    day = written.due_date or written.on
    return Deadline(day) if day else None


def everybody(ctx: Context) -> Doers:
    """Every unit that a document means by all of them: those below the top."""
    units = ctx.agency.units.values()
    return Doers(tuple(unit.id for unit in units if unit.parent_id is not None))


async def choices(ctx: Context, one: Proposal) -> list[Doers]:
    """Who may be meant by the names of a proposal, the likeliest first."""
    return []


async def learn(ctx: Context, one: Proposal, answer: Doers, others: Sequence[Proposal]) -> list[Proposal]:
    """Remember whom a name was said to mean; gives those of the others whose lead is known by that."""
    return []
