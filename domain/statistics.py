"""Counts of what is open and of what was done, and the instants between which they are counted.

Red is overdue, amber is due within a few working days, green is the rest. What is claimed is not counted as late.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.tasks import Index
from domain.workdays import DAY, WorkCalendar

SOON = 3
"""Due within so many working days is amber."""

PERIOD = timedelta(days=30)
"""What was done is counted over so long a time."""


class By(StrEnum):
    """What is counted for each."""

    UNIT = "unit"
    PERSON = "person"
    INDEX = "index"


class Figure(StrEnum):
    """What one Monday is compared with the next by."""

    OVERDUE = "overdue"
    LATE_UNITS = "late_units"
    STUCK = "stuck"
    UNFINISHED = "unfinished"


@dataclass(frozen=True, slots=True)
class Horizons:
    """The ends of today, of the working days that are near, and of this week (its Sunday), as UTC instants."""

    now: datetime
    today: datetime
    soon: datetime
    week: datetime

    @property
    def furthest(self) -> datetime:
        return max(self.soon, self.week)


def horizons(now: datetime, zone: ZoneInfo, calendar: WorkCalendar) -> Horizons:
    """Up to when something is due today, soon, this week."""
    today = now.astimezone(zone).date()

    def end(day: date) -> datetime:
        return datetime.combine(day + DAY, time(), zone).astimezone(UTC)

    return Horizons(now, end(today), end(calendar.add(today, SOON)), end(today + DAY * (6 - today.weekday())))


@dataclass(frozen=True, slots=True)
class Counts:
    """Unfinished tasks: all of them; overdue; due today; due later this week; soon (today included); claimed; stuck."""

    unfinished: int = 0
    overdue: int = 0
    today: int = 0
    week: int = 0
    soon: int = 0
    awaiting: int = 0
    stuck: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))

    @property
    def near(self) -> int:
        """What is overdue, or due before the week is over."""
        return self.overdue + self.today + self.week

    @property
    def green(self) -> int:
        """What is neither overdue, nor due soon, nor claimed."""
        return max(0, self.unfinished - self.overdue - self.soon - self.awaiting)


@dataclass(frozen=True, slots=True)
class Done:
    """Tasks claimed within a time that had a deadline; how many by the present one, how many by the original one."""

    claimed: int = 0
    on_time: int = 0
    on_time_originally: int = 0

    def __add__(self, other: "Done") -> "Done":
        return Done(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))


def share(part: int, whole: int) -> int | None:
    """Percent, rounded down: only all is 100. None where there is nothing to judge."""
    return part * 100 // whole if whole else None


@dataclass(frozen=True, slots=True)
class Stuck:
    """A task with an open difficulty, and since when."""

    number: int
    assignee_id: int
    unit_id: int
    raised_at: datetime


@dataclass(frozen=True, slots=True)
class View:
    """What somebody looks at: some units (all where None), and of these perhaps one index."""

    unit_id: int | None = None
    index: Index | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A unit, a person or an index by name, with what is open there and what was done in time."""

    name: str
    counts: Counts
    done: Done


@dataclass(frozen=True, slots=True)
class Overview:
    """How things stand in a view, the worst first. `rows` are units, or the people of one unit."""

    name: str
    day: date
    rows: tuple[Row, ...]
    indices: tuple[Row, ...]

    @property
    def total(self) -> Row:
        counts = sum((row.counts for row in self.rows), Counts())
        return Row(self.name, counts, sum((row.done for row in self.rows), Done()))


def worst_first(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Red first, then amber, then by name."""
    return tuple(sorted(rows, key=lambda row: (-row.counts.overdue, -row.counts.soon, row.name)))


def changed_most(before: Mapping[Figure, int], now: Mapping[Figure, int]) -> tuple[Figure, int, int] | None:
    """The figure that has changed most, with what it was and is; of equals the first. None without a before."""
    known = [figure for figure in Figure if figure in before and figure in now]
    if not known:
        return None
    most = max(known, key=lambda figure: abs(now[figure] - before[figure]))
    return most, before[most], now[most]
