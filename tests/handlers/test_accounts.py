"""Strangers, invitation codes, linking and unlinking chats, and what is kept of a person."""

import re

import pytest
from sqlalchemy import select, update

from storage.models import metadata
from storage.people import INVITE_LIFE, LOCK_TIME, person
from tests.world import MONDAY, World, plain

STRANGER = "chỉ phục vụ cán bộ của Sở Khoa học và Công nghệ"


async def invitation(world: World, who: str = "Dung") -> str:
    async with world.store.write() as uow:
        return await uow.people.invite(world.people[who].id, world.clock.now())


async def unlinked(world: World, who: str = "Dung") -> None:
    async with world.store.write() as uow:
        for account in await uow.people.accounts(world.people[who].id):
            await uow.people.unlink(account.id)


async def on_the_web(world: World, text: str, address: str = "web-1") -> str:
    """Say something in a browser, and take the last answer."""
    await world.says(address, text, channel="web")
    return plain([outgoing.text for to, outgoing in world.other.sent if to == address][-1])


# -- strangers ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "xin chào", "viec", "/start", "/xong 1", "giao Dung; mai; x", "<b>", "a" * 9999])
async def test_a_stranger_gets_one_polite_sentence_whatever_is_said(world: World, text: str) -> None:
    answer = await world.answer("lạ", text)
    assert STRANGER in answer
    assert "\n" not in answer
    assert world.last("lạ").buttons == ()


async def test_a_stranger_gets_the_sentence_for_files_stickers_and_buttons_too(world: World) -> None:
    await world.sends_file("lạ", "virus.exe", b"MZ")
    await world.says("lạ", unsupported="sticker")
    await world.says("lạ", action="xong 1")
    assert all(STRANGER in plain(one.text) for one in world.hears_all("lạ"))


async def test_whoever_has_left_the_agency_is_a_stranger(world: World) -> None:
    async with world.store.write() as uow:
        left = update(person).where(person.c.id == world.people["Dung"].id).values(left_at=MONDAY)
        await uow.connection.execute(left)
        await uow.roster_changed()
    assert STRANGER in await world.answer("Dung", "viec")


# -- codes -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["{}", "/start {}", "/START {}", " {} \n"])
async def test_a_good_code_links_and_says_what_is_kept(world: World, form: str) -> None:
    await unlinked(world)
    await world.assigned("Dung")
    code = await invitation(world)
    answer = await world.answer("mới", form.format(code))
    assert "Chào mừng đồng chí Phạm Thị Dung (Phòng Quản lý Công nghệ) — cán bộ." in answer
    assert "chưa xong của đồng chí: 1" in answer
    assert "Thông tin được lưu" in answer
    assert "Công bố danh mục TTHC" in await world.answer("mới", "viec")


async def test_a_code_is_good_for_one_chat_only(world: World) -> None:
    await unlinked(world)
    code = await invitation(world)
    await world.says("mới", code)
    assert "Mã không đúng hoặc đã hết hạn" in await world.answer("khác", code)
    assert STRANGER in await world.answer("khác", "viec")


async def test_a_code_that_has_run_out_does_not_link(world: World) -> None:
    code = await invitation(world)
    world.clock.at += INVITE_LIFE
    assert "Mã không đúng hoặc đã hết hạn" in await world.answer("mới", code)


async def test_five_wrong_codes_lock_the_chat_even_for_a_good_one(world: World) -> None:
    code = await invitation(world)
    for _ in range(4):
        assert "Mã không đúng" in await world.answer("lạ", "2222222222")
    assert "thử lại sau 15 phút" in await world.answer("lạ", "/start 3333333333")
    assert "thử lại sau 15 phút" in await world.answer("lạ", code)
    # another chat is not punished for it
    assert "Mã không đúng" in await world.answer("khác", "2222222222")
    world.clock.at += LOCK_TIME
    assert "Chào mừng" in await world.answer("lạ", code)


async def test_a_good_code_forgives_the_wrong_ones(world: World) -> None:
    for _ in range(4):
        await world.says("mới", "2222222222")
    await world.says("mới", await invitation(world))
    assert "Chào mừng" in plain(world.last("mới").text)


async def test_a_code_in_a_chat_that_is_linked_changes_nothing(world: World) -> None:
    code = await invitation(world, "Em")
    assert "đã kết nối với đồng chí Phạm Thị Dung" in await world.answer("Dung", code)
    assert "Chào mừng đồng chí Hoàng Văn Em" in await world.answer("mới", code)


async def test_start_in_a_chat_that_is_linked_shows_the_help(world: World) -> None:
    assert "Đồng chí có thể gõ" in await world.answer("Dung", "/start")


# -- several chats -----------------------------------------------------------------------------------------------------


async def test_a_second_chat_is_linked_with_a_code_from_the_first(world: World) -> None:
    answer = await world.answer("Dung", "/lienket")
    assert "trong vòng 10 phút" in answer
    found = re.search(r"<code>(\w{10})</code>", world.last("Dung").text)
    assert found
    assert f'<a href="http://localhost/vao/{found[1]}">' in world.last("Dung").text
    world.clock.move(minutes=2)
    assert "Chào mừng đồng chí Phạm Thị Dung" in await on_the_web(world, found[1])
    about = await world.answer("Dung", "/toi")
    assert "• Telegram: kết nối" in about
    assert "• trang web: kết nối" in about


async def test_a_code_from_the_first_chat_runs_out_after_ten_minutes(world: World) -> None:
    await world.says("Dung", "/lienket")
    found = re.search(r"<code>(\w{10})</code>", world.last("Dung").text)
    assert found
    world.clock.move(minutes=10)
    assert "Mã không đúng" in await on_the_web(world, found[1])


async def test_letters_go_to_the_chat_that_was_used_last_or_is_preferred(world: World) -> None:
    world.clock.move(minutes=5)
    await on_the_web(world, await invitation(world))
    await world.assigned("Dung")
    assert "giao nhiệm vụ" in plain(world.other.sent[-1][1].text)
    await world.says("Dung", "/toi")
    await world.presses("Dung", "Nhận tin ở Telegram")
    assert "ưu tiên gửi qua Telegram" in plain(world.last("Dung").text)
    assert "ưu tiên gửi tin" in await on_the_web(world, "/toi")
    sent = len(world.other.sent)
    await world.says("Lan", "giao Phạm Thị Dung; mai; Việc hai")
    await world.presses("Lan", "Giao việc")
    assert "Việc hai" in plain(world.last("Dung").text)
    assert len(world.other.sent) == sent


async def test_an_answer_goes_to_the_chat_that_asked(world: World) -> None:
    world.clock.move(minutes=5)
    await on_the_web(world, await invitation(world))
    world.hears_all("Dung")
    assert "không còn nhiệm vụ" in await on_the_web(world, "viec")
    assert world.hears_all("Dung") == []


async def test_somebody_elses_account_cannot_be_preferred(world: World) -> None:
    async with world.store.read() as uow:
        (em,) = await uow.people.accounts(world.people["Em"].id)
    await world.says("Dung", action=f"uutien {em.id}")
    assert "Kết nối đó không còn" in plain(world.last("Dung").text)


async def test_whoever_blocked_the_assistant_and_writes_again_is_reached_again(world: World) -> None:
    await world.says("Dung", left=True)
    assert world.hears_all("Dung") == []
    await world.says("Lan", "giao Phạm Thị Dung; mai; Báo cáo")
    assert "chưa kết nối" in plain(world.last("Lan").text)
    # even a message that is turned down shows that the chat is alive
    assert "chưa hiểu ý" in await world.answer("Dung", "ơ kìa sao thế nhỉ")
    assert "chưa kết nối" not in await world.answer("Lan", "/giao Phạm Thị Dung; mai; Báo cáo")


# -- unlinking ---------------------------------------------------------------------------------------------------------


async def test_a_chat_is_unlinked_after_a_yes_and_is_a_strangers_then(world: World) -> None:
    assert "kênh duy nhất" in await world.answer("Dung", "/ngatketnoi")
    assert "Đã ngắt kết nối" in await world.answer("Dung", "đồng ý")
    assert STRANGER in await world.answer("Dung", "viec")


@pytest.mark.parametrize("no", ["không", "/huy"])
async def test_a_chat_stays_linked_after_a_no(world: World, no: str) -> None:
    await world.says("Dung", "/ngatketnoi")
    assert "Đã thôi" in await world.answer("Dung", no)
    assert "không còn nhiệm vụ" in await world.answer("Dung", "viec")


async def test_an_unlinked_address_is_nowhere_any_more(world: World) -> None:
    async with world.store.write() as uow:
        await uow.people.link(world.people["Dung"].id, "telegram", "987654321", MONDAY)
    await world.says("987654321", "viec")
    await world.says("987654321", "/ngatketnoi")
    await world.says("987654321", "có")
    async with world.store.read() as uow:
        rows = {table.name: list(await uow.connection.execute(select(table))) for table in metadata.sorted_tables}
    left = {name: [row for row in found if "987654321" in str(tuple(row))] for name, found in rows.items()}
    # the farewell itself has to know where it goes
    assert [row.text for row in left.pop("letter")] == [world.last("987654321").text]
    assert not any(left.values()), left


async def test_one_chat_of_two_can_be_unlinked(world: World) -> None:
    world.clock.move(minutes=5)
    await on_the_web(world, await invitation(world))
    assert "kênh duy nhất" not in await on_the_web(world, "/ngatketnoi")
    assert "Đã ngắt" in await on_the_web(world, "có")
    assert "không còn nhiệm vụ" in await world.answer("Dung", "viec")


# -- groups ------------------------------------------------------------------------------------------------------------


async def test_in_a_group_nothing_is_said_of_tasks(world: World) -> None:
    number = await world.assigned("Dung")
    await world.says("-100", f"xong {number}", in_group=True)
    assert "Không trao đổi nhiệm vụ trong nhóm" in world.hears("-100")
    assert (await world.task(number)).is_open
    code = await invitation(world)
    await world.says("-100", code, in_group=True)
    assert "Chào mừng" not in plain(world.last("-100").text)
    assert "Chào mừng" in await world.answer("mới", code)
