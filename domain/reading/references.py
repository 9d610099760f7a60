"""Numbered documents that are cited, with their dates, also where the end of a line has cut them."""

import re
from datetime import date

from domain.headers import flat
from domain.reading.letters import bare
from domain.reading.values import Reference

_PART = r"(?:[A-Z]{2,}[A-Za-z0-9&.]*|TTg|[A-Z][A-Za-z]*[A-Z][A-Za-z]*|[A-Z]\d{1,3}|[A-Z](?=[-/]))"
_SLASH = rf"(?P<number>\d{{1,5}}[A-Za-z]?(?:\s?/\s?\d{{4}})?\s?/\s?{_PART}(?:\s?[-/]\s?{_PART})*)"
_PARTY = rf"(?P<party>\d{{1,4}}\s?-\s?{_PART}\s?/\s?{_PART}(?:-{_PART})?)"
_NUMBER = re.compile(rf"(?<![\w/.,-])(?:{_SLASH}|{_PARTY})(?![a-z0-9])")
_LAW = re.compile(r"(?<![\w/])(?P<number>\d{1,3}\s?/\s?(?:19|20)\d\d\s?/\s?(?:QH\d{1,2}|L-CTN|PL-UBTVQH\d*|UBTVQH\d+))")
_DIGIT = r"[\doli]"
_DATED = re.compile(
    rf"[\s,;(]*(?:(?:cung\s+)?(?:ky\s+|ban hanh\s+)?ngay|"
    rf"de ngay)\s*(?P<day>{_DIGIT}{{1,2}})(?:\s?[/.-]\s?(?P<month>{_DIGIT}{{1,2}})\s?[/.-]\s?"
    rf"(?P<year>{_DIGIT}\s?{_DIGIT}\s?{_DIGIT}\s?{_DIGIT})"
    rf"|\s+thang\s+(?P<month2>{_DIGIT}{{1,2}}),?\s+nam\s+(?P<year2>\d{{4}}))"
)
_BRACKET = re.compile(
    rf"[\s,]*\(\s*(?P<day>{_DIGIT}{{1,2}})\s?[/.-]\s?(?P<month>{_DIGIT}{{1,2}})\s?[/.-]\s?(?P<year>{_DIGIT}{{4}})\s*\)"
)
_SAME_DAY = re.compile(r"[\s,]*cung ngay\b")
_AS_DIGITS = str.maketrans("oli", "011")


def references_in(text: str, own: str | None) -> tuple[list[Reference], list[str]]:
    """What is cited, once each, and the days among it that do not exist or have letters for digits."""
    cased, low = flat(text), bare(text)
    found: dict[str, Reference] = {}
    slips: list[str] = []
    spans = sorted({one.span() for form in (_LAW, _NUMBER) for one in form.finditer(cased)})
    last_end = -1
    for start, end in spans:
        if start < last_end:
            continue
        last_end = end
        number = _clean(text[start:end])
        if number is None or (own and _same(number, own)):
            continue
        issued_on, stop = _date_after(low, end)
        if issued_on is None:
            issued_on = _date_before(low, start)
        if issued_on is None and _SAME_DAY.match(low, end):
            issued_on = next((one.issued_on for one in reversed(found.values()) if one.issued_on), None)
        quote = text[start:stop].strip()
        if stop > end and re.search(
            r"(?<=[\d/.\s-])[oli](?=[\d/.\s-])|(?<=\d)[oli]|[oli](?=\d)", bare(text[end:stop]).split("ngay")[-1]
        ):
            slips.append(quote)
        key = flat(number).upper()
        if key not in found or (found[key].issued_on is None and issued_on):
            found[key] = Reference(number, issued_on, quote)
    return list(found.values()), slips


def _same(number: str, own: str) -> bool:
    return flat(number).upper() == flat(own).upper()


def _clean(printed: str) -> str | None:
    number = "".join(printed.split()).rstrip(".-/")
    number = re.sub("[\u2010-\u2014]", "-", number)
    suffix = re.split(r"[-/]", number, maxsplit=1)[-1]
    return number if any(char.isalpha() for char in suffix) else None


_ISSUED = re.compile(
    r"ngay\s+(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4}),?\s+"
    r"[^.;/]{2,60}\b(?:ban hanh|da co|da gui|co|gui)\s+(?:[a-z]+\s+){1,4}so\s*:?\s*$"
)


def _date_before(low: str, start: int) -> date | None:
    """The day of a sentence such as "On 3/4/2026 the province issued Decision No. ..."."""
    found = _ISSUED.search(low[max(0, start - 140) : start])
    if found is None:
        return None
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None


def _date_after(low: str, end: int) -> tuple[date | None, int]:
    found = _DATED.match(low, end) or _BRACKET.match(low, end)
    if found is None:
        return None, end
    groups = found.groupdict()
    parts = [groups.get("year") or groups.get("year2"), groups.get("month") or groups.get("month2"), groups["day"]]
    numbers = [int("".join(str(part).split()).translate(_AS_DIGITS)) for part in parts]
    try:
        return date(*numbers), found.end()
    except ValueError:
        return None, found.end()
