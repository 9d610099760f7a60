"""The checks of single settings: each takes what was typed and returns what is meant, or raises Wrong or ValueError."""

import re
from collections.abc import Callable
from datetime import time
from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit
from zoneinfo import ZoneInfo

from pydantic import SecretStr

from domain.decisions import Milestone
from domain.ladder import LONGEST, Ladder
from domain.templates import Template
from domain.workdays import OfficeHours

EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 -- compared with, not listened on
"""A rung further from the deadline than a year of work is a slip of the finger."""

TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]{20,}")
ZALO_TOKEN = re.compile(r"\d+:[A-Za-z0-9_.~-]{6,}")
WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{8,256}")
ZALO_APP_ID = re.compile(r"\d{5,20}")
ZALO_SECRET = re.compile(r"[\x21-\x7e]{8,256}")
ZALO_OA_TOKEN = re.compile(r"[\x21-\x7e]{8,4096}")
HOST = re.compile(r"[A-Za-z0-9.:_-]+")

_HOURS = re.compile(r"\d\d:\d\d-\d\d:\d\d(,\d\d:\d\d-\d\d:\d\d)*")
_HOUR = re.compile(r"\d\d:\d\d")
_SQLITE = "sqlite"
_POSTGRESQL = "postgresql+asyncpg"
_DRIVERS = {
    "sqlite": _SQLITE,
    _SQLITE: _SQLITE,
    "postgres": _POSTGRESQL,
    "postgresql": _POSTGRESQL,
    _POSTGRESQL: _POSTGRESQL,
}


class SettingFault(StrEnum):
    """What is wrong with a setting; the caller has the sentence."""

    UNKNOWN_NAME = "unknown_name"
    UNREADABLE_FILE = "unreadable_file"
    GIVEN_TWICE = "given_twice"
    BAD_VALUE = "bad_value"
    BAD_DATABASE = "bad_database"
    NO_DATABASE_FILE = "no_database_file"
    BAD_TIMEZONE = "bad_timezone"
    BAD_CHOICE = "bad_choice"
    BAD_HOURS = "bad_hours"
    BAD_LADDER = "bad_ladder"
    BAD_DAYS = "bad_days"
    BAD_HOUR = "bad_hour"
    BAD_MILESTONES = "bad_milestones"
    BAD_HOST = "bad_host"
    BAD_PORT = "bad_port"
    BAD_URL = "bad_url"
    NOT_HTTPS = "not_https"
    BAD_TOKEN = "bad_token"  # noqa: S105 -- names a fault
    BAD_ZALO_TOKEN = "bad_zalo_token"  # noqa: S105 -- names a fault
    BAD_WEBHOOK_SECRET = "bad_webhook_secret"  # noqa: S105 -- names a fault
    BAD_APP_ID = "bad_app_id"
    BAD_ZALO_SECRET = "bad_zalo_secret"  # noqa: S105 -- names a fault
    BAD_TEMPLATES = "bad_templates"
    MISSING = "missing"


class Wrong(ValueError):
    """A value that is wrong in another way than its setting usually is."""

    def __init__(self, fault: SettingFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def matching(pattern: re.Pattern[str]) -> Callable[[str], str]:
    """A check that the whole text has a shape."""

    def check(text: str) -> str:
        if not pattern.fullmatch(text):
            raise ValueError
        return text

    return check


def secret_matching(pattern: re.Pattern[str]) -> Callable[[SecretStr], SecretStr]:
    """The same for a secret."""

    def check(secret: SecretStr) -> SecretStr:
        matching(pattern)(secret.get_secret_value())
        return secret

    return check


def folder(path: Path) -> Path:
    """A folder, where ~ is somebody's home."""
    try:
        return path.expanduser()
    except RuntimeError:  # nobody of that name
        raise ValueError from None


def database_url(text: str) -> str:
    """The URL with the asynchronous driver in its scheme."""
    scheme, _, rest = text.strip().partition("://")
    driver = _DRIVERS.get(scheme.lower())
    if driver is None or not rest:
        raise ValueError
    if driver == _POSTGRESQL:
        return _with_drivers_ssl(f"{driver}://{rest}")
    path = rest.partition("?")[0]
    if not path.startswith("/") or path in ("/", "/:memory:") or path.startswith("/file:"):
        raise Wrong(SettingFault.NO_DATABASE_FILE)
    return f"{driver}://{rest}"


def _with_drivers_ssl(url: str) -> str:
    # libpq's `sslmode`, which providers hand out, is called `ssl` by asyncpg
    address, asks, query = url.partition("?")
    pairs = [("ssl" if name == "sslmode" else name, value) for name, value in parse_qsl(query)]
    urlsplit(address).port  # noqa: B018 -- raises for a port that is none
    return address + asks + urlencode(pairs)


def time_zone(name: str) -> str:
    """A name of the time zone database."""
    try:
        ZoneInfo(name)
    except (KeyError, OSError):  # "Asia" is a folder of the database
        raise ValueError from None
    return name


def office_hours(text: str) -> str:
    """Spans that the domain can read, without spaces."""
    compact = "".join(text.split())
    matching(_HOURS)(compact)
    OfficeHours.parse(compact)
    return compact


def ladder(text: str) -> str:
    """Rungs that the domain can read."""
    Ladder.parse(text)
    return text


def days(text: str) -> tuple[int, ...]:
    """Numbers of working days: "1,3"."""
    return tuple(int(part) for part in text.split(",") if part.strip())


def three_days(text: str) -> tuple[int, int, int]:
    """Three numbers of working days."""
    first, second, third = days(text)
    return first, second, third


def rising_days(text: str) -> str:
    """Numbers of working days, each greater than the one before."""
    given = days(text)
    if list(given) != sorted(set(given)) or not all(1 <= one <= LONGEST for one in given):
        raise ValueError
    return text


def three_rising_days(text: str) -> str:
    """The same, exactly three."""
    three_days(text)
    return rising_days(text)


def milestones(text: str) -> str:
    """Internal steps, each with its percentage of the time, in rising order."""
    Milestone.parse(text)
    return text


def zalo_templates(text: str) -> str:
    """Approved templates with what fills them in."""
    Template.parse(text)
    return text


def hour(text: str) -> str:
    """An hour of the day, such as 07:45."""
    matching(_HOUR)(text.strip())
    time.fromisoformat(text.strip())
    return text.strip()


def url(text: str) -> str:
    """An address of the web, without anything secret in it, and without a slash at the end."""
    parts = urlsplit(text)
    secret = "@" in parts.netloc or TOKEN.search(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.port == 0 or secret:
        raise ValueError
    if parts.query or parts.fragment or not text.isprintable() or " " in text:
        raise ValueError
    return text.rstrip("/")


def public_url(text: str) -> str:
    """The same, encrypted unless it leads to this very machine."""
    address = url(text)
    parts = urlsplit(address)
    if parts.scheme != "https" and not _is_loopback(parts.hostname or ""):
        raise Wrong(SettingFault.NOT_HTTPS)
    return address


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
