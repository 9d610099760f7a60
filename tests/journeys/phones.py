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
    """Telegram in somebody's hand: messages are heard one after the other, or looked for; each is heard once."""

    def __init__(self, sim: TelegramSimulator, running: Assistant, user: int) -> None:
        self._sim = sim
        self._running = running
        self.user = user
        self._heard: set[int] = set()
        self._last: Json = {}

    def says(self, text: str) -> None:
        self._sim.say(self.user, text)

    async def hears(self) -> str:
        """The next message, in the order of their coming."""
        return await self._finds(lambda _message: True, "one more message")

    async def finds(self, *parts: str) -> str:
        """The first message not heard yet with all of this in it."""
        return await self._finds(lambda message: all(part in _text(message) for part in parts), " … ".join(parts))

    async def finds_file(self, ending: str) -> None:
        """The first document not heard yet whose name ends so."""
        await self._finds(lambda message: message.get("document", {}).get("name", "").endswith(ending), ending)

    async def finds_photo(self) -> None:
        """The first picture not heard yet."""
        await self._finds(lambda message: message["kind"] == "photo", "a picture")

    async def _finds(self, fits: Callable[[Json], bool], what: str) -> str:
        def found() -> list[Json]:
            return [message for message in self._new() if fits(message)]

        try:
            await self._sim.wait_until(found, WITHIN)
        except TimeoutError:
            message = f"{self.user} waits for {what}, got {self.unheard()}; {self._running.log_text()}"
            raise AssertionError(message) from None
        self._last = found()[0]
        self._heard.add(self.message)
        return _text(self._last)

    def _new(self) -> list[Json]:
        return [message for message in self._sim.sent(self.user) if message["message_id"] not in self._heard]

    @property
    def last(self) -> Json:
        """The message heard last."""
        return self._last

    @property
    def message(self) -> int:
        """The vendor's number of the message heard last."""
        return int(self._last["message_id"])

    def presses(self, label: str, message: int | None = None) -> None:
        self._sim.press(self.user, message or self.message, label)

    def unheard(self) -> list[str]:
        """What has come and was not listened to yet."""
        return [_text(message) for message in self._new()]


class Phones:
    """An assistant, and everybody's phone, by given name."""

    def __init__(self, sim: TelegramSimulator, running: Assistant, lines: Sequence[Line]) -> None:
        self.sim = sim
        self.running = running
        self.phones = {line.name: Phone(sim, running, 101 + n) for n, line in enumerate(lines)}

    def __getitem__(self, name: str) -> Phone:
        return next(phone for full, phone in self.phones.items() if full.endswith(name))

    async def enrol(self, codes: dict[str, str]) -> None:
        for name, phone in self.phones.items():
            self.sim.person(phone.user, name)
            phone.says(f"/start {codes[name]}")
        for name, phone in self.phones.items():
            await phone.finds("Chào mừng", name)

    async def from_(self, instant: str) -> None:
        """The assistant is started again, at another instant."""
        if self.running.process is not None:
            await self.running.stop()
        await self.running.start("--rehearse-from", f"{instant}+07:00")


def _text(message: Json) -> str:
    return str(message.get("text") or message.get("caption") or "")
