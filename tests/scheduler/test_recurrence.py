"""The days of a rule, and that a day of rest is moved as the agency has decided."""

from datetime import date

import pytest

from domain.series import RestDay, due_on
from scheduler.recurrence import next_day
from storage.calendar import calendar_with
from storage.holidays_vn import SHIPPED

CALENDAR = calendar_with(SHIPPED)


@pytest.mark.parametrize(
    ("rule", "after", "day"),
    [
        ("FREQ=MONTHLY;BYMONTHDAY=20", date(2026, 11, 23), date(2026, 12, 20)),
        ("FREQ=MONTHLY;BYMONTHDAY=20", date(2026, 11, 19), date(2026, 11, 20)),
        ("FREQ=MONTHLY;BYMONTHDAY=20", date(2026, 11, 20), date(2026, 12, 20)),
        ("FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1", date(2026, 2, 1), date(2026, 2, 28)),
        ("FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1", date(2026, 2, 28), date(2026, 3, 30)),
        ("FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=28,29,30,31;BYSETPOS=-1", date(2026, 7, 1), date(2026, 9, 30)),
        ("FREQ=MONTHLY;BYMONTH=3;BYMONTHDAY=20", date(2026, 3, 20), date(2027, 3, 20)),
        ("FREQ=WEEKLY;BYDAY=FR", date(2026, 11, 27), date(2026, 12, 4)),
    ],
)
def test_the_next_day_of_a_rule(rule: str, after: date, day: date) -> None:
    assert next_day(rule, after) == day


def test_a_rule_without_a_further_day_says_so() -> None:
    with pytest.raises(ValueError, match="no day"):
        next_day("FREQ=MONTHLY;BYMONTHDAY=20;UNTIL=20260101T000000", date(2026, 11, 1))


def test_a_day_of_rest_is_moved() -> None:
    sunday, saturday_that_is_worked = date(2026, 12, 20), date(2026, 8, 22)
    assert due_on(sunday, RestDay.BEFORE, CALENDAR) == date(2026, 12, 18)
    assert due_on(sunday, RestDay.AFTER, CALENDAR) == date(2026, 12, 21)
    assert due_on(saturday_that_is_worked, RestDay.BEFORE, CALENDAR) == saturday_that_is_worked
