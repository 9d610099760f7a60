"""Tasks that wait for a decision: kept as rules, opened by the decision with deadlines and milestones."""

from dataclasses import replace
from datetime import date

import pytest

from domain.decisions import CountsFrom
from domain.tasks import Status
from handlers.waiting import read_wait
from locales import vocabulary
from tests.broadcasts import published
from tests.world import World, local, plain

UNIT = "Phòng Quản lý Công nghệ"


@pytest.mark.parametrize(
    ("typed", "days", "working"),
    [
        ("5 ngày làm việc kể từ quyết định của Bộ", 5, True),
        ("trong 10 ngày làm việc kể từ ngày có quyết định của Bộ KH&CN", 10, True),
        ("05 ngày làm việc kể từ ngày nhận được quyết định công bố", 5, True),
        ("5 ngay lam viec ke tu quyet dinh", 5, True),
        ("trong thời hạn 10 ngày làm việc sau khi có quyết định", 10, True),
        ("kể từ khi có quyết định của Bộ, 7 ngày", 7, False),
        ("15 ngày kể từ ngày quyết định được ban hành", 15, False),
    ],
)
def test_so_many_days_from_a_decision_are_a_wait(typed: str, days: int, working: bool) -> None:
    wait = read_wait(typed, vocabulary.load())
    assert wait is not None
    assert (wait.days, wait.working) == (days, working)


@pytest.mark.parametrize(
    "typed", ["5 ngày làm việc", "27/11", "5 ngày làm việc kể từ 20/11", "5 ngày kể từ quyết định ngày 20/11"]
)
def test_what_has_its_date_waits_for_nothing(typed: str) -> None:
    assert read_wait(typed, vocabulary.load()) is None


async def waits(world: World, to: str = UNIT, days: int = 5, what: str = "Trình UBND tỉnh công bố danh mục") -> None:
    await world.says("Lan", f"/giao {to}; {days} ngày làm việc kể từ quyết định của Bộ; {what}")
    await world.presses("Lan", "Giao việc")
    for who in world.people:
        world.hears_all(who)


async def due(world: World, number: int) -> date:
    deadline = (await world.task(number)).deadline
    assert deadline is not None
    return deadline.on


async def test_a_task_waits_until_the_decision_is_there(world: World) -> None:
    line = f"/giao {UNIT}; 5 ngày làm việc kể từ quyết định của Bộ; Trình UBND tỉnh công bố danh mục #PAR"
    read_back = await world.answer("Lan", line)
    assert "Hạn: chờ: 5 ngày làm việc kể từ quyết định của Bộ" in read_back
    await world.presses("Lan", "Giao việc")
    assert "Đã ghi nhiệm vụ chờ số 1 cho Phòng Quản lý Công nghệ" in world.hears("Lan")
    assert world.hears_all("Bình") == []
    listed = await world.answer("Lan", "/quyetdinh")
    assert "Nhiệm vụ chờ quyết định: 1" in listed
    assert "đã mở 0 lần" in listed

    read_back = await world.answer("Lan", "/quyetdinh 1234/QĐ-BKHCN 20/11/2026 nhận 23/11/2026")
    assert "ký ngày 20/11/2026, nhận ngày 23/11/2026" in read_back
    assert "tính từ ngày ký" in read_back
    # 23, 25, 26, 27 and 30/11: the 24th is a holiday
    assert "thứ Hai, 30/11/2026" in read_back
    assert "Mốc nội bộ: dự thảo" in read_back
    await world.presses("Lan", "Mở")
    assert "Đã mở theo Quyết định số 1234/QĐ-BKHCN: 1 nhiệm vụ" in world.hears("Lan")
    letter = world.hears("Bình")
    assert "theo Quyết định số 1234/QĐ-BKHCN (ký ngày 20/11/2026, nhận ngày 23/11/2026)" in letter
    assert "30/11/2026" in letter
    assert "trình UBND tỉnh T2 30/11" in letter
    one = await world.task(1)
    assert one.deadline is not None
    assert (one.deadline.on, one.deadline.workdays, one.deadline.counted_from) == (
        date(2026, 11, 30),
        5,
        date(2026, 11, 20),
    )
    assert "Quyết định số 1234/QĐ-BKHCN ngày 20/11/2026" in one.task.source
    card = await world.answer("Bình", "viec 1")
    assert "Mốc nội bộ: dự thảo" in card


async def test_the_chain_of_a_unit_is_one_letter_across_tet_and_a_swapped_saturday(world: World) -> None:
    world.clock.at = local("2026-02-11 09:00")
    await waits(world, days=5)
    await waits(world, days=10, what="Công bố thủ tục nội bộ")
    await waits(world, to="Phòng Kế hoạch", days=5)
    await world.says("Lan", "/quyetdinh 15/QĐ-BKHCN 10/02/2026")
    await world.presses("Lan", "Mở")
    letter = world.hears("Bình")
    assert "24/02/2026" in letter
    assert "03/03/2026" in letter
    assert [await due(world, number) for number in (1, 2, 3)] == [
        date(2026, 2, 24),
        date(2026, 3, 3),
        date(2026, 2, 24),
    ]
    assert "24/02/2026" in world.hears("Hùng")

    # the rule stands, and the next decision opens it again; 22/08 is a Saturday that is worked
    world.clock.at = local("2026-08-21 09:00")
    await world.says("Lan", "/quyetdinh 80/QĐ-BKHCN 20/08/2026 Phòng Quản lý Công nghệ")
    await world.presses("Lan", "Mở")
    assert "26/08/2026" in world.hears("Bình")
    assert world.hears_all("Hùng") == []


async def test_the_policy_may_be_the_day_of_receipt(world: World) -> None:
    world.rules = replace(world.rules, decision_counts_from=CountsFrom.RECEIVED)
    world.dispatcher._desk = replace(world.dispatcher._desk, rules=world.rules)
    await waits(world)
    read_back = await world.answer("Lan", "/quyetdinh 1234/QĐ-BKHCN 19/11/2026 nhận ngày 20/11/2026")
    assert "tính từ ngày nhận" in read_back
    assert "30/11/2026" in read_back
    assert "Chưa ghi ngày nhận" in await world.answer("Lan", "/quyetdinh 1234/QĐ-BKHCN 19/11/2026")


async def test_a_decision_that_was_opened_already_is_pointed_out(world: World) -> None:
    await waits(world)
    await world.says("Lan", "/quyetdinh 1234/QĐ-BKHCN 20/11/2026")
    await world.presses("Lan", "Mở")
    assert "đã được mở" in await world.answer("Lan", "/quyetdinh 1234/qd-bkhcn 20/11/2026")
    await waits(world, to="Phòng Kế hoạch")
    read_back = await world.answer("Lan", "/quyetdinh 1234/QĐ-BKHCN 21/11/2026")
    assert "đã được mở lúc 09:00 23/11/2026 cho 1 nhiệm vụ" in read_back
    assert "giữ nguyên: ký ngày 20/11/2026" in read_back
    await world.presses("Lan", "Mở")
    assert "30/11/2026" in world.hears("Hùng")
    assert "nhiệm vụ: 2" in await world.answer("Lan", "/quyetdinh")


async def test_what_was_opened_can_be_taken_back_and_opened_again(world: World) -> None:
    await waits(world)
    await world.says("Lan", "/quyetdinh 1234/QĐ-BKHCN 20/11/2026")
    await world.presses("Lan", "Mở")
    await world.presses("Lan", "Hoàn tác")
    assert (await world.task(1)).status is Status.STOPPED
    await world.says("Lan", "/quyetdinh 1234/QĐ-BKHCN 20/11/2026")
    await world.presses("Lan", "Mở")
    assert (await world.task(2)).status is Status.NOT_ACCEPTED


async def test_a_change_of_the_calendar_moves_what_a_decision_has_opened(world: World) -> None:
    await waits(world)
    await world.says("Lan", "/quyetdinh 1234/QĐ-BKHCN 20/11/2026")
    await world.presses("Lan", "Mở")
    world.hears_all("Bình")
    await world.says("Lan", "/lich nghi 27/11/2026 thay 05/12/2026 theo 1/TB")
    await world.presses("Lan", "Ghi lại")
    await world.tick()
    assert await due(world, 1) == date(2026, 12, 1)
    assert "30/11/2026 → thứ Ba, 01/12/2026" in "\n".join(plain(one.text) for one in world.hears_all("Bình"))


async def test_what_waits_under_a_directive_is_shown_with_it_and_keeps_its_point(world: World) -> None:
    number = await published(world)
    await waits(world, what=f"Trình UBND tỉnh công bố danh mục theo {number} điểm 1.c.(1)")
    card = await world.answer("Lan", f"/chidao {number}")
    assert "Nhiệm vụ chờ quyết định: 1" in card
    assert "5 ngày làm việc kể từ quyết định của Bộ" in card
    await world.says("Lan", "/quyetdinh 1234/QĐ-BKHCN 20/11/2026")
    await world.presses("Lan", "Mở")
    one = await world.task(1)
    assert (one.task.directive_id, one.task.point) == (number, "1.c.(1)")
    assert "điểm 1.c.(1); Quyết định số 1234/QĐ-BKHCN" in one.task.source
    assert "Trình UBND tỉnh" in await world.answer("Lan", f"/chidao {number}")


async def test_a_rule_can_be_ended(world: World) -> None:
    await waits(world)
    assert "Đã bỏ nhiệm vụ chờ số 1" in await world.answer("Lan", "/quyetdinh bỏ 1")
    assert "Không có nhiệm vụ chờ số 1" in await world.answer("Lan", "/quyetdinh bo 1")
    assert "Không có nhiệm vụ nào đang chờ" in await world.answer("Lan", "/quyetdinh 1/QĐ-BKHCN 20/11/2026")


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("/quyetdinh 1234/QĐ-BKHCN", "Chưa đọc được số và ngày"),
        ("/quyetdinh 20/11/2026", "Chưa đọc được số và ngày"),
        ("/quyetdinh 1234/QĐ-BKHCN 31/02/2026", "không phải là ngày"),
        ("/quyetdinh 1234/QĐ-BKHCN 20/12/2026", "Chưa đọc được số và ngày"),
        ("/quyetdinh 1234/QĐ-BKHCN 20/11/2026 nhận 19/11/2026", "không thể trước ngày ký"),
        ("/quyetdinh 1234/QĐ-BKHCN 20/11/2026 Phòng Không Có", "Không có cán bộ hoặc đơn vị"),
    ],
)
async def test_what_cannot_be_read_is_said(world: World, typed: str, says: str) -> None:
    await waits(world)
    assert says in await world.answer("Lan", typed)


async def test_it_is_for_the_office_and_leaders(world: World) -> None:
    assert "không thuộc quyền" in await world.answer("Dung", "/quyetdinh")
    assert "Nhiệm vụ chờ quyết định: 0" in await world.answer("Hải", "/quyetdinh")


async def test_the_deadline_can_still_become_a_date(world: World) -> None:
    await world.says("Lan", f"/giao {UNIT}; 5 ngày làm việc kể từ quyết định của Bộ; Công bố danh mục")
    await world.says("Lan", "27/11")
    await world.presses("Lan", "Giao việc")
    assert await due(world, 1) == date(2026, 11, 27)
