"""Finding the numbers of tasks in what was typed, and telling them from counts, dates, shares and hours."""

import re
from collections.abc import Sequence

from locales.vocabulary import Phrases, Vocabulary, Word

MOST_NUMBERS = 20
"""The most tasks that one line may name; what follows is left in the rest."""

_OTHER_THAN_TASK = re.compile(r"\s*%|[./-]\d|/[^\W\d_]|:\d+(?!\d*\s*%)")
_BETWEEN_NUMBERS = re.compile(r"[^\S\n]*[,;&+]?[^\S\n]*")
STOP = re.compile(r"\s*[^\w\s]|\s*\n")
"""A sign or a line break: what comes after it is said apart."""


class TaskNumbers:
    """Reads task numbers in the words of one text.

    `counts` says that a number may also be a count of things, which is then no task's number.
    """

    def __init__(self, text: str, typed: Sequence[Word], vocabulary: Vocabulary, *, counts: bool) -> None:
        self.text = text
        self.typed = typed
        self.vocabulary = vocabulary
        self.counts = counts

    def read(self, start: int, then: Sequence[Phrases] | None) -> tuple[tuple[int, ...], int]:
        """The numbers that begin at a word, and the index of the word after them; no numbers leave it where it was.

        `then` is what may follow several numbers: any other word belongs to the last one, which is then no task's
        ("done 12 3 files"). None where only one number makes sense.
        """
        first = self.first(start)
        if first is None:
            return (), start
        taken = [first]
        while then is not None and len(taken) < MOST_NUMBERS and (after := self.following(taken[-1])) is not None:
            taken.append(after)
        while then is not None and len(taken) > 1 and not self.ends_list(taken[-1], then):
            taken.pop()
        return tuple(dict.fromkeys(int(self.typed[at].text) for at in taken)), taken[-1] + 1

    def gap(self, before: int, after: int) -> str:
        return self.text[self.typed[before].end : self.typed[after].start]

    def first(self, start: int) -> int | None:
        at = self.vocabulary.numbering.skip(self.typed, start)
        if not self.is_task(at) or (start > 0 and "\n" in self.gap(start - 1, at)):
            return None
        return at

    def following(self, number: int) -> int | None:
        """The next number of a list: after a space, a comma or "and"."""
        at = number + 1
        for phrases in (self.vocabulary.joining, self.vocabulary.numbering):
            at = phrases.skip(self.typed, at)
        if not self.is_task(at):
            return None
        gaps = (self.gap(n, n + 1) for n in range(number, at))
        return at if all(_BETWEEN_NUMBERS.fullmatch(gap) for gap in gaps) else None

    def is_task(self, at: int) -> bool:
        if at >= len(self.typed):
            return False
        word = self.typed[at]
        if not word.text.isdecimal() or len(word.text) > 9 or _OTHER_THAN_TASK.match(self.text, word.end):
            return False
        return not self.is_glued(at) and not (self.counts and self.is_count(at))

    def is_glued(self, at: int) -> bool:
        """Whether letters follow without a space, as in 12h; politeness may."""
        after = at + 1
        if after >= len(self.typed) or self.gap(at, after):
            return False
        return self.vocabulary.closing.whole(self.typed[after : after + 1]) is None

    def is_count(self, at: int) -> bool:
        """Whether things are counted: "12 days", but not "12 day 27/11"."""
        found = self.vocabulary.counted.at(self.typed, at + 1)
        if found is None or self.gap(at, at + 1).strip():
            return False
        after = at + 1 + found.length
        return after >= len(self.typed) or not self.typed[after].text.isdecimal()

    def ends_list(self, at: int, then: Sequence[Phrases]) -> bool:
        """Whether what follows a list of numbers shows that its last number belongs to it."""
        after = at + 1
        if after >= len(self.typed) or STOP.match(self.text, self.typed[at].end):
            return True
        return any(phrases.at(self.typed, after) for phrases in then)
