"""Recurring tasks: what comes again, by which rule, and what becomes of a day on which nobody works."""

from collections.abc import Callable
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


def due_on(day: date, policy: RestDay, calendar: WorkCalendar) -> date:
    """The working day on which an occurrence is due."""
    return calendar.on_or_before(day) if policy is RestDay.BEFORE else calendar.on_or_after(day)


def opens_at(before: date, day: date, hours: OfficeHours, zone: ZoneInfo, calendar: WorkCalendar) -> datetime:
    """When an occurrence is opened: after the one before it, and not long ahead; when the office opens (UTC)."""
    opens = calendar.on_or_after(max(before + DAY, day - AHEAD))
    return datetime.combine(opens, hours.opening, zone).astimezone(UTC)
