"""Months, quarters, half-years and years as deadlines: the last day of each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from domain.reading.dates import last_of_month
from domain.reading.letters import bare

_YEAR = r"(?:\s*[/.-]\s*|,?\s+(?:cua\s+)?nam\s+)(?P<{0}>[2l][\doli]{{3}})"
_PERIOD = re.compile(
    rf"(?<![\w/])(?:thang\s+(?P<month>\d{{1,2}})(?:{_YEAR.format('ym')}|(?!\s*[/.]\s*\d|\d|\s*thang))"
    rf"|quy\s+(?:(?:iv|i{{1,3}}|[1-4])\s*(?:,|-|va|den|\u2013)\s*(?:quy\s+)?)*(?P<quarter>iv|i{{1,3}}|"
    rf"0?[1-4])\b(?:{_YEAR.format('yq')})?"
    rf"|(?P<half>(?:6|06|sau) thang (?:dau|cuoi) nam|nua (?:dau|cuoi) nam)(?:\s+(?P<yh>\d{{4}}))?"
    r"|nam\s+(?P<year>\d{4})(?!\s*[-/]\s*\d)|(?P<this>nam nay)|(?P<plain>\d{1,2}\s?/\s?20\d{2})(?!\s*[/\d]))"
)
_INTRO = re.compile(
    r"(?<!\w)(?:(?:trong|ngay trong|den het|den cuoi|het|cuoi|xong|xong truoc|hoan thanh|truoc|vao|"
    r"cham nhat|muon nhat|khong qua|la|den|dau(?= thang| quy| nam)|giua(?= thang| quy| nam)|thoi gian|"
    r"thoi han|"
    r"thuc hien|ket thuc|trinh|ban hanh|to chuc|cac|dip|quy [ivx]+,?|thang \d+,?|va|-|:|,)\s*){1,7}$"
)
_BINDS = re.compile(r"cham nhat|muon nhat|den het|het|cuoi|xong|hoan thanh|truoc|khong qua|ket thuc|thoi han|thoi gian")
_WEAK = re.compile(r"trong|vao|trinh|ban hanh|to chuc|thuc hien|den|dip|dau|giua")
_RANGE_START = re.compile(
    r"(?:tu|bat dau|ke tu|so voi|nhu|cua|bao cao|ke hoach|ket qua|nhiem vu|cong tac|so lieu|du toan|"
    r"ngan sach|chuong trinh)\s*$"
)
_DONE = re.compile(r"(?:(?:hoan thanh|xong|thuc hien|thoi gian|thoi han)\s*:?\s*)+(?=(?:ngay )?trong\b)")
"""What is to be done within a period is no part of its phrase."""
_AS_DIGITS = str.maketrans("oli", "011")
_CELL_YEAR = re.compile(r"\s*(20\d{2})\s*")


@dataclass(frozen=True, slots=True)
class Period:
    """A period named as a deadline."""

    start: int
    end: int
    quote: str
    on: date | None
    strength: int


def periods(text: str, year: int | None, *, cell: bool) -> Iterator[Period]:
    """The periods of a text that bind something; in a cell every one does, and the last one counts."""
    low = bare(text)
    if cell and (alone := _CELL_YEAR.fullmatch(low)):
        yield Period(alone.start(1), alone.end(1), alone[1], date(int(alone[1]), 12, 31), 3)
        return
    found = [one for one in _PERIOD.finditer(low) if _is_written(text, one)]
    if cell and found:
        last = _latest(found, year)
        span = (found[0].start(), found[-1].end())
        done = _DONE.match(low)
        yield Period(*span, text[done.end() if done else 0 :].strip(" .;,"), last, 3)
        return
    named: list[Period] = []
    for one in found:
        intro = _INTRO.search(low[: one.start()])
        if intro is None or (_RANGE_START.search(low[: intro.start()]) and not _BINDS.search(intro[0])):
            continue
        words = intro[0]
        strength = 3 if _BINDS.search(words) else 2 if _WEAK.search(words) else 0
        if one["plain"] or not strength:
            strength = strength if _BINDS.search(words) else 0
        if one["year"] and not re.search(r"trong|het|cuoi|xong|hoan thanh|cham nhat|ket thuc", words):
            strength = 0  # a year is what something is of, more often than by when it is due
        if one["year"] and re.fullmatch(r"(?:den|vao|truoc|cac|,|la)\s*", words):
            strength = 0  # years of targets
        if strength:
            start = intro.start() + len(intro[0]) - len(intro[0].lstrip(" ,-:"))
            if done := _DONE.match(low[start : one.start()]):
                start += done.end()
            if named and named[-1].start == start:
                named.pop()  # "in July and August" ends with August
            named.append(Period(start, one.end(), text[start : one.end()].strip(" ,"), _end(one, year), strength))
    yield from named


def _is_written(text: str, found: re.Match[str]) -> bool:
    written = text[found.start() : found.end()].lower()
    return not found["quarter"] or written.startswith(("qu\u00fd", "quy"))


def _latest(found: list[re.Match[str]], year: int | None) -> date | None:
    named = next((value for one in reversed(found) if (value := _year(one))), None)
    ends = [end for one in found if (end := _end(one, named or year))]
    return max(ends) if ends else None


def _year(found: re.Match[str]) -> int | None:
    for name in ("ym", "yq", "yh", "year"):
        if found[name]:
            return int(found[name].translate(_AS_DIGITS))
    return int(found["plain"].split("/")[1]) if found["plain"] else None


_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


def _end(found: re.Match[str], year: int | None) -> date | None:
    of_year = _year(found) or year
    if of_year is None:
        return None
    if found["plain"]:
        return last_of_month(of_year, int(found["plain"].split("/")[0]))
    if found["month"]:
        return last_of_month(of_year, int(found["month"]))
    if found["quarter"]:
        quarter = _QUARTERS.get(found["quarter"]) or int(found["quarter"])
        return last_of_month(of_year, quarter * 3)
    if found["half"]:
        return last_of_month(of_year, 6 if "dau" in found["half"] else 12)
    return last_of_month(of_year, 12)
