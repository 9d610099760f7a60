"""A deadline at the beginning of a text, and what is said after it: "20/12 waiting for the survey"."""

import re
from datetime import datetime

from domain.deadlines import Deadline
from domain.refusals import Because, Refusal
from domain.rules import Rules
from domain.workdays import WorkCalendar
from handlers.understanding.dates import SHOWN_TEXT, read_deadline
from locales.vocabulary import Vocabulary, Word, cleaned, words

MOST_WORDS = 14
"""No deadline is written in more words."""

UNITS = ("day", "week", "month", "quarter", "year")
"""What is no date by itself where more words follow: "one of these days" begins with it in Vietnamese."""

_SIGNS = re.compile(r"[\s:;,.!=()\u2013\u2014-]+")


def leading_deadline(
    text: str, now: datetime, rules: Rules, calendar: WorkCalendar, vocabulary: Vocabulary
) -> tuple[Deadline, str]:
    """The deadline that the longest possible beginning of a text gives, and the rest of it.

    Refuses like `read_deadline`, naming what was typed, where no beginning is a date.
    """
    clean = cleaned(text).strip()
    typed = words(clean)
    for count in range(min(len(typed), MOST_WORDS), 0, -1):
        if count == 1 < len(typed) and vocabulary.dates.whole(typed[:1]) in UNITS:
            break
        try:
            found = read_deadline(clean[: typed[count - 1].end], now, rules, calendar, vocabulary)
        except Refusal as refusal:
            if refusal.because is Because.DATE_UNREADABLE:
                continue
            raise
        if found is not None:
            return found, _rest(clean, typed, count, vocabulary)
    raise Refusal(Because.DATE_UNREADABLE, text=clean[:SHOWN_TEXT])


def _rest(text: str, typed: list[Word], count: int, vocabulary: Vocabulary) -> str:
    """What follows the date; a word that says nothing about a date is rather the first one of what follows."""
    while count > 1 and _says_nothing(typed[count - 1], vocabulary) and count < len(typed):
        count -= 1
    end = typed[count - 1].end
    signs = _SIGNS.match(text, end)
    return text[signs.end() if signs else end :].strip()


def _says_nothing(word: Word, vocabulary: Vocabulary) -> bool:
    return vocabulary.dates.whole([word]) == "ignored"
