"""Why was I reminded: the source of a task, who gave it, how its deadline was counted, and how the reminding ends."""

from domain.messages import Outgoing
from domain.permissions import Action, may
from domain.refusals import Because, Refusal
from domain.tasks import Assignment, Verb
from handlers import directive_tasks
from handlers.context import Context
from handlers.understanding.intents import Intent
from locales.texts import why as texts
from scheduler.reminders import about

MOST_EXPLAINED = 3
"""How many tasks of a reminder are explained at once; buttons explain the others."""


async def explain(ctx: Context, said: Intent) -> Outgoing:
    """Explain the last reminder that I got, or the reminders of one task."""
    if said.number is not None:
        one = await ctx.assignment(said.number, Action.SEE, "visao")
        return texts.explained(ctx.say, [await _reasons(ctx, one)], (), ctx.agency, ctx.rules.ladder, ctx.calendar)
    found = await _last_reminded(ctx)
    if not found:
        raise Refusal(Because.NEVER_REMINDED)
    reasons = [await _reasons(ctx, one) for one in found[:MOST_EXPLAINED]]
    rest = found[MOST_EXPLAINED:]
    return texts.explained(ctx.say, reasons, rest, ctx.agency, ctx.rules.ladder, ctx.calendar)


async def _last_reminded(ctx: Context) -> list[Assignment]:
    """The tasks of my last reminder that I may still see."""
    numbers = await ctx.uow.reminded.last(ctx.me.id, about(ctx.me.id))
    found = [await ctx.uow.tasks.get(number) for number in numbers]
    return [one for one in found if one is not None and may(ctx.me, Action.SEE, one, ctx.agency)]


async def _reasons(ctx: Context, one: Assignment) -> texts.Reasons:
    reminded = [entry.at for entry in await ctx.uow.tasks.history(one.number, 50) if entry.verb is Verb.REMINDED]
    assignee = ctx.agency.people.get(one.assignee_id)
    away = assignee if assignee in ctx.agency.stands_in_for(ctx.me.id) else None
    mine = may(ctx.me, Action.CLAIM, one, ctx.agency)
    asks = mine and one.deadline is not None and ctx.now < one.deadline.instant(ctx.rules.zone)
    read = await directive_tasks.read_in(ctx, one)
    return texts.Reasons(one, reminded[-1] if reminded else None, away, mine, asks, read)
