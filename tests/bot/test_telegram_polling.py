"""Nothing that goes wrong ends the long poll."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from structlog.testing import capture_logs

from tests.bot.telegram_desk import LAN, NOON, Keeper, Rests, channel_at, listening, start, telegram
from tests.simulators.telegram import TelegramSimulator


@pytest.fixture
async def sim() -> AsyncIterator[TelegramSimulator]:
    async with telegram() as simulator:
        yield simulator


@pytest.mark.parametrize("code", [401, 404, 409, 429, 500, 502, 504])
async def test_no_answer_to_the_poll_ends_it(sim: TelegramSimulator, code: int) -> None:
    keeper, rests = Keeper(), Rests()
    sim.fault("getUpdates", code=code, times=7)
    async with listening(sim, keeper, rests):
        await sim.wait_until(lambda: len(sim.calls("getUpdates")) > 7)
        sim.say(LAN, "còn đó không")
        await keeper.wait()
    assert rests.seconds == [1, 2, 4, 8, 16, 30, 30]


async def test_the_poll_rests_as_long_as_telegram_asks(sim: TelegramSimulator) -> None:
    rests = Rests()
    sim.fault("getUpdates", code=429, retry_after=45)
    async with listening(sim, Keeper(), rests):
        await sim.wait_until(lambda: len(sim.calls("getUpdates")) > 1)
    assert rests.seconds == [45.0]


async def test_a_lost_line_does_not_end_the_poll(sim: TelegramSimulator) -> None:
    keeper, rests = Keeper(), Rests()
    sim.fault("getUpdates", drop="before")
    async with listening(sim, keeper, rests) as channel:
        await sim.wait_until(lambda: len(sim.calls("getUpdates")) > 1)
        sim.down()
        assert channel.last_poll_at is None
        await sim.up()
        sim.say(LAN, "còn đó không")
        await keeper.wait()
        assert channel.last_poll_at == NOON


async def test_a_listener_that_has_died_is_started_again(sim: TelegramSimulator) -> None:
    keeper = Keeper(asyncio.CancelledError())
    sim.say(LAN, "một")
    with capture_logs() as logs:
        async with listening(sim, keeper):
            await keeper.wait()
    assert [(line["event"], line["work"]) for line in logs if line["log_level"] == "error"] == [
        ("telegram_work_died", "poll")
    ]


async def test_a_second_poller_is_survived(sim: TelegramSimulator) -> None:
    first, second = Keeper(), Keeper()
    async with listening(sim, first):
        await sim.wait_until(lambda: sim.calls("getUpdates"))
        async with listening(sim, second):
            await sim.wait_until(lambda: len(sim.calls("getUpdates")) > 5)
            sim.say(LAN, "một")
            async with asyncio.timeout(20):
                while not first.kept + second.kept:
                    await asyncio.sleep(0)


async def test_a_webhook_left_behind_is_removed(sim: TelegramSimulator) -> None:
    keeper = Keeper()
    hooked = channel_at(sim, webhook_url="http://127.0.0.1:1/hook", webhook_secret="s")
    await start(hooked, keeper)
    await sim.wait_until(lambda: any(call["code"] == 200 for call in sim.calls("setWebhook")))
    await hooked.stop()
    await hooked.close()
    rests = Rests()
    async with listening(sim, keeper, rests):
        await sim.wait_until(lambda: sim.calls("deleteWebhook"))
        sim.say(LAN, "một")
        await keeper.wait()
    assert rests.seconds == []


async def test_an_unreadable_update_does_not_block_the_others(sim: TelegramSimulator) -> None:
    keeper = Keeper()
    sim.say(LAN, "một")
    sim.raw_update({"message": {"chat": "broken"}})
    sim.raw_update({"some_new_kind": {}})
    sim.say(LAN, "hai")
    with capture_logs() as logs:
        async with listening(sim, keeper):
            await keeper.wait(2)
            await sim.wait_until(lambda: sim.confirmed_offset == 5)
    assert keeper.texts == ["một", "hai"]
    assert len(keeper.batches) == 1
    assert [line["update_id"] for line in logs if line["event"] == "telegram_update_unreadable"] == [2]
