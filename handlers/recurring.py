"""Recurring tasks: kept when they are given, listed and stopped; and the ready set of reports on reform."""

from typing import Any

from domain.messages import Outgoing
from domain.people import Person, Unit
from domain.permissions import Action, may_ever, may_reach
from domain.refusals import Because, Refusal
from domain.series import Every, Series, due_on
from domain.tasks import Index
from handlers.calendar import AS_BEFORE
from handlers.context import Context
from handlers.understanding.addressees import find, head_of
from handlers.understanding.intents import Intent
from locales.ready import READY_SETS, ReadySeries
from locales.texts import series as texts
from locales.vocabulary import cleaned, words
from scheduler.series import first


def from_json(kept: dict[str, Any]) -> Every:
    return Every(kept["rule"], kept["said"])


def when(ctx: Context, every: Every) -> str:
    """The rule in words, with the first day on which it is due."""
    today = ctx.rules.today(ctx.now)
    day, _opens = first(every.rule, today, ctx.rules, ctx.calendar)
    return texts.when(ctx.say, every.said, due_on(day, ctx.rules.rest_day, ctx.calendar))


async def keep(ctx: Context, draft: dict[str, Any], every: Every, person: Person, unit: Unit | None) -> Outgoing:
    """Keep what comes again; the first one is opened when its time has come, perhaps at once."""
    series = _series(ctx, every, draft["what"], person, unit)
    series |= {
        "index": Index(draft["index"]) if draft["index"] else None,
        "source": draft.get("source", ""),
        "directive_id": draft.get("directive"),
        "point": draft.get("point", ""),
    }
    kept = await ctx.uow.series.keep(Series(**series))
    ctx.uow.is_urgent = kept.next_at <= ctx.now
    return texts.kept(ctx.say, kept, person, unit, due_on(kept.next_on, ctx.rules.rest_day, ctx.calendar))


def _series(ctx: Context, every: Every, content: str, person: Person, unit: Unit | None) -> dict[str, Any]:
    next_on, next_at = first(every.rule, ctx.rules.today(ctx.now), ctx.rules, ctx.calendar)
    return {
        "id": 0,
        "content": content,
        "index": None,
        "source": "",
        "directive_id": None,
        "point": "",
        "person_id": person.id,
        "unit_id": unit.id if unit else None,
        "every": every,
        "ready": "",
        "given_by": ctx.me.id,
        "given_at": ctx.now,
        "next_on": next_on,
        "next_at": next_at,
    }


# -- seen, stopped, switched on --------------------------------------------------------------------------------------


async def recurring(ctx: Context, said: Intent) -> Outgoing:
    """See what comes again, stop one, or switch a ready set on: "cchc", perhaps with whose it is to be."""
    text = cleaned(said.rest).strip(" ;,.")
    if not text:
        mine = await _mine(ctx)
        days = {one.id: due_on(one.next_on, ctx.rules.rest_day, ctx.calendar) for one in mine}
        return texts.listed(ctx.say, mine, days, ctx.agency, is_office=may_ever(ctx.me, Action.BROADCAST))
    typed = words(text)
    back = ctx.desk.vocabulary.calendar.at(typed, 0)
    if back and back.meaning == AS_BEFORE and typed[-1].text.isdecimal():
        return await _stop(ctx, int(typed[-1].text[:9]))
    if back is None or back.meaning not in READY_SETS:
        raise Refusal(Because.SERIES_UNREADABLE, text=text[:80])
    return await _switch_on(ctx, back.meaning, text[typed[back.length - 1].end :].strip(" ;:,"))


async def _mine(ctx: Context) -> list[Series]:
    """Those whose tasks are for people whom I may assign to."""
    found = []
    for one in await ctx.uow.series.going_on():
        person = ctx.agency.people.get(one.person_id)
        if person is None or may_reach(ctx.me, Action.ASSIGN, person, ctx.agency):
            found.append(one)
    return found


async def _stop(ctx: Context, number: int) -> Outgoing:
    found = next((one for one in await _mine(ctx) if one.id == number), None)
    if found is None:
        raise Refusal(Because.NO_SUCH_SERIES, number=number)
    await ctx.uow.series.stop(number, ctx.now)
    return texts.stopped(ctx.say, found)


async def _switch_on(ctx: Context, name: str, whom: str) -> Outgoing:
    if not may_ever(ctx.me, Action.BROADCAST):
        raise Refusal(Because.NOT_ALLOWED)
    person, unit = _addressee(ctx, whom)
    there = {one.ready for one in await ctx.uow.series.going_on()}
    missing = [one for one in READY_SETS[name] if one.key not in there]
    made = [await _from_ready(ctx, one, person, unit) for one in missing]
    ctx.uow.is_urgent = any(one.next_at <= ctx.now for one in made)
    days = {one.id: due_on(one.next_on, ctx.rules.rest_day, ctx.calendar) for one in made}
    return texts.switched_on(ctx.say, made, days, unit.name if unit else person.name)


async def _from_ready(ctx: Context, one: ReadySeries, person: Person, unit: Unit | None) -> Series:
    made = _series(ctx, Every(one.rule, one.said), one.content, person, unit)
    return await ctx.uow.series.keep(
        Series(**made | {"ready": one.key, "source": one.source, "index": Index(one.index) if one.index else None})
    )


def _addressee(ctx: Context, whom: str) -> tuple[Person, Unit | None]:
    """Whose reports they are to be: who is named, else the speaker's own unit, else the speaker."""
    if not whom:
        mine = ctx.agency.units[ctx.me.unit_id]
        heads = ctx.agency.heads(mine.id)
        return (heads[0], mine) if heads else (ctx.me, None)
    found = find(whom, ctx.agency, ctx.desk.vocabulary)
    if len(found.people) + len(found.units) != 1:
        names = ", ".join([*(one.name for one in found.people), *(one.name for one in found.units)])
        raise Refusal(Because.SEVERAL_PEOPLE, text=whom[:80], name=names)
    if found.people:
        return found.people[0], None
    return head_of(found.units[0], ctx.agency), found.units[0]
