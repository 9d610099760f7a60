"""What is typed about the proposals of a directive: "nhan 3 4", "sua 3 han 20/12", with marks, slash, or without."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from locales.vocabulary import Vocabulary, cleaned, words

MOST_DIGITS = 6
MOST_RANGE = 1000
SHOW, ONE, ACCEPT, ACCEPT_REST, LEAVE_OUT, EDIT, MERGE = (
    "show", "one", "accept", "accept_rest", "leave_out", "edit", "merge",
)  # fmt: skip
LEAD, COORDINATE, WHEN, ENDLESS, CONTENT = "lead", "coordinate", "when", "endless", "content"

_PARTS = (LEAD, COORDINATE, WHEN, ENDLESS, CONTENT)
_WITH_ALL = (ACCEPT, LEAVE_OUT)
_LOOSE = (ACCEPT, LEAVE_OUT, EDIT, MERGE)
"""Numbers may follow each other with nothing between: what comes after them is no number."""

_NEEDS_TARGET = (ONE, ACCEPT, LEAVE_OUT)
_ALSO_WITH_SLASH = (ONE, ACCEPT)
_BETWEEN = re.compile(r"\s*(?:,|&|\+|va|v\u00e0)\s*", re.IGNORECASE)
_RANGE = re.compile(r"\s*(?:-|\u2013|den|\u0111\u1ebfn)\s*", re.IGNORECASE)
_NO_TARGET = re.compile(r"[/.:]\d|\s*%")
"""What follows the number of a date, an hour or a point."""


@dataclass(frozen=True, slots=True)
class Said:
    """A form: what is to be done, to which proposals, and the rest as typed. `rest` is true for all that are left."""

    verb: str
    numbers: tuple[int, ...] = ()
    rest: bool = False
    text: str = ""


def read_said(text: str, vocabulary: Vocabulary) -> Said | None:
    """The form that a text has, None for any other text."""
    clean = cleaned(text).strip()
    slash = clean.startswith("/")
    clean = clean.lstrip("/").replace("_", " ") if slash else clean
    reading = _Reading(clean, vocabulary)
    said = reading.said()
    if said and slash and reading.typed[0].folded in vocabulary.command_names and said.verb not in _ALSO_WITH_SLASH:
        return None
    return said


def for_the_rest(text: str, vocabulary: Vocabulary) -> tuple[str, bool]:
    """An answer without what says at its end that it is for all the rest, and whether that was said."""
    clean = cleaned(text).strip()
    typed = words(clean)
    for start in range(1, len(typed)):
        if vocabulary.proposed.whole(typed[start:]) == "for_rest":
            return clean[: typed[start].start].rstrip(" ,;"), True
    return clean, False


class _Reading:
    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        self.text = text
        self.known = vocabulary
        self.typed = words(text)

    def said(self) -> Said | None:
        found = self.known.proposals.at(self.typed, 0)
        if found is None:
            return None
        verb, after = found.meaning, found.length
        if verb == ACCEPT_REST:
            return Said(ACCEPT, rest=True) if after == len(self.typed) else None
        if verb == LEAD and ";" in self.text:
            return None
        numbers, rest, after = self._targets(verb, after)
        if verb in _NEEDS_TARGET and not numbers and not rest:
            bare = verb != ONE and after < len(self.typed)
            return Said(verb, text=self._from(after)) if bare and verb == LEAVE_OUT else self._bare(verb, after)
        if verb == EDIT:
            return self._edited(numbers, rest, after)
        if verb == ENDLESS:
            return Said(WHEN, numbers, rest, self._whole(0, found.length)) if not self._from(after) else None
        return Said(verb, numbers, rest, self._from(after))

    def _bare(self, verb: str, after: int) -> Said | None:
        """A verb with nothing behind it speaks of what is shown; "viec" alone is the command of that name."""
        return Said(verb) if after == len(self.typed) and verb != ONE else None

    def _edited(self, numbers: tuple[int, ...], rest: bool, after: int) -> Said:
        part = self.known.proposals.at(self.typed, after)
        if part is None or part.meaning not in _PARTS:
            return Said(EDIT, numbers, rest, self._from(after))
        if part.meaning == ENDLESS:
            return Said(WHEN, numbers, rest, self._whole(after, part.length))
        return Said(part.meaning, numbers, rest, self._from(after + part.length))

    def _whole(self, start: int, length: int) -> str:
        return self.text[self.typed[start].start : self.typed[start + length - 1].end]

    def _from(self, at: int) -> str:
        """The text after so many words."""
        begin = self.typed[at - 1].end if at else 0
        return self.text[begin:].strip(" \t\n:;,-\u2013").strip()

    def _targets(self, verb: str, at: int) -> tuple[tuple[int, ...], bool, int]:
        """The proposals that are meant, and the word after them."""
        named = self.known.proposed.at(self.typed, at)
        if named and (named.meaning == "rest" or (named.meaning == "all" and verb in _WITH_ALL)):
            return (), True, at + named.length
        start = self.known.numbering.skip(self.typed, at)
        numbers: list[int] = []
        end, behind = start, 0
        while end < len(self.typed) and self._is_number(end):
            between = self.text[behind : self.typed[end].start]
            if numbers and _RANGE.fullmatch(between):
                last = int(self.typed[end].text)
                numbers += range(numbers[-1] + 1, min(last, numbers[-1] + MOST_RANGE) + 1)
            elif not numbers or verb in _LOOSE or _BETWEEN.fullmatch(between):
                numbers.append(int(self.typed[end].text))
            else:
                break
            behind, end = self.typed[end].end, self._after_joining(end + 1)
        return tuple(dict.fromkeys(numbers)), False, end if numbers else at

    def _after_joining(self, at: int) -> int:
        """Where the next number is, behind a word that joins two of them."""
        if at + 1 < len(self.typed) and self.typed[at].folded in ("va", "den") and self._is_number(at + 1):
            return at + 1
        return at

    def _is_number(self, at: int) -> bool:
        word = self.typed[at]
        if not word.text.isdecimal() or len(word.text) > MOST_DIGITS:
            return False
        return not _NO_TARGET.match(self.text, word.end)


def joined(numbers: Sequence[int]) -> str:
    """Numbers as they are typed: "3 4", with a run of them as "1-8"."""
    if len(numbers) > 1 and list(numbers) == list(range(numbers[0], numbers[-1] + 1)):
        return f"{numbers[0]}-{numbers[-1]}"
    return " ".join(map(str, numbers))
