"""Difficulties: up to the Office and to a leader and back, asked back, closed; who hears of it, what is not kept."""

import pytest
from sqlalchemy import select, update

from domain.channel import Unavailable
from domain.difficulties import Kind, Turn
from domain.messages import Outgoing
from domain.people import Role
from domain.tasks import Status, Verb
from storage.codecs import table
from storage.models import DifficultyNoteRow, InboxRow, LetterRow, LogRow, PersonRow
from storage.roster import take_in
from tests.cast import BOARD, OFFICE, Line
from tests.world import World, plain

notes, inbox, letters, log = table(DifficultyNoteRow), table(InboxRow), table(LetterRow), table(LogRow)
person = table(PersonRow)

WORDS = "Sở Tài chính chưa có ý kiến về mức chi"


def labels(message: Outgoing) -> list[str]:
    return [button.label for row in message.buttons for button in row]


async def told(world: World, text: str = WORDS, due: str = "5 ngày làm việc") -> int:
    """A task of Dung with an open difficulty; nobody has heard anything yet."""
    number = await world.assigned("Dung", due=due)
    await world.says("Dung", f"vuongmac {number} {text}")
    silence(world)
    return number


def silence(world: World) -> None:
    for who in world.people:
        world.hears_all(who)


async def turn(world: World, number: int) -> Turn | None:
    async with world.store.read() as uow:
        found = await uow.difficulties.open_of(number)
    return found.turn if found else None


async def thread(world: World, number: int) -> list[Kind]:
    async with world.store.read() as uow:
        return [note.kind for note in await uow.difficulties.thread(number)]


async def joins(world: World, name: str, unit: str, role: Role, parent: str | None = BOARD) -> None:
    async with world.store.write() as uow:
        line = Line(name, unit, "", role, parent)
        (key,) = (await take_in(uow, [line], world.clock.now().replace(microsecond=1))).added
        await uow.people.link(key, "telegram", str(key), world.clock.now())
        world.people[name.split()[-1]] = (await uow.agency()).people[key]


# -- raised ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "command", ["/vuongmac", "vướng mắc", "khó khăn", "em báo cáo vướng mắc", "gap kho khan", "em bị vướng việc"]
)
async def test_a_difficulty_goes_to_the_office_and_the_head_is_told(world: World, command: str) -> None:
    number = await world.assigned("Dung")
    answer = await world.answer("Dung", f"{command} {number} {WORDS}")
    assert "chuyển đồng chí Nguyễn Thị Lan" in answer
    assert "Đang chờ Văn phòng trả lời; hạn trả lời: hết thứ Năm, 26/11/2026" in answer
    assert "Thời hạn giữ nguyên" in answer
    request = world.hears("Lan")
    assert "Phạm Thị Dung (Phòng Quản lý Công nghệ) báo vướng mắc" in request
    assert WORDS in request
    assert labels(world.last("Lan")) == ["Trả lời", "Hỏi lại", "Trình lãnh đạo", f"Chi tiết {number}"]
    assert "Để đồng chí biết" in world.hears("Bình")
    assert world.hears_all("Hải") == world.hears_all("Em") == []
    one = await world.task(number)
    assert (one.stuck, one.remind_at, one.status) == (True, None, Status.NOT_ACCEPTED)
    assert await turn(world, number) is Turn.OFFICE


async def test_the_button_asks_for_the_text(world: World) -> None:
    number = await world.assigned("Dung")
    await world.says("Dung", f"viec {number}")
    await world.presses("Dung", "Vướng mắc")
    assert "vướng mắc ở điểm nào" in plain(world.last("Dung").text)
    assert not (await world.task(number)).stuck
    assert "Thiếu nội dung" in await world.answer("Dung", "...")
    assert "Đã ghi nhận vướng mắc" in await world.answer("Dung", WORDS)
    assert WORDS in world.hears("Lan")


async def test_the_question_is_left_for_another_command(world: World) -> None:
    number = await world.assigned("Dung")
    await world.says("Dung", f"vuongmac {number}")
    assert "đã nêu" not in await world.answer("Dung", f"xong {number}")
    assert (await world.task(number)).status is Status.AWAITING


async def test_the_whole_command_answers_the_question_and_closes_it(world: World) -> None:
    number = await world.assigned("Dung")
    for command in ("/vuongmac", "vướng mắc"):
        await world.says("Dung", f"vuongmac {number}")
        await world.says("Dung", f"{command} {number} {WORDS}")
        assert f"{WORDS}\n" in plain(world.last("Lan").text)
        assert "chưa hiểu" in await world.answer("Dung", "cảm ơn đồng chí nhiều lắm")
        await world.says("Lan", f"đã giải quyết {number}")


async def test_a_question_about_a_task_that_was_finished_meanwhile_is_closed(world: World) -> None:
    number = await world.assigned("Dung")
    await world.says("Dung", f"vuongmac {number}")
    await world.says("Dung", f"/xong {number}")
    assert "đã báo hoàn thành" in await world.answer("Dung", WORDS)
    assert "chưa hiểu" in await world.answer("Dung", "cảm ơn đồng chí nhiều lắm")


async def test_a_text_that_is_too_long_is_refused_and_the_question_stays(world: World) -> None:
    number = await world.assigned("Dung")
    await world.says("Dung", f"vuongmac {number}")
    assert "2050 ký tự, tối đa lưu 2000" in await world.answer("Dung", "x" * 2050)
    assert "Đã ghi nhận vướng mắc" in await world.answer("Dung", "x" * 2000)


async def test_without_a_number_the_tasks_are_offered(world: World) -> None:
    first, second = await world.assigned("Dung"), await world.assigned("Dung", what="Báo cáo quý")
    assert "thuộc nhiệm vụ nào" in await world.answer("Dung", "vướng mắc")
    assert labels(world.last("Dung")) == [f"Nhiệm vụ {first}", f"Nhiệm vụ {second}"]
    await world.presses("Dung", f"Nhiệm vụ {second}")
    await world.says("Dung", WORDS)
    assert (await world.task(second)).stuck
    assert not (await world.task(first)).stuck


async def test_a_file_goes_with_it(world: World) -> None:
    number = await world.assigned("Dung")
    await world.sends_file("Dung", "cong-van.pdf", b"%PDF", text=f"vuongmac {number} {WORDS}")
    assert [file.name for file in world.last("Lan").files] == ["cong-van.pdf"]


async def test_a_second_message_is_added_to_the_thread(world: World) -> None:
    number = await told(world)
    assert "Đã bổ sung" in await world.answer("Dung", f"vuongmac {number} đã gửi công văn nhắc")
    assert "bổ sung về vướng mắc" in world.hears("Lan")
    assert await thread(world, number) == [Kind.RAISED, Kind.ADDED]
    assert await turn(world, number) is Turn.OFFICE


async def test_a_finished_task_has_no_difficulty(world: World) -> None:
    number = await world.assigned("Dung")
    await world.says("Dung", f"xong {number}")
    assert "đã báo hoàn thành" in await world.answer("Dung", f"vuongmac {number} {WORDS}")
    assert "không có vướng mắc" in await world.answer("Dung", f"vuongmac {number}")


async def test_whoever_may_not_see_the_task_is_not_told_that_it_exists(world: World) -> None:
    number = await told(world)
    unknown = (await world.answer("Em", "vuongmac 999")).replace("999", str(number))
    assert await world.answer("Em", f"vuongmac {number}") == unknown
    assert await world.answer("Hùng", f"trả lời {number} làm đi") == unknown
    assert "không thuộc" in await world.answer("Bình", f"vuongmac {number} làm đi")
    assert await turn(world, number) is Turn.OFFICE


# -- answered ----------------------------------------------------------------------------------------------------------


async def test_the_office_answers_and_everybody_concerned_hears_it(world: World) -> None:
    number = await told(world)
    await world.says("Lan", f"vuongmac {number}")
    await world.presses("Lan", "Trả lời")
    assert "gõ nội dung trả lời" in plain(world.last("Lan").text)
    assert "Đã chuyển trả lời" in await world.answer("Lan", "Áp dụng mức chi của năm 2025")
    letter = world.hears("Dung")
    assert "Áp dụng mức chi của năm 2025" in letter
    assert "tiếp tục nhắc" in letter
    assert "Áp dụng mức chi" in world.hears("Bình")
    one = await world.task(number)
    assert not one.stuck
    assert one.remind_at is not None
    assert one.remind_at > world.clock.now()
    assert await turn(world, number) is None


@pytest.mark.parametrize(
    "typed", ["vuongmac {n} cứ làm theo mẫu cũ", "trả lời {n} cứ làm theo mẫu cũ", "/traloi {n} cứ làm theo mẫu cũ"]
)
async def test_an_answer_can_be_typed(world: World, typed: str) -> None:
    number = await told(world)
    await world.says("Lan", typed.format(n=number))
    assert "\ncứ làm theo mẫu cũ\n" in world.hears("Dung")


async def test_the_officer_is_asked_back_and_replies(world: World) -> None:
    number = await told(world)
    await world.says("Lan", f"hỏi lại {number} đã gửi công văn số mấy?")
    assert "đã gửi công văn số mấy?" in world.hears("Dung")
    assert await turn(world, number) is Turn.OFFICER
    await world.presses("Dung", "Trả lời")
    assert "Đã bổ sung" in await world.answer("Dung", "Công văn số 12/SKHCN")
    assert "Công văn số 12/SKHCN" in plain(world.last("Lan").text)
    assert await turn(world, number) is Turn.OFFICE
    assert await thread(world, number) == [Kind.RAISED, Kind.ASKED_BACK, Kind.REPLIED]


async def test_up_to_a_leader_who_agrees_and_back(world: World) -> None:
    number = await told(world)
    await world.says("Lan", f"vuongmac {number}")
    await world.presses("Lan", "Trình lãnh đạo")
    assert "đề xuất xử lý thế nào" in plain(world.last("Lan").text)
    assert "Đã trình" in await world.answer("Lan", "Tạm áp dụng mức chi của năm 2025")
    assert "đã được trình đồng chí Đặng Phúc Hải" in world.hears("Dung")
    assert "đã được trình" in world.hears("Bình")
    request = world.hears("Hải")
    assert WORDS in request
    assert "Tạm áp dụng mức chi của năm 2025" in request
    assert labels(world.last("Hải")) == ["Đồng ý", "Trao đổi", "Trả lời", "Nội dung"]
    assert await turn(world, number) is Turn.LEADER
    await world.presses("Hải", "Đồng ý")
    assert "Đã ghi nhận đồng chí đồng ý" in world.hears("Hải")
    for who in ("Dung", "Bình", "Lan"):
        assert "đồng ý với đề xuất" in plain(world.last(who).text)
        assert "Tạm áp dụng mức chi của năm 2025" in plain(world.last(who).text)
    assert not (await world.task(number)).stuck
    assert await thread(world, number) == [Kind.RAISED, Kind.SUBMITTED, Kind.AGREED]


@pytest.mark.parametrize("typed", ["đồng ý {n}", "dong y {n}", "vuongmac {n} đồng ý", "nhất trí {n} làm ngay"])
async def test_a_leader_agrees_with_one_message(world: World, typed: str) -> None:
    number = await told(world)
    await world.says("Lan", f"trình {number} lùi một tuần")
    await world.says("Hải", typed.format(n=number))
    assert "lùi một tuần" in plain(world.last("Dung").text)
    assert await turn(world, number) is None


async def test_a_leader_who_wants_to_talk_gives_it_back_to_the_office(world: World) -> None:
    number = await told(world)
    await world.says("Lan", f"trình lãnh đạo {number} lùi một tuần")
    silence(world)
    assert "cần trao đổi" in await world.answer("Hải", f"trao đổi {number} chiều nay 14h")
    assert "chiều nay 14h" in world.hears("Lan")
    assert await turn(world, number) is Turn.OFFICE
    assert (await world.task(number)).stuck


async def test_a_leader_decides_in_words_of_his_own(world: World) -> None:
    number = await told(world)
    await world.says("Lan", f"trình {number} lùi một tuần")
    await world.presses("Hải", "Trả lời")
    await world.says("Hải", "Không lùi, phối hợp với Phòng Kế hoạch")
    assert "đã cho ý kiến" in plain(world.last("Dung").text)
    assert "Không lùi" in plain(world.last("Lan").text)
    assert await thread(world, number) == [Kind.RAISED, Kind.SUBMITTED, Kind.DECIDED]


async def test_the_office_chooses_among_leaders(world: World) -> None:
    await joins(world, "Lý Thị Oanh", BOARD, Role.LEADER, None)
    number = await told(world)
    await world.says("Lan", f"trình {number} lùi một tuần")
    assert labels(world.last("Lan")) == ["Đặng Phúc Hải", "Lý Thị Oanh", "Tất cả lãnh đạo"]
    await world.presses("Lan", "Lý Thị Oanh")
    assert "lùi một tuần" in world.hears("Oanh")
    assert world.hears_all("Hải") == []
    await world.says("Lan", f"trình {number} lùi hai tuần")
    assert "Không có" in await world.answer("Lan", "ông nào đó")
    await world.says("Lan", "tất cả")
    assert "lùi hai tuần" in world.hears("Hải")
    assert "lùi hai tuần" in world.hears("Oanh")


async def test_the_first_leader_counts_and_a_button_pressed_twice_does_nothing(world: World) -> None:
    await joins(world, "Lý Thị Oanh", BOARD, Role.LEADER, None)
    number = await told(world)
    await world.says("Lan", f"trình {number} lùi một tuần")
    await world.presses("Lan", "Tất cả lãnh đạo")
    first, second = world.last("Hải"), world.last("Oanh")
    await world.presses("Hải", "Đồng ý", of=first)
    silence(world)
    await world.presses("Oanh", "Trao đổi", of=second)
    assert "thuộc một tin cũ" in world.hears("Oanh")
    await world.presses("Hải", "Đồng ý", of=first)
    assert await thread(world, number) == [Kind.RAISED, Kind.SUBMITTED, Kind.AGREED]
    assert world.hears_all("Dung") == []


async def test_a_button_of_an_earlier_difficulty_does_not_act_on_a_later_one(world: World) -> None:
    number = await world.assigned("Dung")
    await world.says("Dung", f"vuongmac {number} {WORDS}")
    old = world.last("Lan")
    await world.says("Lan", f"trả lời {number} dùng mẫu cũ")
    await world.says("Dung", f"vuongmac {number} vẫn vướng")
    await world.presses("Lan", "Trả lời", of=old)
    assert "thuộc một tin cũ" in plain(world.last("Lan").text)
    assert await thread(world, number) == [Kind.RAISED, Kind.ANSWERED, Kind.RAISED]


async def test_a_question_that_was_overtaken_is_closed(world: World) -> None:
    await joins(world, "Ngô Thị Oanh", OFFICE, Role.OFFICE)
    number = await told(world)
    await world.says("Lan", f"vuongmac {number}")
    await world.presses("Lan", "Trả lời")
    await world.says("Oanh", f"trả lời {number} theo mẫu cũ")
    world.hears_all("Dung")
    assert "thuộc một tin cũ" in await world.answer("Lan", "theo mẫu mới")
    assert world.hears_all("Dung") == []
    assert await thread(world, number) == [Kind.RAISED, Kind.ANSWERED]


async def test_only_leaders_agree_and_only_with_a_proposal(world: World) -> None:
    number = await told(world)
    assert "thuộc thẩm quyền của lãnh đạo" in await world.answer("Lan", f"đồng ý {number}")
    assert "chưa được trình lãnh đạo" in await world.answer("Hải", f"đồng ý {number}")
    assert await turn(world, number) is Turn.OFFICE


async def test_the_office_may_begin_its_answer_with_agreed(world: World) -> None:
    number = await told(world)
    await world.says("Lan", f"vuongmac {number} đồng ý cho dùng mẫu cũ")
    assert "đồng ý cho dùng mẫu cũ" in world.hears("Dung")


# -- closed ------------------------------------------------------------------------------------------------------------


async def test_the_officer_says_that_it_is_settled(world: World) -> None:
    number = await told(world)
    await world.says("Dung", f"vuongmac {number}")
    await world.presses("Dung", "Đã giải quyết")
    assert "tiếp tục nhắc" in plain(world.last("Dung").text)
    assert "không cần trả lời nữa" in world.hears("Lan").lower()
    assert not (await world.task(number)).stuck


async def test_the_office_closes_it(world: World) -> None:
    number = await told(world)
    await world.says("Lan", f"đã giải quyết {number}")
    assert "đã kết thúc vướng mắc" in world.hears("Dung")
    assert await thread(world, number) == [Kind.RAISED, Kind.CLOSED]


async def test_a_claim_closes_it_and_the_office_is_told(world: World) -> None:
    number = await told(world)
    await world.says("Dung", f"xong {number}")
    assert "vướng mắc kết thúc" in world.hears("Lan")
    one = await world.task(number)
    assert (one.stuck, one.status) == (False, Status.AWAITING)
    assert await thread(world, number) == [Kind.RAISED, Kind.CLAIMED]
    await world.says("Bình", f"trả lại {number} thiếu phụ lục")
    assert (await world.task(number)).remind_at is not None


async def test_a_claim_that_is_taken_back_opens_it_again(world: World) -> None:
    number = await told(world)
    await world.says("Dung", f"xong {number}")
    silence(world)
    await world.says("Dung", f"hoàn tác {number}")
    one = await world.task(number)
    assert (one.stuck, one.remind_at) == (True, None)
    assert await turn(world, number) is Turn.OFFICE
    assert await thread(world, number) == [Kind.RAISED, Kind.CLAIMED, Kind.REOPENED]
    assert "hoàn tác" in world.hears("Lan").lower()


async def test_who_stands_in_tells_of_it_and_gets_the_answer(world: World) -> None:
    number = await world.assigned("Dung")
    await world.says("Dung", "/nghi 23/11 đến 28/11 thay bằng Hoàng Văn Em")
    silence(world)
    await world.says("Em", f"vuongmac {number} {WORDS}")
    request = world.hears("Lan")
    assert "Hoàng Văn Em" in request
    assert "Phạm Thị Dung" in request
    assert "chưa giải quyết: 1" in await world.answer("Em", "vuongmac")
    await world.says("Lan", f"hỏi lại {number} phòng nào?")
    assert "phòng nào?" in world.hears("Em")
    assert world.hears_all("Dung") == []


async def test_a_leaders_word_is_not_asked_of_somebody_who_may_not_give_it(world: World) -> None:
    number = await told(world)
    await world.says("Hải", "/nghi 23/11 đến 28/11 thay bằng Trần Văn Bình")
    silence(world)
    await world.says("Lan", f"trình {number} lùi một tuần")
    assert "Đồng ý" in labels(world.last("Hải"))
    assert "Đồng ý" not in labels(world.last("Bình"))


# -- reminders ---------------------------------------------------------------------------------------------------------


async def test_there_are_no_reminders_while_it_is_open_and_there_are_afterwards(world: World) -> None:
    number = await told(world, due="27/11/2026")
    await world.at("2026-11-24 07:31")
    await world.at("2026-11-26 07:31")
    assert world.hears_all("Dung") == []
    await world.says("Lan", f"trả lời {number} theo mẫu cũ")
    world.hears_all("Dung")
    await world.at("2026-11-27 07:31")
    assert "xin nhắc" in world.hears("Dung")


async def test_progress_does_not_bring_the_reminders_back(world: World) -> None:
    number = await told(world)
    await world.says("Dung", f"tiendo {number} 40")
    one = await world.task(number)
    assert (one.percent, one.remind_at, one.stuck) == (40, None, True)


async def test_a_reminder_that_has_not_left_is_taken_back_and_the_others_come_again(world: World) -> None:
    number = await world.assigned("Dung", due="27/11/2026")
    other = await world.assigned("Dung", due="27/11/2026", what="Báo cáo quý")
    world.channel.errors = [Unavailable("no network")] * 20
    await world.at("2026-11-26 07:31")
    world.channel.errors = []
    await world.says("Dung", f"vuongmac {number} {WORDS}")
    await world.at("2026-11-26 07:33")
    answer, reminder = (plain(one.text) for one in world.hears_all("Dung"))
    assert "Đã ghi nhận vướng mắc" in answer
    assert "Báo cáo quý" in reminder
    assert "Công bố danh mục" not in reminder
    assert (await world.task(other)).remind_at is not None


# -- looking -----------------------------------------------------------------------------------------------------------


async def test_the_card_and_the_list_say_so(world: World) -> None:
    number = await told(world)
    await world.says("Lan", f"hỏi lại {number} công văn số mấy?")
    card = await world.answer("Bình", f"viec {number}")
    assert card.index(WORDS) < card.index("công văn số mấy?")
    assert card.count(WORDS) == 1
    assert "Đang chờ người thực hiện trả lời" in card
    assert "đang có vướng mắc" in await world.answer("Dung", "viec")


async def test_a_late_task_says_that_a_difficulty_was_open_at_its_deadline(world: World) -> None:
    held_up, settled = await told(world, due="25/11/2026"), await told(world, due="25/11/2026")
    await world.says("Lan", f"trả lời {settled} theo mẫu cũ")
    assert "khi hết hạn" not in await world.answer("Dung", f"viec {held_up}")
    await world.at("2026-11-26 09:00")
    await world.says("Dung", f"xong {held_up}")
    await world.says("Dung", f"xong {settled}")
    await world.at("2026-12-15 09:00")
    assert "vướng mắc chưa giải quyết khi hết hạn" in await world.answer("Dung", f"viec {held_up}")
    assert "khi hết hạn" not in await world.answer("Dung", f"viec {settled}")


async def test_the_whole_thread_is_shown(world: World) -> None:
    number = await told(world, "Mức chi " + "rất dài " * 60 + "hết")
    assert "rất dài hết" in await world.answer("Bình", f"vuongmac {number}")
    assert labels(world.last("Bình")) == [f"Chi tiết {number}"]


async def test_the_office_sees_all_that_are_open_the_oldest_first_in_pages(world: World) -> None:
    numbers = []
    for who in ("Dung", "Khánh", *["Em"] * 8):
        numbers.append(await world.assigned(who))
        world.clock.move(minutes=1)
        await world.says(who, f"vuongmac {numbers[-1]} khó khăn của {who}")
    shown = await world.answer("Lan", "vuongmac")
    assert "chưa giải quyết: 10" in shown
    assert [line.split(".")[0] for line in shown.split("\n") if line[0].isdigit()] == [str(n) for n in numbers[:8]]
    await world.presses("Lan", "Xem tiếp ›")
    assert str(numbers[9]) in plain(world.last("Lan").text)
    assert "chưa giải quyết: 9" in await world.answer("Bình", "vuongmac")
    assert "chưa giải quyết: 1" in await world.answer("Dung", "vuongmac")
    assert "chưa giải quyết: 10" in await world.answer("Hải", "vuongmac")


# -- what is not kept --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("asked", [False, True], ids=["typed", "asked for"])
async def test_an_accusation_is_neither_kept_nor_passed_on(world: World, asked: bool) -> None:
    number = await world.assigned("Dung")
    words = "ông Xoan phòng bên vòi vĩnh doanh nghiệp"
    if asked:
        await world.says("Dung", f"vuongmac {number}")
        world.hears_all("Dung")
    answer = await world.answer("Dung", words if asked else f"vuongmac {number} {words}")
    assert "25/2018/QH14" in answer
    assert "Xoan" not in answer
    assert world.hears_all("Lan") == world.hears_all("Bình") == []
    assert not (await world.task(number)).stuck
    async with world.store.read() as uow:
        for kept in (select(inbox.c.event), select(letters.c.text), select(notes.c.text), select(log.c.note)):
            assert "Xoan" not in str((await uow.connection.execute(kept)).all())
    if asked:
        assert "Đã ghi nhận vướng mắc" in await world.answer("Dung", WORDS)


async def test_a_task_about_complaints_may_speak_of_them(world: World) -> None:
    number = await world.assigned("Dung", what="Công khai quy trình tiếp nhận đơn tố cáo")
    answer = await world.answer("Dung", f"vuongmac {number} chưa có mẫu đơn tố cáo mới")
    assert "Đã ghi nhận vướng mắc" in answer


async def test_its_beginning_and_its_end_are_in_the_log(world: World) -> None:
    number = await told(world)
    await world.says("Lan", f"trả lời {number} theo mẫu cũ")
    async with world.store.read() as uow:
        verbs = [entry.verb for entry in await uow.tasks.history(number)]
    assert verbs == [Verb.ASSIGNED, Verb.DIFFICULTY, Verb.ANSWERED]


# -- whoever has left --------------------------------------------------------------------------------------------------


async def leaves_the_roster(world: World, who: str) -> None:
    async with world.store.write() as uow:
        gone = update(person).where(person.c.id == world.people[who].id)
        await uow.connection.execute(gone.values(left_at=world.clock.now()))
        await uow.roster_changed()


async def test_the_difficulty_of_somebody_who_has_left_can_be_seen_and_closed(world: World) -> None:
    number = await world.assigned("Dung")
    await world.says("Dung", f"vuongmac {number} chưa có kinh phí")
    asked = world.last("Lan")
    await leaves_the_roster(world, "Dung")
    assert "không còn trong danh sách cán bộ" in await world.answer("Lan", "vuongmac")
    assert "chưa có kinh phí" in await world.answer("Lan", f"vuongmac {number}")
    answer = await world.answer("Lan", f"vuongmac {number} hỏi lại cần bao nhiêu")
    assert f"vuongmac {number} da giai quyet" in answer
    assert "Không có nhiệm vụ" in await world.answer("Em", f"vuongmac {number}")
    assert "không còn trong danh sách cán bộ" in await world.answer("Lan", f"vuongmac {number} đã giải quyết")
    world.hears_all("Lan")
    await world.presses("Lan", "Trả lời", of=asked)
    assert "tin cũ" in world.hears("Lan")
    await world.at("2026-12-07 07:46")
    assert not [one for one in world.hears_all("Lan") if "quá hạn trả lời" in one.text]


async def test_what_somebody_who_has_left_had_claimed_can_be_confirmed(world: World) -> None:
    number = await world.assigned("Dung")
    await world.says("Dung", f"xong {number}")
    await leaves_the_roster(world, "Dung")
    assert "(không còn trong danh sách cán bộ)" in await world.answer("Lan", f"viec {number}")
    assert "Không có nhiệm vụ" in await world.answer("Hùng", f"xacnhan {number}")
    await world.presses("Bình", "Xác nhận")
    assert (await world.task(number)).status is Status.DONE
