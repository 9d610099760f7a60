"""Assigning a task: in one line, step by step, read back, and sent after one tap."""

import pytest

from domain.people import Role
from domain.tasks import CONTENT_LENGTH, Index, Status
from storage.roster import take_in
from tests.cast import CENTRE, HAI, PLANNING, TECHNOLOGY, Line
from tests.world import World, plain


def labels(world: World, who: str) -> list[str]:
    return [button.label for row in world.last(who).buttons for button in row]


async def test_a_task_is_read_back_before_it_is_sent(world: World) -> None:
    preview = await world.answer("Lan", "giao Phạm Thị Dung; 17h 27/11/2026; Công bố danh mục TTHC")
    assert "Giao cho: Phạm Thị Dung" in preview
    assert "Hạn: 17:00 thứ Sáu, 27/11/2026" in preview
    assert "Nội dung: Công bố danh mục TTHC" in preview
    assert labels(world, "Lan") == ["Giao việc", "Sửa hạn", "Thôi"]
    assert world.hears_all("Dung") == []
    await world.presses("Lan", "Giao việc")
    assert "Đã giao nhiệm vụ số 1 cho đồng chí Phạm Thị Dung" in world.hears("Lan")
    letter = world.hears("Dung")
    assert "Kính gửi đồng chí Phạm Thị Dung" in letter
    assert "Người giao: Nguyễn Thị Lan" in letter
    assert labels(world, "Dung") == ["Đã nhận", "Xong", "Vướng mắc", "Chi tiết 1"]
    one = await world.task(1)
    assert (one.status, one.assignee_id, one.task.given_by) == (
        Status.NOT_ACCEPTED,
        world.people["Dung"].id,
        world.people["Lan"].id,
    )


async def test_the_assistant_asks_for_whom_when_and_what_one_after_another(world: World) -> None:
    assert "Giao nhiệm vụ cho ai?" in await world.answer("Lan", "giao")
    assert "Hạn đến khi nào?" in await world.answer("Lan", "Dung")
    assert labels(world, "Lan") == ["Ngày mai", "5 ngày làm việc", "10 ngày làm việc", "Cuối tháng"]
    await world.presses("Lan", "5 ngày làm việc")
    assert "hạn: thứ Ba, 01/12/2026. Nội dung nhiệm vụ là gì?" in plain(world.last("Lan").text)
    world.hears_all("Lan")
    assert "Đề nghị kiểm tra" in await world.answer("Lan", "Công bố danh mục TTHC")
    assert "Đã giao" in await world.answer("Lan", "đồng ý")
    assert "Công bố danh mục TTHC" in world.hears("Dung")


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ("giao Phạm Thị Dung", "Hạn đến khi nào?"),
        ("giao Phạm Thị Dung;", "Hạn đến khi nào?"),
        ("giao Phạm Thị Dung; mai", "Nội dung nhiệm vụ là gì?"),
        ("giao Phạm Thị Dung; mai;", "Nội dung nhiệm vụ là gì?"),
        ("giao Phạm Thị Dung;; Báo cáo", "Hạn đến khi nào?"),
        ("giao ; mai; Báo cáo", "Giao nhiệm vụ cho ai?"),
    ],
)
async def test_what_the_line_lacks_is_asked_for(world: World, line: str, asked: str) -> None:
    assert asked in await world.answer("Lan", f"/{line}")


async def test_what_was_said_already_is_not_asked_again(world: World) -> None:
    await world.answer("Lan", "/giao ; mai; Báo cáo quý")
    preview = await world.answer("Lan", "Dung")
    assert "Báo cáo quý" in preview
    assert "24/11/2026" in preview


async def test_the_whole_line_may_answer_the_first_question(world: World) -> None:
    await world.answer("Lan", "giao")
    assert "Đề nghị kiểm tra" in await world.answer("Lan", "Dung; mai; Báo cáo")


async def test_a_name_that_fits_nobody_costs_only_the_name(world: World) -> None:
    assert "Không có cán bộ hoặc đơn vị nào tên “Zorro”" in await world.answer("Lan", "giao Zorro; mai; Báo cáo")
    assert "Báo cáo" in await world.answer("Lan", "Dung")


async def test_a_name_that_fits_several_is_asked_about(world: World) -> None:
    twin = Line("Lý Thị Dung", CENTRE, "Viên chức", Role.OFFICER)
    async with world.store.write() as uow:
        await take_in(uow, [twin], world.clock.now().replace(microsecond=1))
    assert "Có nhiều kết quả khớp với “Dung”" in await world.answer("Lan", "giao Dung; mai; Báo cáo")
    assert set(labels(world, "Lan")) == {f"Phạm Thị Dung ({TECHNOLOGY})"[:40], f"Lý Thị Dung ({CENTRE})"[:40]}
    await world.presses("Lan", f"Phạm Thị Dung ({TECHNOLOGY})"[:40])
    assert "Giao cho: Phạm Thị Dung" in plain(world.last("Lan").text)
    await world.presses("Lan", "Giao việc")
    assert "Báo cáo" in world.hears("Dung")


async def test_a_unit_means_its_head(world: World) -> None:
    preview = await world.answer("Lan", f"giao {PLANNING}; mai; Dự toán 2027")
    assert f"Giao cho: Vũ Mạnh Hùng ({PLANNING})" in preview
    await world.presses("Lan", "Giao việc")
    assert f"{PLANNING} được giao nhiệm vụ" in world.hears("Hùng")
    assert (await world.task(1)).assignee_id == world.people["Hùng"].id


async def test_a_unit_without_a_head_is_refused_and_costs_only_the_name(world: World) -> None:
    assert f"{CENTRE} chưa có trưởng đơn vị" in await world.answer("Lan", f"giao {CENTRE}; mai; Báo cáo")
    assert "Báo cáo" in await world.answer("Lan", "Bùi Văn Minh")


async def test_a_head_assigns_only_within_the_unit(world: World) -> None:
    answer = await world.answer("Bình", "giao Vũ Mạnh Hùng; mai; Báo cáo")
    assert "Vũ Mạnh Hùng không thuộc đơn vị của đồng chí" in answer
    assert "không thuộc đơn vị" in await world.answer("Bình", PLANNING)
    assert "Giao cho: Hoàng Văn Em" in await world.answer("Bình", "Em")
    await world.presses("Bình", "Giao việc")
    assert "Người giao: Trần Văn Bình" in world.hears("Em")


async def test_a_leader_assigns_to_anybody(world: World) -> None:
    await world.answer(HAI, "giao Bùi Văn Minh; mai; Báo cáo")
    await world.presses(HAI, "Giao việc")
    assert "Báo cáo" in world.hears("Minh")


@pytest.mark.parametrize(
    ("tag", "index"),
    [
        ("#PAR", Index.PAR),
        ("#par", Index.PAR),
        ("#SIPAS", Index.SIPAS),
        ("#PAPI", Index.PAPI),
        ("#PAR INDEX", Index.PAR),
        ("#PARIS", None),
        ("PAR", None),
    ],
)
async def test_a_tag_names_the_index_and_is_not_part_of_the_content(
    world: World, tag: str, index: Index | None
) -> None:
    preview = await world.answer("Lan", f"giao Phạm Thị Dung; mai; Công bố {tag} danh mục")
    assert ("Chỉ số" in preview) is (index is not None)
    await world.presses("Lan", "Giao việc")
    one = await world.task(1)
    assert one.task.index is index
    assert one.task.content == ("Công bố danh mục" if index else f"Công bố {tag} danh mục")


async def test_a_content_that_is_too_long_costs_only_the_content(world: World) -> None:
    long = "báo cáo " * (CONTENT_LENGTH // 8 + 1)
    answer = await world.answer("Lan", f"giao Phạm Thị Dung; mai; {long}")
    assert f"tối đa {CONTENT_LENGTH} ký tự" in answer
    assert "Nội dung: Báo cáo quý" in await world.answer("Lan", "Báo cáo quý")


async def test_a_content_of_exactly_the_limit_is_kept(world: World) -> None:
    await world.answer("Lan", "giao Phạm Thị Dung; mai; " + "ế" * CONTENT_LENGTH)
    await world.presses("Lan", "Giao việc")
    assert (await world.task(1)).task.content == "ế" * CONTENT_LENGTH


@pytest.mark.parametrize("content", ["!!!", "#PAR", "👍"])
async def test_a_content_without_words_is_asked_for_again_and_costs_nothing_else(world: World, content: str) -> None:
    assert "Thiếu nội dung nhiệm vụ" in await world.answer("Lan", f"giao Phạm Thị Dung; mai; {content}")
    preview = await world.answer("Lan", "Báo cáo quý")
    assert "Phạm Thị Dung" in preview
    assert "Báo cáo quý" in preview


async def test_the_deadline_can_be_changed_before_it_is_sent(world: World) -> None:
    await world.answer("Lan", "giao Phạm Thị Dung; mai; Báo cáo")
    await world.presses("Lan", "Sửa hạn")
    assert "Hạn đến khi nào?" in world.hears("Lan")
    preview = await world.answer("Lan", "27/11/2026")
    assert "27/11/2026" in preview
    assert "Báo cáo" in preview
    assert "30/11/2026" in await world.answer("Lan", "30/11/2026")
    await world.presses("Lan", "Giao việc")
    assert "30/11/2026" in world.hears("Dung")


async def test_a_deadline_that_passes_while_the_question_is_open_is_not_sent(world: World) -> None:
    await world.answer("Lan", "giao Phạm Thị Dung; 10h hôm nay; Báo cáo")
    world.clock.move(minutes=61)
    await world.presses("Lan", "Giao việc")
    assert "đã qua" in world.hears("Lan")
    assert world.hears_all("Dung") == []
    assert "24/11/2026" in await world.answer("Lan", "mai")


async def test_a_task_without_a_deadline_says_so(world: World) -> None:
    assert "không có thời hạn" in await world.answer("Lan", "giao Phạm Thị Dung; không hạn; Báo cáo")


@pytest.mark.parametrize("no", ["không", "thôi", "/huy", "hủy"])
async def test_a_task_that_is_left_is_not_sent(world: World, no: str) -> None:
    await world.answer("Lan", "giao Phạm Thị Dung; mai; Báo cáo")
    assert "Đã thôi" in await world.answer("Lan", no)
    assert world.hears_all("Dung") == []
    assert "Không có nhiệm vụ số 1" in await world.answer("Lan", "viec 1")


async def test_whoever_has_not_connected_is_named_and_finds_the_task_later(world: World) -> None:
    async with world.store.write() as uow:
        (account,) = await uow.people.accounts(world.people["Dung"].id)
        await uow.people.unlink(account.id)
    assert "chưa kết nối với trợ lý" in await world.answer("Lan", "giao Phạm Thị Dung; mai; Báo cáo")
    await world.presses("Lan", "Giao việc")
    assert "Đề nghị báo trực tiếp" in world.hears("Lan")
    async with world.store.write() as uow:
        code = await uow.people.invite(world.people["Dung"].id, world.clock.now())
    assert "chưa xong của đồng chí: 1" in await world.answer("Dung", code)


async def test_one_may_assign_to_oneself(world: World) -> None:
    await world.answer("Lan", "giao Nguyễn Thị Lan; mai; Báo cáo")
    await world.presses("Lan", "Giao việc")
    assert len(world.hears_all("Lan")) == 2
