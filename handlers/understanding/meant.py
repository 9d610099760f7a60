"""Whom a name was understood to mean: for certain, perhaps, or nobody of the agency."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum, auto

from domain.proposals import NOBODY, Doers

MOST_CANDIDATES = 4


class Sure(StrEnum):
    """How well it is known whom a name means."""

    CERTAIN = auto()
    DOUBTFUL = auto()
    UNKNOWN = auto()
    ELSEWHERE = auto()
    """Another agency."""


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom a name means. `lasts`: whether it means the same in the next document, so that an answer is remembered."""

    name: str
    sure: Sure
    doers: Doers = NOBODY
    candidates: tuple[Doers, ...] = ()
    lasts: bool = True


def doubt(name: str, candidates: Sequence[Doers], *, lasts: bool = True) -> Meant:
    possible = tuple(dict.fromkeys(one for one in candidates if one))[:MOST_CANDIDATES]
    return Meant(name, Sure.DOUBTFUL if possible else Sure.UNKNOWN, candidates=possible, lasts=lasts)


def holds(doers: Doers, others: Doers) -> bool:
    return set(others.units) <= set(doers.units) and set(others.people) <= set(doers.people)
