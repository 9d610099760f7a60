"""The words that officers type, read from `words.toml`, and how a typed word is compared with them."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from domain.names import fold

FOLDER = Path(__file__).parent

_WORD = re.compile(r"\d+|(?:[^\W\d_][\u0300-\u036f]*)+")
_MARKS = "Mn"
_LONGEST_WORD = 40
# Vietnamese needs two marks on a letter; sorting thousands of them would take quadratic time.
_PILED_MARKS = re.compile(r"([\u0300-\u036f]{3})[\u0300-\u036f]+")
_UNSEEN = ("Cf", "Cc")


def cleaned(text: str) -> str:
    """The text in NFC, without characters that nobody sees (zero-width, direction, control); line breaks stay."""
    composed = unicodedata.normalize("NFC", _PILED_MARKS.sub(r"\1", text))
    return "".join(char for char in composed if char in "\n\t" or unicodedata.category(char) not in _UNSEEN)


_folded = lru_cache(maxsize=4096)(fold)


@lru_cache(maxsize=4096)
def _marks(word: str) -> str:
    """The marks of a word in no order, so that it does not matter on which vowel the tone is put."""
    plain = unicodedata.normalize("NFD", word.casefold()).replace("\u0111", "d\u0335")
    return "".join(sorted(char for char in plain if unicodedata.category(char) == _MARKS))


@dataclass(frozen=True, slots=True)
class Word:
    """A run of letters or of digits, and where it stands in its text."""

    text: str
    start: int
    end: int

    @property
    def folded(self) -> str:
        return _folded(self.text[:_LONGEST_WORD])

    @property
    def marks(self) -> str:
        return _marks(self.text[:_LONGEST_WORD])

    def is_written_as(self, other: "Word") -> bool:
        """Whether two words are the same one; a spelling without marks stands for every word that it may be."""
        if self.folded != other.folded:
            return False
        return not self.marks or not other.marks or self.marks == other.marks


def words(text: str) -> list[Word]:
    """The words and numbers of a text that has been cleaned."""
    return [Word(found[0], found.start(), found.end()) for found in _WORD.finditer(text)]


@dataclass(frozen=True, slots=True)
class Found:
    """What a phrase stands for, and how many words it took."""

    meaning: str
    length: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """One or more words that stand for something."""

    words: tuple[Word, ...]
    meaning: str

    def is_at(self, typed: Sequence[Word], start: int) -> bool:
        return all(word.is_written_as(typed[start + n]) for n, word in enumerate(self.words))

    def is_spelled_at(self, typed: Sequence[Word], start: int) -> bool:
        return all(word.marks == typed[start + n].marks for n, word in enumerate(self.words))


class Phrases:
    """Phrases of one kind, each standing for a meaning; the longest wins, then the exact spelling, then the first."""

    def __init__(self, table: Mapping[str, Iterable[str]], *, joined: bool = False) -> None:
        self._all = tuple(_phrases(table, joined))
        self._by_words: dict[tuple[str, ...], list[Phrase]] = {}
        for phrase in self._all:
            self._by_words.setdefault(tuple(word.folded for word in phrase.words), []).append(phrase)
        self._longest = max((len(key) for key in self._by_words), default=0)

    def __iter__(self) -> Iterator[Phrase]:
        return iter(self._all)

    def at(self, typed: Sequence[Word], start: int) -> Found | None:
        """The longest phrase that begins at a word."""
        for length in range(min(self._longest, len(typed) - start), 0, -1):
            key = tuple(word.folded for word in typed[start : start + length])
            fitting = [phrase for phrase in self._by_words.get(key, ()) if phrase.is_at(typed, start)]
            if fitting:
                best = next((phrase for phrase in fitting if phrase.is_spelled_at(typed, start)), fitting[0])
                return Found(best.meaning, length)
        return None

    def within(self, typed: Sequence[Word]) -> set[tuple[str, ...]]:
        """Every phrase that the words have somewhere, as plain words."""
        found = ((start, self.at(typed, start)) for start in range(len(typed)))
        return {tuple(word.folded for word in typed[start : start + one.length]) for start, one in found if one}

    def skip(self, typed: Sequence[Word], start: int) -> int:
        """Where the phrases that begin at a word end, one after another."""
        while found := self.at(typed, start):
            start += found.length
        return start

    def whole(self, typed: Sequence[Word]) -> str | None:
        """What the words say if they are one phrase and nothing else."""
        found = self.at(typed, 0)
        return found.meaning if found and found.length == len(typed) else None


def _phrases(table: Mapping[str, Iterable[str]], joined: bool) -> Iterator[Phrase]:
    for meaning, written in table.items():
        for text in written:
            parts = tuple(words(cleaned(text)))
            yield Phrase(parts, meaning)
            if joined and len(parts) > 1:
                run = "".join(word.text for word in parts)
                yield Phrase((Word(run, 0, len(run)),), meaning)


@dataclass(frozen=True)
class Vocabulary:
    """All that is understood of what is typed; `words.toml` says what each part is for."""

    commands: Phrases
    with_number: frozenset[str]
    with_maybe_number: frozenset[str]
    with_several: frozenset[str]
    with_fields: frozenset[str]
    with_view: frozenset[str]
    with_text: frozenset[str]
    with_days: frozenset[str]
    with_calendar: frozenset[str]
    with_acting: frozenset[str]
    opening: Phrases
    closing: Phrases
    aspect: Phrases
    numbering: Phrases
    viewed: Phrases
    joining: Phrases
    noting: Phrases
    counted: Phrases
    negation: Phrases
    under: Phrases
    point: Phrases
    adding: Phrases
    standing_in: Phrases
    moment: Phrases
    instead: Phrases
    by_notice: Phrases
    until: Phrases
    received: Phrases
    distinct: frozenset[str]
    calendar: Phrases
    steps: Phrases
    proposals: Phrases
    proposed: Phrases
    accusing: Phrases
    yes_or_no: Phrases
    noted: Phrases
    cancel: Phrases
    counting: Phrases
    choosing: Phrases
    roles: Phrases
    dates: Phrases

    @property
    def command_names(self) -> frozenset[str]:
        """What may follow the slash."""
        return frozenset(phrase.meaning for phrase in self.commands)


def _with_name(name: str, written: list[str]) -> list[str]:
    """A command is also understood by its name; where a phrase spells it out with marks, that one is stricter."""
    spelled = {fold(text).replace(" ", "") for text in written}
    return written if name in spelled else [*written, name]


@cache
def load(locale: str = "vi") -> Vocabulary:
    """The vocabulary of a language. Raises FileNotFoundError where it has none."""
    data: dict[str, Any] = tomllib.loads((FOLDER / locale / "words.toml").read_text(encoding="utf-8"))
    commands = Phrases({name: _with_name(name, written) for name, written in data["commands"].items()}, joined=True)
    takes, answers = data["takes"], data["answers"]
    particles = {kind: Phrases({kind: written}) for kind, written in data["particles"].items() if kind != "distinct"}
    own = {word.folded for phrase in commands for word in phrase.words}
    return Vocabulary(
        commands=commands,
        with_number=frozenset(takes["number"]),
        with_maybe_number=frozenset(takes["maybe_number"]),
        with_several=frozenset(takes["several"]),
        with_fields=frozenset(takes["fields"]),
        with_view=frozenset(takes["view"]),
        with_text=frozenset(takes["text"]),
        with_days=frozenset(takes["days"]),
        with_calendar=frozenset(takes["calendar"]),
        with_acting=frozenset(takes["acting"]),
        calendar=Phrases(data["calendar"]),
        distinct=frozenset(own | {fold(word) for word in data["particles"]["distinct"]}),
        steps=Phrases({name: _with_name(name, written) for name, written in data["steps"].items()}, joined=True),
        proposals=Phrases(data["proposals"], joined=True),
        proposed=Phrases(data["proposed"], joined=True),
        accusing=Phrases(data["wrongdoing"]),
        yes_or_no=Phrases({"yes": answers["yes"], "no": answers["no"]}),
        noted=Phrases({"noted": answers["noted"]}),
        cancel=Phrases({"cancel": answers["cancel"]}),
        counting=Phrases(data["counting"]),
        choosing=Phrases({"choosing": answers["choosing"]}),
        roles=Phrases(data["roles"]),
        dates=Phrases(data["dates"]),
        **particles,
    )
