"""The calendar: seen by everybody, changed by the Office, read back with what it does before it is done.

The line is: off or worked, the days, the day that is swapped with them, by which notice. Steps: calendar.notice,
calendar.check.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.messages import Outgoing
from domain.permissions import Action, may_ever
from domain.recounting import Recount
from domain.refusals import Because, Refusal
from domain.workdays import DAY, CalendarDay
from handlers.context import Context
from handlers.understanding.date_forms import Asked, read_day
from handlers.understanding.date_words import plain_words
from handlers.understanding.intents import Intent
from locales.texts import calendar as texts
from locales.texts import people as people_texts
from locales.vocabulary import Phrases, cleaned, words
from storage.calendar import without_correction
from storage.holidays_vn import estimated

FIRST_YEAR, LAST_YEAR = 2000, 2090
"""The lunar calendar is known until 2099, and a count may go on for some years."""

MOST_DAYS = 31
NOTICE_LENGTH = 100

_YEAR = re.compile(r"\d{4}")
OFF, WORKED, AS_BEFORE = "off", "worked", "as_before"

Changes = dict[date, CalendarDay | None]
"""What days are to be; None: what their weekday says."""


async def calendar(ctx: Context, said: Intent) -> Outgoing:
    """Show a year, or begin to change some days."""
    text = cleaned(said.rest).strip(" .;:")
    known = ctx.desk.vocabulary
    act = known.calendar.at(words(text), 0)
    if act and act.meaning not in (OFF, WORKED, AS_BEFORE):
        act = None
    after = text[words(text)[act.length - 1].end :].strip(" :,") if act else text
    if act is None or not after:
        return _show(ctx, text if act is None else "")
    if not may_ever(ctx.me, Action.CALENDAR):
        raise Refusal(Because.NOT_THE_CALENDAR)
    line = _read(ctx, act.meaning, after)
    if act.meaning != AS_BEFORE and not line.notice:
        await ctx.ask("calendar.notice", act=line.act, days=_to_json(line.days), instead=_to_json(line.instead))
        return texts.ask_notice(ctx.say)
    return await _preview(ctx, line)


def _show(ctx: Context, text: str) -> Outgoing:
    year = ctx.rules.today(ctx.now).year
    if text:
        # "nam 2026" says the same
        found = _YEAR.fullmatch(text.split()[-1])
        if found is None:
            raise Refusal(Because.CALENDAR_UNREADABLE, text=text[:80])
        year = int(found[0])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Refusal(Because.CALENDAR_YEAR, text=f"{FIRST_YEAR}-{LAST_YEAR}")
    days = [one for _, one in sorted(ctx.calendar.year(year).items())]
    may_change = may_ever(ctx.me, Action.CALENDAR)
    return texts.year(ctx.say, year, days, computed=estimated(year), may_change=may_change)


# -- what is to be changed -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Line:
    """What a line asks for; `instead` are the days that are swapped with the others."""

    act: str
    days: tuple[date, ...]
    instead: tuple[date, ...]
    notice: str


def _read(ctx: Context, act: str, text: str) -> _Line:
    known = ctx.desk.vocabulary
    text, notice = _split(text, known.by_notice)
    text, instead = _split(text, known.instead)
    days, others = _days(ctx, text), _days(ctx, instead) if instead else ()
    if others and (len(others) != len(days) or set(others) & set(days)):
        raise Refusal(Because.CALENDAR_UNREADABLE, text=instead[:80])
    return _Line(act, days, others, notice[:NOTICE_LENGTH])


def _split(text: str, phrases: Phrases) -> tuple[str, str]:
    """What is before some words, and what is after them."""
    typed = words(text)
    for at in range(1, len(typed)):
        if found := phrases.at(typed, at):
            return text[: typed[at].start].strip(" ,;.:"), text[typed[at + found.length - 1].end :].strip(" ,;.:")
    return text, ""


def _days(ctx: Context, text: str) -> tuple[date, ...]:
    """One day or several: divided by commas, or from one to another."""
    days: list[date] = []
    for part in text.split(","):
        first, last = _split(part.strip(), ctx.desk.vocabulary.until)
        start = _day(ctx, first)
        end = _day(ctx, last) if last else start
        if not 0 <= (end - start).days < MOST_DAYS:
            raise Refusal(Because.CALENDAR_UNREADABLE, text=part.strip()[:80])
        days += [start + DAY * n for n in range((end - start).days + 1)]
    return tuple(dict.fromkeys(days))


def _day(ctx: Context, text: str) -> date:
    try:
        read = read_day(plain_words(text, ctx.desk.vocabulary), Asked(ctx.rules.today(ctx.now), ctx.calendar))
    except Refusal:
        read = None
    if read is None:
        raise Refusal(Because.CALENDAR_UNREADABLE, text=text.strip()[:80])
    if not FIRST_YEAR <= read.on.year <= LAST_YEAR:
        raise Refusal(Because.CALENDAR_YEAR, text=f"{FIRST_YEAR}-{LAST_YEAR}")
    return read.on


async def notice(ctx: Context, text: str) -> Outgoing:
    """The answer to which notice."""
    kept = ctx.payload
    said = " ".join(cleaned(text).split())
    if not any(letter.isdigit() for letter in said):
        raise Refusal(Because.CALENDAR_NOTICE)
    return await _preview(
        ctx, _Line(kept["act"], _from_json(kept["days"]), _from_json(kept["instead"]), said[:NOTICE_LENGTH])
    )


async def _preview(ctx: Context, line: _Line) -> Outgoing:
    changes = await _changes(ctx, line)
    mark = await ctx.ask(
        "calendar.check",
        act=line.act,
        days=_to_json(line.days),
        instead=_to_json(line.instead),
        notice=line.notice,
    )
    names = {day: one.name for day, one in changes.items() if one}
    return texts.preview(ctx.say, _why(line, changes), names, await _moved(ctx, changes), mark)


async def _changes(ctx: Context, line: _Line) -> Changes:
    """What the days become; refuses what changes nothing."""
    if line.act == AS_BEFORE:
        return await _as_before(ctx, line.days)
    off = line.act == OFF
    pairs = dict(zip(line.days, line.instead, strict=False))
    back = {other: day for day, other in pairs.items()}
    changes: Changes = {day: _special(ctx, day, not off, pairs.get(day), line.notice) for day in line.days}
    return changes | {day: _special(ctx, day, off, back[day], line.notice) for day in line.instead}


def _special(ctx: Context, day: date, working: bool, other: date | None, notice: str) -> CalendarDay:
    present = ctx.calendar.special(day)
    if present and present.working == working and other is None:
        # only its paper is new
        return CalendarDay(day, working, present.name, notice, present.swapped_with)
    name = texts.worked_name(ctx.say, other) if working else texts.off_name(ctx.say, other)
    return CalendarDay(day, working, name, notice, other)


async def _as_before(ctx: Context, days: tuple[date, ...]) -> Changes:
    """The Office's word is taken back, also about the days that these were swapped with."""
    rows = await ctx.uow.calendar_days.corrections()
    changes: Changes = {}
    for day in days:
        row = rows.get(day)
        if row is None or row == without_correction(day):
            raise Refusal(Because.CALENDAR_NOTHING_KEPT, date=day)
        changes[day] = without_correction(day)
        other = rows.get(row.swapped_with) if row.swapped_with else None
        if other and other != without_correction(other.day):
            changes[other.day] = without_correction(other.day)
    return changes


def _why(line: _Line, changes: Mapping[date, CalendarDay | None]) -> texts.Why:
    return texts.Why(line.notice, tuple(changes.items()))


async def _moved(ctx: Context, changes: Changes) -> tuple[int, int]:
    """How many deadlines become other ones by a change, and of how many people."""
    after = ctx.calendar.with_days(changes)
    touched = [day for day in changes if after.is_working(day) != ctx.calendar.is_working(day)]
    if not touched:
        return 0, 0
    counted = await ctx.uow.recounts.counted(touched)
    ends = {(one.counted_from, one.workdays): after.add(one.counted_from, one.workdays) for one in counted}
    moved = [one for one in counted if ends[one.counted_from, one.workdays] != one.on]
    return sum(one.how_many for one in moved), len({one.person_id for one in moved})


# -- agreed ------------------------------------------------------------------------------------------------------------


async def check(ctx: Context, text: str) -> Outgoing:
    """Something was typed instead of pressing a button."""
    if ctx.agrees(text):
        return await agreed(ctx, "")
    await ctx.answered()
    return people_texts.cancelled(ctx.say)


async def agreed(ctx: Context, _choice: str) -> Outgoing:
    """The button that changes the calendar; the deadlines follow with the next tick."""
    kept = dict(ctx.payload)
    await ctx.answered()
    if not may_ever(ctx.me, Action.CALENDAR):
        # roles may have changed since it was asked
        raise Refusal(Because.NOT_THE_CALENDAR)
    line = _Line(kept["act"], _from_json(kept["days"]), _from_json(kept["instead"]), kept["notice"])
    changes = await _changes(ctx, line)
    moved = await _moved(ctx, changes)
    await ctx.uow.calendar_days.change(changes)
    await ctx.uow.calendar_changed()
    await ctx.uow.recounts.ask(Recount(0, tuple(changes), line.notice, ctx.me.id, ctx.now))
    ctx.uow.is_urgent = True
    return texts.recorded(ctx.say, _why(line, changes), moved)


def _to_json(days: tuple[date, ...]) -> list[str]:
    return [day.isoformat() for day in days]


def _from_json(days: Any) -> tuple[date, ...]:
    return tuple(date.fromisoformat(day) for day in days)
