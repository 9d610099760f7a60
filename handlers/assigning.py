"""Assigning a task: in one line or step by step, read back, and sent only after one tap.

The line is: to whom; by when; what. Steps: assign.whom, assign.when, assign.what, assign.check.
"""

import re
from typing import Any

from domain.deadlines import Deadline
from domain.messages import Outgoing
from domain.names import tidy
from domain.people import Person, Unit
from domain.permissions import Action, may_ever, may_reach
from domain.recounting import recounted
from domain.refusals import Because, Refusal
from domain.tasks import CONTENT_LENGTH, Index, LogEntry, Task, Verb, given
from domain.workdays import CalendarDay
from handlers import clocks, under
from handlers.context import Context
from handlers.understanding.addressees import Found, find, head_of
from handlers.understanding.dates import Weekend, read_deadline, rest_day
from handlers.understanding.intents import Intent
from locales.texts import assigning as texts
from locales.texts import people as people_texts
from storage.codecs import deadline_from_json, deadline_to_json

_INDEX = re.compile(r"#(PAR|SIPAS|PAPI)\b(?:[ _]?INDEX\b)?", re.IGNORECASE)


async def assign(ctx: Context, said: Intent) -> Outgoing:
    """Begin: take what the line has, ask for the rest."""
    if not may_ever(ctx.me, Action.ASSIGN):
        raise Refusal(Because.NOT_ALLOWED)
    whom, *others = [part.strip() for part in said.rest.split(";", 2)]
    when, what = [*others, "", ""][:2]
    draft: dict[str, Any] = {"when_text": when, "what": what}
    if not whom:
        await ctx.ask("assign.whom", **draft)
        return texts.ask_whom(ctx.say)
    return await _with_addressee(ctx, draft, whom)


async def whom(ctx: Context, text: str) -> Outgoing:
    """The answer to whom."""
    if ";" in text:
        return await assign(ctx, Intent("giao", rest=text))
    return await _with_addressee(ctx, dict(ctx.payload), text)


async def _with_addressee(ctx: Context, draft: dict[str, Any], text: str) -> Outgoing:
    try:
        found = find(text, ctx.agency, ctx.desk.vocabulary)
        if len(found.people) + len(found.units) == 1:
            return await _addressed(ctx, draft, *_person_and_unit(ctx, found))
    except Refusal as refusal:
        # what has been said so far is kept: a name that does not fit costs only the name
        await ctx.ask("assign.whom", **draft)
        return ctx.refused(refusal)
    mark = await ctx.ask("assign.whom", **draft)
    return texts.choose_addressee(ctx.say, text, found.people, found.units, ctx.agency, mark)


def _person_and_unit(ctx: Context, found: Found) -> tuple[Person, Unit | None]:
    if found.people:
        return found.people[0], None
    return head_of(found.units[0], ctx.agency), found.units[0]


async def chosen(ctx: Context, choice: str) -> Outgoing:
    """The button for one of several names: p and a person's number, or u and a unit's."""
    kind, key = choice[:1], choice[1:]
    unit = ctx.agency.units.get(int(key)) if kind == "u" and key.isdecimal() else None
    person = ctx.agency.people.get(int(key)) if kind == "p" and key.isdecimal() else None
    if unit is not None:
        person = head_of(unit, ctx.agency)
    if person is None:
        raise Refusal(Because.QUESTION_CLOSED)
    return await _addressed(ctx, dict(ctx.payload), person, unit)


async def _addressed(ctx: Context, draft: dict[str, Any], person: Person, unit: Unit | None) -> Outgoing:
    if not may_reach(ctx.me, Action.ASSIGN, person, ctx.agency):
        raise Refusal(Because.OUTSIDE_UNIT, name=unit.name if unit else person.name)
    draft |= {"person": person.id, "unit": unit.id if unit else None}
    when_text = draft.get("when_text", "")
    if not when_text:
        return texts.ask_deadline(ctx.say, unit.name if unit else person.name, await ctx.ask("assign.when", **draft))
    return await _with_deadline(ctx, draft, when_text)


async def when(ctx: Context, text: str) -> Outgoing:
    """The answer to by when."""
    return await _with_deadline(ctx, dict(ctx.payload), text)


async def _with_deadline(ctx: Context, draft: dict[str, Any], text: str) -> Outgoing:
    # what has been said so far is remembered first: a deadline that cannot be read costs only the deadline
    try:
        clock = clocks.read(ctx, text)
        known = (ctx.now, ctx.rules, ctx.calendar, ctx.desk.vocabulary)
        deadline = None if clock else read_deadline(text, *known)
    except Refusal as refusal:
        await ctx.ask("assign.when", **draft | {"when_text": ""})
        return ctx.refused(refusal)
    draft |= {"when_text": text, "deadline": deadline_to_json(deadline), "clock": clock}
    if not draft.get("what"):
        await ctx.ask("assign.what", **draft)
        return texts.ask_content(ctx.say, _addressee_name(ctx, draft), deadline, clocks.shown(ctx, clock))
    return await _with_content(ctx, draft, draft["what"])


async def what(ctx: Context, text: str) -> Outgoing:
    """The answer to what is to be done."""
    return await _with_content(ctx, dict(ctx.payload), text)


async def _with_content(ctx: Context, draft: dict[str, Any], text: str) -> Outgoing:
    index = _INDEX.search(text)
    content, named = under.split(tidy(_INDEX.sub("", text)), ctx.desk.vocabulary)
    if not any(letter.isalnum() for letter in content):
        await ctx.ask("assign.what", **draft | {"what": ""})
        return ctx.refused(Refusal(Because.NO_CONTENT))
    if len(content) > CONTENT_LENGTH:
        await ctx.ask("assign.what", **draft | {"what": ""})
        return ctx.refused(Refusal(Because.CONTENT_TOO_LONG, length=len(content)))
    draft |= {"what": content, "index": index[1].upper() if index else draft.get("index")}
    try:
        draft |= await _source(ctx, named)
    except Refusal as refusal:
        await ctx.ask("assign.what", **draft | {"what": ""})
        return ctx.refused(refusal)
    return await _preview(ctx, draft)


async def _source(ctx: Context, named: under.Named | None) -> dict[str, Any]:
    """The directive under which the task is given, where one was named."""
    if named is None:
        return {}
    one = await under.look_up(ctx, named.number)
    source = texts.source(ctx.say, one, named.point)
    return {"directive": one.id, "point": named.point, "source": source}


async def _preview(ctx: Context, draft: dict[str, Any]) -> Outgoing:
    mark = await ctx.ask("assign.check", **draft)
    deadline = deadline_from_json(draft["deadline"])
    person, unit = _addressee(ctx, draft)
    rest = rest_day(deadline, ctx.calendar) if deadline else None
    return texts.preview(
        ctx.say,
        to=person,
        unit=unit,
        deadline=deadline,
        instead=clocks.shown(ctx, draft.get("clock")),
        content=draft["what"],
        index=Index(draft["index"]) if draft["index"] else None,
        source=draft.get("source", ""),
        rest=rest if isinstance(rest, CalendarDay) else None,
        weekend=isinstance(rest, Weekend),
        linked=await ctx.is_linked(person),
        calendar=ctx.calendar,
        now=ctx.now,
        mark=mark,
    )


def _addressee(ctx: Context, draft: dict[str, Any]) -> tuple[Person, Unit | None]:
    person = ctx.agency.people.get(draft["person"])
    if person is None:
        raise Refusal(Because.QUESTION_CLOSED)
    return person, ctx.agency.units.get(draft["unit"]) if draft["unit"] else None


def _addressee_name(ctx: Context, draft: dict[str, Any]) -> str:
    person, unit = _addressee(ctx, draft)
    return unit.name if unit else person.name


# -- checked, and sent -------------------------------------------------------------------------------------------------


async def check(ctx: Context, text: str) -> Outgoing:
    """Something was typed instead of pressing a button: "yes", "no", or another deadline."""
    answer = ctx.yes_or_no(text)
    if answer is True:
        return await _send(ctx)
    if answer is False:
        await ctx.answered()
        return people_texts.cancelled(ctx.say)
    # what is no deadline changes nothing: the preview still stands
    if clocks.read(ctx, text) is None:
        read_deadline(text, ctx.now, ctx.rules, ctx.calendar, ctx.desk.vocabulary)
    return await _with_deadline(ctx, dict(ctx.payload), text)


async def agreed(ctx: Context, _choice: str) -> Outgoing:
    """The button that sends it."""
    return await _send(ctx)


async def another_deadline(ctx: Context, _choice: str) -> Outgoing:
    """The button that asks for the deadline again."""
    draft = dict(ctx.payload)
    to = _addressee_name(ctx, draft)
    return texts.ask_deadline(ctx.say, to, await ctx.ask("assign.when", **draft | {"when_text": ""}))


async def _send(ctx: Context) -> Outgoing:
    draft = dict(ctx.payload)
    await ctx.answered()
    person, unit = _addressee(ctx, draft)
    if not may_reach(ctx.me, Action.ASSIGN, person, ctx.agency):
        # roles and units may have changed since it was asked
        return ctx.refused(Refusal(Because.OUTSIDE_UNIT, name=unit.name if unit else person.name))
    if clock := draft.get("clock"):
        return await clocks.keep(ctx, draft, clock, person, unit)
    deadline = _still_to_come(ctx, draft)
    if deadline and (as_now := recounted(deadline, ctx.calendar)) != deadline:
        # the calendar has changed since it was read back
        return await _preview(ctx, draft | {"deadline": deadline_to_json(as_now)})
    task = Task(
        0,
        draft["what"],
        ctx.me.id,
        ctx.now,
        Index(draft["index"]) if draft["index"] else None,
        source=draft.get("source", ""),
        directive_id=draft.get("directive"),
        point=draft.get("point", ""),
    )
    new = given(task, person.id, unit.id if unit else person.unit_id, deadline, ctx.next_rung(deadline))
    one = await ctx.uow.tasks.create(new)
    await ctx.uow.tasks.note(one.number, LogEntry(ctx.now, Verb.ASSIGNED, ctx.me.id))
    letter = texts.assignment(ctx.say, one, person, ctx.me, unit, ctx.calendar, ctx.now)
    await ctx.tell(person, letter, tasks=[one.number])
    await ctx.can_be_undone(Verb.ASSIGNED, one, one.revision)
    return texts.assigned(ctx.say, one, person, await ctx.is_linked(person))


def _still_to_come(ctx: Context, draft: Any) -> Deadline | None:
    """The deadline that was read back; refuses if it has passed while the question was open."""
    deadline = deadline_from_json(draft["deadline"])
    if deadline and ctx.now >= deadline.instant(ctx.rules.zone):
        raise Refusal(Because.DATE_PAST, date=deadline.on)
    return deadline
