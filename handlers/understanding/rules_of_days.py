"""A deadline that comes again: "every month on day 20" becomes an RRULE."""

import re
from collections.abc import Callable

from domain.names import tidy
from domain.refusals import Because, Refusal
from domain.series import Every
from handlers.understanding.date_forms import WEEKDAYS
from handlers.understanding.date_words import plain_words
from handlers.understanding.dates import SHOWN_TEXT
from locales.vocabulary import Vocabulary

_END = r"(?: end(?: month| quarter| year)?)?"
_DAY = r"(?:day )?(?P<day>\d{1,2})(?:/(?P<month>\d{1,2}))?"
_UNIT = r"every (?P<unit>month|quarter|[36] month|year)"
_WEEKDAY = rf"(?P<weekday>{'|'.join(WEEKDAYS)})"
_LAST_DAYS = 28
"""Every month has these; later days are the last ones that a month has."""

_MONTHS = {"month": "", "quarter": "3,6,9,12", "3 month": "3,6,9,12", "6 month": "6,12"}


def read_every(text: str, vocabulary: Vocabulary) -> Every | None:
    """The rule that a text gives, None where it gives none. Raises Refusal for a day that no month has."""
    said = plain_words(text, vocabulary)
    for pattern, read in _FORMS:
        if found := pattern.fullmatch(said):
            try:
                return Every(read(found), tidy(text)[:SHOWN_TEXT])
            except ValueError as error:
                raise Refusal(Because.DATE_IMPOSSIBLE, text=text.strip()[:SHOWN_TEXT]) from error
    return None


def _weekly(found: re.Match[str]) -> str:
    return f"FREQ=WEEKLY;BYDAY={(found['weekday'] or 'fri')[:2].upper()}"


def _dated(found: re.Match[str]) -> str:
    parts = found.groupdict()
    day, month = parts.get("day"), parts.get("month")
    if found["unit"] == "year":
        return _monthly(int(day) if day else 31, str(_month(month)) if month else "12")
    if month:
        raise ValueError(month)
    return _monthly(int(day) if day else 31, _MONTHS[found["unit"]])


def _month(text: str) -> int:
    if not 1 <= int(text) <= 12:
        raise ValueError(text)
    return int(text)


def _monthly(day: int, months: str) -> str:
    """A day of some months; where a month is shorter, its last day."""
    if not 1 <= day <= 31:
        raise ValueError(day)
    of_months = f";BYMONTH={months}" if months else ""
    if day <= _LAST_DAYS:
        return f"FREQ=MONTHLY{of_months};BYMONTHDAY={day}"
    days = ",".join(map(str, range(_LAST_DAYS, day + 1)))
    return f"FREQ=MONTHLY{of_months};BYMONTHDAY={days};BYSETPOS=-1"


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(rf"every week(?: {_WEEKDAY})?"), _weekly),
    (re.compile(rf"{_WEEKDAY} every week"), _weekly),
    (re.compile(rf"{_UNIT}{_END}"), _dated),
    (re.compile(rf"{_UNIT} {_DAY}"), _dated),
    (re.compile(rf"{_DAY} {_UNIT}"), _dated),
)
