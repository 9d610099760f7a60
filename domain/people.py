"""Who is who: units in a tree, people with a role, and the accounts they write from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    """What a person is to the assistant; `docs/glossary.md` has the officers' words."""

    OFFICER = "officer"
    UNIT_HEAD = "unit_head"
    OFFICE = "office"
    LEADER = "leader"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Unit:
    """A part of the agency; `parent_id` is None at the top."""

    id: int
    name: str
    parent_id: int | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """An officer of the agency."""

    id: int
    name: str
    unit_id: int
    role: Role
    title: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """A person on a channel. `last_heard_at` and `unreachable_since` are UTC."""

    id: int
    person_id: int
    channel: str
    address: str
    linked_at: datetime
    last_heard_at: datetime
    preferred: bool = False
    unreachable_since: datetime | None = None


def best_account(accounts: Iterable[Account]) -> Account | None:
    """The account that a letter goes to: the preferred one, else the last used, among those that can be reached."""
    reachable = [account for account in accounts if account.unreachable_since is None]
    return max(reachable, key=lambda account: (account.preferred, account.last_heard_at), default=None)


class Agency:
    """The tree of units and the people in it, as one value that questions can be asked of."""

    def __init__(self, units: Iterable[Unit], people: Iterable[Person]) -> None:
        self.units: Mapping[int, Unit] = {unit.id: unit for unit in units}
        self.people: Mapping[int, Person] = {person.id: person for person in people}
        self._heads: dict[int, list[Person]] = {}
        self._office: list[Person] = []
        self._leaders: list[Person] = []
        for person in self.people.values():
            if person.role is Role.UNIT_HEAD:
                self._heads.setdefault(person.unit_id, []).append(person)
            elif person.role is Role.OFFICE:
                self._office.append(person)
            elif person.role is Role.LEADER:
                self._leaders.append(person)

    def unit_name(self, person: Person) -> str:
        return self.units[person.unit_id].name

    def is_within(self, unit_id: int, ancestor_id: int) -> bool:
        """Whether a unit is another one or lies below it."""
        seen: set[int] = set()
        current: int | None = unit_id
        while current is not None and current not in seen:
            if current == ancestor_id:
                return True
            seen.add(current)
            current = self.units[current].parent_id if current in self.units else None
        return False

    def heads(self, unit_id: int) -> list[Person]:
        """The heads of the unit itself."""
        return self._heads.get(unit_id, [])

    def heads_over(self, person: Person) -> list[Person]:
        """Who heads the person's unit, or the nearest unit above that has a head; never the person."""
        seen: set[int] = set()
        current: int | None = person.unit_id
        while current is not None and current in self.units and current not in seen:
            others = [head for head in self.heads(current) if head.id != person.id]
            if others:
                return others
            if person.role is Role.UNIT_HEAD:
                return []
            seen.add(current)
            current = self.units[current].parent_id
        return []

    def headed(self) -> dict[int, list[int]]:
        """For each unit that has a head, the units whose people that head answers for: itself, and below it."""
        found: dict[int, list[int]] = {}
        for unit_id in self.units:
            nearest = self._nearest_headed(unit_id)
            if nearest is not None:
                found.setdefault(nearest, []).append(unit_id)
        return found

    def _nearest_headed(self, unit_id: int) -> int | None:
        seen: set[int] = set()
        current: int | None = unit_id
        while current is not None and current in self.units and current not in seen:
            if self.heads(current):
                return current
            seen.add(current)
            current = self.units[current].parent_id
        return None

    def leaders(self) -> list[Person]:
        return self._leaders

    def office(self) -> list[Person]:
        return self._office

    def confirmers(self, person: Person) -> list[Person]:
        """Who confirms a person's work: the unit head; for a head the Office; failing those, leaders; never oneself."""
        if person.role is not Role.UNIT_HEAD and (heads := self.heads_over(person)):
            return heads
        office = [other for other in self._office if other.id != person.id]
        return office or [other for other in self._leaders if other.id != person.id]
