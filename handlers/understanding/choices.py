"""Numbers of lines: "1", "1 3", "so 1", "chon 1 va 3 a", "mot", and nothing else in the text."""

import re

from locales.vocabulary import Vocabulary, Word, cleaned, words

MOST = 20
LONGEST = 2
"""Digits of a line's number."""

_SIGNS = re.compile(r"[\w\s.,;&+()#!\u0300-\u036f]*")
"""Other signs make it a date, a share, a number of a document."""


def chosen_numbers(text: str, vocabulary: Vocabulary) -> list[int]:
    """The numbers in the order of their naming; none where the text says anything else."""
    text = cleaned(text).strip()
    if not _SIGNS.fullmatch(text) or re.search(r"\d[.,]\d", text):
        return []
    typed = words(text)
    numbers: list[int] = []
    at = vocabulary.opening.skip(typed, 0) if not _number(typed, 0, vocabulary) else 0
    while at < len(typed):
        if found := _number(typed, at, vocabulary):
            numbers.append(found[0])
            at += found[1]
            continue
        passed = vocabulary.choosing.at(typed, at) or vocabulary.joining.at(typed, at)
        if passed is None and numbers and vocabulary.closing.skip(typed, at) == len(typed):
            break
        if passed is None:
            return []
        at += passed.length
    return numbers if len(numbers) <= MOST else []


def _number(typed: list[Word], at: int, vocabulary: Vocabulary) -> tuple[int, int] | None:
    """A number, and how many words it took."""
    if at >= len(typed):
        return None
    if typed[at].text.isdecimal():
        return (int(typed[at].text), 1) if len(typed[at].text) <= LONGEST else None
    found = vocabulary.counting.at(typed, at)
    return (int(found.meaning), found.length) if found else None
