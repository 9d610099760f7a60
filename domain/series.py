"""Recurring tasks: what comes again, by which rule, and what becomes of a day on which nobody works."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.tasks import Index
from domain.workdays import DAY, OfficeHours, WorkCalendar

AHEAD = timedelta(days=30)
"""How long before its deadline a task is opened, if the one before it is over by then."""

NextDay = Callable[[str, date], date]
"""The first day of a rule (an RRULE) after a day."""

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_LAST_DAYS = 28
"""Every month has these; later days are the last ones that a month has."""


class RestDay(StrEnum):
    """Where a rule falls on a day off: the task is due on the working day before it, or after it."""

    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Every:
    """A rule, as an RRULE and as it was given."""

    rule: str
    said: str


@dataclass(frozen=True, slots=True)
class Series:
    """A task that comes again. `next_on` is the rule's next day; it is opened from `next_at` (UTC) on."""

    id: int
    content: str
    index: Index | None
    source: str
    directive_id: int | None
    point: str
    person_id: int
    unit_id: int | None
    every: Every
    ready: str
    given_by: int
    given_at: datetime
    next_on: date
    next_at: datetime
    proposal_id: int | None = None


def due_on(day: date, policy: RestDay, calendar: WorkCalendar) -> date:
    """The working day on which an occurrence is due."""
    return calendar.on_or_before(day) if policy is RestDay.BEFORE else calendar.on_or_after(day)


def opens_at(before: date, day: date, hours: OfficeHours, zone: ZoneInfo, calendar: WorkCalendar) -> datetime:
    """When an occurrence is opened: after the one before it, and not long ahead; when the office opens (UTC)."""
    opens = calendar.on_or_after(max(before + DAY, day - AHEAD))
    return datetime.combine(opens, hours.opening, zone).astimezone(UTC)


# -- rules (RRULE) -----------------------------------------------------------------------------------------------------


def days_of_week(weekdays: Sequence[str], of_month: Sequence[int] = ()) -> str:
    """The rule of some weekdays, each week or only so many-th ones of a month. Raises ValueError for another word."""
    if unknown := set(weekdays) - set(WEEKDAYS):
        raise ValueError(unknown)
    days = [day[:2].upper() for day in weekdays]
    if not of_month:
        return f"FREQ=WEEKLY;BYDAY={','.join(days)}"
    return f"FREQ=MONTHLY;BYDAY={','.join(f'{nth}{day}' for nth in of_month for day in days)}"


def days_of_months(day: int, months: Sequence[int]) -> str:
    """The rule of a day of some months; where a month is shorter, its last day. Raises ValueError for no such day."""
    if not 1 <= day <= 31 or not all(1 <= month <= 12 for month in months):
        raise ValueError((day, months))
    of_months = f";BYMONTH={','.join(map(str, months))}" if len(set(months)) < 12 else ""
    if day <= _LAST_DAYS:
        return f"FREQ=MONTHLY{of_months};BYMONTHDAY={day}"
    days = ",".join(map(str, range(_LAST_DAYS, day + 1)))
    return f"FREQ=MONTHLY{of_months};BYMONTHDAY={days};BYSETPOS=-1"
