"""A deadline that comes again: "every month on day 20" becomes an RRULE."""

import re
from collections.abc import Callable

from domain.names import tidy
from domain.refusals import Because, Refusal
from domain.series import WEEKDAYS, Every, days_of_months, days_of_week
from handlers.understanding.date_words import plain_words
from handlers.understanding.dates import SHOWN_TEXT
from locales.vocabulary import Vocabulary

_END = r"(?: end(?: month| quarter| year)?)?"
_DAY = r"(?:day )?(?P<day>\d{1,2})(?:/(?P<month>\d{1,2}))?"
_UNIT = r"every (?P<unit>month|quarter|[36] month|year)"
_WEEKDAY = rf"(?P<weekday>{'|'.join(WEEKDAYS)})"
_EACH, _QUARTERS = tuple(range(1, 13)), (3, 6, 9, 12)
_MONTHS = {"month": _EACH, "quarter": _QUARTERS, "3 month": _QUARTERS, "6 month": (6, 12)}
_LAST_DAY = 31


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
    return days_of_week([found["weekday"] or "fri"])


def _dated(found: re.Match[str]) -> str:
    parts = found.groupdict()
    day, month = parts.get("day"), parts.get("month")
    on = int(day) if day else _LAST_DAY
    if found["unit"] == "year":
        return days_of_months(on, (int(month) if month else 12,))
    if month:
        raise ValueError(month)
    return days_of_months(on, _MONTHS[found["unit"]])


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(rf"every week(?: {_WEEKDAY})?"), _weekly),
    (re.compile(rf"{_WEEKDAY} every week"), _weekly),
    (re.compile(rf"{_UNIT}{_END}"), _dated),
    (re.compile(rf"{_UNIT} {_DAY}"), _dated),
    (re.compile(rf"{_DAY} {_UNIT}"), _dated),
)
