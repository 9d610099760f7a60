"""Recurring tasks: kept once, opened by themselves, listed and stopped; and the ready set of reports."""

from dataclasses import replace
from datetime import date

import pytest

from domain.series import RestDay
from handlers.understanding.rules_of_days import read_every
from locales import vocabulary
from tests.world import World, plain


@pytest.mark.parametrize(
    ("typed", "rule"),
    [
        ("hằng tháng ngày 20", "FREQ=MONTHLY;BYMONTHDAY=20"),
        ("ngày 20 hàng tháng", "FREQ=MONTHLY;BYMONTHDAY=20"),
        ("hang thang ngay 20", "FREQ=MONTHLY;BYMONTHDAY=20"),
        ("trước ngày 20 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=20"),
        ("mỗi tháng", "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1"),
        ("cuối tháng hằng tháng", None),
        ("hằng quý ngày 20", "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=20"),
        ("định kỳ hằng quý", "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=28,29,30,31;BYSETPOS=-1"),
        ("định kỳ 6 tháng ngày 15", "FREQ=MONTHLY;BYMONTH=6,12;BYMONTHDAY=15"),
        ("mỗi 6 tháng một lần", "FREQ=MONTHLY;BYMONTH=6,12;BYMONTHDAY=28,29,30,31;BYSETPOS=-1"),
        ("hằng năm ngày 15/12", "FREQ=MONTHLY;BYMONTH=12;BYMONTHDAY=15"),
        ("hàng năm", "FREQ=MONTHLY;BYMONTH=12;BYMONTHDAY=28,29,30,31;BYSETPOS=-1"),
        ("hằng tuần thứ sáu", "FREQ=WEEKLY;BYDAY=FR"),
        ("thứ hai hằng tuần", "FREQ=WEEKLY;BYDAY=MO"),
        ("6 tháng", None),
        ("27/11", None),
        ("5 ngày làm việc", None),
        ("cuối năm", None),
    ],
)
def test_a_deadline_that_comes_again_is_a_rule(typed: str, rule: str | None) -> None:
    every = read_every(typed, vocabulary.load())
    assert (every.rule if every else None) == rule


async def due(world: World, number: int) -> date:
    deadline = (await world.task(number)).deadline
    assert deadline is not None
    return deadline.on


async def monthly(world: World, whom: str = "Dung") -> None:
    await world.says("Lan", f"/giao {whom}; hằng tháng ngày 20; Báo cáo kết quả tháng #PAR")
    await world.presses("Lan", "Giao việc")
    for who in world.people:
        world.hears_all(who)


async def test_a_recurring_task_opens_the_next_by_itself_before_a_day_of_rest(world: World) -> None:
    read_back = await world.answer("Lan", "/giao Dung; hằng tháng ngày 20; Báo cáo kết quả tháng")
    # the 20th of December is a Sunday
    assert "hằng tháng ngày 20; kỳ đầu tiên: thứ Sáu, 18/12/2026" in read_back
    await world.presses("Lan", "Giao việc")
    assert "Đã ghi nhiệm vụ định kỳ số 1 cho Phạm Thị Dung" in world.hears("Lan")
    await world.tick()
    letter = world.hears("Dung")
    assert "18/12/2026" in letter
    assert "Định kỳ: hằng tháng ngày 20" in letter
    assert await due(world, 1) == date(2026, 12, 18)
    assert "Định kỳ: hằng tháng ngày 20" in await world.answer("Dung", "viec 1")
    assert await world.tick() == 0

    world.hears_all("Dung")
    # Monday after the rule's day
    await world.at("2026-12-21 07:31")
    opened = [plain(one.text) for one in world.hears_all("Dung") if "Định kỳ" in one.text]
    assert len(opened) == 1
    assert await due(world, 2) == date(2027, 1, 20)


async def test_the_agency_may_choose_the_day_after(world: World) -> None:
    world.rules = replace(world.rules, rest_day=RestDay.AFTER)
    world.dispatcher._desk = replace(world.dispatcher._desk, rules=world.rules)
    await monthly(world)
    await world.tick()
    assert await due(world, 1) == date(2026, 12, 21)


async def test_what_was_missed_is_made_up_for_with_the_last_one(world: World) -> None:
    await monthly(world)
    await world.tick()
    await world.at("2027-04-01 08:00")
    assert await due(world, 2) == date(2027, 4, 20)
    assert await world.tick() == 0


async def test_one_that_is_not_near_is_opened_when_its_time_has_come(world: World) -> None:
    await world.says("Lan", "/giao Phòng Quản lý Công nghệ; hằng năm ngày 15/6; Tổng kết")
    await world.presses("Lan", "Giao việc")
    assert "giao từ ngày 17/05/2027" in plain(world.last("Lan").text)
    await world.tick()
    world.hears_all("Bình")
    await world.at("2027-05-17 07:31")
    assert "15/06/2027" in "\n".join(plain(one.text) for one in world.hears_all("Bình"))


async def test_they_are_listed_and_stopped_by_who_may_assign(world: World) -> None:
    await monthly(world)
    await monthly(world, "Khánh")
    answer = await world.answer("Bình", "/dinhky")
    assert "Nhiệm vụ định kỳ: 1" in answer
    assert "kỳ tới: 18/12/2026" in answer
    assert "Nhiệm vụ định kỳ: 2" in await world.answer("Lan", "việc định kỳ")
    assert "Không có nhiệm vụ định kỳ số 2" in await world.answer("Bình", "/dinhky bỏ 2")
    assert "Đã dừng nhiệm vụ định kỳ số 1" in await world.answer("Bình", "dinhky bo 1")
    assert "không thuộc quyền" in await world.answer("Dung", "/dinhky")
    await world.tick()
    assert world.hears_all("Dung") == []
    assert "18/12/2026" in world.hears("Khánh")


async def test_the_reports_on_reform_are_switched_on_once(world: World) -> None:
    answer = await world.answer("Lan", "/dinhky cchc")
    assert "Đã bật 4 nhiệm vụ định kỳ cho Văn phòng Sở" in answer
    assert "Quý III (số liệu từ 15/6 đến 14/9)" in answer
    assert "18/12/2026" in answer
    await world.tick()
    letter = world.hears("Chánh")
    assert "Báo cáo cải cách hành chính năm (số liệu từ 15/12 năm trước đến 14/12)" in letter
    assert "581/BNV-CCHC" in letter
    assert "đã có đủ" in await world.answer("Lan", "/dinhky cchc")
    await world.says("Lan", "/dinhky bo 1")
    assert "Đã bật 1 nhiệm vụ định kỳ cho Phạm Thị Dung" in await world.answer("Lan", "/dinhky cchc Dung")


@pytest.mark.parametrize(
    ("who", "typed", "says"),
    [
        ("Bình", "/dinhky cchc", "không thuộc quyền"),
        ("Lan", "/dinhky abc", "Chưa hiểu"),
        ("Lan", "/dinhky bỏ 9", "Không có nhiệm vụ định kỳ số 9"),
        ("Lan", "/giao Dung; hằng tháng ngày 32; Báo cáo", "Không có ngày này"),
    ],
)
async def test_what_cannot_be_is_said(world: World, who: str, typed: str, says: str) -> None:
    assert says in await world.answer(who, typed)
