"""Vietnamese working days: which days are worked, counting along them, and the office's hours.

The day that a period starts on is not counted, and a period ends with its last day (Civil Code 2015, articles 147
and 148, applied to administration by analogy). Dates are local dates of the agency.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

MOST_WORKDAYS = 1000
"""No directive gives a longer period; more is a slip of the finger."""

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day that is not what its weekday says. `notice` is the official paper, empty for a holiday by law.

    `swapped_with` is the day that is worked instead of it, or off instead of it.
    """

    day: date
    working: bool
    name: str
    notice: str = ""
    swapped_with: date | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One day of a count: `counted` is its ordinal, None where the day was passed over (`why` may name the holiday)."""

    day: date
    counted: int | None
    why: CalendarDay | None = None


class WorkCalendar:
    """The working days of every year; `special_days(year)` names those that differ from Monday to Friday."""

    def __init__(self, special_days: Callable[[int], Mapping[date, CalendarDay]]) -> None:
        self._special_days = special_days
        self._years: dict[int, Mapping[date, CalendarDay]] = {}

    def year(self, year: int) -> Mapping[date, CalendarDay]:
        """The special days of a year, by date."""
        if year not in self._years:
            self._years[year] = self._special_days(year)
        return self._years[year]

    def with_days(self, changed: Mapping[date, CalendarDay | None]) -> "WorkCalendar":
        """The same calendar, in which some days are otherwise; None: what the weekday says."""

        def special_days(year: int) -> Mapping[date, CalendarDay]:
            kept = {day: one for day, one in self.year(year).items() if day not in changed}
            return kept | {day: one for day, one in changed.items() if one is not None and day.year == year}

        return WorkCalendar(special_days)

    def special(self, day: date) -> CalendarDay | None:
        return self.year(day.year).get(day)

    def is_working(self, day: date) -> bool:
        special = self.special(day)
        return special.working if special else day.weekday() < 5

    def steps(self, start: date, count: int) -> Iterator[Step]:
        """The days passed over and counted from `start` (itself not counted) until `count` working days are reached.

        A negative count walks back. Raises ValueError beyond MOST_WORKDAYS.
        """
        if abs(count) > MOST_WORKDAYS:
            raise ValueError(f"at most {MOST_WORKDAYS} working days, not {count}")
        step = DAY if count > 0 else -DAY
        day, counted = start, 0
        while counted < abs(count):
            day += step
            working = self.is_working(day)
            counted += working
            yield Step(day, counted if working else None, self.special(day))

    def add(self, start: date, count: int) -> date:
        """The date `count` working days after `start` (before it, for a negative count)."""
        day = start
        for step in self.steps(start, count):
            day = step.day
        return day

    def between(self, start: date, end: date) -> int:
        """How many working days lie after `start`, up to and with `end`; negative when `end` is the earlier one."""
        if end < start:
            return -self.between(end, start)
        weeks, rest = divmod((end - start).days, 7)
        weekdays = weeks * 5 + sum((start + DAY * n).weekday() < 5 for n in range(1, rest + 1))
        # what differs from Monday to Friday is put right day by day: there are a few dozen a year
        special = [one for year in range(start.year, end.year + 1) for one in self.year(year).values()]
        return weekdays + sum(one.working - (one.day.weekday() < 5) for one in special if start < one.day <= end)

    def on_or_after(self, day: date) -> date:
        """The day itself if it is worked, else the next one that is."""
        return day if self.is_working(day) else self.add(day, 1)

    def on_or_before(self, day: date) -> date:
        return day if self.is_working(day) else self.add(day, -1)


@dataclass(frozen=True)
class OfficeHours:
    """When the office is open on a working day: half-open spans of local time, in order."""

    spans: tuple[tuple[time, time], ...]

    @classmethod
    def parse(cls, text: str) -> "OfficeHours":
        """Read "07:30-11:30,13:30-17:00". Raises ValueError that says what is wrong."""
        spans: list[tuple[time, time]] = []
        for part in text.split(","):
            opens, _, closes = part.strip().partition("-")
            span = (time.fromisoformat(opens.strip()), time.fromisoformat(closes.strip()))
            if span[0] >= span[1] or (spans and span[0] < spans[-1][1]):
                raise ValueError(f"{part.strip()!r} does not come after what is before it")
            spans.append(span)
        return cls(tuple(spans))

    @cached_property
    def opening(self) -> time:
        return self.spans[0][0]

    def is_open(self, now: datetime, zone: ZoneInfo, calendar: WorkCalendar) -> bool:
        """Whether somebody may be reminded at this instant."""
        local = now.astimezone(zone)
        at = local.time().replace(tzinfo=None)
        return calendar.is_working(local.date()) and any(opens <= at < closes for opens, closes in self.spans)

    def next_open(self, now: datetime, zone: ZoneInfo, calendar: WorkCalendar) -> datetime:
        """This instant if the office is open, else when it opens next; keeps the given instant's time zone."""
        if self.is_open(now, zone, calendar):
            return now
        local = now.astimezone(zone)
        day = local.date()
        if calendar.is_working(day):
            for opens, _ in self.spans:
                if local.time().replace(tzinfo=None) < opens:
                    return datetime.combine(day, opens, zone).astimezone(now.tzinfo)
        return datetime.combine(calendar.add(day, 1), self.opening, zone).astimezone(now.tzinfo)
