"""A deadline as it was typed, turned into plain words: Vietnamese phrases become the names that words.toml gives them.

"17h30 thu sau tuan sau" (with its marks) becomes "17 hour30 fri nextweek"; unknown words stay, and fit no form.
"""

import re

from locales.vocabulary import Vocabulary, Word, cleaned, words

MOST_TEXT = 200
"""Whoever types more has not typed a deadline."""

_SIGN = re.compile(r"\s*([/.:-])\s*")
_REWRITTEN = (
    # In front of a unit these two are numerals, elsewhere "year" and "the day after tomorrow".
    (re.compile(r"(?<!every )\byear (?=workday|day|week|month)"), "5 "),
    (re.compile(r"\bovermorrow (?=workday|day|week|month)"), "1 "),
    # A range gives its end.
    (re.compile(r"^from (?:day )?\S+ to "), ""),
    (re.compile(r"\bto\b"), ""),
    # Hours from now are no deadline that an office gives; they stay, and are not read as an hour of the clock.
    (re.compile(r"\bwithin (?!\d+ hour)"), ""),
    (re.compile(r"\b(workday|day|week|month) more\b"), r"\1"),
    (re.compile(r"\b(\d{1,2}) month (\d{1,2})\b"), r"\1/\2"),
    (re.compile(r"\b(\d{1,2}/\d{1,2}) year (\d{2,4})\b"), r"\1/\2"),
    (re.compile(r"\b(month \d{1,2}|quarter\d|half\d)(?:[/.-]| year )(?=\d)"), r"\1 "),
    (re.compile(r"\bend (?=today|tomorrow|overmorrow)|\bend day (?=\S)"), ""),
)


def plain_words(text: str, vocabulary: Vocabulary) -> str:
    """The text in the words of handlers/understanding/dates.py, with single spaces; empty when it is too long."""
    if len(text) > MOST_TEXT:
        return ""
    clean = cleaned(text)
    typed = words(clean)
    said = " ".join("".join(_pieces(clean, typed, vocabulary)).split())
    for pattern, plain in _REWRITTEN:
        said = " ".join(pattern.sub(plain, said).split())
    return said


def _pieces(text: str, typed: list[Word], vocabulary: Vocabulary) -> list[str]:
    pieces: list[str] = []
    at = 0
    while at < len(typed):
        found = vocabulary.dates.at(typed, at)
        word, length = (found.meaning, found.length) if found else (typed[at].folded, 1)
        if word != "ignored":
            pieces += [_before(text, typed, at, pieces), word]
        at += length
    return pieces


def _before(text: str, typed: list[Word], at: int, pieces: list[str]) -> str:
    """What divides a word from the one before it: the sign in a date, nothing in 17h30, else a space."""
    if not typed[at].text.isdecimal():
        return " "
    gap = text[typed[at - 1].end if at else 0 : typed[at].start]
    if not gap and pieces and pieces[-1] == "hour":
        return ""
    sign = _SIGN.fullmatch(gap)
    if sign and at and typed[at - 1].text.isdecimal():
        return sign[1]
    # Less than nothing is not read as its opposite.
    return " -" if gap.endswith("-") else " "
