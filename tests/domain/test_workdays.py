"""Counting working days along Vietnam's calendar, and the office's hours."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.workdays import DAY, MOST_WORKDAYS, CalendarDay, OfficeHours, WorkCalendar
from storage.calendar import calendar_with
from storage.holidays_vn import SHIPPED

OFFICIAL = calendar_with(SHIPPED)
PLAIN = WorkCalendar(lambda year: {})
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
HOURS = OfficeHours.parse("07:30-11:30,13:30-17:00")

days = st.dates(date(2023, 1, 1), date(2028, 12, 31))
counts = st.integers(1, 300)


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (date(2024, 4, 25), 5, date(2024, 5, 6)),
        (date(2024, 4, 25), 10, date(2024, 5, 13)),
        (date(2024, 4, 26), 5, date(2024, 5, 7)),
        (date(2025, 4, 24), 5, date(2025, 5, 5)),
        (date(2025, 12, 22), 10, date(2026, 1, 7)),
        (date(2025, 12, 24), 10, date(2026, 1, 9)),
        (date(2025, 12, 30), 5, date(2026, 1, 8)),
        (date(2025, 12, 30), 10, date(2026, 1, 14)),
        (date(2026, 2, 10), 5, date(2026, 2, 24)),
        (date(2026, 2, 10), 10, date(2026, 3, 3)),
        (date(2026, 4, 22), 5, date(2026, 5, 4)),
        (date(2026, 8, 20), 5, date(2026, 8, 26)),
        (date(2026, 8, 20), 10, date(2026, 9, 7)),
        (date(2026, 8, 27), 5, date(2026, 9, 8)),
    ],
)
def test_working_days_end_where_the_official_calendar_says(start: date, count: int, end: date) -> None:
    assert OFFICIAL.add(start, count) == end
    assert OFFICIAL.between(start, end) == count


@pytest.mark.parametrize(
    ("start", "end"), [(date(2025, 12, 22), date(2026, 1, 6)), (date(2025, 12, 24), date(2026, 1, 8))]
)
def test_before_the_announcement_the_same_days_ended_earlier(start: date, end: date) -> None:
    assert calendar_with(()).add(start, 10) == end


@pytest.mark.parametrize(("culture_day_off", "end"), [(True, date(2026, 12, 1)), (False, date(2026, 11, 30))])
def test_the_office_decides_about_the_24th_of_november(culture_day_off: bool, end: date) -> None:
    row = CalendarDay(date(2026, 11, 24), working=not culture_day_off, name="Ngày Văn hóa Việt Nam")
    assert calendar_with((*SHIPPED, row)).add(date(2026, 11, 23), 5) == end


def test_the_day_that_it_starts_on_is_not_counted() -> None:
    monday = date(2026, 11, 2)
    assert PLAIN.add(monday, 1) == monday + DAY
    assert PLAIN.add(monday, 0) == monday
    assert PLAIN.add(monday, -1) == date(2026, 10, 30)


def test_the_steps_tell_what_was_passed_over_and_why() -> None:
    steps = list(OFFICIAL.steps(date(2026, 4, 24), 1))
    assert [(step.day.day, step.counted) for step in steps] == [(25, None), (26, None), (27, None), (28, 1)]
    assert [step.why.name if step.why else None for step in steps] == [
        None,
        "Ngày Giỗ Tổ Hùng Vương",
        "Ngày Giỗ Tổ Hùng Vương (nghỉ bù)",
        None,
    ]


@pytest.mark.parametrize("count", [MOST_WORKDAYS + 1, -MOST_WORKDAYS - 1])
def test_too_many_days_are_refused(count: int) -> None:
    with pytest.raises(ValueError, match="at most 1000"):
        PLAIN.add(date(2026, 1, 1), count)


@given(days, counts)
def test_what_is_added_can_be_counted_and_taken_away(start: date, count: int) -> None:
    end = OFFICIAL.add(start, count)
    assert OFFICIAL.is_working(end)
    assert OFFICIAL.between(start, end) == count
    assert OFFICIAL.between(end, start) == -count
    assert OFFICIAL.add(end, -count) == OFFICIAL.on_or_before(start)


@given(days, counts)
def test_a_later_start_never_ends_earlier(start: date, count: int) -> None:
    assert OFFICIAL.add(start, count) <= OFFICIAL.add(start + DAY, count)


@given(days)
def test_the_nearest_working_days_enclose_a_day(day: date) -> None:
    before, after = OFFICIAL.on_or_before(day), OFFICIAL.on_or_after(day)
    assert before <= day <= after
    assert (before == after) is OFFICIAL.is_working(day)


@given(days, st.integers(0, 200), st.integers(0, 200))
def test_counts_of_neighbouring_stretches_add_up(day: date, first: int, second: int) -> None:
    middle, end = day + DAY * first, day + DAY * (first + second)
    assert OFFICIAL.between(day, middle) + OFFICIAL.between(middle, end) == OFFICIAL.between(day, end)


# -- office hours ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["", "07:30", "11:30-07:30", "07:30-11:30,11:00-17:00", "07:30-25:00", "half past seven"]
)
def test_hours_that_make_no_sense_are_refused(text: str) -> None:
    with pytest.raises(ValueError):
        OfficeHours.parse(text)


@pytest.mark.parametrize(
    ("local", "opens"),
    [
        (datetime(2026, 11, 23, 8, 0), datetime(2026, 11, 23, 8, 0)),
        (datetime(2026, 11, 23, 6, 0), datetime(2026, 11, 23, 7, 30)),
        (datetime(2026, 11, 23, 11, 30), datetime(2026, 11, 23, 13, 30)),
        (datetime(2026, 11, 20, 17, 0), datetime(2026, 11, 23, 7, 30)),
        (datetime(2026, 2, 13, 20, 0), datetime(2026, 2, 23, 7, 30)),
        (datetime(2026, 1, 10, 9, 0), datetime(2026, 1, 10, 9, 0)),
    ],
)
def test_the_office_opens_next(local: datetime, opens: datetime) -> None:
    now = local.replace(tzinfo=ZONE).astimezone(UTC)
    found = HOURS.next_open(now, ZONE, OFFICIAL)
    assert found == opens.replace(tzinfo=ZONE)
    assert found.tzinfo is UTC
    assert HOURS.is_open(found, ZONE, OFFICIAL)


@given(st.datetimes(datetime(2024, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)))
def test_the_next_opening_is_never_in_the_past(now: datetime) -> None:
    found = HOURS.next_open(now, ZONE, OFFICIAL)
    assert found >= now
    assert HOURS.is_open(found, ZONE, OFFICIAL)
    assert (found == now) is HOURS.is_open(now, ZONE, OFFICIAL)


def test_the_first_span_is_the_opening() -> None:
    assert HOURS.opening == time(7, 30)


@given(st.dates(date(2023, 1, 1), date(2028, 12, 31)), st.integers(0, 800))
def test_days_between_are_those_that_are_worked_one_by_one(start: date, days: int) -> None:
    end = start + DAY * days
    worked = sum(OFFICIAL.is_working(start + DAY * n) for n in range(1, days + 1))
    assert OFFICIAL.between(start, end) == worked
    assert OFFICIAL.between(end, start) == -worked
