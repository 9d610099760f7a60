"""The methods of the Bot API that write to a chat, each answering with its result or raising ApiError."""

import itertools
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.simulators import telegram_rules as rules
from tests.simulators.telegram_faults import Floods
from tests.simulators.telegram_journal import Journal
from tests.simulators.telegram_rules import ApiError, bad_request
from tests.simulators.telegram_updates import Updates
from tests.simulators.telegram_world import Chat, Json, StoredFile, World, document_content, photo_content, quoted


@dataclass(frozen=True)
class Upload:
    name: str
    mime: str
    content: bytes


@dataclass
class Query:
    """The arguments of one call, all as text, as the real server holds them."""

    method: str
    args: dict[str, str]
    uploads: dict[str, Upload] = field(default_factory=dict)
    at: float = 0.0

    def text(self, name: str) -> str:
        return self.args.get(name, "")

    def number(self, name: str, default: int = 0) -> int:
        raw = self.args.get(name, "").strip()
        return int(raw) if raw.lstrip("-").isdecimal() else default

    def flag(self, name: str) -> bool:
        return self.args.get(name, "").strip().lower() in ("true", "yes", "1")


@dataclass
class Server:
    """What every method works on."""

    world: World
    updates: Updates
    journal: Journal
    floods: Floods
    clock: Callable[[], float]
    query_lifetime: float
    webhook_retry: float
    questions: dict[str, float] = field(default_factory=dict)
    question_ids: Iterator[int] = field(default_factory=lambda: itertools.count(4_295_000_001))
    commands: dict[tuple[str, str], list[dict[str, str]]] = field(default_factory=dict)


Method = Callable[[Server, Query], Awaitable[Any]]


async def send_message(server: Server, query: Query) -> Json:
    text, entities = rules.message_text(query.text("text"), query.text("parse_mode"), query.text("entities"))
    chat, markup = _addressee(server, query)
    content: Json = {"text": text}
    if entities:
        content["entities"] = entities
    return _deliver(server, query, chat, content, {"kind": "text", "text": text}, markup)


async def send_document(server: Server, query: Query) -> Json:
    return await _send_file(server, query, "document", document_content)


async def send_photo(server: Server, query: Query) -> Json:
    return await _send_file(server, query, "photo", photo_content)


async def _send_file(server: Server, query: Query, kind: str, content_of: Callable[[StoredFile], Json]) -> Json:
    text, entities = rules.caption(query.text("caption"), query.text("parse_mode"), query.text("caption_entities"))
    chat, markup = _addressee(server, query)
    file = _file_to_send(server.world, query, kind)
    content = content_of(file)
    if text:
        content["caption"] = text
    if entities:
        content["caption_entities"] = entities
    copy = {"name": file.name, "bytes": file.content, "size": file.size, "mime": file.mime}
    return _deliver(server, query, chat, content, {"kind": kind, "text": text, kind: copy}, markup)


def _file_to_send(world: World, query: Query, kind: str) -> StoredFile:
    upload = query.uploads.get(query.text(kind).removeprefix("attach://") or kind)
    if upload is not None:
        if not upload.content:
            raise bad_request("file must be non-empty")
        if len(upload.content) > rules.MAX_UPLOAD:
            raise ApiError(413, "Request Entity Too Large")
        if kind == "photo":
            rules.check_photo(upload.content)
        return world.keep_file(kind, upload.name, upload.content, mime=upload.mime)
    file_id = query.text(kind)
    if not file_id:
        raise bad_request(f"there is no {kind} in the request")
    file = world.files.get(file_id)
    if file is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if file.kind != kind:
        raise bad_request(f"can't use file of type {file.kind.title()} as {kind.title()}")
    return file


def _addressee(server: Server, query: Query) -> tuple[Chat, Json | None]:
    """The chat, the markup checked for it, and one message counted against the limits."""
    private = not query.text("chat_id").startswith("-")
    markup = rules.reply_markup(query.text("reply_markup"), private)
    chat = server.world.chat_for_bot(query.text("chat_id"))
    server.floods.admit(query.method, chat)
    return chat, markup


def _deliver(server: Server, query: Query, chat: Chat, content: Json, copy: Json, markup: Json | None) -> Json:
    reply_to = _replied(chat, query)
    if reply_to is not None:
        content["reply_to_message"] = quoted(reply_to)
    if markup is not None and "inline_keyboard" in markup:
        content["reply_markup"] = markup
    message = server.world.write(chat, server.world.bot, content)
    server.journal.record_sent(
        {
            "chat_id": chat.chat_id,
            "message_id": message["message_id"],
            "html": _html(query),
            "entities": content.get("entities") or content.get("caption_entities") or [],
            "keyboard": markup,
            "reply_to": reply_to["message_id"] if reply_to else None,
            "silent": query.flag("disable_notification"),
            "at": query.at,
            "edits": 0,
            **copy,
        }
    )
    return message


def _html(query: Query) -> str | None:
    given = query.text("text") or query.text("caption")
    return given if query.text("parse_mode").lower() == "html" else None


def _replied(chat: Chat, query: Query) -> Json | None:
    raw = query.text("reply_parameters")
    wanted = rules.loads(raw, "can't parse reply parameters JSON object") if raw else {}
    message_id = int(wanted.get("message_id", 0)) or query.number("reply_to_message_id")
    if not message_id:
        return None
    lenient = wanted.get("allow_sending_without_reply") or query.flag("allow_sending_without_reply")
    if message_id not in chat.messages and not lenient:
        raise bad_request("message to be replied not found")
    return chat.messages.get(message_id)


async def edit_message_text(server: Server, query: Query) -> Json:
    text, entities = rules.message_text(query.text("text"), query.text("parse_mode"), query.text("entities"))
    chat, message = _own_message(server, query)
    if "text" not in message:
        raise bad_request("there is no text in the message to edit")
    content: Json = {"text": text}
    if entities:
        content["entities"] = entities
    _replace(message, content, ("text", "entities"), _inline_markup(query, chat))
    changes = {"text": text, "html": _html(query), "entities": entities}
    return _edited(server, query, chat, message, changes)


async def edit_message_reply_markup(server: Server, query: Query) -> Json:
    chat, message = _own_message(server, query)
    _replace(message, {}, (), _inline_markup(query, chat))
    return _edited(server, query, chat, message, {})


def _own_message(server: Server, query: Query) -> tuple[Chat, Json]:
    chat = server.world.chat_for_bot(query.text("chat_id"))
    message = chat.messages.get(query.number("message_id"))
    if message is None:
        raise bad_request("message to edit not found")
    if message["from"]["id"] != server.world.bot["id"]:
        raise bad_request("message can't be edited")
    server.floods.admit(query.method, chat)
    return chat, message


def _inline_markup(query: Query, chat: Chat) -> Json | None:
    markup = rules.reply_markup(query.text("reply_markup"), chat.is_private)
    if markup is not None and "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    return markup


def _replace(message: Json, content: Json, names: tuple[str, ...], markup: Json | None) -> None:
    """Puts the new content in place of the old, or refuses when nothing would change."""
    replaced = (*names, "reply_markup")
    wanted = content if markup is None else {**content, "reply_markup": markup}
    if {name: message[name] for name in replaced if name in message} == wanted:
        raise bad_request(
            "message is not modified: specified new message content and reply markup are exactly the same "
            "as a current content and reply markup of the message"
        )
    for name in replaced:
        message.pop(name, None)
    message.update(wanted, edit_date=int(time.time()))


def _edited(server: Server, query: Query, chat: Chat, message: Json, changes: Json) -> Json:
    changes = {**changes, "keyboard": message.get("reply_markup"), "edited_at": query.at}
    server.journal.record_edit(chat.chat_id, message["message_id"], changes)
    return message


async def send_chat_action(server: Server, query: Query) -> bool:
    if query.text("action") not in rules.ACTIONS:
        raise bad_request("wrong parameter action in request")
    server.world.chat_for_bot(query.text("chat_id"))
    return True


async def answer_callback_query(server: Server, query: Query) -> bool:
    if len(query.text("text")) > 200:
        raise bad_request("MESSAGE_TOO_LONG")
    asked_at = server.questions.pop(query.text("callback_query_id"), None)
    if asked_at is None or server.clock() - asked_at > server.query_lifetime:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    return True
