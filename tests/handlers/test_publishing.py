"""Publishing a directive: what is asked for, what is read back, what goes out and when."""

from datetime import date

import pytest

from domain.directives import Directive
from tests.broadcasts import TYPED, published
from tests.world import World, local, plain


async def latest(world: World) -> Directive:
    async with world.store.read() as uow:
        return (await uow.directives.latest(1))[0]


async def up_to_audience(world: World) -> None:
    """A directive whose audience is asked for."""
    assert "Gửi tới ai?" in await world.answer("Lan", f"/chidao {TYPED}")


async def test_everything_that_is_missing_is_asked_for_one_after_another(world: World) -> None:
    assert "Phát hành văn bản chỉ đạo nào?" in await world.answer("Lan", "/chidao")
    assert "Số, ký hiệu" in await world.answer("Lan", "Nộp báo cáo cải cách hành chính quý IV")
    assert "Ngày ban hành" in await world.answer("Lan", "15/SKHCN-VP")
    assert "Gửi tới ai?" in await world.answer("Lan", "20/11")
    shown = await world.answer("Lan", "tất cả")
    assert "Trích yếu: Nộp báo cáo cải cách hành chính quý IV" in shown
    assert "Số người nhận: 10 (Telegram 10)" in shown
    await world.presses("Lan", "Phát hành")
    assert "Đã phát hành chỉ đạo 1 (số 15/SKHCN-VP ngày 20/11/2026)" in world.hears("Lan")
    one = await latest(world)
    assert (one.number, one.issued_on) == ("15/SKHCN-VP", date(2026, 11, 20))


async def test_what_the_text_says_of_itself_is_not_asked_for(world: World) -> None:
    await up_to_audience(world)
    shown = await world.answer("Lan", "các trưởng đơn vị")
    assert "Số, ký hiệu: 12/KH-UBND" in shown
    assert "Ngày ban hành: 20/11/2026" in shown
    assert "Trích yếu: rà soát thủ tục hành chính" in shown
    assert "Số người nhận: 3" in shown


async def test_the_subject_ends_with_its_sentence_and_the_rest_is_sent_all_the_same(world: World) -> None:
    rest = "Các đơn vị gửi báo cáo trước thứ Sáu."
    await world.says("Lan", f"/chidao Công văn 12/SKHCN-VP ngày 23/11/2026 về việc rà soát TTHC. {rest}")
    shown = await world.answer("Lan", "tất cả")
    assert "Trích yếu: rà soát TTHC\n" in shown
    assert rest in shown
    await world.presses("Lan", "Phát hành")
    await world.tick()
    letter = world.hears("Dung")
    assert "Chỉ đạo 1 (số 12/SKHCN-VP ngày 23/11/2026): rà soát TTHC\n" in letter
    assert rest in letter


async def test_a_file_goes_to_everybody_with_the_letter(world: World) -> None:
    await world.sends_file("Lan", "ke-hoach.txt", TYPED.encode(), "/chidao")
    await world.says("Lan", "Phòng Quản lý Công nghệ")
    await world.presses("Lan", "Phát hành")
    await world.tick()
    (file,) = world.last("Dung").files
    assert file.name == "ke-hoach.txt"
    assert await world.files.open(file) == TYPED.encode()
    assert world.hears_all("Khánh") == []


async def test_more_files_may_come_while_something_is_asked(world: World) -> None:
    await world.says("Lan", "/chidao")
    await world.sends_file("Lan", "trang-1.jpg", b"1")
    await world.sends_file("Lan", "trang-2.jpg", b"2")
    assert "Số, ký hiệu" in plain(world.last("Lan").text)
    for answer in ("không", "không", "Rà soát thủ tục"):
        await world.says("Lan", answer)
    shown = await world.answer("Lan", "tất cả")
    assert "Tệp: trang-1.jpg, trang-2.jpg" in shown
    assert "Số, ký hiệu: không có" in shown


async def test_a_bad_answer_costs_only_that_answer(world: World) -> None:
    await world.says("Lan", "/chidao Nộp báo cáo quý IV")
    await world.says("Lan", "15/SKHCN-VP")
    assert "không phải là ngày đọc được" in await world.answer("Lan", "hôm ấy")
    assert "Gửi tới ai?" in await world.answer("Lan", "20/11/2026")
    assert "Không có cán bộ hoặc đơn vị nào tên" in await world.answer("Lan", "Nguyễn Văn Không Có, Phòng Lạ Hoắc")
    assert "Số người nhận: 10" in await world.answer("Lan", "tất cả")
    assert "Số, ký hiệu: 15/SKHCN-VP" in plain(world.last("Lan").text)


@pytest.mark.parametrize(
    ("named", "people"),
    [
        ("Phòng Quản lý Công nghệ", {"Bình", "Dung", "Em"}),
        ("phong quan ly cong nghe, phòng kế hoạch - tài chính", {"Bình", "Dung", "Em", "Hùng", "Khánh"}),
        ("Phạm Thị Dung; Bùi Văn Minh", {"Dung", "Minh"}),
        ("Phòng Kế hoạch - Tài chính, Phạm Thị Dung", {"Hùng", "Khánh", "Dung"}),
        ("trưởng đơn vị", {"Chánh", "Bình", "Hùng"}),
        # the unit at the top stands for itself: everybody is below it
        ("Ban Giám đốc Sở", {"Hải"}),
    ],
)
async def test_the_audience_is_typed(world: World, named: str, people: set[str]) -> None:
    await published(world, to=named)
    got = {address for address, out in world.channel.sent if "tiếp nhận và thực hiện" in out.text}
    assert got == {world.address(who) for who in people}


async def test_units_are_pressed_one_after_another(world: World) -> None:
    await up_to_audience(world)
    await world.presses("Lan", "Chọn đơn vị")
    await world.presses("Lan", "Phòng Quản lý Công nghệ")
    await world.presses("Lan", "Trung tâm Công nghệ thông tin")
    assert "Đã chọn" in plain(world.last("Lan").text)
    await world.presses("Lan", "Đủ rồi")
    assert "Số người nhận: 4" in plain(world.last("Lan").text)


async def test_those_who_cannot_be_reached_are_counted_before_it_goes_out(world: World) -> None:
    async with world.store.write() as uow:
        await uow.people.unreachable("telegram", world.address("Dung"), world.clock.now())
        await uow.people.link(world.people["Em"].id, "web", "em", world.clock.now())
        await uow.people.prefer(world.people["Em"].id, (await uow.people.accounts(world.people["Em"].id))[1].id)
    await up_to_audience(world)
    shown = await world.answer("Lan", "tất cả")
    assert "Telegram 8" in shown
    assert "web chat 1" in shown.lower() or "trang web 1" in shown.lower()
    assert "chưa liên lạc được 1" in shown


async def test_a_part_is_changed_before_it_goes_out(world: World) -> None:
    await up_to_audience(world)
    await world.says("Lan", "tất cả")
    await world.presses("Lan", "Sửa…")
    await world.presses("Lan", "Trích yếu")
    assert "Trích yếu: Kiểm tra thủ tục" in await world.answer("Lan", "Kiểm tra thủ tục")
    assert "Tóm tắt một dòng" in await world.answer("Lan", "sửa tóm tắt")
    assert "Tóm tắt: Xong trước ngày 30/11" in await world.answer("Lan", "Xong trước ngày 30/11")
    await world.says("Lan", "phát hành")
    await world.tick()
    assert "Xong trước ngày 30/11" in world.hears("Dung")


async def test_it_waits_for_its_time_and_may_be_called_off(world: World) -> None:
    await up_to_audience(world)
    await world.says("Lan", "tất cả")
    await world.presses("Lan", "Hẹn giờ…")
    assert "Thời điểm phát hành: 14:00 24/11/2026" in await world.answer("Lan", "14h mai")
    await world.presses("Lan", "Phát hành lúc 14:00 24/11/2026")
    assert "sẽ được gửi lúc 14:00 24/11/2026" in world.hears("Lan")
    await world.at("2026-11-24 13:59")
    assert world.hears_all("Dung") == []
    await world.at("2026-11-24 14:00")
    assert "rà soát thủ tục" in world.hears("Dung")


async def test_a_scheduled_one_is_seen_and_called_off(world: World) -> None:
    await up_to_audience(world)
    await world.says("Lan", "tất cả")
    # a day without an hour is when the office opens
    assert "Thời điểm phát hành: 07:30 25/11/2026" in await world.answer("Lan", "hẹn giờ 25/11")
    await world.presses("Lan", "Phát hành lúc 07:30 25/11/2026")
    world.hears_all("Lan")
    assert "sẽ phát hành lúc 07:30 25/11/2026" in await world.answer("Lan", "chidao 1")
    await world.presses("Lan", "Hủy phát hành")
    assert "Đã hủy phát hành" in world.hears("Lan")
    await world.at("2026-11-25 08:00")
    assert world.hears_all("Dung") == []
    assert "đã hủy phát hành hoặc thu hồi" in await world.answer("Lan", "chidao 1 huy")


@pytest.mark.parametrize("typed", ["/thuhoi 1", "thu hồi chỉ đạo 1", "thu hoi van ban 1", "hủy chỉ đạo số 1 giúp tôi"])
async def test_it_is_called_off_by_words_of_its_own(world: World, typed: str) -> None:
    await up_to_audience(world)
    await world.says("Lan", "tất cả")
    await world.answer("Lan", "hẹn giờ 25/11")
    await world.presses("Lan", "Phát hành lúc 07:30 25/11/2026")
    world.hears_all("Lan")
    assert "không thuộc quyền" in await world.answer("Dung", typed)
    assert "Đã hủy phát hành" in await world.answer("Lan", typed)
    assert "đã hủy phát hành hoặc thu hồi" in await world.answer("Lan", typed)


async def test_what_is_to_be_called_off_must_be_named(world: World) -> None:
    assert "Chỉ đạo nào? Đề nghị gõ: thuhoi 3" in await world.answer("Lan", "/thuhoi")
    assert "Chỉ đạo nào?" not in await world.answer("Lan", "phòng đã thu hồi đất của 3 hộ")


@pytest.mark.parametrize(
    "typed",
    ["Nộp trước 17h thứ Sáu", "chậm nhất 17h 27/11", "Các đơn vị gửi báo cáo lúc 8h mai", "trước 30/11", "hạn 27/11"],
)
async def test_a_sentence_with_an_hour_in_it_is_no_time_to_go_out(world: World, typed: str) -> None:
    await up_to_audience(world)
    await world.says("Lan", "tất cả")
    answer = await world.answer("Lan", typed)
    assert f"“{typed}”" in answer
    assert "hẹn giờ 8h mai · sửa trích yếu · sửa tóm tắt" in answer
    await world.says("Lan", "hẹn giờ")
    assert "Đề nghị chỉ gõ giờ và ngày" in await world.answer("Lan", typed)
    await world.says("Lan", "/huy")
    assert "Đề nghị chỉ gõ giờ và ngày" not in await world.answer("Lan", typed)


@pytest.mark.parametrize(
    ("typed", "at", "remark"),
    [
        ("17h thứ sáu", "17:00 27/11/2026 (thứ Sáu)", "ngoài giờ hành chính"),
        ("8h mai", "08:00 24/11/2026 (thứ Ba)", "nghỉ"),
        ("gửi lúc 8h30 ngày 25/11 nhé", "08:30 25/11/2026 (thứ Tư)", ""),
        ("phát hành vào chiều thứ bảy", "17:00 28/11/2026 (thứ Bảy)", "cuối tuần"),
        ("hẹn 20h hôm nay", "20:00 23/11/2026 (thứ Hai)", "ngoài giờ hành chính"),
        ("1/1/2027", "07:30 01/01/2027 (thứ Sáu)", "Tết Dương lịch"),
    ],
)
async def test_the_time_is_read_back_with_what_is_unusual_about_it(
    world: World, typed: str, at: str, remark: str
) -> None:
    await up_to_audience(world)
    await world.says("Lan", "tất cả")
    shown = await world.answer("Lan", typed)
    assert f"Thời điểm phát hành: {at}" in shown
    assert remark in shown if remark else "Lưu ý" not in shown
    labels = [button.label for row in world.last("Lan").buttons for button in row]
    assert labels[:2] == [f"Phát hành lúc {at.split(' (')[0]}", "Giờ khác…"]
    await world.presses("Lan", "Giờ khác…")
    await world.presses("Lan", "Phát hành ngay")
    assert "Thời điểm phát hành: ngay" in plain(world.last("Lan").text)


async def test_a_time_that_has_passed_is_refused_and_costs_nothing(world: World) -> None:
    await up_to_audience(world)
    await world.says("Lan", "tất cả")
    assert "đã qua" in await world.answer("Lan", "8h hôm nay")
    await world.says("Lan", "đồng ý")
    assert (await latest(world)).publish_at == local("2026-11-23 09:00")


@pytest.mark.parametrize("who", ["Dung", "Bình", "Quản"])
async def test_only_the_office_and_leaders_publish(world: World, who: str) -> None:
    answer = await world.answer(who, f"/chidao {TYPED}")
    assert "Gửi tới ai?" not in answer
    async with world.store.read() as uow:
        assert await uow.directives.latest(1) == []


async def test_a_leader_publishes_too(world: World) -> None:
    await world.says("Hải", f"/chidao {TYPED}")
    await world.says("Hải", "tất cả")
    await world.presses("Hải", "Phát hành")
    await world.tick()
    assert "rà soát thủ tục" in world.hears("Dung")


async def test_it_is_left_without_a_trace(world: World) -> None:
    await up_to_audience(world)
    assert "Đã thôi" in await world.answer("Lan", "/huy") or "thay đổi" in plain(world.last("Lan").text)
    async with world.store.read() as uow:
        assert await uow.directives.latest(1) == []


async def test_a_button_of_an_earlier_question_publishes_nothing(world: World) -> None:
    await up_to_audience(world)
    await world.says("Lan", "tất cả")
    old = world.last("Lan")
    await world.says("Lan", "sửa trích yếu")
    await world.says("Lan", "Trích yếu khác")
    await world.presses("Lan", "Phát hành", of=old)
    async with world.store.read() as uow:
        assert await uow.directives.latest(1) == []


async def test_what_bears_a_mark_of_secrecy_is_refused(world: World) -> None:
    await world.says("Lan", "/chidao TỐI MẬT 12/KH-UBND ngày 20/11/2026 v/v rà soát")
    await world.says("Lan", "tất cả")
    async with world.store.read() as uow:
        assert await uow.directives.latest(1) == []


async def test_a_number_that_was_published_before_is_pointed_out(world: World) -> None:
    await published(world)
    await up_to_audience(world)
    shown = await world.answer("Lan", "tất cả")
    assert "Lưu ý: số này đã được phát hành, là chỉ đạo 1" in shown


async def test_a_text_that_begins_with_a_number_is_a_new_directive(world: World) -> None:
    assert "Số, ký hiệu" in await world.answer("Lan", "/chidao 5 nhiệm vụ trọng tâm của quý IV")
    for answer in ("không", "không", "tất cả", "phát hành"):
        await world.says("Lan", answer)
    assert (await latest(world)).subject == "5 nhiệm vụ trọng tâm của quý IV"


PRINTED = """SỞ KHOA HỌC VÀ CÔNG NGHỆ
Số: 45/SKHCN-VP
V/v rà soát thủ tục hành chính
Hà Nội, ngày 20 tháng 11 năm 2026
Kính gửi: Các phòng.
Đề nghị các phòng rà soát thủ tục hành chính.
""".encode()


async def test_a_document_that_the_office_drops_is_to_be_published(world: World) -> None:
    await world.sends_file("Lan", "45.txt", PRINTED)
    # what the document says of itself is not asked for
    assert "Nhiệm vụ: 1" in world.hears("Lan")
    assert "Gửi tới ai?" in await world.answer("Lan", "không giao việc")
    shown = await world.answer("Lan", "tất cả")
    assert "Số, ký hiệu: 45/SKHCN-VP" in shown
    assert "Trích yếu: rà soát thủ tục hành chính" in shown
    assert "Tệp: 45.txt" in shown


async def test_where_it_could_be_evidence_too_a_button_says_that_it_is_to_be_published(world: World) -> None:
    await world.says("Hải", "giao Nguyễn Thị Lan; mai; Báo cáo quý IV")
    await world.presses("Hải", "Giao việc")
    await world.sends_file("Lan", "45.txt", PRINTED)
    await world.presses("Lan", "Phát hành chỉ đạo")
    assert "Nhiệm vụ: 1" in plain(world.last("Lan").text)
    await world.says("Lan", "không giao việc")
    await world.says("Lan", "các trưởng đơn vị")
    shown = plain(world.last("Lan").text)
    assert "Số, ký hiệu: 45/SKHCN-VP" in shown
    assert "Tệp: 45.txt" in shown


async def test_others_are_not_offered_to_publish_a_file(world: World) -> None:
    await world.assigned("Dung")
    await world.sends_file("Dung", "45.txt", PRINTED)
    assert [button.label for row in world.last("Dung").buttons for button in row] == ["Nhiệm vụ 1"]


async def test_when_is_asked_for_by_typing_too(world: World) -> None:
    await up_to_audience(world)
    await world.says("Lan", "tất cả")
    assert "Phát hành lúc nào?" in await world.answer("Lan", "hẹn giờ")
    assert "Thời điểm phát hành: 08:00 25/11/2026" in await world.answer("Lan", "8h 25/11")


@pytest.mark.parametrize("typed", ["/chidao", f"/chidao {TYPED}"])
async def test_a_file_that_could_not_be_had_keeps_the_directive_from_going_out_without_it(
    world: World, typed: str
) -> None:
    await world.sends_file("Lan", "45.pdf", PRINTED, typed, size=21 << 20)
    assert "Đề nghị gửi lại tệp nhỏ hơn" in world.hears("Lan")
    await up_to_audience(world)
    await world.sends_file("Lan", "45.pdf", PRINTED, "tất cả", size=21 << 20)
    assert "Đề nghị gửi lại tệp nhỏ hơn" in plain(world.last("Lan").text)
    # and the question is still open
    assert "Số người nhận: 10" in await world.answer("Lan", "tất cả")


async def test_another_command_is_carried_out_while_it_is_read_back(world: World) -> None:
    await up_to_audience(world)
    await world.says("Lan", "các trưởng đơn vị")
    assert "vướng mắc" in await world.answer("Lan", "vướng mắc")
    assert "Thời điểm phát hành: 14:00 23/11/2026" in await world.answer("Lan", "hôm nay 14h")
    assert "Đã hẹn" in await world.answer("Lan", "đồng ý")


async def test_a_wrong_file_is_removed_before_it_goes_out(world: World) -> None:
    await world.sends_file("Lan", "nham.txt", PRINTED, "/chidao")
    await world.says("Lan", "không giao việc")
    await world.says("Lan", "tất cả")
    await world.presses("Lan", "Sửa…")
    await world.presses("Lan", "Bỏ tệp")
    assert "nham.txt" not in plain(world.last("Lan").text)
    await world.sends_file("Lan", "dung.txt", PRINTED)
    await world.says("Lan", "không giao việc")
    assert "Tệp: dung.txt" in plain(world.last("Lan").text)
    await world.says("Lan", "sửa")
    assert "Bỏ tệp" in [button.label for row in world.last("Lan").buttons for button in row]
    assert "Tệp:" not in await world.answer("Lan", "bỏ tệp")


async def test_what_is_not_understood_under_the_preview_publishes_nothing_and_says_what_to_type(world: World) -> None:
    await up_to_audience(world)
    await world.says("Lan", "tất cả")
    answer = await world.answer("Lan", "xem lại giúp")
    assert "phát hành · hẹn giờ 8h mai" in answer
    async with world.store.read() as uow:
        assert await uow.directives.latest(1) == []
    await world.says("Lan", "phát hành")
    assert (await latest(world)).number == "12/KH-UBND"


async def test_two_colleagues_do_not_publish_one_document_twice_unawares(world: World) -> None:
    for who in ("Lan", "Hải"):
        await world.says(who, f"/chidao {TYPED}")
        assert "Lưu ý" not in await world.answer(who, "tất cả")
    await world.presses("Lan", "Phát hành")
    world.hears_all("Hải")
    await world.presses("Hải", "Phát hành")
    assert "Lưu ý: số này đã được phát hành, là chỉ đạo 1" in world.hears("Hải")
    assert (await latest(world)).id == 1
    # knowing of it, one may
    await world.presses("Hải", "Phát hành")
    assert (await latest(world)).id == 2


@pytest.mark.parametrize("typed", ["35/13/2026", "30/2", "31/11/2026", "0/0/0"])
async def test_a_day_that_there_is_not_is_asked_for_again(world: World, typed: str) -> None:
    await world.says("Lan", "/chidao Nộp báo cáo quý IV")
    await world.says("Lan", "15/SKHCN-VP")
    assert "không phải là ngày đọc được" in await world.answer("Lan", typed)
    assert "Gửi tới ai?" in await world.answer("Lan", "20/11/2026")
