"""The ladder of reminders: on which working days before and after a deadline somebody is reminded."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from domain.deadlines import Deadline
from domain.workdays import OfficeHours, WorkCalendar

LONGEST = 250
"""No rung is further from the deadline than a year of working days; more is a slip of the finger."""


@dataclass(frozen=True, slots=True)
class Ladder:
    """Rungs in working days: `before` the deadline (0 is the day itself), `after` it, then every so many days."""

    before: tuple[int, ...] = (5, 3, 1, 0)
    after: tuple[int, ...] = (1, 2)
    then_every: int = 2

    @classmethod
    def parse(cls, text: str) -> "Ladder":
        """Read "5,3,1,0 | 1,2 | 2". Raises ValueError that says what is wrong."""
        parts = text.split("|")
        if len(parts) != 3:
            raise ValueError("three parts divided by |")
        before, after, every = ([int(number) for number in part.split(",") if number.strip()] for part in parts)
        if len(every) != 1 or every[0] < 1 or min(before + after, default=0) < 0 or 0 in after:
            raise ValueError("days are whole numbers, and the last part is one of at least 1")
        if max(before + after + every) > LONGEST:
            raise ValueError(f"at most {LONGEST} working days")
        return cls(tuple(sorted(set(before), reverse=True)), tuple(sorted(set(after))), every[0])

    def days(self, due: date, today: date, calendar: WorkCalendar) -> Iterator[date]:
        """The days of the ladder in order; those long before `today` may be left out, the end never comes."""
        yield from sorted({calendar.add(calendar.on_or_before(due), -n) for n in self.before})
        yield from (calendar.add(due, n) for n in self.after)
        last = max(self.after, default=0)
        late = max(0, calendar.between(due, today) - last) if today > due else 0
        # One rung back: today may be a rung itself, and its hour still to come.
        n = last + max(0, late // self.then_every - 1) * self.then_every
        while True:
            n += self.then_every
            yield calendar.add(due, n) if n <= 900 else calendar.add(today, self.then_every)


def next_rung(
    deadline: Deadline,
    after: datetime,
    ladder: Ladder,
    hours: OfficeHours,
    zone: ZoneInfo,
    calendar: WorkCalendar,
) -> datetime:
    """The first reminder strictly after an instant, as a UTC instant at the opening of the office.

    Whatever was missed before `after` is skipped, so an outage is made up for with one reminder.
    """
    today = after.astimezone(zone).date()
    for day in ladder.days(deadline.on, today, calendar):
        rung = datetime.combine(day, hours.opening, zone).astimezone(UTC)
        if rung > after:
            return rung
    raise AssertionError("the ladder has no end")
