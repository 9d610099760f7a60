"""Extensions: when they may be asked for, who decides, and what becomes of the assignment."""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from domain.deadlines import Deadline
from domain.extensions import approvers, check_in_time, check_later, extend, may_grant
from domain.people import Agency, Person, Role, Unit
from domain.refusals import Because, Refusal
from domain.tasks import Assignment, Status, Task

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
LATER = datetime(2026, 12, 1, 0, 30, tzinfo=UTC)

BOARD, OFFICE, ROOM = Unit(1, "Board"), Unit(2, "Office", 1), Unit(3, "Room", 1)
LEADER = Person(1, "Leader", 1, Role.LEADER)
LAN, OANH = Person(2, "Lan", 2, Role.OFFICE), Person(3, "Oanh", 2, Role.OFFICE)
HEAD, OFFICER = Person(4, "Head", 3, Role.UNIT_HEAD), Person(5, "Officer", 3, Role.OFFICER)
AGENCY = Agency([BOARD, OFFICE, ROOM], [LEADER, LAN, OANH, HEAD, OFFICER])

DUE = Deadline(date(2026, 11, 27))


def given_by(person: Person, to: Person = OFFICER, **more: object) -> Assignment:
    one = Assignment(
        7, Task(1, "Report", person.id, NOW), to.id, to.unit_id, Status.IN_PROGRESS, deadline=DUE, original_deadline=DUE
    )
    return replace(one, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("giver", "deciding"), [(LAN, [LAN, OANH]), (HEAD, [HEAD]), (LEADER, [LEADER]), (OFFICER, [HEAD])]
)
def test_whoever_gave_the_task_decides_else_the_confirmers(giver: Person, deciding: list[Person]) -> None:
    assert approvers(given_by(giver), AGENCY) == deciding


def test_nobody_of_the_office_decides_about_their_own_task() -> None:
    assert approvers(given_by(OANH, to=LAN), AGENCY) == [OANH]
    assert not may_grant(LAN, given_by(OANH, to=LAN), AGENCY)


def test_a_head_does_not_move_what_the_office_set() -> None:
    assert not may_grant(HEAD, given_by(LAN), AGENCY)
    assert may_grant(HEAD, given_by(HEAD), AGENCY)
    assert may_grant(LAN, given_by(HEAD), AGENCY)


def test_an_extension_keeps_the_first_deadline_and_forgives_being_late() -> None:
    one = given_by(LAN, escalated=2)
    after = extend(one, Deadline(date(2026, 12, 20)), LATER, ZONE)
    assert (after.original_deadline, after.deadline) == (DUE, Deadline(date(2026, 12, 20)))
    assert (after.remind_at, after.escalated, after.revision) == (LATER, 0, one.revision + 1)
    assert extend(replace(one, stuck=True), Deadline(date(2026, 12, 20)), LATER, ZONE).remind_at is None


@pytest.mark.parametrize("new", [None, DUE, Deadline(date(2026, 11, 26))])
def test_a_new_deadline_is_a_later_date(new: Deadline | None) -> None:
    with pytest.raises(Refusal) as refused:
        check_later(given_by(LAN), new, ZONE)
    assert refused.value.because is Because.EXTENSION_NOT_LATER


def test_it_is_asked_for_before_the_deadline() -> None:
    check_in_time(given_by(LAN), NOW, ZONE)
    with pytest.raises(Refusal) as refused:
        check_in_time(given_by(LAN), datetime(2026, 11, 27, 17, 0, tzinfo=UTC), ZONE)
    assert refused.value.because is Because.EXTENSION_TOO_LATE


def test_on_time_is_judged_by_both_deadlines() -> None:
    claimed = datetime(2026, 12, 1, tzinfo=UTC)
    one = given_by(LAN, claimed_at=claimed, deadline=Deadline(date(2026, 12, 20)))
    assert (one.was_on_time(ZONE), one.was_on_time_originally(ZONE)) == (True, False)
