"""Who gets a directive: everybody, the heads, those named, or the bodies that get its tasks."""

import re
from collections.abc import Sequence

from domain.directives import Audience, Everybody, members
from domain.messages import Outgoing
from domain.names import fold
from domain.proposals import to_give
from domain.refusals import Because, Refusal
from handlers.context import Context
from handlers.publishing_draft import Kept
from handlers.understanding.addressees import find
from locales.texts import publishing as texts
from locales.vocabulary import words

ALL = ("tat ca", "tat ca moi nguoi", "moi nguoi", "toan co quan", "ca co quan")
HEADS = ("truong don vi", "cac truong don vi", "truong phong", "cac truong phong", "lanh dao don vi")
_DIVIDED = re.compile(r"[,;\n]+")


async def read_audience(ctx: Context, draft: Kept, text: str) -> Audience | Outgoing:
    """Whom a text means; a question where a name fits several. Units that were chosen before belong to it."""
    said = fold(text)
    if said in ALL:
        return Audience(Everybody.ALL)
    if said in HEADS:
        return Audience(Everybody.HEADS)
    if ctx.desk.vocabulary.proposed.whole(words(text)) == "tasked" and (bodies := await tasked(ctx, draft)):
        return bodies
    units, people = list(draft.get("chosen", [])), []
    for name in filter(None, (part.strip() for part in _DIVIDED.split(text))):
        found = find(name, ctx.agency, ctx.desk.vocabulary)
        if len(found.people) + len(found.units) > 1:
            return texts.which_one(ctx.say, name, found.people, found.units, ctx.agency)
        units += [unit.id for unit in found.units]
        people += [person.id for person in found.people]
    if not units and not people:
        raise Refusal(Because.NO_ADDRESSEE)
    return named(units, people)


def named(units: Sequence[int], people: Sequence[int] = ()) -> Audience:
    return Audience(Everybody.NAMED, tuple(dict.fromkeys(units)), tuple(dict.fromkeys(people)))


async def tasked(ctx: Context, draft: Kept) -> Audience | None:
    """The bodies that get tasks with the document, or cooperate; None where nobody does."""
    document = await ctx.uow.proposals.document(draft["document"]) if draft.get("document") else None
    giving = to_give(await ctx.uow.proposals.of(document)) if document else []
    doers = [whose for one in giving for whose in (one.lead, one.coordinate)]
    audience = named([each for one in doers for each in one.units], [each for one in doers for each in one.people])
    return audience if members(audience, ctx.agency) else None
