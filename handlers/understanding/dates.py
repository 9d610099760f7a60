"""Reading a deadline as offices write it: a date, a weekday, a period, working days, with or without an hour."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from domain.deadlines import Deadline
from domain.refusals import Because, Refusal
from domain.rules import Rules
from domain.workdays import CalendarDay, WorkCalendar
from handlers.understanding.date_forms import Asked, read_day
from handlers.understanding.date_words import plain_words
from locales.vocabulary import Vocabulary

SHOWN_TEXT = 100
"""How much of what was typed a refusal repeats."""

_MINUTES_APART = r" (?P<apart>\d{1,2})(?:(?= minute)|(?![/.:\d-]| (?:workday|week|month|day(?! \d))))"
_HOUR = re.compile(
    rf"\b(?P<hour>\d{{1,2}})(?::(?P<minute>\d{{1,2}})| hour(?:(?P<joined>\d{{1,2}})|{_MINUTES_APART})?)(?: minute)?"
)
_PART_OF_DAY = re.compile(r"\b(?:morning|noon|afternoon|evening|closing)\b")


@dataclass(frozen=True, slots=True)
class Weekend:
    """A Saturday or Sunday that is not worked."""

    day: date


def read_deadline(
    text: str, now: datetime, rules: Rules, calendar: WorkCalendar, vocabulary: Vocabulary
) -> Deadline | None:
    """The deadline that a text gives, None for "no deadline".

    Raises Refusal: DATE_UNREADABLE, DATE_IMPOSSIBLE, DATE_PAST with its `date`, WORKDAYS_RANGE with `count` and
    `most`; each with the `text`.
    """
    said = plain_words(text, vocabulary)
    if said == "none":
        return None
    try:
        deadline = _read(said, Asked(rules.today(now), calendar), rules)
        if now >= deadline.instant(rules.zone):
            raise Refusal(Because.DATE_PAST, date=deadline.on)
    except Refusal as refusal:
        raise Refusal(refusal.because, **refusal.facts, text=text.strip()[:SHOWN_TEXT]) from None
    return deadline


def rest_day(deadline: Deadline, calendar: WorkCalendar) -> CalendarDay | Weekend | None:
    """Why nobody works on the day of a deadline: the holiday, else the weekend; None for a working day."""
    if calendar.is_working(deadline.on):
        return None
    return calendar.special(deadline.on) or Weekend(deadline.on)


def _read(said: str, asked: Asked, rules: Rules) -> Deadline:
    hour, part = _HOUR.search(said), _PART_OF_DAY.search(said)
    day = " ".join(_PART_OF_DAY.sub(" ", _HOUR.sub(" ", said, count=1), count=1).split())
    if not day and (hour or part):
        day = "today"
    deadline = read_day(day, asked)
    if deadline is None:
        raise Refusal(Because.DATE_UNREADABLE)
    return replace(deadline, at=_time(hour, part[0] if part else "", rules))


def _time(hour: re.Match[str] | None, part: str, rules: Rules) -> time | None:
    """The hour of a deadline; midnight at its end is the same as none."""
    if hour is None:
        return _end_of_part(part, rules)
    hours = _on_the_clock(int(hour["hour"]), part)
    minutes = int(hour["minute"] or hour["joined"] or hour["apart"] or 0)
    if (hours, minutes) == (24, 0):
        return None
    try:
        return time(hours, minutes)
    except ValueError as error:
        raise Refusal(Because.DATE_IMPOSSIBLE) from error


def _on_the_clock(hours: int, part: str) -> int:
    """The hour of 24: three in the afternoon is fifteen."""
    after_noon = part in ("afternoon", "evening", "closing") or (part == "noon" and hours < 3)
    return hours + 12 if after_noon and 0 < hours < 12 else hours


def _end_of_part(part: str, rules: Rules) -> time | None:
    """When a part of the day is over, by the office's own hours; an evening ends with its day."""
    spans = rules.hours.spans
    return {"morning": spans[0][1], "noon": time(12), "afternoon": spans[-1][1], "closing": spans[-1][1]}.get(part)
