"""Directives: what is broadcast to whom, who has acknowledged it, and when the silent are asked again.

Instants are UTC. A directive counts as received once its recipient, or a unit head for them, says so; however late.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum, auto
from operator import attrgetter

from domain.messages import StoredFile
from domain.people import Agency, Person, Role
from domain.rules import Rules
from domain.workdays import WorkCalendar

SUBJECT_LENGTH = 400
NUMBER_LENGTH = 60
SUMMARY_LENGTH = 300

FRESH = timedelta(hours=1)
"""How long after it has gone out a directive is fresh: it can be called off, and its numbers are kept up to date."""


class Everybody(StrEnum):
    """Audiences that need no list."""

    ALL = auto()
    HEADS = auto()
    NAMED = auto()


@dataclass(frozen=True, slots=True)
class Audience:
    """Who gets a directive: everybody, the unit heads, or those named: by their unit, or themselves."""

    kind: Everybody
    units: tuple[int, ...] = ()
    people: tuple[int, ...] = ()


def members(audience: Audience, agency: Agency) -> list[Person]:
    """Everybody in an audience, whoever publishes included, in the order in which they are sent to."""
    # thousands may be named, and this is asked for each few people of the fan-out
    named = frozenset(audience.people)
    chosen = [person for person in agency.people.values() if _belongs(person, audience, named, agency)]
    return sorted(chosen, key=attrgetter("id"))


def _belongs(person: Person, audience: Audience, named: Collection[int], agency: Agency) -> bool:
    if audience.kind is Everybody.ALL:
        return True
    if audience.kind is Everybody.HEADS:
        return person.role is Role.UNIT_HEAD
    return person.id in named or any(_is_of(person, unit_id, agency) for unit_id in audience.units)


def _is_of(person: Person, unit_id: int, agency: Agency) -> bool:
    """Whether somebody is in a unit or below it; the unit at the top stands for itself, as below it is everybody."""
    unit = agency.units.get(unit_id)
    if unit is None or unit.parent_id is None:
        return person.unit_id == unit_id
    return agency.is_within(person.unit_id, unit_id)


class State(StrEnum):
    """How far a directive has come."""

    SCHEDULED = auto()
    GOING_OUT = auto()
    SENT = auto()
    CANCELLED = auto()


@dataclass(frozen=True, slots=True)
class Directive:
    """A document that is broadcast. `id` is the short number that people type, `number` the document's own.

    `body` is its text where it was typed, `summary` one line about it. `sent_up_to` is the last person reached.
    """

    id: int
    number: str
    issued_on: date | None
    subject: str
    audience: Audience
    published_by: int
    created_at: datetime
    publish_at: datetime
    summary: str = ""
    body: str = ""
    files: tuple[StoredFile, ...] = ()
    sent_up_to: int = 0
    fanned_out_at: datetime | None = None
    cancelled_at: datetime | None = None
    status_letter_id: int | None = None

    def state(self, now: datetime) -> State:
        if self.cancelled_at is not None:
            return State.CANCELLED
        if self.fanned_out_at is not None:
            return State.SENT
        return State.GOING_OUT if self.sent_up_to or self.publish_at <= now else State.SCHEDULED

    def may_be_called_off(self, under_way: int, now: datetime) -> bool:
        """Whether it can still be stopped: while it is fresh, or so many letters are still under way."""
        if self.cancelled_at is not None:
            return False
        return self.fanned_out_at is None or under_way > 0 or now - self.fanned_out_at <= FRESH


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody whom a directive was sent to. `asks` is how often they were asked again."""

    directive_id: int
    person_id: int
    unit_id: int
    posted_at: datetime
    delivered_at: datetime | None = None
    unreachable: bool = False
    acknowledged_at: datetime | None = None
    acknowledged_by: int | None = None
    asks: int = 0
    ask_at: datetime | None = None

    @property
    def is_silent(self) -> bool:
        """Whether somebody who can be reached has not said that it was received."""
        return self.acknowledged_at is None and not self.unreachable


@dataclass(frozen=True, slots=True)
class Counts:
    """How many a directive goes to, was posted to, reached, was acknowledged by, and cannot reach.

    Of those `under_way` it is not known yet whether it has reached them.
    """

    total: int = 0
    posted: int = 0
    delivered: int = 0
    acknowledged: int = 0
    unreachable: int = 0
    under_way: int = 0

    @property
    def silent(self) -> int:
        return self.posted - self.acknowledged - self.unreachable

    @property
    def is_settled(self) -> bool:
        """Whether it is known of everybody if it has reached them."""
        return self.posted == self.total and not self.under_way


def ask_at(posted_at: datetime, asks: int, now: datetime, rules: Rules, calendar: WorkCalendar) -> datetime | None:
    """When somebody who was asked so many times is asked next; after the last time, when somebody else is told.

    Never twice on a day: what an outage has missed is not made up for.
    """
    if not rules.ask_again:
        return None
    days = rules.ask_again[asks] if asks < len(rules.ask_again) else rules.ask_again[-1] + 1
    day = max(calendar.add(rules.today(posted_at), days), calendar.add(rules.today(now), 1))
    return _opening(day, rules)


def _opening(day: date, rules: Rules) -> datetime:
    return datetime.combine(day, rules.hours.opening, rules.zone).astimezone(UTC)


def back_at(person_id: int, now: datetime, agency: Agency, rules: Rules, calendar: WorkCalendar) -> datetime | None:
    """When somebody who is on leave is back at work, and can be asked; None for whoever is there."""
    today = rules.today(now)
    away = [one.until_on for one in agency.absences if one.person_id == person_id and one.covers(today)]
    return _opening(calendar.add(max(away), 1), rules) if away else None


def told_of(person: Person, agency: Agency, reachable: Collection[int]) -> list[Person]:
    """Who is told that somebody stays silent: the unit's head; failing one who can be told, the Office."""
    heads = [head for head in agency.heads_over(person) if head.id in reachable]
    return heads or [other for other in agency.office() if other.id != person.id]


def of_units(recipients: Iterable[Recipient], units: Collection[int], agency: Agency) -> list[Recipient]:
    """Those of some units and of the units below them."""
    return [one for one in recipients if any(agency.is_within(one.unit_id, unit) for unit in units)]
