"""Every failure at Telegram is exactly one DeliveryError, and none carries the token."""

import traceback
from collections.abc import AsyncIterator
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.channels.telegram import TelegramChannel
from domain.channel import Busy, DeliveryError, Moved, Rejected, Unavailable, Unknown, Unreachable
from domain.messages import FileRef, Outgoing
from tests.bot.telegram_desk import GROUP, LAN, channel_at, telegram
from tests.simulators.telegram import TelegramSimulator

HELLO = Outgoing("Kính gửi <b>đồng chí</b>")
FAULTS: list[tuple[dict[str, Any], type[DeliveryError]]] = [
    ({"code": 403}, Unreachable),
    ({"code": 403, "description": "Forbidden: user is deactivated"}, Unreachable),
    ({"code": 400, "description": "Bad Request: chat not found"}, Unreachable),
    ({"code": 400, "description": "Bad Request: PEER_ID_INVALID"}, Unreachable),
    ({"code": 400, "description": "Bad Request: not enough rights to send text messages to the chat"}, Unreachable),
    ({"code": 400, "description": "Bad Request: BUTTON_DATA_INVALID"}, Rejected),
    ({"code": 400, "description": "Bad Request: message is too long"}, Rejected),
    ({"code": 413, "description": "Request Entity Too Large"}, Rejected),
    ({"code": 429, "retry_after": 7}, Busy),
    ({"code": 429, "description": "Too Many Requests"}, Busy),
    ({"code": 401}, Unavailable),
    ({"code": 404}, Unavailable),
    ({"code": 409}, Unavailable),
    ({"code": 500}, Unavailable),
    ({"code": 502}, Unavailable),
    ({"drop": "before"}, Unknown),
    ({"drop": "after"}, Unknown),
]


@pytest.fixture
async def sim() -> AsyncIterator[TelegramSimulator]:
    async with telegram() as simulator:
        yield simulator


@pytest.fixture
async def channel(sim: TelegramSimulator) -> AsyncIterator[TelegramChannel]:
    channel = channel_at(sim)
    yield channel
    await channel.stop()
    await channel.close()


@pytest.mark.parametrize(("fault", "error"), FAULTS)
async def test_every_failure_is_one_error(
    sim: TelegramSimulator, channel: TelegramChannel, fault: dict[str, Any], error: type[DeliveryError]
) -> None:
    sim.fault("sendMessage", **fault)
    with pytest.raises(DeliveryError) as caught:
        await channel.send(str(LAN), HELLO)
    assert caught.type is error
    assert len(sim.calls("sendMessage")) == 1


async def test_the_whole_channel_is_busy_for_as_long_as_telegram_says(
    sim: TelegramSimulator, channel: TelegramChannel
) -> None:
    sim.fault("sendMessage", code=429, retry_after=7)
    with pytest.raises(Busy) as caught:
        await channel.send(str(LAN), HELLO)
    assert (caught.value.after, caught.value.whole_channel) == (7.0, True)


async def test_a_group_that_moved_names_its_new_address(sim: TelegramSimulator, channel: TelegramChannel) -> None:
    sim.migrate(GROUP, -2006)
    with pytest.raises(Moved) as caught:
        await channel.send(str(GROUP), HELLO)
    assert caught.value.new_address == "-2006"


async def test_nobody_there_is_unreachable(sim: TelegramSimulator, channel: TelegramChannel) -> None:
    sim.block(LAN)
    sim.kick(GROUP, LAN)
    for address in (LAN, GROUP, 999):
        with pytest.raises(Unreachable):
            await channel.send(str(address), HELLO)


async def test_no_connection_is_unavailable(sim: TelegramSimulator, channel: TelegramChannel) -> None:
    sim.down()
    with pytest.raises(Unavailable):
        await channel.send(str(LAN), HELLO)


async def test_an_answer_that_does_not_come_in_time_is_unknown(
    sim: TelegramSimulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.telegram.READ", 0.05)
    slow = channel_at(sim)
    sim.fault("sendMessage", delay=0.5)
    with pytest.raises(Unknown):
        await slow.send(str(LAN), HELLO)
    await slow.stop()
    await slow.close()


async def test_an_answer_that_cannot_be_read_is_unknown(sim: TelegramSimulator, channel: TelegramChannel) -> None:
    sim.fault("sendMessage", code=200, description="")
    with capture_logs() as logs, pytest.raises(Unknown):
        await channel.send(str(LAN), HELLO)
    assert [line["event"] for line in logs] == ["telegram_answer_unreadable"]


async def test_no_error_carries_the_token(sim: TelegramSimulator, channel: TelegramChannel) -> None:
    sim.down()
    with pytest.raises(Unavailable) as unavailable:
        await channel.send(str(LAN), HELLO)
    await sim.up()
    sim.fault("sendMessage", code=400, description=f"Bad Request: no route /bot{sim.token}/sendMessage")
    with pytest.raises(Rejected) as refused:
        await channel.send(str(LAN), HELLO)
    for problem in (unavailable.value, refused.value):
        assert problem.__context__ is None
        assert sim.token.partition(":")[2] not in "".join(traceback.format_exception(problem))


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ({"method": "getFile", "code": 400, "description": "Bad Request: file is too big"}, Rejected),
        ({"method": "getFile", "code": 403}, Unavailable),
        ({"method": "getFile", "code": 429, "retry_after": 3}, Unavailable),
        ({"method": "getFile", "drop": "after"}, Unavailable),
        ({"method": "download", "code": 404}, Unavailable),
        ({"method": "download", "drop": "before"}, Unavailable),
    ],
)
async def test_a_file_that_cannot_be_had_now_or_ever(
    sim: TelegramSimulator, channel: TelegramChannel, fault: dict[str, Any], error: type[DeliveryError]
) -> None:
    kept = sim.world.keep_file("document", "a.pdf", b"x")
    sim.fault(**fault)
    with pytest.raises(DeliveryError) as caught, capture_logs() as logs:
        await channel.fetch(FileRef(kept.file_id, "a.pdf", "application/pdf"))
    assert caught.type is error
    assert logs == []
