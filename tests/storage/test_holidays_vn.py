"""Holidays as the package has them, and the corrections that come with the assistant."""

import subprocess
import sys
from datetime import date

import pytest

from domain.workdays import DAY
from storage.calendar import calendar_with
from storage.holidays_vn import SHIPPED, estimated, package_days

OFFICIAL = calendar_with(SHIPPED)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2024, 2, 8), date(2024, 2, 14)),
        (date(2024, 4, 18), date(2024, 4, 18)),
        (date(2024, 4, 27), date(2024, 5, 1)),
        (date(2024, 8, 31), date(2024, 9, 3)),
        (date(2025, 1, 25), date(2025, 2, 2)),
        (date(2025, 4, 7), date(2025, 4, 7)),
        (date(2025, 4, 30), date(2025, 5, 4)),
        (date(2025, 8, 30), date(2025, 9, 2)),
        (date(2026, 1, 1), date(2026, 1, 4)),
        (date(2026, 2, 14), date(2026, 2, 22)),
        (date(2026, 4, 25), date(2026, 4, 27)),
        (date(2026, 4, 30), date(2026, 5, 3)),
        (date(2026, 8, 29), date(2026, 9, 2)),
    ],
)
def test_the_announced_days_off_are_rest_days_and_the_days_beside_them_are_not(first: date, last: date) -> None:
    days = [first + DAY * n for n in range((last - first).days + 1)]
    assert not any(OFFICIAL.is_working(day) for day in days)
    assert OFFICIAL.is_working(OFFICIAL.on_or_before(first - DAY))
    assert OFFICIAL.is_working(OFFICIAL.on_or_after(last + DAY))


@pytest.mark.parametrize(
    ("worked", "off"),
    [
        (date(2024, 5, 4), date(2024, 4, 29)),
        (date(2025, 4, 26), date(2025, 5, 2)),
        (date(2026, 1, 10), date(2026, 1, 2)),
        (date(2026, 8, 22), date(2026, 8, 31)),
        (date(2019, 1, 5), date(2018, 12, 31)),
        (date(2014, 12, 27), date(2015, 1, 2)),
    ],
)
def test_a_swapped_saturday_is_worked_and_names_its_day_off(worked: date, off: date) -> None:
    special = OFFICIAL.special(worked)
    assert worked.weekday() == 5
    assert OFFICIAL.is_working(worked)
    assert not OFFICIAL.is_working(off)
    assert special is not None
    assert f"{off:%d/%m/%Y}" in special.name


def test_the_corrections_name_the_paper_that_says_so() -> None:
    assert {(row.day, row.working) for row in SHIPPED} == {(date(2026, 1, 2), False), (date(2026, 1, 10), True)}
    assert {row.notice for row in SHIPPED} == {"12729/VPCP-KGVX 25/12/2025"}


def test_the_package_alone_does_not_know_the_announcement_of_december_2025() -> None:
    alone = calendar_with(())
    differing = {row.day for row in SHIPPED if alone.is_working(row.day) != row.working}
    assert differing == {row.day for row in SHIPPED}


def test_names_are_vietnamese_and_never_a_wrong_lunar_day() -> None:
    names = {day.name for year in (2024, 2025, 2026, 2027) for day in package_days(year).values()}
    assert "Quốc khánh" in names
    assert "29 Tết" not in names


def test_culture_day_is_a_holiday_until_the_office_says_otherwise() -> None:
    culture_day = package_days(2026)[date(2026, 11, 24)]
    assert not culture_day.working
    assert culture_day.name == "Ngày Văn hóa Việt Nam"


@pytest.mark.parametrize(("year", "expected"), [(2024, False), (2026, False), (2027, True), (2030, True)])
def test_years_without_an_announcement_are_estimated(year: int, expected: bool) -> None:
    assert estimated(year) is expected


@pytest.mark.parametrize("year", range(2018, 2031))
def test_a_year_holds_only_its_own_days(year: int) -> None:
    days = package_days(year)
    assert len(days) >= 10
    assert all(key.year == year and key == day.day for key, day in days.items())


@pytest.mark.parametrize(("year", "count"), [(2024, 251), (2025, 250), (2026, 249)])
def test_a_year_has_its_number_of_working_days(year: int, count: int) -> None:
    assert OFFICIAL.between(date(year - 1, 12, 31), date(year, 12, 31)) == count


def test_the_package_is_imported_only_when_a_day_is_counted() -> None:
    code = "import sys, storage.holidays_vn; sys.exit('holidays' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
