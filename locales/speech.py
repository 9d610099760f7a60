"""One language: the translation of sentences, and how dates and counts are written in it."""

import gettext
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache, lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_time
from babel.numbers import format_decimal
from markupsafe import Markup

from domain.deadlines import Deadline

FOLDER = Path(__file__).parent
LOCALES = ("vi", "en")
LARGE = 1000


class NotCompiled(Exception):
    """A catalogue has no compiled form; `make locales` makes it."""


@cache
def _catalogue(locale: str) -> gettext.NullTranslations:
    try:
        return gettext.translation("messages", FOLDER, [locale])
    except OSError as error:
        raise NotCompiled(locale) from error


@lru_cache(maxsize=1000)
def _weekday_and_date(day: date, locale: str) -> str:
    text = format_date(day, "EEEE, dd/MM/yyyy", locale)
    return text[0].lower() + text[1:] if locale == "vi" else text


@dataclass(frozen=True)
class Speech:
    """Speaks one language. Called with an English sentence, it gives the sentence in its own language."""

    locale: str = "vi"
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Asia/Ho_Chi_Minh"))

    def __call__(self, sentence: str) -> str:
        return _catalogue(self.locale).gettext(sentence)

    def day(self, day: date) -> str:
        """A weekday and a date, as offices write them: "thu Sau, 27/11/2026" with its marks."""
        return _weekday_and_date(day, self.locale)

    def weekday_and_day(self, day: date) -> str:
        """A weekday and a day, short enough for a picture: "T6 27/11"."""
        return format_date(day, "EEEEE dd/MM" if self.locale == "vi" else "EEE dd/MM", self.locale)

    def short_day(self, day: date) -> str:
        return format_date(day, "dd/MM/yyyy", self.locale)

    def instant(self, at: datetime) -> str:
        """A local hour and date."""
        return format_datetime(at, "HH:mm dd/MM/yyyy", self.zone, self.locale)

    def deadline(self, deadline: Deadline) -> str:
        """A deadline with its weekday, and its hour where it has one."""
        day = self.day(deadline.on)
        return f"{format_time(deadline.at, 'HH:mm', locale=self.locale)} {day}" if deadline.at else day

    def number(self, number: int) -> str:
        """A count that may be large, in groups of three: 1.000."""
        return format_decimal(number, locale=self.locale) if number >= LARGE else str(number)

    def count(self, number: int) -> str:
        """A number of days or tasks; below ten with a leading zero, as official papers write it."""
        return f"{number:02d}" if self.locale == "vi" else str(number)


def say(sentence: str, **facts: object) -> str:
    """Fill a sentence; what people typed is escaped, the sentence's own markup stays."""
    return str(Markup(sentence) % facts)  # noqa: S704 - the sentence comes from the catalogue, never from people


def lines(*parts: str | None) -> str:
    """One text out of lines; what is None is left out."""
    return "\n".join(part for part in parts if part is not None)
