"""Proposals: what a directive was read to ask for, until the Office has said what becomes of each.

What was read never changes; what the Office makes of it stands beside it, so that it can be said later who was asked
to do what, and why a point of the document was left out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum, auto

from domain.deadlines import Deadline
from domain.decisions import Wait
from domain.reading.values import Reading
from domain.reading.values import Task as Instruction
from domain.series import Every


class Decided(StrEnum):
    """What the Office has said of a proposal."""

    OPEN = auto()
    ACCEPTED = auto()
    LEFT_OUT = auto()
    MERGED = auto()
    """Its text has gone into another proposal."""
    SPLIT = auto()
    """Its parts stand as proposals of their own."""
    ALREADY_GIVEN = auto()
    """An earlier document has given the same task, and it goes on."""


class Endless(StrEnum):
    """Somebody has said that there is no deadline; that is something else than a text that is silent."""

    ENDLESS = auto()


When = Deadline | Wait | tuple[Every, ...] | Endless
"""By when: a day, so many days from a decision, again and again, or never."""


@dataclass(frozen=True, slots=True)
class Doers:
    """Who is to do something: units by their heads, and people; nobody where it is not known."""

    units: tuple[int, ...] = ()
    people: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.units or self.people)


NOBODY = Doers()


@dataclass(frozen=True, slots=True)
class Proposal:
    """One task as it is proposed. `number` is what people type: the place in the document, from 1.

    `read` is the instruction as it stands there. `lead` and `coordinate` are the bodies of the agency that it is for,
    `when` is None where nobody has said it. `reason` says why it was left out, `into` where it was merged or was split
    from. `given_at` (UTC) is when its tasks were given. `follows` is the proposal of an earlier document whose tasks
    go on with it.
    """

    id: int
    number: int
    read: Instruction
    content: str
    lead: Doers = NOBODY
    coordinate: Doers = NOBODY
    when: When | None = None
    decided: Decided = Decided.OPEN
    reason: str = ""
    into: int | None = None
    given_at: datetime | None = None
    follows: int | None = None

    @property
    def stands(self) -> bool:
        """Whether it is, or may become, a task."""
        return self.decided in (Decided.OPEN, Decided.ACCEPTED)

    @property
    def asks_who(self) -> bool:
        return self.stands and not self.lead

    @property
    def asks_when(self) -> bool:
        return self.stands and self.when is None

    @property
    def is_complete(self) -> bool:
        return bool(self.lead) and self.when is not None


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A document that was read for somebody, and its text; a `directive_id` once it has been published.

    `succeeds` is the directive that it takes the place of, or comes again with the number of; `stops` are proposals of
    that one whose tasks are to be stopped when it goes out.
    """

    id: int
    read_for: int
    read_at: datetime
    reading: Reading
    text: str
    directive_id: int | None = None
    succeeds: int | None = None
    stops: tuple[int, ...] = ()


def still_to_ask(proposals: Iterable[Proposal]) -> list[Proposal]:
    """Those of which it is not known yet who is to do them, or by when."""
    return [one for one in proposals if one.stands and not one.is_complete]


def to_give(proposals: Iterable[Proposal]) -> list[Proposal]:
    """Those that become tasks when the directive goes out."""
    return [one for one in proposals if one.decided is Decided.ACCEPTED and one.is_complete]


def merged(first: Proposal, others: Sequence[Proposal]) -> list[Proposal]:
    """Several as one: the first takes the texts and the people of the others."""
    whole = replace(
        first,
        content="\n".join([first.content, *(one.content for one in others)]),
        lead=together(first.lead, *(one.lead for one in others)),
        coordinate=together(first.coordinate, *(one.coordinate for one in others)),
        when=next((one.when for one in (first, *others) if one.when is not None), None),
        decided=Decided.OPEN,
    )
    return [whole, *(replace(one, decided=Decided.MERGED, into=first.number) for one in others)]


def split(one: Proposal, parts: Sequence[str], last_number: int) -> list[Proposal]:
    """One as several, numbered after the last; each has the people and the deadline of the whole."""
    pieces = [
        replace(one, id=0, number=last_number + at, content=part, decided=Decided.OPEN, into=one.number)
        for at, part in enumerate(parts, 1)
    ]
    return [replace(one, decided=Decided.SPLIT), *pieces]


def together(*doers: Doers) -> Doers:
    """Everybody of several, once."""
    units = dict.fromkeys(unit for one in doers for unit in one.units)
    people = dict.fromkeys(person for one in doers for person in one.people)
    return Doers(tuple(units), tuple(people))
