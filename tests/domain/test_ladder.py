"""On which days and at which hour somebody is reminded."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.deadlines import Deadline
from domain.ladder import LONGEST, Ladder, next_rung
from domain.workdays import OfficeHours
from storage.calendar import calendar_with
from storage.holidays_vn import SHIPPED

OFFICIAL = calendar_with(SHIPPED)
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
HOURS = OfficeHours.parse("07:30-11:30,13:30-17:00")


def opening(day: date) -> datetime:
    return datetime.combine(day, HOURS.opening, ZONE).astimezone(UTC)


def after(deadline: Deadline, now: datetime, ladder: Ladder | None = None) -> datetime:
    return next_rung(deadline, now, ladder or Ladder(), HOURS, ZONE, OFFICIAL)


def climb(deadline: Deadline, now: datetime, count: int) -> list[date]:
    """The days of the next reminders, each sent on time."""
    found = []
    for _ in range(count):
        now = after(deadline, now)
        assert now.astimezone(ZONE).time() == time(7, 30)
        found.append(now.astimezone(ZONE).date())
    return found


def days(month: int, *numbers: int) -> list[date]:
    return [date(2026, month, number) for number in numbers]


def test_the_rungs_before_and_after_a_deadline() -> None:
    # 12/6/2026 is a Friday, without a holiday near.
    assert climb(Deadline(date(2026, 6, 12)), opening(date(2026, 6, 1)), 9) == days(6, 5, 9, 11, 12, 15, 16, 18, 22, 24)


def test_rungs_are_working_days_across_the_new_year_holidays() -> None:
    found = climb(Deadline(date(2026, 2, 24)), opening(date(2026, 2, 1)), 6)
    assert found == [*days(2, 10, 12, 23, 24, 25, 26)]


def test_a_swapped_saturday_is_a_rung() -> None:
    assert date(2026, 8, 22) in climb(Deadline(date(2026, 8, 24)), opening(date(2026, 8, 1)), 4)


def test_a_deadline_on_a_rest_day_is_reminded_of_on_the_working_day_before() -> None:
    sunday = date(2026, 6, 14)
    assert climb(Deadline(sunday), opening(date(2026, 6, 1)), 6) == days(6, 5, 9, 11, 12, 15, 16)


def test_a_rung_is_strictly_after_the_instant() -> None:
    deadline = Deadline(date(2026, 6, 12))
    first = opening(date(2026, 6, 5))
    assert after(deadline, first - timedelta(microseconds=1)) == first
    assert after(deadline, first) == opening(date(2026, 6, 9))


def test_an_outage_is_made_up_for_with_one_reminder() -> None:
    deadline = Deadline(date(2026, 6, 12))
    assert after(deadline, opening(date(2026, 6, 11)) + timedelta(hours=3)) == opening(date(2026, 6, 12))
    assert after(deadline, datetime(2026, 6, 13, tzinfo=UTC)) == opening(date(2026, 6, 15))


def test_a_late_rung_whose_hour_is_still_to_come_is_not_left_out() -> None:
    deadline = Deadline(date(2026, 6, 12))
    fourth_day_late = opening(date(2026, 6, 18))
    assert after(deadline, fourth_day_late - timedelta(hours=2)) == fourth_day_late


def test_a_deadline_of_tomorrow_has_only_the_rungs_that_are_left() -> None:
    assert climb(Deadline(date(2026, 6, 12)), opening(date(2026, 6, 11)), 2) == days(6, 12, 15)


@pytest.mark.parametrize("years", [1, 3, 10])
def test_a_deadline_of_years_ago_is_still_reminded_of_every_second_working_day(years: int) -> None:
    now = opening(date(2026, 6, 12))
    found = climb(Deadline(date(2026 - years, 6, 12)), now, 4)
    assert found[0] > date(2026, 6, 12)
    assert [OFFICIAL.between(one, other) for one, other in pairwise(found)] == [2, 2, 2]


def test_the_agency_sets_its_own_ladder() -> None:
    assert Ladder.parse("10, 5,5,0 | 3,1 | 5") == Ladder((10, 5, 0), (1, 3), 5)
    assert Ladder.parse("5,3,1,0 | 1,2 | 2") == Ladder()


def test_a_ladder_without_rungs_before_or_after_goes_on_by_its_step() -> None:
    ladder = Ladder.parse(" | | 3")
    assert after(Deadline(date(2026, 6, 12)), opening(date(2026, 6, 1)), ladder) == opening(date(2026, 6, 17))


@pytest.mark.parametrize(
    "text",
    ["", "5,3", "5|1", "5|1|2|3", "5|1|", "5|1|0", "5|0,1|2", "-1|1|2", "a|1|2", "5|1|2,3", f"{LONGEST + 1}|1|2"],
)
def test_a_ladder_that_makes_no_sense_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        Ladder.parse(text)


@given(
    st.dates(date(2024, 1, 1), date(2027, 1, 1)),
    st.datetimes(datetime(2023, 6, 1), datetime(2027, 6, 1), timezones=st.just(UTC)),
)
def test_every_reminder_is_later_at_an_opening_and_never_far(due: date, now: datetime) -> None:
    rung = after(Deadline(due), now)
    assert rung > now
    assert HOURS.is_open(rung, ZONE, OFFICIAL)
    assert after(Deadline(due), rung) > rung
    if now >= Deadline(due).instant(ZONE):
        assert OFFICIAL.between(now.astimezone(ZONE).date(), rung.astimezone(ZONE).date()) <= 2
