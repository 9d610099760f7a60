"""Killed at thirty instants while the token is renewed: nothing is lost but an answer that was on its way."""

import asyncio
import random
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from bot.channels.zalo_oa_events import CHANNEL
from bot.channels.zalo_oa_tokens import mark_of, seal_of
from storage.engine import make_engine
from storage.roster import take_in
from storage.unit_of_work import Store
from storage.vendor_tokens import SealedPair, VendorToken
from tests.cast import ROSTER
from tests.simulators.zalo_oa import APP_SECRET, ZaloOaSimulator

ROOT = Path(__file__).parents[2]
KILLS = 30
SEAL = seal_of(APP_SECRET)

pytestmark = [pytest.mark.journey, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]


class Kept:
    """What the database has, as it is looked at between two lives."""

    def __init__(self, url: str) -> None:
        self.store = Store(make_engine(url), ZoneInfo("Asia/Ho_Chi_Minh"))

    async def token(self) -> VendorToken:
        async with self.store.read() as uow:
            found = await uow.vendor_tokens.find(CHANNEL)
        assert found is not None
        return found

    async def refresh(self) -> str:
        return SEAL.open((await self.token()).pair.refresh)

    async def alarms(self) -> int:
        async with self.store.read() as uow:
            return int(await uow.connection.scalar(text("SELECT count(*) FROM letter WHERE dedupe LIKE 'alarm:%'")))


async def started(sim: ZaloOaSimulator, url: str, given: str) -> Process:
    how = ("-m", "tests.bot.zalo_oa_rotating", sim.url, url, given, sim.app_id, sim.app_secret)
    return await asyncio.create_subprocess_exec(sys.executable, *how, cwd=ROOT, stdout=PIPE, stderr=DEVNULL)


async def first_word(process: Process) -> str:
    """What it says first that is a word of its own, and no line of the log."""
    assert process.stdout is not None
    async with asyncio.timeout(30):
        while (line := (await process.stdout.readline()).decode().strip()) not in ("renewed", "lost"):
            assert line, "it has ended"
    return line


async def killed(process: Process) -> None:
    process.kill()
    await process.communicate()


@pytest.mark.parametrize("forgiving", [False, True], ids=["strict", "forgiving"])
async def test_no_kill_loses_a_refresh_token(database_url: str, forgiving: bool) -> None:
    chance = random.Random(8_2026)
    async with ZaloOaSimulator(forgiving=forgiving) as sim:
        kept = Kept(database_url)
        async with kept.store.write() as uow:
            await take_in(uow, ROSTER, datetime.now(UTC))
        given, lost = sim.tokens.refresh, 0
        # the call takes a while, so that kills meet it before, within and after
        sim.fault("access_token", before=0.01, delay=0.01, times=None)
        for _ in range(5 if forgiving else KILLS):
            earlier, tried = sim.tokens.refresh, len(sim.tokens.reused)
            process = await started(sim, database_url, given)
            word = await first_word(process)
            if word == "renewed":
                await asyncio.sleep(chance.uniform(0, 0.08))
            await killed(process)
            if word == "lost":
                # Zalo had answered whoever was killed before: the old token was tried, and the Office has been told
                assert not forgiving
                assert len(sim.tokens.reused) - tried in (1, 2)
                assert await kept.alarms() == 2 * (lost := lost + 1)
                pair = sim.tokens.new_pair()
                async with kept.store.write() as uow:
                    await uow.vendor_tokens.put(
                        CHANNEL, SealedPair("", SEAL.close(pair["refresh_token"])), mark_of(given)
                    )
                continue
            assert forgiving or sim.tokens.refresh != earlier
            assert is_whole(sim, await kept.refresh())
        process = await started(sim, database_url, given)
        assert await first_word(process) == ("lost" if await is_behind(sim, kept) and not forgiving else "renewed")
        await killed(process)
        assert forgiving or await kept.alarms() in (2 * lost, 2 * lost + 2)
        await kept.store.close()


def is_whole(sim: ZaloOaSimulator, refresh: str) -> bool:
    """Whether what is kept is the newest, or the one before it, whose answer was cut off on its way."""
    return refresh in (sim.tokens.refresh, sim.tokens.last_used)


async def is_behind(sim: ZaloOaSimulator, kept: Kept) -> bool:
    return await kept.refresh() != sim.tokens.refresh
