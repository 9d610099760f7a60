"""`workdays`: counting along the calendar of the Office, and showing it."""

import asyncio
import re
from contextlib import suppress
from datetime import date

from bot.cli.calls import Call, Refused
from bot.cli.database import opened, unusable
from bot.cli.printing import complain, out, table
from domain.workdays import MOST_WORKDAYS, CalendarDay, WorkCalendar
from locales.texts import cli
from storage.calendar import calendar_with
from storage.engine import sqlite_path
from storage.holidays_vn import SHIPPED, estimated

FIRST_YEAR, LAST_YEAR = 2000, 2090
"""The lunar calendar is known until 2099, and a count may go on for some years."""

_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


def add(call: Call, start: str, count: int) -> None:
    """Print the day so many working days later, and what was passed over."""
    first = read_date(call, start)
    if abs(count) > MOST_WORKDAYS:
        raise Refused(cli.most_workdays(call.speech, MOST_WORKDAYS))
    calendar = load_calendar(call)
    steps = list(calendar.steps(first, count))
    last = steps[-1].day if steps else first
    out(cli.workdays_added(call.speech, first, count, last))
    _explain(call, calendar, [step.why for step in steps if step.why], {first.year, last.year})


def between(call: Call, start: str, end: str) -> None:
    """Print how many working days lie between two days."""
    first, last = read_date(call, start), read_date(call, end)
    calendar = load_calendar(call)
    out(cli.workdays_between(call.speech, first, last, calendar.between(first, last)))
    early, late = min(first, last), max(first, last)
    years = range(early.year, late.year + 1)
    special = [day for year in years for _, day in sorted(calendar.year(year).items()) if early < day.day <= late]
    _explain(call, calendar, special, set(years))


def show_year(call: Call, year: int) -> None:
    """Print the days of a year that are not what their weekday says."""
    _check_year(call, year)
    speech, calendar = call.speech, load_calendar(call)
    expected = is_expected(calendar, year)
    rows = [
        (speech.day(day), cli.day_kind(speech, working=one.working, expected=expected), one.name, one.notice)
        for day, one in sorted(calendar.year(year).items())
    ]
    table(cli.calendar_title(speech, year), cli.calendar_headings(speech), rows)
    if expected:
        out(cli.expected_year(speech, year))


def read_date(call: Call, text: str) -> date:
    """A date as offices or as computers write it."""
    found = _DATE.fullmatch(text.strip())
    with suppress(ValueError):
        day = date(int(found[3]), int(found[2]), int(found[1])) if found else date.fromisoformat(text.strip())
        _check_year(call, day.year)
        return day
    raise Refused(cli.bad_date(call.speech, text))


def _check_year(call: Call, year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Refused(cli.year_range(call.speech, FIRST_YEAR, LAST_YEAR))


def load_calendar(call: Call) -> WorkCalendar:
    """The calendar with the Office's corrections, or with those that come along where there is no database."""
    path = sqlite_path(call.settings.database_url)
    if path and not path.exists():
        return calendar_with(SHIPPED)
    try:
        return asyncio.run(_kept_calendar(call))
    except unusable():
        complain(cli.shipped_calendar_only(call.speech))
        return calendar_with(SHIPPED)


async def _kept_calendar(call: Call) -> WorkCalendar:
    async with opened(call) as store, store.read() as uow:
        return await uow.calendar_days.load()


def is_expected(calendar: WorkCalendar, year: int) -> bool:
    """Whether no paper has announced the days off of a year, neither when this was made nor to the Office."""
    return estimated(year) and not any(day.notice for day in calendar.year(year).values())


def _explain(call: Call, calendar: WorkCalendar, special: list[CalendarDay], years: set[int]) -> None:
    speech = call.speech
    # a holiday that falls on a weekend changes no count
    off = [day for day in special if not day.working and day.day.weekday() < 5]
    worked = [day for day in special if day.working and day.day.weekday() >= 5]
    for title, days in ((cli.passed_over(speech), off), (cli.worked_weekends(speech), worked)):
        if days:
            out(title, *(cli.special_day(speech, day.day, day.name, day.notice) for day in days))
    for year in sorted(years):
        if is_expected(calendar, year):
            out(cli.expected_year(speech, year))
