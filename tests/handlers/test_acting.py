"""Speaking for a colleague whom nothing reaches: who may, what, and what is kept of it."""

import pytest
from sqlalchemy import update

from domain.tasks import Status
from storage.people import person
from tests.world import World


async def made_focal(world: World, who: str) -> None:
    async with world.store.write() as uow:
        of_them = update(person).where(person.c.id == world.people[who].id)
        await uow.connection.execute(of_them.values(focal=True))
        await uow.roster_changed()
    await world.get_to_know()


@pytest.mark.parametrize(
    "typed", ["/thay Dung xong {n} đã gửi", "thay Phạm Thị Dung xong {n} đã gửi", "thay đồng chí Dung đã xong {n}"]
)
async def test_a_head_says_for_an_officer_that_it_is_done(world: World, typed: str) -> None:
    number = await world.assigned(to="Dung")
    answer = await world.answer("Bình", typed.format(n=number))
    assert "Phạm Thị Dung" in answer
    assert (await world.task(number)).status is Status.AWAITING
    assert "Trần Văn Bình (thay đồng chí Phạm Thị Dung)" in world.hears("Lan")


async def test_the_history_shows_who_spoke_for_whom(world: World) -> None:
    number = await world.assigned(to="Dung")
    await world.says("Bình", f"thay Dung tiendo {number} 60 đang lấy ý kiến")
    card = await world.answer("Dung", f"viec {number}")
    assert "Trần Văn Bình: tiến độ 60%" in card
    assert "Trần Văn Bình: báo thay người thực hiện" in card


async def test_the_officer_is_told(world: World) -> None:
    number = await world.assigned(to="Dung")
    await world.says("Bình", f"thay Dung nhan {number}")
    assert "Trần Văn Bình" in world.hears("Dung")
    assert (await world.task(number)).status is Status.IN_PROGRESS


async def test_whoever_said_it_for_somebody_does_not_confirm_it(world: World) -> None:
    number = await world.assigned(to="Dung")
    await world.says("Bình", f"thay Dung xong {number}")
    await world.answer("Bình", f"xacnhan {number}")
    assert (await world.task(number)).status is Status.AWAITING
    await world.says("Lan", f"xacnhan {number}")
    assert (await world.task(number)).status is Status.DONE


async def test_the_focal_person_of_a_unit_may_and_other_officers_may_not(world: World) -> None:
    number = await world.assigned(to="Dung")
    await world.says("Em", f"/thay Dung xong {number}")
    assert (await world.task(number)).status is Status.NOT_ACCEPTED
    await made_focal(world, "Em")
    await world.says("Em", f"/thay Dung xong {number}")
    assert (await world.task(number)).status is Status.AWAITING
    assert "thay" in await world.answer("Em", "/trogiup")


async def test_nobody_speaks_for_another_unit_or_about_another_task(world: World) -> None:
    number, others = await world.assigned(to="Khánh"), await world.assigned(to="Em")
    assert "trong đơn vị" in await world.answer("Bình", f"/thay Khánh xong {number}")
    assert f"{others}" in await world.answer("Bình", f"/thay Dung xong {others}")
    assert (await world.task(number)).status is (await world.task(others)).status is Status.NOT_ACCEPTED


async def test_what_is_missing_is_asked_for(world: World) -> None:
    assert "thay Phạm Thị Dung xong 12" in await world.answer("Bình", "/thay Dung")
    assert "thay Phạm Thị Dung xong 12" in await world.answer("Bình", "/thay Dung giao An; mai; x")
    assert "thay Nguyễn Văn An xong 12" in await world.answer("Bình", "/thay")


async def test_a_photo_with_the_words_is_evidence(world: World) -> None:
    number = await world.assigned(to="Dung")
    await world.sends_file("Bình", "kq.jpg", b"x", f"thay Dung xong {number}")
    async with world.store.read() as uow:
        (one,) = await uow.tasks.evidence(number)
    assert one.file.name == "kq.jpg"


async def test_several_tasks_are_done_at_once(world: World) -> None:
    first, second = await world.assigned(to="Dung"), await world.assigned(to="Dung")
    await world.says("Bình", f"/thay Dung xong {first} {second}")
    assert (await world.task(first)).status is (await world.task(second)).status is Status.AWAITING


async def test_a_word_in_a_sentence_is_no_command(world: World) -> None:
    assert "chưa hiểu" in await world.answer("Bình", "thay mặt phòng tôi xin cảm ơn các đồng chí")
