"""Looking at tasks: mine, today's, the unit's, and one with everything about it."""

import re
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import update

from domain.deadlines import Deadline
from domain.tasks import Assignment, Status, Task
from storage.people import person
from tests.world import MONDAY, World, plain


async def given(world: World, who: str, content: str, due: date | None = None, **more: object) -> int:
    person = world.people[who]
    task = Task(0, content, world.people["Lan"].id, MONDAY)
    deadline = Deadline(due) if due else None
    new = Assignment(0, task, person.id, person.unit_id, Status.IN_PROGRESS, deadline=deadline)
    async with world.store.write() as uow:
        return (await uow.tasks.create(replace(new, **more))).number  # type: ignore[arg-type]


def labels(world: World, who: str) -> list[str]:
    return [button.label for row in world.last(who).buttons for button in row]


async def test_my_tasks_are_grouped_by_how_near_they_are(world: World) -> None:
    for content, due in (
        ("không hạn", None),
        ("sau", date(2026, 12, 31)),
        ("tuần này", date(2026, 11, 27)),
        ("hôm nay", date(2026, 11, 23)),
        ("muộn", date(2026, 11, 20)),
    ):
        await given(world, "Dung", content, due)
    await given(world, "Dung", "đã xong", date(2026, 11, 20), status=Status.DONE)
    await given(world, "Em", "của Em", date(2026, 11, 20))
    lines = (await world.answer("Dung", "việc của tôi")).split("\n")
    assert "5" in lines[0]
    assert "quá hạn" in lines[0]
    heads = ["Quá hạn", "Đến hạn hôm nay", "Trong tuần này", "Sau tuần này", "Không có thời hạn"]
    assert [line for line in lines if line in heads] == heads
    assert not [line for line in lines if "đã xong" in line or "của Em" in line]


async def test_a_long_list_is_turned_page_by_page(world: World) -> None:
    for n in range(1, 19):
        await given(world, "Dung", f"Nhiệm vụ thứ {n}", date(2026, 12, n))
    seen = []
    answer = await world.answer("Dung", "viec")
    for _ in range(3):
        seen.append([line.split(".")[0] for line in answer.split("\n") if ". Nhiệm vụ thứ" in line])
        if "Xem tiếp ›" in labels(world, "Dung"):
            await world.presses("Dung", "Xem tiếp ›")
            answer = world.hears("Dung")
    assert seen == [[str(n) for n in range(first, min(first + 8, 19))] for first in (1, 9, 17)]
    assert labels(world, "Dung") == ["‹ Trước"]


async def test_nothing_to_do_is_said(world: World) -> None:
    assert "không còn nhiệm vụ nào" in await world.answer("Dung", "viec")
    assert "không có nhiệm vụ đến hạn" in await world.answer("Dung", "hom nay")
    assert "không còn nhiệm vụ nào" in await world.answer("Bình", "/donvi")


async def test_today_shows_what_is_due_or_overdue_and_still_mine_to_do(world: World) -> None:
    await given(world, "Dung", "muộn", date(2026, 11, 20))
    await given(world, "Dung", "hôm nay", date(2026, 11, 23))
    await given(world, "Dung", "mai", date(2026, 11, 24))
    await given(world, "Dung", "chờ", date(2026, 11, 20), status=Status.AWAITING, claimed_at=MONDAY)
    answer = await world.answer("Dung", "hôm nay")
    assert [word for word in ("muộn", "1. ", "2. ", "3. ", "4. ") if word in answer] == ["muộn", "1. ", "2. "]
    assert labels(world, "Dung") == ["Xong 1", "Xong 2"]
    await world.presses("Dung", "Xong 2")
    assert (await world.task(2)).status is Status.AWAITING


async def test_a_unit_sees_whose_task_it_is(world: World) -> None:
    await given(world, "Dung", "Việc của Dung", date(2026, 11, 27))
    await given(world, "Khánh", "Việc phòng khác", date(2026, 11, 27))
    answer = await world.answer("Bình", "đơn vị")
    assert "Phòng Quản lý Công nghệ: 1" in answer
    assert "Phạm Thị Dung" in answer
    assert "Việc phòng khác" not in answer
    whole = await world.answer("Lan", "/donvi")
    assert "Sở Khoa học và Công nghệ: 2" in whole


async def test_a_task_is_shown_with_its_whole_history(world: World) -> None:
    number = await world.assigned("Dung")
    await world.says("Dung", f"nhan {number}")
    await world.says("Dung", f"tiendo {number} 60 đã trình")
    await world.says("Dung", f"xong {number} số 45/BC")
    await world.says("Bình", f"tralai {number} thiếu phụ lục")
    await world.says("Dung", f"xong {number} đã bổ sung")
    await world.says("Bình", f"xacnhan {number}")
    card = await world.answer("Dung", f"việc {number}")
    assert "Người thực hiện: Phạm Thị Dung (Phòng Quản lý Công nghệ)" in card
    assert "Trạng thái: hoàn thành" in card
    assert "Báo hoàn thành lúc: 09:00 23/11/2026 (đúng hạn)" in card
    history = [line for line in card.split("\n") if line.startswith("•")]
    assert len(history) == 7
    assert all(line.startswith("• 09:00 23/11/2026") for line in history)
    assert "thiếu phụ lục" in history[4]
    assert labels(world, "Dung") == []


async def test_a_deadline_in_working_days_is_counted_before_ones_eyes(world: World) -> None:
    await world.assigned("Dung", due="5 ngày làm việc")
    preview = await world.answer("Lan", "/giao Phạm Thị Dung; 5 ngày làm việc; Báo cáo")
    assert "Cách tính: 05 ngày làm việc kể từ thứ Hai, 23/11/2026 (không tính ngày này)" in preview
    for day in ("25/11/2026", "26/11/2026", "27/11/2026", "30/11/2026", "01/12/2026"):
        assert day in preview
    assert "bỏ qua: 24/11/2026 (" in preview


async def test_a_task_whose_assignee_has_left_can_still_be_seen_in_the_unit(world: World) -> None:
    await given(world, "Dung", "Việc mồ côi", date(2026, 11, 27))
    async with world.store.write() as uow:
        left = update(person).where(person.c.id == world.people["Dung"].id).values(left_at=MONDAY)
        await uow.connection.execute(left)
        await uow.roster_changed()
    assert "Việc mồ côi" in await world.answer("Bình", "/donvi")


@pytest.mark.parametrize("typed", ["viec 1", "việc số 1", "xem việc 1", "/viec 1", "/viec@nhacviec_bot 1"])
async def test_a_task_is_found_however_it_is_asked_for(world: World, typed: str) -> None:
    await world.assigned("Dung")
    assert "Diễn biến" in await world.answer("Dung", typed)


async def test_everything_shown_is_short_enough_for_one_message(world: World) -> None:
    number = await given(world, "Dung", "ế" * 2000, date(2026, 11, 20))
    for n in range(25):
        await given(world, "Dung", "Nội dung dài " * 100, date(2026, 11, 20))
        await world.says("Dung", f"tiendo {number} {n} " + "ghi chú " * 100)
    for typed in ("viec", "hôm nay", f"viec {number}"):
        await world.says("Dung", typed)
        assert len(plain(world.last("Dung").text)) < 8192, typed


async def test_the_pages_of_a_long_list_turn_there_and_back(world: World) -> None:
    for n in range(18):
        await world.assigned(what=f"Nhiệm vụ thứ {n}")
    await world.says("Dung", "viec")
    await world.presses("Dung", "Xem tiếp ›")
    second = world.last("Dung")
    await world.presses("Dung", "Xem tiếp ›")
    assert len(re.findall(r"Nhiệm vụ thứ", plain(world.last("Dung").text))) == 2
    await world.presses("Dung", "‹ Trước")
    assert world.last("Dung").text == second.text
    await world.says("Dung", action="viec t800")
    assert len(re.findall(r"Nhiệm vụ thứ", plain(world.last("Dung").text))) == 2


async def test_what_was_claimed_in_time_is_not_called_overdue_afterwards(world: World) -> None:
    number = await world.assigned(due="5 ngày làm việc")
    await world.says("Dung", f"xong {number}")
    world.clock.move(days=30)
    answer = await world.answer("Dung", "viec")
    assert "trong đó quá hạn: 0" in answer
    assert "Quá hạn" not in answer
    assert "Chờ xác nhận" in answer
