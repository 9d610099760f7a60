"""The Office confirms what a directive was read to ask for: the card, all at once, what is silent, and publishing."""

from datetime import date

import pytest

from domain.deadlines import Deadline
from domain.proposals import Decided, Doers, Endless, to_give
from tests.handlers.proposals import LINES, PAPER, documents, dropped, kept, labels, paper, pressed, proposal, seen
from tests.world import World


async def test_a_dropped_directive_is_shown_as_a_card_and_nothing_is_assigned(world: World) -> None:
    card = await dropped(world, PAPER)
    assert "Số, ký hiệu: 45/SKHCN-VP; ngày: 20/11/2026" in card
    assert "Trích yếu: chuẩn hóa hồ sơ công việc" in card
    assert "Nhiệm vụ: 4, có thời hạn: 3" in card
    assert "ai thực hiện: 1 việc; thời hạn: 1 việc" in card
    assert labels(world)[:4] == ["Xem từng việc", "Danh sách", "Nhận tất cả (4)", "Không giao việc"]
    document, proposals = await kept(world)
    assert "kiểm kê hồ sơ công nghệ" in document.text
    assert [one.decided for one in proposals] == [Decided.OPEN] * 4
    await world.tick()
    assert world.hears_all("Bình") == []


async def test_what_looks_wrong_comes_first_with_the_task_in_which_it_stands(world: World) -> None:
    odd = "5. Văn phòng Sở báo cáo chậm nhất thứ Ba, ngày 23/12/2026."
    card = (await dropped(world, paper(*LINES, odd, number="…/SKHCN-VP"))).splitlines()
    assert card[1].startswith("⚠️ Số văn bản để trống")
    assert card[2].startswith("⚠️ Thứ và ngày không khớp")
    assert card[2].endswith("ngày đó là thứ Tư, 23/12/2026. (việc 5)")
    assert "⚠️ Thứ và ngày không khớp" in await world.answer("Lan", "việc 5")


async def test_all_are_accepted_and_only_what_the_text_leaves_open_is_asked(world: World) -> None:
    await dropped(world, PAPER)
    asked = await world.answer("Lan", "nhận hết")
    assert "Ai chủ trì nhiệm vụ này?" in asked
    assert "Văn bản ghi: “Bộ phận Một cửa”" in asked
    asked = await world.answer("Lan", "Trung tâm Công nghệ thông tin")
    assert "Thời hạn là khi nào?" in asked
    assert "bố trí kinh phí" in asked
    asked = await pressed(world, "Không có hạn")
    assert "Gửi tới ai?" in asked
    assert "Được giao việc:" in asked
    shown = await pressed(world, "Nơi được giao việc")
    assert "Nhiệm vụ: giao 4 việc cho" in shown
    assert "Văn phòng Sở (1)" in shown
    document, proposals = await kept(world)
    assert "Đã phát hành chỉ đạo 1" in await pressed(world, "Phát hành")
    async with world.store.read() as uow:
        published = await uow.proposals.document_of(1)
        assert published is not None
        assert published.id == document.id
        assert len(await uow.proposals.due(world.clock.now(), 10)) == 4
    assert to_give(proposals) == proposals
    assert proposals[3].when is Endless.ENDLESS
    assert proposals[0].when == Deadline(date(2026, 12, 20))


async def test_a_directive_without_tasks_goes_out_as_before(world: World) -> None:
    note = "Sở Khoa học và Công nghệ thông báo lịch tiếp công dân tháng 12/2026 để các phòng biết."
    await dropped(world, note.encode())
    assert "Số, ký hiệu" in seen(world)
    assert await documents(world) == 0


@pytest.mark.parametrize("said", ["không giao việc", "/khonggiaoviec", "khong giao nhiem vu nao"])
async def test_it_may_go_out_without_any_task(world: World, said: str) -> None:
    await dropped(world, PAPER)
    assert "Gửi tới ai?" in await world.answer("Lan", said)
    assert "Nhiệm vụ: không giao" in await world.answer("Lan", "tất cả")
    assert {one.decided for one in (await kept(world))[1]} == {Decided.LEFT_OUT}
    await pressed(world, "Sửa…")
    await pressed(world, "Các nhiệm vụ")
    assert "Ai chủ trì" in await world.answer("Lan", "nhan het")


async def test_one_answer_is_given_for_all_the_rest(world: World) -> None:
    await dropped(world, PAPER.replace(", hoàn thành trước ngày 20/12/2026".encode(), b""))
    assert "Thời hạn là khi nào?" in await world.answer("Lan", "nhận hết")
    assert "Trả lời chung cho cả 2 việc" in labels(world)
    asked = await world.answer("Lan", "hằng quý cho tất cả")
    assert "2 việc: định kỳ: hằng quý" in asked
    assert "Ai chủ trì" in asked
    assert "Gửi tới ai?" in await world.answer("Lan", "Văn phòng Sở")
    silent = [one for one in (await kept(world))[1] if isinstance(one.when, tuple)]
    assert [one.number for one in silent] == [1, 4]


async def test_an_answer_that_cannot_be_read_loses_nothing(world: World) -> None:
    await dropped(world, PAPER)
    await world.says("Lan", "nhận hết")
    assert "Không có cán bộ hoặc đơn vị nào tên" in await world.answer("Lan", "Phòng Lạ Hoắc")
    assert "đã nhận 4" in await world.answer("Lan", "xem")
    assert "Ai chủ trì" in await world.answer("Lan", "tiếp")
    await world.says("Lan", "Văn phòng Sở")
    assert "không" in await world.answer("Lan", "hôm ấy")
    assert "Gửi tới ai?" in await world.answer("Lan", "khong han")


async def test_the_document_is_read_from_our_copy_after_a_fault(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from handlers.dispatch import Dispatcher

    whole = Dispatcher.handle
    failed: list[bool] = []

    async def stumbles(self: Dispatcher, *arguments: object) -> None:
        if not failed:
            failed.append(True)
            raise RuntimeError("killed")
        await whole(self, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(Dispatcher, "handle", stumbles)
    await world.sends_file("Lan", "chi-dao.txt", PAPER, "/chidao")
    assert world.hears_all("Lan") == []
    world.channel.files.clear()
    world.clock.move(seconds=2)
    await world.reception.sweep()
    await world.settle()
    assert "Nhiệm vụ: 4" in world.hears("Lan")
    assert await documents(world) == 1


async def test_nothing_is_kept_of_a_secret_one(world: World) -> None:
    answer = await dropped(world, b"M\xe1\xba\xacT\n" + PAPER)
    assert "dấu chỉ độ mật" in answer or "bí mật" in answer or "MẬT" in answer
    assert await documents(world) == 0
    assert [path for path in world.files.root.rglob("*") if path.is_file()] == []


async def test_whoever_may_not_publish_has_nothing_read(world: World) -> None:
    await world.sends_file("Dung", "chi-dao.txt", PAPER, "/chidao")
    assert await documents(world) == 0


async def test_of_a_file_that_cannot_be_read_it_is_said_why(world: World) -> None:
    answer = await dropped(world, b"%PDF-1.7 broken", "hong.pdf")
    assert "Không đọc được nhiệm vụ từ tệp: tệp bị hỏng" in answer
    assert "Số, ký hiệu" in answer


async def test_what_the_header_does_not_say_is_asked_for_at_the_end(world: World) -> None:
    await dropped(world, paper(*LINES[:2], number="…/SKHCN-VP"))
    assert "Số, ký hiệu văn bản" in await world.answer("Lan", "nhận hết")
    assert "Gửi tới ai?" in await world.answer("Lan", "47/SKHCN-VP")


async def test_a_typed_directive_is_read_too(world: World) -> None:
    answer = await world.answer("Lan", f"/chidao {PAPER.decode()}")
    assert "Nhiệm vụ: 4" in answer
    assert (await proposal(world, 1)).lead == Doers((world.people["Bình"].unit_id,))
