"""When a directive is to go out: an hour, a day, or both, and nothing else; a sentence that names one is no time."""

from datetime import datetime

from domain.deadlines import Deadline
from domain.refusals import Because, Refusal
from domain.rules import Rules
from domain.workdays import WorkCalendar
from handlers.understanding.dates import SHOWN_TEXT, read_deadline
from locales.vocabulary import Vocabulary, Word, cleaned, words


def read_moment(
    text: str, now: datetime, rules: Rules, calendar: WorkCalendar, vocabulary: Vocabulary
) -> Deadline | None:
    """The time that a text gives, None for "at once". Refuses like `read_deadline`; NO_MOMENT where more is said."""
    clean = cleaned(text)
    typed = words(clean)
    first = vocabulary.moment.skip(typed, 0)
    shown = text.strip()[:SHOWN_TEXT]
    if not typed[first:] or not _is_whole(typed[first:], vocabulary):
        raise Refusal(Because.NO_MOMENT, text=shown)
    try:
        return read_deadline(clean[typed[first].start :], now, rules, calendar, vocabulary)
    except Refusal as refusal:
        if refusal.because is Because.DATE_UNREADABLE:
            raise Refusal(Because.NO_MOMENT, text=shown) from None
        raise


def _is_whole(typed: list[Word], vocabulary: Vocabulary) -> bool:
    """Whether every word belongs to the time: "before" and the like are known, and make it a deadline."""
    at = 0
    while at < len(typed):
        found = vocabulary.dates.at(typed, at)
        if found is None or found.meaning == "ignored":
            found = vocabulary.moment.at(typed, at)
        if found is None and not typed[at].text.isdecimal():
            return False
        at += found.length if found else 1
    return True
