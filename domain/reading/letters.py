"""A text without its marks, each letter in its place: what is found can be cut out as it was written."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[^\W\d_])")
MOST_LOOKED_AT = 3000
"""How much of a point is looked at: none is longer, and what is made to be slow stays quick."""
_ABBREVIATED = re.compile(
    r"(?:\b(?:tp|ts|gs|pgs|ths|bs(?:cki{1,2}|ck[12])?|ks|kt|tm|tl|q|tx|tt|dc|d/c|st|mr|p)|\b[a-z])\.$"
)


class _Bare(dict[int, str]):
    """What each letter is without its marks, found out once."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if char in "\u0110\u0111":
            bare = "d"
        elif char in "\u2013\u2014\u2010\u2011\u2212":
            bare = "-"
        elif char.isspace() and char != "\n":
            bare = " "
        else:
            bare = unicodedata.normalize("NFD", char)[0].lower()
            bare = bare if len(bare) == 1 else char
        self[code] = bare
        return bare


_BARE = _Bare()


def unmarked(text: str) -> str:
    """A text in small letters without marks, of the same length."""
    return text.translate(_BARE)


bare = lru_cache(maxsize=512)(unmarked)
"""The same, kept for the texts that are looked at again and again."""


def tidy(text: str) -> str:
    """A text in one line."""
    return " ".join(text.split())


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """The sentences, each with where it begins."""
    start = 0
    for found in SENTENCE_END.finditer(text):
        before = bare(text[start : found.start()])
        is_small = not text[found.end()].isupper()
        if is_small or _ABBREVIATED.search(before):
            continue
        yield start, text[start : found.start()]
        start = found.end()
    if start < len(text):
        yield start, text[start:]


def first_sentence(text: str) -> str:
    """The first of a text's sentences."""
    return next((sentence for _, sentence in sentences(text)), "")
