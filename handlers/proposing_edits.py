"""Changing proposals before they are given: text, who, by when, in parts, several as one, or not at all."""

import re
from collections.abc import Callable
from dataclasses import replace

from domain.messages import Outgoing
from domain.names import tidy
from domain.proposals import NOBODY, Decided, Doers, Endless, Proposal, When, merged, split
from domain.refusals import Because, Refusal
from domain.series import Every
from domain.tasks import CONTENT_LENGTH, NOTE_LENGTH
from handlers import proposing_views as views
from handlers import waiting
from handlers.context import Context
from handlers.proposing_fill import learn, typed
from handlers.proposing_plan import Plan, change
from handlers.understanding.dates import read_deadline
from handlers.understanding.proposal_forms import Said
from handlers.understanding.rules_of_days import read_every
from locales.texts import proposal_questions as texts
from locales.vocabulary import words

_DIVIDED = re.compile(r"[,;\n]+")
_KEY = re.compile(r"([up])(\d{1,9})")
_SENTENCE = re.compile(r"(?<=[.;])\s+(?=\w)|\n+")
_NUMBERED = re.compile(r"^\s*(?:\d{1,2}[.)]|[-+\u2022])\s*")
_WHY = re.compile(r"(?:l\u00fd do|ly do|v\u00ec|vi)\b[\s:]*", re.IGNORECASE)
MOST_PARTS = 20


# -- which are meant -------------------------------------------------------------------------------------------------


def standing(plan: Plan, number: int) -> Proposal:
    """The proposal of a number; refuses one that has gone into others."""
    one = plan.find(number)
    if one.decided in (Decided.MERGED, Decided.SPLIT):
        parts = [each.number for each in plan.proposals if each.into == number and each.decided is not Decided.MERGED]
        into = one.into if one.decided is Decided.MERGED else ", ".join(map(str, parts))
        raise Refusal(Because.PROPOSAL_GONE, number=number, into=into)
    return one


def meant(ctx: Context, plan: Plan, said: Said, is_silent: Callable[[Proposal], bool] | None = None) -> list[Proposal]:
    """The proposals that are meant: those named, all that are left, or the one that is shown or asked about."""
    if said.numbers:
        return [standing(plan, number) for number in said.numbers]
    if is_silent is not None and (said.rest or (ctx.payload.get("for_rest") and not said.numbers)):
        return [one for one in plan.standing if is_silent(one)]
    if said.rest:
        return plan.open
    at = ctx.payload.get("proposal")
    if not at:
        raise Refusal(Because.WHICH_PROPOSAL)
    return [standing(plan, at)]


def _single(ctx: Context, plan: Plan, said: Said) -> Proposal:
    found = meant(ctx, plan, said)
    if len(found) != 1:
        raise Refusal(Because.WHICH_PROPOSAL)
    return found[0]


# -- who -------------------------------------------------------------------------------------------------------------


async def read_doers(ctx: Context, text: str) -> Doers:
    """Units and people by their names, or by the keys of buttons; refuses a name that nobody has, or several."""
    keys = [_KEY.fullmatch(part.strip()) for part in text.split(",")]
    if all(keys):
        units = tuple(int(key[2]) for key in keys if key and key[1] == "u" and int(key[2]) in ctx.agency.units)
        people = tuple(int(key[2]) for key in keys if key and key[1] == "p" and int(key[2]) in ctx.agency.people)
        if units or people:
            return Doers(units, people)
    return await typed(ctx, text)


async def lead(ctx: Context, plan: Plan, said: Said) -> tuple[list[Proposal], str]:
    """Who leads some; a name of the document that was not known is learnt, and holds for the others with it."""
    targets = meant(ctx, plan, said, lambda one: one.asks_who)
    doers = await read_doers(ctx, said.text)
    changed = [replace(one, lead=doers) for one in targets]
    if len(targets) == 1:
        changed += await learn(ctx, targets[0], doers, plan.standing)
    await change(ctx, plan, changed)
    return changed, texts.changed(ctx.say, [one.number for one in changed]) if changed else texts.nothing_to_do(ctx.say)


async def coordinate(ctx: Context, plan: Plan, said: Said) -> tuple[list[Proposal], str]:
    doers = NOBODY if ctx.yes_or_no(said.text) is False else await read_doers(ctx, said.text)
    changed = [replace(one, coordinate=doers) for one in meant(ctx, plan, said)]
    await change(ctx, plan, changed)
    return changed, texts.changed(ctx.say, [one.number for one in changed])


# -- by when ---------------------------------------------------------------------------------------------------------


def read_when(ctx: Context, text: str) -> When:
    """A day, so many days from a decision, one or several rules that come again, or never. Refuses as deadlines do."""
    known = ctx.desk.vocabulary
    if wait := waiting.read_wait(text, known):
        return wait
    if rules := _rules(ctx, text):
        return rules
    return read_deadline(text, ctx.now, ctx.rules, ctx.calendar, known) or Endless.ENDLESS


def _rules(ctx: Context, text: str) -> tuple[Every, ...]:
    whole = read_every(text, ctx.desk.vocabulary)
    if whole:
        return (whole,)
    parts = [read_every(part, ctx.desk.vocabulary) for part in _DIVIDED.split(text) if part.strip()]
    return tuple(part for part in parts if part) if parts and all(parts) else ()


async def when(ctx: Context, plan: Plan, said: Said) -> tuple[list[Proposal], str]:
    targets = meant(ctx, plan, said, lambda one: one.asks_when)
    given = read_when(ctx, said.text)
    changed = [replace(one, when=given) for one in targets]
    await change(ctx, plan, changed)
    if not changed:
        return changed, texts.nothing_to_do(ctx.say)
    return changed, texts.dated(ctx.say, [one.number for one in changed], given)


# -- the text --------------------------------------------------------------------------------------------------------


def _checked(text: str) -> str:
    content = "\n".join(filter(None, (tidy(line) for line in text.splitlines())))
    if not any(letter.isalnum() for letter in content):
        raise Refusal(Because.NO_CONTENT)
    if len(content) > CONTENT_LENGTH:
        raise Refusal(Because.CONTENT_TOO_LONG, length=len(content))
    return content


async def content(ctx: Context, plan: Plan, said: Said) -> tuple[list[Proposal], str]:
    changed = [replace(_single(ctx, plan, said), content=_checked(said.text))]
    await change(ctx, plan, changed)
    return changed, texts.changed(ctx.say, [one.number for one in changed])


def sentences(one: Proposal) -> list[str]:
    """The parts in which a task is written."""
    return [part.strip(" ;") for part in _SENTENCE.split(one.content) if any(letter.isalnum() for letter in part)]


async def parts(ctx: Context, plan: Plan, said: Said) -> Outgoing:
    """One as several: as typed, one a line, or by its sentences."""
    one = _single(ctx, plan, said)
    if not one.stands:
        raise Refusal(Because.NOT_A_TASK, number=one.number)
    typed = words(said.text)
    if not typed:
        return await views.ask_parts(ctx, plan, one, sentences(one))
    if ctx.desk.vocabulary.proposed.whole(typed) == "as_proposed":
        found = sentences(one)
    else:
        lines = said.text.splitlines() if "\n" in said.text.strip() else said.text.split(";")
        found = [_NUMBERED.sub("", line).strip(" ;") for line in lines]
        found = [line for line in found if any(letter.isalnum() for letter in line)]
    if not 2 <= len(found) <= MOST_PARTS:
        raise Refusal(Because.SPLIT_PARTS, number=one.number, most=MOST_PARTS)
    last = await ctx.uow.proposals.last_number(plan.id)
    pieces = split(one, [_checked(part) for part in found], last)
    await change(ctx, plan, pieces)
    numbers = [piece.number for piece in pieces[1:]]
    return await views.page_with(ctx, plan, numbers[0], texts.split_into(ctx.say, one.number, numbers))


async def together(ctx: Context, plan: Plan, said: Said) -> Outgoing:
    """Several as one: the first keeps its number."""
    found = [standing(plan, number) for number in said.numbers]
    if len(found) < 2:
        raise Refusal(Because.MERGE_TWO)
    gone = next((one for one in found if not one.stands), None)
    if gone is not None:
        raise Refusal(Because.NOT_A_TASK, number=gone.number)
    made = merged(found[0], found[1:])
    if len(made[0].content) > CONTENT_LENGTH:
        raise Refusal(Because.CONTENT_TOO_LONG, length=len(made[0].content))
    await change(ctx, plan, made)
    note = texts.merged_into(ctx.say, found[0].number, [one.number for one in found[1:]])
    return await views.one(ctx, plan, found[0].number, note)


# -- accepted, left out ----------------------------------------------------------------------------------------------


async def accept(ctx: Context, plan: Plan, said: Said) -> tuple[list[Proposal], str]:
    """Some are to be given; all that are left may be those of which it was said that none is given."""
    targets = meant(ctx, plan, said)
    if said.rest and not targets:
        nothing = texts.nothing_given(ctx.say)
        targets = [one for one in plan.proposals if one.decided is Decided.LEFT_OUT and one.reason == nothing]
    changed = [replace(one, decided=Decided.ACCEPTED, reason="") for one in targets]
    await change(ctx, plan, changed)
    return changed, texts.accepted(ctx.say, [one.number for one in changed]) if changed else ""


async def leave_out(ctx: Context, plan: Plan, said: Said) -> tuple[list[Proposal], str]:
    """Some are not given; why is kept with the directive."""
    why = tidy(_WHY.sub("", said.text, count=1) if _WHY.match(said.text) else said.text)[:NOTE_LENGTH]
    targets = meant(ctx, plan, said)
    changed = [replace(one, decided=Decided.LEFT_OUT, reason=why) for one in targets]
    await change(ctx, plan, changed)
    return changed, texts.left_out(ctx.say, [one.number for one in changed], why) if changed else ""


async def leave_all_out(ctx: Context, plan: Plan) -> None:
    """No task is given with the document."""
    why = texts.nothing_given(ctx.say)
    await change(ctx, plan, [replace(one, decided=Decided.LEFT_OUT, reason=why) for one in plan.standing])
