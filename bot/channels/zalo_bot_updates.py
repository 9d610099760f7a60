"""Reads the updates of the Zalo Bot Platform, as plain JSON, into incoming events; what nobody needs reads as nothing.

One shape for both ways: `{"event_name": ..., "message": {...}}`, which a webhook gets bare or wrapped in
`{"ok": true, "result": ...}`.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from bot.channels.reports import report
from bot.channels.storable import storable
from domain.messages import FileRef, Incoming

Json = dict[str, Any]

CHANNEL = "zalo_bot"

_TEXT, _IMAGE = "message.text.received", "message.image.received"
_KINDS = {
    "message.sticker.received": "sticker",
    "message.voice.received": "voice",
    "message.unsupported.received": "file",
}
"""Zalo says "unsupported" of files, videos and cards alike; a file is what is meant most."""


def unwrapped(body: Any) -> list[Any]:
    """The updates in a body, in whichever of its forms."""
    if isinstance(body, dict) and body.get("ok") is True and "result" in body:
        body = body["result"]
    if isinstance(body, list):
        return body
    return [body] if isinstance(body, dict) and body else []


def read_all(updates: Iterable[Any], names: Sequence[str], own_id: str = "") -> list[Incoming]:
    """Every update that says something to us; one that cannot be read is logged and does not hold up the others.

    `names` are ours, as far as they are known: they are what a message in a group is known by.
    """
    incoming = []
    for update in updates:
        try:
            event = read(update, names, own_id)
        except Exception as problem:
            report("zalo_bot_update_unreadable", problem)
        else:
            incoming += [event] if event is not None else []
    return incoming


def read(update: Json, names: Sequence[str] = (), own_id: str = "") -> Incoming | None:
    message = update["message"]
    sender = message.get("from") or {}
    chat_id = _id(message["chat"]["id"])
    if sender.get("is_bot") or (own_id and _id(sender.get("id", "")) == own_id):
        return None
    in_group = str(message["chat"].get("chat_type", "PRIVATE")).upper() != "PRIVATE"
    name = str(update["event_name"])
    typed = storable(str(message.get("text") or message.get("caption") or ""))
    said = _addressed(typed, names) if in_group else typed
    if said is None:
        return None
    event = Incoming(
        CHANNEL,
        _id(message["message_id"]),
        address=chat_id,
        sender_name=storable(str(sender.get("display_name") or "")),
        text=said,
        in_group=in_group,
    )
    return _with_content(event, name, message)


def _with_content(event: Incoming, name: str, message: Json) -> Incoming | None:
    if name == _TEXT:
        return event
    if name == _IMAGE and (photo := message.get("photo_url") or message.get("photo")):
        ref = FileRef(storable(str(photo)), f"photo-{event.event_id}.jpg", "image/jpeg")
        return replace(event, files=(ref,))
    if name in (_IMAGE, *_KINDS):
        return replace(event, unsupported=_KINDS.get(name, "file"))
    # new kinds of events may come at any time: those that bring a message are answered, others are none of ours
    return replace(event, unsupported="file") if name.startswith("message.") else None


def _addressed(said: str, names: Sequence[str]) -> str | None:
    """What is said to us in a group, without our name; None where we are not mentioned.

    A mention is nothing but words, "@Bot Nhac Viec viec", in whatever language Zalo shows our name.
    """
    for name in names:
        mention = re.compile(rf"@{re.escape(name)}\b[,:]?", re.IGNORECASE)
        if mention.search(said):
            return mention.sub("", said, count=1).strip()
    return said if said.startswith("@") else None


def _id(value: Any) -> str:
    """A name of Zalo's. Raises ValueError for what is none."""
    text = storable(str(value)) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    if not text or len(text) > 100:
        raise ValueError("not an id")
    return text
