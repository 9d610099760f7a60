"""Whom a name means: an officer or a unit of the agency, by likeness."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from rapidfuzz import fuzz, process

from domain.names import fold
from domain.people import Agency, Person, Unit
from domain.refusals import Because, Refusal
from locales.vocabulary import Vocabulary, cleaned, words

Named = TypeVar("Named", Person, Unit)

SURE, LIKELY = 100, 84
MOST_OFFERED = 8


@dataclass(frozen=True)
class Found:
    """Everybody and every unit that a name fits equally well."""

    people: tuple[Person, ...] = ()
    units: tuple[Unit, ...] = ()


def _bare(text: str, vocabulary: Vocabulary) -> str:
    """A name without the words of address before it."""
    typed = words(cleaned(text))
    # people bear names that are words of address too
    start = min(vocabulary.opening.skip(typed, 0), len(typed) - 1)
    return " ".join(word.folded for word in typed[start:])


def abbreviates(asked: list[str], name: list[str]) -> bool:
    """Whether each word asked for is the next word of a name, or the initials of the next few: "tt cntt"."""
    if not asked or not name:
        return not asked and not name
    if asked[0] == name[0] and abbreviates(asked[1:], name[1:]):
        return True
    taken = len(asked[0])
    initials = "".join(word[0] for word in name[:taken])
    return 2 <= taken == len(initials) and asked[0] == initials and abbreviates(asked[1:], name[taken:])


def _score(asked: str, name: str) -> float:
    """How well a name fits: whole, as its last words (given names come last), as some of its words, or nearly."""
    if asked == name:
        return 110
    if abbreviates(asked.split(), [word for word in name.split() if word[0].isalnum()]):
        return 107
    if name.endswith(" " + asked):
        return 105
    if f" {asked} " in f" {name} ":
        return SURE
    return fuzz.ratio(asked, name)


def find(text: str, agency: Agency, vocabulary: Vocabulary) -> Found:
    """The addressees that a text means. Refuses where there is none, naming what comes nearest."""
    asked = _bare(text, vocabulary)
    if not asked:
        raise Refusal(Because.NO_ADDRESSEE)
    people = [(_score(asked, fold(person.name)), person) for person in agency.people.values()]
    units = [(_score(asked, fold(unit.name)), unit) for unit in agency.units.values()]
    best = max((score for score, _ in [*people, *units]), default=0.0)
    if best < LIKELY:
        raise Refusal(Because.UNKNOWN_ADDRESSEE, text=text.strip()[:80], nearest=_nearest(asked, agency))
    return Found(_at(best, people), _at(best, units))


def _at(best: float, scored: Iterable[tuple[float, Named]]) -> tuple[Named, ...]:
    return tuple(one for score, one in scored if score == best)[:MOST_OFFERED]


def _nearest(asked: str, agency: Agency) -> str:
    """Names that come near, to be offered."""
    names = [unit.name for unit in agency.units.values()] + [person.name for person in agency.people.values()]
    folded = {fold(name): name for name in names}
    near = process.extract(asked, folded.keys(), scorer=fuzz.WRatio, limit=3, score_cutoff=60)
    return ", ".join(folded[match[0]] for match in near)


def nearest_units(text: str, units: Iterable[Unit]) -> list[Unit]:
    """Units with which a name shares some words, the nearest first."""
    named = {fold(unit.name): unit for unit in units}
    near = process.extract(fold(text), named.keys(), scorer=fuzz.token_set_ratio, limit=3, score_cutoff=60)
    return [named[match[0]] for match in near]


def head_of(unit: Unit, agency: Agency) -> Person:
    """Who gets what is assigned to a unit: its head."""
    heads = agency.heads(unit.id)
    if not heads:
        raise Refusal(Because.UNIT_WITHOUT_HEAD, unit=unit.name)
    return heads[0]
