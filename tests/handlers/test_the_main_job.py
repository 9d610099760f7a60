"""The main job in talk: assigned, received, reminded, done, returned, done again, confirmed."""

from tests.world import World


async def test_a_task_goes_all_the_way(world: World) -> None:
    preview = await world.answer("Lan", "giao Phạm Thị Dung; 5 ngày làm việc; Công bố danh mục TTHC #PAR")
    assert "thứ Ba, 01/12/2026 (còn 05 ngày làm việc)" in preview
    await world.presses("Lan", "Giao việc")
    assert "Đã giao nhiệm vụ số 1 cho đồng chí Phạm Thị Dung" in world.hears("Lan")
    letter = world.hears("Dung")
    assert "Công bố danh mục TTHC" in letter
    assert "#PAR" not in letter

    await world.presses("Dung", "Đã nhận")
    assert "tiếp nhận nhiệm vụ số 1" in world.hears("Dung")

    await world.at("2026-11-26 07:29")
    assert world.hears_all("Dung") == []
    await world.at("2026-11-26 07:31")
    assert "Công bố danh mục TTHC" in world.hears("Dung")
    assert await world.tick() == 0

    assert "60%" in await world.answer("Dung", "tien do 1 60% dang trinh")
    assert "hoàn thành (đúng hạn)" in await world.answer("Dung", "da xong 1 a")
    asked = world.last("Bình")
    assert "báo hoàn thành nhiệm vụ số 1" in world.hears("Bình")
    await world.at("2026-11-27 08:00")
    assert world.hears_all("Dung") == []
    assert "Chờ đồng chí xác nhận: 1" in world.hears("Bình")

    await world.presses("Bình", "Trả lại", of=asked)
    assert "Vì sao trả lại" in world.hears("Bình")
    assert "Đã trả lại" in await world.answer("Bình", "Thiếu phụ lục")
    assert "Thiếu phụ lục" in world.hears("Dung")
    assert "Nút này thuộc một tin cũ" not in await world.answer("Dung", "xong 1 đã bổ sung, số 45/BC-SKHCN")
    again = world.last("Bình")
    assert "45/BC-SKHCN" in world.hears("Bình")
    await world.presses("Bình", "Xác nhận", of=asked)
    assert "tin cũ" in world.hears("Bình")
    await world.presses("Bình", "Xác nhận", of=again)
    assert "Đã xác nhận" in world.hears("Bình")
    assert "đã xác nhận: nhiệm vụ số 1 hoàn thành" in world.hears("Dung")
    await world.at("2026-12-08 08:00")
    assert world.hears_all("Dung") == []
