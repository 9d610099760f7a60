"""What the bot did: every call, every message it sent, and waiting for more without polling."""

import asyncio
from collections.abc import Callable
from typing import Any

Json = dict[str, Any]


class Journal:
    def __init__(self) -> None:
        self.calls: list[Json] = []
        self.sent: list[Json] = []
        self._by_message: dict[tuple[int, int], Json] = {}
        self._changed = asyncio.Event()

    def announce(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()

    def record_call(self, method: str, params: dict[str, str], files: list[str], at: float) -> Json:
        """A call as it arrives; `code` and `description` are filled in when it is answered."""
        chat_id = params.get("chat_id", "")
        call: Json = {"method": method, "params": params, "files": files, "at": at, "code": None}
        call["chat_id"] = int(chat_id) if chat_id.lstrip("-").isdecimal() else None
        self.calls.append(call)
        self.announce()
        return call

    def record_sent(self, entry: Json) -> None:
        self.sent.append(entry)
        self._by_message[entry["chat_id"], entry["message_id"]] = entry
        self.announce()

    def record_edit(self, chat_id: int, message_id: int, changes: Json) -> None:
        entry = self._by_message[chat_id, message_id]
        entry.update(changes)
        entry["edits"] += 1
        self.announce()

    def sent_to(self, chat_id: int | None) -> list[Json]:
        if chat_id is None:
            return list(self.sent)
        return [entry for entry in self.sent if entry["chat_id"] == chat_id]

    def calls_of(self, method: str | None) -> list[Json]:
        if method is None:
            return list(self.calls)
        return [call for call in self.calls if call["method"].lower() == method.lower()]

    def clear(self) -> None:
        self.calls.clear()
        self.sent.clear()

    async def wait_until(self, predicate: Callable[[], object], timeout: float) -> None:
        async with asyncio.timeout(timeout):
            while not predicate():
                await self._changed.wait()
