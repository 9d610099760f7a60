"""What the tests of the Zalo Bot channel share: a channel at a simulator."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from bot.channels.zalo_bot import ZaloBotChannel
from tests.bot.telegram_desk import Keeper, NoonClock, Rests, start
from tests.simulators.zalo_bot import ZaloBotSimulator

LAN, MINH, GROUP = "6ede9afa66b88fe6d6a9", "2d758cb5e222177a4e35", "zgr-82599fa32f56d00e8941"


def channel_at(sim: ZaloBotSimulator, rests: Rests | None = None, **options: Any) -> ZaloBotChannel:
    edges: dict[str, Any] = {"clock": NoonClock(), "rest": rests or Rests()}
    return ZaloBotChannel(**{"token": sim.token, "api_url": sim.url, **edges, **options})


@asynccontextmanager
async def listening(
    sim: ZaloBotSimulator, keeper: Keeper | None = None, rests: Rests | None = None, **options: Any
) -> AsyncIterator[ZaloBotChannel]:
    channel = channel_at(sim, rests, **options)
    await start(channel, keeper or Keeper())
    try:
        yield channel
    finally:
        await channel.stop()
        await channel.close()


@asynccontextmanager
async def zalo(**how: Any) -> AsyncIterator[ZaloBotSimulator]:
    """Zalo with two people and a group."""
    async with ZaloBotSimulator(**how) as sim:
        sim.person(LAN, "Nguyễn Lan", opened=True)
        sim.person(MINH, "Minh", opened=True)
        sim.group(GROUP, "Văn phòng")
        yield sim
