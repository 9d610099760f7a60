"""From which day to which day: "24/11 to 28/11", "24-28/11", "from Monday to Friday", "next week", one day."""

import re
from datetime import date, datetime, time, timedelta

from domain.refusals import Because, Refusal
from domain.rules import Rules
from domain.workdays import WorkCalendar
from handlers.understanding.date_words import plain_words
from handlers.understanding.dates import SHOWN_TEXT, read_deadline
from locales.vocabulary import Vocabulary, cleaned, words

_HYPHEN = re.compile(r"(?<=\d)\s*[-\u2013]\s*(?=\d)|\s[-\u2013]\s")
_BARE_DAY = re.compile(r"\d{1,2}")


class DateRanges:
    """Reads ranges of days, from today on."""

    def __init__(self, now: datetime, rules: Rules, calendar: WorkCalendar, vocabulary: Vocabulary) -> None:
        self.now = now
        self.rules = rules
        self.calendar = calendar
        self.vocabulary = vocabulary

    def read(self, text: str) -> tuple[date, date]:
        """The first and the last day. Refuses like `read_deadline`, and where the last day comes before the first."""
        text = self._without_from(cleaned(text).strip())
        week = self._week(text)
        if week is not None:
            return week
        for start, end in self._parts(text):
            return self._between(start, end)
        day = self._day(text, self.now)
        return day, day

    def _without_from(self, text: str) -> str:
        typed = words(text)
        found = self.vocabulary.dates.at(typed, 0)
        if found and found.meaning == "from" and found.length < len(typed):
            return text[typed[found.length].start :]
        return text

    def _week(self, text: str) -> tuple[date, date] | None:
        """A whole week is its working days."""
        said = plain_words(text, self.vocabulary)
        today = self.rules.today(self.now)
        monday = today - timedelta(days=today.weekday())
        if said == "thisweek":
            return today, max(today, monday + timedelta(days=4))
        return (monday + timedelta(days=7), monday + timedelta(days=11)) if said == "nextweek" else None

    def _parts(self, text: str) -> list[tuple[str, str]]:
        """The two sides of "to", or of a hyphen between days."""
        typed = words(text)
        for at in range(1, len(typed)):
            found = self.vocabulary.dates.at(typed, at)
            if found and found.meaning == "to" and at + found.length < len(typed):
                return [(text[: typed[at].start].strip(), text[typed[at + found.length].start :])]
        hyphen = _HYPHEN.search(text)
        if hyphen and hyphen.start() > 0 and not self._is_day(text):
            return [(text[: hyphen.start()].strip(), text[hyphen.end() :])]
        return []

    def _is_day(self, text: str) -> bool:
        """Whether a text with a hyphen is one date, as in 24-11."""
        try:
            self._day(text, self.now)
        except Refusal:
            return False
        return True

    def _between(self, start: str, end: str) -> tuple[date, date]:
        if _BARE_DAY.fullmatch(start):
            # "24 to 28/11": the month is that of the end
            last = self._day(end, self.now)
            start = f"{start}/{last.month}/{last.year}"
        first = self._day(start, self.now)
        last = self._day(end, self.now)
        return first, last if last >= first else self._after(first, start, end)

    def _after(self, first: date, start: str, end: str) -> date:
        """A last day that is counted from the first: "from Monday next week to Friday"."""
        try:
            return self._day(end, datetime.combine(first, time(), self.rules.zone))
        except Refusal:
            raise Refusal(Because.LEAVE_BACKWARDS, text=f"{start} - {end}"[:SHOWN_TEXT]) from None

    def _day(self, text: str, now: datetime) -> date:
        found = read_deadline(text, now, self.rules, self.calendar, self.vocabulary)
        if found is None:
            raise Refusal(Because.DATE_UNREADABLE, text=text[:SHOWN_TEXT])
        return found.on
