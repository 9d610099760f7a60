"""Working on a task: received, progress, done, confirmed, returned."""

import re
from dataclasses import replace

from domain import tasks as rules
from domain.messages import Outgoing
from domain.permissions import Action
from domain.recounting import recounted
from domain.refusals import Because, Refusal
from domain.tasks import NOTE_LENGTH, Assignment, LogEntry, Status, Verb
from handlers import difficulty_threads as threads
from handlers.context import Context
from handlers.understanding.intents import Intent
from locales.texts import calendar as calendar_texts
from locales.texts import work as texts
from scheduler import reminders

MOST_OFFERED = 6
MOST_FILES = 10
"""The most files that go with a letter; the rest is kept with the task."""

_PERCENT = re.compile(r"^\s*(-?\d{1,6})\s*%?(?![\w/])[\s,.:;-]*")


async def offer(ctx: Context, command: str) -> Outgoing:
    """A command without a number: offer the tasks that it could mean."""
    found = [one for one in await ctx.uow.tasks.todo(ctx.me.id, 30) if one.is_open][:MOST_OFFERED]
    if not found:
        raise Refusal(Because.NO_NUMBER, command=command)
    return texts.ask_which(ctx.say, command, found, ctx.calendar, ctx.now)


async def _log(ctx: Context, one: Assignment, verb: Verb, note: str = "", percent: int | None = None) -> None:
    entry = LogEntry(ctx.now, verb, ctx.me.id, note[:NOTE_LENGTH], percent)
    await ctx.uow.tasks.note(one.number, entry)


async def keep_evidence(ctx: Context, one: Assignment) -> None:
    """What came with the event is evidence of this task."""
    ctx.files_kept = True
    for file in ctx.files:
        await ctx.uow.tasks.add_evidence(one.number, file, ctx.me.id, ctx.now)


async def acknowledge(ctx: Context, said: Intent) -> Outgoing:
    """I have taken note of a task."""
    if said.number is None:
        return await offer(ctx, "nhan")
    before = await ctx.assignment(said.number, Action.ACCEPT, "nhan")
    after = rules.accept(before)
    if after is before:
        return texts.received_already(ctx.say, before)
    await ctx.save(before, after)
    await _log(ctx, after, Verb.ACCEPTED)
    return texts.received(ctx.say, after, ctx.calendar, ctx.now)


# -- done ----------------------------------------------------------------------------------------------------------


async def finish(ctx: Context, said: Intent) -> Outgoing:
    """A claim that a task is done; reminders end, and whoever confirms is asked to."""
    if said.number is None:
        return await offer(ctx, "xong")
    before = await ctx.assignment(said.number, Action.CLAIM, "xong")
    if before.status is Status.AWAITING and (ctx.files or said.rest):
        return await add_to_claim(ctx, before, said.rest)
    if before.status is Status.RETURNED or (said.revision or 0) > before.revision:
        # "Received" and "Done" stand side by side on one letter: only a return makes the buttons before it old
        rules.check_revision(before, said.revision)
    after = rules.claim(before, said.rest, ctx.now)
    await ctx.save(before, after)
    await keep_evidence(ctx, after)
    await _log(ctx, after, Verb.CLAIMED, said.rest)
    await stop_reminding(ctx, after)
    if before.stuck:
        await threads.end_by_claim(ctx, after)
    answer, settled = await _ask_to_confirm(ctx, after)
    await ctx.can_be_undone(Verb.CLAIMED, before, settled.revision)
    return answer


async def stop_reminding(ctx: Context, one: Assignment) -> None:
    """A reminder that has not left is taken back; what else it spoke of is reminded of again."""
    await reminders.take_back(ctx.uow, [one], ctx.agency, ctx.now)


async def _ask_to_confirm(ctx: Context, one: Assignment) -> tuple[Outgoing, Assignment]:
    confirmers, by = ctx.agency.confirmers(ctx.agency.people[one.assignee_id]), ctx.acting_for(one)
    if not confirmers:
        after = rules.confirm(one)
        await ctx.save(one, after)
        await ctx.uow.tasks.note(one.number, LogEntry(ctx.now, Verb.CONFIRMED, None))
        return texts.finished_unconfirmed(ctx.say, after, len(ctx.files), ctx.lost_files), after
    files = tuple(item.file for item in await ctx.uow.tasks.evidence(one.number))
    for person in confirmers:
        letter = texts.please_confirm(ctx.say, one, by, files[-MOST_FILES:], len(files))
        await ctx.tell(person, letter, tasks=[one.number], about=f"confirm:{one.number}")
    answer = texts.claimed(ctx.say, one, confirmers, len(ctx.files), ctx.lost_files)
    return await ctx.or_warned(answer, confirmers), one


async def add_to_claim(ctx: Context, one: Assignment, result: str) -> Outgoing:
    """What comes after the claim is added to it."""
    await keep_evidence(ctx, one)
    if result:
        await _log(ctx, one, Verb.EVIDENCED, result)
    elif ctx.files:
        await _log(ctx, one, Verb.EVIDENCED, ", ".join(file.name for file in ctx.files))
    for person in ctx.agency.confirmers(ctx.agency.people[one.assignee_id]):
        letter = texts.more_evidence(ctx.say, one, ctx.acting_for(one), ctx.files)
        await ctx.tell(person, letter, tasks=[one.number])
    return texts.evidence_added(ctx.say, one, len(ctx.files) + bool(result), ctx.lost_files)


# -- progress --------------------------------------------------------------------------------------------------------


async def progress(ctx: Context, said: Intent) -> Outgoing:
    """How far a task is, in percent, with a note."""
    before = await ctx.assignment(said.number, Action.REPORT, "tiendo")
    found = _PERCENT.match(said.rest)
    if found is None:
        raise Refusal(Because.PERCENT_MISSING, number=before.number)
    percent, note = int(found[1]), said.rest[found.end() :]
    after = rules.progress(before, percent)
    if percent < before.percent:
        await keep_evidence(ctx, before)
        kept = {"number": before.number, "percent": percent, "note": note, "seen": before.revision}
        return texts.ask_backwards(ctx.say, before, percent, await ctx.ask("progress.backwards", **kept))
    noted = await _keep_progress(ctx, before, after, note)
    return texts.ask_whether_done(ctx.say, after) if percent == 100 else noted


async def _keep_progress(ctx: Context, before: Assignment, after: Assignment, note: str) -> Outgoing:
    await ctx.save(before, after)
    await keep_evidence(ctx, after)
    await _log(ctx, after, Verb.PROGRESSED, note, after.percent)
    return texts.progress(ctx.say, after, ctx.calendar, ctx.now, ctx.lost_files)


async def progress_backwards(ctx: Context, yes: bool) -> Outgoing:
    """Less than before, and it was asked whether that is meant."""
    kept = ctx.payload
    await ctx.answered()
    if not yes:
        return texts.left_as_it_was(ctx.say)
    before = await ctx.assignment(kept["number"], Action.REPORT, "tiendo")
    rules.check_revision(before, kept["seen"])
    return await _keep_progress(ctx, before, rules.progress(before, kept["percent"]), kept["note"])


# -- confirmed, returned ---------------------------------------------------------------------------------------------


async def confirm(ctx: Context, said: Intent) -> Outgoing:
    """A claim is agreed with."""
    before = await ctx.assignment(said.number, Action.CONFIRM, "xacnhan")
    rules.check_revision(before, said.revision if before.status is Status.AWAITING else None)
    after = rules.confirm(before)
    if await ctx.uow.tasks.claimed_by(before.number) == ctx.me.id:
        # whoever has said it for the assignee does not agree with themselves
        raise Refusal(Because.OWN_CLAIM, number=before.number)
    await ctx.save(before, after)
    await _log(ctx, after, Verb.CONFIRMED)
    await ctx.uow.outbox.drop(f"confirm:{after.number}")
    if assignee := ctx.agency.people.get(after.assignee_id):
        await ctx.tell(assignee, texts.was_confirmed(ctx.say, after, ctx.me), tasks=[after.number])
    await ctx.can_be_undone(Verb.CONFIRMED, before, after.revision)
    return texts.confirmed(ctx.say, after)


async def give_back(ctx: Context, said: Intent) -> Outgoing:
    """A claim is not agreed with; the reason is asked for where it is missing."""
    before = await ctx.assignment(said.number, Action.RETURN, "tralai")
    rules.check_revision(before, said.revision if before.status is Status.AWAITING else None)
    # while it was claimed, the calendar may have changed
    deadline = before.deadline and recounted(before.deadline, ctx.calendar)
    after = replace(rules.give_back(before, ctx.next_rung(deadline)), deadline=deadline)
    if not said.rest.strip():
        await ctx.ask("return.reason", number=before.number, seen=before.revision)
        return texts.ask_reason(ctx.say, before)
    await ctx.save(before, after)
    reason = said.rest.strip()[:NOTE_LENGTH]
    await _log(ctx, after, Verb.RETURNED, reason)
    if after.deadline != before.deadline:
        await _log(ctx, after, Verb.RECOUNTED, calendar_texts.moved(ctx.say, before, after, ""))
    await ctx.uow.outbox.drop(f"confirm:{after.number}")
    assignee = ctx.agency.people[after.assignee_id]
    letter = texts.was_returned(ctx.say, after, ctx.me, reason, ctx.calendar, ctx.now)
    await ctx.tell(assignee, letter, tasks=[after.number])
    await ctx.can_be_undone(Verb.RETURNED, before, after.revision)
    return texts.returned(ctx.say, after, assignee)


async def return_reason(ctx: Context, text: str) -> Outgoing:
    """The reason that was asked for."""
    kept = ctx.payload
    if not text.strip():
        raise Refusal(Because.NO_REASON, number=kept["number"])
    await ctx.answered()
    try:
        return await give_back(ctx, Intent("tralai", kept["number"], text, kept["seen"]))
    except Refusal as refusal:
        # given, not raised: the question stays closed, because no other reason would mend it
        return ctx.refused(refusal)
