"""Reads Telegram's updates, as plain JSON, into incoming events; what nobody needs to see reads as nothing."""

import re
from collections.abc import Sequence
from typing import Any

from bot.channels.reports import report
from bot.channels.storable import storable
from domain.messages import FileRef, Incoming

Json = dict[str, Any]

CHANNEL = "telegram"
ALLOWED = ("message", "callback_query", "my_chat_member")

_GROUPS = ("group", "supergroup")
_GONE = ("kicked", "left")
_UNSUPPORTED = (
    "sticker", "voice", "video_note", "animation", "venue", "location", "contact", "poll", "dice", "story", "game",
    "invoice", "paid_media", "checklist",
)  # fmt: skip
"""An animation also carries a `document` and a venue a `location`, so the order matters."""

_FILES = {
    "document": ("application/octet-stream", ""),
    "audio": ("audio/mpeg", ".mp3"),
    "video": ("video/mp4", ".mp4"),
}
_COMMAND = re.compile(r"/(\w+)(?:@(\w+))?(?=\s|$)")


def read_all(updates: Sequence[Any], bot_name: str) -> list[Incoming]:
    """Every update that says something to us; one that cannot be read is logged and does not hold up the others."""
    incoming = []
    for update in updates:
        try:
            event = read(update, bot_name)
        except Exception as problem:
            update_id = update.get("update_id") if isinstance(update, dict) else None
            report("telegram_update_unreadable", problem, update_id=update_id)
        else:
            incoming += [event] if event is not None else []
    return incoming


def read(update: Json, bot_name: str) -> Incoming | None:
    """One update. `bot_name` is our user name, which only messages in groups need."""
    event_id = str(int(update["update_id"]))
    if "message" in update:
        return _said(event_id, update["message"], bot_name)
    if "callback_query" in update:
        return _pressed(event_id, update["callback_query"])
    if "my_chat_member" in update:
        return _left(event_id, update["my_chat_member"])
    return None


def is_from_group(update: Any) -> bool:
    """Whether reading the update takes our user name."""
    match update:
        case {"message": {"chat": {"type": "group" | "supergroup"}}}:
            return True
    return False


def query_id(update: Any) -> str | None:
    """The id under which a pressed button waits for an answer."""
    match update:
        case {"callback_query": {"id": str() as waiting}}:
            return waiting
    return None


def _said(event_id: str, message: Json, bot_name: str) -> Incoming | None:
    sender, in_group = message.get("from", {}), message["chat"]["type"] in _GROUPS
    if sender.get("is_bot") or not (in_group or message["chat"]["type"] == "private"):
        return None
    unsupported = next((kind for kind in _UNSUPPORTED if kind in message), "")
    files = () if unsupported else _files(message)
    said = storable(message.get("text") or message.get("caption") or "")
    if not (said or files or unsupported):
        return None
    text = _addressed(said, bot_name) if in_group else _bare(said)
    if text is None:
        return None
    return Incoming(
        CHANNEL,
        event_id,
        address=_address(message["chat"]),
        sender_name=_name(sender),
        text=text,
        files=files,
        unsupported=unsupported,
        in_group=in_group,
    )


def _bare(said: str) -> str:
    """A command without the name behind it: between two people it can only be ours."""
    command = _COMMAND.match(said)
    return f"/{command[1]}{said[command.end() :]}" if command else said


def _addressed(said: str, bot_name: str) -> str | None:
    """What is said to us in a group, without our name; None where we are not meant."""
    command = _COMMAND.match(said)
    if command and (command[2] is None or command[2].lower() == bot_name.lower()):
        return _bare(said)
    mention = re.compile(rf"[ \t]*(?<!\w)@{re.escape(bot_name)}\b[,:]?", re.IGNORECASE)
    return mention.sub("", said).strip() if mention.search(said) else None


def _pressed(event_id: str, query: Json) -> Incoming | None:
    if "message" not in query or "data" not in query:
        return None
    chat = query["message"]["chat"]
    return Incoming(
        CHANNEL,
        event_id,
        address=_address(chat),
        sender_name=_name(query["from"]),
        action=storable(query["data"]),
        in_group=chat["type"] in _GROUPS,
    )


def _left(event_id: str, change: Json) -> Incoming | None:
    """Blocked by a person, or removed from a group. Who comes back writes /start, which says it better."""
    chat = change["chat"]
    if change["new_chat_member"]["status"] not in _GONE or chat["type"] not in ("private", *_GROUPS):
        return None
    return Incoming(
        CHANNEL,
        event_id,
        address=_address(chat),
        sender_name=_name(change.get("from", {})),
        left=True,
        in_group=chat["type"] in _GROUPS,
    )


def _files(message: Json) -> tuple[FileRef, ...]:
    if "photo" in message:
        return (_photo(message["photo"]),)
    return tuple(_file(kind, message[kind]) for kind in _FILES if kind in message)


def _photo(sizes: list[Json]) -> FileRef:
    largest = max(sizes, key=lambda size: int(size["width"]) * int(size["height"]))
    name = f"photo-{largest['file_unique_id']}.jpg"
    return FileRef(largest["file_id"], name, "image/jpeg", largest.get("file_size"))


def _file(kind: str, file: Json) -> FileRef:
    mime, ending = _FILES[kind]
    name = storable(file.get("file_name") or "") or f"{kind}-{file['file_unique_id']}{ending}"
    return FileRef(file["file_id"], re.sub(r"[/\\]", "_", name), file.get("mime_type") or mime, file.get("file_size"))


def _address(chat: Json) -> str:
    return str(int(chat["id"]))


def _name(user: Json) -> str:
    return storable(" ".join(part for part in (user.get("first_name"), user.get("last_name")) if part))
