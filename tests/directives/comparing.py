"""When a value that was read is the one of the label: spelling, spaces and forms of Unicode make no difference."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

Label = dict[str, Any]
VALUES = {
    "date": ("date",),
    "datetime": ("date",),
    "period_end": ("date",),
    "working_days_after_event": ("days", "event_date", "due_date"),
    "calendar_days_after_event": ("days", "event_date", "due_date"),
    "recurring": ("recurrence",),
}


def plain(text: object) -> str:
    """Letters, marks and digits only, in small letters: 'Ủy  ban' and 'UỶ BAN' are the same."""
    small = unicodedata.normalize("NFC", str(text or "")).casefold().replace("uỷ", "ủy")
    return re.sub(r"[\s.,;:]+", "", small)


def accepted(label: Label, field: str) -> list[Any]:
    return [label.get(field), *label.get(f"{field}_alt", [])]


def same_text(label: Label, field: str, read: object) -> bool:
    return plain(read) in {plain(value) for value in accepted(label, field)}


def same_subject(label: Label, read: object) -> bool:
    return _bare(read) in {_bare(value) for value in accepted(label, "subject")}


def same_issuer(label: Label, read: object) -> bool:
    return _body(read) in {_body(value) for value in accepted(label, "issuer")}


def same_names(label: Label, field: str, read: object) -> bool:
    """Names of bodies, in any order."""
    names = {plain(name) for name in read} if isinstance(read, Sequence) and not isinstance(read, str) else set()
    return any(names == {plain(name) for name in value or []} for value in accepted(label, field))


def same_point(label: Label, read: object) -> bool:
    def bare(point: object) -> str:
        return re.sub(r"\s", "", str(point or "")).casefold().rstrip(".)")

    return bare(read) in {bare(point) for point in accepted(label, "point")}


FIRST_WORDS = 8
"""How many are looked at where a label has the whole text."""


def first_words(label: Label) -> str:
    return str(label.get("starts_with") or " ".join(label["text"].split()[:FIRST_WORDS]))


def starts(label: Label, read: object) -> bool:
    firsts = [first_words(label), *label.get("starts_alt", [])]
    return any(plain(read).startswith(plain(first)) for first in firsts)


def same_deadline(label: Label, read: object) -> bool:
    """Kind and values; the words are compared by themselves."""
    return isinstance(read, dict) and any(_same_day(wanted, read) for wanted in accepted(label, "deadline"))


def same_quote(label: Label, read: object) -> bool:
    quotes = [quote for wanted in accepted(label, "deadline") for quote in accepted(wanted, "quote")]
    return isinstance(read, dict) and plain(read.get("quote")) in {plain(quote) for quote in quotes}


def _same_day(wanted: Label, read: Label) -> bool:
    kind = wanted["kind"]
    if read.get("kind") != kind:
        return False
    return all(_value(wanted.get(field)) == _value(read.get(field)) for field in VALUES.get(kind, ()))


def _value(value: object) -> object:
    """Parts of a recurrence may come in any order."""
    return frozenset(part.strip() for part in value.split(";")) if isinstance(value, str) else value


def _bare(subject: object) -> str:
    return re.sub(r"^(v/v|vềviệc|về)", "", plain(subject))


def _body(name: object) -> str:
    return plain(name).replace("ủybannhândân", "ubnd")
