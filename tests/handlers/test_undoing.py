"""Taking a command back: what, for how long, and who hears of it."""

from datetime import date

import pytest

from domain.channel import Unavailable
from domain.extensions import Outcome
from domain.tasks import Status
from scheduler.housekeeping import tidy
from storage.codecs import table
from storage.models import UndoRow
from tests.broadcasts import published
from tests.world import World, local, plain


async def test_a_claim_is_taken_back_and_whoever_was_told_hears_of_it(world: World) -> None:
    number = await world.assigned("Dung")
    await world.says("Dung", f"tien do {number} 60")
    before = await world.task(number)
    await world.sends_file("Dung", "bao-cao.pdf", b"%PDF", f"xong {number}")
    assert "báo hoàn thành" in world.hears("Bình")
    world.hears_all("Dung")
    await world.presses("Dung", "Hoàn tác")
    answer = world.hears("Dung")
    assert "Đã hoàn tác" in answer
    assert "Minh chứng đã gửi vẫn được lưu" in answer
    assert "đề nghị đồng chí bỏ qua tin trước" in world.hears("Bình")
    one = await world.task(number)
    assert (one.status, one.percent, one.claimed_at) == (before.status, 60, None)
    assert one.revision == before.revision + 2
    assert one.remind_at == before.remind_at
    assert "hoàn tác" in await world.answer("Dung", f"viec {number}")
    assert "Trong 10 phút qua không có" in await world.answer("Dung", "/hoantac")


async def test_a_letter_that_has_not_left_is_dropped_and_nobody_is_bothered(world: World) -> None:
    number = await world.assigned("Dung")
    world.channel.errors = [Unavailable("no route")] * 100
    await world.says("Dung", f"xong {number}")
    await world.says("Dung", "hoàn tác")
    world.channel.errors.clear()
    world.clock.move(minutes=20)
    await world.settle()
    assert world.hears_all("Bình") == []
    assert (await world.task(number)).status is Status.NOT_ACCEPTED


async def test_after_ten_minutes_it_stands(world: World) -> None:
    number = await world.assigned("Dung")
    await world.says("Dung", f"xong {number}")
    world.clock.move(minutes=10)
    assert "Trong 10 phút qua không có" in await world.answer("Dung", "hoantac")
    assert (await world.task(number)).status is Status.AWAITING


async def test_what_somebody_has_built_on_is_not_taken_back(world: World) -> None:
    number = await world.assigned("Dung")
    await world.says("Dung", f"xong {number}")
    answered = world.last("Dung")
    await world.says("Bình", f"xác nhận {number}")
    world.hears_all("Dung")
    await world.presses("Dung", "Hoàn tác", of=answered)
    answer = world.hears("Dung")
    assert "Không hoàn tác được" in answer
    assert "Trần Văn Bình: xác nhận" in answer
    assert (await world.task(number)).status is Status.DONE


async def test_several_tasks_of_one_line_are_taken_back_together(world: World) -> None:
    first, second = await world.assigned("Dung"), await world.assigned("Dung", what="Báo cáo quý")
    await world.says("Dung", f"xong {first}, {second}")
    world.hears_all("Bình")
    world.hears_all("Dung")
    await world.presses("Dung", "Hoàn tác")
    answer = world.hears("Dung")
    assert f"nhiệm vụ số {first} " in answer
    assert f"nhiệm vụ số {second} " in answer
    assert "Báo cáo quý" in world.hears("Bình")
    assert {(await world.task(n)).status for n in (first, second)} == {Status.NOT_ACCEPTED}


async def test_one_of_several_that_has_changed_since_stays_and_is_named(world: World) -> None:
    first, second = await world.assigned("Dung"), await world.assigned("Dung")
    await world.says("Dung", f"xong {first}, {second}")
    await world.says("Bình", f"xác nhận {first}")
    answer = await world.answer("Dung", "hoantac")
    assert f"Không hoàn tác được nhiệm vụ số {first}" in answer
    assert [(await world.task(n)).status for n in (first, second)] == [Status.DONE, Status.NOT_ACCEPTED]


@pytest.mark.parametrize(("typed", "said"), [("xác nhận {}", "xác nhận"), ("trả lại {} thiếu phụ lục", "trả lại")])
async def test_a_confirmation_and_a_return_are_taken_back(world: World, typed: str, said: str) -> None:
    number = await world.assigned("Dung")
    await world.says("Dung", f"xong {number}")
    claimed = await world.task(number)
    await world.says("Bình", typed.format(number))
    world.hears_all("Dung")
    await world.presses("Bình", "Hoàn tác")
    assert said in world.hears("Dung")
    one = await world.task(number)
    assert (one.status, one.claimed_at, one.remind_at) == (Status.AWAITING, claimed.claimed_at, None)
    await world.says("Bình", f"xác nhận {number}")
    assert (await world.task(number)).status is Status.DONE


async def test_a_task_that_was_assigned_by_mistake_is_stopped_and_in_no_list(world: World) -> None:
    number = await world.assigned("Dung")
    await world.presses("Lan", "Hoàn tác")
    assert "không tiếp tục thực hiện" in plain(world.last("Lan").text)
    assert "bỏ qua tin trước" in world.hears("Dung")
    assert (await world.task(number)).status is Status.STOPPED
    assert "không còn nhiệm vụ nào" in await world.answer("Dung", "viec")
    assert "không còn được thực hiện" in await world.answer("Dung", f"xong {number}")
    await world.at("2026-11-26 07:31")
    assert world.hears_all("Dung") == []


async def test_a_task_that_its_assignee_has_taken_up_is_not_taken_back(world: World) -> None:
    number = await world.assigned("Dung")
    await world.says("Dung", f"nhận {number}")
    assert "Phạm Thị Dung: đã nhận" in await world.answer("Lan", "hoantac")
    assert (await world.task(number)).status is Status.IN_PROGRESS


async def test_an_extension_is_taken_back_and_waits_again(world: World) -> None:
    number = await world.assigned("Dung", due="27/11")
    await world.says("Dung", f"giahan {number} 20/12 chờ ý kiến Bộ")
    await world.says("Lan", f"giahan {number} đồng ý")
    await world.presses("Lan", "Hoàn tác")
    one = await world.task(number)
    assert one.deadline is not None
    assert one.deadline.on == date(2026, 11, 27)
    assert one.remind_at == local("2026-11-26 07:30")
    async with world.store.read() as uow:
        assert [asked.outcome for asked in await uow.extensions.of(number)] == [Outcome.PENDING]
    await world.says("Lan", f"giahan {number} 10/12")
    await world.says("Lan", "hoantac")
    await world.says("Lan", f"giahan {number} đồng ý")
    one = await world.task(number)
    assert one.deadline is not None
    assert one.deadline.on == date(2026, 12, 20)


async def test_a_deadline_that_was_moved_unasked_is_as_if_it_had_not_been(world: World) -> None:
    number = await world.assigned("Dung", due="27/11")
    await world.says("Lan", f"giahan {number} 10/12")
    await world.says("Lan", "hoantac")
    assert "Không có (hoặc không còn) đề nghị" in await world.answer("Lan", f"giahan {number} đồng ý")


async def test_an_older_button_does_not_take_back_a_newer_command(world: World) -> None:
    first, second = await world.assigned("Dung"), await world.assigned("Dung")
    await world.says("Dung", f"xong {first}")
    older = world.last("Dung")
    await world.says("Dung", f"xong {second}")
    await world.presses("Dung", "Hoàn tác", of=older)
    assert [(await world.task(n)).status for n in (first, second)] == [Status.NOT_ACCEPTED, Status.AWAITING]
    await world.presses("Dung", "Hoàn tác", of=older)
    assert (await world.task(second)).status is Status.AWAITING


async def test_nobody_takes_back_what_another_did(world: World) -> None:
    number = await world.assigned("Dung")
    await world.says("Dung", f"xong {number}")
    assert "Trong 10 phút qua không có" in await world.answer("Bình", "hoantac")
    assert "Trong 10 phút qua không có" in await world.answer("Em", f"hoantac {number}")


async def test_what_is_too_old_to_be_taken_back_is_swept(world: World) -> None:
    number = await world.assigned("Dung")
    await world.says("Dung", f"xong {number}")
    world.clock.move(minutes=10)
    await tidy(world.store, world.clock.now())
    async with world.store.read() as uow:
        assert list(await uow.connection.execute(table(UndoRow).select())) == []


async def test_a_claim_that_ended_a_difficulty_is_taken_back_with_that(world: World) -> None:
    number = await world.assigned("Dung", due="27/11")
    await world.says("Dung", f"vuongmac {number} chưa có số liệu")
    await world.says("Dung", f"xong {number}")
    await world.says("Dung", "hoantac")
    one = await world.task(number)
    assert (one.stuck, one.remind_at) == (True, None)
    async with world.store.read() as uow:
        assert await uow.difficulties.open_of(number) is not None


async def test_what_was_published_last_is_withdrawn_and_no_older_command_is_taken_back(world: World) -> None:
    number = await world.assigned()
    world.clock.move(seconds=1)
    directive = await published(world)
    answer = await world.answer("Lan", "hoàn tác")
    assert f"phát hành chỉ đạo {directive}" in answer
    assert (await world.task(number)).status is Status.NOT_ACCEPTED
    await world.presses("Lan", "Thu hồi")
    assert "Đã thu hồi" in plain(world.last("Lan").text)
    assert f"nhiệm vụ số {number} không tiếp tục" in await world.answer("Lan", "hoàn tác")
