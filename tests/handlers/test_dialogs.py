"""Open questions: answered, left, interrupted, forgotten, and carried over a restart."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest

from domain.people import Role
from domain.tasks import Status
from handlers.context import DIALOG_LIFE
from storage.roster import take_in
from tests.cast import ROSTER
from tests.world import World, living, plain

_restarts = count(1)


@asynccontextmanager
async def restarted(world: World, url: str, folder: Path) -> AsyncIterator[World]:
    """The assistant, started again on the same database."""
    again = World(url, folder, world.clock.now())
    again.people = world.people
    again._events = count(10_000 * next(_restarts))
    async with living(again):
        yield again


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "files"


async def test_a_dialog_goes_on_after_a_restart(world: World, database_url: str, folder: Path) -> None:
    await world.answer("Lan", "/giao Phạm Thị Dung")
    async with restarted(world, database_url, folder) as again:
        assert "Nội dung nhiệm vụ là gì?" in await again.answer("Lan", "mai")
    async with restarted(world, database_url, folder) as again:
        await again.answer("Lan", "Báo cáo quý")
        await again.presses("Lan", "Giao việc")
        assert "Báo cáo quý" in again.hears("Dung")


async def test_a_button_works_after_a_restart(world: World, database_url: str, folder: Path) -> None:
    number = await world.assigned("Dung")
    letter = world.last("Dung")
    async with restarted(world, database_url, folder) as again:
        await again.presses("Dung", "Xong", of=letter)
        assert (await again.task(number)).status is Status.AWAITING


async def test_files_that_wait_for_their_task_are_there_after_a_restart(
    world: World, database_url: str, folder: Path
) -> None:
    number = await world.assigned("Dung")
    await world.sends_file("Dung", "ảnh.jpg", b"jpg")
    async with restarted(world, database_url, folder) as again:
        assert "Đã lưu 1 tệp" in await again.answer("Dung", str(number))
        await again.says("Dung", f"viec {number}")
        assert await again.files.open(again.last("Dung").files[0]) == b"jpg"


async def test_a_question_that_was_open_too_long_is_closed_politely(world: World) -> None:
    await world.answer("Lan", "giao Phạm Thị Dung; mai")
    world.clock.at += DIALOG_LIFE
    assert "đã quá thời gian chờ" in await world.answer("Lan", "Báo cáo quý")
    assert "chưa hiểu ý" in await world.answer("Lan", "Báo cáo quý")
    assert world.hears_all("Dung") == []


async def test_a_question_is_open_until_its_time_is_over(world: World) -> None:
    await world.answer("Lan", "giao Phạm Thị Dung; mai")
    world.clock.at += DIALOG_LIFE * 0.99
    assert "Đề nghị kiểm tra" in await world.answer("Lan", "Báo cáo quý")


async def test_a_command_after_an_old_question_is_simply_done(world: World) -> None:
    await world.answer("Lan", "giao Phạm Thị Dung; mai")
    world.clock.at += DIALOG_LIFE
    assert "không còn nhiệm vụ nào" in await world.answer("Lan", "viec")


@pytest.mark.parametrize("typed", ["/viec", "/homnay", "/trogiup", "/toi"])
async def test_a_slash_command_is_answered_and_the_question_stays_open(world: World, typed: str) -> None:
    await world.answer("Lan", "giao Phạm Thị Dung; mai")
    answer = await world.answer("Lan", typed)
    assert "Nội dung" not in answer.split("\n")[0]
    assert "Đề nghị kiểm tra" in await world.answer("Lan", "Báo cáo quý")


async def test_another_question_takes_the_place_of_the_open_one(world: World) -> None:
    await world.answer("Lan", "giao Phạm Thị Dung; mai")
    assert "Ngắt kết nối kênh này?" in await world.answer("Lan", "/ngatketnoi")
    assert "Đã thôi" in await world.answer("Lan", "không")
    assert "chưa hiểu ý" in await world.answer("Lan", "Báo cáo quý")


@pytest.mark.parametrize("typed", ["/huy", "huy", "hủy", "thôi", "Thôi ạ", "bỏ qua"])
async def test_a_question_can_be_left(world: World, typed: str) -> None:
    await world.answer("Lan", "/giao Phạm Thị Dung")
    assert "Đã thôi. Không có gì thay đổi." in await world.answer("Lan", typed)
    assert "Không có câu hỏi nào" in await world.answer("Lan", "/huy")


async def test_leaving_when_nothing_was_asked_is_said(world: World) -> None:
    assert "Không có câu hỏi nào" in await world.answer("Lan", "/huy")


@pytest.mark.parametrize(
    ("typed", "unlinked"),
    [("có", True), ("Vâng ạ", True), ("đồng ý", True), ("ok", True), ("không", False), ("Dạ không ạ", False)],
)
async def test_yes_and_no_are_understood_as_people_say_them(world: World, typed: str, unlinked: bool) -> None:
    await world.answer("Dung", "/ngatketnoi")
    answer = await world.answer("Dung", typed)
    assert ("Đã ngắt kết nối" in answer) is unlinked


async def test_neither_yes_nor_no_is_asked_again_and_changes_nothing(world: World) -> None:
    await world.answer("Dung", "/ngatketnoi")
    assert "trả lời có hoặc không" in await world.answer("Dung", "để tôi nghĩ đã")
    assert "Đã thôi" in await world.answer("Dung", "không")


async def test_a_command_instead_of_yes_or_no_is_done(world: World) -> None:
    await world.answer("Dung", "/ngatketnoi")
    assert "không còn nhiệm vụ nào" in await world.answer("Dung", "viec")


async def test_a_yes_button_without_its_question_does_nothing(world: World) -> None:
    await world.says("Dung", "/ngatketnoi")
    letter = world.last("Dung")
    await world.presses("Dung", "Không", of=letter)
    await world.presses("Dung", "Đồng ý ngắt", of=letter)
    assert "Câu hỏi đó đã đóng" in plain(world.last("Dung").text)
    assert "không còn nhiệm vụ nào" in await world.answer("Dung", "viec")


async def test_the_questions_of_two_people_do_not_mix(world: World) -> None:
    await world.answer("Lan", "giao Phạm Thị Dung; mai")
    await world.answer("Bình", "giao Hoàng Văn Em; mai")
    assert "Phạm Thị Dung" in await world.answer("Lan", "Việc của Lan")
    assert "Hoàng Văn Em" in await world.answer("Bình", "Việc của Bình")


async def test_a_sticker_does_not_close_the_question(world: World) -> None:
    await world.answer("Lan", "giao Phạm Thị Dung; mai")
    await world.says("Lan", unsupported="sticker")
    assert "Đề nghị kiểm tra" in await world.answer("Lan", "Báo cáo quý")


async def test_yes_of_an_old_question_does_not_answer_a_newer_one(world: World) -> None:
    number = await world.assigned("Dung")
    await world.says("Dung", f"tiendo {number} 60")
    await world.says("Dung", f"tiendo {number} 30")
    old = world.last("Dung")
    await world.says("Dung", "/ngatketnoi")
    world.hears_all("Dung")
    await world.presses("Dung", "Đúng", of=old)
    assert "Câu hỏi đó đã đóng" in world.hears("Dung")
    assert "Nhiệm vụ chưa xong" in await world.answer("Dung", "viec")


async def test_ok_after_another_command_agrees_to_nothing(world: World) -> None:
    await world.assigned("Dung")
    await world.says("Dung", "/ngatketnoi")
    await world.says("Dung", "viec")
    assert "chưa hiểu ý" in await world.answer("Dung", "ok")
    assert "Nhiệm vụ chưa xong" in await world.answer("Dung", "viec")


async def test_a_button_of_a_question_that_was_open_too_long_does_nothing(world: World) -> None:
    await world.says("Dung", "/ngatketnoi")
    old = world.last("Dung")
    world.clock.move(days=30)
    world.hears_all("Dung")
    await world.presses("Dung", "Đồng ý ngắt", of=old)
    assert "Câu hỏi đó đã đóng" in world.hears("Dung")


async def test_leave_it_of_an_old_preview_spares_the_newer_draft(world: World) -> None:
    await world.says("Lan", "giao Phạm Thị Dung; mai; Việc một")
    old = world.last("Lan")
    await world.says("Lan", "/giao Phạm Thị Dung; mai; Việc hai")
    new = world.last("Lan")
    await world.presses("Lan", "Thôi", of=old)
    await world.presses("Lan", "Giao việc", of=new)
    assert "Đã giao nhiệm vụ" in plain(world.last("Lan").text)


async def test_a_word_that_is_no_deadline_leaves_the_preview_standing(world: World) -> None:
    await world.says("Lan", "giao Phạm Thị Dung; 5 ngày làm việc; Việc một")
    preview = world.last("Lan")
    assert "Chưa đọc được thời hạn" in await world.answer("Lan", "em cảm ơn")
    await world.presses("Lan", "Giao việc", of=preview)
    assert "Đã giao nhiệm vụ" in plain(world.last("Lan").text)


async def test_confirm_typed_instead_of_a_reason_confirms(world: World) -> None:
    number = await world.assigned("Dung")
    await world.says("Dung", f"xong {number}")
    await world.presses("Bình", "Trả lại")
    world.hears_all("Bình")
    assert "Đã xác nhận" in await world.answer("Bình", f"xác nhận {number}")


async def test_an_unknown_slash_word_is_no_reason(world: World) -> None:
    number = await world.assigned("Dung")
    await world.says("Dung", f"xong {number}")
    await world.presses("Bình", "Trả lại")
    world.hears_all("Bình")
    assert "Không có câu lệnh" in await world.answer("Bình", f"/qwerty {number}")
    assert (await world.task(number)).status is Status.AWAITING


async def test_a_head_who_is_one_no_longer_cannot_send_the_open_draft(world: World) -> None:
    await world.says("Bình", "giao Phạm Thị Dung; 5 ngày làm việc; Việc một")
    preview = world.last("Bình")
    line = next(line for line in ROSTER if line.name.endswith("Bình"))
    async with world.store.write() as uow:
        await take_in(uow, [replace(line, role=Role.OFFICER)], world.clock.now() + timedelta(seconds=1))
    world.hears_all("Bình")
    await world.presses("Bình", "Giao việc", of=preview)
    assert "không thuộc đơn vị của đồng chí" in world.hears("Bình")


async def test_several_tasks_in_one_line_are_answered_together(world: World) -> None:
    first, second = await world.assigned("Dung"), await world.assigned("Dung")
    answer = await world.answer("Dung", f"xong {first}, {second}, 99")
    assert answer.count("Đã ghi nhận") == 2
    assert "Không có nhiệm vụ số 99" in answer
    assert len(world.hears_all("Bình")) == 2
    assert (await world.answer("Bình", f"xác nhận {first} {second}")).count("Đã xác nhận") == 2
    assert len(world.hears_all("Dung")) == 2
