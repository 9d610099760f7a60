"""The calendar of working days: the package's holidays, corrected by the rows that the Office owns."""

from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.workdays import CalendarDay, WorkCalendar
from storage.engine import on_conflict_do_nothing
from storage.holidays_vn import SHIPPED, package_days
from storage.models import CalendarDayRow
from storage.tables import table

calendar_day = table(CalendarDayRow)


def calendar_with(corrections: Iterable[CalendarDay]) -> WorkCalendar:
    """The calendar in which corrections win over the package."""
    by_date = {day.day: day for day in corrections}

    def special_days(year: int) -> Mapping[date, CalendarDay]:
        return {**package_days(year), **{day: one for day, one in by_date.items() if day.year == year}}

    return WorkCalendar(special_days)


class Calendar:
    """The Office's rows, of one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def load(self) -> WorkCalendar:
        rows = await self._db.execute(select(calendar_day))
        return calendar_with(CalendarDay(row.day, row.working, row.name, row.notice) for row in rows)

    async def ship(self) -> None:
        """Add the corrections that come with the assistant, where the Office has none of its own for the day."""
        insert = on_conflict_do_nothing(self._db.dialect.name)(calendar_day).on_conflict_do_nothing()
        for day in SHIPPED:
            await self._db.execute(
                insert, {"day": day.day, "working": day.working, "name": day.name, "notice": day.notice}
            )
