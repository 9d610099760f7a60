"""Telegram's updates, read from JSON, become what a person said, sent, pressed, or that they left."""

from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.channels.telegram_updates import is_from_group, query_id, read, read_all
from domain.messages import FileRef, Incoming

Json = dict[str, Any]

LAN: Json = {"id": 101, "is_bot": False, "first_name": "Lan", "last_name": "Nguyễn"}
PRIVATE: Json = {"id": 101, "type": "private", "first_name": "Lan"}
GROUP: Json = {"id": -1005, "type": "supergroup", "title": "Văn phòng"}
BOT = "Nhac_Viec_bot"


def message(chat: Json = PRIVATE, **content: Any) -> Json:
    return {"update_id": 7, "message": {"message_id": 1, "date": 1, "from": LAN, "chat": chat, **content}}


def heard(update: Json) -> Incoming:
    incoming = read(update, BOT)
    assert incoming is not None
    return incoming


def test_a_text_is_read() -> None:
    assert heard(message(text="xong 12")) == Incoming("telegram", "7", "101", "Lan Nguyễn", "xong 12")


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("/start ABC_1", "/start ABC_1"),
        ("/start@nhac_viec_bot ABC_1", "/start ABC_1"),
        ("/xong@nhac_viec_bot", "/xong"),
        ("/ /xong@nhac_viec_bot", "/ /xong@nhac_viec_bot"),
        ("gửi a@b.vn", "gửi a@b.vn"),
        ("nul\x00 và \ud83d", "nul\ufffd và \ufffd"),
    ],
)
def test_a_private_text_is_for_us(said: str, text: str) -> None:
    assert heard(message(text=said)).text == text


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("/xong 12", "/xong 12"),
        ("/xong@nhac_viec_BOT 12", "/xong 12"),
        ("@nhac_viec_bot việc của tôi", "việc của tôi"),
        ("Nhờ @Nhac_Viec_bot, báo giúp", "Nhờ báo giúp"),
        ("@nhac_viec_bot", ""),
        ("/xong@other_bot 12", None),
        ("trưa nay ăn gì", None),
        ("a@nhac_viec_bot", None),
        ("@nhac_viec_bot2 chào", None),
    ],
)
def test_in_a_group_only_commands_and_mentions_are_for_us(said: str, text: str | None) -> None:
    incoming = read(message(GROUP, text=said), BOT)
    assert (incoming and incoming.text) == text
    assert incoming is None or (incoming.in_group and incoming.address == "-1005")


def test_a_document_comes_with_its_caption() -> None:
    document = {
        "file_id": "F",
        "file_unique_id": "U",
        "file_name": "CV/số 5.pdf",
        "mime_type": "application/pdf",
        "file_size": 9,
    }
    incoming = heard(message(document=document, caption="giao việc", media_group_id="1"))
    assert incoming.text == "giao việc"
    assert incoming.files == (FileRef("F", "CV_số 5.pdf", "application/pdf", 9),)


def test_a_photo_is_its_largest_size() -> None:
    small = {"file_id": "S", "file_unique_id": "s", "width": 90, "height": 60}
    large = {"file_id": "L", "file_unique_id": "l", "width": 900, "height": 600, "file_size": 5}
    assert heard(message(photo=[large, small])).files == (FileRef("L", "photo-l.jpg", "image/jpeg", 5),)


@pytest.mark.parametrize(
    ("kind", "name", "mime"),
    [
        ("document", "document-U", "application/octet-stream"),
        ("audio", "audio-U.mp3", "audio/mpeg"),
        ("video", "video-U.mp4", "video/mp4"),
    ],
)
def test_a_file_without_a_name_gets_one(kind: str, name: str, mime: str) -> None:
    incoming = heard(message(**{kind: {"file_id": "F", "file_unique_id": "U"}}))
    assert incoming.files == (FileRef("F", name, mime, None),)


@pytest.mark.parametrize(
    "kind", ["sticker", "voice", "video_note", "animation", "venue", "location", "contact", "poll", "dice"]
)
def test_what_nobody_can_read_is_named(kind: str) -> None:
    beside: Json = {"animation": {"document": {}}, "venue": {"location": {}}}.get(kind, {})
    incoming = heard(message(**{kind: {}}, **beside))
    assert (incoming.unsupported, incoming.text, incoming.files) == (kind, "", ())


def test_a_pressed_button_says_its_words() -> None:
    query = {"id": "9", "from": LAN, "message": {"message_id": 4, "date": 0, "chat": PRIVATE}, "data": "/xong 12"}
    update = {"update_id": 8, "callback_query": query}
    assert heard(update) == Incoming("telegram", "8", "101", "Lan Nguyễn", action="/xong 12")
    assert query_id(update) == "9"
    assert query_id(message(text="x")) is None


@pytest.mark.parametrize(("chat", "status"), [(PRIVATE, "kicked"), (GROUP, "left"), (GROUP, "kicked")])
def test_blocking_or_removing_us_is_leaving(chat: Json, status: str) -> None:
    change = {"chat": chat, "from": LAN, "date": 1, "new_chat_member": {"status": status}}
    incoming = heard({"update_id": 9, "my_chat_member": change})
    assert incoming.left
    assert incoming.address == str(chat["id"])
    assert incoming.in_group == (chat is GROUP)


@pytest.mark.parametrize(
    "update",
    [
        {"update_id": 1},
        {"update_id": 1, "edited_message": {}},
        {"update_id": 1, "channel_post": {}},
        {"update_id": 1, "some_new_kind": {"x": 1}},
        {"update_id": 1, "callback_query": {"id": "1", "from": LAN, "inline_message_id": "x", "data": "y"}},
        {"update_id": 1, "my_chat_member": {"chat": PRIVATE, "new_chat_member": {"status": "member"}}},
        message(new_chat_members=[LAN]),
        message(GROUP, migrate_to_chat_id=-1006),
        message(GROUP, sticker={}),
        message({"id": -1009, "type": "channel"}, text="x"),
        {"update_id": 1, "message": {"chat": GROUP, "from": {**LAN, "is_bot": True}, "text": "/xong"}},
    ],
)
def test_what_nobody_said_to_us_is_ignored(update: Json) -> None:
    assert read(update, BOT) is None


@pytest.mark.parametrize("bad", [{"update_id": 1, "message": 5}, {"message": {}}, "x", None, 3, message(text=5)])
def test_an_unreadable_update_is_logged_and_the_others_are_read(bad: Any) -> None:
    with capture_logs() as logs:
        incoming = read_all([message(text="một"), bad, message(text="hai")], BOT)
    assert [each.text for each in incoming] == ["một", "hai"]
    assert [(line["event"], line["log_level"]) for line in logs] == [("telegram_update_unreadable", "error")]
    assert logs[0]["update_id"] == (bad.get("update_id") if isinstance(bad, dict) else None)


def test_only_messages_of_groups_take_our_name() -> None:
    assert is_from_group(message(GROUP, text="x"))
    assert not any(is_from_group(update) for update in (message(text="x"), {}, None, {"message": 5}))
