"""Received, progress, done, confirmed, returned: what each does, and who hears of it."""

import pytest
from sqlalchemy import update

from domain.channel import Unavailable
from domain.people import Role
from domain.tasks import NOTE_LENGTH, Status
from storage.codecs import table
from storage.models import PersonRow
from storage.roster import take_in
from tests.cast import OFFICE, Line
from tests.world import World, plain


async def test_a_task_is_received_and_nobody_else_is_bothered(world: World) -> None:
    number = await world.assigned("Dung")
    assert "tiếp nhận nhiệm vụ số" in await world.answer("Dung", f"đã nhận {number}")
    assert (await world.task(number)).status is Status.IN_PROGRESS
    assert world.hears_all("Lan") == world.hears_all("Bình") == []
    assert "từ trước" in await world.answer("Dung", f"nhan {number}")


async def test_progress_is_kept_with_its_note(world: World) -> None:
    number = await world.assigned("Dung")
    assert "đạt 60%" in await world.answer("Dung", f"tiến độ {number} 60% đã trình lãnh đạo")
    one = await world.task(number)
    assert (one.status, one.percent) == (Status.IN_PROGRESS, 60)
    assert "60%: đã trình lãnh đạo" in await world.answer("Bình", f"viec {number}")


@pytest.mark.parametrize("typed", ["60", "60%", "60 %", "60% đang làm", "60, đang làm", "60%: đang làm"])
async def test_a_percent_is_understood_however_it_is_written(world: World, typed: str) -> None:
    number = await world.assigned("Dung")
    await world.says("Dung", f"tiendo {number} {typed}")
    assert (await world.task(number)).percent == 60


async def test_a_command_without_a_number_offers_the_tasks_it_could_mean(world: World) -> None:
    first, second = await world.assigned("Dung"), await world.assigned("Dung", what="Báo cáo quý")
    assert "nhiệm vụ nào" in await world.answer("Dung", "xong")
    assert [b.label for row in world.last("Dung").buttons for b in row] == [f"Nhiệm vụ {first}", f"Nhiệm vụ {second}"]
    await world.presses("Dung", f"Nhiệm vụ {second}")
    assert (await world.task(second)).status is Status.AWAITING
    assert (await world.task(first)).status is Status.NOT_ACCEPTED


async def test_a_command_without_a_number_and_without_tasks_says_so(world: World) -> None:
    assert "Thiếu số nhiệm vụ" in await world.answer("Dung", "xong")
    assert "Thiếu số nhiệm vụ" in await world.answer("Bình", "/xacnhan")
    assert "Thiếu số nhiệm vụ" in await world.answer("Bình", "/tralai")
    assert "Thiếu số nhiệm vụ" in await world.answer("Dung", "/tiendo")


async def test_a_claim_asks_the_head_and_tells_whether_it_is_on_time(world: World) -> None:
    number = await world.assigned("Dung", due="27/11/2026")
    assert "Chờ đồng chí Trần Văn Bình xác nhận" in await world.answer("Dung", f"xong {number} số 45/BC-SKHCN")
    request = world.hears("Bình")
    assert "đúng hạn" in request
    assert "Kết quả: số 45/BC-SKHCN" in request
    assert world.hears_all("Lan") == []


async def test_a_late_claim_is_said_to_be_late(world: World) -> None:
    number = await world.assigned("Dung", due="27/11/2026")
    await world.at("2026-11-28 00:00")
    assert "quá hạn" in await world.answer("Dung", f"xong {number}")


async def test_on_time_is_judged_by_the_claim_not_by_the_confirmation(world: World) -> None:
    number = await world.assigned("Dung", due="27/11/2026")
    await world.at("2026-11-27 23:59")
    await world.says("Dung", f"xong {number}")
    await world.at("2026-12-04 09:00")
    world.hears_all("Dung")
    await world.says("Bình", f"xac nhan {number}")
    assert "(đúng hạn)" in world.hears("Dung")


async def test_what_comes_after_the_claim_is_added_to_it(world: World) -> None:
    number = await world.assigned("Dung")
    await world.says("Dung", f"xong {number}")
    world.hears_all("Bình")
    assert "Đã bổ sung 1 minh chứng" in await world.answer("Dung", f"xong {number} số 45/BC")
    assert "bổ sung minh chứng" in world.hears("Bình")
    assert "số 45/BC" in await world.answer("Bình", f"viec {number}")


async def test_a_heads_work_is_confirmed_by_the_office(world: World) -> None:
    number = await world.assigned("Bình")
    assert "Nguyễn Thị Lan" in await world.answer("Bình", f"xong {number}")
    await world.presses("Lan", "Xác nhận")
    assert (await world.task(number)).status is Status.DONE


async def test_every_confirmer_is_asked_and_the_first_answer_counts(world: World) -> None:
    async with world.store.write() as uow:
        line = Line("Ngô Thị Oanh", OFFICE, "Chuyên viên", Role.OFFICE)
        (oanh,) = (await take_in(uow, [line], world.clock.now().replace(microsecond=1))).added
        await uow.people.link(oanh, "telegram", str(oanh), world.clock.now())
        world.people["Oanh"] = (await uow.agency()).people[oanh]
    number = await world.assigned("Bình")
    await world.says("Bình", f"xong {number}")
    first, second = world.last("Lan"), world.last("Oanh")
    await world.presses("Oanh", "Xác nhận", of=second)
    assert "Đã xác nhận" in plain(world.last("Oanh").text)
    await world.presses("Lan", "Trả lại", of=first)
    assert "đã được xác nhận hoàn thành" in plain(world.last("Lan").text)
    assert (await world.task(number)).status is Status.DONE


async def test_a_task_is_returned_with_a_reason_that_is_asked_for(world: World) -> None:
    number = await world.assigned("Dung")
    await world.says("Dung", f"xong {number}")
    assert "Vì sao trả lại" in await world.answer("Bình", f"trả lại {number}")
    assert (await world.task(number)).status is Status.AWAITING
    world.hears_all("Dung")
    assert "Đã trả lại" in await world.answer("Bình", "Thiếu phụ lục 2")
    assert (await world.task(number)).status is Status.RETURNED
    assert "Thiếu phụ lục 2" in world.hears("Dung")
    assert "hoàn thành" in await world.answer("Dung", f"xong {number} đã bổ sung")


async def test_a_reason_must_have_words_and_is_cut_where_it_is_too_long(world: World) -> None:
    number = await world.assigned("Dung")
    await world.says("Dung", f"xong {number}")
    await world.says("Bình", f"trả lại {number}")
    assert "Cần có lý do" in await world.answer("Bình", "")
    world.hears_all("Dung")
    await world.says("Bình", "ế" * 5000)
    assert "ế" * NOTE_LENGTH in (letter := world.hears("Dung"))
    assert "ế" * (NOTE_LENGTH + 1) not in letter


async def test_a_return_that_comes_too_late_closes_its_question(world: World) -> None:
    number = await world.assigned("Dung")
    await world.says("Dung", f"xong {number}")
    await world.says("Bình", f"trả lại {number}")
    await world.says("Lan", f"xác nhận {number}")
    assert "đã được xác nhận hoàn thành" in await world.answer("Bình", "Thiếu phụ lục")
    assert (await world.task(number)).status is Status.DONE
    assert "không còn nhiệm vụ nào" in await world.answer("Bình", "viec")


async def test_a_request_to_confirm_that_has_not_left_is_taken_back_once_it_is_answered(world: World) -> None:
    number = await world.assigned("Bình")
    world.channel.errors = [Unavailable("no route")] * 100
    await world.says("Bình", f"xong {number}")
    await world.says("Hải", f"xác nhận {number}")
    world.channel.errors.clear()
    world.clock.move(minutes=6)
    await world.settle()
    assert world.hears_all("Lan") == []
    assert (await world.task(number)).status is Status.DONE


async def test_an_agency_without_anybody_to_confirm_takes_the_claim_as_it_is(world: World) -> None:
    number = await world.assigned("Minh")
    person = table(PersonRow)
    async with world.store.write() as uow:
        others = update(person).where(person.c.id != world.people["Minh"].id).values(left_at=world.clock.now())
        await uow.connection.execute(others)
        await uow.roster_changed()
    assert "Danh sách không có người khác để xác nhận" in await world.answer("Minh", f"xong {number}")
    assert (await world.task(number)).status is Status.DONE


async def test_several_tasks_are_claimed_in_one_line(world: World) -> None:
    numbers = [await world.assigned("Dung") for _ in range(3)]
    answer = await world.answer("Dung", f"xong {numbers[0]}, {numbers[1]}, 99")
    assert f"nhiệm vụ số {numbers[0]} hoàn thành" in answer
    assert f"nhiệm vụ số {numbers[1]} hoàn thành" in answer
    assert "Không có nhiệm vụ số 99" in answer
    assert [(await world.task(n)).status for n in numbers] == [Status.AWAITING, Status.AWAITING, Status.NOT_ACCEPTED]
    assert len(world.hears_all("Bình")) == 2
    await world.says("Bình", f"xác nhận {numbers[0]} và {numbers[1]}")
    assert len(world.hears_all("Dung")) == 2
    assert [(await world.task(n)).status for n in numbers[:2]] == [Status.DONE, Status.DONE]
