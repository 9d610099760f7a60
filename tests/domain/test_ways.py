"""Which account a letter goes to, and how far a month's quota goes."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.channel import Limits
from domain.deadlines import Deadline
from domain.people import Account
from domain.ways import Share, Standing, best_way, is_vital, month_of, next_month, runs_out_on, to_warn_of
from domain.workdays import WorkCalendar

NOW = datetime(2026, 11, 23, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
WEEKDAYS = WorkCalendar(lambda _year: {})


def account(
    number: int, *, heard: int = 0, preferred: bool = False, reachable: bool = True, channel: str = "telegram"
) -> Account:
    lost = None if reachable else NOW
    return Account(number, 1, channel, str(number), NOW, NOW + timedelta(hours=heard), preferred, lost)


def used(messages: int, quota: int = 100) -> Standing:
    return Standing(Limits(monthly_quota=quota), messages)


def test_a_letter_goes_to_the_preferred_account() -> None:
    preferred = account(2, preferred=True)
    assert best_way([account(1, heard=5), preferred, account(3, heard=9)], {}, NOW) == preferred


def test_a_letter_goes_to_the_account_used_last_where_none_is_preferred() -> None:
    assert best_way([account(1, heard=1), account(2, heard=3), account(3, heard=2)], {}, NOW) == account(2, heard=3)


def test_a_preferred_account_that_cannot_be_reached_is_passed_over() -> None:
    assert best_way([account(1, preferred=True, reachable=False), account(2)], {}, NOW) == account(2)


def test_a_letter_goes_nowhere_when_nothing_can_be_reached() -> None:
    assert best_way([], {}, NOW) is None
    assert best_way([account(1, reachable=False)], {}, NOW) is None


def test_from_ninety_percent_on_only_vital_letters_use_the_quota() -> None:
    zalo, web = account(1, preferred=True, channel="zalo"), account(2, channel="web")
    assert best_way([zalo, web], {"zalo": used(89)}, NOW) == zalo
    assert best_way([zalo, web], {"zalo": used(90)}, NOW) == web
    assert best_way([zalo, web], {"zalo": used(90)}, NOW, Share.KEPT) == zalo
    assert best_way([zalo, web], {"zalo": used(100)}, NOW, Share.KEPT) == web


def test_who_has_no_other_way_waits_for_the_next_month() -> None:
    zalo = account(1, channel="zalo")
    assert best_way([zalo], {"zalo": used(100)}, NOW) == zalo
    assert best_way([zalo, account(2, reachable=False)], {"zalo": used(100)}, NOW) == zalo


def test_a_vendor_who_says_that_nothing_is_left_is_believed_for_a_day() -> None:
    zalo, web = account(1, preferred=True, channel="zalo"), account(2, channel="web")
    for hours, way in ((0, web), (23, web), (24, zalo)):
        standing = {"zalo": Standing(Limits(), 0, NOW)}
        assert best_way([zalo, web], standing, NOW + timedelta(hours=hours), Share.LAST) == way


@pytest.mark.parametrize(("hours", "way"), [(47, "oa"), (48, "web"), (72, "web")])
def test_a_window_shuts_some_time_after_the_last_word(hours: int, way: str) -> None:
    both = [account(1, preferred=True, channel="oa"), account(2, channel="web")]
    found = best_way(both, {"oa": Standing(Limits(window=timedelta(hours=48)))}, NOW + timedelta(hours=hours))
    assert found is not None
    assert found.channel == way


def test_where_a_window_is_shut_a_template_is_the_last_resort() -> None:
    oa, web, later = account(1, preferred=True, channel="oa"), account(2, channel="web"), NOW + timedelta(days=8)
    shut = {"oa": Standing(Limits(window=timedelta(days=7)))}
    with_template = {"oa": Standing(Limits(window=timedelta(days=7), after_window=True))}
    assert best_way([oa], shut, later) is None
    assert best_way([oa], with_template, later) == oa
    assert best_way([oa, web], with_template, later) == web


@pytest.mark.parametrize(("due", "vital"), [("2026-11-20", True), ("2026-11-23", True), ("2026-11-24", True)])
def test_the_last_reminders_are_those_for_the_next_working_day_and_for_what_is_overdue(due: str, vital: bool) -> None:
    assert is_vital(Deadline(date.fromisoformat(due)), date(2026, 11, 23), WEEKDAYS) is vital


def test_what_is_due_later_has_reminders_to_come() -> None:
    assert not is_vital(Deadline(date(2026, 11, 25)), date(2026, 11, 23), WEEKDAYS)
    assert not is_vital(None, date(2026, 11, 23), WEEKDAYS)
    # over a weekend the next working day counts
    assert is_vital(Deadline(date(2026, 11, 30)), date(2026, 11, 27), WEEKDAYS)


def test_a_month_is_a_local_one() -> None:
    last_evening = datetime(2026, 11, 30, 16, 59, tzinfo=UTC)
    assert month_of(last_evening, ZONE) == "2026-11"
    assert month_of(last_evening + timedelta(minutes=1), ZONE) == "2026-12"
    assert next_month(last_evening, ZONE) == last_evening + timedelta(minutes=1)
    assert month_of(next_month(datetime(2026, 12, 31, 12, tzinfo=UTC), ZONE), ZONE) == "2027-01"


def test_a_forecast_goes_by_the_working_days() -> None:
    # ten working days until Friday, 13 November; 150 a day, so 3,000 last ten more
    assert runs_out_on(1500, 3000, date(2026, 11, 13), WEEKDAYS) == date(2026, 11, 27)
    assert runs_out_on(1000, 3000, date(2026, 11, 13), WEEKDAYS) is None
    assert runs_out_on(3000, 3000, date(2026, 11, 13), WEEKDAYS) == date(2026, 11, 13)
    assert runs_out_on(0, 3000, date(2026, 11, 13), WEEKDAYS) is None
    # on a Sunday that begins a month nothing is known yet
    assert runs_out_on(5, 3000, date(2026, 11, 1), WEEKDAYS) is None


def test_each_mark_is_warned_of_once_and_the_highest_alone() -> None:
    found = [to_warn_of(used(n, 1000), NOW, 0) for n in (0, 699, 700, 899, 900, 999, 1000)]
    assert found == [None, None, 70, 70, 90, 90, 100]
    assert to_warn_of(used(950, 1000), NOW, 90) is None
    assert to_warn_of(used(1000, 1000), NOW, 90) == 100
    assert to_warn_of(Standing(Limits(monthly_quota=1000), 3, NOW), NOW, 0) == 100
