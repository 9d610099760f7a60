"""The calendar of working days: the package's holidays, corrected by the rows that the Office owns."""

from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import select

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


class Calendar:
    """The Office's rows, of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    async def load(self) -> WorkCalendar:
        rows = await self._db.execute(select(calendar_day))
        return calendar_with(CalendarDay(row.day, row.working, row.name, row.notice) for row in rows)

    async def ship(self) -> int:
        """Add the corrections that come with the assistant, where the Office has no row of its own for the day.

        Gives how many were added.
        """
        insert = insert_of(self._db.dialect.name)(calendar_day).on_conflict_do_nothing()
        rows = [{"day": d.day, "working": d.working, "name": d.name, "notice": d.notice} for d in SHIPPED]
        return sum([(await self._db.execute(insert, row)).rowcount for row in rows])
