"""The calendar: the package's days, what the assistant ships, and the Office's own word above both."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import delete, update

from domain.workdays import CalendarDay
from storage.calendar import calendar_day, calendar_with
from storage.holidays_vn import SHIPPED
from storage.unit_of_work import Store
from tests.storage.mail import opened


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    async with opened(database_url) as made:
        yield made


def test_a_correction_wins_over_the_package() -> None:
    holiday = date(2026, 9, 2)
    assert not calendar_with([]).is_working(holiday)
    corrected = calendar_with([CalendarDay(holiday, working=True, name="Trực", notice="CV 1")])
    assert corrected.is_working(holiday)
    assert not corrected.is_working(date(2026, 9, 1))


def test_a_correction_holds_for_its_own_year_only() -> None:
    corrected = calendar_with([CalendarDay(date(2026, 6, 12), working=False, name="Nghỉ")])
    assert not corrected.is_working(date(2026, 6, 12))
    assert corrected.is_working(date(2028, 6, 12))


async def test_a_new_database_has_the_days_that_are_shipped(store: Store) -> None:
    async with store.read() as uow:
        calendar = await uow.calendar()
    for day in SHIPPED:
        assert calendar.special(day.day) == day


async def test_shipping_again_adds_what_is_missing_and_leaves_the_offices_rows_alone(store: Store) -> None:
    mine, missing = SHIPPED[0], SHIPPED[1]
    async with store.write() as uow:
        own = update(calendar_day).where(calendar_day.c.day == mine.day)
        await uow.connection.execute(own.values(working=not mine.working, name="Văn phòng ghi", notice="CV 9"))
        await uow.connection.execute(delete(calendar_day).where(calendar_day.c.day == missing.day))
    async with store.write() as uow:
        assert await uow.calendar_days.ship() == 1
        assert await uow.calendar_days.ship() == 0
        calendar = await uow.calendar_days.load()
    assert calendar.special(mine.day) == replace(mine, working=not mine.working, name="Văn phòng ghi", notice="CV 9")
    assert calendar.special(missing.day) == missing
