"""Why somebody was reminded: from the button on the letter, or asked for."""

import pytest

from tests.world import World


async def test_a_reminder_says_why_it_came_and_how_it_ends(world: World) -> None:
    number = await world.assigned("Dung", due="5 ngày làm việc", what="Công bố danh mục TTHC")
    await world.at("2026-11-26 07:31")
    world.hears("Dung")
    await world.presses("Dung", "Vì sao tôi bị nhắc?")
    answer = world.hears("Dung")
    assert "Công bố danh mục TTHC" in answer
    assert "Người giao: Nguyễn Thị Lan, 09:00 23/11/2026" in answer
    assert "05 ngày làm việc kể từ" in answer
    assert "24/11/2026 (" in answer  # the new holiday is passed over, by name
    assert "25/11/2026, 26/11/2026, 27/11/2026, 30/11/2026, 01/12/2026" in answer
    assert "Lần nhắc gần nhất: 07:31 26/11/2026, trước hạn 03 ngày làm việc" in answer
    assert "Lần nhắc tiếp theo: 07:30 30/11/2026" in answer
    assert "trước hạn 5, 3, 1, 0 ngày làm việc" in answer
    assert f"xong {number} kết quả" in answer
    assert f"vuongmac {number}" in answer
    assert f"giahan {number}" in answer
    assert {b.label for row in world.last("Dung").buttons for b in row} >= {"Xong", "Vướng mắc", "Đề nghị gia hạn"}


@pytest.mark.parametrize("typed", ["vì sao tôi bị nhắc?", "/visao", "vi sao", "tại sao nhắc tôi ạ"])
async def test_the_last_reminder_is_explained_and_the_rest_of_it_offered(world: World, typed: str) -> None:
    numbers = [await world.assigned("Dung", due="27/11", what=f"Báo cáo thứ {n}") for n in range(5)]
    await world.at("2026-11-26 07:31")
    answer = await world.answer("Dung", typed)
    assert [f"Báo cáo thứ {n}" in answer for n in range(5)] == [True, True, True, False, False]
    assert "Hạn được ghi theo ngày" in answer
    await world.presses("Dung", f"Nhiệm vụ {numbers[4]}")
    assert "Báo cáo thứ 4" in world.hears("Dung")


async def test_what_was_extended_shows_its_first_deadline(world: World) -> None:
    number = await world.assigned("Dung", due="27/11")
    await world.says("Lan", f"giahan {number} 10/12")
    answer = await world.answer("Dung", f"visao {number}")
    assert "hạn gốc là thứ Sáu, 27/11/2026" in answer
    assert "chưa được nhắc lần nào" in answer
    assert "Lần nhắc tiếp theo: 07:30 03/12/2026" in answer


async def test_a_late_task_says_how_late_it_was_and_offers_no_extension(world: World) -> None:
    number = await world.assigned("Dung", due="25/11")
    await world.at("2026-11-27 07:31")
    answer = await world.answer("Dung", f"vì sao {number}")
    assert "sau hạn 02 ngày làm việc" in answer
    assert "giahan" not in answer
    await world.says("Dung", f"xong {number}")
    assert "Không nhắc nữa: chờ xác nhận" in await world.answer("Dung", f"visao {number}")


async def test_whoever_stands_in_is_told_for_whom(world: World) -> None:
    await world.assigned("Dung", due="27/11")
    await world.says("Dung", "/nghi 25/11 đến 28/11 thay bằng Em")
    await world.at("2026-11-26 07:31")
    world.hears_all("Em")
    await world.presses("Em", "Vì sao tôi bị nhắc?")
    assert "Đồng chí đang thay đồng chí Phạm Thị Dung" in world.hears("Em")


async def test_nobody_learns_of_anothers_task_and_who_was_never_reminded_is_told_so(world: World) -> None:
    number = await world.assigned("Dung", due="27/11")
    assert "Không có nhiệm vụ số" in await world.answer("Em", f"visao {number}")
    assert "chưa được nhắc lần nào" in await world.answer("Em", "visao")
