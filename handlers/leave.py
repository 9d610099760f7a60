"""Leave: noting it with a stand-in, seeing who is away, and calling it off.

The line is: whose (nobody named: mine), from when to when, who stands in. Steps: leave.when, leave.stand_in.
"""

from dataclasses import dataclass
from datetime import date

from domain.absences import Absence, check_away, check_stand_in
from domain.messages import Outgoing
from domain.people import Person
from domain.permissions import Action, may_reach
from domain.refusals import Because, Refusal
from handlers.context import Context
from handlers.understanding.addressees import find
from handlers.understanding.date_ranges import DateRanges
from handlers.understanding.intents import Intent, end_of_answer
from locales.texts import leave as texts
from locales.vocabulary import Vocabulary, cleaned, words

MOST_WORDS = 30
MOST_NAMED = 8
"""How many words a name before the dates has at most."""

NOBODY = "0"


@dataclass(frozen=True, slots=True)
class _Line:
    """What a line says, each part as it was typed; empty where it is missing."""

    whose: str
    days: tuple[date, date] | None
    stand_in: str


async def leave(ctx: Context, said: Intent) -> Outgoing:
    """See who is away, note leave, or call it off."""
    text = cleaned(said.rest).strip()
    if not text:
        return await _list(ctx)
    typed = words(text)
    off = ctx.desk.vocabulary.cancel.at(typed, 0)
    if off is not None:
        return await _call_off(ctx, text[typed[off.length - 1].end :].strip())
    line = _read(ctx, text)
    person = _named(ctx, line.whose) if line.whose else ctx.me
    _check_mine(ctx, person)
    if line.days is None:
        await ctx.ask("leave.when", person=person.id)
        return texts.ask_when(ctx.say, person)
    return await _with_days(ctx, person, line.days, line.stand_in)


def _read(ctx: Context, text: str) -> _Line:
    """A line in its parts: the dates are the longest run of words that is a range; what comes after is a reason."""
    known = ctx.desk.vocabulary
    typed = words(text)[:MOST_WORDS]
    stand_in = ""
    for at in range(len(typed)):
        found = known.standing_in.at(typed, at)
        if found:
            stand_in = text[typed[at + found.length - 1].end :].strip(" :,.")
            text, typed = text[: typed[at].start].strip(" ;,.-"), typed[:at]
            break
    ranges = DateRanges(ctx.now, ctx.rules, ctx.calendar, known)
    for end in range(len(typed), 0, -1):
        for begin in range(min(end, MOST_NAMED)):
            try:
                days = ranges.read(text[typed[begin].start : typed[end - 1].end])
            except Refusal as refusal:
                if refusal.because is Because.DATE_UNREADABLE:
                    continue
                raise
            return _Line(text[: typed[begin].start].strip(" ;,."), days, stand_in)
    return _Line(text, None, stand_in)


def _named(ctx: Context, name: str) -> Person:
    """The one person whom a name means; refuses where it may be several."""
    found = find(_bare(name, ctx.desk.vocabulary), ctx.agency, ctx.desk.vocabulary)
    if len(found.people) == 1:
        return found.people[0]
    if not found.people:
        raise Refusal(Because.UNKNOWN_ADDRESSEE, text=name[:80], nearest="")
    names = ", ".join(f"{person.name} ({ctx.agency.unit_name(person)})" for person in found.people)
    raise Refusal(Because.SEVERAL_PEOPLE, text=name[:80], name=names)


def _bare(name: str, known: Vocabulary) -> str:
    """A name without the politeness around it; its last word always is a part of it."""
    typed, begin = words(name), 0
    end = end_of_answer(typed, known)
    while (courtesy := known.opening.at(typed, begin)) and begin + courtesy.length < end:
        begin += courtesy.length
    return name[typed[begin].start : typed[end - 1].end] if typed else name


def _check_mine(ctx: Context, person: Person) -> None:
    if not may_reach(ctx.me, Action.LEAVE, person, ctx.agency):
        raise Refusal(Because.NOT_THEIR_LEAVE, name=person.name)


# -- what is missing -----------------------------------------------------------------------------------------------


async def when(ctx: Context, text: str) -> Outgoing:
    """The answer to from when to when; it may name the stand-in too."""
    person = _person(ctx, ctx.payload["person"])
    line = _read(ctx, cleaned(text).strip())
    if line.days is None:
        raise Refusal(Because.DATE_UNREADABLE, text=text[:80])
    return await _with_days(ctx, person, line.days, line.stand_in)


async def stand_in(ctx: Context, text: str) -> Outgoing:
    """The answer to who stands in: a name, or nobody."""
    kept = ctx.payload
    days = date.fromisoformat(kept["from"]), date.fromisoformat(kept["until"])
    return await _with_days(ctx, _person(ctx, kept["person"]), days, text)


async def chosen(ctx: Context, choice: str) -> Outgoing:
    """The button for one of those who could stand in, or for nobody."""
    kept = ctx.payload
    days = date.fromisoformat(kept["from"]), date.fromisoformat(kept["until"])
    person = _person(ctx, kept["person"])
    other = None if choice == NOBODY else _person(ctx, int(choice) if choice.isdecimal() else 0)
    return await _note(ctx, person, days, other)


def _person(ctx: Context, person_id: int) -> Person:
    if person_id not in ctx.agency.people:
        raise Refusal(Because.QUESTION_CLOSED)
    return ctx.agency.people[person_id]


async def _with_days(ctx: Context, person: Person, days: tuple[date, date], who: str) -> Outgoing:
    _check(ctx, _absence(ctx, person, days, None))
    if not who:
        return await _ask_stand_in(ctx, person, days)
    if ctx.yes_or_no(who) is False:
        return await _note(ctx, person, days, None)
    try:
        return await _note(ctx, person, days, _named(ctx, who))
    except Refusal as refusal:
        # the days are kept: a stand-in that cannot be costs only the name
        await _ask_stand_in(ctx, person, days)
        return ctx.refused(refusal)


async def _ask_stand_in(ctx: Context, person: Person, days: tuple[date, date]) -> Outgoing:
    first, last = days
    kept = {"person": person.id, "from": first.isoformat(), "until": last.isoformat()}
    mark = await ctx.ask("leave.stand_in", **kept)
    colleagues = [one for one in ctx.agency.people.values() if one.unit_id == person.unit_id and one != person]
    free = [one for one in colleagues if not _refusal(ctx, _absence(ctx, person, days, one))]
    return texts.ask_stand_in(ctx.say, person, first, last, free, mark)


# -- noted ---------------------------------------------------------------------------------------------------------


def _absence(ctx: Context, person: Person, days: tuple[date, date], other: Person | None) -> Absence:
    return Absence(0, person.id, other.id if other else None, *days, ctx.me.id, ctx.now)


def _refusal(ctx: Context, new: Absence) -> Refusal | None:
    """Why it cannot be noted, with names."""
    try:
        check_away(new, ctx.agency.absences)
        if new.stand_in_id is not None:
            check_stand_in(new, ctx.agency.absences)
    except Refusal as refusal:
        other = refusal.facts.get("absence")
        if not isinstance(other, Absence):
            return refusal
        away = ctx.agency.people.get(other.person_id)
        period = texts.period(ctx.say, other.from_on, other.until_on)
        return Refusal(refusal.because, name=away.name if away else "—", text=period)
    return None


def _check(ctx: Context, new: Absence) -> None:
    if refusal := _refusal(ctx, new):
        raise refusal


async def _note(ctx: Context, person: Person, days: tuple[date, date], other: Person | None) -> Outgoing:
    new = _absence(ctx, person, days, other)
    _check(ctx, new)
    await ctx.answered()
    kept = await ctx.uow.absences.keep(new)
    await ctx.uow.roster_changed()
    if other is not None and other != ctx.me:
        tasks = await ctx.uow.tasks.todo(person.id, texts.MOST_TASKS)
        total, _ = await ctx.uow.tasks.count(person.id, ctx.now)
        letter = texts.please_stand_in(ctx.say, kept, person, tasks, total, ctx.calendar, ctx.now)
        await ctx.tell(other, letter, about=f"leave:{kept.id}")
    if person != ctx.me:
        await ctx.tell(person, texts.noted_for_you(ctx.say, kept, ctx.me, ctx.agency), about=f"leave:{kept.id}")
    for informed in _concerned(ctx, person, other):
        await ctx.tell(informed, texts.for_information(ctx.say, kept, ctx.agency), about=f"leave:{kept.id}")
    return texts.noted(ctx.say, kept, ctx.agency)


def _concerned(ctx: Context, person: Person, stand_in: Person | None) -> list[Person]:
    """Who is informed: the unit head and the Office; not whoever was told already."""
    told = {ctx.me.id, person.id, stand_in.id if stand_in else 0}
    both = {one.id: one for one in (*ctx.agency.heads_over(person), *ctx.agency.office())}
    return [one for one in both.values() if one.id not in told]


# -- seen and called off -------------------------------------------------------------------------------------------


def _present(ctx: Context) -> list[Absence]:
    """Leave that has not ended."""
    today = ctx.rules.today(ctx.now)
    known = [one for one in ctx.agency.absences if one.until_on >= today and one.person_id in ctx.agency.people]
    return sorted(known, key=lambda one: (one.from_on, one.id))


def _changeable(ctx: Context) -> list[Absence]:
    """Present leave that I may call off."""
    people = ctx.agency.people
    return [one for one in _present(ctx) if may_reach(ctx.me, Action.LEAVE, people[one.person_id], ctx.agency)]


async def _list(ctx: Context) -> Outgoing:
    mine = _changeable(ctx)
    shown = [one for one in _present(ctx) if one in mine or one.stand_in_id == ctx.me.id]
    return texts.absences(ctx.say, shown, mine, ctx.agency)


async def _call_off(ctx: Context, which: str) -> Outgoing:
    changeable = _changeable(ctx)
    if not which:
        changeable = [one for one in changeable if one.person_id == ctx.me.id] or changeable
        if len(changeable) > 1:
            return texts.absences(ctx.say, changeable, changeable, ctx.agency)
    found = next((one for one in changeable if which in ("", str(one.id))), None)
    if found is None:
        raise Refusal(Because.NO_SUCH_LEAVE)
    await ctx.uow.absences.call_off(found.id, ctx.now)
    await ctx.uow.roster_changed()
    await ctx.uow.outbox.drop(f"leave:{found.id}")
    person = ctx.agency.people[found.person_id]
    other = ctx.agency.people.get(found.stand_in_id or 0)
    for informed in (person, other, *_concerned(ctx, person, other)):
        if informed is not None and informed != ctx.me:
            await ctx.tell(informed, texts.was_called_off(ctx.say, found, ctx.me, ctx.agency))
    return texts.called_off(ctx.say, found, ctx.agency)
