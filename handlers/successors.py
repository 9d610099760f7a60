"""A document that comes after a directive of ours: what is the same goes on, and the Office is shown what is not."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from domain.directives import Directive
from domain.giving import family
from domain.proposals import Decided, Proposal, ReadDocument
from domain.successors import Succession, compare, likely_numbers, number_key, predecessor, taken_over
from handlers.context import Context
from locales.texts import successors as texts


async def recognise(ctx: Context, document: ReadDocument, stops: Sequence[int] = ()) -> ReadDocument:
    """When a document has been read and its proposals are kept: which directive of ours it comes after.

    What both ask for alike is not given again; what has changed takes over what was decided about the rest of it. What
    the Office has said since stays.
    """
    reading, text = document.reading, document.text
    likely = await ctx.uow.directives.beginning_with(likely_numbers(reading, text))
    earlier = predecessor(reading, text, likely)
    if earlier is None:
        return document
    await ctx.uow.proposals.succeeds(document.id, earlier.id, stops)
    document = replace(document, succeeds=earlier.id, stops=tuple(stops))
    found = await _compared(ctx, document, await _proposals_of(ctx, earlier))
    untouched = [one for one in found.pairs if one.new.follows is None and one.new.decided is Decided.OPEN]
    await ctx.uow.proposals.change([taken_over(one) for one in untouched if one.old is not None])
    return document


async def recognise_by_number(ctx: Context, draft: dict[str, Any]) -> None:
    """The same once a number has been typed that the document does not say; what is found is to be seen first."""
    document = await ctx.uow.proposals.document(draft["document"]) if draft.get("document") else None
    if document is None or document.succeeds is not None or not draft["number"]:
        return
    day = date.fromisoformat(draft["date"]) if draft["date"] else None
    reading = replace(document.reading, number=draft["number"], issued_on=day)
    if (await recognise(ctx, replace(document, reading=reading))).succeeds is not None:
        draft["confirmed"] = False


async def _proposals_of(ctx: Context, earlier: Directive) -> list[Proposal]:
    before = await ctx.uow.proposals.document_of(earlier.id)
    return await ctx.uow.proposals.of(before) if before else []


async def _compared(ctx: Context, document: ReadDocument, old: Sequence[Proposal]) -> Succession:
    parts_left_aside = [
        one for one in await ctx.uow.proposals.of(document) if one.into is None or one.decided is Decided.MERGED
    ]
    return compare(old, parts_left_aside)


async def look(ctx: Context, document: ReadDocument) -> texts.Found | None:
    """What the Office is shown of it; None where the document comes after nothing of ours."""
    earlier = await ctx.uow.directives.get(document.succeeds or 0)
    if earlier is None:
        return None
    old = await _proposals_of(ctx, earlier)
    found = await _compared(ctx, document, old)
    same_number = number_key(document.reading.number or "") == number_key(earlier.number)
    return texts.Found(
        earlier,
        found,
        await _under_way(ctx, found.dropped, old),
        stops=bool(document.stops),
        same_number=same_number,
        typed=len(await ctx.uow.tasks.under(earlier.id, typed=True)),
    )


async def _under_way(
    ctx: Context, dropped: Sequence[Proposal], old: Sequence[Proposal]
) -> list[tuple[Proposal, list[int]]]:
    """Those of which something goes on, with the numbers of the tasks that somebody still has to do."""
    families = [(one, family(one, old)) for one in dropped]
    ids = sorted({each for _, theirs in families for each in theirs})
    tasks = [task for task in await ctx.uow.given.tasks(ids) if task.is_open]
    going = {task.task.proposal_id for task in tasks}
    going |= {rule.proposal_id for rule in await ctx.uow.given.rules(ids)}
    going |= {series.proposal_id for series in await ctx.uow.given.series(ids)}
    return [
        (one, [task.number for task in tasks if task.task.proposal_id in theirs])
        for one, theirs in families
        if not going.isdisjoint(theirs)
    ]


async def stop_dropped(ctx: Context, document: ReadDocument, *, stop: bool) -> ReadDocument:
    """Whether what the document does not ask for any more is stopped when it goes out, or goes on."""
    found = await look(ctx, document)
    if found is None:
        return document
    old = await _proposals_of(ctx, found.earlier) if stop else []
    stops = tuple(sorted({each for one, _ in found.dropped for each in family(one, old)})) if stop else ()
    await ctx.uow.proposals.succeeds(document.id, document.succeeds, stops)
    return replace(document, stops=stops)


async def in_preview(ctx: Context, document_id: int | None) -> str:
    """A line for what is read back before it goes out; empty where there is nothing to say."""
    document = await ctx.uow.proposals.document(document_id) if document_id else None
    found = await look(ctx, document) if document else None
    return "\n" + texts.in_preview(ctx.say, found) if found else ""
