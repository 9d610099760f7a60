"""A document that comes after another one on the same file: which one, and what of the earlier one it changes.

It has the same number, or says that it takes the other's place. What both ask for alike is not given again.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum, auto

from domain.directives import Directive
from domain.names import fold
from domain.proposals import Decided, Proposal, together
from domain.reading.letters import bare
from domain.reading.references import references_in
from domain.reading.values import Reading, Reference, Task

BEFORE, BEHIND = 160, 200
"""How far from the words "takes the place of" the documents are looked for."""
LIKE, LIKE_AT_ITS_POINT = 0.6, 0.4
"""From when on two texts are the same task, elsewhere and at the same point."""

_REPLACES = re.compile(r"\bthay\s+(?:the|cho)\b|\bbai\s+bo\b|\bhuy\s+bo\b")
_ENDS = re.compile(r"\b(?:het|khong\s+con)\s+hieu\s+luc\b")
_STOPS = re.compile(r"[.;\n](?=\s)")
_WORD = re.compile(r"\w+")


# -- which one -------------------------------------------------------------------------------------------------------


def replaced_in(text: str, own: str | None) -> list[Reference]:
    """The documents that a text says it takes the place of; not those of which it tells that others did."""
    low, found = bare(text), []
    for words in _REPLACES.finditer(low):
        before = _STOPS.split(text[max(0, words.start() - BEFORE) : words.start()])[-1]
        if references_in(before, own)[0]:
            # it is told of another document that it did so
            continue
        behind = _STOPS.split(text[words.end() : words.end() + BEHIND])[0]
        found += references_in(behind, own)[0]
    for words in _ENDS.finditer(low):
        before = _STOPS.split(text[max(0, words.start() - BEFORE) : words.start()])[-1]
        found += references_in(before, own)[0]
    return list({one.number: one for one in found}.values())


def number_key(number: str) -> str:
    """A number as it is compared: case, marks and spaces do not matter."""
    return fold(number).replace(" ", "")


def predecessor(reading: Reading, text: str, published: Iterable[Directive]) -> Directive | None:
    """The directive that a document comes after; of several, the last. Numbers begin anew each year."""
    named = [*replaced_in(text, reading.number)]
    if reading.number:
        named.append(Reference(reading.number, reading.issued_on))
    found = [one for one in published if one.cancelled_at is None and any(_is_meant(one, name) for name in named)]
    return max(found, key=lambda one: one.id, default=None)


def _is_meant(one: Directive, named: Reference) -> bool:
    if not one.number or number_key(one.number) != number_key(named.number):
        return False
    return one.issued_on is None or named.issued_on is None or one.issued_on.year == named.issued_on.year


def likely_numbers(reading: Reading, text: str) -> list[str]:
    """With what the numbers of the directives begin that it may come after: the digits."""
    named = [one.number for one in replaced_in(text, reading.number)] + ([reading.number] if reading.number else [])
    return list(dict.fromkeys(digits[0] for one in named if (digits := re.match(r"\d+", one))))


# -- what has changed ------------------------------------------------------------------------------------------------


class Part(StrEnum):
    """What of a task may be another."""

    TEXT = auto()
    LEAD = auto()
    WHEN = auto()


@dataclass(frozen=True, slots=True)
class Compared:
    """A proposal and the earlier one of the same task; without one it is new, without a difference it goes on."""

    new: Proposal
    old: Proposal | None = None
    changed: frozenset[Part] = frozenset()

    @property
    def is_same(self) -> bool:
        return self.old is not None and not self.changed


@dataclass(frozen=True, slots=True)
class Succession:
    """What a document proposes beside what the earlier one has given; `dropped` is not asked for any more."""

    pairs: tuple[Compared, ...] = ()
    dropped: tuple[Proposal, ...] = ()

    @property
    def same(self) -> list[Compared]:
        return [one for one in self.pairs if one.is_same]

    @property
    def changed(self) -> list[Compared]:
        return [one for one in self.pairs if one.changed]

    @property
    def new(self) -> list[Compared]:
        return [one for one in self.pairs if one.old is None]


def compare(old: Sequence[Proposal], new: Sequence[Proposal]) -> Succession:
    """Pair what is alike, the most alike first; each earlier task is that of one later at most."""
    earlier = {one.id: one for one in _given(old)}
    words_of_old = {one.id: _words(one.read.text) for one in earlier.values()}
    likely = []
    for place, one in enumerate(new):
        words = _words(one.read.text)
        for old_id, others in words_of_old.items():
            like, here = _likeness(words, others), one.read.point == earlier[old_id].read.point
            if like >= (LIKE_AT_ITS_POINT if here else LIKE):
                likely.append((-like - 0.1 * here, place, old_id))
    pairs: dict[int, Proposal] = {}
    for _like, place, old_id in sorted(likely):
        if place not in pairs and old_id in earlier:
            pairs[place] = earlier.pop(old_id)
    found = [_compared(one, pairs.get(place)) for place, one in enumerate(new)]
    return Succession(tuple(found), tuple(one for one in earlier.values() if one.decided is not Decided.MERGED))


def _given(old: Sequence[Proposal]) -> list[Proposal]:
    """What has been given of an earlier document, as it was read: the parts of what was split are one again."""
    by_number = {one.number: one for one in old}
    found = []
    for one in old:
        if one.into is not None and one.decided is not Decided.MERGED:
            continue  # a part: the whole stands for it
        parts = [part for part in old if part.into == one.number and _is_given(part)]
        whole = by_number.get(one.into or 0)
        if one.decided is Decided.SPLIT and parts:
            found.append(
                replace(one, lead=together(*(part.lead for part in parts)), when=parts[0].when, content=_text(parts))
            )
        elif one.decided is Decided.MERGED and whole is not None and _is_given(whole):
            found.append(replace(one, lead=whole.lead, coordinate=whole.coordinate, when=whole.when))
        elif _is_given(one):
            found.append(one)
    return found


def _is_given(one: Proposal) -> bool:
    return one.given_at is not None and one.decided in (Decided.ACCEPTED, Decided.ALREADY_GIVEN)


def _text(parts: Iterable[Proposal]) -> str:
    return "\n".join(part.content for part in parts)


def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(fold(text)))


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """From 0 to 1: how many of the words of both are in both."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


def _compared(new: Proposal, old: Proposal | None) -> Compared:
    if old is None:
        return Compared(new)
    changed = set()
    if _said(new.read) != _said(old.read):
        changed.add(Part.TEXT)
    if _bodies(new.read.lead) != _bodies(old.read.lead):
        changed.add(Part.LEAD)
    if replace(new.read.deadline, quote=None) != replace(old.read.deadline, quote=None):
        changed.add(Part.WHEN)
    return Compared(new, old, frozenset(changed))


def _said(task: Task) -> list[str]:
    """The words of a task, without its deadline."""
    quote = task.deadline.quote or ""
    return _WORD.findall(fold(task.text.replace(quote, " ") if quote else task.text))


def _bodies(names: Collection[str]) -> set[str]:
    return {fold(name) for name in names}


def _still_says(old: Proposal, changed: Collection[Part]) -> bool:
    """Whether what the Office has made of the text can stay: it says nothing that has changed."""
    quote, is_edited = old.read.deadline.quote, old.content != old.read.text
    names_the_day = not is_edited or (quote is not None and quote in old.content)
    return Part.TEXT not in changed and not (Part.WHEN in changed and names_the_day)


def taken_over(one: Compared) -> Proposal:
    """The proposal with what the Office had decided about the earlier one, where the text says the same as then.

    What is the same goes on; what has changed waits for the Office's word, and then is carried over.
    """
    new, old = one.new, one.old
    if old is None:
        return new
    return replace(
        new,
        content=old.content if _still_says(old, one.changed) else new.content,
        lead=new.lead if Part.LEAD in one.changed else old.lead,
        coordinate=new.coordinate if Part.LEAD in one.changed else old.coordinate,
        when=new.when if Part.WHEN in one.changed else old.when,
        decided=Decided.ALREADY_GIVEN if one.is_same else new.decided,
        follows=old.id,
    )
