"""Days as they are printed: numbers and words, slips of letters for digits, a missing year, days that do not exist."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

_D = r"[\doli]"
DAY = (
    rf"(?P<day>(?=[oli]?\d|"
    rf"[oli]{{1,2}}[/.-]\d){_D}{{1,2}})(?:\s?(?P<sep>[/.-])\s?(?P<month>{_D}{{1,2}})(?:\s?(?P=sep)\s?(?P<year>{_D}{{4}}))?"
    rf"|\s+thang\s+(?P<month2>{_D}{{1,2}})(?:,?\s+nam\s+(?P<year2>{_D}{{4}}))?)(?![\d\w]|/\d)"
)
_PLAIN_DAY = re.sub(r"\?P<\w+>", "?:", DAY.replace("(?P=sep)", "[/.-]"))
WEEKDAY = r"(?:thu\s+(?:hai|ba|tu|nam|sau|bay|[2-7])\b|chu nhat)"
CLOCK = r"(?P<hour>\d{1,2})\s*(?:gio|h|g|:)\s*(?P<minute>\d{2})?(?:\s*(?:phut|'))?"
_PLAIN_CLOCK = re.sub(r"\?P<\w+>", "?:", CLOCK)
_AS_DIGITS = str.maketrans("oli", "011")
_WEEKDAYS = {
    "hai": 0,
    "2": 0,
    "ba": 1,
    "3": 1,
    "tu": 2,
    "4": 2,
    "nam": 3,
    "5": 3,
    "sau": 4,
    "6": 4,
    "bay": 5,
    "7": 5,
    "nhat": 6,
}
SHORT_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
PLAIN_DAY, PLAIN_CLOCK = _PLAIN_DAY, _PLAIN_CLOCK


@dataclass(frozen=True, slots=True)
class Day:
    """A day as it was found; `on` is None where there is no such day."""

    on: date | None
    month: int
    day: int
    has_year: bool = True
    likely: str = ""
    """With the digits that were meant, where letters stood for some."""


def read_day(found: re.Match[str], year: int | None) -> Day | None:
    """The day of a match of DAY; None where neither the text nor the document has a year, or it is no day at all."""
    parts = [found["day"], found["month"] or found["month2"], found["year"] or found["year2"]]
    if found["sep"] in (".", "-") and not parts[2]:
        return None
    digits = [part.translate(_AS_DIGITS) if part else "" for part in parts]
    day, month = int(digits[0]), int(digits[1])
    of_year = int(digits[2]) if digits[2] else year
    slipped = any(part and part != digit for part, digit in zip(parts, digits, strict=True))
    likely = "/".join(one for one in digits if one) if slipped else ""
    on = None
    if of_year:
        try:
            on = date(of_year, month, day)
        except ValueError:
            on = None
    if of_year is None and not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return Day(on, month, day, bool(digits[2]), likely)


def weekday_of(low: str) -> int | None:
    """The weekday that a phrase names."""
    found = re.search(WEEKDAY, low)
    return _WEEKDAYS.get(found[0].split()[-1]) if found else None


def clock_of(low: str) -> str | None:
    """The time that a phrase names."""
    found = re.search(CLOCK, low)
    if found is None:
        return None
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    return f"{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else None


def last_of_month(year: int, month: int) -> date | None:
    if not (1 <= month <= 12 and 1 <= year <= 9998):
        return None
    following = date(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)
