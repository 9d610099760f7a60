"""From what was typed to the command that is meant, with or without a slash, with slips, in any spelling.

A slash asks for a command, so everything after it belongs to it. Without one the text may be ordinary talk: it is
taken for a command only where it begins like one and little else can be meant.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from handlers.understanding.remainders import is_taken_back, rest_of
from handlers.understanding.slips import nearest_command, slipped_command
from handlers.understanding.task_numbers import STOP, TaskNumbers
from locales.vocabulary import Found, Phrases, Vocabulary, Word, cleaned, words

OTHER_WORDS = 2
"""How many words may stand beside a command that lacks its number."""

NAME_WORDS = 4
"""How many words the name of a unit may have after a command that shows one."""

LONG_WORD = 5
"""A command of so many letters is known in spite of a slip, even alone."""

MOST_COURTESIES = 10
"""Where a text has more words of courtesy before a command, nobody looks for one."""

STEPS_OF = "vuongmac"
"""The command whose steps may be typed without it."""

_SLASH = re.compile(r"[^\w/<]*/\s*(?=\w)")
_BOT_NAME = re.compile(r"(\w+)@\w+")
_REVISION = re.compile(r"\s*#(\d{1,9})\b")

_YEAR = re.compile(r"(?:19|20)\d\d")
_SEVERAL_SHOWN = re.compile(r"xacnhan(?: \d{1,9}#\d{1,9}){2,}")


@dataclass(frozen=True, slots=True)
class Intent:
    """A command, the tasks that it names (`number` is the first of `numbers`), and the rest as it was typed.

    `revision` is the state of the task that a button was made for; `slash` says that a command was asked for;
    `step` is what is done about a difficulty, where that alone was typed.
    """

    command: str
    number: int | None = None
    rest: str = ""
    revision: int | None = None
    slash: bool = False
    numbers: tuple[int, ...] = ()
    step: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """No command, but this one may have been meant."""

    command: str


def understand(text: str, vocabulary: Vocabulary, action: bool = False) -> Intent | Suggestion | None:
    """What a text asks for; None for ordinary talk. `action` is true for what a button says."""
    return _Reading(cleaned(text), vocabulary, action).meaning()


def shown_tasks(says: str) -> list[Intent]:
    """What a button for several tasks asks for, each as it was shown: "xacnhan 12#3 14#2"; nothing for any other."""
    if not _SEVERAL_SHOWN.fullmatch(says):
        return []
    command, *shown = says.split()
    pairs = [one.split("#") for one in shown]
    return [Intent(command, int(number), revision=int(revision)) for number, revision in pairs]


def yes_or_no(text: str, vocabulary: Vocabulary) -> bool | None:
    """A plain yes or no; None for anything more."""
    answer = _whole(text, vocabulary.yes_or_no, vocabulary)
    return answer == "yes" if answer else None


def is_noted(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a text says that something has been taken note of, and nothing else."""
    return _whole(text, vocabulary.noted, vocabulary) is not None


def leading_answer(text: str, vocabulary: Vocabulary) -> tuple[bool | None, str]:
    """A yes or no that a text begins with, and what is said after it; None where it begins otherwise."""
    clean = cleaned(text)
    typed = words(clean)
    found = vocabulary.yes_or_no.at(typed, 0)
    if found is None:
        return None, clean.strip()
    return found.meaning == "yes", rest_of(clean, typed, found.length, typed[found.length - 1].end, vocabulary)


def bare_step(text: str, vocabulary: Vocabulary) -> str | None:
    """What is done about a difficulty, where nothing else is said: no number, no words."""
    return _whole(text, vocabulary.steps, vocabulary)


def _whole(text: str, phrases: Phrases, vocabulary: Vocabulary) -> str | None:
    """What a text says that is one phrase and nothing else, but for courtesies around it."""
    typed = words(cleaned(text))
    end = end_of_answer(typed, vocabulary)
    for start in _starts(typed[:end], vocabulary):
        if meaning := phrases.whole(typed[start:end]):
            return meaning
    return None


def is_cancel(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a dialog is to end, with or without a slash."""
    typed = words(_without_slash(cleaned(text))[0])
    return vocabulary.cancel.whole(typed[: end_of_answer(typed, vocabulary)]) is not None


def _without_slash(text: str) -> tuple[str, bool]:
    """The text behind a slash, and whether there was one; in groups the command also names the bot."""
    slash = _SLASH.match(text)
    if slash is None:
        return text, False
    text = text[slash.end() :]
    named = _BOT_NAME.match(text)
    return (named[1] + text[named.end() :] if named else text), True


def _starts(typed: Sequence[Word], vocabulary: Vocabulary) -> Iterator[int]:
    """Where a command may begin: at the first word, and after each courtesy before it."""
    start = 0
    for _ in range(min(len(typed), MOST_COURTESIES + 1)):
        yield start
        courtesy = vocabulary.opening.at(typed, start)
        if courtesy is None:
            return
        start += courtesy.length


def end_of_answer(typed: Sequence[Word], vocabulary: Vocabulary) -> int:
    """How many words are left without the politeness at the end; the first word always is."""
    end = len(typed)
    while end > 1 and vocabulary.closing.whole(typed[end - 1 : end]):
        end -= 1
    return end


class _Reading:
    """One text, and what it could mean."""

    def __init__(self, text: str, vocabulary: Vocabulary, action: bool) -> None:
        self.text, self.slash = _without_slash(text)
        self.words = words(self.text)
        self.known = vocabulary
        self.action = action
        self.explicit = self.slash or action

    def meaning(self) -> Intent | Suggestion | None:
        if not self.words:
            return None
        starts = [0] if self.explicit else list(_starts(self.words, self.known))
        for exact in (True, False):
            for start in starts:
                intent = self._number_first(start, exact) or self._command_first(start, exact)
                if intent := intent or (self._step_first(start) if exact else None):
                    return intent
        return self._suggestion(starts)

    def _find(self, start: int, exact: bool) -> Found | None:
        if exact:
            return self.known.commands.at(self.words, start)
        return None if self.action else slipped_command(self.words, start, self.known)

    def _suggestion(self, starts: list[int]) -> Suggestion | None:
        if self.slash:
            name = nearest_command(self.words, self.known)
            return Suggestion(name) if name else None
        for start in starts:
            found = self._find(start, exact=False)
            if found and start + found.length == len(self.words) and found.meaning in self.known.with_number:
                return Suggestion(found.meaning)
        return None

    def _command_first(self, start: int, exact: bool) -> Intent | None:
        found = self._find(start, exact)
        if found is None:
            return None
        command, after = found.meaning, start + found.length
        numbers: tuple[int, ...] = ()
        certain = exact or self.slash or self._is_long(start, after)
        if command in self.known.with_number | self.known.with_maybe_number:
            several = command in self.known.with_several
            counts = several or command in self.known.with_maybe_number
            then = (self.known.closing, self.known.aspect, self.known.noting, self.known.negation)
            numbers, after = self._numbers(after, several, counts, then)
        intent = self._intent(command, numbers, after)
        named = command in self.known.with_text and self.words[start].text == command
        return intent if self.explicit or named or self._is_meant(intent, after, certain) else None

    def _number_first(self, start: int, exact: bool) -> Intent | None:
        """The order "12 done", "task 12 is done"; a bare number must not be the beginning of a sentence."""
        then = (self.known.opening, self.known.commands)
        numbers, after = ((), start) if self.explicit else self._numbers(start, True, True, then)
        if not numbers:
            return None
        at = self.known.opening.skip(self.words, after)
        found = self._find(at, exact)
        if found is None or found.meaning not in self.known.with_number:
            return None
        if len(numbers) > 1 and found.meaning not in self.known.with_several:
            return None
        end = at + found.length
        intent = self._intent(found.meaning, numbers, end)
        if self.words[start].text.isdecimal() and intent.rest and not self._is_stopped(end):
            return None
        return intent if self._is_meant(intent, end, certain=True) else None

    def _step_first(self, start: int) -> Intent | None:
        """What is done about a difficulty, without the command's name: "answer 12 so and so"."""
        found = None if self.action else self.known.steps.at(self.words, start)
        if found is None:
            return None
        numbers, after = self._numbers(start + found.length, False, False, ())
        if not numbers:
            return None
        return replace(self._intent(STEPS_OF, numbers, after), step=found.meaning)

    def _numbers(self, start: int, several: bool, counts: bool, then: Sequence[Phrases]) -> tuple[tuple[int, ...], int]:
        """The numbers after a word, and where they end; `then` is what may follow several of them."""
        begin = self.known.aspect.skip(self.words, start)
        reader = TaskNumbers(self.text, self.words, self.known, counts=counts and not self.explicit)
        numbers, after = reader.read(begin, then if several else None)
        return (numbers, after) if numbers else ((), start)

    def _intent(self, command: str, numbers: tuple[int, ...], after: int) -> Intent:
        begin = self.words[after - 1].end
        revision = _REVISION.match(self.text, begin) if self.action and numbers else None
        if revision:
            begin, after = revision.end(), after + 1
        if self.explicit and not numbers and command not in self.known.with_number:
            rest = self.text[begin:].lstrip("_: \t\n").rstrip()
        else:
            rest = rest_of(self.text, self.words, after, begin, self.known)
        number = numbers[0] if numbers else None
        return Intent(command, number, rest, int(revision[1]) if revision else None, self.slash, numbers)

    def _is_meant(self, intent: Intent, after: int, certain: bool) -> bool:
        """Whether a text without a slash is more than talk that happens to begin with a command's word.

        A command with a slip is certain only by its length or by the number of a task.
        """
        command, others = intent.command, len(words(intent.rest))
        if command in self.known.with_several and is_taken_back(self.text, self.words, after, self.known):
            return False
        if intent.numbers:
            return command in self.known.with_number or others <= OTHER_WORDS
        if command in self.known.with_number:
            return certain and others <= OTHER_WORDS
        if command in self.known.with_fields and ";" in intent.rest:
            return certain
        if command in self.known.with_view and (others <= NAME_WORDS or self.known.viewed.at(self.words, after)):
            return certain
        if command in self.known.with_days and self._has_day(after):
            return certain
        if command in self.known.with_calendar and self._is_of_calendar(after):
            return certain
        if command in self.known.with_acting and self._is_said_for(after):
            return certain
        return certain and not others

    def _is_said_for(self, after: int) -> bool:
        """Whether a command that acts on a task stands behind a name."""
        found = (self.known.commands.at(self.words, start) for start in range(after + 1, len(self.words)))
        return any(one is not None and one.meaning in self.known.with_number for one in found)

    def _is_of_calendar(self, after: int) -> bool:
        """Whether a year, or what is done with days, stands right after a command."""
        is_year = after < len(self.words) and bool(_YEAR.fullmatch(self.words[after].text))
        return is_year or self.known.calendar.at(self.words, after) is not None

    def _has_day(self, after: int) -> bool:
        """Whether a day stands right after a command, or a date after a name."""
        found = self.known.dates.at(self.words, after)
        return (found is not None and found.meaning != "ignored") or any(
            word.text.isdecimal() for word in self.words[after:]
        )

    def _is_long(self, start: int, end: int) -> bool:
        return sum(len(word.text) for word in self.words[start:end]) >= LONG_WORD

    def _is_stopped(self, after: int) -> bool:
        """Whether a sign divides what comes after a word from what is before it."""
        return bool(STOP.match(self.text, self.words[after - 1].end))
