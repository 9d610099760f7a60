"""The calendar of working days: the package's holidays, corrected by the rows that the Office owns."""

from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import delete, select

from domain.workdays import CalendarDay, WorkCalendar
from storage.codecs import table
from storage.engine import Connection, insert_of
from storage.holidays_vn import SHIPPED, package_days
from storage.models import CalendarDayRow

calendar_day = table(CalendarDayRow)


def calendar_with(corrections: Iterable[CalendarDay]) -> WorkCalendar:
    """The calendar in which corrections win over the package."""
    by_date = {day.day: day for day in corrections}

    def special_days(year: int) -> Mapping[date, CalendarDay]:
        return {**package_days(year), **{day: one for day, one in by_date.items() if day.year == year}}

    return WorkCalendar(special_days)


def without_correction(day: date) -> CalendarDay | None:
    """What a day is where the Office has said nothing about it; None: what its weekday says."""
    shipped = next((one for one in SHIPPED if one.day == day), None)
    return shipped or package_days(day.year).get(day)


class Calendar:
    """The Office's rows, of one transaction; whoever changes them calls `UnitOfWork.calendar_changed`."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection
        self._insert = insert_of(self._db.dialect.name)(calendar_day)

    async def load(self) -> WorkCalendar:
        return calendar_with((await self.corrections()).values())

    async def corrections(self) -> dict[date, CalendarDay]:
        """Every day that was corrected, by the Office or by what comes with the assistant."""
        rows = await self._db.execute(select(calendar_day))
        return {row.day: CalendarDay(row.day, row.working, row.name, row.notice, row.swapped_with) for row in rows}

    async def change(self, days: Mapping[date, CalendarDay | None]) -> None:
        """Keep what the Office says of some days; None takes its word back."""
        for day, one in days.items():
            # what comes along is a row too, and stays one
            kept = one or next((shipped for shipped in SHIPPED if shipped.day == day), None)
            if kept is None:
                await self._db.execute(delete(calendar_day).where(calendar_day.c.day == day))
            else:
                values = _values(kept)
                insert = self._insert.on_conflict_do_update(index_elements=["day"], set_=values)
                await self._db.execute(insert, values)

    async def ship(self) -> int:
        """Add the corrections that come with the assistant, where the Office has no row of its own for the day.

        Gives how many were added.
        """
        insert = self._insert.on_conflict_do_nothing()
        return sum([(await self._db.execute(insert, _values(day))).rowcount for day in SHIPPED])


def _values(one: CalendarDay) -> dict[str, object]:
    return {
        "day": one.day,
        "working": one.working,
        "name": one.name,
        "notice": one.notice,
        "swapped_with": one.swapped_with,
    }
