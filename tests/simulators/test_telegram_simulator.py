"""The simulated Telegram answers as the real one does, seen by plain HTTP and by python-telegram-bot."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
import telegram
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from tests.simulators.telegram import TelegramSimulator
from tests.simulators.telegram_door import Door
from tests.simulators.telegram_faults import Floods
from tests.simulators.telegram_rules import ApiError
from tests.simulators.telegram_world import Chat

LAN, MINH, GROUP = 101, 102, -500
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)


class HandClock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
async def sim(clock: HandClock) -> AsyncIterator[TelegramSimulator]:
    simulator = TelegramSimulator(repeat_stretch=0.01, conflict_delay=0.01, webhook_retry=0.0, clock=clock)
    async with simulator:
        simulator.person(LAN, "Lan", "Nguyễn", "lan", started=True)
        simulator.person(MINH, "Minh", started=True)
        simulator.group(GROUP, "Văn phòng")
        yield simulator


@pytest.fixture
async def bot(sim: TelegramSimulator, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[telegram.Bot]:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # without it, reading RetryAfter.retry_after is deprecated
    async with telegram.Bot(sim.token, base_url=sim.base_url, base_file_url=sim.base_file_url) as made:
        yield made


@pytest.fixture
async def http(sim: TelegramSimulator) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=f"{sim.url}/bot{sim.token}/", trust_env=False) as client:
        yield client


async def refusal(http: httpx.AsyncClient, method: str, **arguments: Any) -> str:
    answer = await http.post(method, json=arguments)
    body = answer.json()
    assert body["ok"] is False
    assert answer.status_code == body["error_code"]
    return f"{body['error_code']} {body['description']}"


def keyboard(*labels: str) -> telegram.InlineKeyboardMarkup:
    buttons = [telegram.InlineKeyboardButton(label, callback_data=f"d:{label}") for label in labels]
    return telegram.InlineKeyboardMarkup([buttons])


# --- the bot and its addresses


async def test_bot_learns_who_it_is(bot: telegram.Bot) -> None:
    me = await bot.get_me()
    assert (me.is_bot, me.username, me.can_read_all_group_messages) == (True, "nhac_viec_bot", False)


@pytest.mark.parametrize("way", ["query", "form", "json", "multipart", "any case"])
async def test_arguments_come_in_every_way(sim: TelegramSimulator, http: httpx.AsyncClient, way: str) -> None:
    said = {"chat_id": str(LAN), "text": "Kính gửi đồng chí"}
    if way == "query":
        answer = await http.get("sendMessage", params=said)
    elif way == "form":
        answer = await http.post("sendMessage", data=said)
    elif way == "json":
        answer = await http.post("sendMessage", json={**said, "chat_id": LAN, "message_thread_id": None})
    elif way == "multipart":
        answer = await http.post("sendMessage", data=said, files={"unused": ("a.txt", b"a")})
    else:
        answer = await http.post("SENDMESSAGE", data=said)
    assert answer.json()["result"]["text"] == "Kính gửi đồng chí"
    assert [message["text"] for message in sim.sent(LAN)] == ["Kính gửi đồng chí"]


async def test_wrong_addresses_are_refused(sim: TelegramSimulator, http: httpx.AsyncClient) -> None:
    assert await refusal(http, "sendLetter") == "404 Not Found: method not found"
    assert await refusal(http, f"{sim.url}/nowhere") == "404 Not Found"
    assert await refusal(http, f"{sim.url}/bot1:x/getMe") == "401 Unauthorized: invalid token specified"
    assert await refusal(http, f"{sim.url}/file/bot1:x/a") == "401 Unauthorized: invalid token specified"
    answer = await http.post("sendMessage", content="{", headers={"Content-Type": "application/json"})
    assert answer.status_code == 400


# --- texts


async def test_text_limits_count_after_entity_parsing(sim: TelegramSimulator, bot: telegram.Bot) -> None:
    await bot.send_message(LAN, f"<b>{'&lt;' * 4096}</b>", parse_mode="HTML")
    assert sim.sent()[0]["text"] == "<" * 4096
    assert sim.sent()[0]["html"].startswith("<b>&lt;")
    with pytest.raises(BadRequest, match="Message is too long"):
        await bot.send_message(LAN, "x" * 4097)
    with pytest.raises(BadRequest, match="Message text is empty"):
        await bot.send_message(LAN, "<b> </b>", parse_mode="HTML")
    with pytest.raises(BadRequest, match="caption is too long"):
        await bot.send_document(LAN, b"x", filename="a.txt", caption="x" * 1025)
    with pytest.raises(BadRequest, match="Can't parse entities"):
        await bot.send_message(LAN, "1 < 2", parse_mode="HTML")
    assert len(sim.sent()) == 1


async def test_text_is_trimmed_with_its_entities(sim: TelegramSimulator, bot: telegram.Bot) -> None:
    message = await bot.send_message(LAN, "\n <b> a</b> b\n", parse_mode="HTML")
    assert message.text == "a b"
    assert [(entity.offset, entity.length) for entity in message.entities] == [(0, 1)]


# --- keyboards and commands


@pytest.mark.parametrize(
    ("button", "problem"),
    [
        ({"text": "a", "callback_data": "ạ" * 22}, "BUTTON_DATA_INVALID"),
        ({"text": "a", "callback_data": ""}, "Text buttons are unallowed in the inline keyboard"),
        ({"callback_data": "a"}, 'Can\'t find field "text"'),
        ({"text": " ", "callback_data": "a"}, "BUTTON_TEXT_INVALID"),
        ({"text": "a", "callback_data": "a", "url": "https://a.vn"}, "exactly one of the optional fields"),
        ({"text": "a", "callback_data": "a", "style": "pink"}, "invalid button style"),
        ({"text": "a", "url": "ftp://a.vn"}, "Unsupported URL protocol"),
        ({"text": "a", "copy_text": {"text": ""}}, "BUTTON_COPY_TEXT_INVALID"),
        ({"text": "a", "web_app": {"url": "http://a.vn"}}, "Only HTTPS links are allowed"),
        ("a", "InlineKeyboardButton must be an Object"),
    ],
)
async def test_malformed_buttons_are_refused(http: httpx.AsyncClient, button: Any, problem: str) -> None:
    markup = {"inline_keyboard": [[button]]}
    assert problem in await refusal(http, "sendMessage", chat_id=LAN, text="a", reply_markup=markup)


@pytest.mark.parametrize(
    ("markup", "problem"),
    [
        ("{", "can't parse reply keyboard markup JSON object"),
        ([], "object expected as reply markup"),
        ({"inline_keyboard": [{}]}, "must be an Array of Arrays"),
        ({"inline_keyboard": {}}, "must be an Array"),
        ({"keyboard": [[""]]}, 'Can\'t find field "text"'),
        ({"inline_keyboard": [[{"text": "a", "callback_data": "a"}] * 101]}, "REPLY_MARKUP_TOO_LONG"),
    ],
)
async def test_malformed_keyboards_are_refused(http: httpx.AsyncClient, markup: Any, problem: str) -> None:
    assert problem in await refusal(http, "sendMessage", chat_id=LAN, text="a", reply_markup=markup)


async def test_reply_keyboard_is_kept_as_sent(sim: TelegramSimulator, bot: telegram.Bot) -> None:
    await bot.send_message(LAN, "a", reply_markup=telegram.ReplyKeyboardMarkup([["Hôm nay"]]))
    assert sim.sent()[0]["keyboard"]["keyboard"] == [[{"text": "Hôm nay"}]]


async def test_commands_are_kept_by_scope_and_language(bot: telegram.Bot) -> None:
    await bot.set_my_commands([("viec", "Việc của tôi")], language_code="vi")
    assert [command.command for command in await bot.get_my_commands(language_code="vi")] == ["viec"]
    assert await bot.get_my_commands() == ()
    await bot.delete_my_commands(language_code="vi")
    assert await bot.get_my_commands(language_code="vi") == ()
    assert await bot.set_my_description("a")


async def test_malformed_commands_are_refused(http: httpx.AsyncClient) -> None:
    for command, problem in [
        ({"command": "hoãn", "description": "a"}, "BOT_COMMAND_INVALID"),
        ({"command": "Xong", "description": "a"}, "BOT_COMMAND_INVALID"),
        ({"command": "xong", "description": " "}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"command": "xong"}, 'Can\'t find field "description"'),
        ("xong", "expected an Object"),
    ]:
        assert problem in await refusal(http, "setMyCommands", commands=[command])
    many = [{"command": f"c{n}", "description": "a"} for n in range(101)]
    assert "BOT_COMMANDS_TOO_MUCH" in await refusal(http, "setMyCommands", commands=many)
    assert "invalid language code" in await refusal(http, "getMyCommands", language_code="vie")


# --- whom the bot may write to


async def test_bot_writes_only_to_who_has_started_it(sim: TelegramSimulator, bot: telegram.Bot) -> None:
    sim.person(103, "Hà")
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(103, "a")
    sim.say(103, "/start")
    await bot.send_message(103, "a")
    assert len(sim.sent(103)) == 1
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message("@nobody", "a")
    with pytest.raises(BadRequest, match="Chat_id is empty"):
        await bot.send_message("", "a")


async def test_blocked_bot_is_forbidden_until_unblocked(sim: TelegramSimulator, bot: telegram.Bot) -> None:
    sim.block(LAN)
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(LAN, "a")
    with pytest.raises(ValueError, match="unblock"):
        sim.say(LAN, "a")
    sim.unblock(LAN)
    await bot.send_message(LAN, "a")
    changes = [update.my_chat_member for update in await bot.get_updates()]
    assert [change.new_chat_member.status for change in changes if change] == ["kicked", "member"]


async def test_gone_chats_are_forbidden(sim: TelegramSimulator, bot: telegram.Bot) -> None:
    sim.deactivate(MINH)
    with pytest.raises(Forbidden, match="user is deactivated"):
        await bot.send_message(MINH, "a")
    sim.kick(GROUP, by=LAN)
    with pytest.raises(Forbidden, match="kicked from the group chat"):
        await bot.send_message(GROUP, "a")


async def test_group_that_grew_names_its_new_id(sim: TelegramSimulator, bot: telegram.Bot) -> None:
    sim.migrate(GROUP, -1001)
    with pytest.raises(ChatMigrated) as raised:
        await bot.send_message(GROUP, "a")
    assert raised.value.new_chat_id == -1001
    await bot.send_message(-1001, "a")
    messages = [update.message for update in await bot.get_updates() if update.message]
    assert [(each.migrate_to_chat_id, each.migrate_from_chat_id) for each in messages] == [
        (-1001, None),
        (None, GROUP),
    ]


# --- updates


async def test_commands_carry_entities_in_utf16(sim: TelegramSimulator, bot: telegram.Bot) -> None:
    sim.say(LAN, "😀 /xong@nhac_viec_bot 12 /hoãn")
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.parse_entities() == {telegram.MessageEntity("bot_command", 3, 19): "/xong@nhac_viec_bot"}


async def test_offset_confirms_what_came_before(sim: TelegramSimulator, bot: telegram.Bot) -> None:
    sim.say_many([(LAN, "một"), (MINH, "hai"), (LAN, "ba")])
    first = await bot.get_updates(limit=2)
    assert [update.update_id for update in first] == [1, 2]
    assert sim.confirmed_offset == 0
    (third,) = await bot.get_updates(offset=3)
    assert third.update_id == 3
    assert (sim.confirmed_offset, len(sim.pending_updates())) == (3, 1)
    assert await bot.get_updates(offset=4) == ()
    assert sim.pending_updates() == []


async def test_negative_offset_keeps_only_the_last(sim: TelegramSimulator, bot: telegram.Bot) -> None:
    sim.say_many([(LAN, str(number)) for number in range(5)])
    assert [update.update_id for update in await bot.get_updates(offset=-2)] == [4, 5]


async def test_long_poll_wakes_with_the_whole_batch(sim: TelegramSimulator, bot: telegram.Bot) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=50))
    await sim.wait_until(lambda: sim.calls("getUpdates"))
    sim.say_many([(LAN, "một"), (MINH, "hai")])
    assert [update.update_id for update in await poll] == [1, 2]


async def test_hasty_repeated_poll_is_held_back() -> None:
    async with TelegramSimulator(repeat_stretch=30) as sim, httpx.AsyncClient(trust_env=False) as http:
        sim.person(LAN, "Lan")
        poll = asyncio.create_task(http.get(f"{sim.base_url}{sim.token}/getUpdates?timeout=0&offset=0"))
        await sim.wait_until(lambda: sim.calls("getUpdates"))
        assert (await poll).json()["result"] == []
        poll = asyncio.create_task(http.get(f"{sim.base_url}{sim.token}/getUpdates?timeout=0&offset=0"))
        await sim.wait_until(lambda: len(sim.calls("getUpdates")) == 2)
        sim.say(LAN, "a")
        assert len((await poll).json()["result"]) == 1


async def test_two_pollers_conflict(sim: TelegramSimulator, bot: telegram.Bot, http: httpx.AsyncClient) -> None:
    for _ in range(2):
        poll = asyncio.create_task(bot.get_updates(timeout=50))
        await sim.wait_until(lambda: len(sim.calls("getUpdates")) % 2)
        assert (await http.post("getUpdates")).json()["result"] == []
        with pytest.raises(Conflict, match="terminated by other getUpdates request"):
            await poll


async def test_poll_and_webhook_conflict(sim: TelegramSimulator, bot: telegram.Bot) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=50))
    await sim.wait_until(lambda: sim.calls("getUpdates"))
    await bot.set_webhook(f"{sim.url}/nowhere")
    with pytest.raises(Conflict, match="terminated by setWebhook"):
        await poll
    with pytest.raises(Conflict, match="while webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook()
    assert await bot.get_updates() == ()


async def test_only_asked_for_kinds_are_queued(sim: TelegramSimulator, bot: telegram.Bot) -> None:
    await bot.get_updates(allowed_updates=["message"])
    sim.block(LAN)
    sim.say(MINH, "a")
    (update,) = await bot.get_updates()
    assert update.message is not None
    await bot.get_updates(offset=2, allowed_updates=[])
    sim.unblock(LAN)
    (update,) = await bot.get_updates()
    assert update.my_chat_member is not None


async def test_raw_updates_pass_as_given(sim: TelegramSimulator, bot: telegram.Bot) -> None:
    assert sim.raw_update({"update_id": 70, "unheard_of": {"a": 1}}) == 70
    sim.say(LAN, "a")
    assert [update.update_id for update in await bot.get_updates()] == [70, 71]


async def test_privacy_mode_hides_group_talk(sim: TelegramSimulator, bot: telegram.Bot) -> None:
    sent = await bot.send_message(GROUP, "Báo cáo?")
    sim.say(LAN, "chuyện riêng", GROUP)
    sim.say(LAN, "/viec@other_bot", GROUP)
    sim.say(LAN, "/viec", GROUP)
    sim.say(LAN, "@nhac_viec_bot xong 12", GROUP)
    sim.say(LAN, "xong", GROUP, reply_to=sent.message_id)
    heard = [update.message.text for update in await bot.get_updates() if update.message]
    assert heard == ["/viec", "@nhac_viec_bot xong 12", "xong"]


# --- buttons and edits


async def test_press_brings_the_message_and_is_answered_once(
    sim: TelegramSimulator, bot: telegram.Bot, clock: HandClock
) -> None:
    sent = await bot.send_message(LAN, "Xong chưa?", reply_markup=keyboard("Xong", "Hoãn"))
    sim.press(LAN, sent.message_id, "Hoãn")
    (update,) = await bot.get_updates()
    query = update.callback_query
    assert query is not None
    assert (query.data, query.chat_instance is not None, query.from_user.id) == ("d:Hoãn", True, LAN)
    assert query.message == sent
    await query.answer("Vâng")
    with pytest.raises(BadRequest, match="Query is too old"):
        await query.answer()
    late = sim.press(LAN, sent.message_id, "d:Xong")
    clock.now += 16
    with pytest.raises(BadRequest, match="Query is too old"):
        await bot.answer_callback_query(late)


async def test_only_real_buttons_can_be_pressed(sim: TelegramSimulator, bot: telegram.Bot) -> None:
    sent = await bot.send_message(LAN, "a", reply_markup=keyboard("Xong"))
    with pytest.raises(LookupError, match="no button"):
        sim.press(LAN, sent.message_id, "Hoãn")
    said = sim.say(LAN, "a")
    with pytest.raises(LookupError, match="did not send"):
        sim.press(LAN, said["message_id"], "Xong")


async def test_edit_replaces_text_and_keyboard(sim: TelegramSimulator, bot: telegram.Bot) -> None:
    sent = await bot.send_message(LAN, "a", reply_markup=keyboard("Xong"))
    edited = await bot.edit_message_text("<b>b</b>", LAN, sent.message_id, parse_mode="HTML")
    assert edited.text == "b"  # type: ignore[union-attr]
    (entry,) = sim.sent()
    assert (entry["text"], entry["html"], entry["keyboard"], entry["edits"]) == ("b", "<b>b</b>", None, 1)
    await bot.edit_message_reply_markup(LAN, sent.message_id, reply_markup=keyboard("Lại"))
    assert sim.sent()[0]["keyboard"]["inline_keyboard"][0][0]["text"] == "Lại"
    assert sim.sent()[0]["text"] == "b"


async def test_edits_are_refused_as_the_server_does(sim: TelegramSimulator, bot: telegram.Bot) -> None:
    sent = await bot.send_message(LAN, "a", reply_markup=keyboard("Xong"))
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_text("a", LAN, sent.message_id, reply_markup=keyboard("Xong"))
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_reply_markup(LAN, sent.message_id, reply_markup=keyboard("Xong"))
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("b", LAN, 99)
    said = sim.say(LAN, "a")
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("b", LAN, said["message_id"])
    file = await bot.send_document(LAN, b"x", filename="a.txt")
    with pytest.raises(BadRequest, match="no text in the message"):
        await bot.edit_message_text("b", LAN, file.message_id)


async def test_replies_name_a_message_that_exists(sim: TelegramSimulator, bot: telegram.Bot) -> None:
    said = sim.say(LAN, "a")
    sent = await bot.send_message(LAN, "b", reply_to_message_id=said["message_id"], disable_notification=True)
    assert sent.reply_to_message is not None
    assert (sim.sent()[0]["reply_to"], sim.sent()[0]["silent"]) == (said["message_id"], True)
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await bot.send_message(LAN, "b", reply_to_message_id=99)
    await bot.send_message(LAN, "b", reply_to_message_id=99, allow_sending_without_reply=True)


async def test_typing_is_shown(sim: TelegramSimulator, bot: telegram.Bot) -> None:
    assert await bot.send_chat_action(LAN, "typing")
    with pytest.raises(BadRequest, match="Wrong parameter action"):
        await bot.send_chat_action(LAN, "sleeping")


# --- files


async def test_document_goes_out_and_again_by_its_id(sim: TelegramSimulator, bot: telegram.Bot) -> None:
    sent = await bot.send_document(LAN, b"bytes", filename="Báo cáo.xlsx", caption="<b>a</b>", parse_mode="HTML")
    assert sent.document is not None
    await bot.send_document(MINH, sent.document.file_id)
    first, second = sim.sent()
    assert (first["document"]["name"], first["document"]["bytes"]) == ("Báo cáo.xlsx", b"bytes")
    assert (first["kind"], first["text"], first["html"]) == ("document", "a", "<b>a</b>")
    assert second["document"] == first["document"]


async def test_photo_goes_out(sim: TelegramSimulator, bot: telegram.Bot) -> None:
    sent = await bot.send_photo(LAN, PNG, caption="a")
    await bot.send_photo(LAN, sent.photo[-1].file_id)
    assert sim.sent()[1]["photo"]["bytes"] == PNG
    with pytest.raises(BadRequest, match="Image_process_failed"):
        await bot.send_photo(LAN, b"text")
    with pytest.raises(BadRequest, match="too big for a photo"):
        await bot.send_photo(LAN, PNG + bytes(10 << 20))


async def test_wrong_files_are_refused(sim: TelegramSimulator, http: httpx.AsyncClient, bot: telegram.Bot) -> None:
    assert "there is no document" in await refusal(http, "sendDocument", chat_id=LAN)
    assert "wrong file identifier" in await refusal(http, "sendDocument", chat_id=LAN, document="x")
    photo = await bot.send_photo(LAN, PNG)
    file_id = photo.photo[-1].file_id
    assert "can't use file of type Photo" in await refusal(http, "sendDocument", chat_id=LAN, document=file_id)
    with pytest.raises(BadRequest, match="File must be non-empty"):
        await bot.send_document(LAN, b"", filename="a.txt")
    assert "wrong file_id" in await refusal(http, "getFile", file_id="x")
    assert "file_id not specified" in await refusal(http, "getFile")


async def test_bot_fetches_what_people_send(sim: TelegramSimulator, bot: telegram.Bot) -> None:
    sim.send_document(LAN, "chỉ đạo.pdf", b"%PDF", caption="giao việc")
    sim.send_photo(LAN, PNG)
    sim.send_voice(LAN, b"OggS")
    sim.send_sticker(LAN)
    document, photo, voice, sticker = [update.message for update in await bot.get_updates() if update.message]
    assert document.document is not None
    assert (document.document.mime_type, document.caption) == ("application/pdf", "giao việc")
    assert bytes(await (await document.document.get_file()).download_as_bytearray()) == b"%PDF"
    assert bytes(await (await photo.photo[-1].get_file()).download_as_bytearray()) == PNG
    assert voice.voice is not None
    assert sticker.sticker is not None


async def test_declared_size_needs_no_bytes(sim: TelegramSimulator, bot: telegram.Bot) -> None:
    limit = 20 << 20
    fits = sim.send_document(LAN, "a.pdf", size=limit)
    too_big = sim.send_document(LAN, "b.pdf", size=limit + 1)
    file = await bot.get_file(fits["document"]["file_id"])
    assert len(await file.download_as_bytearray()) == limit
    with pytest.raises(BadRequest, match="File is too big"):
        await bot.get_file(too_big["document"]["file_id"])


async def test_file_is_served_only_after_get_file(sim: TelegramSimulator, http: httpx.AsyncClient) -> None:
    sim.send_document(LAN, "a.pdf", b"%PDF")
    address = f"{sim.url}/file/bot{sim.token}/documents/file_0.pdf"
    assert await refusal(http, address) == "404 Not Found"


# --- faults


@pytest.mark.parametrize(
    ("code", "retry_after", "expected"),
    [
        (400, None, BadRequest),
        (401, None, InvalidToken),
        (403, None, Forbidden),
        (404, None, InvalidToken),
        (409, None, Conflict),
        (429, 7, RetryAfter),
        (500, None, NetworkError),
        (502, None, NetworkError),
    ],
)
async def test_each_fault_is_the_exception_it_should_be(
    sim: TelegramSimulator, bot: telegram.Bot, code: int, retry_after: int | None, expected: type[TelegramError]
) -> None:
    sim.fault("sendMessage", code=code, retry_after=retry_after)
    with pytest.raises(TelegramError) as raised:
        await bot.send_message(LAN, "a")
    assert type(raised.value) is expected
    assert sim.sent() == []
    await bot.send_message(LAN, "a")
    assert [call["code"] for call in sim.calls("sendMessage")] == [code, 200]


async def test_too_many_requests_says_when_twice(sim: TelegramSimulator, http: httpx.AsyncClient) -> None:
    sim.fault(code=429, retry_after=9)
    answer = await http.post("getMe")
    assert answer.headers["Retry-After"] == "9"
    assert answer.json() == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 9",
        "parameters": {"retry_after": 9},
    }


async def test_dropped_answer_leaves_the_message_sent(sim: TelegramSimulator, bot: telegram.Bot) -> None:
    sim.fault("sendMessage", drop="before")
    sim.fault("sendMessage", drop="after")
    for arrived in (0, 1):
        with pytest.raises(NetworkError) as raised:
            await bot.send_message(LAN, "a")
        assert type(raised.value) is NetworkError
        assert len(sim.sent()) == arrived


async def test_late_answer_times_out_though_sent(sim: TelegramSimulator, bot: telegram.Bot) -> None:
    sim.fault("sendMessage", delay=30)
    with pytest.raises(TimedOut):
        await bot.send_message(LAN, "a", read_timeout=0.02)
    assert len(sim.sent()) == 1


async def test_fault_strikes_one_chat_as_often_as_told(sim: TelegramSimulator, bot: telegram.Bot) -> None:
    sim.fault("sendMessage", chat_id=LAN, code=400, description="Bad Request: odd", times=None)
    await bot.send_message(MINH, "a")
    for _ in range(3):
        with pytest.raises(BadRequest, match="Odd"):
            await bot.send_message(LAN, "a")
    sim.clear_faults()
    await bot.send_message(LAN, "a")


async def test_download_can_fail(sim: TelegramSimulator, bot: telegram.Bot) -> None:
    said = sim.send_document(LAN, "a.pdf", b"%PDF")
    file = await bot.get_file(said["document"]["file_id"])
    sim.fault("download", code=500)
    sim.fault("download", drop="before")
    for _ in range(2):
        with pytest.raises(NetworkError):
            await file.download_as_bytearray()
    assert await file.download_as_bytearray() == b"%PDF"


async def test_port_refuses_while_down(sim: TelegramSimulator, bot: telegram.Bot) -> None:
    await bot.get_me()
    poll = asyncio.create_task(bot.get_updates(timeout=50))
    await sim.wait_until(lambda: sim.calls("getUpdates"))
    sim.down()
    with pytest.raises(NetworkError, match=r"ReadError|RemoteProtocolError"):
        await poll
    with pytest.raises(NetworkError, match="ConnectError"):
        await bot.send_message(LAN, "a")
    await sim.up()
    await bot.send_message(LAN, "a")
    assert len(sim.sent()) == 1


async def test_port_can_refuse_for_a_while_by_remote_control(sim: TelegramSimulator, http: httpx.AsyncClient) -> None:
    await control(http, "down", seconds=0.05)
    await sim.wait_until(lambda: not sim.is_up)
    with pytest.raises(httpx.ConnectError):
        await http.get("getMe")
    await sim.wait_until(lambda: sim.is_up)
    assert (await http.get("getMe")).status_code == 200


async def test_edit_does_not_reach_back_into_a_pending_press(sim: TelegramSimulator, bot: telegram.Bot) -> None:
    sent = await bot.send_message(LAN, "a", reply_markup=keyboard("Xong"))
    sim.press(LAN, sent.message_id, "Xong")
    await bot.edit_message_text("b", LAN, sent.message_id)
    assert sim.pending_updates()[0]["callback_query"]["message"]["text"] == "a"


# --- flood mode


async def test_flood_mode_holds_each_private_chat_to_one_a_second(
    sim: TelegramSimulator, bot: telegram.Bot, clock: HandClock
) -> None:
    sim.flood()
    await bot.send_message(LAN, "a")
    await bot.send_message(MINH, "a")
    with pytest.raises(RetryAfter) as raised:
        await bot.send_message(LAN, "b")
    assert raised.value.retry_after == timedelta(seconds=1)
    clock.now += 1
    await bot.send_message(LAN, "b")
    assert [(record["chat_id"], record["limit"]) for record in sim.floods] == [(LAN, "chat")]


async def test_in_flood_mode_a_changed_message_counts_like_a_new_one(
    sim: TelegramSimulator, bot: telegram.Bot, clock: HandClock
) -> None:
    sim.flood()
    sent = await bot.send_message(LAN, "a")
    with pytest.raises(RetryAfter):
        await bot.edit_message_text("b", LAN, sent.message_id)
    clock.now += 1
    await bot.edit_message_text("b", LAN, sent.message_id)
    with pytest.raises(RetryAfter):
        await bot.send_message(LAN, "c")


async def test_flood_mode_holds_groups_to_twenty_a_minute(
    sim: TelegramSimulator, bot: telegram.Bot, clock: HandClock
) -> None:
    sim.flood()
    for _ in range(20):
        await bot.send_message(GROUP, "a")
        clock.now += 1
    with pytest.raises(RetryAfter) as raised:
        await bot.send_message(GROUP, "b")
    assert raised.value.retry_after == timedelta(seconds=40)
    clock.now += 40
    await bot.send_message(GROUP, "b")


async def test_flood_mode_holds_everything_to_thirty_a_second(sim: TelegramSimulator, http: httpx.AsyncClient) -> None:
    sim.flood()
    for number in range(31):
        sim.person(1000 + number, "A", started=True)
    answers = [await http.post("sendMessage", data={"chat_id": 1000 + n, "text": "a"}) for n in range(31)]
    assert [answer.status_code for answer in answers] == [200] * 30 + [429]
    assert sim.floods[0]["limit"] == "overall"
    sim.flood(False)
    assert (await http.post("sendMessage", data={"chat_id": 1030, "text": "a"})).status_code == 200


@given(st.lists(st.tuples(st.integers(1, 40), st.integers(0, 8)), max_size=120))
def test_flood_mode_admits_exactly_what_leaves_no_window_too_full(arrivals: list[tuple[int, int]]) -> None:
    clock = HandClock()
    floods = Floods(clock)
    floods.enforce(True)
    admitted: list[tuple[int, float]] = []
    for chat_id, sixty_fourths in arrivals:
        clock.now += sixty_fourths / 64
        recent = [other for other, at in admitted if at > clock.now - 1]
        chat = Chat(chat_id, "private", {})
        if len(recent) >= 30 or chat_id in recent:
            with pytest.raises(ApiError) as refused:
                floods.admit("sendMessage", chat)
            assert refused.value.parameters == {"retry_after": 1}
        else:
            floods.admit("sendMessage", chat)
            admitted.append((chat_id, clock.now))
    assert len(floods.records) == len(arrivals) - len(admitted)


# --- webhook


async def test_webhook_gets_each_update_until_it_is_taken(sim: TelegramSimulator, bot: telegram.Bot) -> None:
    got: list[tuple[str, int]] = []

    async def receive(request: Request) -> Response:
        update = await request.json()
        got.append((request.headers["X-Telegram-Bot-Api-Secret-Token"], update["update_id"]))
        return Response(status_code=500 if len(got) == 1 else 200)

    sim.say(LAN, "trước")
    door = Door(Starlette(routes=[Route("/hook", receive, methods=["POST"])]))
    await door.open()
    try:
        url = f"http://127.0.0.1:{door.port}/hook"
        await bot.set_webhook(url, secret_token="s_1", max_connections=5)
        sim.say(LAN, "sau")
        await sim.wait_until(lambda: not sim.pending_updates())
        info = await bot.get_webhook_info()
    finally:
        await door.close()
    assert got == [("s_1", 1), ("s_1", 1), ("s_1", 2)]
    assert (info.url, info.pending_update_count, info.max_connections) == (url, 0, 5)
    assert info.last_error_message == "Wrong response from the webhook: 500 Internal Server Error"
    assert sim.confirmed_offset == 3


async def test_webhook_settings_are_checked(http: httpx.AsyncClient) -> None:
    for arguments, problem in [
        ({"url": "http://a.vn"}, "An HTTPS URL must be provided"),
        ({"url": "https://a.vn:8080"}, "only on ports 80, 88, 443 or 8443"),
        ({"url": "https://a.vn", "secret_token": "a b"}, "secret token contains unallowed characters"),
        ({"url": "https://a.vn", "secret_token": "a" * 257}, "secret token is too long"),
        ({"url": "https://a.vn", "allowed_updates": "{"}, "can't parse allowed_updates"),
    ]:
        assert problem in await refusal(http, "setWebhook", **arguments)


async def test_pending_updates_can_be_dropped(sim: TelegramSimulator, bot: telegram.Bot) -> None:
    sim.say(LAN, "a")
    await bot.delete_webhook(drop_pending_updates=True)
    assert sim.pending_updates() == []


# --- watching and controlling from afar


async def test_wait_sent_says_how_many_came(sim: TelegramSimulator, bot: telegram.Bot) -> None:
    waiting = asyncio.create_task(sim.wait_sent(1, chat_id=LAN))
    await bot.send_message(LAN, "a")
    assert [message["text"] for message in await waiting] == ["a"]
    with pytest.raises(TimeoutError, match="1 of 2 messages"):
        await sim.wait_sent(2, timeout=0.01)
    sim.clear()
    assert (sim.sent(), sim.calls()) == ([], [])


async def control(http: httpx.AsyncClient, operation: str, **arguments: Any) -> Any:
    answer = await http.post(http.base_url.join(f"/_control/{operation}"), json=arguments)
    assert answer.status_code == 200, answer.text
    return answer.json()["result"]


async def test_process_is_controlled_over_http() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.simulators.telegram", "--token", "42:T", stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    url = (await process.stdout.readline()).decode().strip()
    try:
        async with httpx.AsyncClient(base_url=url, trust_env=False) as http:
            await talk_over_http(http)
    finally:
        process.terminate()
        assert await process.wait() == 0


async def talk_over_http(http: httpx.AsyncClient) -> None:
    await control(http, "person", user_id=LAN, first_name="Lan")
    steps = [{"operation": "say", "arguments": {"user_id": LAN, "text": text}} for text in ("/start", "a")]
    assert len(await control(http, "batch", steps=steps)) == 2
    await control(http, "send_document", user_id=LAN, name="a.pdf", content="JVBERg==")
    updates = (await http.post("/bot42:T/getUpdates")).json()["result"]
    assert [update["update_id"] for update in updates] == [1, 2, 3]
    sent = await http.post(
        "/bot42:T/sendDocument", data={"chat_id": LAN}, files={"document": ("a.txt", b"hi", "text/plain")}
    )
    assert sent.status_code == 200
    (message,) = await control(http, "wait_sent", n=1)
    assert message["document"]["bytes"] == "aGk="
    assert await control(http, "confirmed_offset") == 0
    await control(http, "down")
    with pytest.raises(httpx.RemoteProtocolError):
        await http.post("/bot42:T/getMe")
    await control(http, "up")
    assert (await http.post("/bot42:T/getMe")).json()["result"]["id"] == 42
    assert (await http.post("/_control/say", json={"user_id": 9, "text": "a"})).status_code == 400
    assert (await http.post("/_control/wait_sent", json={"n": 9, "timeout": 0.01})).status_code == 408
    assert json.loads((await http.get("/_control/floods")).text) == {"result": []}
