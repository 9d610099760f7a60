"""Taking a roster in: again and again, with moves, corrections and namesakes."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.people import Agency, Role
from storage.roster import Changes, take_in
from storage.unit_of_work import Store
from tests.cast import BOARD, CENTRE, PLANNING, ROSTER, TECHNOLOGY, Line
from tests.storage.mail import opened
from tests.world import MONDAY

DUNG = next(line for line in ROSTER if line.name.endswith("Dung"))


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    async with opened(database_url) as made:
        yield made


class Imports:
    """Imports, each at an instant of its own."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.at = MONDAY

    async def __call__(self, *lines: Line) -> tuple[Changes, Agency]:
        self.at += timedelta(seconds=1)
        async with self.store.write() as uow:
            changes = await take_in(uow, lines, self.at)
        async with self.store.read() as uow:
            return changes, await uow.agency()


async def test_a_roster_makes_units_below_units_and_people_in_them(store: Store) -> None:
    changes, agency = await Imports(store)(*ROSTER)
    assert (len(changes.added), changes.updated, changes.unchanged, changes.units) == (10, [], 0, 5)
    tree = {unit.name: unit.parent_id and agency.units[unit.parent_id].name for unit in agency.units.values()}
    assert tree == {line.unit: line.parent for line in ROSTER}
    found = {(person.name, agency.unit_name(person), person.title, person.role) for person in agency.people.values()}
    assert found == {(line.name, line.unit, line.title, line.role) for line in ROSTER}


async def test_the_same_roster_twice_changes_nothing(store: Store) -> None:
    imports = Imports(store)
    _, before = await imports(*ROSTER)
    changes, after = await imports(*ROSTER)
    assert changes == Changes(unchanged=10)
    assert (dict(after.people), dict(after.units)) == (dict(before.people), dict(before.units))


async def test_who_is_focal_stays_so_where_the_roster_says_nothing_of_it(store: Store) -> None:
    imports = Imports(store)
    for said, focal in ((None, False), (True, True), (None, True), (False, False)):
        _, agency = await imports(*(replace(line, focal=said) if line == DUNG else line for line in ROSTER))
        assert [one.name for one in agency.people.values() if one.focal] == ([DUNG.name] if focal else [])


async def test_case_and_spaces_do_not_make_another_person(store: Store) -> None:
    imports = Imports(store)
    await imports(DUNG)
    changes, agency = await imports(replace(DUNG, name="PHẠM  THỊ DUNG", unit=TECHNOLOGY.upper()))
    assert changes.added == []
    assert len(agency.people) == 1
    assert len(agency.units) == 2


async def test_marks_do_make_another_person(store: Store) -> None:
    imports = Imports(store)
    await imports(DUNG)
    changes, agency = await imports(replace(DUNG, name="Phạm Thị Dũng"))
    assert len(changes.added) == 1
    assert len(agency.people) == 2


async def test_whoever_moves_stays_the_same_person(store: Store) -> None:
    imports = Imports(store)
    before, _ = await imports(*ROSTER)
    changes, agency = await imports(replace(DUNG, unit=PLANNING, title="Phó phòng", role=Role.UNIT_HEAD))
    (moved,) = changes.updated
    assert changes.added == []
    assert moved in before.added
    person = agency.people[moved]
    assert (agency.unit_name(person), person.title, person.role) == (PLANNING, "Phó phòng", Role.UNIT_HEAD)
    assert len(agency.people) == 10


async def test_namesakes_in_two_units_are_two_people(store: Store) -> None:
    imports = Imports(store)
    twins = (DUNG, replace(DUNG, unit=CENTRE))
    changes, agency = await imports(*twins)
    assert len(changes.added) == 2
    assert {agency.unit_name(person) for person in agency.people.values()} == {TECHNOLOGY, CENTRE}
    again, _ = await imports(*twins)
    assert again == Changes(unchanged=2)


async def test_a_new_namesake_does_not_move_the_one_who_was_there(store: Store) -> None:
    imports = Imports(store)
    first, _ = await imports(DUNG)
    changes, agency = await imports(DUNG, replace(DUNG, unit=CENTRE))
    assert (len(changes.added), changes.unchanged) == (1, 1)
    assert agency.unit_name(agency.people[first.added[0]]) == TECHNOLOGY


async def test_whoever_is_not_in_the_roster_stays(store: Store) -> None:
    imports = Imports(store)
    await imports(*ROSTER)
    _, agency = await imports(DUNG)
    assert len(agency.people) == 10


async def test_a_unit_can_be_put_below_another_one_later(store: Store) -> None:
    imports = Imports(store)
    await imports(replace(DUNG, parent=None))
    _, agency = await imports(replace(DUNG, parent=BOARD))
    names = {unit.name: unit for unit in agency.units.values()}
    assert names[TECHNOLOGY].parent_id == names[BOARD].id


async def test_an_empty_roster_is_harmless(store: Store) -> None:
    changes, agency = await Imports(store)()
    assert changes == Changes()
    assert agency.people == {}
