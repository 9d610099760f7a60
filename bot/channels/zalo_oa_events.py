"""Reads what Zalo posts about an Official Account into incoming events; echoes and receipts read as nothing."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.channels.storable import storable
from domain.messages import FileRef, Incoming

Json = dict[str, Any]

CHANNEL = "zalo_oa"
PRESSED = "#nv "
"""What the payload of a button begins with: Zalo brings a press as if its payload had been typed."""
OLDEST = timedelta(days=1)
"""Zalo posts an event again for two hours; what is much older is somebody's replay."""

EARLIEST = datetime(2020, 1, 1, tzinfo=UTC)
"""Before that nothing was posted: such a number counts something else than milliseconds."""

_FOLLOWED, _LEFT = "follow", "unfollow"
_SAID = {"user_send_text", "user_send_link"}
_FILES = {"user_send_image": ("image/jpeg", ".jpg"), "user_send_file": ("application/octet-stream", "")}
_UNSUPPORTED = {f"user_send_{kind}": kind for kind in ("audio", "video", "gif", "sticker", "location", "business_card")}
_MIMES = {
    "pdf": "application/pdf",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "txt": "text/plain",
    "csv": "text/csv",
}


def is_stale(event: Json, now: datetime) -> bool:
    """Whether it is older than any retry; one whose time cannot be read, or is of another kind, is not."""
    try:
        said_at = datetime.fromtimestamp(int(str(event["timestamp"])) / 1000, UTC)
    except (KeyError, ValueError, OverflowError, OSError):
        return False
    return said_at > EARLIEST and now - said_at > OLDEST


def read(event: Json) -> Incoming | None:
    """One event that somebody caused. Raises KeyError, TypeError or ValueError for one of an unknown shape."""
    name = str(event.get("event_name", ""))
    if name in (_FOLLOWED, _LEFT):
        return _followed(name, event)
    if name not in _SAID and name not in _FILES and name not in _UNSUPPORTED:
        return None
    message = event["message"]
    said = storable(str(message.get("text") or ""))
    incoming = Incoming(CHANNEL, f"{name}:{_id(message['msg_id'])}", _id(event["sender"]["id"]))
    return _with(incoming, said, _files(name, message), _UNSUPPORTED.get(name, ""))


def _with(bare: Incoming, said: str, files: tuple[FileRef, ...], unsupported: str) -> Incoming | None:
    if not (said or files or unsupported):
        return None
    pressed = said.startswith(PRESSED)
    return Incoming(
        bare.channel,
        bare.event_id,
        bare.address,
        text="" if pressed else said,
        files=files,
        action=said.removeprefix(PRESSED) if pressed else "",
        unsupported=unsupported,
    )


def _followed(name: str, event: Json) -> Incoming:
    """Who follows is greeted as one who opens a chat; who does not any more has left."""
    who = _id(event["follower"]["id"])
    event_id = f"{name}:{who}:{event.get('timestamp', '')}"
    if name == _LEFT:
        return Incoming(CHANNEL, event_id, who, left=True)
    return Incoming(CHANNEL, event_id, who, text="/start")


def _files(name: str, message: Json) -> tuple[FileRef, ...]:
    if name not in _FILES:
        return ()
    mime, ending = _FILES[name]
    found = [one["payload"] for one in message.get("attachments", ()) if one.get("type") in ("image", "file")]
    files = []
    for number, payload in enumerate(found, 1):
        given = storable(re.sub(r"[/\\]", "_", str(payload.get("name") or "")))
        suffix = given.rpartition(".")[2].lower() if "." in given else str(payload.get("type") or "").lower()
        plain = f"{message['msg_id']}-{number}{ending or ('.' + suffix if suffix else '')}"
        files.append(FileRef(str(payload["url"]), given or plain, _MIMES.get(suffix, mime), _size(payload)))
    return tuple(files)


def _size(payload: Json) -> int | None:
    size = str(payload.get("size", ""))
    return int(size) if size.isdecimal() else None


def _id(value: Any) -> str:
    """An id has up to 19 digits and comes as a string; as a number it would be kept all the same."""
    text = str(value)
    if not text or isinstance(value, float | bool):
        raise ValueError("no id")
    return storable(text)
