"""Taking a roster into the database: what is there is updated, what is new is added, nothing is doubled."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from sqlalchemy import select, update

from domain.names import key as key_of
from domain.people import Role
from storage.codecs import table
from storage.models import PersonRow, UnitRow
from storage.unit_of_work import UnitOfWork

unit, person = table(UnitRow), table(PersonRow)


class RosterLine(Protocol):
    """One officer of a roster."""

    @property
    def name(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def role(self) -> Role: ...
    @property
    def parent(self) -> str | None: ...
    @property
    def focal(self) -> bool | None:
        """None where the roster says nothing of it: it stays as it is."""
        ...


@dataclass
class Changes:
    """What an import did: the people added and updated, by number, and how many lines changed nothing."""

    added: list[int] = field(default_factory=list)
    updated: list[int] = field(default_factory=list)
    unchanged: int = 0
    units: int = 0


async def take_in(uow: UnitOfWork, lines: Iterable[RosterLine], now: datetime) -> Changes:
    """Take a roster in, whole. People who are not in it stay as they are."""
    lines = list(lines)
    changes = Changes()
    units = await _take_in_units(uow, lines, changes)
    namesakes = Counter(key_of(line.name) for line in lines)
    for line in lines:
        may_have_moved = namesakes[key_of(line.name)] == 1
        await _take_in_person(uow, line, units[key_of(line.unit)], changes, may_have_moved=may_have_moved)
    await uow.roster_changed()
    return changes


async def _take_in_units(uow: UnitOfWork, lines: list[RosterLine], changes: Changes) -> dict[str, int]:
    names = {key_of(line.unit): line.unit for line in lines}
    names |= {key_of(line.parent): line.parent for line in lines if line.parent and key_of(line.parent) not in names}
    known = {row.key: row.id for row in await uow.connection.execute(select(unit.c.key, unit.c.id))}
    for key, name in names.items():
        if key not in known:
            added = unit.insert().values(name=name, key=key).returning(unit.c.id)
            known[key] = (await uow.connection.execute(added)).scalar_one()
            changes.units += 1
    for line in lines:
        if line.parent:
            above = (
                update(unit).where(unit.c.id == known[key_of(line.unit)]).values(parent_id=known[key_of(line.parent)])
            )
            await uow.connection.execute(above)
    return known


async def _take_in_person(
    uow: UnitOfWork, line: RosterLine, unit_id: int, changes: Changes, *, may_have_moved: bool
) -> None:
    values = {"name": line.name, "unit_id": unit_id, "role": line.role.value, "title": line.title, "left_at": None}
    if line.focal is not None:
        values["focal"] = line.focal
    same_name = list(await uow.connection.execute(select(person).where(person.c.key == key_of(line.name))))
    # somebody of that name in the unit is that person; the only one of that name elsewhere has moved
    known = next((row for row in same_name if row.unit_id == unit_id), None)
    if known is None and len(same_name) == 1 and may_have_moved:
        known = same_name[0]
    if known is None:
        added = person.insert().values(**{"focal": False, **values}, key=key_of(line.name)).returning(person.c.id)
        changes.added.append((await uow.connection.execute(added)).scalar_one())
    elif any(getattr(known, key) != value for key, value in values.items()):
        await uow.connection.execute(update(person).where(person.c.id == known.id).values(**values))
        changes.updated.append(known.id)
    else:
        changes.unchanged += 1
