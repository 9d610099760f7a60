"""What is shown of a document's proposals, and what is asked next where the text is silent."""

from domain.messages import Outgoing
from domain.proposals import Decided, Doers, Proposal
from handlers import successors
from handlers.context import Context
from handlers.proposing_fill import choices
from handlers.proposing_plan import CARD, COORDINATE, PARTS, TEXT, WHEN, WHO, Plan, around, ask
from handlers.understanding.addressees import nearest_units
from locales.texts import proposal_list as list_texts
from locales.texts import proposal_one as one_text
from locales.texts import proposal_questions as questions
from locales.texts import proposals as texts
from locales.texts import successors as successor_texts
from locales.texts.proposal_list import Which

MOST_OFFERED = questions.MOST_OFFERED
MOST_TOGETHER = 3
"""More are all units, which have a button of their own, or do not fit into what one types."""


async def card(ctx: Context, plan: Plan, note: str = "") -> Outgoing:
    """The document as it was read."""
    await ask(ctx, CARD, plan)
    found = await successors.look(ctx, plan.document)
    notes = [*([note] if note else []), *([successor_texts.note(ctx.say, found)] if found else [])]
    left_out = [each for each in plan.proposals if each.decided is Decided.LEFT_OUT]
    others = sum(each.reason == questions.for_others(ctx.say, each.read.lead) for each in left_out)
    link = ctx.desk.table(plan.id)
    shown = texts.card(ctx.say, plan.document, plan.proposals, around(ctx), notes, link, others)
    return successor_texts.with_choice(ctx.say, shown, plan.id, found) if found else shown


async def page(ctx: Context, plan: Plan, number: int, note: str = "", which: Which = Which.ALL) -> Outgoing:
    """Some of the proposals; a page that does not exist is the nearest that does, an empty list the whole one."""
    listed = list_texts.chosen(plan.proposals, which)
    if not listed:
        listed, which = plan.proposals, Which.ALL
    pages = max(1, -(-len(listed) // list_texts.A_PAGE))
    await ask(ctx, CARD, plan)
    shown = min(max(1, number), pages)
    return list_texts.page(ctx.say, plan.document, plan.proposals, shown, around(ctx), note, which)


async def page_with(ctx: Context, plan: Plan, number: int, note: str = "") -> Outgoing:
    """The page on which a proposal stands."""
    return await page(ctx, plan, plan.place(number) // list_texts.A_PAGE + 1, note)


async def one(ctx: Context, plan: Plan, number: int, note: str = "") -> Outgoing:
    """One proposal; what is typed next without a number is about it."""
    shown = plan.find(number)
    await ask(ctx, CARD, plan, proposal=number)
    page_number = plan.place(number) // list_texts.A_PAGE + 1
    found = await successors.look(ctx, plan.document) if shown.follows else None
    since = successor_texts.changed_since(ctx.say, found, number) if found else None
    note = "\n".join(filter(None, (note, since)))
    odd = [each for each in plan.document.reading.anomalies if texts.is_in(each, shown)]
    return one_text.proposal(ctx.say, plan.id, shown, page_number, around(ctx), note, odd)


def next_open(plan: Plan, number: int = 0) -> Proposal | None:
    """The next proposal that is not decided, after one or from the beginning; round to the first."""
    start = plan.place(number) + 1 if number else 0
    in_order = [*plan.proposals[start:], *plan.proposals[:start]]
    return next((each for each in in_order if each.decided is Decided.OPEN), None)


# -- questions -------------------------------------------------------------------------------------------------------


async def next_question(ctx: Context, plan: Plan, number: int = 0) -> Outgoing | None:
    """What has to be asked before what was accepted can be given, of one proposal or of all; None where nothing."""
    accepted = [each for each in plan.proposals if each.decided is Decided.ACCEPTED]
    for each in [plan.find(number)] if number else accepted:
        if each.asks_who:
            return await ask_who(ctx, plan, each)
        if each.asks_when:
            return await ask_when(ctx, plan, each)
    return None


async def ask_who(ctx: Context, plan: Plan, of: Proposal, *, for_rest: bool = False) -> Outgoing:
    others = sum(each.asks_who for each in plan.standing if each.number != of.number)
    await ask(ctx, WHO, plan, proposal=of.number, for_rest=for_rest)
    offered = await _offered(ctx, of)
    return questions.ask_who(ctx.say, plan.id, of, offered, others, ctx.agency, for_rest=for_rest)


async def ask_when(ctx: Context, plan: Plan, of: Proposal, *, for_rest: bool = False) -> Outgoing:
    others = sum(each.asks_when for each in plan.standing if each.number != of.number)
    await ask(ctx, WHEN, plan, proposal=of.number, for_rest=for_rest)
    return questions.ask_when(ctx.say, plan.id, of, others, for_rest=for_rest)


async def ask_coordinate(ctx: Context, plan: Plan, of: Proposal) -> Outgoing:
    await ask(ctx, COORDINATE, plan, proposal=of.number)
    return questions.ask_coordinate(ctx.say, plan.id, of)


async def ask_text(ctx: Context, plan: Plan, of: Proposal) -> Outgoing:
    await ask(ctx, TEXT, plan, proposal=of.number)
    return questions.ask_text(ctx.say, of)


async def ask_parts(ctx: Context, plan: Plan, of: Proposal, parts: list[str]) -> Outgoing:
    await ask(ctx, PARTS, plan, proposal=of.number)
    return questions.ask_parts(ctx.say, plan.id, of, parts)


async def _offered(ctx: Context, of: Proposal) -> list[Doers]:
    """Who may lead: whom the names may mean, all of them together; units called nearly so; then the others."""
    units = ctx.agency.units.values()
    near = [unit for name in of.read.lead for unit in nearest_units(name, units)]
    others = sorted((unit for unit in units if unit.parent_id is not None), key=lambda unit: unit.name)
    likely = [doers for doers in await choices(ctx, of) if len(doers.units) + len(doers.people) <= MOST_TOGETHER]
    return list(dict.fromkeys([*likely, *(Doers((unit.id,)) for unit in (*near, *others))]))[:MOST_OFFERED]
