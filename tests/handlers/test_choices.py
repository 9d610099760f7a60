"""Numbered lines instead of buttons: a number, a word or "agreed" answers the last question, and no older one."""

from dataclasses import replace

import pytest

from domain.channel import Unavailable
from domain.messages import Button, Draft, Incoming, Outgoing
from domain.tasks import Status
from handlers.understanding.choices import chosen_numbers
from locales import vocabulary
from tests.world import World, plain


@pytest.fixture
async def lines(world: World) -> World:
    """Everybody is on a channel without buttons."""
    world.channel.limits = replace(world.channel.limits, most_buttons=0)
    world.store.limits = {"telegram": world.channel.limits}
    return world


async def assigned(world: World, to: str = "Dung", what: str = "Công bố danh mục TTHC") -> str:
    """A task for somebody, by typing alone; gives the letter that they got."""
    await world.answer("Lan", f"giao {world.people[to].name}; 5 ngày làm việc; {what}")
    assert "Đã giao" in await world.answer("Lan", "1")
    return plain(world.last(to).text)


async def test_buttons_become_numbered_lines(lines: World) -> None:
    letter = await assigned(lines)
    assert lines.last("Dung").buttons == ()
    assert "\n1. Đã nhận\n2. Xong\n" in letter
    assert letter.endswith("trả lời bằng số thứ tự.")


@pytest.mark.parametrize("said", ["1", " 1. ", "số 1", "so 1", "một", "mot", "em chọn 1 ạ", "dòng 1", "Chọn số 1 nhé!"])
async def test_a_number_in_any_words_is_the_line(lines: World, said: str) -> None:
    await assigned(lines)
    assert "tiếp nhận nhiệm vụ số 1" in await lines.answer("Dung", said)


@pytest.mark.parametrize("said", ["ok", "đồng ý", "Vâng ạ", "nhất trí"])
async def test_agreed_is_the_one_line_that_agrees(lines: World, said: str) -> None:
    await assigned(lines)
    assert "tiếp nhận nhiệm vụ số 1" in await lines.answer("Dung", said)


async def test_agreed_answers_a_question_of_a_dialog(lines: World) -> None:
    await lines.answer("Lan", f"giao {lines.people['Dung'].name}; 5 ngày làm việc; Công bố danh mục")
    assert "Đã giao" in await lines.answer("Lan", "đồng ý")


async def test_a_question_is_answered_once(lines: World) -> None:
    await assigned(lines)
    await lines.answer("Dung", "1")
    # the answer to the first has lines of its own; what it does not have is refused, and nothing is lost
    refused = await lines.answer("Dung", "9")
    assert "từ 1 đến" in refused
    await lines.answer("Dung", "trogiup")
    assert (await lines.task(1)).claimed_at is None


async def test_an_old_question_is_not_answered_by_accident(lines: World) -> None:
    await assigned(lines)
    await lines.answer("Dung", "tiendo 1 60")
    await lines.answer("Dung", "homnay")
    for said in ("2", "một", "1 2"):
        answer = await lines.answer("Dung", said)
        assert "Hiện không có câu hỏi nào chờ trả lời bằng số" in answer
    one = await lines.task(1)
    assert (one.claimed_at, one.percent) == (None, 60)


async def test_what_is_not_understood_closes_nothing(lines: World) -> None:
    await assigned(lines)
    await lines.answer("Dung", "trời hôm nay đẹp quá")
    await lines.answer("Dung", "7")
    assert "tiếp nhận nhiệm vụ số 1" in await lines.answer("Dung", "1")


async def test_two_questions_at_once_are_put_again(lines: World) -> None:
    await assigned(lines)
    await assigned(lines, what="Rà soát quy trình")
    lines.hears_all("Dung")
    answer = await lines.answer("Dung", "1")
    assert "chưa thực hiện" in answer
    assert "1. Đã nhận" in answer
    assert "tiếp nhận nhiệm vụ số 2" in await lines.answer("Dung", "1")


async def test_the_last_question_is_meant_where_time_has_passed(lines: World) -> None:
    await assigned(lines)
    await assigned(lines, what="Rà soát quy trình")
    lines.clock.move(minutes=1)
    assert "tiếp nhận nhiệm vụ số 2" in await lines.answer("Dung", "1")
    assert "tiếp nhận nhiệm vụ số 1" not in await lines.answer("Dung", "1")


async def test_several_lines_at_once(lines: World) -> None:
    for what in ("Một", "Hai", "Ba"):
        await assigned(lines, what=what)
        lines.clock.move(minutes=1)
        await lines.answer("Dung", "ok")
    listed = await lines.answer("Dung", "homnay")
    await lines.at("2026-11-30 07:31")
    reminder = plain(lines.last("Dung").text)
    assert "1. Xong 1" in reminder, listed
    lines.hears_all("Dung")
    lines.clock.move(minutes=5)
    answer = await lines.answer("Dung", "1 và 3")
    assert "1" in answer
    assert [(await lines.task(n)).claimed_at is not None for n in (1, 2, 3)] == [True, False, True]


async def test_units_are_chosen_several_at_once(lines: World) -> None:
    for said in ("chidao Kế hoạch chuyển đổi số năm 2026", "1", "1", "3"):
        await lines.answer("Lan", said)
    chosen = await lines.answer("Lan", "2 và 3")
    assert "Đã chọn: Phòng Kế hoạch - Tài chính, Phòng Quản lý Công nghệ" in chosen
    assert "1. Đủ rồi" in chosen
    assert "Số người nhận: 5" in await lines.answer("Lan", "1")


async def test_two_answers_to_one_question_are_none(lines: World) -> None:
    await lines.answer("Lan", f"giao {lines.people['Dung'].name}; 5 ngày làm việc; Công bố danh mục")
    refused = await lines.answer("Lan", "1 3")
    assert "chỉ chọn được một dòng" in refused
    assert "Đã giao" in await lines.answer("Lan", "1")


async def test_agreed_is_not_taken_for_the_dialog_that_was_asked_before(lines: World) -> None:
    await assigned(lines)
    await lines.answer("Dung", "ngatketnoi")
    lines.clock.move(minutes=1)
    await assigned(lines, what="Rà soát quy trình")
    lines.hears_all("Dung")
    lines.clock.move(minutes=1)
    answer = await lines.answer("Dung", "ok")
    assert "Đồng ý với nội dung nào" in answer
    async with lines.store.read() as uow:
        assert await uow.people.accounts(lines.people["Dung"].id)


async def test_a_line_and_a_task_of_the_same_number_are_asked_about(lines: World) -> None:
    for what in ("Một", "Hai", "Ba"):
        await assigned(lines, what=what)
        lines.clock.move(minutes=1)
        await lines.answer("Dung", "ok")
    await lines.answer("Dung", "xong 1")
    await lines.sends_file("Dung", "anh.jpg", b"\xff\xd8\xff\xe0 picture")
    await lines.at("2026-11-30 07:31")
    lines.clock.move(minutes=5)
    reminder = plain(lines.last("Dung").text)
    assert "1. Xong 2\n2. Xong 3" in reminder
    answer = await lines.answer("Dung", "2")
    assert "Dòng 2 là “Xong 3”, nhưng cũng có nhiệm vụ số 2" in answer
    assert (await lines.task(3)).claimed_at is None
    await lines.answer("Dung", "1")
    assert (await lines.task(2)).claimed_at is not None


async def test_a_letter_that_never_left_asks_nothing(lines: World) -> None:
    await lines.answer("Lan", f"giao {lines.people['Dung'].name}; 5 ngày làm việc; Công bố danh mục")
    lines.hears_all("Lan")
    await lines.answer("Dung", "viec")
    async with lines.store.write() as uow:
        buttons = ((Button("Xong 9", "xong 9"),),)
        await uow.outbox.post(Draft(Outgoing("Nhắc", buttons), "x"), "telegram", lines.address("Dung"), lines.clock.at)
    lines.channel.errors = [Unavailable("down")]
    await lines.settle()
    await lines.says("Dung", "1")
    lines.clock.move(minutes=5)
    await lines.settle()
    assert "Hiện không có câu hỏi" in plain(lines.hears_all("Dung")[-2].text + lines.last("Dung").text)


async def test_where_there_are_buttons_a_number_is_only_a_number(world: World) -> None:
    await world.assigned()
    assert "nhiệm vụ số 1" not in await world.answer("Dung", "1")
    assert (await world.task(1)).status is Status.NOT_ACCEPTED


async def test_more_buttons_than_a_channel_has_become_lines(world: World) -> None:
    world.channel.limits = replace(world.channel.limits, most_buttons=3)
    world.store.limits = {"telegram": world.channel.limits}
    await world.says("Lan", f"giao {world.people['Dung'].name}; 5 ngày làm việc; Công bố danh mục")
    await world.presses("Lan", "Giao việc")
    assert world.last("Dung").buttons == ()
    assert "tiếp nhận nhiệm vụ số 1" in await world.answer("Dung", "1")


async def test_an_update_that_is_a_message_of_its_own_asks_anew(lines: World) -> None:
    earlier = Draft(Outgoing("Đã gửi 1/2", ((Button("Hôm nay", "homnay"),),)), "a")
    async with lines.store.write() as uow:
        posted = await uow.outbox.post(earlier, "telegram", lines.address("Dung"), lines.clock.at)
        assert posted
    await lines.settle()
    await lines.says("Dung", "viec")
    lines.clock.move(minutes=1)
    later = Draft(Outgoing("Đã gửi 2/2", ((Button("Trợ giúp", "trogiup"),),)), "b", replaces=posted.id)
    async with lines.store.write() as uow:
        await uow.outbox.post(later, "telegram", lines.address("Dung"), lines.clock.at)
    await lines.settle()
    assert "1. Trợ giúp" in plain(lines.last("Dung").text)
    assert "/viec" in await lines.answer("Dung", "1")


async def test_a_question_by_buttons_is_the_last_one_too(world: World) -> None:
    world.channel.limits = replace(world.channel.limits, most_buttons=3)
    world.store.limits = {"telegram": world.channel.limits}
    await world.assigned()
    world.clock.move(minutes=1)
    async with world.store.write() as uow:
        draft = Draft(Outgoing("Nhắc", ((Button("Hôm nay", "homnay"),),)), "x")
        await uow.outbox.post(draft, "telegram", world.address("Dung"), world.clock.at)
    await world.settle()
    assert world.last("Dung").buttons
    assert "Hiện không có câu hỏi" in await world.answer("Dung", "1")


async def test_a_number_under_a_photo_chooses_as_well(lines: World) -> None:
    await assigned(lines)
    lines.channel.files["p"] = b"\xff\xd8\xff\xe0"
    await lines.sends_file("Dung", "anh.jpg", b"\xff\xd8\xff\xe0 picture", "2")
    assert (await lines.task(1)).claimed_at is not None


async def test_strangers_choose_nothing(lines: World) -> None:
    await lines.receives(Incoming("telegram", "s1", "999", "Ai đó", "1"))
    assert "mã mời" in plain(lines.last("999").text)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1", [1]),
        ("1 3", [1, 3]),
        ("1, 3 và 4", [1, 3, 4]),
        ("1;2", [1, 2]),
        ("(2)", [2]),
        ("12", [12]),
        ("hai", [2]),
        ("mười", [10]),
        ("thứ hai", [2]),
        ("dạ em chọn số 2 ạ", [2]),
        ("năm", [5]),
        ("1/3", []),
        ("27/11", []),
        ("60%", []),
        ("1-3", []),
        ("1.5", []),
        ("123", []),
        ("xong 1", []),
        ("1 xong", []),
        ("1 tuần", []),
        ("số", []),
        ("", []),
        ("một hai ba dô ta", []),
        ("/1", []),
    ],
)
def test_only_numbers_alone_are_choices(text: str, numbers: list[int]) -> None:
    assert chosen_numbers(text, vocabulary.load()) == numbers
