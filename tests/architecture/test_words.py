"""Every sentence: outside the code, complete, in the tone of an office, and without a place left open."""

import inspect
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from importlib import import_module
from pathlib import Path
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest

from bot.app import StartFault
from bot.cli.findings import Grade, Topic
from bot.setting_checks import SettingFault
from documents.reading.roster import RosterFault
from domain.people import Agency, Person, Role, Unit
from domain.refusals import Because, Refusal
from domain.tasks import Status
from domain.workdays import WorkCalendar
from handlers.commands import NEEDS
from locales.speech import LOCALES, Speech
from storage.backup import BackupFault
from tests import catalogues

ROOT = Path(__file__).parent.parent.parent
TEXTS = ROOT / "locales" / "texts"

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
UNIT = Unit(1, "Technology")
PERSON = Person(1, "An Example", 1, Role.UNIT_HEAD, "Head")
OPEN_PLACE = re.compile(r"%\(|%[sd]\b|\{\w+\}")

TOLD_BY_VALUE: dict[str, tuple[str, type[Enum]]] = {
    "setting_fault": ("fault", SettingFault),
    "roster_fault": ("fault", RosterFault),
    "backup_fault": ("fault", BackupFault),
    "start_fault": ("fault", StartFault),
    "grade": ("value", Grade),
    "topic": ("value", Topic),
}
"""Functions that are told something by its value, as they know nothing of the layer that defines it."""

BY_NAME: dict[str, Any] = {"commands": list(NEEDS), "command": "xong", "link": "https://example.gov.vn"}
"""Arguments whose type does not say what they are."""

BY_TYPE: dict[Any, Any] = {
    str: "sample",
    int: 3,
    float: 3.0,
    bool: True,
    bytes: b"",
    object: "sample",
    datetime: NOW,
    date: date(2026, 11, 27),
    time: time(17, 0),
    timedelta: timedelta(hours=48),
    Agency: Agency([UNIT], [PERSON]),
    Unit: UNIT,
    Person: PERSON,
    WorkCalendar: WorkCalendar(lambda _year: {}),
    Refusal: Refusal(Because.NOT_ALLOWED),
}


# -- letters -----------------------------------------------------------------------------------------------------------


def code_files() -> list[Path]:
    folders = ("bot", "handlers", "scheduler", "storage", "locales", "documents", "domain")
    return [ROOT / "main.py", *(path for folder in folders for path in sorted((ROOT / folder).rglob("*.py")))]


def test_no_letter_outside_ascii_in_code() -> None:
    found = {
        path.relative_to(ROOT).as_posix(): letters
        for path in code_files()
        if (letters := {c for c in path.read_text("utf-8") if ord(c) > 127 and unicodedata.category(c)[0] in "LM"})
    }
    assert found == {}


# -- catalogues --------------------------------------------------------------------------------------------------------


def test_the_catalogues_are_complete_and_compiled() -> None:
    assert catalogues.check() == []


def test_nobody_is_addressed_as_a_friend() -> None:
    said = [str(message.string) for message in catalogues.read("vi") if message.id]
    assert [text for text in said if re.search(r"\bbạn\b", text, re.IGNORECASE)] == []


# -- every message, rendered ------------------------------------------------------------------------------------------


def functions() -> Iterator[tuple[str, str]]:
    """Every function of the texts that speaks: its module and its name."""
    for path in sorted(TEXTS.glob("*.py")):
        module = import_module(f"locales.texts.{path.stem}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            speaks = "_" in inspect.signature(function).parameters
            if speaks and function.__module__ == module.__name__ and not name.startswith("_"):
                yield path.stem, name


def sample(kind: Any, name: str = "") -> Any:
    """Something of a type."""
    if kind in BY_TYPE:
        return BY_TYPE[kind]
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return sample(arguments[0], name)
    if origin is tuple:
        return () if not arguments else tuple(sample(one) for one in arguments if one is not Ellipsis)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {sample(arguments[0]): sample(arguments[1])}
    if isinstance(origin, type) and issubclass(origin, Sequence):
        return [sample(arguments[0])]
    if origin is frozenset:
        return frozenset(arguments[0]) if issubclass(arguments[0], Enum) else frozenset({sample(arguments[0])})
    if isinstance(kind, type) and issubclass(kind, Enum):
        return next(iter(kind))
    if is_dataclass(kind) and isinstance(kind, type):
        hints = get_type_hints(kind)
        return kind(**{field.name: sample(hints[field.name], field.name) for field in fields(kind) if field.init})
    raise TypeError(f"no sample of {kind!r} for {name!r}: add one to BY_TYPE or BY_NAME")


def argument_sets(name: str, function: Any) -> Iterator[dict[str, Any]]:
    """Arguments for a function: one set, and a further one for every choice that it makes."""
    hints = get_type_hints(function)
    parameters = [one for one in inspect.signature(function).parameters if one != "_"]
    base = {one: BY_NAME[one] if one in BY_NAME else sample(hints[one], one) for one in parameters}
    if name in TOLD_BY_VALUE:
        told, values = TOLD_BY_VALUE[name]
        yield from ({**base, told: one.value} for one in values)
        return
    yield base
    for one in parameters:
        kind = hints[one]
        if isinstance(kind, type) and issubclass(kind, Enum):
            yield from ({**base, one: value} for value in kind)
        elif kind is bool:
            yield {**base, one: False}
        elif type(None) in get_args(kind):
            yield {**base, one: None}
        elif kind is Refusal:
            yield from ({**base, one: refusal(because, near)} for because in Because for near in ("", "viec"))


_WAYS = {"connected": "Telegram", "others": "Web: https://example.test"}


def refusal(because: Because, near: str) -> Refusal:
    """A refusal with every fact that any sentence names; `near` is what was probably meant."""
    facts = {"number": 12, "percent": 150, "text": "sample", "date": date(2026, 11, 20), "name": "An", "unit": "Unit"}
    facts |= {"count": 3, "into": 4, "most": 20, "last": 3, "label": "Done"}
    return Refusal(
        because, **facts, length=2001, minutes=15, command="xong", nearest=near, suggested=near or None, **_WAYS
    )


def texts_in(said: Any) -> Iterator[str]:
    """Every string in what a function gave."""
    if isinstance(said, str):
        yield said
    elif isinstance(said, Mapping):
        yield from (text for value in said.values() for text in texts_in(value))
    elif isinstance(said, Sequence):
        yield from (text for value in said for text in texts_in(value))
    elif is_dataclass(said):
        yield from (text for field in fields(said) for text in texts_in(getattr(said, field.name)))


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(("module", "name"), list(functions()))
def test_every_message_is_said_whole(module: str, name: str, locale: str) -> None:
    function = getattr(import_module(f"locales.texts.{module}"), name)
    for arguments in argument_sets(name, function):
        said = function(Speech(locale), **arguments)
        assert [text for text in texts_in(said) if OPEN_PLACE.search(text)] == [], arguments


@pytest.mark.parametrize("locale", LOCALES)
def test_every_state_and_role_has_its_word(locale: str) -> None:
    from locales.texts.parts import role, status

    words = [status(Speech(locale), one) for one in Status] + [role(Speech(locale), one) for one in Role]
    assert len(set(words)) == len(words)
