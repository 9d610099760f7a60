"""How being late is carried up, in steps: to the unit head, to the Office, to a leader; each once for a task."""

from datetime import UTC, date, datetime, time
from enum import IntFlag
from zoneinfo import ZoneInfo

from domain.workdays import WorkCalendar

MERCY = 2
"""Whoever has reported within so many working days is not complained of."""


class Step(IntFlag):
    """To whom; each is a bit of `Assignment.escalated`."""

    HEAD = 1
    OFFICE = 2
    LEADER = 4


def days_of(step: Step, escalation: tuple[int, int, int]) -> int:
    """From which day overdue on a step is taken."""
    return dict(zip(Step, escalation, strict=True))[step]


def due_by(days: int, today: date, zone: ZoneInfo, calendar: WorkCalendar) -> datetime:
    """Whatever was due by this instant has been overdue for so many working days; `today`, which is worked, is one."""
    return datetime.combine(calendar.add(today, 1 - days), time(), zone).astimezone(UTC)


def spoken_since(today: date, zone: ZoneInfo, calendar: WorkCalendar) -> datetime:
    """Since when a report holds a step back."""
    return datetime.combine(calendar.add(today, -MERCY), time(), zone).astimezone(UTC)
