"""Difficulties: raised and followed by whoever has the task, looked at by everybody who may see it.

Steps: difficulty.words (the text that was asked for), and in handlers/difficulty_answers.py difficulty.leader.
"""

from domain import difficulties as rules
from domain.difficulties import Difficulty, Kind
from domain.messages import Outgoing
from domain.permissions import Action, Scope, may, scope
from domain.refusals import Because, Refusal
from domain.tasks import Assignment
from handlers import difficulty_answers as answers
from handlers import difficulty_threads as threads
from handlers import work
from handlers.context import Context
from handlers.extensions import agreed
from handlers.tasks import PAGE, offset
from handlers.understanding.intents import Intent
from locales.texts import difficulties as texts
from locales.texts import difficulty_letters as letters

STEP = "difficulty.words"
REPLY, CLOSE = "traloi", "dagiaiquyet"


async def difficulty(ctx: Context, said: Intent) -> Outgoing:
    """The open ones; with a number the thread of that task, or a step in it."""
    if said.number is None:
        return await _listed(ctx, said)
    one = await ctx.assignment(said.number, Action.SEE, "vuongmac")
    if said.rest and (answer := await threads.turned_away(ctx, one, said.rest)):
        return answer
    if ctx.dialog is not None and ctx.dialog.step in (STEP, answers.STEP) and ctx.payload["number"] == one.number:
        # what was asked about it is answered by this, or given up: a later message is no answer to it
        await ctx.answered()
    if said.step:
        opened = await ctx.uow.difficulties.open_of(one.number)
        if opened is None and said.step == answers.AGREE and not said.rest and (meant := await agreed(ctx, one)):
            return meant
        _check_step(ctx, one, said.step)
        rules.check_seen(opened, one.number, None)
    return await _say(ctx, one, f"{said.step} {said.rest}".strip(), said.revision)


def _check_step(ctx: Context, one: Assignment, step: str) -> None:
    """Refuse a step that is not mine to take."""
    own = may(ctx.me, Action.RAISE, one, ctx.agency)
    if step not in (REPLY, CLOSE) if own else not may(ctx.me, Action.ANSWER, one, ctx.agency):
        raise Refusal(Because.NOT_YOURS, number=one.number)
    if not own and step in (answers.AGREE, answers.DISCUSS) and not answers.leads(ctx.me):
        raise Refusal(Because.LEADERS_WORD, number=one.number)


async def words(ctx: Context, text: str) -> Outgoing:
    """The text that was asked for."""
    kept = ctx.payload
    one = await ctx.assignment(kept["number"], Action.SEE, "vuongmac")
    threads.checked(text, one.number)
    if answer := await threads.turned_away(ctx, one, text):
        # the question stays open: the difficulty itself is still to be told
        return answer
    await ctx.answered()
    latest = await ctx.uow.difficulties.latest(one.number)
    if kept["do"] and (latest is None or not latest.is_open or latest.revision != kept["seen"]):
        # given, not raised: the question stays closed, because no other words would mend it
        return ctx.refused(Refusal(Because.STALE_BUTTON, number=one.number))
    try:
        return await _say(ctx, one, f"{kept['do']} {text}".strip(), None)
    except Refusal as refusal:
        if refusal.because is Because.CHANGED_MEANWHILE:
            raise
        # given, not raised, as above
        return ctx.refused(refusal)


async def _say(ctx: Context, one: Assignment, rest: str, seen: int | None) -> Outgoing:
    latest = await ctx.uow.difficulties.latest(one.number)
    if may(ctx.me, Action.RAISE, one, ctx.agency):
        return await _officer_says(ctx, one, latest, rest, seen)
    if not rest:
        return await _shown(ctx, one, latest)
    if not may(ctx.me, Action.ANSWER, one, ctx.agency):
        raise Refusal(Because.NOT_YOURS, number=one.number)
    opened = rules.check_seen(latest, one.number, seen)
    step, text = threads.step_of(ctx, rest)
    if step in (answers.AGREE, answers.DISCUSS) and not answers.leads(ctx.me):
        # "agreed, please go on" is an answer in the Office's own words; alone it is a leader's
        if not text:
            raise Refusal(Because.LEADERS_WORD, number=one.number)
        step, text = "", rest
    if answers.needs_words(step) and not text:
        return await ask(ctx, one, opened, step)
    return await answers.answer(ctx, one, opened, step, text)


async def ask(ctx: Context, one: Assignment, opened: Difficulty | None, step: str) -> Outgoing:
    """Ask for the words of a step."""
    await ctx.ask(STEP, number=one.number, do=step, seen=opened.revision if opened else None)
    return texts.ask_words(ctx.say, one, step)


# -- looking -----------------------------------------------------------------------------------------------------------


async def _shown(ctx: Context, one: Assignment, latest: Difficulty | None) -> Outgoing:
    """The whole thread, with what its reader may do next."""
    if latest is None:
        raise Refusal(Because.NO_DIFFICULTY, number=one.number)
    notes = await ctx.uow.difficulties.thread(one.number)
    buttons = texts.steps(
        ctx.say,
        latest,
        own=may(ctx.me, Action.RAISE, one, ctx.agency),
        answers=may(ctx.me, Action.ANSWER, one, ctx.agency),
        leads=answers.leads(ctx.me),
    )
    return texts.thread(ctx.say, one, latest, notes, ctx.agency, ctx.now, buttons)


async def _listed(ctx: Context, said: Intent) -> Outgoing:
    """Those that are open: mine, the unit's, or everybody's, oldest first; and, of my own tasks, which one is meant."""
    reach = scope(ctx.me, Action.SEE_UNIT)
    mine = [ctx.me.id, *(one.id for one in ctx.agency.stands_in_for(ctx.me.id))] if reach is Scope.NONE else None
    within = [unit for unit in ctx.agency.units if ctx.agency.is_within(unit, ctx.me.unit_id)]
    units = within if reach is Scope.UNIT else None
    _none, total = await ctx.uow.difficulties.waiting(0, unit_ids=units, person_ids=mine)
    first = offset(said, total)
    found, total = await ctx.uow.difficulties.waiting(PAGE, first, unit_ids=units, person_ids=mine)
    tasks = await ctx.uow.tasks.of_numbers([one.number for one in found])
    notes = await ctx.uow.difficulties.threads([one.id for one in found])
    todo = [one for one in await ctx.uow.tasks.todo(ctx.me.id, 30) if one.is_open and not one.stuck]
    if not total and not todo and mine is not None:
        raise Refusal(Because.NO_NUMBER, command="vuongmac")
    shown = texts.Open([(one, tasks[one.number], notes[one.id]) for one in found], first, total, PAGE)
    return texts.listed(ctx.say, shown, todo[: work.MOST_OFFERED], ctx.agency, ctx.calendar, ctx.now)


# -- the officer -------------------------------------------------------------------------------------------------------


async def _officer_says(
    ctx: Context, one: Assignment, latest: Difficulty | None, rest: str, seen: int | None
) -> Outgoing:
    step, text = threads.step_of(ctx, rest)
    opened = latest if latest and latest.is_open else None
    if seen is not None:
        opened = rules.check_seen(latest, one.number, seen)
    if opened is None:
        if rest or one.is_open:
            return await _raise(ctx, one, latest, rest)
        return await _shown(ctx, one, latest)
    if not rest:
        return await _shown(ctx, one, opened)
    if step == CLOSE and not text:
        return await _close(ctx, one, opened)
    text = text if rest.startswith(REPLY) else rest
    return await _more(ctx, one, opened, text) if text else await ask(ctx, one, opened, REPLY)


async def _raise(ctx: Context, one: Assignment, latest: Difficulty | None, text: str) -> Outgoing:
    after = rules.stick(one)
    if not text:
        return await ask(ctx, one, None, "")
    text = threads.checked(text, one.number)
    due = rules.answer_due(ctx.now, ctx.rules, ctx.calendar)
    await ctx.save(one, after)
    new = rules.raised(after, ctx.me.id, latest.revision if latest else 0, ctx.now, due)
    new = await ctx.uow.difficulties.create(new)
    await threads.write(ctx, new, Kind.RAISED, text)
    await threads.keep_files(ctx, after)
    await work.stop_reminding(ctx, after)
    office = threads.office(ctx)
    letter = letters.please_answer(ctx.say, after, new, ctx.acting_for(after), text, ctx.agency, ctx.calendar, ctx.now)
    await threads.tell_each(ctx, after, office, _with_files(ctx, letter), ask=True)
    asked = {person.id for person in office}
    others = [head for head in threads.heads(ctx, after) if head.id not in asked]
    await threads.tell_each(
        ctx, after, others, letters.for_information(ctx.say, after, new, ctx.acting_for(after), text)
    )
    return await ctx.or_warned(texts.raised(ctx.say, after, new, office, ctx.calendar, ctx.now), office)


async def _more(ctx: Context, one: Assignment, opened: Difficulty, text: str) -> Outgoing:
    """A reply to what was asked back, or something added."""
    text = threads.checked(text, one.number)
    after = rules.reply(opened, ctx.now, rules.answer_due(ctx.now, ctx.rules, ctx.calendar))
    await threads.turn(ctx, opened, after, Kind.ADDED if after is opened else Kind.REPLIED, text)
    await threads.keep_files(ctx, one)
    letter = letters.more_from_officer(ctx.say, one, after, ctx.acting_for(one), text)
    await threads.tell_each(ctx, one, threads.office(ctx), _with_files(ctx, letter), ask=after is not opened)
    return texts.added(ctx.say, one, after, ctx.now)


async def _close(ctx: Context, one: Assignment, opened: Difficulty) -> Outgoing:
    after = await threads.end(ctx, one, opened, Kind.CLOSED)
    told = [*threads.office(ctx), *threads.heads(ctx, one), *threads.asked_leaders(ctx, opened)]
    await threads.tell_each(ctx, after, told, letters.over(ctx.say, after, ctx.acting_for(after)))
    return texts.closed(ctx.say, after, ctx.calendar, ctx.now)


def _with_files(ctx: Context, letter: Outgoing) -> Outgoing:
    return Outgoing(letter.text, letter.buttons, ctx.files[: work.MOST_FILES])
