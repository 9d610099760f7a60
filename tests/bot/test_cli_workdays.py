"""Working days on the command line: the counts, what explains them, and dates as offices write them."""

from datetime import date
from pathlib import Path

import pytest

from storage.codecs import table
from storage.models import CalendarDayRow
from tests.bot.cli_desk import Desk, lines


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(tmp_path, monkeypatch)


def first(desk: Desk, *words: str) -> str:
    done = desk.run("workdays", *words)
    assert done.exit_code == 0, done.output
    return lines(done.stdout)[0]


def test_days_are_counted_over_a_swapped_day(desk: Desk) -> None:
    # Friday 2 January 2026 is off, Saturday the 10th is worked instead
    assert first(desk, "add", "31/12/2025", "1") == "1 working days after Wednesday, 31/12/2025: Monday, 05/01/2026"
    assert first(desk, "add", "2026-01-09", "1").endswith(": Saturday, 10/01/2026")
    assert first(desk, "add", "12/01/2026", "-1").endswith("before Monday, 12/01/2026: Saturday, 10/01/2026")
    assert first(desk, "add", "9/1/2026", "0").endswith(": Friday, 09/01/2026")
    assert first(desk, "between", "2026-01-01", "10/01/2026").endswith(": 6 working days")
    assert first(desk, "between", "10/01/2026", "2026-01-01").endswith(": -6 working days")


def test_what_was_passed_over_is_named_with_its_notice(desk: Desk) -> None:
    said = desk.run("workdays", "between", "31/12/2025", "10/01/2026").stdout
    assert "12729/VPCP-KGVX" in said
    assert "Friday, 02/01/2026" in said
    assert "Saturday, 10/01/2026" in said
    assert "expected" not in said


def test_a_year_is_listed_with_its_swapped_days(desk: Desk) -> None:
    said = desk.run("workdays", "list", "2026").stdout
    assert [line for line in lines(said) if "10/01/2026" in line and "worked" in line and "12729/VPCP-KGVX" in line]
    assert "expected" not in said


def test_a_year_that_nobody_announced_is_marked(desk: Desk) -> None:
    listed = desk.run("workdays", "list", "2027").stdout
    assert "off (expected)" in listed
    assert "not been announced" in lines(listed)[-1]
    assert "not been announced" in desk.run("workdays", "add", "23/11/2026", "40").stdout


def test_the_offices_own_days_count(desk: Desk, database_url: str) -> None:
    desk.set(DATABASE_URL=database_url)
    day = {"day": date(2026, 11, 25), "working": False, "name": "Họp", "notice": "1/QĐ"}
    desk.within(lambda uow: uow.connection.execute(table(CalendarDayRow).insert(), day))
    said = desk.run("workdays", "add", "24/11/2026", "1").stdout
    assert lines(said)[0].endswith(": Thursday, 26/11/2026")
    assert "Họp (1/QĐ)" in said


def test_counting_makes_no_database(desk: Desk) -> None:
    desk.run("workdays", "list", "2026")
    assert not desk.path.parent.exists()


def test_a_database_that_cannot_be_read_is_counted_without(desk: Desk) -> None:
    desk.path.parent.mkdir()
    desk.path.write_text("not a database" * 100)
    done = desk.run("workdays", "add", "23/11/2026", "1")
    assert done.exit_code == 0
    assert len(lines(done.stderr)) == 1


@pytest.mark.parametrize(
    "words",
    [
        ("add", "31/02/2026", "1"),
        ("add", "tomorrow", "1"),
        ("add", "23/11/2026", "1001"),
        ("between", "01/01/1999", "01/01/2026"),
        ("list", "2101"),
    ],
)
def test_what_cannot_be_counted_is_refused_in_a_line(desk: Desk, words: tuple[str, ...]) -> None:
    done = desk.run("workdays", *words)
    assert done.exit_code == 1
    assert len(lines(done.stderr)) == 1
    assert done.stdout == ""
