"""Handing tasks over: to whom, by whom, with what of it, and back."""

import pytest
from sqlalchemy import update

from domain.tasks import Status
from storage.codecs import table
from storage.models import PersonRow
from tests.world import World

person = table(PersonRow)


async def test_a_task_goes_to_somebody_else_with_its_deadline(world: World) -> None:
    number = await world.assigned("Dung", due="27/11")
    await world.says("Dung", f"tien do {number} 40")
    before = await world.task(number)
    world.hears_all("Dung")
    answer = await world.answer("Bình", f"chuyển {number} cho Hoàng Văn Em; đồng chí Dung đi học")
    assert "Đã chuyển cho Hoàng Văn Em" in answer
    letter = world.hears("Em")
    assert "Trần Văn Bình chuyển cho đồng chí" in letter
    assert "27/11" in letter
    assert "đồng chí Dung đi học" in letter
    assert "không nhắc đồng chí" in world.hears("Dung")
    one = await world.task(number)
    assert one.assignee_id == world.people["Em"].id
    assert (one.status, one.percent, one.deadline) == (Status.NOT_ACCEPTED, 40, before.deadline)
    assert "chuyển" in await world.answer("Bình", f"viec {number}")
    assert str(number) not in await world.answer("Dung", "viec")


async def test_whoever_has_it_now_is_reminded_and_nobody_else(world: World) -> None:
    number = await world.assigned("Dung", due="25/11")
    await world.says("Bình", f"chuyen {number} cho Hoàng Văn Em")
    world.hears_all("Em"), world.hears_all("Dung")
    world.clock.move(days=2)  # the 24th is a day off
    await world.tick()
    assert "Công bố danh mục TTHC" in world.hears("Em")
    assert world.hears_all("Dung") == []


async def test_several_go_in_one_letter_to_each(world: World) -> None:
    first, second = await world.assigned("Dung"), await world.assigned("Dung")
    world.hears_all("Dung")
    answer = await world.answer("Bình", f"/chuyen {first}, {second} cho Hoàng Văn Em")
    assert f"{first}, {second}" in answer
    letters = world.hears_all("Em")
    assert len(letters) == 1
    assert len(world.hears_all("Dung")) == 1
    await world.says("Bình", "hoàn tác")
    assert {(await world.task(one)).assignee_id for one in (first, second)} == {world.people["Dung"].id}
    assert "bỏ qua tin trước" in world.hears("Em")


async def test_of_several_all_go_or_none(world: World) -> None:
    first, done = await world.assigned("Dung"), await world.assigned("Dung")
    await world.says("Dung", f"xong {done}")
    assert "chờ xác nhận" in await world.answer("Bình", f"/chuyen {first} {done} cho Hoàng Văn Em")
    assert (await world.task(first)).assignee_id == world.people["Dung"].id


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("/chuyen", "Thiếu số nhiệm vụ"),
        ("/chuyen {n}", "cho ai"),
        ("/chuyen {n} cho Dung", "đang do chính người đó thực hiện"),
        ("/chuyen {n} cho Không Ai Cả", "Không có cán bộ hoặc đơn vị nào"),
        ("/chuyen 999 cho Hoàng Văn Em", "Không có nhiệm vụ"),
    ],
)
async def test_what_is_wrong_is_said_and_nothing_changes(world: World, typed: str, told: str) -> None:
    number = await world.assigned("Dung")
    before = await world.task(number)
    assert told in await world.answer("Bình", typed.format(n=number))
    assert await world.task(number) == before


async def test_a_head_hands_over_within_the_unit_only(world: World) -> None:
    number = await world.assigned("Dung")
    assert "ngoài đơn vị" in await world.answer("Bình", f"chuyen {number} cho Khánh")
    assert "không thuộc" in await world.answer("Em", f"chuyen {number} cho Hoàng Văn Em")
    await world.says("Lan", f"chuyen {number} cho Khánh")
    assert (await world.task(number)).assignee_id == world.people["Khánh"].id
    assert (await world.task(number)).unit_id == world.people["Khánh"].unit_id


async def test_what_somebody_has_left_behind_goes_on(world: World) -> None:
    number = await world.assigned("Dung")
    async with world.store.write() as uow:
        left = update(person).where(person.c.id == world.people["Dung"].id).values(left_at=world.clock.now())
        await uow.connection.execute(left)
        await uow.roster_changed()
    assert "Đã chuyển" in await world.answer("Lan", f"chuyen {number} cho Hoàng Văn Em")
    assert f"{number}" in await world.answer("Em", "viec")
