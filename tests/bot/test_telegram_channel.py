"""The Telegram channel listens: what people say is confirmed only once it is kept, and greetings delay nothing."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator

import pytest
from structlog.testing import capture_logs

from domain.channel import Channel, Feature
from domain.messages import Button, Incoming, Outgoing
from tests.bot.telegram_desk import GROUP, LAN, MINH, NOON, Keeper, Rests, channel_at, listening, start, telegram
from tests.simulators.telegram import TelegramSimulator

COMMANDS = (("viec", "Việc của tôi"), ("xong", "Báo hoàn thành"))


@pytest.fixture
async def sim() -> AsyncIterator[TelegramSimulator]:
    async with telegram() as simulator:
        yield simulator


async def test_the_channel_keeps_the_contract(sim: TelegramSimulator) -> None:
    channel: Channel = channel_at(sim)
    assert channel.name == "telegram"
    assert Feature.BUTTONS | Feature.FILES_IN | Feature.PROACTIVE in channel.features
    assert channel.is_group(str(GROUP))
    assert not channel.is_group(str(LAN))
    assert (channel.limits.per_second or 99) <= 30
    await channel.stop()
    await channel.close()


async def test_what_is_said_arrives_and_is_confirmed(sim: TelegramSimulator) -> None:
    keeper = Keeper()
    async with listening(sim, keeper) as channel:
        assert channel.last_poll_at is None
        sim.say(LAN, "xong 12")
        assert await keeper.wait() == [Incoming("telegram", "1", str(LAN), "Lan Nguyễn", "xong 12")]
        await sim.wait_until(lambda: sim.confirmed_offset == 2)
        assert channel.last_poll_at == NOON
    asked = json.loads(sim.calls("getUpdates")[0]["params"]["allowed_updates"])
    assert asked == ["message", "callback_query", "my_chat_member"]


async def test_a_pressed_button_arrives_and_is_answered(sim: TelegramSimulator) -> None:
    keeper = Keeper()
    async with listening(sim, keeper) as channel:
        sent = await channel.send(str(LAN), Outgoing("Việc 12", ((Button("Xong", "/xong 12"),),)))
        query = sim.press(LAN, int(sent.ref), "Xong")
        [incoming] = await keeper.wait()
        assert (incoming.action, incoming.address, incoming.sender_name) == ("/xong 12", str(LAN), "Lan Nguyễn")
        await sim.wait_until(lambda: sim.calls("answerCallbackQuery"))
    assert sim.calls("answerCallbackQuery")[0]["params"]["callback_query_id"] == query


async def test_a_press_that_cannot_be_answered_is_still_heard(sim: TelegramSimulator) -> None:
    keeper = Keeper()
    sim.fault("answerCallbackQuery", code=400)
    query = {"id": "1", "from": {"id": LAN, "first_name": "Lan"}, "data": "/xem"}
    sim.raw_update({"callback_query": {**query, "message": {"chat": {"id": LAN, "type": "private"}}}})
    async with listening(sim, keeper):
        await sim.wait_until(lambda: sim.calls("answerCallbackQuery") and sim.confirmed_offset == 2)
        sim.say(LAN, "tiếp")
        assert [each.text for each in await keeper.wait(2)] == ["", "tiếp"]


async def test_a_batch_that_could_not_be_kept_comes_again(sim: TelegramSimulator) -> None:
    keeper, rests = Keeper(OSError("database is locked"), OSError("disk full")), Rests()
    sim.say_many([(LAN, "một"), (MINH, "hai")])
    with capture_logs() as logs:
        async with listening(sim, keeper, rests):
            await keeper.wait(2)
            await sim.wait_until(lambda: sim.confirmed_offset == 3)
    assert [[each.text for each in batch] for batch in keeper.refused] == [["một", "hai"]] * 2
    assert keeper.texts == ["một", "hai"]
    assert [call["params"]["offset"] for call in sim.calls("getUpdates")][:4] == ["0", "0", "0", "3"]
    assert rests.seconds == [1.0, 2.0]
    assert [line["error"] for line in logs if line["event"] == "telegram_batch_not_kept"] == ["OSError"] * 2


async def test_a_process_killed_before_keeping_leaves_the_batch_to_the_next(sim: TelegramSimulator) -> None:
    begun, over = asyncio.Event(), asyncio.Event()

    async def hang(batch: list[Incoming]) -> None:
        begun.set()
        await over.wait()

    killed = channel_at(sim)
    await start(killed, hang)
    sim.say(LAN, "xong 12")
    await begun.wait()
    keeper = Keeper()
    async with listening(sim, keeper):
        assert [each.text for each in await keeper.wait()] == ["xong 12"]
    over.set()
    await killed.stop()
    await killed.close()


async def test_stopping_lets_the_batch_be_kept_and_begins_no_other(sim: TelegramSimulator) -> None:
    begun, finish, kept = asyncio.Event(), asyncio.Event(), []

    async def keep(batch: list[Incoming]) -> None:
        begun.set()
        await finish.wait()
        kept.extend(batch)

    channel = channel_at(sim)
    await start(channel, keep)
    sim.say(LAN, "một")
    await begun.wait()
    async with asyncio.TaskGroup() as group:
        stopping = group.create_task(channel.stop())
        await asyncio.sleep(0)
        assert not stopping.done()
        sim.say(LAN, "hai")
        finish.set()
    assert [each.text for each in kept] == ["một"]
    await channel.stop()
    await channel.close()


async def test_stopping_does_not_wait_for_the_long_poll_and_starting_again_works(sim: TelegramSimulator) -> None:
    channel, keeper = channel_at(sim), Keeper()
    await start(channel, keeper)
    await sim.wait_until(lambda: sim.calls("getUpdates"))
    async with asyncio.timeout(1):
        await channel.stop()
        await channel.close()
    await start(channel, keeper)
    sim.say(LAN, "một")
    await keeper.wait()
    await channel.stop()
    await channel.close()


async def test_commands_are_published_and_a_link_is_made(sim: TelegramSimulator) -> None:
    async with listening(sim, commands=COMMANDS) as channel:
        await sim.wait_until(lambda: len(sim.server.commands) == 2 and channel.link("ABC_1"))
        assert channel.link("ABC_1") == "https://t.me/nhac_viec_bot?start=ABC_1"
        with pytest.raises(ValueError, match="start code"):
            channel.link("ABC 1")
    expected = [{"command": name, "description": text} for name, text in COMMANDS]
    assert sorted(language for _, language in sim.server.commands) == ["", "vi"]
    assert all(commands == expected for commands in sim.server.commands.values())


async def test_greetings_that_fail_stop_nothing_and_are_tried_again(sim: TelegramSimulator) -> None:
    keeper = Keeper()
    sim.fault("setMyCommands", code=400, description="Bad Request: BOT_COMMAND_INVALID", times=2)
    sim.fault("getMe", code=502, times=2)
    with capture_logs() as logs:
        async with listening(sim, keeper, commands=COMMANDS) as channel:
            assert channel.link("ABC") is None
            sim.say(LAN, "một")
            await keeper.wait()
            await sim.wait_until(lambda: len(sim.server.commands) == 2 and len(sim.calls("getMe")) == 3)
    failed = [line["work"] for line in logs if line["event"] == "telegram_work_failed"]
    assert sorted(failed) == ["commands", "commands", "name", "name"]


async def test_a_message_in_a_group_waits_for_our_name(sim: TelegramSimulator) -> None:
    keeper = Keeper()
    sim.fault("getMe", code=502, times=3)
    sim.say(LAN, "/xong@nhac_viec_bot 12", GROUP)
    sim.say(LAN, "/viec@other_bot", GROUP)
    async with listening(sim, keeper):
        [incoming] = await keeper.wait()
    assert (incoming.text, incoming.address, incoming.in_group) == ("/xong 12", str(GROUP), True)


async def test_blocking_is_heard_and_coming_back_is_not(sim: TelegramSimulator) -> None:
    keeper = Keeper()
    async with listening(sim, keeper):
        await sim.wait_until(lambda: sim.calls("getUpdates"))
        sim.block(LAN)
        sim.unblock(LAN)
        sim.say(LAN, "/start")
        left, started = await keeper.wait(2)
    assert left.left
    assert (started.text, started.left) == ("/start", False)


async def test_the_token_is_in_no_log(sim: TelegramSimulator, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    sim.fault("getUpdates", code=401)
    sim.fault("getUpdates", code=400, description=f"Bad Request: /bot{sim.token}/getUpdates")
    with capture_logs() as logs:
        async with listening(sim, commands=COMMANDS):
            await sim.wait_until(lambda: len(sim.calls("getUpdates")) > 2 and len(sim.server.commands) == 2)
    ours = [record.getMessage() for record in caplog.records if not record.name.startswith("uvicorn")]
    assert sim.token.partition(":")[2] not in f"{logs}{ours}"
    assert any(line.get("setting") == "NHACVIEC_TELEGRAM_TOKEN" for line in logs)
