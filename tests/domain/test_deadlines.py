"""When a deadline is late, how near it is, and how many working days are left."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.deadlines import Deadline, Nearness, late_days, nearness, workdays_left
from domain.workdays import DAY
from storage.calendar import calendar_with
from storage.holidays_vn import SHIPPED

OFFICIAL = calendar_with(SHIPPED)
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
FRIDAY = date(2026, 11, 27)


def local(day: int, hour: int = 9, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE).astimezone(UTC)


def test_a_day_lasts_until_midnight_in_vietnam() -> None:
    assert Deadline(FRIDAY).instant(ZONE) == datetime(2026, 11, 27, 17, 0, tzinfo=UTC)


def test_an_hour_is_an_hour_in_vietnam() -> None:
    assert Deadline(FRIDAY, time(17, 0)).instant(ZONE) == datetime(2026, 11, 27, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("deadline", "now", "expected"),
    [
        (None, local(23), Nearness.NO_DEADLINE),
        (Deadline(FRIDAY), local(20), Nearness.LATER),
        (Deadline(FRIDAY), local(23), Nearness.THIS_WEEK),
        (Deadline(date(2026, 11, 29)), local(23), Nearness.THIS_WEEK),
        (Deadline(date(2026, 11, 30)), local(23), Nearness.LATER),
        (Deadline(date(2026, 11, 30)), local(29), Nearness.LATER),
        (Deadline(FRIDAY), local(27, 23, 59), Nearness.TODAY),
        (Deadline(FRIDAY), local(28, 0), Nearness.OVERDUE),
        (Deadline(FRIDAY, time(17)), local(27, 16, 59), Nearness.TODAY),
        (Deadline(FRIDAY, time(17)), local(27, 17), Nearness.OVERDUE),
    ],
)
def test_nearness(deadline: Deadline | None, now: datetime, expected: Nearness) -> None:
    assert nearness(deadline, now, ZONE) is expected


@pytest.mark.parametrize(
    ("day", "left", "late"),
    [(23, 3, 1), (26, 1, 1), (27, 0, 1), (28, 0, 1), (30, -1, 1)],
)
def test_days_left_and_days_late_are_working_days(day: int, left: int, late: int) -> None:
    assert workdays_left(Deadline(FRIDAY), local(day), ZONE, OFFICIAL) == left
    assert late_days(Deadline(FRIDAY), local(day), ZONE, OFFICIAL) == late


def test_three_working_days_late() -> None:
    assert late_days(Deadline(FRIDAY), local(2, month=12), ZONE, OFFICIAL) == 3


def test_late_across_the_new_year_holidays_counts_only_days_of_work() -> None:
    assert late_days(Deadline(date(2026, 2, 13)), local(24, month=2), ZONE, OFFICIAL) == 2


@given(st.dates(date(2024, 1, 1), date(2027, 12, 31)), st.none() | st.times())
def test_a_deadline_is_late_exactly_from_its_instant(on: date, at: time | None) -> None:
    deadline = Deadline(on, at)
    instant = deadline.instant(ZONE)
    assert nearness(deadline, instant, ZONE) is Nearness.OVERDUE
    assert nearness(deadline, instant - DAY / 86400, ZONE) in (Nearness.TODAY, Nearness.LATER, Nearness.THIS_WEEK)
