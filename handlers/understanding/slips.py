"""Slips of the finger in commands: one letter wrong, missing, too many, or two changed about."""

from collections.abc import Sequence

from rapidfuzz.distance import OSA

from locales.vocabulary import Found, Phrase, Vocabulary, Word

SHORTEST = 3
"""A word of fewer letters is another word, not a slip."""

_TOO_FAR = 2


def slipped_command(typed: Sequence[Word], start: int, vocabulary: Vocabulary) -> Found | None:
    """The command that begins at a word with exactly one slip in it; None where there is none or a doubt."""
    found = {
        Found(phrase.meaning, len(phrase.words))
        for phrase in vocabulary.commands
        if _fits(phrase, typed, start, vocabulary)
    }
    longest = max((one.length for one in found), default=0)
    meant = [one for one in found if one.length == longest]
    return meant[0] if len(meant) == 1 else None


def nearest_command(typed: Sequence[Word], vocabulary: Vocabulary) -> str | None:
    """The command that an unknown word after a slash is most like, or the beginning of."""
    word = typed[0].folded if typed else ""
    if len(word) < SHORTEST:
        return None
    begun = sorted(name for name in vocabulary.command_names if name.startswith(word))
    if begun:
        return begun[0]
    cutoff = min(_TOO_FAR, len(word) // 2)
    near = [
        (OSA.distance(word, phrase.words[0].folded, score_cutoff=cutoff), phrase.meaning)
        for phrase in vocabulary.commands
        if len(phrase.words) == 1
    ]
    distance, name = min(near)
    return name if distance <= cutoff else None


def _fits(phrase: Phrase, typed: Sequence[Word], start: int, vocabulary: Vocabulary) -> bool:
    size = len(phrase.words)
    if start + size > len(typed):
        return False
    slips = 0
    for n, wanted in enumerate(phrase.words):
        slips += _slips(typed[start + n], wanted, vocabulary, alone=size == 1)
        if slips > 1:
            return False
    return slips == 1


def _slips(word: Word, wanted: Word, vocabulary: Vocabulary, *, alone: bool) -> int:
    if word.is_written_as(wanted):
        return 0
    if word.folded == wanted.folded:
        # Other marks make another word, unless the words beside it are right.
        return _TOO_FAR if alone else 1
    if min(len(word.folded), len(wanted.folded)) < SHORTEST or word.folded in vocabulary.distinct:
        return _TOO_FAR
    # Who writes marks means them: they count as letters.
    pair = (word.text.casefold(), wanted.text.casefold()) if word.marks else (word.folded, wanted.folded)
    return OSA.distance(*pair, score_cutoff=1)
