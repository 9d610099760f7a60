"""How things stand (/tinhhinh): the whole agency, a unit or an index; the picture follows the answer."""

import re

from domain.messages import Outgoing
from domain.people import Agency, Unit
from domain.permissions import Action, Scope, scope
from domain.refusals import Because, Refusal
from domain.statistics import View
from domain.tasks import Index
from handlers.context import Context
from handlers.understanding.addressees import find, nearest_units
from handlers.understanding.intents import Intent
from locales.texts import overview as texts
from scheduler.overview import ERRAND, gather, to_params, troubles

_INDEX = re.compile(r"#?\b(PAR|SIPAS|PAPI)\b(?:[ _-]?INDEX\b)?", re.IGNORECASE)
SHOWN_TEXT = 80
_UNIT = re.compile(r"u(\d{1,9})")


async def stand(ctx: Context, said: Intent) -> Outgoing:
    """How things stand where I may look."""
    found = _INDEX.search(said.rest)
    index = Index(found[1].upper()) if found else None
    named = _INDEX.sub(" ", said.rest).strip(" ;,.?")
    try:
        units = _units(ctx, named) if named else [_mine(ctx)]
    except Refusal as refusal:
        if refusal.because is not Because.UNKNOWN_ADDRESSEE:
            raise
        return texts.no_such_unit(ctx.say, named[:SHOWN_TEXT], _nearest(ctx, named))
    if len(units) > 1:
        return texts.which_unit(ctx.say, [unit for unit in units if unit is not None])
    view = View(units[0].id if units[0] else None, index)
    told = await gather(ctx.uow, view, ctx.agency, ctx.rules, ctx.calendar, ctx.now)
    if told.total.counts.unfinished:
        await ctx.uow.errands.ask(ERRAND, ctx.me.id, ctx.account.id, to_params(view), ctx.now)
    return texts.overview(
        ctx.say, told, await troubles(ctx.uow, ctx.agency, ctx.now) if view == View() else None, ctx.agency
    )


def _nearest(ctx: Context, named: str) -> list[Unit]:
    """The units that come near a name, of those where I may look; where none does, all of them."""
    mine = _mine(ctx)
    allowed = [unit for unit in ctx.agency.units.values() if mine is None or ctx.agency.is_within(unit.id, mine.id)]
    return nearest_units(named, allowed) or allowed


def _mine(ctx: Context) -> Unit | None:
    """What I look at where I name nothing: my unit; None is the whole agency."""
    return None if scope(ctx.me, Action.SEE_UNIT) is Scope.ALL else ctx.agency.units[ctx.me.unit_id]


def _units(ctx: Context, named: str) -> list[Unit | None]:
    """The units that a name means, of those where I may look."""
    pressed = _UNIT.fullmatch(named)
    if pressed and int(pressed[1]) in ctx.agency.units:
        found = [ctx.agency.units[int(pressed[1])]]
    else:
        found = list(find(named, Agency(ctx.agency.units.values(), ()), ctx.desk.vocabulary).units)
    mine = _mine(ctx)
    allowed = [unit for unit in found if mine is None or ctx.agency.is_within(unit.id, mine.id)]
    if not allowed:
        raise Refusal(Because.OUTSIDE_UNIT, name=found[0].name)
    return list(allowed)
