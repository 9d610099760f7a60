"""The calendar in talk: everybody sees it, the Office changes it, and deadlines in working days follow."""

from datetime import date

import pytest
from sqlalchemy import delete

from domain.channel import Unavailable
from scheduler import recounting
from scheduler.clockwork import Clockwork
from storage.calendar import calendar_day
from tests.world import World, local, plain

SWAP = "/lich nghi 27/11/2026 thay 05/12/2026 theo 12729/VPCP-KGVX 25/11/2026"


async def due(world: World, number: int) -> date:
    deadline = (await world.task(number)).deadline
    assert deadline is not None
    return deadline.on


async def without_the_shipped_swap(world: World) -> None:
    """As it was before the notice of 25/12/2025 came."""
    async with world.store.write() as uow:
        await uow.connection.execute(delete(calendar_day))
        await uow.calendar_changed()


async def recorded(world: World, line: str, who: str = "Lan") -> str:
    """The calendar is changed, and the answer; the ticks have not run."""
    await world.says(who, line)
    world.hears_all(who)
    await world.presses(who, "Ghi lại")
    return world.hears(who)


# -- seen ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["/lich 2026", "lịch 2026", "lich nam 2026", "/lich"])
async def test_everybody_sees_a_year_with_its_notices(world: World, typed: str) -> None:
    answer = await world.answer("Dung", typed)
    assert "Ngày nghỉ, ngày làm bù năm 2026" in answer
    assert "thứ Sáu, 02/01/2026: ngày nghỉ · Nghỉ Tết Dương lịch (hoán đổi với ngày 10/01/2026)" in answer
    assert "12729/VPCP-KGVX 25/12/2025" in answer
    assert "thứ Bảy, 10/01/2026: ngày làm việc" in answer
    assert "dự kiến" not in answer
    assert "lich nghi" not in answer


async def test_what_no_notice_has_announced_is_expected(world: World) -> None:
    answer = await world.answer("Lan", "/lich 2027")
    assert "(dự kiến)" in answer
    assert "chưa có thông báo" in answer
    assert "lich nghi" in answer
    await recorded(world, "/lich nghi 05/02/2027 theo 99/TB-BNV")
    lines = (await world.answer("Dung", "lich 2027")).splitlines()
    # the day was off before, and keeps its name
    assert [line.endswith("(99/TB-BNV)") for line in lines if "05/02/2027" in line] == [True]
    assert "Ngày nghỉ (99" not in "".join(lines)


async def test_years_are_a_tap_away(world: World) -> None:
    await world.says("Dung", "/lich 2026")
    world.hears_all("Dung")
    await world.presses("Dung", "2025")
    assert "năm 2025" in world.hears("Dung")


@pytest.mark.parametrize("typed", ["lịch họp chiều nay thế nào", "lịch họp 27/11 dời sang chiều"])
async def test_talk_of_other_calendars_is_no_command(world: World, typed: str) -> None:
    assert "Ngày nghỉ, ngày làm bù" not in await world.answer("Dung", typed)
    assert "Chưa đọc được năm" not in world.last("Dung").text


# -- changed ---------------------------------------------------------------------------------------------------------


async def test_only_the_office_and_leaders_change_it(world: World) -> None:
    assert "do Văn phòng và lãnh đạo" in await world.answer("Dung", SWAP)
    assert "do Văn phòng và lãnh đạo" in await world.answer("Bình", SWAP)
    assert "Đề nghị kiểm tra" in await world.answer("Hải", SWAP)
    assert "Đề nghị kiểm tra" in await world.answer("Quản", SWAP)


async def test_a_change_is_read_back_with_what_it_does(world: World) -> None:
    first = await world.assigned("Dung", due="5 ngày làm việc")
    await world.assigned("Dung", due="10 ngày làm việc")
    await world.assigned("Em", due="3 ngày làm việc")
    await world.assigned("Em", due="01/12")
    answer = await world.answer("Lan", SWAP)
    assert "thứ Sáu, 27/11/2026: ngày nghỉ" in answer
    assert "thứ Bảy, 05/12/2026: ngày làm việc" in answer
    assert "Theo văn bản: 12729/VPCP-KGVX 25/11/2026" in answer
    # the longer one takes the Saturday in, and ends as before
    assert "phải tính lại: 2, của 2 người" in answer
    assert await due(world, first) == date(2026, 12, 1)


async def test_those_concerned_are_told_the_old_and_the_new_date_and_why(world: World) -> None:
    number = await world.assigned("Dung", due="5 ngày làm việc")
    fixed = await world.assigned("Dung", due="01/12")
    assert "Đang tính lại 1 thời hạn của 1 người" in await recorded(world, SWAP)
    await world.tick()
    letter = world.hears("Dung")
    assert "thứ Ba, 01/12/2026 → thứ Tư, 02/12/2026" in letter
    assert "12729/VPCP-KGVX" in letter
    assert "27/11/2026 là ngày nghỉ" in letter
    assert "Số thời hạn của Phòng Quản lý Công nghệ được tính lại: 1" in world.hears("Bình")
    assert "số thời hạn thay đổi: 1" in world.hears("Lan")
    assert world.hears_all("Hùng") == []
    one = await world.task(number)
    assert one.deadline is not None
    assert one.original_deadline is not None
    assert (one.original_deadline.on, one.deadline.on) == (date(2026, 12, 1), date(2026, 12, 2))
    assert await due(world, fixed) == date(2026, 12, 1)
    card = await world.answer("Dung", f"viec {number}")
    assert "tính lại thời hạn: 01/12/2026 → 02/12/2026: 12729/VPCP-KGVX" in card
    assert await world.tick() == 0


async def test_reminders_follow_the_new_date(world: World) -> None:
    number = await world.assigned("Dung", due="5 ngày làm việc")
    await recorded(world, SWAP)
    await world.tick()
    one = await world.task(number)
    # three working days before Wednesday the 2nd: the 26th, as the 27th is off
    assert one.remind_at == local("2026-11-26 07:30")


async def test_a_reminder_of_the_old_date_that_has_not_left_is_taken_back(world: World) -> None:
    number = await world.assigned("Dung", due="1 ngày làm việc")
    other = await world.assigned("Dung", due="24/11")
    world.channel.errors = [Unavailable("no route")] * 100
    await world.at("2026-11-23 10:00")
    async with world.store.write() as uow:
        await uow.tasks.remind_again({number, other}, world.clock.now())
    await world.tick()
    await world.says("Lan", "/lich lam 24/11/2026 theo 1/TB")
    await world.says("Lan", "có")
    world.channel.errors.clear()
    world.clock.move(minutes=10)
    await world.tick()
    world.clock.move(minutes=10)
    await world.settle()
    reminders = [plain(one.text) for one in world.hears_all("Dung") if "xin nhắc" in one.text]
    assert len(reminders) == 1
    assert f"{other}. " in reminders[0]
    assert f"{number}. " not in reminders[0]


async def test_a_stuck_task_stays_silent_and_being_late_is_forgiven(world: World) -> None:
    stuck = await world.assigned("Dung", due="5 ngày làm việc")
    late = await world.assigned("Em", due="1 ngày làm việc")
    await world.says("Dung", f"vuongmac {stuck} chờ số liệu")
    for day in (25, 26, 27):
        await world.at(f"2026-11-{day} 08:00")
    assert (await world.task(late)).escalated
    await recorded(world, "/lich nghi 25/11/2026 đến 27/11/2026 theo 9/TB-VPCP")
    await world.tick()
    assert (await world.task(stuck)).remind_at is None
    assert await due(world, stuck) == date(2026, 12, 4)
    assert await due(world, late) == date(2026, 11, 30)
    assert not (await world.task(late)).escalated


async def test_the_notice_is_asked_for_and_nothing_is_lost(world: World) -> None:
    assert "Theo thông báo nào" in await world.answer("Lan", "lịch nghỉ 27/11/2026 thay 05/12/2026")
    assert "Chưa thấy số văn bản" in await world.answer("Lan", "chưa rõ")
    answer = await world.answer("Lan", "12729/VPCP-KGVX")
    assert "Theo văn bản: 12729/VPCP-KGVX" in answer
    assert "05/12/2026: ngày làm việc" in answer
    assert "Đã sửa lịch" in await world.answer("Lan", "có")


async def test_a_change_is_left(world: World) -> None:
    await world.says("Lan", SWAP)
    await world.presses("Lan", "Thôi")
    await world.tick()
    assert "27/11/2026" not in await world.answer("Lan", "/lich 2026")


async def test_what_the_office_has_said_is_taken_back_with_the_day_that_it_was_swapped_with(world: World) -> None:
    number = await world.assigned("Dung", due="5 ngày làm việc")
    await recorded(world, SWAP)
    await world.tick()
    world.hears_all("Dung")
    answer = await world.answer("Lan", "/lich bo 27/11/2026")
    assert "27/11/2026: ngày làm việc" in answer
    assert "05/12/2026: ngày nghỉ" in answer
    await world.presses("Lan", "Ghi lại")
    await world.tick()
    assert await due(world, number) == date(2026, 12, 1)
    assert "02/12/2026 → thứ Ba, 01/12/2026" in world.hears("Dung")
    assert "không có gì để bỏ" in await world.answer("Lan", "/lich bo 27/11/2026")


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("/lich abc", "Chưa đọc được"),
        ("/lich 1900", "các năm 2000-2090"),
        ("/lich nghi 31/02/2026 theo 1/TB", "Chưa đọc được"),
        ("/lich nghi hôm nào theo 1/TB", "Chưa đọc được"),
        ("/lich nghi 27/11/2026 thay 27/11/2026 theo 1/TB", "Chưa đọc được"),
        ("/lich bo 01/12/2026", "không có gì để bỏ"),
    ],
)
async def test_what_cannot_be_read_is_said(world: World, typed: str, says: str) -> None:
    assert says in await world.answer("Lan", typed)


async def test_a_task_that_was_read_back_before_the_change_is_read_back_again(world: World) -> None:
    await world.says("Lan", "giao Dung; 5 ngày làm việc; Công bố danh mục")
    await recorded(world, SWAP, who="Hải")
    await world.presses("Lan", "Giao việc", of=world.channel.sent[0][1])
    assert "02/12/2026" in plain(world.last("Lan").text)
    assert "Đề nghị kiểm tra" in plain(world.last("Lan").text)


async def test_a_request_to_extend_that_waits_is_counted_again(world: World) -> None:
    number = await world.assigned("Dung", due="24/11")
    await world.says("Dung", f"giahan {number} 5 ngày làm việc chờ số liệu")
    await recorded(world, SWAP)
    await world.tick()
    async with world.store.read() as uow:
        asked = await uow.extensions.pending(number)
    assert asked is not None
    assert asked.new.on == date(2026, 12, 2)
    assert "ngày xin gia hạn: 01/12/2026 → 02/12/2026: 12729/VPCP-KGVX" in await world.answer("Dung", f"viec {number}")


async def test_what_was_claimed_keeps_its_date_until_it_is_given_back(world: World) -> None:
    number = await world.assigned("Dung", due="5 ngày làm việc")
    await world.says("Dung", f"xong {number} Đã công bố")
    assert "Không có thời hạn nào thay đổi" in await world.answer("Lan", SWAP)
    await world.presses("Lan", "Ghi lại")
    await world.tick()
    assert await due(world, number) == date(2026, 12, 1)
    assert "Cách tính" not in await world.answer("Dung", f"viec {number}")
    world.hears_all("Dung")
    await world.says("Bình", f"tralai {number} thiếu phụ lục")
    assert await due(world, number) == date(2026, 12, 2)
    assert "02/12/2026" in world.hears("Dung")


async def test_who_stands_in_is_told(world: World) -> None:
    await world.assigned("Dung", due="5 ngày làm việc")
    await world.says("Dung", "nghi 23/11 den 25/11 thay bang Em")
    world.hears_all("Em")
    world.hears_all("Dung")
    await recorded(world, SWAP)
    await world.tick()
    assert "đang thay đồng chí Phạm Thị Dung" in world.hears("Em")
    assert world.hears_all("Dung") == []


# -- the notice of 25/12/2025, and killed in between -----------------------------------------------------------------


async def test_the_swap_that_came_after_deadlines_had_been_given(world: World) -> None:
    await without_the_shipped_swap(world)
    world.clock.at = local("2025-12-24 09:00")
    number = await world.assigned("Dung", due="10 ngày làm việc")
    assert await due(world, number) == date(2026, 1, 8)
    await recorded(world, "/lich nghi 02/01/2026 thay 10/01/2026 theo 12729/VPCP-KGVX 25/12/2025")
    await world.tick()
    assert await due(world, number) == date(2026, 1, 9)
    assert "thứ Năm, 08/01/2026 → thứ Sáu, 09/01/2026" in world.hears("Dung")


async def test_a_run_that_was_killed_goes_on_and_tells_nobody_twice(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for who in ("Dung", "Em", "Khánh", "Minh"):
        await world.assigned(who, due="5 ngày làm việc")
    await recorded(world, SWAP)
    monkeypatch.setattr(recounting, "PEOPLE_AT_ONCE", 1)
    work = Clockwork(world.store, world.files, world.rules, world.speech)
    async with world.store.read() as uow:
        (waiting,) = await uow.recounts.open()
    for _ in range(2):
        await recounting._some(work, waiting, world.clock.now())
    # the process is gone; the next one goes on
    world.clock.move(minutes=5)
    await world.tick()
    await world.tick()
    for who in ("Dung", "Em", "Khánh", "Minh"):
        assert "02/12/2026" in world.hears(who)
    assert "số thời hạn thay đổi: 4" in world.hears("Lan")
    assert "được tính lại: 2" in world.hears("Bình")
