"""A document that comes after a directive of ours: what is the same goes on, and the Office is shown what is not."""

from dataclasses import replace

from domain.directives import Directive
from domain.giving import family
from domain.messages import Outgoing
from domain.proposals import Proposal, ReadDocument
from domain.successors import Succession, compare, likely_numbers, number_key, predecessor, taken_over
from handlers.context import Context
from locales.texts import successors as texts


async def recognise(ctx: Context, document: ReadDocument) -> ReadDocument:
    """Once, when a document has been read and its proposals are kept: which directive of ours it comes after.

    What both ask for alike is not given again; what has changed takes over what was decided about the rest of it.
    """
    reading, text = document.reading, document.text
    likely = await ctx.uow.directives.beginning_with(likely_numbers(reading, text))
    earlier = predecessor(reading, text, likely)
    if earlier is None:
        return document
    await ctx.uow.proposals.succeeds(document.id, earlier.id)
    document = replace(document, succeeds=earlier.id)
    found = await _compared(ctx, document, earlier)
    await ctx.uow.proposals.change([taken_over(one) for one in found.pairs if one.old is not None])
    return document


async def _compared(ctx: Context, document: ReadDocument, earlier: Directive) -> Succession:
    before = await ctx.uow.proposals.document_of(earlier.id)
    old = await ctx.uow.proposals.of(before) if before else []
    return compare(old, [one for one in await ctx.uow.proposals.of(document) if one.into is None or not one.stands])


async def look(ctx: Context, document: ReadDocument) -> texts.Found | None:
    """What the Office is shown of it; None where the document comes after nothing of ours."""
    earlier = await ctx.uow.directives.get(document.succeeds or 0)
    if earlier is None:
        return None
    found = await _compared(ctx, document, earlier)
    under_way = {one.id: await _under_way(ctx, one, earlier) for one in found.dropped}
    dropped = [(one, under_way[one.id]) for one in found.dropped if under_way[one.id] is not None]
    same_number = number_key(document.reading.number or "") == number_key(earlier.number)
    return texts.Found(
        earlier,
        found,
        [(one, numbers) for one, numbers in dropped if numbers is not None],
        stops=bool(document.stops),
        same_number=same_number,
        typed=len(await ctx.uow.tasks.under(earlier.id, typed=True)),
    )


async def _under_way(ctx: Context, one: Proposal, earlier: Directive) -> list[int] | None:
    """The tasks of an earlier proposal that somebody still has to do; None where nothing of it goes on at all."""
    ids = await _ids(ctx, one)
    tasks = [task.number for task in await ctx.uow.given.tasks(ids) if task.is_open]
    if tasks or await ctx.uow.given.rules(ids) or await ctx.uow.given.series(ids):
        return tasks
    return None


async def _ids(ctx: Context, one: Proposal) -> list[int]:
    found = await ctx.uow.proposals.get(one.id)
    return family(*found) if found else [one.id]


async def stop_dropped(ctx: Context, document: ReadDocument, *, stop: bool) -> ReadDocument:
    """Whether what the document does not ask for any more is stopped when it goes out, or goes on."""
    found = await look(ctx, document)
    if found is None:
        return document
    stops = tuple(sorted({each for one, _ in found.dropped for each in await _ids(ctx, one)})) if stop else ()
    await ctx.uow.proposals.succeeds(document.id, document.succeeds, stops)
    return replace(document, stops=stops)


async def note(ctx: Context, document: ReadDocument) -> Outgoing | None:
    """What is said of it under the card of the document, with the buttons of what is to be decided."""
    found = await look(ctx, document)
    return texts.note(ctx.say, found) if found else None
