"""Vietnam's public holidays and swapped working days: from the `holidays` package, and what corrects it.

The package counts 24/11 (Vietnam Culture Day) as a holiday from 2026 on. The Politburo asked for that in Resolution
80-NQ/TW of 07/01/2026; whether it is law is for the Office to say, which may enter 24/11 as a working day.
"""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from domain.workdays import CalendarDay

if TYPE_CHECKING:
    from holidays import HolidayBase

_DATA: dict[str, Any] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))

SHIPPED: tuple[CalendarDay, ...] = tuple(CalendarDay(**row) for row in _DATA["correction"])
"""Official days that the package lacks."""


def estimated(year: int) -> bool:
    """Whether the days off of a year are computed only, because no paper has announced them yet."""
    return year > int(_DATA["announced"])


@cache
def package_days(year: int) -> Mapping[date, CalendarDay]:
    """The special days of a year as the package has them; a holiday on a weekend is among them."""
    # The package costs a tenth of a second to import, and most commands never count a day.
    from holidays import country_holidays

    # A day off at the turn of a year may be made up for in the other year.
    package = country_holidays("VN", years=range(year - 1, year + 2), expand=False, language="vi")
    days = [*_days_off(package), *_worked_days(package)]
    return {day.day: day for day in days if day.day.year == year}


def _days_off(package: "HolidayBase") -> Iterator[CalendarDay]:
    renamed: dict[str, str] = _DATA["renamed"]
    for day, name in package.items():
        yield CalendarDay(day, working=False, name=renamed.get(name, name))


def _worked_days(package: "HolidayBase") -> Iterator[CalendarDay]:
    """Weekend days on which offices work; the package names them only in the day off that they stand for."""
    for worked in package.weekend_workdays:
        written = f"{worked:%d/%m/%Y}"
        for off in (day for day, name in package.items() if written in name):
            yield CalendarDay(worked, working=True, name=_DATA["worked_name"].format(day=f"{off:%d/%m/%Y}"))
