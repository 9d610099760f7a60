"""Who is who: units in a tree, people with a role, and the accounts they write from."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.absences import Absence


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
    """An officer of the agency; a focal one is whom the others of the unit are reached through."""

    id: int
    name: str
    unit_id: int
    role: Role
    title: str = ""
    focal: bool = False


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


class Agency:
    """The tree of units and the people in it, as one value that questions can be asked of."""

    def __init__(self, units: Iterable[Unit], people: Iterable[Person], absences: Iterable[Absence] = ()) -> None:
        self.units: Mapping[int, Unit] = {unit.id: unit for unit in units}
        self.people: Mapping[int, Person] = {person.id: person for person in people}
        self.absences: Sequence[Absence] = tuple(absences)
        self._last: tuple[date, Agency] | None = None
        """The day that was asked for last: every event asks for today."""
        self._stand_ins: Mapping[int, int] = {}
        """On the day that this is the agency of: who is away, and who stands in."""
        self._heads: dict[int, list[Person]] = {}
        self._office: list[Person] = []
        self._leaders: list[Person] = []
        self._focal: dict[int, list[Person]] = {}
        for person in self.people.values():
            if person.focal:
                self._focal.setdefault(person.unit_id, []).append(person)
            if person.role is Role.UNIT_HEAD:
                self._heads.setdefault(person.unit_id, []).append(person)
            elif person.role is Role.OFFICE:
                self._office.append(person)
            elif person.role is Role.LEADER:
                self._leaders.append(person)

    def on(self, day: date) -> "Agency":
        """The agency as it is on a day: who is away then is stood in for."""
        if self._last is None or self._last[0] != day:
            self._last = (day, self._as_of(day))
        return self._last[1]

    def _as_of(self, day: date) -> "Agency":
        then = copy(self)
        then._stand_ins = {
            one.person_id: one.stand_in_id
            for one in self.absences
            if one.stand_in_id is not None
            and one.covers(day)
            and {one.stand_in_id, one.person_id} <= self.people.keys()
        }
        return then

    def with_stand_in(self, away: Person, other: Person) -> "Agency":
        """The same agency, in which somebody acts for another."""
        then = copy(self)
        then._stand_ins = {**self._stand_ins, away.id: other.id}
        return then

    def stand_in(self, person_id: int) -> Person | None:
        """Who stands in for somebody on the agency's day."""
        return self.people.get(self._stand_ins.get(person_id, 0))

    def stands_in_for(self, person_id: int) -> list[Person]:
        """Whom somebody stands in for on the agency's day."""
        return [self.people[away] for away, other in self._stand_ins.items() if other == person_id]

    def unit_name(self, person: Person) -> str:
        return self.units[person.unit_id].name

    def upward(self, unit_id: int) -> Iterator[int]:
        """A unit and those above it, the nearest first; each once, also where the roster goes round in a circle."""
        seen: set[int] = set()
        current: int | None = unit_id
        while current is not None and current not in seen:
            yield current
            seen.add(current)
            current = self.units[current].parent_id if current in self.units else None

    def is_within(self, unit_id: int, ancestor_id: int) -> bool:
        """Whether a unit is another one or lies below it."""
        return ancestor_id in self.upward(unit_id)

    def heads(self, unit_id: int) -> list[Person]:
        """The heads of the unit itself."""
        return self._heads.get(unit_id, [])

    def heads_over(self, person: Person) -> list[Person]:
        """Who heads the person's unit, or the nearest unit above that has a head; never the person."""
        for unit_id in self.upward(person.unit_id):
            if others := [head for head in self.heads(unit_id) if head.id != person.id]:
                return others
            if person.role is Role.UNIT_HEAD:
                break
        return []

    def contacts(self, person: Person) -> list[Person]:
        """Through whom a person is reached when nothing else does: the focal people of the unit, else its heads.

        Where there are none, those of the nearest unit above; never the person.
        """
        for unit_id in self.upward(person.unit_id):
            for group in (self._focal.get(unit_id, []), self.heads(unit_id)):
                if others := [one for one in group if one.id != person.id]:
                    return others
        return []

    def headed(self) -> dict[int, list[int]]:
        """For each unit that has a head, the units whose people that head answers for: itself, and below it."""
        found: dict[int, list[int]] = {}
        for unit_id in self.units:
            nearest = next((above for above in self.upward(unit_id) if self.heads(above)), None)
            if nearest is not None:
                found.setdefault(nearest, []).append(unit_id)
        return found

    def leaders(self) -> list[Person]:
        return self._leaders

    def office(self) -> list[Person]:
        return self._office

    def confirmers(self, person: Person) -> list[Person]:
        """Who confirms a person's work: the unit head; for a head the Office; failing those, leaders.

        Never oneself, nor whoever stands in for oneself; and before whom one stands in for, somebody higher.
        """
        workers = {person.id, self._stand_ins.get(person.id, person.id)}
        heads = [] if person.role is Role.UNIT_HEAD else self.heads_over(person)
        groups = [[one for one in group if one.id not in workers] for group in (heads, self._office, self._leaders)]
        free = ([one for one in group if self._stand_ins.get(one.id, one.id) not in workers] for group in groups)
        return next((group for group in (*free, *groups) if group), [])
