"""Difficulties: the clock in working days, whose turn it is after each step, and which buttons are old."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from domain import difficulties as rules
from domain.difficulties import Difficulty, Turn
from domain.refusals import Because, Refusal
from domain.rules import Rules
from domain.tasks import Assignment, Status, Task, give_back, progress
from domain.workdays import CalendarDay, WorkCalendar
from tests.world import ZONE, local

NOW = local("2026-11-25 09:00")
DUE = local("2026-11-28 00:00")
HOLIDAY = date(2026, 11, 24)
CALENDAR = WorkCalendar(lambda year: {HOLIDAY: CalendarDay(HOLIDAY, False, "holiday")} if year == 2026 else {})


def assignment(**changes: object) -> Assignment:
    one = Assignment(12, Task(1, "x", 1, NOW), 2, 3, Status.IN_PROGRESS, remind_at=NOW)
    return replace(one, **changes)  # type: ignore[arg-type]


def raised() -> Difficulty:
    return rules.raised(assignment(), 2, 0, NOW, DUE)


@pytest.mark.parametrize(
    ("began", "within", "due_on"),
    [
        ("2026-11-25 00:00", 2, date(2026, 11, 27)),
        ("2026-11-25 23:59", 2, date(2026, 11, 27)),
        ("2026-11-26 09:00", 2, date(2026, 11, 30)),
        ("2026-11-28 09:00", 2, date(2026, 12, 1)),
        ("2026-11-23 09:00", 2, date(2026, 11, 26)),
        ("2026-11-23 09:00", 1, date(2026, 11, 25)),
    ],
    ids=["midnight", "evening", "over a weekend", "on a Saturday", "over a holiday", "one day over a holiday"],
)
def test_an_answer_is_due_at_the_end_of_a_working_day(began: str, within: int, due_on: date) -> None:
    due = rules.answer_due(local(began), Rules(answer_within=within), CALENDAR)
    assert due == local(f"{due_on + timedelta(days=1)} 00:00")
    one = replace(raised(), due_at=due)
    assert one.due_on(ZONE) == due_on
    assert one.is_late(due)
    assert not one.is_late(due - timedelta(seconds=1))


def test_nobody_is_reminded_while_it_is_open_whatever_happens() -> None:
    stuck = rules.stick(assignment())
    assert (stuck.stuck, stuck.remind_at, stuck.revision) == (True, None, 2)
    assert progress(stuck, 50).remind_at is None
    assert give_back(replace(stuck, status=Status.AWAITING), NOW).remind_at is None
    assert rules.let_go(stuck, NOW).remind_at == NOW
    assert rules.let_go(replace(stuck, status=Status.AWAITING), NOW).remind_at is None


def test_a_finished_task_has_none() -> None:
    with pytest.raises(Refusal) as refused:
        rules.stick(assignment(status=Status.DONE))
    assert refused.value.because is Because.ALREADY_DONE


def test_each_step_gives_the_turn_on() -> None:
    later: datetime = NOW + timedelta(hours=1)
    one = raised()
    assert (one.turn, one.revision) == (Turn.OFFICE, 1)
    assert rules.reply(one, later, DUE) is one
    asked = rules.ask_back(rules.climb(one, DUE), later, DUE)
    assert (asked.turn, asked.turn_at, asked.revision, asked.climbed) == (Turn.OFFICER, later, 2, 0)
    replied = rules.reply(asked, later, DUE)
    assert (replied.turn, replied.revision) == (Turn.OFFICE, 3)
    up = rules.submit(replied, 9, later, DUE)
    assert (up.turn, up.leader_id) == (Turn.LEADER, 9)
    back = rules.discuss(up, later, DUE)
    assert (back.turn, back.leader_id) == (Turn.OFFICE, None)
    closed = rules.close(back, later)
    assert (closed.turn, closed.is_open, closed.due_at, closed.closed_at) == (Turn.NOBODY, False, None, later)


def test_a_leader_speaks_only_of_what_was_submitted() -> None:
    for step in (lambda: rules.discuss(raised(), NOW, DUE), lambda: rules.must_be_with_leader(raised())):
        with pytest.raises(Refusal) as refused:
            step()
        assert refused.value.because is Because.NOT_SUBMITTED


def test_an_old_button_is_known_and_a_command_speaks_of_the_present() -> None:
    one = raised()
    assert rules.check_seen(one, 12, 1) is one
    assert rules.check_seen(one, 12, None) is one
    closed = rules.close(one, NOW)
    for seen, known, because in (
        (2, one, Because.STALE_BUTTON),
        (1, None, Because.STALE_BUTTON),
        (1, closed, Because.STALE_BUTTON),
        (None, closed, Because.NO_DIFFICULTY),
        (None, None, Because.NO_DIFFICULTY),
    ):
        with pytest.raises(Refusal) as refused:
            rules.check_seen(known, 12, seen)
        assert refused.value.because is because
    again = rules.raised(assignment(), 2, closed.revision, NOW, DUE)
    assert again.revision > closed.revision
