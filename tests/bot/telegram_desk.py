"""What the tests of the Telegram channel share: a channel at a simulator, and an inbox that remembers and can fail."""

import asyncio
import errno
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

from bot.channels.telegram import TelegramChannel
from bot.channels.zalo_bot import ZaloBotChannel
from domain.channel import Receive
from domain.messages import Incoming, StoredFile
from storage.files import FileDamaged, FileMissing
from tests.simulators.telegram import TelegramSimulator

LAN, MINH, GROUP = 101, 102, -1005
NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)


class NoonClock:
    def now(self) -> datetime:
        return NOON


class Rests:
    """Waits for nothing and remembers for how long it would have."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)
        await asyncio.sleep(0)


class Keeper:
    """Stands for the inbox. `problems` are raised first, one a batch."""

    def __init__(self, *problems: BaseException) -> None:
        self.problems = list(problems)
        self.refused: list[list[Incoming]] = []
        self.batches: list[list[Incoming]] = []
        self._changed = asyncio.Event()

    async def __call__(self, batch: list[Incoming]) -> None:
        if self.problems:
            self.refused.append(batch)
            raise self.problems.pop(0)
        self.batches.append(batch)
        self._changed.set()

    @property
    def kept(self) -> list[Incoming]:
        return [incoming for batch in self.batches for incoming in batch]

    @property
    def texts(self) -> list[str]:
        return [incoming.text for incoming in self.kept]

    async def wait(self, count: int = 1) -> list[Incoming]:
        async with asyncio.timeout(20):
            while len(self.kept) < count:
                self._changed.clear()
                await self._changed.wait()
        return self.kept


async def open_file(file: StoredFile) -> bytes:
    """Every key is the file's content, but for three that cannot be read."""
    if file.key == "lost":
        raise FileMissing(errno.ENOENT, "no such file is kept", file.key)
    if file.key == "damaged":
        raise FileDamaged(errno.EIO, "a kept file has changed", file.key)
    if file.key == "locked":
        raise OSError("database is locked")
    return file.key.encode("latin-1")


def channel_at(sim: TelegramSimulator, rests: Rests | None = None, **options: Any) -> TelegramChannel:
    edges: dict[str, Any] = {"clock": NoonClock(), "open_file": open_file, "rest": rests or Rests()}
    return TelegramChannel(**{"token": sim.token, "api_url": sim.url, **edges, **options})


async def start(channel: TelegramChannel | ZaloBotChannel, receive: Receive) -> None:
    """As the one process that polls does it."""
    await channel.start(receive)
    if channel.polls:
        await channel.start_polling()


@asynccontextmanager
async def listening(
    sim: TelegramSimulator, keeper: Keeper | None = None, rests: Rests | None = None, **options: Any
) -> AsyncIterator[TelegramChannel]:
    channel = channel_at(sim, rests, **options)
    await start(channel, keeper or Keeper())
    try:
        yield channel
    finally:
        await channel.stop()
        await channel.close()


@asynccontextmanager
async def telegram() -> AsyncIterator[TelegramSimulator]:
    """Telegram without the real server's pauses, with two people and a group."""
    async with TelegramSimulator(repeat_stretch=0, conflict_delay=0, webhook_retry=0.01) as sim:
        sim.person(LAN, "Lan", "Nguyễn", started=True)
        sim.person(MINH, "Minh", started=True)
        sim.group(GROUP, "Văn phòng", "supergroup")
        yield sim
