"""People with Telegram in the journeys: a roster taken in as the IT officer does it, and the phones in their hands."""

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.cast import Line
from tests.journeys.assistant import Assistant
from tests.simulators.telegram import TelegramSimulator
from tests.simulators.telegram_world import Json

ROLES = {
    "officer": "Cán bộ",
    "unit_head": "Trưởng đơn vị",
    "office": "Văn phòng",
    "leader": "Lãnh đạo",
    "admin": "Quản trị",
}
WITHIN = 15
"""Seconds within which something is heard, also on a busy machine."""


def write_roster(folder: Path, lines: Sequence[Line]) -> Path:
    path = folder / "roster.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["Họ và tên", "Đơn vị", "Chức vụ", "Vai trò", "Đơn vị cấp trên"])
        rows.writerows([line.name, line.unit, line.title, ROLES[line.role], line.parent or ""] for line in lines)
    return path


async def codes_for_all(running: Assistant, folder: Path, lines: Sequence[Line]) -> dict[str, str]:
    """Import the roster as the IT officer does; gives everybody's code by name."""
    roster = write_roster(folder, lines)
    await running.call("roster", "import", str(roster), "--codes", str(folder / "codes.csv"))
    with (folder / "codes.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row["Họ và tên"]: row["Mã"] for row in csv.DictReader(file)}


class Phone:
    """Telegram in somebody's hand: messages are heard one after the other, or looked for among those to come."""

    def __init__(self, sim: TelegramSimulator, running: Assistant, user: int) -> None:
        self._sim = sim
        self._running = running
        self.user = user
        self._seen = 0

    def says(self, text: str) -> None:
        self._sim.say(self.user, text)

    async def hears(self) -> str:
        """The next message, in the order of their coming."""
        await self._until(lambda messages: len(messages) > self._seen, "one more message")
        self._seen += 1
        return _text(self.last)

    async def finds(self, *parts: str) -> str:
        """The next message with all of this in it; those before it are passed over."""

        def found(messages: list[Json]) -> bool:
            return any(_has(message, parts) for message in messages[self._seen :])

        await self._until(found, " … ".join(parts))
        messages = self._sim.sent(self.user)
        self._seen = next(n for n in range(self._seen, len(messages)) if _has(messages[n], parts)) + 1
        return _text(self.last)

    async def finds_file(self, ending: str) -> str:
        """The next document whose name ends so; gives its name."""

        def names(messages: list[Json]) -> list[str]:
            return [str(message.get("document", {}).get("name", "")) for message in messages]

        await self._until(lambda sent: any(name.endswith(ending) for name in names(sent[self._seen :])), ending)
        sent = names(self._sim.sent(self.user))
        self._seen = next(n for n in range(self._seen, len(sent)) if sent[n].endswith(ending)) + 1
        return sent[self._seen - 1]

    async def _until(self, came: Callable[[list[Json]], bool], what: str) -> None:
        try:
            await self._sim.wait_until(lambda: came(self._sim.sent(self.user)), WITHIN)
        except TimeoutError:
            got = [_text(message) for message in self._sim.sent(self.user)[self._seen :]]
            raise AssertionError(f"{self.user} waits for {what}, got {got}; {self._running.log_text()}") from None

    @property
    def last(self) -> Json:
        """The message heard last."""
        return self._sim.sent(self.user)[self._seen - 1]

    @property
    def message(self) -> int:
        """The vendor's number of the message heard last."""
        return int(self.last["message_id"])

    def presses(self, label: str, message: int | None = None) -> None:
        self._sim.press(self.user, message or self.message, label)

    def unheard(self) -> list[str]:
        """What has come and was not listened to yet."""
        return [_text(message) for message in self._sim.sent(self.user)[self._seen :]]


def _text(message: Json) -> str:
    return str(message.get("text") or message.get("caption") or "")


def _has(message: Json, parts: Sequence[str]) -> bool:
    return all(part in _text(message) for part in parts)
