"""How one letter is sent to a follower of the account: its files uploaded first, then part by part, never half-said."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any, Protocol

from bot.channels.zalo_oa_failures import ATTACHMENT_EXPIRED
from bot.channels.zalo_oa_limits import name_of
from bot.channels.zalo_oa_parts import Part, parts_of
from domain.channel import DeliveryError, Rejected, SentRef, Unavailable, Unknown, Unreachable
from domain.clock import Clock
from domain.messages import Outgoing, StoredFile
from storage.files import FileDamaged, FileMissing

SEND = "/v3.0/oa/message/cs"
UPLOAD_IMAGE, UPLOAD_FILE = "/v2.0/oa/upload/image", "/v2.0/oa/upload/file"
UPLOAD_LIFE = timedelta(days=6)
"""Zalo keeps an upload for seven days; a broadcast uploads its file once."""
MOST_KEPT = 1000

Json = dict[str, Any]
OpenFile = Callable[[StoredFile], Awaitable[bytes]]


class Calls(Protocol):
    """What is needed of the account."""

    async def post(self, path: str, body: Json) -> Json: ...

    async def upload(self, path: str, name: str, mime: str, content: bytes) -> Json: ...


class Sending:
    def __init__(self, calls: Calls, open_file: OpenFile, clock: Clock) -> None:
        self._calls = calls
        self._open_file = open_file
        self._clock = clock
        self._uploads: OrderedDict[tuple[str, str], tuple[str, datetime]] = OrderedDict()

    async def send(self, address: str, outgoing: Outgoing) -> SentRef:
        """Once the first part is out, only "may have arrived" and "nobody there" are true answers."""
        parts = parts_of(outgoing)
        names = [await self._uploaded(part.file) for part in parts]
        ref, taken = "", 0
        for part, name in zip(parts, names, strict=True):
            try:
                ref = await self._post(address, part, name)
            except DeliveryError as problem:
                failure = problem if not taken or isinstance(problem, Unreachable) else Unknown(f"in part: {problem}")
                failure.taken = taken
            else:
                taken += 1
                continue
            raise failure
        return SentRef(ref)

    async def _post(self, address: str, part: Part, name: str) -> str:
        """One message; where Zalo has forgotten its file, that is uploaded once more."""
        try:
            return await self._said(address, part, name)
        except Rejected as refusal:
            if part.file is None or not str(refusal).startswith(f"{ATTACHMENT_EXPIRED}:"):
                raise
        self._uploads.pop(_key(part.file), None)
        return await self._said(address, part, await self._uploaded(part.file))

    async def _said(self, address: str, part: Part, name: str) -> str:
        body = {"recipient": {"user_id": address}, "message": part.message(name)}
        return str((await self._calls.post(SEND, body)).get("message_id", ""))

    async def _uploaded(self, file: StoredFile | None) -> str:
        """Zalo's name for a file; empty where there is none."""
        if file is None:
            return ""
        name, until = self._uploads.get(_key(file), ("", None))
        now = self._clock.now()
        if until is not None and until > now:
            return name
        path = UPLOAD_IMAGE if file.mime.startswith("image/") else UPLOAD_FILE
        given = await self._calls.upload(path, name_of(file), file.mime, await self._bytes(file))
        name = str(given.get("attachment_id") or given.get("token") or "")
        if not name:
            raise Unavailable("an upload without a name")
        self._uploads[_key(file)] = name, now + UPLOAD_LIFE
        if len(self._uploads) > MOST_KEPT:
            self._uploads.popitem(last=False)
        return name

    async def _bytes(self, file: StoredFile) -> bytes:
        try:
            return await self._open_file(file)
        except (FileMissing, FileDamaged) as problem:
            # it will be no better the next time
            raise Rejected(f"the file is not in our keeping: {type(problem).__name__}") from None
        except OSError as problem:
            raise Unavailable(f"the file cannot be read now: {type(problem).__name__}") from None


def _key(file: StoredFile) -> tuple[str, str]:
    # the same bytes under another name are another file to Zalo
    return file.key, file.name
