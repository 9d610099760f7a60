"""Leave: no chains, both days included; and what whoever stands in may do on those days."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.absences import Absence, check_away, check_stand_in
from domain.people import Agency, Person, Role, Unit
from domain.permissions import STOOD_IN, TABLE, Action, Scope, may, may_at_present
from domain.refusals import Because, Refusal
from domain.tasks import Assignment, Status, Task

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
FIRST, LAST = date(2026, 11, 24), date(2026, 11, 28)

OFFICE, ROOM, OTHER = Unit(1, "Office"), Unit(2, "Room"), Unit(3, "Other")
LAN = Person(1, "Lan", 1, Role.OFFICE)
HEAD, DUNG, EM = (
    Person(2, "Head", 2, Role.UNIT_HEAD),
    Person(3, "Dung", 2, Role.OFFICER),
    Person(4, "Em", 2, Role.OFFICER),
)
FAR = Person(5, "Far", 3, Role.OFFICER)


def away(person: Person, stand_in: Person | None, first: date = FIRST, last: date = LAST) -> Absence:
    return Absence(0, person.id, stand_in.id if stand_in else None, first, last, person.id, NOW)


def agency(*absences: Absence, day: date = FIRST) -> Agency:
    return Agency([OFFICE, ROOM, OTHER], [LAN, HEAD, DUNG, EM, FAR], absences).on(day)


def task_of(person: Person) -> Assignment:
    return Assignment(7, Task(1, "Report", LAN.id, NOW), person.id, person.unit_id, Status.AWAITING)


@pytest.mark.parametrize(
    ("day", "stands_in"),
    [
        (FIRST - timedelta(days=1), False),
        (FIRST, True),
        (date(2026, 11, 26), True),
        (LAST, True),
        (LAST + timedelta(days=1), False),
    ],
)
def test_the_first_and_the_last_day_are_included(day: date, stands_in: bool) -> None:
    then = agency(away(DUNG, EM), day=day)
    assert (then.stand_in(DUNG.id) == EM) is stands_in
    assert (then.stands_in_for(EM.id) == [DUNG]) is stands_in
    assert may(EM, Action.CLAIM, task_of(DUNG), then) is stands_in


def test_an_absence_without_a_stand_in_changes_nothing() -> None:
    assert agency(away(DUNG, None)).stand_in(DUNG.id) is None
    assert not may(EM, Action.SEE, task_of(DUNG), agency(away(DUNG, None)))


def test_whoever_stands_in_may_what_the_absent_may_and_nothing_that_can_wait() -> None:
    then = agency(away(HEAD, FAR))
    for action in Action:
        assert may(FAR, action, task_of(EM), then) is (
            action in STOOD_IN and TABLE[Role.UNIT_HEAD][action] == Scope.UNIT
        )
    assert may_at_present(FAR, Action.CONFIRM, then)
    assert not may_at_present(FAR, Action.ASSIGN, then)
    assert not may_at_present(FAR, Action.CONFIRM, agency())


def test_nobody_confirms_what_is_theirs_or_what_they_stand_in_for() -> None:
    then = agency(away(DUNG, EM), away(HEAD, EM))
    for person in (DUNG, EM):
        assert not may(EM, Action.CONFIRM, task_of(person), then)
    assert may(EM, Action.CONFIRM, task_of(HEAD), agency(away(LAN, EM)))
    assert not may(EM, Action.CONFIRM, task_of(LAN), agency(away(LAN, EM)))


def test_whoever_stands_in_is_not_among_those_who_confirm() -> None:
    assert agency(away(DUNG, HEAD)).confirmers(DUNG) == [LAN]
    assert agency(away(DUNG, EM)).confirmers(DUNG) == [HEAD]


@pytest.mark.parametrize(
    ("known", "because"),
    [
        (away(DUNG, EM, LAST, LAST + timedelta(days=3)), Because.AWAY_ALREADY),
        (away(EM, DUNG, FIRST - timedelta(days=3), FIRST), Because.STANDS_IN_THEN),
    ],
)
def test_nobody_is_away_twice_or_while_standing_in(known: Absence, because: Because) -> None:
    with pytest.raises(Refusal) as refused:
        check_away(away(DUNG, None), [known])
    assert refused.value.because is because
    later = replace(known, from_on=LAST + timedelta(days=1), until_on=LAST + timedelta(days=3))
    check_away(away(DUNG, None), [later])


def test_a_stand_in_is_somebody_else_who_is_there() -> None:
    with pytest.raises(Refusal) as refused:
        check_stand_in(away(DUNG, DUNG), [])
    assert refused.value.because is Because.STAND_IN_ONESELF
    with pytest.raises(Refusal) as refused:
        check_stand_in(away(DUNG, EM), [away(EM, None, LAST, LAST)])
    assert refused.value.because is Because.STAND_IN_AWAY
    check_stand_in(away(DUNG, EM), [away(EM, None, LAST + timedelta(days=1), LAST + timedelta(days=1))])


def test_one_may_stand_in_for_several() -> None:
    check_stand_in(away(DUNG, EM), [away(HEAD, EM)])
    assert agency(away(DUNG, EM), away(HEAD, EM)).stands_in_for(EM.id) == [DUNG, HEAD]
