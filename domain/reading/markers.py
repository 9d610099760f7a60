"""The marks that stand before a point: Article 2, I., 1., 1.1, a), -, +, (1)."""

import re
from dataclasses import dataclass

from domain.reading.letters import bare

_ROMAN = r"(?:x{0,3}(?:ix|iv|v?i{1,3}|v)|x{1,3})"
_FORMS = (
    ("part", re.compile(r"(phan (?:thu )?(?:[ivx]+|nhat|hai|ba|tu|nam|\d+))\s*[.:]?\s+(?=\S)|(phan [ivx]+)\s*[.:]?$")),
    ("chapter", re.compile(r"(chuong [ivx\d]+)\s*[.:]?\s*")),
    ("article", re.compile(r"(dieu \d{1,3})\s*(?:[.:]|(?=$))\s*")),
    ("capital", re.compile(r"([a-h])\s*[.]\s+(?=\S)")),
    ("roman", re.compile(rf"({_ROMAN})\s*(?:[.)/]|\s-|-(?=\s))\s*(?=\S)")),
    ("multi", re.compile(r"(\d{1,2}(?:\.\d{1,2}){1,4})(?:\s*[.):]\s*|\s+)(?=[^\d\s,/])")),
    ("number", re.compile(r"(\d{1,3})\s*(?:\.|-(?=\s))\s*(?=[^\d\s])")),
    ("number)", re.compile(r"(\d{1,2})\s*[)/]\s*(?=[^\d\s])")),
    ("letter", re.compile(r"([a-z]{1,2})\s*[).]\s*(?=\S)")),
    ("bracket", re.compile(r"(\(\d{1,2}\))\s*(?=\S)")),
    ("bracket-letter", re.compile(r"(\([a-z]\))\s*(?=\S)")),
    ("bracket-roman", re.compile(r"(\([ivx]+\))\s*(?=\S)")),
    ("dash", re.compile(r"([-\u2022\u25cf\u25aa\u25e6\uf0b7\uf02d\u00b7])\s*(?=[^\W\d_]|[\"\u201c(\[])")),
    ("plus", re.compile(r"(\+)\s*(?=\S)")),
    ("star", re.compile(r"(\*)\s*(?=[^\s*])")),
)
_LETTERS = "abcd\u0111eghiklmnopqrstuvxy"
ORDERED = ("article", "capital", "roman", "multi", "number", "number)", "letter", "bracket", "bracket-letter")


@dataclass(frozen=True, slots=True)
class Marker:
    """A mark: its kind, as it is printed in a path, its place in a row of such marks, and where the text begins."""

    kind: str
    label: str
    value: int
    end: int


def marker_of(text: str) -> Marker | None:
    """The mark that a paragraph begins with."""
    head = text[:40]
    low = bare(head)
    for kind, form in _FORMS:
        found = form.match(low)
        if found is None:
            continue
        printed = head[slice(*found.span(1))] if found[1] else head[: found.end()].strip(" .:")
        if _is_wrong_case(kind, printed):
            continue
        value = _value(kind, printed)
        if value is None:
            continue
        return Marker(kind, " ".join(printed.split()), value, found.end())
    return None


def _is_wrong_case(kind: str, printed: str) -> bool:
    if kind in ("roman", "capital"):
        return not printed.isupper()
    if kind == "letter":
        return not printed.islower()
    if kind in ("part", "chapter", "article"):
        return not printed[0].isupper()
    return False


def _value(kind: str, printed: str) -> int | None:
    low = bare(printed)
    if kind in ("number", "number)", "bracket", "article"):
        return int("".join(char for char in low if char.isdigit()))
    if kind == "multi":
        return int(low.rsplit(".", 1)[1])
    if kind in ("letter", "bracket-letter"):
        letter = printed.strip("()")
        at = _LETTERS.find(letter) if len(letter) == 1 else -1
        return at + 1 if at >= 0 else None
    if kind == "capital":
        return ord(low) - ord("a") + 1
    if kind in ("roman", "bracket-roman"):
        return roman(low.strip("()"))
    return 0


def roman(low: str) -> int:
    values = {"i": 1, "v": 5, "x": 10}
    total = 0
    for at, char in enumerate(low):
        value = values[char]
        total += -value if at + 1 < len(low) and values[low[at + 1]] > value else value
    return total
