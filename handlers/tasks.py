"""Looking at tasks: mine, today's, the unit's, and one with everything about it."""

from domain.deadlines import Nearness, nearness
from domain.messages import Outgoing
from domain.permissions import Action, Scope, may, scope
from handlers import decisions, directive_tasks
from handlers.context import Context
from handlers.understanding.intents import Intent
from handlers.understanding.remainders import page_offset
from locales.texts import tasks as texts

PAGE = 8
MOST_TODAY = 30


def offset(said: Intent, total: int) -> int:
    """Where a page begins; only the page buttons say so, as "t16". An old button never leads past the end."""
    return page_offset(said.rest.strip(), total, PAGE)


async def show(ctx: Context, said: Intent) -> Outgoing:
    """My unfinished tasks, or, with a number, everything about one."""
    if said.number is not None:
        return await show_one(ctx, said)
    total, late = await ctx.uow.tasks.count(ctx.me.id, ctx.now)
    first = offset(said, total)
    found = await ctx.uow.tasks.todo(ctx.me.id, PAGE, first)
    page = texts.Page(found, first, total, late, PAGE)
    return texts.mine(ctx.say, page, ctx.calendar, ctx.now, await _stood_in(ctx) if first == 0 else ())


async def _stood_in(ctx: Context) -> list[texts.StoodIn]:
    """What those have to do whom I stand in for."""
    found = []
    for away in ctx.agency.stands_in_for(ctx.me.id):
        total, _ = await ctx.uow.tasks.count(away.id, ctx.now)
        found.append(texts.StoodIn(away.name, await ctx.uow.tasks.todo(away.id, PAGE), total))
    return found


async def show_one(ctx: Context, said: Intent) -> Outgoing:
    one = await ctx.assignment(said.number, Action.SEE, "viec")
    card = texts.Card(
        one,
        await ctx.uow.tasks.history(one.number, 20),
        await ctx.uow.tasks.evidence(one.number),
        can_work=may(ctx.me, Action.CLAIM, one, ctx.agency),
        can_confirm=may(ctx.me, Action.CONFIRM, one, ctx.agency),
        extensions=await ctx.uow.extensions.of(one.number),
        difficulty=await ctx.uow.difficulties.latest(one.number),
        thread=await ctx.uow.difficulties.thread(one.number),
        series=await ctx.uow.series.get(one.task.series_id) if one.task.series_id else None,
        milestones=await decisions.milestones_of(ctx, one),
        read=await directive_tasks.read_in(ctx, one),
        held_up=bool(await ctx.uow.difficulties.held_up([one.number])),
    )
    return texts.card(ctx.say, card, ctx.agency, ctx.calendar, ctx.now)


async def today(ctx: Context, said: Intent) -> Outgoing:
    """What is overdue or due today."""
    urgent = (Nearness.OVERDUE, Nearness.TODAY)
    found = await ctx.uow.tasks.todo(ctx.me.id, MOST_TODAY)
    due = [one for one in found if one.is_open and nearness(one.deadline, ctx.now, ctx.rules.zone) in urgent]
    return texts.today(ctx.say, due, ctx.calendar, ctx.now)


async def of_unit(ctx: Context, said: Intent) -> Outgoing:
    """The unfinished tasks of my unit and those below; for the Office, of the whole agency."""
    mine = ctx.agency.units[ctx.me.unit_id]
    everything = scope(ctx.me, Action.SEE_UNIT) is Scope.ALL
    units = [unit for unit in ctx.agency.units if everything or ctx.agency.is_within(unit, mine.id)]
    total, late = await ctx.uow.tasks.count_of_units(units, ctx.now)
    first = offset(said, total)
    found = await ctx.uow.tasks.todo_of_units(units, PAGE, first)
    name = ctx.rules.agency if everything and ctx.rules.agency else mine.name
    page = texts.Page(found, first, total, late, PAGE)
    return texts.of_unit(ctx.say, page, ctx.agency, name, ctx.calendar, ctx.now, "donvi")
