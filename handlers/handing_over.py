"""Handing tasks over: "chuyen 12 15 cho Nam; reason" gives them to somebody else, with their deadlines."""

import re

from domain import tasks as rules
from domain.messages import Outgoing
from domain.people import Person, Unit
from domain.permissions import Action, may_reach
from domain.refusals import Because, Refusal
from domain.tasks import NOTE_LENGTH, Assignment, LogEntry, Verb
from handlers.context import Context
from handlers.understanding.addressees import find, head_of
from handlers.understanding.intents import Intent
from handlers.work import stop_reminding
from locales.texts import handing_over as texts
from locales.texts import publishing as publishing_texts

MOST_AT_ONCE = 20

_MORE_NUMBERS = re.compile(r"[\s,;]*(?:v[a\u00e0]\s+)?(\d{1,9})(?=[\s,;]|$)", re.IGNORECASE)
_TO = re.compile(r"[\s,]*(?:cho|sang|qua)\s+", re.IGNORECASE)


async def hand_over(ctx: Context, said: Intent) -> Outgoing:
    """Give tasks to somebody else; all of those that are named, or none."""
    if said.number is None:
        raise Refusal(Because.NO_NUMBER, command="chuyen")
    numbers, rest = _numbers(said)
    name, _, reason = _TO.sub("", rest, count=1).partition(";")
    if not name.strip():
        raise Refusal(Because.HAND_OVER_WHOM, number=said.number)
    found = find(name, ctx.agency, ctx.desk.vocabulary)
    if len(found.people) + len(found.units) > 1:
        return publishing_texts.which_one(ctx.say, name.strip(), found.people, found.units, ctx.agency)
    unit = found.units[0] if found.units else None
    to = head_of(unit, ctx.agency) if unit else found.people[0]
    if not may_reach(ctx.me, Action.ASSIGN, to, ctx.agency):
        raise Refusal(Because.OUTSIDE_UNIT, name=unit.name if unit else to.name)
    before = [await ctx.assignment(number, Action.ASSIGN, "chuyen") for number in numbers]
    return await _all_to(ctx, before, to, unit, reason.strip()[:NOTE_LENGTH])


def _numbers(said: Intent) -> tuple[list[int], str]:
    """The numbers that are named, and what is said after them."""
    assert said.number is not None  # noqa: S101 - the caller has looked
    numbers, rest = [said.number], said.rest
    while (more := _MORE_NUMBERS.match(rest)) and len(numbers) < MOST_AT_ONCE:
        numbers.append(int(more[1]))
        rest = rest[more.end() :]
    return list(dict.fromkeys(numbers)), rest


async def _all_to(ctx: Context, before: list[Assignment], to: Person, unit: Unit | None, reason: str) -> Outgoing:
    after = []
    for one in before:
        changed = rules.hand_over(one, to.id, unit.id if unit else to.unit_id, ctx.next_rung(one.deadline))
        await stop_reminding(ctx, one)
        await ctx.save(one, changed)
        note = texts.note(ctx.say, ctx.agency.people.get(one.assignee_id), to, reason)
        await ctx.uow.tasks.note(one.number, LogEntry(ctx.now, Verb.HANDED_OVER, ctx.me.id, note))
        after.append(changed)
    await _tell(ctx, before, after, to, reason)
    for one, changed in zip(before, after, strict=True):
        await ctx.can_be_undone(Verb.HANDED_OVER, one, changed.revision, ctx.told)
    return await ctx.or_warned(texts.handed_over(ctx.say, after, to), [to])


async def _tell(ctx: Context, before: list[Assignment], after: list[Assignment], to: Person, reason: str) -> None:
    """Whoever gets them, and whoever had them, one letter each."""
    numbers = [one.number for one in after]
    letter = texts.to_the_next(ctx.say, after, to, ctx.me, reason, ctx.calendar, ctx.now)
    await ctx.tell(to, letter, tasks=numbers)
    for person_id in dict.fromkeys(one.assignee_id for one in before):
        had = [one for one in before if one.assignee_id == person_id]
        person = ctx.agency.people.get(person_id)
        if person is not None and person not in (to, ctx.me):
            await ctx.tell(person, texts.to_the_last(ctx.say, had, to, ctx.me, reason), about="handed over")
