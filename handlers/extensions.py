"""A later deadline: asked for by the assignee, granted or not by whoever set it. Missing pieces are asked for.

Typed by the assignee: the number, the date, the reason. By the approver: yes, no with a reason, or another date.
Steps: extend.when, extend.why, extend.refusal.
"""

from collections.abc import Awaitable
from dataclasses import replace
from datetime import datetime, time
from typing import Any

from domain import extensions as rules
from domain.deadlines import Deadline
from domain.extensions import Extension, Outcome
from domain.messages import Outgoing
from domain.people import Person
from domain.permissions import Action, may
from domain.refusals import Because, Refusal
from domain.tasks import NOTE_LENGTH, Assignment, LogEntry, Verb
from handlers import work
from handlers.context import Context
from handlers.understanding.intents import Intent, leading_answer
from handlers.understanding.leading_dates import leading_deadline
from locales.texts import extensions as texts
from locales.vocabulary import cleaned, words
from storage.codecs import deadline_from_json, deadline_to_json


def about(number: int) -> str:
    """What the letters to the approvers are about; the first decision takes the others back."""
    return f"extend:{number}"


async def extend(ctx: Context, said: Intent) -> Outgoing:
    """Ask for a later deadline, or decide about it: by whose task it is."""
    if said.number is None:
        return await work.offer(ctx, "giahan")
    one = await ctx.uow.tasks.get(said.number)
    if one is not None and not may(ctx.me, Action.EXTEND, one, ctx.agency):
        if rules.may_grant(ctx.me, one, ctx.agency):
            return await _decide(ctx, one, said.rest, said.revision)
        if may(ctx.me, Action.SEE, one, ctx.agency):
            names = ", ".join(person.name for person in rules.approvers(one, ctx.agency))
            raise Refusal(Because.NOT_THE_GRANTER, number=one.number, name=names)
    one = await ctx.assignment(said.number, Action.EXTEND, "giahan")
    rules.check_in_time(one, ctx.now, ctx.rules.zone)
    return await _take_date(ctx, one, said.rest, {})


async def agreed(ctx: Context, one: Assignment) -> Outgoing | None:
    """ "Agreed", and no more, about a task: what is meant is a request that waits for my decision; None for no such."""
    if not rules.may_grant(ctx.me, one, ctx.agency) or await ctx.uow.extensions.pending(one.number) is None:
        return None
    return await _grant(ctx, one, await _asked_for(ctx, one, None))


# -- what is missing -----------------------------------------------------------------------------------------------


async def when(ctx: Context, text: str) -> Outgoing:
    """The answer to which date: also a decision, where an approver was asked."""
    kept = dict(ctx.payload)
    one = await _still(ctx, kept)
    if may(ctx.me, Action.EXTEND, one, ctx.agency):
        return await _or_closed(ctx, _take_date(ctx, one, text, kept))
    return await _or_closed(ctx, _decide(ctx, one, text, kept.get("request")))


async def why(ctx: Context, text: str) -> Outgoing:
    """The answer to why."""
    kept = dict(ctx.payload)
    one = await _still(ctx, kept)
    new = deadline_from_json(kept["deadline"])
    assert new is not None  # noqa: S101 - the question is asked only after a date
    return await _or_closed(ctx, _take_reason(ctx, one, new, text))


async def refusal_reason(ctx: Context, text: str) -> Outgoing:
    """The answer to why not."""
    kept = dict(ctx.payload)
    one = await _still(ctx, kept)
    return await _or_closed(ctx, _refuse_asked(ctx, one, kept.get("request"), text))


async def _or_closed(ctx: Context, answer: Awaitable[Outgoing]) -> Outgoing:
    """The answer, or a refusal that no other words would mend: with it the question is closed."""
    try:
        return await answer
    except Refusal as refusal:
        if refusal.because is Because.CHANGED_MEANWHILE:
            raise
        # given, not raised: raised it would undo that the question is closed
        await ctx.answered()
        return ctx.refused(refusal)


async def _still(ctx: Context, kept: dict[str, Any]) -> Assignment:
    one = await ctx.uow.tasks.get(kept["number"])
    if one is None:
        raise Refusal(Because.QUESTION_CLOSED)
    return one


async def _take_date(ctx: Context, one: Assignment, text: str, kept: dict[str, Any]) -> Outgoing:
    old = rules.present_deadline(one)
    if not text:
        await ctx.ask("extend.when", number=one.number)
        return texts.ask_when(ctx.say, one, ctx.calendar, ctx.now)
    try:
        new, reason = _read(ctx, old, text)
        rules.check_later(one, new, ctx.rules.zone)
    except Refusal as refusal:
        # what was said beside the date is kept
        await ctx.ask("extend.when", number=one.number, reason=kept.get("reason", ""))
        return ctx.refused(refusal)
    return await _take_reason(ctx, one, new, reason or kept.get("reason", ""))


def _read(ctx: Context, old: Deadline, text: str) -> tuple[Deadline, str]:
    """The date at the beginning of a text, and the rest; "5 more days" are counted from the present deadline."""
    now = ctx.now
    typed = words(cleaned(text).strip())
    more = ctx.desk.vocabulary.adding.at(typed, 0)
    if more and more.length < len(typed):
        text = cleaned(text).strip()[typed[more.length].start :]
        now = datetime.combine(old.on, time(), ctx.rules.zone)
    return leading_deadline(text, now, ctx.rules, ctx.calendar, ctx.desk.vocabulary)


async def _take_reason(ctx: Context, one: Assignment, new: Deadline, reason: str) -> Outgoing:
    if not any(letter.isalnum() for letter in reason):
        await ctx.ask("extend.why", number=one.number, deadline=deadline_to_json(new))
        return texts.ask_why(ctx.say, one, new)
    await ctx.answered()
    rules.check_in_time(one, ctx.now, ctx.rules.zone)
    return await _ask_approvers(ctx, one, rules.check_later(one, new, ctx.rules.zone), reason.strip()[:NOTE_LENGTH])


# -- asked for -----------------------------------------------------------------------------------------------------


async def _ask_approvers(ctx: Context, one: Assignment, new: Deadline, reason: str) -> Outgoing:
    deciding = rules.approvers(one, ctx.agency)
    if not deciding:
        raise Refusal(Because.NO_APPROVER, number=one.number)
    old = rules.present_deadline(one)
    await ctx.uow.outbox.drop(about(one.number))
    asked = await ctx.uow.extensions.keep(Extension(0, one.number, ctx.me.id, ctx.now, reason, old, new))
    await _log(ctx, one, Verb.EXTENSION_ASKED, texts.moved(ctx.say, asked))
    for person in deciding:
        letter = texts.please_decide(ctx.say, one, asked, ctx.acting_for(one), ctx.calendar, ctx.now)
        await ctx.tell(person, letter, tasks=[one.number], about=about(one.number))
    return await ctx.or_warned(texts.asked(ctx.say, one, asked, deciding, ctx.calendar), deciding)


async def _log(ctx: Context, one: Assignment, verb: Verb, note: str) -> None:
    await ctx.uow.tasks.note(one.number, LogEntry(ctx.now, verb, ctx.me.id, note[:NOTE_LENGTH]))


# -- decided -------------------------------------------------------------------------------------------------------


async def _decide(ctx: Context, one: Assignment, text: str, request: int | None) -> Outgoing:
    """What the approver says: yes, no, or a date of their own. `request` is the one that a button was made for."""
    answer, rest = leading_answer(text, ctx.desk.vocabulary)
    if answer is None and text:
        return await _grant_date(ctx, one, text, request)
    if answer is None:
        pending = await ctx.uow.extensions.pending(one.number)
        rules.present_deadline(one)
        await ctx.ask("extend.when", number=one.number, request=pending.id if pending else None)
        return texts.ask_which_date(ctx.say, one, pending, ctx.calendar, ctx.now)
    if not answer:
        return await _refuse_asked(ctx, one, request, rest)
    asked = await _asked_for(ctx, one, request)
    return await _grant_date(ctx, one, rest, asked.id) if rest else await _grant(ctx, one, asked)


async def _asked_for(ctx: Context, one: Assignment, request: int | None) -> Extension:
    """The request that is decided about; refuses where it was decided, or another one has taken its place."""
    pending = await ctx.uow.extensions.pending(one.number)
    if pending is None:
        raise Refusal(Because.EXTENSION_NOT_ASKED, number=one.number)
    if request is not None and request != pending.id:
        raise Refusal(Because.EXTENSION_REPLACED, number=one.number)
    return pending


async def _grant_date(ctx: Context, one: Assignment, text: str, request: int | None) -> Outgoing:
    """A date that the approver chose, with or without having been asked."""
    pending = await ctx.uow.extensions.pending(one.number) if request is None else await _asked_for(ctx, one, request)
    old = rules.present_deadline(one)
    try:
        new, note = _read(ctx, old, text)
        rules.check_later(one, new, ctx.rules.zone)
    except Refusal as refusal:
        await ctx.ask("extend.when", number=one.number, request=pending.id if pending else None)
        return ctx.refused(refusal)
    # a date of one's own takes the place of what was asked for
    reason, note = (pending.reason, note) if pending else (note, "")
    own = Extension(0, one.number, ctx.me.id, ctx.now, reason[:NOTE_LENGTH], old, new, note=note[:NOTE_LENGTH])
    return await _grant(ctx, one, await ctx.uow.extensions.keep(own))


async def _grant(ctx: Context, before: Assignment, asked: Extension) -> Outgoing:
    after = rules.extend(before, asked.new, ctx.next_rung(asked.new), ctx.rules.zone)
    await ctx.answered()
    await ctx.save(before, after)
    granted = replace(asked, outcome=Outcome.GRANTED, decided_by=ctx.me.id, decided_at=ctx.now)
    await _keep_decision(ctx, granted)
    await _log(ctx, after, Verb.EXTENDED, texts.moved(ctx.say, granted))
    await ctx.uow.outbox.drop(about(after.number))
    await work.stop_reminding(ctx, after)
    assignee = ctx.agency.people[after.assignee_id]
    letter = texts.was_extended(ctx.say, after, granted, ctx.me, ctx.calendar, ctx.now)
    await ctx.tell(assignee, letter, tasks=[after.number])
    for head in _to_be_informed(ctx, assignee):
        note = texts.head_informed(ctx.say, after, granted, assignee, ctx.me, ctx.calendar, ctx.now)
        await ctx.tell(head, note, tasks=[after.number])
    await ctx.can_be_undone(Verb.EXTENDED, before, after.revision)
    return texts.granted(ctx.say, after, granted, assignee, ctx.calendar)


async def _keep_decision(ctx: Context, decided: Extension) -> None:
    if not await ctx.uow.extensions.decide(decided):
        raise Refusal(Because.CHANGED_MEANWHILE, number=decided.number)


def _to_be_informed(ctx: Context, assignee: Person) -> list[Person]:
    return [head for head in ctx.agency.heads_over(assignee) if head.id != ctx.me.id]


async def _refuse_asked(ctx: Context, one: Assignment, request: int | None, reason: str) -> Outgoing:
    asked = await _asked_for(ctx, one, request)
    if not any(letter.isalnum() for letter in reason):
        await ctx.ask("extend.refusal", number=one.number, request=asked.id)
        return texts.ask_why_not(ctx.say, one)
    await ctx.answered()
    reason = reason.strip()[:NOTE_LENGTH]
    refused = replace(asked, outcome=Outcome.REFUSED, decided_by=ctx.me.id, decided_at=ctx.now, note=reason)
    await _keep_decision(ctx, refused)
    await _log(ctx, one, Verb.EXTENSION_REFUSED, reason)
    await ctx.uow.outbox.drop(about(one.number))
    assignee = ctx.agency.people[one.assignee_id]
    letter = texts.was_not_extended(ctx.say, one, refused, ctx.me, ctx.calendar, ctx.now)
    await ctx.tell(assignee, letter, tasks=[one.number])
    return texts.refused_it(ctx.say, one, assignee)
