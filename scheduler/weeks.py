"""A unit's week as a picture: what is overdue, and what is due on each day that is left of it."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from documents.writing.charts import Bar, Chart
from domain.messages import StoredFile
from domain.people import Agency
from domain.statistics import horizons
from domain.workdays import DAY, WorkCalendar
from locales.texts import digests as texts
from locales.texts.overview import colours
from scheduler.clockwork import Clockwork
from scheduler.pictures import drawn_if_possible

SATURDAY = 5
INSTANT = timedelta(microseconds=1)


class Weeks:
    """The weeks of some units, drawn before any of their letters is written."""

    def __init__(self, work: Clockwork, agency: Agency, calendar: WorkCalendar, now: datetime) -> None:
        self.work = work
        self.agency = agency
        self.at = horizons(now, work.rules.zone, calendar)
        self.today = work.rules.today(now)

    async def pictures(self, headed: dict[int, list[int]]) -> dict[int, StoredFile]:
        """Each unit's picture; none for a unit with nothing to show, or where they could not be drawn."""
        every = [unit for units in headed.values() for unit in units]
        async with self.work.store.read() as uow:
            counts = await uow.statistics.of_units(every, self.at)
            days = await uow.statistics.due_days(every, self.at)
        charts: dict[int, Chart] = {}
        for unit_id, units in headed.items():
            overdue = sum(counts[unit].overdue for unit in units if unit in counts)
            due: Counter[date] = Counter()
            for unit in units:
                due.update(days.get(unit, {}))
            if overdue or due:
                charts[unit_id] = self._chart(unit_id, overdue, due)
        name = texts.picture_name(self.work.speech, self.today)
        files = await drawn_if_possible(self.work.files, list(charts.values()), name)
        return dict(zip(charts, files, strict=False))

    def _chart(self, unit_id: int, overdue: int, due: Mapping[date, int]) -> Chart:
        speech, soon = self.work.speech, self.work.rules.today(self.at.soon - INSTANT)
        days = [self.today + DAY * n for n in range(7 - self.today.weekday())]
        shown = [day for day in days if day.weekday() < SATURDAY or due.get(day)]
        bars = [Bar(texts.day_name(speech, day), _coloured(due.get(day, 0), soon=day <= soon)) for day in shown]
        title = texts.week_title(speech, self.agency.units[unit_id], self.today)
        words = colours(speech)
        return Chart(title, words, (Bar(words[0], (overdue, 0, 0)), *bars))


def _coloured(count: int, *, soon: bool) -> tuple[int, int, int]:
    return (0, count, 0) if soon else (0, 0, count)
