"""Tasks that are given under a directive: how that is typed, and where it is shown."""

import pytest

from handlers.under import Named, split
from locales import vocabulary
from tests.broadcasts import published
from tests.world import World, plain


@pytest.mark.parametrize(
    ("text", "content", "named"),
    [
        ("Rà soát thủ tục theo 3", "Rà soát thủ tục", Named(3)),
        ("Rà soát thủ tục theo chỉ đạo 3", "Rà soát thủ tục", Named(3)),
        ("ra soat thu tuc theo chi dao so 3.", "ra soat thu tuc", Named(3)),
        ("Rà soát thủ tục theo 3 điểm 1.c", "Rà soát thủ tục", Named(3, "1.c")),
        ("Rà soát thủ tục theo 3 điểm 1.c.(1)", "Rà soát thủ tục", Named(3, "1.c.(1)")),
        ("Rà soát thủ tục theo 3, mục II.2", "Rà soát thủ tục", Named(3, "II.2")),
        ("Rà soát thủ tục; theo 3 khoản 2", "Rà soát thủ tục", Named(3, "2")),
        ("Báo cáo theo mẫu 3", "Báo cáo theo mẫu 3", None),
        ("Báo cáo theo 3 biểu mẫu", "Báo cáo theo 3 biểu mẫu", None),
        ("Theo 3 điểm 1 thì rà soát thủ tục", "Theo 3 điểm 1 thì rà soát thủ tục", None),
        ("Làm theo Quyết định 5", "Làm theo Quyết định 5", None),
        ("Theo dõi 3", "Theo dõi 3", None),
        ("Làm theo", "Làm theo", None),
        ("", "", None),
    ],
)
def test_a_directive_is_named_at_the_end_and_nowhere_else(text: str, content: str, named: Named | None) -> None:
    assert split(text, vocabulary.load()) == (content, named)


async def test_a_task_carries_its_directive_and_point(world: World) -> None:
    number = await published(world)
    shown = await world.answer("Lan", f"giao Phạm Thị Dung; mai; Rà soát thủ tục theo {number} điểm 1.c")
    source = f"Nguồn: chỉ đạo {number} (số 12/KH-UBND ngày 20/11/2026), điểm 1.c"
    assert source in shown
    assert "Nội dung: Rà soát thủ tục\n" in shown
    await world.presses("Lan", "Giao việc")
    assert source in world.hears("Dung")
    assert source in await world.answer("Dung", "viec 1")
    one = await world.task(1)
    assert (one.task.directive_id, one.task.point) == (number, "1.c")


async def test_the_directive_may_be_a_field_of_its_own(world: World) -> None:
    number = await published(world)
    await world.says("Lan", f"giao Phạm Thị Dung; mai; Rà soát thủ tục; theo {number}")
    await world.presses("Lan", "Giao việc")
    assert (await world.task(1)).task.directive_id == number


async def test_the_directive_shows_its_tasks_to_whoever_may_see_them(world: World) -> None:
    number = await published(world)
    for who in ("Phạm Thị Dung", "Đỗ Thị Khánh"):
        await world.says("Lan", f"giao {who}; mai; Rà soát của {who} theo {number}")
        await world.presses("Lan", "Giao việc")
    everything = await world.answer("Lan", f"chidao {number}")
    assert "Nhiệm vụ giao theo chỉ đạo: 2" in everything
    assert "chưa tiếp nhận" in everything
    world.hears_all("Bình")
    of_unit = await world.answer("Bình", f"chidao {number}")
    assert "Rà soát của Phạm Thị Dung" in of_unit
    assert "Đỗ Thị Khánh" not in of_unit
    assert "Nhiệm vụ giao theo chỉ đạo: 1" in await world.answer("Khánh", f"chidao {number}")
    assert "Nhiệm vụ giao theo" not in await world.answer("Minh", f"chidao {number}")


async def test_a_directive_that_is_not_there_is_refused_and_the_rest_is_kept(world: World) -> None:
    number = await published(world)
    assert "Không có chỉ đạo 99" in await world.answer("Lan", "giao Phạm Thị Dung; mai; Rà soát theo 99")
    assert f"chỉ đạo {number}" in await world.answer("Lan", f"Rà soát theo {number}")
    await world.presses("Lan", "Giao việc")
    assert (await world.task(1)).task.directive_id == number


async def test_a_head_assigns_under_what_the_head_was_sent(world: World) -> None:
    elsewhere = await published(world, to="Phòng Kế hoạch - Tài chính")
    assert "Không có chỉ đạo" in await world.answer("Bình", f"giao Phạm Thị Dung; mai; Rà soát theo {elsewhere}")
    await world.says("Bình", "/huy")
    number = await published(world)
    assert f"chỉ đạo {number}" in await world.answer("Bình", f"giao Phạm Thị Dung; mai; Rà soát theo {number}")


async def test_another_deadline_keeps_the_directive(world: World) -> None:
    number = await published(world)
    await world.says("Lan", f"giao Phạm Thị Dung; mai; Rà soát thủ tục theo {number}")
    assert f"chỉ đạo {number}" in await world.answer("Lan", "5 ngày làm việc")
    assert "Nguồn" in plain(world.last("Lan").text)
