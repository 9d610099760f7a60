"""How alike two names of bodies are: a slip of the finger, words by their initials, words that they share."""

import re

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from handlers.understanding.addressees import abbreviates

_SHORTEST_SLIP = 4
"""In a shorter word another letter makes another word; so it does in a number."""

_OF_PLACE = re.compile(r" (?:tinh|thanh pho|tp) ")


def shortens(asked: list[str], name: list[str]) -> bool:
    """Whether words are a name with some of them by their initials; "and" is often left out."""
    bare = [word for word in name if word != "va"]
    return abbreviates(asked, name) or abbreviates([word for word in asked if word != "va"], bare)


def is_short_for(words: str, called: str) -> bool:
    """Whether a name is the agency's own, by initials or without its province behind it."""
    if not called:
        return False
    shorter = _OF_PLACE.split(called)[0]
    return words == shorter or any(shortens(words.split(), name.split()) for name in (called, shorter))


def is_slip(asked: str, name: str) -> bool:
    """Whether two names differ by one letter of one word that is long enough."""
    one, other = asked.split(), name.split()
    if len(one) != len(other):
        return False
    pairs = [pair for pair in zip(one, other, strict=True) if pair[0] != pair[1]]
    if len(pairs) != 1:
        return False
    wrong, right = pairs[0]
    is_word = min(len(wrong), len(right)) >= _SHORTEST_SLIP and wrong.isalpha() and right.isalpha()
    return is_word and OSA.distance(wrong, right, score_cutoff=1) <= 1


def likeness(asked: str, name: str) -> float:
    """How alike two names are; one that has all words of the other, in their order, is very much so."""
    one, other = asked.split(), name.split()
    if min(len(one), len(other)) > 1 and (_is_part(one, other) or _is_part(other, one)):
        return 90 + fuzz.ratio(asked, name) / 10
    return fuzz.ratio(asked, name)


def _is_part(some: list[str], words: list[str]) -> bool:
    left = iter(words)
    return all(word in left for word in some)
