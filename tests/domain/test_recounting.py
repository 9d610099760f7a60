"""Counting again: what was given in working days stays so many working days."""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from domain.deadlines import Deadline
from domain.recounting import move, recounted
from domain.tasks import Assignment, Status, Task
from domain.workdays import CalendarDay
from storage.calendar import calendar_with
from storage.holidays_vn import SHIPPED

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
BEFORE, AFTER = calendar_with([]), calendar_with(SHIPPED)
SOON = datetime(2026, 1, 5, tzinfo=UTC)


def given(start: date, days: int) -> Deadline:
    return Deadline(BEFORE.add(start, days), workdays=days, counted_from=start)


def task(deadline: Deadline, status: Status = Status.IN_PROGRESS) -> Assignment:
    about = Task(1, "Công bố danh mục", 1, SOON)
    return Assignment(1, about, 1, 1, status, deadline=deadline, original_deadline=deadline, escalated=3)


def test_the_swap_of_the_second_of_january_moves_what_was_counted_over_it() -> None:
    ten = given(date(2025, 12, 24), 10)
    assert (ten.on, recounted(ten, AFTER).on) == (date(2026, 1, 8), date(2026, 1, 9))
    assert recounted(given(date(2025, 12, 22), 10), AFTER).on == date(2026, 1, 7)
    five = given(date(2025, 12, 30), 5)
    assert (five.on, recounted(five, AFTER).on) == (date(2026, 1, 7), date(2026, 1, 8))
    # the Saturday makes up for the Friday where both lie within
    both = given(date(2025, 12, 30), 10)
    assert recounted(both, AFTER).on == both.on == date(2026, 1, 14)


def test_a_date_that_was_given_as_such_stays() -> None:
    plain = Deadline(date(2026, 1, 8))
    assert recounted(plain, AFTER) == plain


def test_a_later_date_forgives_being_late_and_an_earlier_one_does_not() -> None:
    one = task(given(date(2025, 12, 24), 10))
    later = move(one, recounted(given(date(2025, 12, 24), 10), AFTER), SOON, ZONE)
    assert (later.escalated, later.remind_at, later.revision) == (0, SOON, 2)
    assert later.original_deadline == one.original_deadline
    assert move(one, Deadline(date(2026, 1, 7)), SOON, ZONE).escalated == 3


def test_nobody_is_reminded_while_a_difficulty_is_open_or_the_task_rests() -> None:
    one = task(given(date(2025, 12, 24), 10))
    assert move(replace(one, stuck=True), Deadline(date(2026, 1, 9)), SOON, ZONE).remind_at is None
    assert move(replace(one, status=Status.PAUSED), Deadline(date(2026, 1, 9)), SOON, ZONE).remind_at is None


def test_a_calendar_with_some_days_otherwise() -> None:
    friday, saturday = date(2026, 11, 27), date(2026, 12, 5)
    changed = AFTER.with_days({friday: CalendarDay(friday, working=False, name="Nghỉ"), saturday: None})
    assert not changed.is_working(friday)
    assert AFTER.is_working(friday)
    assert changed.with_days({friday: None}).is_working(friday)
    assert changed.year(2025) == AFTER.year(2025)
