"""What a document has given, seen from its directive and from each task: point, quote, state, and what was left out."""

from dataclasses import replace

from domain.decisions import Wait
from domain.proposals import Decided, Doers
from domain.series import Every
from tests.broadcasts import published
from tests.cast import PLANNING, TECHNOLOGY
from tests.papers_given import asks, given, unit
from tests.world import World


async def some(world: World) -> int:
    technology, planning = await unit(world, TECHNOLOGY), await unit(world, PLANNING)
    first = asks(1, "Rà soát danh mục", Doers((technology, planning)))
    first = replace(first, read=replace(first.read, text="Các phòng rà soát danh mục thủ tục hành chính"))
    return await given(
        world,
        first,
        asks(2, "Công bố thủ tục", Doers((technology,)), Wait("5 ngày kể từ quyết định", 5, working=True)),
        asks(3, "Báo cáo", Doers((planning,)), (Every("FREQ=MONTHLY;BYMONTHDAY=20", "hằng tháng ngày 20"),)),
        asks(4, "Tuyên truyền", Doers((planning,)), decided=Decided.LEFT_OUT, reason="đã có kế hoạch riêng"),
        asks(5, "Phối hợp tập huấn", Doers((technology,)), coordinate=Doers(people=(world.people["Khánh"].id,))),
    )


async def test_the_office_sees_each_point_and_what_was_left_out(world: World) -> None:
    number = await some(world)
    await world.says("Bình", "nhan 1")
    shown = await world.answer("Lan", f"chidao {number}")
    assert "Việc theo từng điểm: 4" in shown
    assert "1. Trần Văn Bình (Phòng Quản lý Công nghệ) · 27/11/2026 · đang thực hiện" in shown
    assert "2. Vũ Mạnh Hùng (Phòng Kế hoạch - Tài chính) · 27/11/2026 · chưa tiếp nhận" in shown
    assert "chờ quyết định: 5 ngày kể từ quyết định (quy tắc số 1)" in shown
    assert "định kỳ: hằng tháng ngày 20, kỳ tới hạn 18/12/2026" in shown
    assert "Không giao: 1\nĐiểm 1.4: Tuyên truyền\n    không giao: đã có kế hoạch riêng" in shown


async def test_a_head_sees_the_unit_s_points_alone_and_who_coordinates_what_is_theirs(world: World) -> None:
    number = await some(world)
    shown = await world.answer("Bình", f"chidao {number} từng điểm")
    assert "Việc theo từng điểm, 1 đến 3 trong 3" in shown
    assert "Vũ Mạnh Hùng" not in shown
    assert "Tuyên truyền" not in shown
    assert "Phối hợp tập huấn" in await world.answer("Khánh", f"chidao {number} tung diem")
    assert "Không có chỉ đạo" in await world.answer("Minh", f"chidao {number} tung diem")


async def test_many_points_come_in_pages(world: World) -> None:
    technology = Doers((await unit(world, TECHNOLOGY),))
    number = await given(world, *(asks(n, f"Việc thứ {n}", technology) for n in range(1, 14)))
    await world.answer("Lan", f"chidao {number}")
    await world.presses("Lan", "Việc theo từng điểm")
    assert "1 đến 10 trong 13" in world.hears("Lan")
    await world.presses("Lan", "Xem tiếp ›")
    assert "Việc thứ 13" in world.hears("Lan")


async def test_a_point_for_many_counts_them(world: World) -> None:
    everybody = Doers(people=tuple(one.id for one in world.people.values()))
    number = await given(world, asks(1, "Học tập quy chế", everybody))
    await world.says("Dung", "xong 4 đã học")
    await world.at("2026-11-30 09:00")
    shown = await world.answer("Lan", f"chidao {number}")
    assert "10 nhiệm vụ: chưa tiếp nhận 9 · chờ xác nhận 1 · trong đó quá hạn 9" in shown


async def test_a_task_says_its_point_its_sentence_and_its_deadline_as_written(world: World) -> None:
    await some(world)
    for question in ("viec 1", "visao 1"):
        shown = await world.answer("Bình", question)
        assert "Nguồn: chỉ đạo 1 (số 12/KH-UBND ngày 20/11/2026), điểm 1.1" in shown
        assert "Điểm 1.1: “Các phòng rà soát danh mục thủ tục hành chính”" in shown
        assert "Văn bản ghi: “trước ngày 27/11/2026”" in shown


async def test_what_a_decision_opens_and_what_comes_again_say_it_too(world: World) -> None:
    await some(world)
    await world.says("Lan", "quyetdinh 99/QĐ-BKHCN 20/11/2026")
    await world.presses("Lan", "Mở")
    await world.tick()
    async with world.store.read() as uow:
        made = {one.task.point: one.number for one in await uow.tasks.under(1)}
    assert "Điểm 1.2: “Công bố thủ tục”" in await world.answer("Bình", f"viec {made['1.2']}")
    assert "Điểm 1.3: “Báo cáo”" in await world.answer("Hùng", f"viec {made['1.3']}")


async def test_a_directive_without_a_document_has_no_points(world: World) -> None:
    await published(world)
    assert "không có nội dung nào được đọc thành nhiệm vụ" in await world.answer("Lan", "/chidao 1 viec")
    assert "từng điểm" not in await world.answer("Lan", "chidao 1")
