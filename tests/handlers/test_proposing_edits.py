"""Proposals one by one: seen, accepted, changed, split, merged, left out; bad input says what to type instead."""

from datetime import date

import pytest

from domain.deadlines import Deadline
from domain.decisions import Wait
from domain.proposals import Decided, Doers, Endless
from tests.documents.papers import word
from tests.handlers.proposals import (
    LINES,
    PAPER,
    documents,
    dropped,
    kept,
    labels,
    paper,
    plan,
    pressed,
    proposal,
    seen,
)
from tests.world import World


def unit_of(world: World, who: str) -> int:
    return world.people[who].unit_id


async def test_they_are_gone_through_one_by_one(world: World) -> None:
    await dropped(world, PAPER)
    assert "Việc 1 · điểm 1 · chưa quyết" in await pressed(world, "Xem từng việc")
    shown = await pressed(world, "Nhận")
    assert "Đã nhận việc 1." in shown
    assert "Việc 2 · điểm 2" in shown
    shown = await pressed(world, "Bỏ")
    assert "Đã bỏ việc 2." in shown
    assert "Việc 3 · điểm 3" in shown
    # what the text leaves open is asked once it is to be given
    assert "Ai chủ trì" in await pressed(world, "Nhận")
    assert "Việc 4 · điểm 4" in await pressed(world, "Văn phòng Sở")
    assert "Thời hạn là khi nào?" in await world.answer("Lan", "đồng ý")
    assert "Gửi tới ai?" in await world.answer("Lan", "hết quý này")
    assert "Nhiệm vụ: giao 3 việc" in await world.answer("Lan", "tất cả")
    assert "bỏ 1 việc" in seen(world)


@pytest.mark.parametrize(
    ("typed", "when"),
    [
        ("sửa 4 hạn 20/12", Deadline(date(2026, 12, 20))),
        ("/sua 4 han 20/12/2026", Deadline(date(2026, 12, 20))),
        ("hạn 4 cuối tháng 12", Deadline(date(2026, 12, 31))),
        ("sua 4 khong han", Endless.ENDLESS),
        ("sửa 4 hạn 5 ngày làm việc kể từ khi có quyết định", Wait("5 ngày làm việc kể từ khi có quyết định", 5, True)),
    ],
)
async def test_a_deadline_is_typed(world: World, typed: str, when: object) -> None:
    await dropped(world, PAPER)
    await world.says("Lan", typed)
    assert (await proposal(world, 4)).when == when


@pytest.mark.parametrize("typed", ["sửa 4 chu kỳ hằng tháng ngày 20", "hạn 4 hằng tháng ngày 20"])
async def test_a_cycle_is_typed(world: World, typed: str) -> None:
    await dropped(world, PAPER)
    assert "định kỳ: hằng tháng ngày 20" in await world.answer("Lan", typed)
    rules = (await proposal(world, 4)).when
    assert isinstance(rules, tuple)
    assert [one.rule for one in rules] == ["FREQ=MONTHLY;BYMONTHDAY=20"]


async def test_several_are_changed_at_once(world: World) -> None:
    await dropped(world, PAPER)
    assert "Đã sửa 2 việc" in await world.answer("Lan", "sửa 3 4 giao Phòng Kế hoạch - Tài chính, Phạm Thị Dung")
    doers = Doers((unit_of(world, "Hùng"),), (world.people["Dung"].id,))
    assert [(await proposal(world, number)).lead for number in (3, 4)] == [doers, doers]
    await world.says("Lan", "nhận 1-3")
    assert [one.decided for one in (await kept(world))[1]] == [Decided.ACCEPTED] * 3 + [Decided.OPEN]


async def test_text_and_who_cooperates_are_changed(world: World) -> None:
    await dropped(world, PAPER)
    await world.says("Lan", "việc 1")
    await world.presses("Lan", "Nội dung…")
    assert "Văn bản ghi: “Phòng Quản lý Công nghệ kiểm kê" in await world.answer("Lan", "Nhận 3 hồ sơ và kiểm kê")
    assert (await proposal(world, 1)).content == "Nhận 3 hồ sơ và kiểm kê"
    assert "Phối hợp: Văn phòng Sở" in await world.answer("Lan", "sửa 1 phối hợp Văn phòng Sở")
    await world.says("Lan", "sửa 1 phối hợp không")
    assert not (await proposal(world, 1)).coordinate


async def test_one_is_split_by_its_sentences_or_as_typed(world: World) -> None:
    await dropped(world, PAPER)
    assert "có thể tách như sau" in await world.answer("Lan", "tách 3")
    assert "Việc 3 đã tách thành các việc 5, 6." in await pressed(world, "Tách như trên")
    assert (await proposal(world, 3)).decided is Decided.SPLIT
    assert "Việc 3 đã chuyển thành việc 5, 6" in await world.answer("Lan", "nhận 3")
    await world.says("Lan", "tach 2\n- Lập danh mục\n- Báo cáo")
    assert [(await proposal(world, number)).content for number in (7, 8)] == ["Lập danh mục", "Báo cáo"]
    assert (await proposal(world, 7)).lead == (await proposal(world, 2)).lead


async def test_several_become_one(world: World) -> None:
    await dropped(world, PAPER)
    assert "Việc 2 đã gộp vào việc 1." in await world.answer("Lan", "gộp 1 và 2")
    one = await proposal(world, 1)
    assert one.content.count("\n") == 1
    assert one.lead.units == (unit_of(world, "Bình"), unit_of(world, "Lan"))


@pytest.mark.parametrize("typed", ["bỏ 3 vì đã giao năm trước", "/bo 3 ly do da giao nam truoc"])
async def test_why_one_is_left_out_is_kept(world: World, typed: str) -> None:
    await dropped(world, PAPER)
    await world.says("Lan", typed)
    one = await proposal(world, 3)
    assert one.decided is Decided.LEFT_OUT
    assert one.reason in ("đã giao năm trước", "da giao nam truoc")
    assert "Còn 3 việc chưa quyết, đã nhận 0 việc" in await world.answer("Lan", "tiếp")
    await world.says("Lan", "nhan 3")
    assert (await proposal(world, 3)).decided is Decided.ACCEPTED


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("việc 9", "không có việc số 9; có tất cả 4 việc"),
        ("nhận 1 9", "không có việc số 9"),
        ("sửa 1 hạn 31/02", "Không có ngày"),
        ("sửa 1 hạn hôm ấy", "Chưa đọc được thời hạn"),
        ("sửa 1 giao Phòng Lạ Hoắc", "Không có cán bộ hoặc đơn vị nào tên"),
        ("sửa 1 cho nhanh", "chưa cho biết cần sửa phần nào"),
        ("sửa hạn 20/12", "Đề nghị gõ kèm số của việc"),
        ("gộp 1", "ít nhất hai việc"),
        ("tách 1 chỉ một phần", "Một việc được tách thành 2 đến 20 phần"),
        ("làm sao bây giờ", "Chưa rõ “làm sao bây giờ”"),
        ("sửa 1 nội dung ???", "nội dung"),
    ],
)
async def test_bad_input_changes_nothing_and_says_what_to_type(world: World, typed: str, says: str) -> None:
    await dropped(world, PAPER)
    before = (await kept(world))[1]
    assert says in await world.answer("Lan", typed)
    assert (await kept(world))[1] == before
    assert "chưa quyết 4" in await world.answer("Lan", "xem")


async def test_other_commands_pass_and_the_document_waits(world: World) -> None:
    await dropped(world, PAPER)
    await world.says("Lan", "nhận 1")
    assert "Chỉ đạo" in await world.answer("Lan", "/chidao 1") or "Không có" in seen(world)
    assert "nhiệm vụ" in (await world.answer("Lan", "/viec")).lower()
    assert "đã nhận 1" in await world.answer("Lan", "xem")


async def test_it_is_left_and_gone_on_with_from_another_chat(world: World) -> None:
    await dropped(world, PAPER)
    await world.says("Lan", "nhận 1")
    assert "được giữ 30 ngày" in await world.answer("Lan", "/huy")
    assert "đã nhận 1" in await world.answer("Lan", "/chidao tiếp")
    world.clock.move(hours=3)
    assert "Phát hành văn bản chỉ đạo nào?" in await world.answer("Lan", "/chidao")
    assert "đã nhận 1" in await pressed(world, "Xử lý tiếp: số 45/SKHCN-VP ngày 20/11/2026")
    await world.says("Lan", "nhận hết")


async def test_it_waits_over_the_noon_break(world: World) -> None:
    await dropped(world, PAPER)
    world.clock.move(hours=5)
    await world.says("Lan", "nhận 1")
    assert (await proposal(world, 1)).decided is Decided.ACCEPTED


async def test_a_button_of_another_document_changes_nothing(world: World) -> None:
    await dropped(world, PAPER)
    old = world.last("Lan")
    await world.says("Lan", "/huy")
    await dropped(world, paper(*LINES, number="46/SKHCN-VP"), "46.txt")
    world.hears_all("Lan")
    await world.presses("Lan", "Nhận tất cả (4)", of=old)
    assert "Nút này thuộc văn bản khác: số 45/SKHCN-VP" in world.hears("Lan")
    assert {one.decided for one in (await kept(world))[1]} == {Decided.OPEN}


async def test_a_button_of_a_published_one_is_closed(world: World) -> None:
    await dropped(world, PAPER)
    card = world.last("Lan")
    await world.says("Lan", "không giao việc")
    await world.says("Lan", "tất cả")
    await world.presses("Lan", "Phát hành")
    world.hears_all("Lan")
    await world.presses("Lan", "Nhận tất cả (4)", of=card)
    assert "đã đóng" in world.hears("Lan").lower() or "không còn" in seen(world).lower()


async def test_a_corrected_version_takes_the_place_of_the_first_and_what_was_decided_stays(world: World) -> None:
    await dropped(world, PAPER)
    await world.says("Lan", "nhận 1")
    corrected = paper(LINES[0], LINES[1].replace("25/12", "26/12"), *LINES[2:])
    await world.sends_file("Lan", "ban-sua.txt", corrected)
    assert "đã nhận 1 · chưa quyết 3" in seen(world)
    assert "Bản này thay bản trước" in seen(world)
    assert (await proposal(world, 2)).when == Deadline(date(2026, 12, 26))
    assert await documents(world) == 1


async def test_a_proposal_is_changed_when_it_is_asked_already_who_gets_the_document(world: World) -> None:
    await dropped(world, paper(*LINES[:2]))
    assert "Gửi tới ai?" in await world.answer("Lan", "nhận hết")
    assert "thứ Năm, 31/12/2026" in await world.answer("Lan", "sửa 1 hạn 31/12")
    await world.says("Lan", "tiếp")
    assert "giao 2 việc" in await world.answer("Lan", "tất cả")
    assert "Việc 1–2 trong 2" in await world.answer("Lan", "xem")
    assert "Số người nhận: 10" in await world.answer("Lan", "tiếp")


async def test_several_drafts_are_gone_on_with(world: World) -> None:
    await dropped(world, PAPER)
    await dropped(world, paper(*LINES, number="46/SKHCN-VP", subject="việc khác"), "46.txt")
    await world.says("Lan", "/huy")
    await world.says("Lan", "/chidao")
    going_on = [label for label in labels(world) if label.startswith("Xử lý tiếp")]
    assert [label.split()[4] for label in going_on] == ["46/SKHCN-VP", "45/SKHCN-VP"]
    assert "Số, ký hiệu: 45/SKHCN-VP" in await pressed(world, going_on[1])


async def test_an_annex_that_comes_after_it_belongs_to_it(world: World) -> None:
    await dropped(world, PAPER)
    await world.says("Lan", "nhận 1")
    annex = paper("1. Văn phòng Sở bố trí phòng họp trước ngày 30/12/2026.", number="…/SKHCN-VP")
    await world.sends_file("Lan", "phu-luc.txt", annex, "phụ lục kèm theo")
    assert "Nhiệm vụ: 5" in seen(world)
    assert "Đã thêm 1 việc" in seen(world)
    assert "đã nhận 1" in seen(world)
    assert (await proposal(world, 5)).content.startswith("Văn phòng Sở bố trí phòng họp")
    assert await documents(world) == 1


async def test_a_plan_of_150_tasks_is_worked_through_in_a_few_steps(world: World) -> None:
    card = await dropped(world, plan(150))
    assert "Nhiệm vụ: 150, có thời hạn: 100" in card
    assert "Việc 1–8 trong 150" in await pressed(world, "Danh sách")
    assert "Việc 9–16 trong 150" in await pressed(world, "Trang sau ›")
    assert "Việc 17–24 trong 150" in await pressed(world, "Nhận 8 việc trên trang này")
    assert "đã nhận 8" in seen(world)
    assert "Việc 145–150 trong 150" in await world.answer("Lan", "xem trang 99")
    assert "Chưa rõ người thực hiện hoặc thời hạn: 1–8 trong 50" in await pressed(world, "Chưa rõ (50)")
    assert "9–16 trong 50" in await pressed(world, "Trang sau ›")
    assert "Chưa quyết: 1–8 trong 142" in await world.answer("Lan", "xem chưa quyết")
    assert "Đã bỏ việc 100, 101" in await world.answer("Lan", "bỏ 100-120 để năm sau")
    assert "Thời hạn là khi nào?" in await world.answer("Lan", "nhận hết")
    assert "Gửi tới ai?" in await world.answer("Lan", "cuối năm cho tất cả")
    assert "Nhiệm vụ: giao 129 việc" in await world.answer("Lan", "tất cả")
    assert max(len(outgoing.text) for _, outgoing in world.channel.sent) < 4000
    assert "Xem" not in labels(world)


async def test_a_name_that_was_learnt_is_not_asked_for_again(world: World) -> None:
    twice = paper(*LINES, "5. Bộ phận Một cửa báo cáo kết quả trước ngày 30/12/2026.")
    await dropped(world, twice)
    assert "Ai chủ trì" in await world.answer("Lan", "nhận 3")
    await world.says("Lan", "Trung tâm Công nghệ thông tin")
    assert (await proposal(world, 5)).lead == (await proposal(world, 3)).lead
    await world.says("Lan", "/huy")
    await dropped(world, twice.replace(b"45/", b"46/"), "46.txt")
    assert "ai thực hiện" not in seen(world)


async def test_what_is_for_other_agencies_is_left_out_and_can_be_taken_in(world: World) -> None:
    others = ("5. Sở Tài chính thẩm định kinh phí trước 30/12/2026.", "6. Sở Nội vụ báo cáo trước 30/12/2026.")
    card = await dropped(world, paper(*LINES, *others))
    assert "bỏ 2 · chưa quyết 4" in card
    assert "Bỏ sẵn 2 việc của cơ quan khác" in card
    assert "Sở Tài chính" in (await proposal(world, 5)).reason
    assert "Ai chủ trì" in await world.answer("Lan", "nhận 5")


async def test_a_later_document_with_the_same_number_shows_what_has_changed(world: World) -> None:
    await dropped(world, paper(*LINES[:2]))
    await world.says("Lan", "nhận hết")
    await world.says("Lan", "tất cả")
    await world.presses("Lan", "Phát hành")
    await world.tick()
    card = await dropped(world, paper(LINES[0], LINES[1].replace("25/12", "28/12"), LINES[3]), "45-moi.txt")
    assert "trùng số" in card.lower() or "số của" in card
    assert [one.decided for one in (await kept(world))[1]] == [Decided.ALREADY_GIVEN, Decided.OPEN, Decided.OPEN]


async def test_a_word_document_is_read_like_any_other(world: World) -> None:
    await dropped(world, word(*PAPER.decode().splitlines()), "chi-dao.docx")
    assert "Nhiệm vụ: 4" in seen(world)


async def test_nobody_else_can_decide(world: World) -> None:
    await dropped(world, PAPER)
    says = next(button.says for row in world.last("Lan").buttons for button in row)
    await world.says("Hải", action=says)
    await world.says("Dung", action=says)
    assert {one.decided for one in (await kept(world))[1]} == {Decided.OPEN}
