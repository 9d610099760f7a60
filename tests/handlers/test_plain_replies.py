"""A sentence without a command, where one thing waits for it: a reply, a decision, an acknowledgement."""

import pytest

from domain.difficulties import Kind, Turn
from tests.broadcasts import counts, published, recipient
from tests.cast import BOARD
from tests.handlers.test_difficulties import joins, labels, silence, thread, told, turn
from tests.world import World, plain

REPLY = "Phòng em đã gửi công văn số 15 từ tuần trước"
DECISION = "Giao Phòng Kế hoạch - Tài chính chủ trì, báo cáo trong tuần"


async def asked_back(world: World) -> int:
    """The Office wants to know more about a difficulty of Dung's task."""
    number = await told(world)
    await world.says("Lan", f"hỏi lại {number} Đã gửi công văn cho ai?")
    silence(world)
    return number


async def submitted(world: World) -> int:
    """A leader's decision is waited for."""
    number = await told(world)
    await world.says("Lan", f"trình lãnh đạo {number} Đề nghị có công văn đôn đốc")
    silence(world)
    return number


async def last_words(world: World, number: int) -> str:
    async with world.store.read() as uow:
        return (await uow.difficulties.thread(number))[-1].text


# -- a reply to what was asked back ------------------------------------------------------------------------------------


@pytest.mark.parametrize("yes", ["Đúng", "đúng", "ok", "vâng ạ"])
async def test_a_plain_sentence_is_asked_about_and_becomes_the_reply(world: World, yes: str) -> None:
    number = await asked_back(world)
    question = await world.answer("Dung", REPLY)
    assert f"có phải là trả lời câu hỏi về nhiệm vụ số {number}" in question
    assert REPLY in question
    assert "Đã gửi công văn cho ai?" in question
    assert labels(world.last("Dung")) == ["Đúng", "Không"]
    assert world.hears_all("Lan") == []
    await (world.presses("Dung", yes) if yes == "Đúng" else world.says("Dung", yes))
    assert "Đã bổ sung" in world.hears("Dung")
    assert REPLY in world.hears("Lan")
    assert await turn(world, number) is Turn.OFFICE
    assert (await thread(world, number))[-1] is Kind.REPLIED
    assert await last_words(world, number) == REPLY


async def test_a_no_passes_nothing_on_and_says_what_to_type(world: World) -> None:
    number = await asked_back(world)
    await world.says("Dung", REPLY)
    await world.presses("Dung", "Không")
    assert f"vuongmac {number}" in plain(world.last("Dung").text)
    assert await turn(world, number) is Turn.OFFICER
    assert world.hears_all("Lan") == []


async def test_another_command_meanwhile_is_carried_out_and_a_late_yes_passes_nothing_on(world: World) -> None:
    number = await asked_back(world)
    await world.says("Dung", REPLY)
    question = world.last("Dung")
    await world.says("Dung", f"tiến độ {number} 40")
    await world.presses("Dung", "Đúng", of=question)
    assert "Câu hỏi đó đã" in plain(world.last("Dung").text)
    assert await turn(world, number) is Turn.OFFICER


async def test_where_the_office_has_answered_meanwhile_the_question_is_over(world: World) -> None:
    number = await asked_back(world)
    await world.says("Dung", REPLY)
    await world.says("Lan", f"vướng mắc {number} Đã thống nhất, đồng chí tiếp tục")
    await world.presses("Dung", "Đúng", of=next(out for out in world.hears_all("Dung") if "câu hỏi" in out.text))
    assert "đã thay đổi" in plain(world.last("Dung").text)
    assert "chưa hiểu" in await world.answer("Dung", REPLY)


async def test_without_a_question_a_plain_sentence_is_not_understood(world: World) -> None:
    await told(world)
    assert "chưa hiểu" in await world.answer("Dung", REPLY)
    assert "chưa hiểu" in await world.answer("Em", REPLY)


async def test_where_several_wait_it_is_said_what_to_type(world: World) -> None:
    first, second = await asked_back(world), await asked_back(world)
    answer = await world.answer("Dung", REPLY)
    assert "chưa hiểu" in answer
    assert f"vuongmac {first} … · vuongmac {second} …" in answer
    await world.says("Dung", f"vuongmac {second} {REPLY}")
    assert await turn(world, second) is Turn.OFFICE
    assert await turn(world, first) is Turn.OFFICER


async def test_words_that_accuse_somebody_are_not_remembered(world: World) -> None:
    number = await asked_back(world)
    assert "tố cáo" in (await world.answer("Dung", "Chuyên viên bên đó nhận hối lộ nên không ký")).lower()
    assert "chưa hiểu" not in await world.answer("Dung", "đúng")
    assert await turn(world, number) is Turn.OFFICER


# -- a leader's decision -----------------------------------------------------------------------------------------------


async def test_a_leaders_plain_sentence_is_asked_about_and_becomes_the_decision(world: World) -> None:
    number = await submitted(world)
    question = await world.answer("Hải", DECISION)
    assert f"có phải là ý kiến chỉ đạo của đồng chí về vướng mắc của nhiệm vụ số {number}" in question
    assert DECISION in question
    assert "Đề nghị có công văn đôn đốc" in question
    await world.says("Hải", "đúng")
    assert DECISION in world.hears("Dung")
    assert await turn(world, number) is None
    assert (await thread(world, number))[-1] is Kind.DECIDED


async def test_agreed_with_something_added_is_agreed(world: World) -> None:
    number = await submitted(world)
    await world.says("Hải", "Đồng ý, gửi trong ngày mai")
    await world.says("Hải", "ok")
    assert (await thread(world, number))[-1] is Kind.AGREED
    assert await last_words(world, number) == "Đề nghị có công văn đôn đốc\ngửi trong ngày mai"


async def test_another_leaders_plain_sentence_is_no_decision(world: World) -> None:
    await joins(world, "Hồ Thị Quý", BOARD, world.people["Hải"].role, None)
    number = await told(world)
    await world.says("Lan", f"trình lãnh đạo {number} Đề nghị có công văn đôn đốc")
    await world.presses("Lan", "Đặng Phúc Hải")
    assert "chưa hiểu" in await world.answer("Quý", DECISION)
    assert "ý kiến chỉ đạo" in await world.answer("Hải", DECISION)


# -- an acknowledgement ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["ok", "rõ", "vâng", "đã rõ", "Dạ em rõ rồi ạ", "Vâng ạ", "da ro"])
async def test_a_plain_ok_acknowledges_the_one_directive_that_waits(world: World, typed: str) -> None:
    number = await published(world)
    assert f"đồng chí đã nhận chỉ đạo {number}" in await world.answer("Dung", typed)
    found = await recipient(world, number, "Dung")
    assert found is not None
    assert found.acknowledged_by == world.people["Dung"].id


async def test_where_two_wait_or_a_task_does_it_acknowledges_nothing(world: World) -> None:
    number = await published(world)
    await world.assigned("Dung")
    assert "chưa hiểu" in await world.answer("Dung", "ok")
    await published(world)
    assert "chưa hiểu" in await world.answer("Em", "ok")
    assert (await counts(world, number)).acknowledged == 1


async def test_a_question_that_is_open_gets_the_ok(world: World) -> None:
    number = await published(world)
    await world.says("Dung", "/ngatketnoi")
    await world.says("Dung", "ok")
    found = await recipient(world, number, "Dung")
    assert found is not None
    assert found.acknowledged_at is None


async def test_a_question_that_was_open_for_too_long_does_not_make_the_ok_another_answer(world: World) -> None:
    number = await published(world)
    await world.says("Dung", "/ngatketnoi")
    world.clock.move(hours=3)
    await world.says("Dung", "ok")
    found = await recipient(world, number, "Dung")
    assert found is not None
    assert found.acknowledged_at is None
    assert "quá thời gian chờ" in plain(world.last("Dung").text)
