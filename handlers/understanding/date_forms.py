"""The forms in which a day is given, in the plain words of date_words.py beside it, and the day that each one means."""

import calendar as months
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from domain.deadlines import Deadline
from domain.refusals import Because, Refusal
from domain.series import WEEKDAYS
from domain.workdays import DAY, MOST_WORKDAYS, WorkCalendar

JUST_PAST = timedelta(days=60)
"""A date without a year that is past by no more was meant for this year, and is late; an older one is next year's."""

MOST_YEARS = 30
"""A deadline further ahead is a slip of the finger."""

FRIDAY = 4
OFFSETS = {"day": 0, "end day": 0, "today": 0, "tomorrow": 1, "overmorrow": 2, "yesterday": -1}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a form is read against."""

    today: date
    calendar: WorkCalendar


def read_day(said: str, asked: Asked) -> Deadline | None:
    """The day that is meant, None where no form fits. Raises Refusal for a day or a number that cannot be."""
    for pattern, read in _FORMS:
        if found := pattern.fullmatch(said):
            deadline = read(found, asked)
            if deadline.on.year > asked.today.year + MOST_YEARS:
                raise Refusal(Because.DATE_IMPOSSIBLE)
            return deadline
    return None


# -- a date ----------------------------------------------------------------------------------------------------------


def _date(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise Refusal(Because.DATE_IMPOSSIBLE) from error


def _year(found: re.Match[str], today: date) -> int | None:
    """The year that is written out, None where there is none."""
    parts = found.groupdict()
    if which := parts.get("which_year"):
        return today.year + (which == "nextyear")
    year = parts.get("year")
    return None if year is None else int(year) + (2000 if len(year) == 2 else 0)


def _next_of_year(month: int, day: int, today: date) -> date:
    """A day without a year: this year's, the next one's where that is long past."""
    this_year_past = (month, day) < (today.month, today.day)
    if not this_year_past:
        return _date(today.year, month, day)
    try:
        on = date(today.year, month, day)
    except ValueError:
        return _date(today.year + 1, month, day)
    return on if today - on <= JUST_PAST else _date(today.year + 1, month, day)


def _written_date(found: re.Match[str], asked: Asked) -> Deadline:
    month, day, year = int(found["month"]), int(found["day"]), _year(found, asked.today)
    on = _next_of_year(month, day, asked.today) if year is None else _date(year, month, day)
    weekday = found.groupdict().get("weekday")
    if weekday and on.weekday() != WEEKDAYS.index(weekday):
        raise Refusal(Because.DATE_IMPOSSIBLE)
    return Deadline(on)


def _day_of_month(found: re.Match[str], asked: Asked) -> Deadline:
    day, which, today = int(found["day"]), found.groupdict().get("which"), asked.today
    later = which == "nextmonth" or (which is None and day < today.day)
    first = _months_later(today.replace(day=1), 1 if later else 0)
    return Deadline(_date(first.year, first.month, day))


def _offset(found: re.Match[str], asked: Asked) -> Deadline:
    return Deadline(asked.today + DAY * OFFSETS[found[0]])


# -- a weekday, a period ---------------------------------------------------------------------------------------------


def _weekday(found: re.Match[str], asked: Asked) -> Deadline:
    """A weekday: of this week, of the next one, or else the next that comes after today."""
    day, which = WEEKDAYS.index(found["weekday"]), found["which"]
    monday = asked.today - DAY * asked.today.weekday()
    if which is None:
        return Deadline(asked.today + DAY * ((day - asked.today.weekday() - 1) % 7 + 1))
    return Deadline(monday + DAY * (day + (7 if which == "nextweek" else 0)))


def _monday(found: re.Match[str], asked: Asked) -> Deadline:
    return Deadline(asked.today + DAY * (7 - asked.today.weekday()))


def _period(found: re.Match[str], asked: Asked) -> Deadline:
    """The end of this or the next week (its Friday), month, quarter or year."""
    today, later = asked.today, found["which"] == "next"
    if found["unit"] == "week":
        past = today.weekday() > FRIDAY
        return Deadline(today + DAY * (FRIDAY - today.weekday() + (7 if later or past else 0)))
    size = {"month": 1, "quarter": 3, "year": 12}[found["unit"]]
    last_month = (today.month - 1) // size * size + size
    end = date(today.year, last_month, 1)
    return Deadline(_month_end(_months_later(end, size if later else 0)))


def _named_period(found: re.Match[str], asked: Asked) -> Deadline:
    """The end of a month, a quarter, a half-year that is named."""
    month = int(found["number"]) * {"month ": 1, "quarter": 3, "half": 6}[found["unit"]]
    year, today = _year(found, asked.today), asked.today
    end = _month_end(_date(year if year is not None else today.year, month, 1))
    if year is None and today - end > JUST_PAST:
        end = _month_end(_date(today.year + 1, month, 1))
    return Deadline(end)


def _named_year(found: re.Match[str], asked: Asked) -> Deadline:
    return Deadline(_date(int(found["year"]), 12, 31))


def _month_end(day: date) -> date:
    return day.replace(day=months.monthrange(day.year, day.month)[1])


def _months_later(day: date, count: int) -> date:
    """The same day of a later month, or the last day that the month has."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))


# -- so many days ----------------------------------------------------------------------------------------------------


def _counted(found: re.Match[str], asked: Asked) -> Deadline:
    count = int(found["count"])
    if not 1 <= count <= MOST_WORKDAYS:
        raise Refusal(Because.WORKDAYS_RANGE, count=count, most=MOST_WORKDAYS)
    start = _origin(found["origin"], asked.today) if found["origin"] else asked.today
    match found["unit"]:
        case "workday":
            return Deadline(asked.calendar.add(start, count), workdays=count, counted_from=start)
        case "day":
            return Deadline(start + DAY * count)
        case "week":
            return Deadline(start + DAY * 7 * count)
        case _:
            return Deadline(_months_later(start, count))


def _origin(said: str, today: date) -> date:
    """The day that a count begins on; without a year it is the nearest one, which may be past."""
    if said in OFFSETS:
        return today + DAY * OFFSETS[said]
    found = _ORIGIN.fullmatch(said) or _ISO.fullmatch(said)
    if found is None:
        raise Refusal(Because.DATE_UNREADABLE)
    month, day, year = int(found["month"]), int(found["day"]), _year(found, today)
    if year is not None:
        return _date(year, month, day)
    near = [on for n in (-1, 0, 1) if (on := _date_or_none(today.year + n, month, day))]
    if not near:
        raise Refusal(Because.DATE_IMPOSSIBLE)
    return min(near, key=lambda on: abs(on - today))


def _date_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


_WEEKDAY = rf"(?P<weekday>{'|'.join(WEEKDAYS)})"
_WHICH_YEAR = r"(?: (?P<which_year>thisyear|nextyear))?"
_DAY = r"(?:day )?(?P<day>\d{1,2})(?P<sign>[/.-])(?P<month>\d{1,2})(?:(?P=sign)(?P<year>\d{4}|\d{2}))?" + _WHICH_YEAR
_ORIGIN = re.compile(_DAY)
_ISO = re.compile(r"(?:day )?(?P<year>\d{4})(?P<sign>[/.-])(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2})")
_COUNT = r"(?P<count>\d+) (?P<unit>workday|day|week|month)"

_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Asked], Deadline]], ...] = (
    (re.compile("|".join(OFFSETS)), _offset),
    (re.compile(rf"(?:{_WEEKDAY} )?{_DAY}"), _written_date),
    (re.compile(rf"{_DAY} {_WEEKDAY}"), _written_date),
    (_ISO, _written_date),
    (re.compile(r"day (?P<day>\d{1,2})"), _day_of_month),
    (re.compile(r"(?:day )?(?P<day>\d{1,2}) (?P<which>thismonth|nextmonth)"), _day_of_month),
    (re.compile(rf"{_WEEKDAY}(?: (?P<which>this|today|thisweek|nextweek))?"), _weekday),
    (re.compile(rf"(?P<which>thisweek|nextweek) {_WEEKDAY}"), _weekday),
    (re.compile(r"start nextweek"), _monday),
    (re.compile(r"(?:end )?(?P<which>this|next)?(?P<unit>week|month|quarter|year)"), _period),
    (
        re.compile(
            rf"(?:end )?(?P<unit>month |quarter|half)(?P<number>\d{{1,2}})(?: (?P<year>\d{{4}}|\d{{2}}))?{_WHICH_YEAR}"
        ),
        _named_period,
    ),
    (re.compile(r"(?:end )?year (?P<year>\d{4})"), _named_year),
    (re.compile(rf"{_COUNT}(?: from (?P<origin>.+))?"), _counted),
    (re.compile(rf"from (?P<origin>.+) {_COUNT}"), _counted),
)
