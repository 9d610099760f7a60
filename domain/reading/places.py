"""Where what was read stands in the text: sentences are found although lines are broken and pages turned in them."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from domain.reading.letters import unmarked
from domain.reading.values import Task

MOST_BETWEEN = 400
"""Letters that may stand between two parts of a sentence: the foot and the head of a page, a neighbouring cell."""
LEAST_PART = 10
"""Letters of a part that says where a sentence stands; fewer are anywhere."""
ENOUGH = 0.6
"""So much of a sentence has to be found."""

_WORD = re.compile(r"[^\W_]+(?:(?<=\d)[/.,:-](?=\d)[^\W_]+)*")
_CLOSING = ".;,:!?)\u201d\u2019\"'"


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a text, by its first character and the one behind its last."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where an instruction stands, and where its deadline does; nothing where it cannot be found."""

    spans: tuple[Span, ...] = ()
    deadline: tuple[Span, ...] = ()


class Searched:
    """A text that sentences are looked for in. Blanks, line breaks, marks and most of the punctuation do not count."""

    def __init__(self, text: str) -> None:
        self._text = text
        words = list(_WORD.finditer(unmarked(text)))
        self._letters = "".join(word[0] for word in words)
        self._starts = [word.start() for word in words]
        self._offsets = [0, *accumulate(len(word[0]) for word in words)]

    def find(self, quote: str, first: int = 0, last: int | None = None) -> tuple[Span, ...]:
        """The parts of the text that a quote is made of, looked for between two characters of the text."""
        words = [word[0] for word in _WORD.finditer(unmarked(quote))]
        ends = [0, *accumulate(map(len, words))]
        letters = "".join(words)
        at, end = self._letter(first), len(self._letters) if last is None else self._letter(last)
        found: list[tuple[int, int]] = []
        word = 0
        while word < len(words):
            until = min(end, at + MOST_BETWEEN + len(letters)) if found else end
            most, place = self._longest(letters, ends[word:], at, until)
            length = ends[word + most] - ends[word]
            left = len(letters) - ends[word] if found else len(letters)
            if not most or length < min(LEAST_PART, left):
                word += 1
                continue
            found.append((place, place + length))
            at, word = place + length, word + most
        if not found or sum(stop - start for start, stop in found) < ENOUGH * len(letters):
            return ()
        return tuple(self._joined(found, quote))

    def _longest(self, letters: str, ends: Sequence[int], at: int, until: int) -> tuple[int, int]:
        """How many words from the first on stand together between two places, and where."""
        begin, few, many, place = ends[0], 0, len(ends) - 1, -1
        while few < many:
            middle = (few + many + 1) // 2
            there = self._whole_words(letters[begin : ends[middle]], at, until)
            if there < 0:
                many = middle - 1
            else:
                few, place = middle, there
        return few, place

    def _whole_words(self, letters: str, at: int, until: int) -> int:
        """Where some letters stand, as a word or several; -1 where they do not."""
        while (at := self._letters.find(letters, at, until)) >= 0:
            before, behind = self._character(at) - 1, self._character(at + len(letters) - 1) + 1
            if not (self._is_letter(before) or self._is_letter(behind)):
                return at
            at += 1
        return -1

    def _is_letter(self, at: int) -> bool:
        return 0 <= at < len(self._text) and self._text[at].isalnum()

    def _joined(self, found: Sequence[tuple[int, int]], quote: str) -> list[Span]:
        """The parts as they stand in the text; those with nothing but punctuation between them are one."""
        spans: list[Span] = []
        for start, stop in found:
            first, last = self._character(start), self._character(stop - 1) + 1
            if spans and not _WORD.search(self._text, spans[-1].end, first):
                first = spans.pop().start
            spans.append(Span(first, last))
        end = spans[-1].end
        if (closing := self._text[end : end + 1]) and closing in _CLOSING and quote.rstrip().endswith(closing):
            spans[-1] = Span(spans[-1].start, end + 1)
        return spans

    def _character(self, letter: int) -> int:
        """Where a letter stands in the text."""
        word = bisect_right(self._offsets, letter) - 1
        return self._starts[word] + letter - self._offsets[word]

    def _letter(self, character: int) -> int:
        """The first letter that does not stand before a character."""
        word = bisect_right(self._starts, character) - 1
        if word < 0:
            return 0
        return min(self._offsets[word] + character - self._starts[word], self._offsets[word + 1])


def places(tasks: Sequence[Task], text: str) -> list[Place]:
    """Where instructions stand in the text that they were read from, given in its order."""
    searched = Searched(text)
    found: list[Place] = []
    after = 0
    for task in tasks:
        spans = searched.find(task.text, after) or searched.find(task.text)
        found.append(Place(spans, _deadline(searched, task.deadline.quote or "", spans)))
        after = spans[0].start + 1 if spans else after
    return found


def _deadline(searched: Searched, quote: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """The words of a deadline: in the instruction; else close behind it, or before, where it is given for several."""
    if not spans:
        return searched.find(quote)
    for span in spans:
        if inside := searched.find(quote, span.start, span.end):
            return inside
    first, last = spans[0].start, spans[-1].end
    if behind := searched.find(quote, last, last + MOST_BETWEEN):
        return behind
    before: tuple[Span, ...] = ()
    at = 0
    while (found := searched.find(quote, at, first)) and found[0].start >= at:
        before, at = found, found[-1].end
    return before or searched.find(quote, last)
