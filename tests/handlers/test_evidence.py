"""Photos and files as evidence: with a word, without one, and many at once."""

from datetime import timedelta

from domain.messages import FileRef, Incoming
from domain.tasks import Status
from tests.world import World, plain


async def files_of(world: World, number: int) -> list[str]:
    async with world.store.read() as uow:
        return [item.file.name for item in await uow.tasks.evidence(number)]


async def test_a_file_with_its_command_goes_with_the_claim(world: World) -> None:
    number = await world.assigned("Dung")
    await world.sends_file("Dung", "Quyết định.pdf", b"%PDF", f"xong {number} số 45/BC")
    assert "Đã lưu 1 minh chứng" in world.hears("Dung")
    (file,) = world.last("Bình").files
    assert file.name == "Quyết định.pdf"
    assert await world.files.open(file) == b"%PDF"
    await world.says("Bình", f"viec {number}")
    assert world.last("Bình").files == (file,)


async def test_a_file_without_a_word_asks_for_its_task(world: World) -> None:
    first, second = await world.assigned("Dung"), await world.assigned("Dung")
    await world.sends_file("Dung", "ảnh.jpg", b"jpg")
    assert "minh chứng cho nhiệm vụ nào?" in world.hears("Dung")
    await world.presses("Dung", f"Nhiệm vụ {second}")
    assert f"Đã lưu 1 tệp vào nhiệm vụ số {second}" in world.hears("Dung")
    assert (await files_of(world, first), await files_of(world, second)) == ([], ["ảnh.jpg"])
    await world.presses("Dung", "Đúng, đã xong")
    assert (await world.task(second)).status is Status.AWAITING


async def test_the_number_may_be_typed_instead(world: World) -> None:
    number = await world.assigned("Dung")
    await world.sends_file("Dung", "ảnh.jpg", b"jpg")
    assert "Đã lưu 1 tệp" in await world.answer("Dung", str(number))
    await world.sends_file("Dung", "ảnh 2.jpg", b"jpg2")
    assert "hoàn thành" in await world.answer("Dung", f"xong {number} đã gửi ảnh")
    assert await files_of(world, number) == ["ảnh.jpg", "ảnh 2.jpg"]
    assert (await world.task(number)).result == "đã gửi ảnh"


async def test_a_wrong_number_keeps_the_files_for_the_right_one(world: World) -> None:
    number = await world.assigned("Dung")
    await world.sends_file("Dung", "ảnh.jpg", b"jpg")
    assert "Không có nhiệm vụ số 99" in await world.answer("Dung", "99")
    assert "Thiếu số nhiệm vụ" in await world.answer("Dung", "việc kia kìa")
    assert "Đã lưu 1 tệp" in await world.answer("Dung", str(number))
    assert await files_of(world, number) == ["ảnh.jpg"]


async def test_several_files_without_a_word_are_asked_about_together(world: World) -> None:
    number = await world.assigned("Dung")
    for n in range(3):
        await world.sends_file("Dung", f"ảnh {n}.jpg", b"%d" % n)
    await world.presses("Dung", f"Nhiệm vụ {number}")
    assert await files_of(world, number) == ["ảnh 0.jpg", "ảnh 1.jpg", "ảnh 2.jpg"]


async def test_an_album_belongs_to_the_claim_that_came_with_its_first_photo(world: World) -> None:
    number = await world.assigned("Dung")
    await world.assigned("Dung", what="Việc khác")
    await world.sends_file("Dung", "ảnh 1.jpg", b"1", f"xong {number}")
    for n in (2, 3):
        await world.sends_file("Dung", f"ảnh {n}.jpg", b"%d" % n)
    assert await files_of(world, number) == ["ảnh 1.jpg", "ảnh 2.jpg", "ảnh 3.jpg"]
    assert [len(letter.files) for letter in world.hears_all("Bình")] == [1, 1, 1]


async def test_a_photo_long_after_the_claim_is_asked_about(world: World) -> None:
    number = await world.assigned("Dung")
    await world.says("Dung", f"xong {number}")
    world.hears_all("Dung")
    world.clock.at += timedelta(minutes=5, seconds=1)
    await world.sends_file("Dung", "ảnh.jpg", b"1")
    assert "minh chứng cho nhiệm vụ nào?" in world.hears("Dung")
    await world.presses("Dung", f"Nhiệm vụ {number}")
    assert "Đã bổ sung 1 minh chứng" in world.hears("Dung")
    assert "bổ sung minh chứng" in plain(world.last("Bình").text)


async def test_two_claims_in_one_breath_are_not_confused(world: World) -> None:
    first, second = await world.assigned("Dung"), await world.assigned("Dung")
    await world.says("Dung", f"xong {first}")
    await world.says("Dung", f"xong {second}")
    world.hears_all("Dung")
    await world.sends_file("Dung", "ảnh.jpg", b"1")
    assert "minh chứng cho nhiệm vụ nào?" in world.hears("Dung")


async def test_whoever_has_nothing_to_do_is_not_asked_for_a_task(world: World) -> None:
    await world.sends_file("Dung", "ảnh.jpg", b"1")
    assert "không còn nhiệm vụ nào chưa xong để gắn tệp" in world.hears("Dung")


async def test_a_photo_with_xong_and_no_number_goes_with_the_number_that_follows(world: World) -> None:
    number = await world.assigned("Dung")
    await world.sends_file("Dung", "ảnh.jpg", b"1", "xong")
    assert "Tệp đã được giữ lại" in world.hears("Dung")
    await world.presses("Dung", f"Nhiệm vụ {number}")
    assert "Đã lưu 1 minh chứng" in world.hears("Dung")
    assert await files_of(world, number) == ["ảnh.jpg"]


async def test_a_photo_with_a_wrong_number_is_held_until_the_right_one(world: World) -> None:
    number = await world.assigned("Dung")
    await world.sends_file("Dung", "ảnh.jpg", b"1", "xong 99")
    answer = world.hears("Dung")
    assert "Không có nhiệm vụ số 99" in answer
    assert "Tệp đã được giữ lại" in answer
    await world.sends_file("Dung", "ảnh 2.jpg", b"2", "đây ạ")
    await world.says("Dung", f"xong {number}")
    assert await files_of(world, number) == ["ảnh.jpg", "ảnh 2.jpg"]


async def test_a_photo_in_the_middle_of_a_question_is_said_not_to_be_kept(world: World) -> None:
    await world.says("Lan", "giao")
    world.hears_all("Lan")
    await world.sends_file("Lan", "ảnh.jpg", b"1")
    assert "Tệp chưa được lưu vì đang có câu hỏi" in world.hears("Lan")
    assert "Hạn đến khi nào" in await world.answer("Lan", "Phạm Thị Dung")


async def test_another_command_is_carried_out_while_a_file_is_held(world: World) -> None:
    number = await world.assigned("Dung")
    await world.sends_file("Dung", "ảnh.jpg", b"1")
    assert "Nhiệm vụ chưa xong của đồng chí: 1" in (world.hears_all("Dung"), await world.answer("Dung", "viec"))[1]
    assert "50%" in await world.answer("Dung", f"tiendo {number} 50")
    assert await files_of(world, number) == ["ảnh.jpg"]


async def test_the_confirmer_gets_the_evidence_that_came_before_the_claim(world: World) -> None:
    number = await world.assigned("Dung")
    await world.sends_file("Dung", "bảng.xlsx", b"1", f"tiendo {number} 50")
    await world.says("Dung", f"xong {number}")
    asked = world.last("Bình")
    assert "Minh chứng: 1" in asked.text
    assert [file.name for file in asked.files] == ["bảng.xlsx"]


async def test_a_file_with_progress_is_kept(world: World) -> None:
    number = await world.assigned("Dung")
    await world.sends_file("Dung", "bảng.xlsx", b"1", f"tiendo {number} 50")
    assert await files_of(world, number) == ["bảng.xlsx"]


async def test_a_file_that_is_lost_beside_one_that_is_kept_is_said(world: World) -> None:
    number = await world.assigned("Dung")
    world.channel.files["small"] = b"1"
    both = (FileRef("small", "nhỏ.pdf", "application/pdf", 1), FileRef("big", "to.mp4", "video/mp4", 99 * 1024 * 1024))
    said = Incoming("telegram", "both", world.address("Dung"), "Dung", f"xong {number}", files=both)
    await world.receives(said)
    answer = world.hears("Dung")
    assert "Đã lưu 1 minh chứng" in answer
    assert "Có 1 tệp không lưu được" in answer
    assert await files_of(world, number) == ["nhỏ.pdf"]


async def test_the_same_file_twice_is_kept_once_on_disk(world: World) -> None:
    number = await world.assigned("Dung")
    for name in ("a.pdf", "b.pdf"):
        await world.sends_file("Dung", name, b"same bytes", f"xong {number}")
    assert await files_of(world, number) == ["a.pdf", "b.pdf"]
    assert len([path for path in world.files.root.rglob("*") if path.is_file()]) == 1


async def test_a_file_with_the_word_that_disconnects_is_held_for_nobody(world: World) -> None:
    await world.assigned()
    await world.says("Dung", "ngatketnoi")
    world.hears_all("Dung")
    await world.sends_file("Dung", "a.jpg", b"x", "đồng ý")
    assert "ngắt kết nối" in world.hears("Dung")
