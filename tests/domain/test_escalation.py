"""From which day on something is long overdue, against the count that people are shown."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.deadlines import Deadline, late_days
from domain.escalation import Step, days_of, due_by, spoken_since
from domain.workdays import CalendarDay, WorkCalendar

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
HOLIDAY = CalendarDay(date(2026, 11, 24), False, "Ngày Văn hóa Việt Nam")
CALENDAR = WorkCalendar(lambda year: {HOLIDAY.day: HOLIDAY} if year == 2026 else {})


@pytest.mark.parametrize("days", [1, 2, 4, 7])
@pytest.mark.parametrize("at", [None, time(0, 1), time(9), time(23, 59)])
def test_what_is_carried_up_is_what_is_said_to_be_so_many_days_overdue(days: int, at: time | None) -> None:
    for today in (date(2026, 11, 20) + timedelta(days=n) for n in range(21)):
        if not CALENDAR.is_working(today):
            continue
        now = datetime.combine(today, time(7, 45), ZONE).astimezone(UTC)
        until = due_by(days, today, ZONE, CALENDAR)
        for on in (today - timedelta(days=n) for n in range(1, 20)):
            deadline = Deadline(on, at)
            assert (deadline.instant(ZONE) <= until) is (late_days(deadline, now, ZONE, CALENDAR) >= days), (today, on)


def test_a_report_holds_it_back_for_two_working_days() -> None:
    since = spoken_since(date(2026, 11, 26), ZONE, CALENDAR)
    assert since == datetime(2026, 11, 23, tzinfo=ZONE)


def test_each_step_has_its_day() -> None:
    assert [days_of(step, (2, 4, 7)) for step in Step] == [2, 4, 7]
