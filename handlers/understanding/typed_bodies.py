"""Whom somebody types that a task is for: several names, as a document would write them or as people are called."""

import re
from collections.abc import Iterator

from domain.people import Agency
from domain.proposals import Doers, together
from domain.refusals import Because, Refusal
from handlers.understanding.addressees import Found, find
from handlers.understanding.bodies import Bodies
from handlers.understanding.meant import Sure
from locales.vocabulary import Vocabulary

_DIVIDED = re.compile(r"\s*[;\n]\s*")
_JOINED = re.compile(r"\s*,\s*(?:v\u00e0\s+)?|\s+v\u00e0\s+", re.IGNORECASE)
_SHOWN = 80


def who(text: str, bodies: Bodies, agency: Agency, vocabulary: Vocabulary) -> Doers:
    """Everybody who is named. Refuses where one of the names is nobody's, or several people's."""
    found = [_one(name, bodies, agency, vocabulary) for name in _names(text, bodies)]
    if not found:
        raise Refusal(Because.NO_ADDRESSEE)
    return together(*found)


def _names(text: str, bodies: Bodies) -> Iterator[str]:
    """The names of a list; one that has a comma or an "and" in it, as many units have, is not torn apart."""
    for part in filter(None, _DIVIDED.split(text.strip())):
        cuts = [(found.start(), found.end()) for found in _JOINED.finditer(part)]
        start = 0
        while start < len(part):
            ends = [*((end, after) for end, after in cuts if end > start), (len(part), len(part))]
            sure = (pair for pair in reversed(ends) if bodies.whom(part[start : pair[0]]).sure is Sure.CERTAIN)
            end, after = next(sure, ends[0])
            if name := part[start:end].strip(" ,"):
                yield name
            start = after


def _one(name: str, bodies: Bodies, agency: Agency, vocabulary: Vocabulary) -> Doers:
    meant = bodies.whom(name)
    if meant.sure is Sure.CERTAIN:
        return meant.doers
    found = find(name, agency, vocabulary)
    doers = [*(Doers((unit.id,)) for unit in found.units), *(Doers(people=(one.id,)) for one in found.people)]
    if len(doers) != 1:
        raise Refusal(Because.SEVERAL_PEOPLE, text=name[:_SHOWN], name=_called(found, agency))
    return doers[0]


def _called(found: Found, agency: Agency) -> str:
    people = [f"{one.name} ({agency.unit_name(one)})" for one in found.people]
    return "; ".join([*(unit.name for unit in found.units), *people])
