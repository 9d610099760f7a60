"""What waits for a decision: its deadline from the decision's date, and milestones planned backwards."""

from datetime import UTC, date, datetime

import pytest

from domain.decisions import CountsFrom, Decision, Milestone, Wait, due, plan
from storage.calendar import calendar_with
from storage.holidays_vn import SHIPPED

CALENDAR = calendar_with(SHIPPED)
STEPS = Milestone.parse("dự thảo 50, Văn phòng rà 70, trình ký 85, trình UBND tỉnh 100")


def decision(signed: date, received: date | None = None) -> Decision:
    return Decision(1, "1234/QĐ-BKHCN", signed, received, 1, datetime(2026, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (date(2025, 12, 24), 10, date(2026, 1, 9)),
        (date(2026, 2, 10), 5, date(2026, 2, 24)),
        (date(2026, 2, 10), 10, date(2026, 3, 3)),
        (date(2026, 8, 20), 5, date(2026, 8, 26)),
        (date(2025, 12, 30), 5, date(2026, 1, 8)),
    ],
)
def test_the_day_of_the_decision_is_not_counted(start: date, days: int, end: date) -> None:
    deadline = due(Wait("", days, working=True), start, CALENDAR)
    assert (deadline.on, deadline.workdays, deadline.counted_from) == (end, days, start)


def test_days_that_are_not_working_days_are_counted_as_such() -> None:
    deadline = due(Wait("", 5, working=False), date(2026, 2, 10), CALENDAR)
    assert (deadline.on, deadline.workdays) == (date(2026, 2, 15), None)


def test_the_agency_decides_from_which_date_it_counts() -> None:
    both = decision(date(2026, 11, 20), date(2026, 11, 23))
    assert both.counted_from(CountsFrom.SIGNED) == date(2026, 11, 20)
    assert both.counted_from(CountsFrom.RECEIVED) == date(2026, 11, 23)
    assert decision(date(2026, 11, 20)).counted_from(CountsFrom.RECEIVED) == date(2026, 11, 20)


def test_milestones_are_working_days_planned_backwards() -> None:
    # across Tet: 11, 12, 13, 23 and 24/02 are worked
    days = [day for _, day in plan(STEPS, date(2026, 2, 10), date(2026, 2, 24), CALENDAR)]
    assert days == [date(2026, 2, 12), date(2026, 2, 13), date(2026, 2, 23), date(2026, 2, 24)]


def test_milestones_of_one_day_are_on_that_day() -> None:
    assert {day for _, day in plan(STEPS, date(2026, 8, 20), date(2026, 8, 21), CALENDAR)} == {date(2026, 8, 21)}


@pytest.mark.parametrize("text", ["", "draft", "draft 50, checked 50", "draft 70, checked 50", "draft 0", "draft 101"])
def test_milestones_that_make_no_sense_are_refused(text: str) -> None:
    with pytest.raises(ValueError):
        Milestone.parse(text)
