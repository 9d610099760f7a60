"""Deadlines: a local date, with an hour only where one was given; how late, how near."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.workdays import WorkCalendar


@dataclass(frozen=True, slots=True)
class Deadline:
    """A due date. It keeps how it was given.

    `workdays` is the number of working days counted from `counted_from`, None for a plain date.
    """

    on: date
    at: time | None = None
    workdays: int | None = None
    counted_from: date | None = None

    def instant(self, zone: ZoneInfo) -> datetime:
        """The UTC instant from which it is late: the hour given, else the end of the day (24:00)."""
        if self.at is not None:
            return datetime.combine(self.on, self.at, zone).astimezone(UTC)
        return datetime.combine(self.on + timedelta(days=1), time(), zone).astimezone(UTC)


class Nearness(StrEnum):
    """The computed layer over a status; never stored."""

    NO_DEADLINE = "no_deadline"
    LATER = "later"
    THIS_WEEK = "this_week"
    TODAY = "today"
    OVERDUE = "overdue"


def nearness(deadline: Deadline | None, now: datetime, zone: ZoneInfo) -> Nearness:
    """Where `now` stands against a deadline; this week ends on Sunday."""
    if deadline is None:
        return Nearness.NO_DEADLINE
    if now >= deadline.instant(zone):
        return Nearness.OVERDUE
    today = now.astimezone(zone).date()
    if deadline.on == today:
        return Nearness.TODAY
    if deadline.on <= today + timedelta(days=6 - today.weekday()):
        return Nearness.THIS_WEEK
    return Nearness.LATER


def workdays_left(deadline: Deadline, now: datetime, zone: ZoneInfo, calendar: WorkCalendar) -> int:
    """Working days from today to the deadline: 0 on the day itself, negative when it has passed."""
    return calendar.between(now.astimezone(zone).date(), deadline.on)


def late_days(deadline: Deadline, now: datetime, zone: ZoneInfo, calendar: WorkCalendar) -> int:
    """Whole working days overdue, at least 1 once the deadline has passed."""
    return max(1, -workdays_left(deadline, now, zone, calendar))
