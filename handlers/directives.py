"""Directives that were published: looking at one, acknowledging it, attesting for the unit, asking the silent again."""

import re
from collections.abc import Sequence
from dataclasses import replace

from domain.decisions import WaitingTask
from domain.directives import Counts, Directive, Recipient, members, of_units
from domain.messages import Outgoing
from domain.names import fold
from domain.permissions import Action, Scope, may_ever, scope
from domain.refusals import Because, Refusal
from domain.tasks import Assignment, Status
from handlers import directive_tasks, proposing, publishing, work
from handlers.context import Context
from handlers.understanding.intents import Intent
from locales.texts import directive_cards as texts
from locales.texts import publishing as publishing_texts
from scheduler.asking_again import about as about_asking
from scheduler.calling_off import call_off as take_back
from scheduler.proofs import ACKNOWLEDGEMENTS

MOST_SHOWN = 5
_PAGE = re.compile(r"\s+t\d+$")
GOING_ON = ("tiep", "tieptuc")


async def directive(ctx: Context, said: Intent) -> Outgoing:
    """With a number: look at it, or do to it what is typed behind; without one: publish, or see mine."""
    if said.number is None:
        if may_ever(ctx.me, Action.BROADCAST):
            going_on = fold(said.rest).replace(" ", "") in GOING_ON
            return await (proposing.resume(ctx) if going_on else publishing.begin(ctx, said.rest))
        return await _mine(ctx)
    verb = _PAGE.sub("", fold(said.rest)).replace(" ", "").removeprefix("da")
    if verb and verb not in VERBS and said.slash and may_ever(ctx.me, Action.BROADCAST):
        # a text that begins with a number is the text of a new one
        return await publishing.begin(ctx, f"{said.number} {said.rest}")
    return await VERBS.get(verb, show)(ctx, said)


async def _mine(ctx: Context) -> Outgoing:
    waiting = await ctx.uow.directives.of_person(ctx.me.id, MOST_SHOWN, waiting=True)
    return texts.list_of(ctx.say, waiting, await ctx.uow.directives.of_person(ctx.me.id, MOST_SHOWN, waiting=False))


async def _found(ctx: Context, said: Intent) -> Directive:
    if said.number is None:
        raise Refusal(Because.WHICH_DIRECTIVE, command=said.command)
    one = await ctx.uow.directives.get(said.number)
    if one is None:
        raise Refusal(Because.NO_SUCH_DIRECTIVE, number=said.number)
    return one


# -- looking ---------------------------------------------------------------------------------------------------------


async def show(ctx: Context, said: Intent) -> Outgoing:
    """Everything about a directive that its reader may see."""
    one = await _found(ctx, said)
    in_charge = may_ever(ctx.me, Action.BROADCAST)
    sees_all = scope(ctx.me, Action.SEE_UNIT) is Scope.ALL
    mine = await ctx.uow.recipients.get(one.id, ctx.me.id)
    theirs = await _seen(ctx, one, sees_all=sees_all)
    if not sees_all and mine is None and not theirs:
        # whoever has nothing to do with a directive is not told that it exists
        raise Refusal(Because.NO_SUCH_DIRECTIVE, number=one.id)
    units: dict[int, list[Recipient]] = {}
    for each in theirs:
        units.setdefault(each.unit_id, []).append(each)
    card = texts.Card(
        one,
        await _counts(ctx, one, theirs, sees_all=sees_all),
        units,
        mine,
        await _tasks(ctx, one),
        in_charge,
        may_attest=bool(directive_tasks.heads(ctx)),
        waiting=await _waiting(ctx, one) if in_charge else (),
        entries=await directive_tasks.of_directive(ctx, one),
        before=await directive_tasks.predecessor(ctx, one),
        after=await directive_tasks.successor(ctx, one),
    )
    return texts.card(ctx.say, card, ctx.agency, ctx.calendar, ctx.now)


async def _seen(ctx: Context, one: Directive, *, sees_all: bool) -> list[Recipient]:
    """The recipients whose state the reader may know: all, or those of a head's own unit."""
    if sees_all:
        return await ctx.uow.recipients.all_of(one.id)
    if units := _units(ctx):
        return of_units(await ctx.uow.recipients.all_of(one.id), units, ctx.agency)
    return []


def _units(ctx: Context) -> list[int]:
    return [head.unit_id for head in directive_tasks.heads(ctx)]


async def _counts(ctx: Context, one: Directive, theirs: Sequence[Recipient], *, sees_all: bool) -> Counts:
    if sees_all:
        counts = await ctx.uow.recipients.counts(one.id)
        expected = len(members(one.audience, ctx.agency)) if one.fanned_out_at is None else counts.posted
        return replace(counts, total=expected)
    known = sum(each.acknowledged_at is not None for each in theirs)
    silent = sum(each.is_silent for each in theirs)
    return Counts(len(theirs), len(theirs), 0, known, len(theirs) - known - silent)


async def _waiting(ctx: Context, one: Directive) -> list[WaitingTask]:
    """The tasks under it that were typed, and wait for a decision."""
    waiting = await ctx.uow.decisions.waiting()
    return [rule for rule in waiting if rule.directive_id == one.id and rule.proposal_id is None]


async def _tasks(ctx: Context, one: Directive) -> list[Assignment]:
    """The tasks under it that were typed, as far as the reader may see them."""
    sees = directive_tasks.sees_of(ctx)
    return [task for task in await ctx.uow.tasks.under(one.id, typed=True) if sees(task.assignee_id, task.unit_id)]


# -- acknowledging ---------------------------------------------------------------------------------------------------


async def received(ctx: Context, said: Intent) -> Outgoing:
    """I have received it; however late."""
    if said.number is None:
        return await _the_one_that_waits(ctx)
    one = await _found(ctx, said)
    if await ctx.uow.recipients.get(one.id, ctx.me.id) is None:
        raise Refusal(Because.NO_SUCH_DIRECTIVE, number=one.id)
    new = await ctx.uow.recipients.acknowledge(one.id, [ctx.me.id], ctx.me.id, ctx.now)
    if not await ctx.uow.directives.of_person(ctx.me.id, 1, waiting=True):
        await ctx.uow.outbox.drop(about_asking(ctx.me.id))
    return texts.acknowledged(ctx.say, one, before=not new)


async def _the_one_that_waits(ctx: Context) -> Outgoing:
    waiting = await ctx.uow.directives.of_person(ctx.me.id, MOST_SHOWN, waiting=True)
    if len(waiting) == 1:
        return await received(ctx, Intent("nhanchidao", waiting[0].id))
    return await _mine(ctx)


async def received_something(ctx: Context, said: Intent) -> Outgoing:
    """I have received it: a task with its number; without one, what can be meant."""
    if said.number is not None:
        return await work.acknowledge(ctx, said)
    waiting = await ctx.uow.directives.of_person(ctx.me.id, MOST_SHOWN, waiting=True)
    if not waiting:
        return await work.offer(ctx, said.command)
    todo = await ctx.uow.tasks.todo(ctx.me.id, 30)
    if any(one.status is Status.NOT_ACCEPTED for one in todo):
        tasks, mine = await work.offer(ctx, said.command), texts.list_of(ctx.say, waiting, ())
        return Outgoing(f"{mine.text}\n\n{tasks.text}", (*mine.buttons, *tasks.buttons))
    return await _the_one_that_waits(ctx)


async def noted(ctx: Context) -> Outgoing | None:
    """A plain "ok": it acknowledges the one directive that waits, where it can be about nothing else."""
    waiting = await ctx.uow.directives.of_person(ctx.me.id, 2, waiting=True)
    if len(waiting) != 1:
        return None
    todo = await ctx.uow.tasks.todo(ctx.me.id, 30)
    if any(one.status is Status.NOT_ACCEPTED for one in todo):
        return None
    return await received(ctx, Intent("nhanchidao", waiting[0].id))


async def attest(ctx: Context, said: Intent) -> Outgoing:
    """A unit head, or who stands in, says that the unit has been made familiar: nobody of it is asked any more."""
    heads = directive_tasks.heads(ctx)
    if not heads:
        raise Refusal(Because.NOT_ALLOWED)
    one = await _found(ctx, said)
    theirs = of_units(await ctx.uow.recipients.all_of(one.id), _units(ctx), ctx.agency)
    if not theirs:
        raise Refusal(Because.NO_SUCH_DIRECTIVE, number=one.id)
    # whoever is away has been made familiar with nothing
    away = {head.id for head in heads} - {ctx.me.id}
    people = [each.person_id for each in theirs if each.person_id not in away]
    new = await ctx.uow.recipients.acknowledge(one.id, people, ctx.me.id, ctx.now) if people else 0
    return texts.attested(ctx.say, one, ", ".join(dict.fromkeys(map(ctx.agency.unit_name, heads))), new)


# -- for whoever publishes -------------------------------------------------------------------------------------------


async def _mine_to_direct(ctx: Context, said: Intent) -> Directive:
    if not may_ever(ctx.me, Action.BROADCAST):
        raise Refusal(Because.NOT_ALLOWED)
    return await _found(ctx, said)


async def ask_silent(ctx: Context, said: Intent) -> Outgoing:
    """The silent are asked once more."""
    one = await _mine_to_direct(ctx, said)
    if one.cancelled_at is not None:
        raise Refusal(Because.CALLED_OFF, number=one.id)
    most = max(len(ctx.rules.ask_again), 1)
    people = await ctx.uow.recipients.ask_now(one.id, most, ctx.now)
    return texts.asked_again(ctx.say, one, people)


async def call_off(ctx: Context, said: Intent) -> Outgoing:
    """It does not go out, or to nobody else; whoever has got it is told that it does not hold."""
    one = await ctx.uow.directives.get((await _mine_to_direct(ctx, said)).id, hold=True)
    if one is None or one.cancelled_at is not None:
        raise Refusal(Because.CALLED_OFF, number=said.number)
    if not one.may_be_called_off((await ctx.uow.recipients.counts(one.id)).under_way, ctx.now):
        raise Refusal(Because.GONE_OUT, number=one.id)
    return publishing_texts.cancelled(ctx.say, one, await take_back(ctx.uow, one.id, ctx.now))


async def proof(ctx: Context, said: Intent) -> Outgoing:
    """The list of who has acknowledged, as a file."""
    one = await _mine_to_direct(ctx, said)
    await ctx.uow.errands.ask(ACKNOWLEDGEMENTS, ctx.me.id, ctx.account.id, {"directive": one.id}, ctx.now)
    ctx.uow.is_urgent = True
    return texts.list_follows(ctx.say, one)


VERBS = {
    "nhan": received,
    "quantriet": attest,
    "xlsx": proof,
    "diem": directive_tasks.page,
    "tungdiem": directive_tasks.page,
    "viec": directive_tasks.page,
    "nhac": ask_silent,
    "huy": call_off,
    "thoi": call_off,
    "thuhoi": call_off,
}
"""What may be typed behind the number of a directive."""
