"""How long the event loop stood still: for so long nobody else was answered."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

PAUSE = 0.001


async def _watch(stalls: list[float]) -> None:
    before = time.perf_counter()
    while True:
        await asyncio.sleep(PAUSE)
        now = time.perf_counter()
        stalls.append(now - before - PAUSE)
        before = now


@asynccontextmanager
async def watched() -> AsyncIterator[list[float]]:
    """The list fills with the times, in seconds, by which a short sleep came late."""
    stalls: list[float] = []
    watching = asyncio.get_running_loop().create_task(_watch(stalls))
    await asyncio.sleep(5 * PAUSE)
    stalls.clear()
    try:
        yield stalls
        await asyncio.sleep(5 * PAUSE)
    finally:
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching
