"""How the Telegram channel sends one message that may be several: paced, simplified when refused, never half-said."""

from collections.abc import Awaitable, Callable
from typing import Protocol

import structlog

from bot.channels.reports import report
from bot.channels.resting import Rest
from bot.channels.telegram_parts import Part, parts_of
from bot.channels.telegram_uploads import Posted, Uploads
from domain.channel import Busy, DeliveryError, Rejected, SentRef, Unavailable, Unknown, Unreachable
from domain.messages import Outgoing, StoredFile
from storage.files import FileDamaged, FileMissing

BETWEEN_PARTS = 1.1
"""Seconds. Telegram takes one message a second in a chat; the rest is for jitter on the way."""
SHORT_WAIT = 10.0
"""Seconds that the half of a message that has arrived is worth waiting for the other."""

OpenFile = Callable[[StoredFile], Awaitable[bytes]]

log = structlog.get_logger()


class SendPart(Protocol):
    """Sends one Telegram message, its file as bytes or by Telegram's name. Raises DeliveryError and nothing else."""

    async def __call__(self, address: str, part: Part, content: bytes | str) -> Posted: ...


EditPart = Callable[[str, str, Part], Awaitable[None]]
"""Puts other words into the message of an id. Raises DeliveryError and nothing else."""


class Sending:
    def __init__(self, send_part: SendPart, edit_part: EditPart, open_file: OpenFile, rest: Rest) -> None:
        self._send_part = send_part
        self._edit_part = edit_part
        self._open_file = open_file
        self._rest = rest
        self._uploads = Uploads()

    async def send(self, address: str, outgoing: Outgoing) -> SentRef:
        """Sends all parts. Once the first is out, only "may have arrived" and "nobody there" are true answers."""
        first, *others = [(part, await self._content(part)) for part in parts_of(outgoing)]
        ref = await self._simplified(address, *first)
        try:
            for part, content in others:
                ref = await self._follow(address, part, content)
        except Unreachable:
            raise
        except DeliveryError as problem:
            raise Unknown(f"sent in part: {problem}") from None
        return SentRef(ref)

    async def edit(self, address: str, sent: SentRef, outgoing: Outgoing) -> SentRef:
        """Changes a message that is one text."""
        part, *others = parts_of(outgoing)
        if others or part.file:
            raise Rejected("only a message of one text can be changed")
        try:
            await self._edit_part(address, sent.ref, part)
        except Rejected as refusal:
            if "message is not modified" not in str(refusal).lower():
                await self._edit_part(address, sent.ref, self._simpler(part, refusal))
        return sent

    async def _content(self, part: Part) -> bytes | str:
        """Read before anything leaves, so that an unreadable file leaves no half of a message behind."""
        return self._uploads.name_of(part) or await self._bytes(part.file)

    async def _bytes(self, file: StoredFile | None) -> bytes:
        if file is None:
            return b""
        try:
            return await self._open_file(file)
        except (FileMissing, FileDamaged) as problem:
            # it will be no better the next time
            raise Rejected(f"the file is not in our keeping: {type(problem).__name__}") from None
        except Exception as problem:
            report("telegram_file_not_read", problem)
            raise Unavailable("the file cannot be read now") from None

    async def _follow(self, address: str, part: Part, content: bytes | str) -> str:
        """Sends a further part, through a short wait if Telegram asks for one."""
        await self._rest(BETWEEN_PARTS)
        try:
            return await self._simplified(address, part, content)
        except Busy as busy:
            if busy.after > SHORT_WAIT:
                raise
            await self._rest(busy.after)
        return await self._simplified(address, part, content)

    async def _simplified(self, address: str, part: Part, content: bytes | str) -> str:
        """Sends a part, and once more in a simpler form where that may be what was wrong with it."""
        try:
            return await self._posted(address, part, content)
        except Rejected as refusal:
            if isinstance(content, bytes):
                return await self._posted(address, self._simpler(part, refusal), content)
        # Telegram may have forgotten the file: it is uploaded again
        self._uploads.forget(part)
        return await self._simplified(address, part, await self._bytes(part.file))

    @staticmethod
    def _simpler(part: Part, refusal: Rejected) -> Part:
        simpler = part.simpler(str(refusal))
        if simpler is None:
            raise refusal
        log.warning("telegram_message_simplified", reason=str(refusal))
        return simpler

    async def _posted(self, address: str, part: Part, content: bytes | str) -> str:
        posted = await self._send_part(address, part, content)
        self._uploads.keep(part, posted.file)
        return posted.message
