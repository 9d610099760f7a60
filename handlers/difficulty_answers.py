"""Answering a difficulty: the Office answers, asks back or submits; a leader agrees, decides or wants to talk.

Step: difficulty.leader (to which leader a proposal goes, where there are several).
"""

from datetime import datetime

from domain import difficulties as rules
from domain.difficulties import Difficulty, Kind
from domain.messages import Outgoing
from domain.names import fold
from domain.people import Person, Role
from domain.permissions import Action
from domain.refusals import Because, Refusal
from domain.tasks import Assignment
from handlers import difficulty_threads as threads
from handlers.context import Context
from locales.texts import difficulties as texts
from locales.texts import difficulty_letters as letters

STEP = "difficulty.leader"
ANSWER, ASK_BACK, SUBMIT, AGREE, DISCUSS, CLOSE = "traloi", "hoilai", "trinhlanhdao", "dongy", "traodoi", "dagiaiquyet"
ALL = "tatca"


def needs_words(step: str) -> bool:
    """Whether a step says nothing without words."""
    return step in ("", ANSWER, ASK_BACK, SUBMIT)


def leads(person: Person) -> bool:
    return person.role is Role.LEADER


async def answer(ctx: Context, one: Assignment, opened: Difficulty, step: str, text: str) -> Outgoing:
    """A step of the Office or of a leader; without its name it is the answer."""
    if text:
        threads.checked(text, one.number)
    if step == ASK_BACK:
        return await _ask_back(ctx, one, opened, text)
    if step == SUBMIT:
        return await _submit(ctx, one, opened, text)
    if step in (AGREE, DISCUSS):
        return await (_agree if step == AGREE else _discuss)(ctx, one, opened, text)
    return await _end(ctx, one, opened, _kind(ctx, step), text)


def _kind(ctx: Context, step: str) -> Kind:
    if step == CLOSE:
        return Kind.CLOSED
    return Kind.DECIDED if leads(ctx.me) else Kind.ANSWERED


async def _end(ctx: Context, one: Assignment, opened: Difficulty, kind: Kind, text: str) -> Outgoing:
    """The answer goes back to the officer, the head and the Office; the difficulty is closed with it."""
    after = await threads.end(ctx, one, opened, kind, text)
    await threads.keep_files(ctx, after)
    assignee = ctx.agency.people.get(after.assignee_id)
    letter = letters.answered(ctx.say, after, ctx.me, kind, text, ctx.calendar, ctx.now)
    if assignee is not None:
        await ctx.tell(assignee, Outgoing(letter.text, letter.buttons, ctx.files), tasks=[after.number])
    others = [*threads.heads(ctx, after), *threads.office(ctx), *threads.asked_leaders(ctx, opened)]
    others = [person for person in others if person.id != after.assignee_id]
    letter = letters.answered_to_others(ctx.say, after, ctx.me, kind, text, assignee)
    await threads.tell_each(ctx, after, others, letter)
    return texts.answered(ctx.say, after, kind, assignee)


async def _agree(ctx: Context, one: Assignment, opened: Difficulty, text: str) -> Outgoing:
    """What the Office proposed is the answer; words that come with it are added to it."""
    rules.must_be_with_leader(opened)
    notes = (await ctx.uow.difficulties.threads([opened.id]))[opened.id]
    proposal = next(note.text for note in reversed(notes) if note.kind is Kind.SUBMITTED)
    return await _end(ctx, one, opened, Kind.AGREED, "\n".join(part for part in (proposal, text) if part))


async def _discuss(ctx: Context, one: Assignment, opened: Difficulty, text: str) -> Outgoing:
    """The leader wants to talk about it first: it is the Office's again."""
    after = rules.discuss(opened, ctx.now, _due(ctx))
    await threads.turn(ctx, opened, after, Kind.TO_DISCUSS, text)
    await threads.tell_each(ctx, one, threads.office(ctx), letters.to_discuss(ctx.say, one, after, ctx.me, text), True)
    return texts.discussed(ctx.say, one)


async def _ask_back(ctx: Context, one: Assignment, opened: Difficulty, text: str) -> Outgoing:
    assignee = ctx.agency.people.get(one.assignee_id)
    if assignee is None:
        raise Refusal(Because.ASSIGNEE_LEFT, number=one.number)
    after = rules.ask_back(opened, ctx.now, _due(ctx))
    await threads.turn(ctx, opened, after, Kind.ASKED_BACK, text)
    await threads.tell_each(ctx, one, [assignee], letters.asked_back(ctx.say, one, after, ctx.me, text), ask=True)
    return texts.asked_back(ctx.say, one, after, assignee)


def _due(ctx: Context) -> datetime:
    return rules.answer_due(ctx.now, ctx.rules, ctx.calendar)


# -- up to a leader ----------------------------------------------------------------------------------------------------


async def _submit(ctx: Context, one: Assignment, opened: Difficulty, text: str) -> Outgoing:
    """A proposal goes to the leader, or, where there are several, to the one who is chosen."""
    others = threads.leaders(ctx)
    if not others:
        raise Refusal(Because.NO_LEADER, number=one.number)
    if len(others) == 1:
        return await _submit_to(ctx, one, opened, text, others)
    mark = await ctx.ask(STEP, number=one.number, seen=opened.revision, text=text)
    return texts.choose_leader(ctx.say, one, others, mark)


async def chosen(ctx: Context, choice: str) -> Outgoing:
    """The leader whose button was pressed, or whose name was typed; or all of them."""
    kept = ctx.payload
    if ctx.dialog is None or ctx.dialog.step != STEP:
        raise Refusal(Because.QUESTION_CLOSED)
    others = threads.leaders(ctx)
    wanted = fold(choice).strip()
    everybody = wanted.replace(" ", "") == ALL
    named = others if everybody else [one for one in others if str(one.id) == wanted or fold(one.name).endswith(wanted)]
    if not wanted or not (everybody or len(named) == 1):
        raise Refusal(Because.UNKNOWN_ADDRESSEE, text=choice[:40], nearest=", ".join(one.name for one in others))
    await ctx.answered()
    one = await ctx.assignment(kept["number"], Action.ANSWER, "vuongmac")
    try:
        opened = rules.check_seen(await ctx.uow.difficulties.latest(one.number), one.number, kept["seen"])
    except Refusal as refusal:
        # given, not raised: the question stays closed, because no other name would mend it
        return ctx.refused(refusal)
    return await _submit_to(ctx, one, opened, kept["text"], named)


async def _submit_to(ctx: Context, one: Assignment, opened: Difficulty, text: str, to: list[Person]) -> Outgoing:
    after = rules.submit(opened, to[0].id if len(to) == 1 else None, ctx.now, _due(ctx))
    notes = (await ctx.uow.difficulties.threads([opened.id]))[opened.id]
    await threads.turn(ctx, opened, after, Kind.SUBMITTED, text)
    letter = letters.please_decide(ctx.say, one, after, ctx.me, text, notes, ctx.agency, ctx.calendar, ctx.now)
    await threads.tell_each(ctx, one, to, letter, ask=True)
    assignee = ctx.agency.people.get(one.assignee_id)
    told = [person for person in (assignee, *threads.heads(ctx, one)) if person and person not in to]
    await threads.tell_each(ctx, one, told, letters.gone_up(ctx.say, one, after, to))
    return await ctx.or_warned(texts.submitted(ctx.say, one, after, to), to)
