"""Whatever people type, send and press: nothing is done wrong, and what is wrong is said."""

import asyncio
import unicodedata

import pytest

from domain.messages import Incoming, Outgoing
from domain.tasks import NOTE_LENGTH, Status
from tests.world import World, plain

MEGABYTE = 1024 * 1024


# -- numbers and states ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["nhan", "xong", "tiendo", "xacnhan", "tralai", "viec"])
@pytest.mark.parametrize("number", ["99", "0", "999999999"])
async def test_an_unknown_number_is_named_in_the_refusal(world: World, command: str, number: str) -> None:
    answer = await world.answer("Bình", f"/{command} {number} 60 lý do")
    assert answer == f"Không có nhiệm vụ số {int(number)}. Gõ /viec để xem các nhiệm vụ của đồng chí kèm số."
    assert [button.label for row in world.last("Bình").buttons for button in row] == ["Việc của tôi"]


async def test_whoever_speaks_of_anothers_task_changes_nothing(world: World) -> None:
    number = await world.assigned("Dung")
    for typed in (f"xong {number}", f"nhan {number}", f"tien do {number} 50"):
        assert "Không có nhiệm vụ số" in await world.answer("Em", typed)
        assert "không thuộc phần đồng chí" in await world.answer("Bình", typed)
    assert (await world.task(number)).revision == 1
    assert world.hears_all("Dung") == []


async def test_a_task_that_waits_or_is_done_is_not_claimed_again(world: World) -> None:
    number = await world.assigned("Dung")
    await world.says("Dung", f"xong {number}")
    waiting = await world.task(number)
    assert "đang chờ xác nhận" in await world.answer("Dung", f"xong {number}")
    assert "đang chờ xác nhận" in await world.answer("Dung", f"tien do {number} 50")
    assert "đang chờ xác nhận" in await world.answer("Dung", f"nhan {number}")
    assert await world.task(number) == waiting
    await world.says("Bình", f"xac nhan {number}")
    done = await world.task(number)
    assert "đã được xác nhận hoàn thành" in await world.answer("Dung", f"xong {number} kết quả mới")
    assert "đã được xác nhận hoàn thành" in await world.answer("Bình", f"xac nhan {number}")
    assert "đã được xác nhận hoàn thành" in await world.answer("Bình", f"tra lai {number} lý do")
    assert await world.task(number) == done


async def test_a_task_that_nobody_claimed_is_not_confirmed(world: World) -> None:
    number = await world.assigned("Dung")
    assert "không ở trạng thái chờ xác nhận" in await world.answer("Bình", f"xacnhan {number}")
    assert (await world.task(number)).status is Status.NOT_ACCEPTED


# -- dates -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("due", "said"),
    [
        ("20/11/2026", "đã qua"),
        ("31/02", "Không có ngày này: “31/02”"),
        ("31/02/2027", "Không có ngày này"),
        ("blah blah", "Chưa đọc được thời hạn “blah blah”"),
        ("5000 ngày làm việc", "Số ngày phải từ 1 đến"),
        ("<b>hôm nào</b>", "“<b>hôm nào</b>”"),
    ],
)
async def test_a_date_that_cannot_be_is_refused_and_costs_only_the_date(world: World, due: str, said: str) -> None:
    assert said in await world.answer("Lan", f"giao Phạm Thị Dung; {due}; Công bố danh mục TTHC")
    preview = await world.answer("Lan", "27/11/2026")
    assert "Công bố danh mục TTHC" in preview
    assert "Phạm Thị Dung" in preview
    assert "27/11/2026" in preview
    assert world.hears_all("Dung") == []


@pytest.mark.parametrize(
    ("due", "said"),
    [("01/01/2027", "ngày hạn là ngày nghỉ"), ("28/11/2026", "ngày hạn rơi vào cuối tuần")],
)
async def test_a_date_on_a_day_off_is_taken_and_said(world: World, due: str, said: str) -> None:
    assert said in await world.answer("Lan", f"giao Phạm Thị Dung; {due}; Báo cáo")
    await world.presses("Lan", "Giao việc")
    assert "Đã giao" in world.hears("Lan")
    assert due in world.hears("Dung")


# -- percent -----------------------------------------------------------------------------------------------------------


async def test_a_percent_that_cannot_be_is_refused(world: World) -> None:
    number = await world.assigned("Dung")
    for percent in ("101", "150%", "-5", "999999"):
        assert "phải từ 0 đến 100" in await world.answer("Dung", f"tiendo {number} {percent}")
    assert "bao nhiêu phần trăm" in await world.answer("Dung", f"tiendo {number}")
    assert (await world.task(number)).revision == 1


async def test_a_percent_that_goes_backwards_is_asked_about(world: World) -> None:
    number = await world.assigned("Dung")
    await world.says("Dung", f"tiendo {number} 60")
    assert "Có đúng nay chỉ còn 40%?" in await world.answer("Dung", f"tiendo {number} 40 làm lại phụ lục")
    assert "có hoặc không" in await world.answer("Dung", "để xem đã")
    assert "Giữ nguyên" in await world.answer("Dung", "không ạ")
    assert (await world.task(number)).percent == 60
    await world.says("Dung", f"tiendo {number} 40 làm lại phụ lục")
    assert "40%" in await world.answer("Dung", "vâng")
    assert (await world.task(number)).percent == 40
    assert "làm lại phụ lục" in await world.answer("Dung", f"viec {number}")


async def test_a_percent_of_a_hundred_asks_whether_the_task_is_done(world: World) -> None:
    number = await world.assigned("Dung")
    assert "báo hoàn thành luôn?" in await world.answer("Dung", f"tiendo {number} 100%")
    assert (await world.task(number)).is_open
    await world.presses("Dung", "Đúng, đã xong")
    assert (await world.task(number)).status is Status.AWAITING


async def test_a_file_with_a_percent_that_is_asked_about_is_kept(world: World) -> None:
    number = await world.assigned("Dung")
    await world.says("Dung", f"tiendo {number} 60")
    await world.sends_file("Dung", "Tổng hợp.xlsx", b"40", f"tiendo {number} 40")
    await world.says("Dung", "đúng")
    await world.sends_file("Dung", "Báo cáo.docx", b"100", f"tiendo {number} 100")
    await world.presses("Dung", "Đúng, đã xong")
    await world.says("Bình", f"viec {number}")
    assert [file.name for file in world.last("Bình").files] == ["Tổng hợp.xlsx", "Báo cáo.docx"]


# -- text --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", " ", "\n\t", "👍", "😀😀😀", "...", "?!", "\u200b\u200e", "\u0000"])
async def test_a_message_without_words_gets_an_example(world: World, text: str) -> None:
    assert "không có chữ nào đọc được" in await world.answer("Dung", text)


@pytest.mark.parametrize("letter", ["a", "ặ", "😀", "1", " x", "ế\u0301\u0301", "/"])
async def test_ten_thousand_characters_get_one_short_answer(world: World, letter: str) -> None:
    answer = await world.answer("Dung", (letter * 10_000)[:10_000])
    assert len(answer) < 500


async def test_a_result_of_ten_thousand_characters_is_cut_not_lost(world: World) -> None:
    number = await world.assigned("Dung")
    await world.answer("Dung", f"xong {number} " + "đã trình " * 1200)
    one = await world.task(number)
    assert one.status is Status.AWAITING
    assert len(one.result) == NOTE_LENGTH
    assert len(world.hears("Bình")) < 4096


async def test_decomposed_letters_are_the_same_as_composed_ones(world: World) -> None:
    number = await world.assigned("Dung")
    decomposed = unicodedata.normalize("NFD", f"đã xong {number} số 45/BC-SKHCN về thủ tục")
    assert "hoàn thành" in await world.answer("Dung", decomposed)
    assert (await world.task(number)).result == "số 45/BC-SKHCN về thủ tục"
    preview = await world.answer("Lan", unicodedata.normalize("NFD", "giao Phạm Thị Dung; mai; Rà soát thủ tục"))
    assert "Nội dung: Rà soát thủ tục" in preview


async def test_letters_from_right_to_left_are_kept_and_their_marks_are_not(world: World) -> None:
    number = await world.assigned("Dung")
    await world.says("Dung", f"xong {number} \u202eBáo cáo\u202c مرحبا")
    assert (await world.task(number)).result == "Báo cáo مرحبا"


async def test_what_looks_like_markup_is_shown_as_it_was_typed(world: World) -> None:
    nasty = '<b>đậm</b> <a href="http://xau.vn">bấm</a> & %(number)s {0} <script>'
    await world.answer("Lan", f"giao Phạm Thị Dung; mai; {nasty}")
    await world.presses("Lan", "Giao việc")
    assert nasty in plain(world.last("Dung").text)
    assert "&lt;b&gt;đậm" in world.last("Dung").text
    assert "<script" not in world.last("Dung").text
    await world.says("Dung", f"xong 1 {nasty}")
    assert "&lt;script&gt;" in world.last("Bình").text
    await world.says("Bình", f"tralai 1 {nasty}")
    assert "&lt;script&gt;" in world.last("Dung").text
    await world.says("Dung", "viec 1")
    assert "<script" not in world.last("Dung").text
    await world.says("Lan", f"giao {nasty}; mai; x")
    assert "<script" not in world.last("Lan").text


# -- files and other kinds ---------------------------------------------------------------------------------------------


async def test_a_file_that_is_too_big_costs_only_the_file(world: World) -> None:
    number = await world.assigned("Dung")
    await world.sends_file("Dung", "phim.mp4", b"", f"xong {number} số 45/BC", size=21 * MEGABYTE)
    answer = world.hears("Dung")
    assert "hoàn thành" in answer
    assert "Có 1 tệp không lưu được" in answer
    assert (await world.task(number)).result == "số 45/BC"


async def test_a_file_that_is_too_big_and_alone_is_refused_kindly(world: World) -> None:
    await world.assigned("Dung")
    await world.sends_file("Dung", "phim.mp4", b"", size=21 * MEGABYTE)
    assert "tối đa 20 MB" in world.hears("Dung")


async def test_a_file_of_exactly_the_limit_is_kept(world: World) -> None:
    number = await world.assigned("Dung")
    await world.sends_file("Dung", "vừa.zip", b"x", f"xong {number}", size=20 * MEGABYTE)
    assert "Đã lưu 1 minh chứng" in world.hears("Dung")


@pytest.mark.parametrize("name", ["../../x", "/etc/passwd", "..\\..\\x", "", "a\u0000b", "Ả" * 300 + ".pdf"])
async def test_a_file_is_kept_inside_the_house_whatever_its_name(world: World, name: str) -> None:
    number = await world.assigned("Dung")
    outside = set(world.files.root.parent.rglob("*"))
    await world.sends_file("Dung", name, b"minh chung", f"xong {number}")
    (file,) = world.last("Bình").files
    assert not set(file.name) & set("/\\\0")
    assert 0 < len(file.name) <= 120
    assert await world.files.open(file) == b"minh chung"
    new = {path for path in world.files.root.parent.rglob("*") if path.is_file()} - outside
    assert all(world.files.root in path.parents or path.name.startswith("nhacviec.db") for path in new)


@pytest.mark.parametrize(
    ("kind", "said"),
    [("sticker", "không đọc được nhãn dán"), ("voice", "tin thoại"), ("location", "không đọc được loại tin này")],
)
async def test_a_kind_of_message_that_nobody_can_read_is_refused_kindly(world: World, kind: str, said: str) -> None:
    await world.says("Dung", unsupported=kind)
    assert said in world.hears("Dung")


# -- commands ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("typed", "meant"), [("/xog 12", "xong"), ("/viecc", "viec"), ("/trogip", "trogiup")])
async def test_a_command_with_a_slip_suggests_or_does_the_nearest(world: World, typed: str, meant: str) -> None:
    await world.assigned("Dung")
    answer = await world.answer("Dung", typed)
    known = {"xong": "Không có nhiệm vụ số 12", "viec": "Nhiệm vụ chưa xong", "trogiup": "Đồng chí có thể gõ"}[meant]
    assert f"/{meant}" in answer or known in answer


async def test_an_unknown_command_is_named_and_the_nearest_offered(world: World) -> None:
    assert "Không có câu lệnh “/xyzt”" in await world.answer("Dung", "/xyzt")
    assert "“<b>”" not in await world.answer("Dung", "/<b>x")
    answer = await world.answer("Dung", "/trog")
    assert "/trogiup" in answer
    assert [button.label for row in world.last("Dung").buttons for button in row] == ["/trogiup"]
    await world.presses("Dung", "/trogiup")
    assert "Đồng chí có thể gõ" in plain(world.last("Dung").text)


async def test_talk_is_not_taken_for_a_command(world: World) -> None:
    await world.assigned("Dung")
    assert "chưa hiểu ý" in await world.answer("Dung", "mai họp lúc mấy giờ thế nhỉ")


# -- at the same time --------------------------------------------------------------------------------------------------


async def test_two_commands_in_the_same_second_are_answered_in_their_order(world: World) -> None:
    numbers = [await world.assigned("Dung") for _ in range(3)]
    address = world.address("Dung")
    said = [Incoming("telegram", f"burst-{n}", address, "Dung", f"nhan {n}") for n in numbers]
    await world.receives(*said)
    await world.settle()
    heard = [plain(one.text) for one in world.hears_all("Dung")]
    assert [f"nhiệm vụ số {n}" in text for n, text in zip(numbers, heard, strict=True)] == [True, True, True]


async def test_two_people_who_confirm_at_once_confirm_once(world: World) -> None:
    number = await world.assigned("Dung")
    await world.says("Dung", f"xong {number}")
    for who in ("Dung", "Bình", "Lan"):
        world.hears_all(who)
    said = [Incoming("telegram", f"at-once-{who}", world.address(who), who, f"xacnhan {number}") for who in CONFIRMERS]
    async with asyncio.TaskGroup() as tasks:
        for one in said:
            tasks.create_task(world.reception.receive([one]))
    await world.settle()
    answers = [world.hears(who) for who in CONFIRMERS]
    assert sum("Đã xác nhận: nhiệm vụ" in answer for answer in answers) == 1
    assert len(world.hears_all("Dung")) == 1
    history = await world.answer("Lan", f"viec {number}")
    assert history.count(": xác nhận") + history.count("đã xác nhận") == 1


CONFIRMERS = ("Bình", "Lan")


# -- buttons -----------------------------------------------------------------------------------------------------------


async def test_a_button_pressed_twice_acts_once(world: World) -> None:
    number = await world.assigned("Dung")
    letter = world.last("Dung")
    await world.presses("Dung", "Xong", of=letter)
    world.hears_all("Dung")
    asked = len(world.hears_all("Bình"))
    assert asked == 1
    await world.presses("Dung", "Xong", of=letter)
    assert "đang chờ xác nhận" in world.hears("Dung")
    assert world.hears_all("Bình") == []
    assert (await world.task(number)).revision == 2


async def test_received_pressed_twice_says_so(world: World) -> None:
    await world.assigned("Dung")
    letter = world.last("Dung")
    await world.presses("Dung", "Đã nhận", of=letter)
    world.hears_all("Dung")
    await world.presses("Dung", "Đã nhận", of=letter)
    assert "từ trước" in world.hears("Dung")


async def test_a_button_of_an_old_letter_says_that_it_is_old(world: World) -> None:
    number = await world.assigned("Dung")
    old = world.last("Dung")
    await world.presses("Dung", "Đã nhận")
    await world.says("Dung", f"tiendo {number} 50")
    world.hears_all("Dung")
    await world.presses("Dung", "Xong", of=old)
    assert "Đã ghi nhận: nhiệm vụ số 1 hoàn thành" in world.hears("Dung")
    await world.says("Bình", f"tralai {number} thiếu phụ lục")
    world.hears_all("Dung")
    await world.presses("Dung", "Xong", of=old)
    assert "thuộc một tin cũ" in world.hears("Dung")
    assert (await world.task(number)).is_open


async def test_a_letter_passed_on_does_nothing_for_whoever_presses_its_buttons(world: World) -> None:
    number = await world.assigned("Dung")
    letter = world.last("Dung")
    for label in ("Đã nhận", "Xong", f"Chi tiết {number}"):
        await world.presses("Em", label, of=letter)
        assert "Không có nhiệm vụ số" in world.hears("Em")
    await world.says("Dung", f"xong {number}")
    request = world.last("Bình")
    await world.presses("Dung", "Xác nhận", of=request)
    assert "không thuộc quyền" in plain(world.last("Dung").text)
    await world.presses("người-lạ", "Xác nhận", of=request)
    assert "chỉ phục vụ cán bộ" in plain(world.last("người-lạ").text)
    assert (await world.task(number)).status is Status.AWAITING


@pytest.mark.parametrize("label", ["Giao việc", "Sửa hạn"])
async def test_a_preview_that_is_pressed_twice_or_by_somebody_else_assigns_once(world: World, label: str) -> None:
    await world.says("Lan", "giao Phạm Thị Dung; mai; Báo cáo")
    preview = world.last("Lan")
    await world.presses("Bình", label, of=preview)
    assert "Câu hỏi đó đã đóng" in plain(world.last("Bình").text)
    await world.presses("Lan", "Giao việc", of=preview)
    await world.presses("Lan", label, of=preview)
    assert "Câu hỏi đó đã đóng" in plain(world.last("Lan").text)
    assert len(world.hears_all("Dung")) == 1


async def test_an_earlier_preview_does_not_send_the_later_one(world: World) -> None:
    await world.says("Lan", "giao Phạm Thị Dung; mai; Việc cũ")
    old = world.last("Lan")
    await world.says("Lan", "/giao Hoàng Văn Em; mai; Việc mới")
    await world.presses("Lan", "Giao việc", of=old)
    assert "Câu hỏi đó đã đóng" in plain(world.last("Lan").text)
    assert world.hears_all("Dung") == world.hears_all("Em") == []


@pytest.mark.parametrize(
    "says",
    [
        *("", "rm -rf", "dongy", "ai u99999", "ai p", "ai x1", "uutien 99999", "minhchung 1", "han mai", "dung"),
        *("khong", "xong", "xong 1 #99", "viec t-1", "viec t99999999999", "\u0000", "a" * 64),
    ],
)
async def test_a_button_that_nobody_made_changes_nothing(world: World, says: str) -> None:
    number = await world.assigned("Dung")
    world.hears_all("Dung")
    await world.says("Dung", action=says)
    assert world.hears("Dung")
    assert (await world.task(number)).revision == 1


async def test_a_file_and_a_button_of_somebody_else_keep_apart(world: World) -> None:
    first, second = await world.assigned("Dung"), await world.assigned("Em")
    await world.sends_file("Dung", "a.pdf", b"a")
    offered: Outgoing = world.last("Dung")
    await world.presses("Em", f"Nhiệm vụ {first}", of=offered)
    assert "Câu hỏi đó đã đóng" in plain(world.last("Em").text)
    await world.says("Em", f"viec {second}")
    assert world.last("Em").files == ()
