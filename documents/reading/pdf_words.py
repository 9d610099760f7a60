"""The words of a page, and its rows of words, by where the letters stand."""

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median
from typing import Any

MOST_LETTERS = 200_000
"""On one page."""


@dataclass(slots=True)
class Word:
    """Letters that stand together."""

    text: str
    left: float
    right: float
    bottom: float
    top: float

    @property
    def middle(self) -> float:
        return (self.bottom + self.top) / 2

    @property
    def height(self) -> float:
        return max(self.top - self.bottom, 1.0)


@dataclass
class Row:
    """Words in one line of a page."""

    words: list[Word]
    page: int

    @property
    def left(self) -> float:
        return self.words[0].left

    @cached_property
    def right(self) -> float:
        return max(word.right for word in self.words)

    @cached_property
    def middle(self) -> float:
        return median(word.middle for word in self.words)

    @cached_property
    def height(self) -> float:
        return median(word.height for word in self.words)

    @cached_property
    def text(self) -> str:
        parts = [self.words[0].text]
        wide = 2.5 * self.height
        for before, word in zip(self.words, self.words[1:], strict=False):
            parts.append(("   " if word.left - before.right > wide else " ") + word.text)
        return "".join(parts)


def words_of(page: Any) -> list[Word]:
    import pypdfium2.raw as raw

    textpage = page.get_textpage()
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    boxes = [ctypes.byref(one) for one in (left, right, bottom, top)]
    words: list[Word] = []
    current: Word | None = None
    for at in range(min(textpage.count_chars(), MOST_LETTERS)):
        code = raw.FPDFText_GetUnicode(textpage.raw, at)
        char = chr(code) if 0 < code < 0x110000 else " "
        if char in "\x02\ufffe":
            char = "-"
        if char.isspace() or (code < 32 and char != "-"):
            current = None
            continue
        raw.FPDFText_GetCharBox(textpage.raw, at, *boxes)
        box = (left.value, right.value, bottom.value, top.value)
        if current is not None and _goes_on(current, box):
            current.text += char
            current.right = max(current.right, box[1])
            current.bottom, current.top = min(current.bottom, box[2]), max(current.top, box[3])
        else:
            current = Word(char, box[0], box[1], box[2], box[3])
            words.append(current)
    return words


def _goes_on(word: Word, box: tuple[float, float, float, float]) -> bool:
    """Whether a letter stands right behind a word; marks and commas are small, and lower or higher."""
    left, right, bottom, top = box
    overlaps = min(top, word.top) - max(bottom, word.bottom) > -0.6 * word.height
    return overlaps and -0.5 * word.height - (right - left) < left - word.right < 0.6 * max(word.height, top - bottom)


def rows_of(words: Sequence[Word], page: int) -> list[Row]:
    rows: list[Row] = []
    firsts: list[tuple[float, float]] = []
    for word in sorted(words, key=lambda one: -one.middle):
        middle, height = word.middle, word.height
        for at in range(len(rows) - 1, max(len(rows) - 4, -1), -1):
            if abs(firsts[at][0] - middle) < max(0.5 * firsts[at][1], 0.5 * height, 3.0):
                rows[at].words.append(word)
                break
        else:
            rows.append(Row([word], page))
            firsts.append((middle, height))
    for row in rows:
        row.words.sort(key=lambda one: one.left)
    return rows
