"""What a reading proposes: each instruction with the deadline that its text fixes; what the text leaves open is asked.

Deadlines are taken as they are printed. Nothing is guessed: where a phrase fixes no day, there is no deadline yet.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date, time

from domain.deadlines import Deadline
from domain.decisions import Wait, due
from domain.names import fold
from domain.proposals import Doers, Proposal, When
from domain.reading.values import Deadline as Written
from domain.reading.values import DeadlineKind, Reading
from domain.series import Every, days_of_months, days_of_week
from domain.tasks import CONTENT_LENGTH
from domain.workdays import MOST_WORKDAYS, WorkCalendar

SAID_LENGTH = 200
"""How much of a phrase is kept with its rule."""

Whose = Callable[[Sequence[str]], Doers]
"""Whom the names of a document mean; nobody where that is not certain."""

_OWN_RECEIPT = re.compile(r"nhan (?:duoc )?(?:[a-z-]+ ){1,3}nay\b")
_PAPER = re.compile(
    r"\b(?:quyet dinh|nghi quyet|nghi dinh|thong tu|ke hoach|cong van|van ban|chi thi|huong dan|ket luan|chu truong|"
    r"cong bo|ban hanh|phe duyet|y kien)\b"
)
"""What a clock waits for that one decision starts; a clock of each file or each incident is none that can be opened."""

_END_OF_WEEK = "fri"
_WORKDAYS = ("mon", "tue", "wed", "thu", "fri")
_EACH_MONTH = tuple(range(1, 13))
_MONTHS = {"monthly": _EACH_MONTH, "quarterly": (3, 6, 9, 12), "semiannual": (6, 12), "annual": (12,)}
_LAST_DAY = 31
_MOST_WEEKDAYS = 20
"""Every month has so many days from Monday to Friday."""


def proposals(reading: Reading, lead: Whose, coordinate: Whose, calendar: WorkCalendar, today: date) -> list[Proposal]:
    """What a reading proposes, in the order of the document; `today` is when it was received."""
    return [
        Proposal(
            id=0,
            number=number,
            read=task,
            content=task.text[:CONTENT_LENGTH],
            lead=lead(task.lead),
            coordinate=coordinate(task.coordinate),
            when=when(task.deadline, calendar, today),
        )
        for number, task in enumerate(reading.tasks, 1)
    ]


def when(written: Written, calendar: WorkCalendar, today: date) -> When | None:
    """By when, None where the text does not fix it. What counts from the document's receipt counts from today."""
    match written.kind:
        case DeadlineKind.DATE | DeadlineKind.PERIOD_END:
            return Deadline(written.on) if written.on else None
        case DeadlineKind.DATETIME:
            return Deadline(written.on, _clock(written.clock)) if written.on else None
        case DeadlineKind.WORKING_DAYS_AFTER_EVENT | DeadlineKind.CALENDAR_DAYS_AFTER_EVENT:
            return _after_event(written, calendar, today)
        case DeadlineKind.RECURRING:
            return every(written.recurrence, written.quote or written.recurrence) or None
        case DeadlineKind.NONE:
            return None


def _clock(text: str) -> time | None:
    try:
        return time.fromisoformat(text)
    except ValueError:
        return None


def _after_event(written: Written, calendar: WorkCalendar, today: date) -> When | None:
    days = written.days or 0
    if not 1 <= days <= MOST_WORKDAYS:
        return None
    working = written.kind is DeadlineKind.WORKING_DAYS_AFTER_EVENT
    if written.due_date:
        counted = (days, written.event_date) if working and written.event_date else (None, None)
        return Deadline(written.due_date, None, *counted)
    wait = Wait((written.quote or "")[:SAID_LENGTH], days, working)
    event = fold(written.event or "")
    if not event or _OWN_RECEIPT.search(event):
        return due(wait, today, calendar)
    return wait if _PAPER.search(event) else None


# -- again and again ---------------------------------------------------------------------------------------------------


def every(recurrence: str, said: str) -> tuple[Every, ...]:
    """The rules of a recurrence, "monthly day=20; annual 12-15", one a part; a part that is none is left out."""
    rules = [rule for part in recurrence.split(";") if (rule := _rule(part.split()))]
    return tuple(Every(rule, said[:SAID_LENGTH]) for rule in dict.fromkeys(rules))


def _rule(words: Sequence[str]) -> str | None:
    """One part as an RRULE; the hour of the day is not kept, the phrase has it."""
    kind, details = (words[0], words[1:]) if words else ("", ())
    named = {name: value for name, sign, value in (word.partition("=") for word in details) if sign}
    match kind:
        case "daily":
            return days_of_week(_WORKDAYS)
        case "weekly" | "biweekly":
            return _weekly(named.get("weekday", _END_OF_WEEK), is_every_other=kind == "biweekly")
        case "monthly" if "workday" in named:
            return _nth_workday(named["workday"])
        case "annual" if details:
            return _annual(details[0])
        case "monthly" | "quarterly" | "semiannual" | "annual":
            return _dated(named.get("day", ""), _MONTHS[kind])
        case _:
            return None


def _weekly(weekday: str, *, is_every_other: bool) -> str | None:
    try:
        # the second and the fourth of a month: a distance of weeks has no fixed beginning
        return days_of_week([weekday], (2, 4) if is_every_other else ())
    except ValueError:
        return None


def _nth_workday(text: str) -> str | None:
    nth = _number(text)
    return f"FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS={min(nth, _MOST_WEEKDAYS)}" if nth else None


def _annual(text: str) -> str | None:
    month, _, day = text.partition("-")
    return _dated(day, (_number(month),))


def _dated(day: str, months: Sequence[int]) -> str | None:
    try:
        return days_of_months(_LAST_DAY if day in ("", "last") else _number(day), months)
    except ValueError:
        return None


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 2 else 0
