"""How the Zalo Bot channel sends one message that may be several: plain text in parts, photos by an address of ours."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from bot.channels import markup
from bot.channels.resting import Rest
from bot.channels.zalo_bot_limits import MOST_TEXT, PHOTOS
from domain.channel import DeliveryError, Rejected, SentRef, Unknown, Unreachable
from domain.messages import Outgoing, StoredFile

BETWEEN_PARTS = 1.1
"""Seconds; no limit is published, and one message a second in a chat is what the others allow."""

PhotoUrl = Callable[[StoredFile], str | None]
"""Where Zalo can fetch a picture for a while; None where it cannot reach us."""


@dataclass(frozen=True, slots=True)
class Part:
    """One message of Zalo's: a text, or a photo at an address with a caption."""

    text: str = ""
    photo: str = ""


class Calls(Protocol):
    """Both raise DeliveryError and nothing else, and give the name of the message."""

    async def send_text(self, address: str, text: str) -> str: ...

    async def send_photo(self, address: str, url: str, caption: str) -> str: ...


class Sending:
    def __init__(self, calls: Calls, photo_url: PhotoUrl, rest: Rest) -> None:
        self._calls = calls
        self._photo_url = photo_url
        self._rest = rest

    async def send(self, address: str, outgoing: Outgoing) -> SentRef:
        """Sends all parts. Once the first is out, only "may have arrived" and "nobody there" are true answers."""
        first, *others = parts_of(outgoing, self._photo_url)
        ref = await self._posted(address, first)
        taken = 1
        try:
            for part in others:
                await self._rest(BETWEEN_PARTS)
                ref = await self._posted(address, part)
                taken += 1
        except Unreachable as problem:
            problem.taken = taken
            raise
        except DeliveryError as problem:
            raise Unknown(f"sent in part: {problem}") from None
        return SentRef(ref)

    def messages(self, outgoing: Outgoing) -> int:
        """How many messages of Zalo's one of ours takes."""
        try:
            return len(parts_of(outgoing, self._photo_url))
        except Rejected:
            return 1

    def _posted(self, address: str, part: Part) -> Awaitable[str]:
        if part.photo:
            return self._calls.send_photo(address, part.photo, part.text)
        return self._calls.send_text(address, part.text)


def parts_of(outgoing: Outgoing, photo_url: PhotoUrl) -> list[Part]:
    """At least one. Photos come first, so that what is asked stands last. Raises Rejected where there is nothing."""
    texts = markup.plain_parts(outgoing.text, MOST_TEXT)
    photos = [_photo(file, photo_url) for file in outgoing.files]
    if len(photos) == 1 and len(texts) == 1:
        return [Part(texts[0], photos[0])]
    parts = [*(Part(photo=photo) for photo in photos), *map(Part, texts)]
    if not parts:
        raise Rejected("nothing to send")
    return parts


def _photo(file: StoredFile, photo_url: PhotoUrl) -> str:
    url = photo_url(file) if file.mime in PHOTOS else None
    if url is None:
        raise Rejected("this file cannot be sent here")
    return url
