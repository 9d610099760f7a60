"""Decisions: the Office tells of one, and the tasks that wait for it become assignments, each with its milestones.

The line is: number, date of signing, perhaps the date of receipt, perhaps units. Step: decision.check.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.decisions import Decision, Milestone, WaitingTask, due, plan
from domain.messages import Outgoing
from domain.people import Person
from domain.refusals import Because, Refusal
from domain.tasks import Assignment, LogEntry, Task, Verb, given
from handlers.calendar import AS_BEFORE
from handlers.context import Context
from handlers.publishing_draft import day_of
from handlers.understanding.addressees import find, head_of
from handlers.understanding.intents import Intent
from locales.texts import decisions as texts
from locales.texts import people as people_texts
from locales.vocabulary import cleaned, words

SHOWN = 10
NUMBER_LENGTH = 60
_NUMBER = re.compile(r"(?<!\S)(?=\S*\d)(?=\S*\D)\S+")
_DATE = re.compile(r"(?<![\w/])\d{1,2}[/.-]\d{1,2}[/.-]\d{4}(?![\w/])")


@dataclass(frozen=True, slots=True)
class _Line:
    """What a line says of a decision; without units it is opened for all that wait."""

    number: str
    signed_on: date
    received_on: date | None
    units: tuple[int, ...]


async def decision(ctx: Context, said: Intent) -> Outgoing:
    """See what waits, take a rule back, or open a decision."""
    text = cleaned(said.rest).strip(" ;,.")
    if not text:
        return await _list(ctx)
    typed = words(text)
    back = ctx.desk.vocabulary.calendar.at(typed, 0)
    if back and back.meaning == AS_BEFORE and typed[-1].text.isdecimal():
        return await _stop(ctx, int(typed[-1].text[:9]))
    return await _preview(ctx, _read(ctx, text))


async def _list(ctx: Context) -> Outgoing:
    waiting, last = await ctx.uow.decisions.waiting(), await ctx.uow.decisions.last(SHOWN)
    opened = {one.id: len(await ctx.uow.decisions.opened_by(one.id)) for one in last}
    times = await ctx.uow.decisions.times_opened()
    return texts.listed(ctx.say, waiting, times, [(one, opened[one.id]) for one in last], ctx.agency)


async def _stop(ctx: Context, rule: int) -> Outgoing:
    found = next((one for one in await ctx.uow.decisions.waiting() if one.id == rule), None)
    if found is None:
        raise Refusal(Because.NO_SUCH_RULE, number=rule)
    await ctx.uow.decisions.stop_waiting(rule, ctx.now)
    return texts.stopped(ctx.say, found)


# -- read ------------------------------------------------------------------------------------------------------------


def _read(ctx: Context, text: str) -> _Line:
    first = _DATE.search(text)
    number = _NUMBER.search(text[: first.start()]) if first else None
    if first is None or number is None:
        raise Refusal(Because.DECISION_UNREADABLE, text=text[:80])
    signed_on, rest = _day(ctx, first[0]), text[first.end() :].strip(" ,;()")
    received_on = None
    typed = words(rest)
    received = ctx.desk.vocabulary.received.at(typed, 0)
    if received:
        second = _DATE.search(rest)
        if second is None:
            raise Refusal(Because.DECISION_UNREADABLE, text=text[:80])
        received_on, rest = _day(ctx, second[0]), rest[second.end() :].strip(" ,;()")
        if received_on < signed_on:
            raise Refusal(Because.DECISION_BACKWARDS, text=number[0])
    return _Line(number[0].strip(",;:")[:NUMBER_LENGTH], signed_on, received_on, _units(ctx, rest))


def _day(ctx: Context, text: str) -> date:
    day = day_of(ctx, text)
    if day > ctx.rules.today(ctx.now):
        raise Refusal(Because.DECISION_UNREADABLE, text=text)
    return day


def _units(ctx: Context, text: str) -> tuple[int, ...]:
    found = [find(part.strip(), ctx.agency, ctx.desk.vocabulary) for part in re.split("[,;]", text) if part.strip()]
    if any(not one.units for one in found):
        raise Refusal(Because.UNKNOWN_ADDRESSEE, text=text[:80], nearest="")
    return tuple(unit.id for one in found for unit in one.units)


# -- read back -------------------------------------------------------------------------------------------------------


def _whose(ctx: Context, rule: WaitingTask) -> Person | None:
    """Who gets a task now: the head of its unit, else the person whom it was given to."""
    unit = ctx.agency.units.get(rule.unit_id or 0)
    try:
        return head_of(unit, ctx.agency) if unit else ctx.agency.people.get(rule.person_id)
    except Refusal:
        return ctx.agency.people.get(rule.person_id)


async def _waiting(ctx: Context, line: _Line) -> list[WaitingTask]:
    """The rules that the decision is for."""
    found = []
    for rule in await ctx.uow.decisions.waiting():
        person = _whose(ctx, rule)
        unit = rule.unit_id or (person.unit_id if person else 0)
        if not line.units or any(ctx.agency.is_within(unit, wanted) for wanted in line.units):
            found.append(rule)
    if not found:
        raise Refusal(Because.NOTHING_WAITS)
    return found


def milestones(ctx: Context) -> Sequence[Milestone]:
    """The agency's own, else those that the language has."""
    return ctx.rules.milestones or Milestone.parse(texts.usual_milestones(ctx.say))


def planned(ctx: Context, one: Decision, rule: WaitingTask) -> texts.Planned:
    """A task as the decision dates it."""
    start = one.counted_from(ctx.rules.decision_counts_from)
    deadline = due(rule.wait, start, ctx.calendar)
    steps = [(step.name, day) for step, day in plan(milestones(ctx), start, deadline.on, ctx.calendar)]
    return texts.Planned(rule, deadline, steps, _whose(ctx, rule))


async def _preview(ctx: Context, line: _Line) -> Outgoing:
    rules = await _waiting(ctx, line)
    known = await ctx.uow.decisions.find(line.number)
    done = await ctx.uow.decisions.opened_by(known.id) if known else {}
    left = [rule for rule in rules if rule.id not in done]
    if known and not left:
        raise Refusal(Because.DECISION_OPENED, text=known.number, date=ctx.rules.today(known.opened_at))
    mark = await ctx.ask("decision.check", **_to_json(line))
    # what was opened before keeps its dates
    one = known or _decision(ctx, line)
    plans = [planned(ctx, one, rule) for rule in left]
    policy = ctx.rules.decision_counts_from
    again = (known, _decision(ctx, line), len(done)) if known else None
    return texts.preview(ctx.say, one, policy, plans, again, ctx.agency, ctx.calendar, ctx.now, mark)


def _decision(ctx: Context, line: _Line) -> Decision:
    return Decision(0, line.number, line.signed_on, line.received_on, ctx.me.id, ctx.now)


def _to_json(line: _Line) -> dict[str, Any]:
    received = line.received_on.isoformat() if line.received_on else None
    return {
        "number": line.number,
        "signed": line.signed_on.isoformat(),
        "received": received,
        "units": list(line.units),
    }


def _from_json(kept: Any) -> _Line:
    received = date.fromisoformat(kept["received"]) if kept["received"] else None
    return _Line(kept["number"], date.fromisoformat(kept["signed"]), received, tuple(kept["units"]))


# -- opened ----------------------------------------------------------------------------------------------------------


async def check(ctx: Context, text: str) -> Outgoing:
    """Something was typed instead of pressing a button."""
    if ctx.agrees(text):
        return await agreed(ctx, "")
    await ctx.answered()
    return people_texts.cancelled(ctx.say)


async def agreed(ctx: Context, _choice: str) -> Outgoing:
    """The button that opens it: assignments, and one letter to each who gets some."""
    line = _from_json(ctx.payload)
    await ctx.answered()
    rules = await _waiting(ctx, line)
    one = await ctx.uow.decisions.find(line.number) or await ctx.uow.decisions.keep(_decision(ctx, line))
    done = await ctx.uow.decisions.opened_by(one.id)
    plans = [planned(ctx, one, rule) for rule in rules if rule.id not in done]
    made: dict[int, list[texts.Opened]] = {}
    for plan_ in plans:
        if plan_.person is not None:
            made.setdefault(plan_.person.id, []).append((plan_, await _assign(ctx, one, plan_, plan_.person)))
    opened = [pair for pairs in made.values() for pair in pairs]
    if not opened:
        raise Refusal(Because.DECISION_OPENED, text=one.number, date=ctx.rules.today(one.opened_at))
    await ctx.uow.decisions.opened(one.id, [(plan_.rule.id, task.number) for plan_, task in opened])
    for person_id, pairs in made.items():
        person = ctx.agency.people[person_id]
        policy = ctx.rules.decision_counts_from
        letter = texts.chain(ctx.say, one, policy, person, pairs, ctx.agency, ctx.calendar, ctx.now)
        await ctx.tell(person, letter, tasks=[task.number for _, task in pairs], about=f"decision:{one.id}")
    for _plan, task in opened:
        await ctx.can_be_undone(Verb.ASSIGNED, task, task.revision)
    return texts.opened(ctx.say, one, [task for _, task in opened], ctx.agency)


async def _assign(ctx: Context, one: Decision, planned_one: texts.Planned, person: Person) -> Assignment:
    rule, deadline = planned_one.rule, planned_one.deadline
    task = Task(
        0,
        rule.content,
        rule.given_by,
        ctx.now,
        rule.index,
        source=texts.source(ctx.say, one, rule.source),
        directive_id=rule.directive_id,
        point=rule.point,
        proposal_id=rule.proposal_id,
    )
    new = given(task, person.id, rule.unit_id or person.unit_id, deadline, ctx.next_rung(deadline))
    made = await ctx.uow.tasks.create(new)
    await ctx.uow.tasks.note(made.number, LogEntry(ctx.now, Verb.ASSIGNED, ctx.me.id, one.number))
    return made


async def milestones_of(ctx: Context, one: Assignment) -> list[tuple[str, date]]:
    """The internal milestones of an assignment that a decision has opened, by its present deadline."""
    opened = await ctx.uow.decisions.of_assignment(one.number)
    if opened is None or one.deadline is None:
        return []
    start = opened.counted_from(ctx.rules.decision_counts_from)
    return [(step.name, day) for step, day in plan(milestones(ctx), start, one.deadline.on, ctx.calendar)]
