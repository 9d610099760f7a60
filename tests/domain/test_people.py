"""Who heads whom, and who confirms whose work."""

from dataclasses import replace
from datetime import UTC, datetime

from domain.people import Agency, Person, Role, Unit
from domain.permissions import Action, may
from domain.tasks import Assignment, Status, Task

NOW = datetime(2026, 11, 23, tzinfo=UTC)
BOARD, ROOM, TEAM, CENTRE = Unit(1, "Ban Giám đốc"), Unit(2, "Phòng", 1), Unit(3, "Tổ", 2), Unit(4, "Trung tâm", 1)
UNITS = (BOARD, ROOM, TEAM, CENTRE)

HEAD = Person(10, "Trưởng phòng", ROOM.id, Role.UNIT_HEAD)
DEPUTY = Person(11, "Phó phòng", ROOM.id, Role.UNIT_HEAD)
OFFICER = Person(12, "Chuyên viên", ROOM.id, Role.OFFICER)
MEMBER = Person(13, "Tổ viên", TEAM.id, Role.OFFICER)
LONELY = Person(14, "Viên chức", CENTRE.id, Role.OFFICER)
OFFICE = Person(20, "Văn phòng", CENTRE.id, Role.OFFICE)
LEADER = Person(30, "Giám đốc", BOARD.id, Role.LEADER)
ADMIN = Person(40, "Quản trị", CENTRE.id, Role.ADMIN)


def test_who_cannot_be_reached_is_reached_through_the_focal_people_of_the_unit_else_its_head() -> None:
    focal = replace(OFFICER, id=50, focal=True)
    agency = Agency(UNITS, [HEAD, DEPUTY, OFFICER, MEMBER, LONELY, LEADER, focal])
    assert agency.contacts(OFFICER) == [focal]
    assert agency.contacts(focal) == [HEAD, DEPUTY]
    assert agency.contacts(HEAD) == [focal]
    assert agency.contacts(MEMBER) == [focal]
    assert agency.contacts(LONELY) == []


def test_a_unit_lies_within_itself_and_everything_above() -> None:
    agency = Agency(UNITS, [])
    assert [agency.is_within(TEAM.id, above.id) for above in UNITS] == [True, True, True, False]
    assert not agency.is_within(BOARD.id, TEAM.id)
    assert not agency.is_within(99, BOARD.id)


def test_an_officers_work_is_confirmed_by_every_head_of_the_unit() -> None:
    agency = Agency(UNITS, [HEAD, DEPUTY, OFFICER, OFFICE, LEADER])
    assert agency.confirmers(OFFICER) == [HEAD, DEPUTY]


def test_a_unit_without_a_head_is_confirmed_by_the_nearest_head_above() -> None:
    agency = Agency(UNITS, [HEAD, MEMBER, OFFICE, LEADER])
    assert agency.heads(TEAM.id) == []
    assert agency.confirmers(MEMBER) == [HEAD]


def test_the_office_confirms_where_no_unit_above_has_a_head() -> None:
    assert Agency(UNITS, [HEAD, LONELY, OFFICE, LEADER]).confirmers(LONELY) == [OFFICE]


def test_the_office_confirms_a_heads_work_not_the_other_head() -> None:
    assert Agency(UNITS, [HEAD, DEPUTY, OFFICE, LEADER]).confirmers(HEAD) == [OFFICE]


def test_leaders_confirm_a_heads_work_where_there_is_no_office() -> None:
    assert Agency(UNITS, [HEAD, DEPUTY, LEADER, ADMIN]).confirmers(HEAD) == [LEADER]


def test_whoever_is_asked_to_confirm_may_confirm() -> None:
    everybody = [HEAD, DEPUTY, OFFICER, MEMBER, LONELY, OFFICE, LEADER, ADMIN]
    for left_out in everybody:
        agency = Agency(UNITS, [person for person in everybody if person != left_out])
        for assignee in agency.people.values():
            task = Task(1, "Báo cáo", OFFICE.id, NOW)
            one = Assignment(1, task, assignee.id, assignee.unit_id, Status.AWAITING)
            assert all(may(person, Action.CONFIRM, one, agency) for person in agency.confirmers(assignee))


def test_nobody_confirms_ones_own_work() -> None:
    assert Agency(UNITS, [OFFICE, LEADER]).confirmers(OFFICE) == [LEADER]
    assert Agency(UNITS, [LEADER]).confirmers(LEADER) == []
    other = Person(21, "Văn phòng 2", CENTRE.id, Role.OFFICE)
    assert Agency(UNITS, [OFFICE, other]).confirmers(OFFICE) == [other]


def test_an_agency_of_one_has_nobody_to_confirm() -> None:
    assert Agency(UNITS, [OFFICER]).confirmers(OFFICER) == []


def test_units_that_are_above_each_other_do_not_turn_in_a_circle() -> None:
    ring = (Unit(1, "A", 2), Unit(2, "B", 3), Unit(3, "C", 1))
    officer = Person(1, "Cán bộ", 1, Role.OFFICER)
    agency = Agency(ring, [officer, OFFICE])
    assert agency.confirmers(officer) == [OFFICE]
    assert agency.is_within(1, 3)
    assert not agency.is_within(1, 4)


def test_a_person_in_an_unknown_unit_is_confirmed_by_the_office() -> None:
    lost = Person(1, "Cán bộ", 99, Role.OFFICER)
    assert Agency(UNITS, [lost, OFFICE]).confirmers(lost) == [OFFICE]
