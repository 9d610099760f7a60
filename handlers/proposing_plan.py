"""What the Office confirms of a document: its proposals, and the directive that is being made of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from domain.directives import SUBJECT_LENGTH
from domain.proposals import Decided, Proposal, ReadDocument
from domain.reading.values import Reading, WholeReading
from domain.refusals import Because, Refusal
from handlers import successors
from handlers.context import MARK, Context
from handlers.proposing_fill import filled
from handlers.publishing_draft import Kept
from locales.texts import proposals as texts
from locales.texts.proposals import Around

CARD = "propose.card"
WHO, WHEN, COORDINATE = "propose.who", "propose.when", "propose.coordinate"
TEXT, PARTS = "propose.text", "propose.parts"
STEPS = (CARD, WHO, WHEN, COORDINATE, TEXT, PARTS)
IN_ANY_WORDS = (TEXT, PARTS)
"""Questions for a text: whatever has no slash is the answer."""

LASTS = timedelta(hours=12)
"""A long plan takes a working day: what is typed after the noon break is still about it."""

_OF_THE_QUESTION = (MARK, "proposal", "for_rest")


@dataclass
class Plan:
    """A document with its proposals, and its draft as JSON."""

    document: ReadDocument
    proposals: list[Proposal]
    draft: Kept

    @property
    def id(self) -> int:
        return self.document.id

    @property
    def standing(self) -> list[Proposal]:
        return [one for one in self.proposals if one.stands]

    @property
    def open(self) -> list[Proposal]:
        return [one for one in self.proposals if one.decided is Decided.OPEN]

    def find(self, number: int) -> Proposal:
        """The proposal of a number; refuses where there is none."""
        found = next((one for one in self.proposals if one.number == number), None)
        if found is None:
            raise Refusal(Because.NO_SUCH_PROPOSAL, number=number, count=len(self.proposals))
        return found

    def place(self, number: int) -> int:
        """Where it stands in the list, from 0."""
        return next((at for at, one in enumerate(self.proposals) if one.number == number), 0)


def draft_of(ctx: Context) -> Kept:
    """The draft of the open question, without what belongs to the question alone."""
    return {key: value for key, value in ctx.payload.items() if key not in _OF_THE_QUESTION}


async def load(ctx: Context, document_id: int, draft: Kept | None = None) -> Plan:
    """A document that has not gone out; refuses where it has, or is somebody else's."""
    document = await ctx.uow.proposals.document(document_id)
    kept = draft or await ctx.uow.proposals.draft(document_id)
    if document is None or document.directive_id is not None or document.read_for != ctx.me.id or kept is None:
        raise Refusal(Because.QUESTION_CLOSED)
    return Plan(document, await ctx.uow.proposals.of(document), kept)


async def change(ctx: Context, plan: Plan, changed: Sequence[Proposal]) -> None:
    """Keep what has become of some; new ones have no id yet."""
    before = {one.id: one for one in plan.proposals}
    changed = [_carried_on(one, before.get(one.id)) for one in changed]
    new = [one for one in changed if not one.id]
    await ctx.uow.proposals.change([one for one in changed if one.id])
    if new:
        await ctx.uow.proposals.propose(plan.document, new)
    plan.proposals = await ctx.uow.proposals.of(plan.document)


def _carried_on(one: Proposal, before: Proposal | None) -> Proposal:
    """What goes on of an earlier document, and is changed here, is to be given as it is now."""
    asked = (one.content, one.lead, one.coordinate, one.when)
    same = before is None or asked == (before.content, before.lead, before.coordinate, before.when)
    goes_on = one.decided is Decided.ALREADY_GIVEN
    return replace(one, decided=Decided.ACCEPTED) if goes_on and not same else one


async def ask(ctx: Context, step: str, plan: Plan, **more: Any) -> None:
    """Ask about proposals; what was made of the document so far is kept with it."""
    await ctx.uow.proposals.keep_draft(plan.id, plan.draft)
    await ctx.ask_for(LASTS, step, plan.draft | more)


def around(ctx: Context) -> Around:
    return Around(ctx.agency, ctx.calendar, ctx.rules.today(ctx.now))


# -- a document comes ------------------------------------------------------------------------------------------------


def proposing(readings: Iterable[WholeReading]) -> list[WholeReading]:
    """The readings that ask for something."""
    return [one for one in readings if one.reading.directive and one.reading.tasks]


async def take_up(ctx: Context, draft: Kept) -> str:
    """Keep what the documents of this event propose; gives what is to be said where there was one before.

    Documents that come one after another, as an album does, are one: what was decided of the first stays.
    """
    new = proposing(ctx.readings)
    if not new:
        return ""
    known = await ctx.uow.proposals.document(draft["document"]) if draft.get("document") else None
    before = await ctx.uow.proposals.of(known) if known else []
    if known and _is_new_version(known.reading, new[0].reading):
        await _take_the_place(ctx, draft, known, before, new)
        return texts.new_version(ctx.say)
    wholes = [WholeReading(known.reading, known.text), *new] if known else new
    together = _together(wholes)
    kept = await _kept(ctx, together)
    last = max((one.number for one in before), default=0)
    fresh = await filled(
        ctx, replace(together.reading, tasks=together.reading.tasks[len(known.reading.tasks) if known else 0 :])
    )
    fresh = [replace(one, number=last + at) for at, one in enumerate(fresh, 1)]
    await ctx.uow.proposals.propose(kept, [*(replace(one, id=0) for one in before), *fresh])
    if known:
        await ctx.uow.proposals.forget(known.id)
    await successors.recognise(ctx, kept, known.stops if known else ())
    draft |= {"document": kept.id, "confirmed": False}
    return texts.annexed(ctx.say, len(fresh)) if known else ""


async def _kept(ctx: Context, whole: WholeReading) -> ReadDocument:
    return await ctx.uow.proposals.keep(ReadDocument(0, ctx.me.id, ctx.now, whole.reading, whole.text))


def _is_new_version(known: Reading, new: Reading) -> bool:
    """Whether the document has been sent again, corrected perhaps: much of what it asks for is the same."""
    asked = {task.text for task in known.tasks}
    return 2 * sum(task.text in asked for task in new.tasks) >= min(len(asked), len(new.tasks))


async def _take_the_place(
    ctx: Context, draft: Kept, known: ReadDocument, before: Sequence[Proposal], new: Sequence[WholeReading]
) -> None:
    """The document as it was sent last holds; what was decided of tasks that are the same stays."""
    together = _together(new)
    kept = await _kept(ctx, together)
    decided = {one.read.text: one for one in before if one.into is None}
    fresh = await filled(ctx, together.reading)
    carried = [
        replace(old, id=0, number=one.number, read=one.read)
        if (old := decided.get(one.read.text)) and old.decided not in (Decided.MERGED, Decided.SPLIT)
        else one
        for one in fresh
    ]
    await ctx.uow.proposals.propose(kept, carried)
    await ctx.uow.proposals.forget(known.id)
    await successors.recognise(ctx, kept, known.stops)
    reading = together.reading
    draft |= {
        "document": kept.id,
        "confirmed": False,
        "files": draft["files"][-len(ctx.files) :] if ctx.files else draft["files"],
        "number": reading.number or draft["number"],
        "date": reading.issued_on.isoformat() if reading.issued_on else draft["date"],
        "subject": (reading.subject or draft["subject"] or "")[:SUBJECT_LENGTH],
    }


def _together(wholes: Sequence[WholeReading]) -> WholeReading:
    """Several documents as one: the first is the directive, the others are annexed to it."""
    first = wholes[0].reading
    if len(wholes) == 1:
        return wholes[0]
    readings = [one.reading for one in wholes]
    reading = Reading(
        number=first.number,
        issued_on=first.issued_on,
        issuer=first.issuer,
        subject=first.subject,
        directive=True,
        tasks=tuple(task for one in readings for task in one.tasks),
        references=tuple(dict.fromkeys(cited for one in readings for cited in one.references)),
        anomalies=tuple(dict.fromkeys(odd for one in readings for odd in one.anomalies)),
    )
    return WholeReading(reading, "\n\n".join(one.text for one in wholes), wholes[0].header)
