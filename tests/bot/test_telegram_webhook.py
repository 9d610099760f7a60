"""The Telegram channel behind a webhook: only Telegram gets in, and it hears 200 only for what is kept."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from structlog.testing import capture_logs

from bot.channels.telegram import TelegramChannel
from tests.bot.telegram_desk import (
    GROUP,
    LAN,
    MINH,
    Keeper,
    NoonClock,
    channel_at,
    listening,
    open_file,
    telegram,
)
from tests.simulators.telegram import TelegramSimulator
from tests.simulators.telegram_door import Door

SECRET = "mot-bi-mat"
HOOK: dict[str, Any] = {"webhook_url": "http://127.0.0.1:1/hook", "webhook_secret": SECRET}
UPDATE = {
    "update_id": 5,
    "message": {"from": {"first_name": "Lan"}, "chat": {"id": LAN, "type": "private"}, "text": "xong 12"},
}
BODY = json.dumps(UPDATE).encode()


@pytest.fixture
async def sim() -> AsyncIterator[TelegramSimulator]:
    async with telegram() as simulator:
        yield simulator


def test_a_webhook_needs_both_its_address_and_its_secret() -> None:
    halves: list[dict[str, Any]] = [{"webhook_url": "https://nhacviec.vn/telegram"}, {"webhook_secret": SECRET}]
    for half in halves:
        with pytest.raises(ValueError, match="secret"):
            TelegramChannel("1:x", clock=NoonClock(), open_file=open_file, **half)


async def test_a_posted_update_is_kept_and_then_confirmed(sim: TelegramSimulator) -> None:
    keeper = Keeper()
    async with listening(sim, keeper, **HOOK) as channel:
        assert await channel.webhook(BODY, SECRET) == 200
        assert keeper.texts == ["xong 12"]
        assert keeper.kept[0].event_id == "5"
        assert channel.last_poll_at is None
    assert sim.calls("getUpdates") == []


@pytest.mark.parametrize("secret", [None, "", "khac", SECRET + "x", "mật"])
async def test_who_does_not_know_the_secret_is_refused(sim: TelegramSimulator, secret: str | None) -> None:
    keeper = Keeper()
    async with listening(sim, keeper, **HOOK) as channel:
        assert await channel.webhook(BODY, secret) == 403
    assert keeper.batches == []


async def test_a_channel_that_polls_takes_no_posts(sim: TelegramSimulator) -> None:
    keeper = Keeper()
    async with listening(sim, keeper) as channel:
        assert await channel.webhook(BODY, None) == 403
        assert await channel.webhook(BODY, "") == 403
    assert keeper.batches == []


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[" * 99_999, b"5", b"null", b'{"update_id": 1, "message": 5}'])
async def test_what_cannot_be_read_is_logged_and_confirmed(sim: TelegramSimulator, body: bytes) -> None:
    keeper = Keeper()
    with capture_logs() as logs:
        async with listening(sim, keeper, **HOOK) as channel:
            assert await channel.webhook(body, SECRET) == 200
    assert keeper.batches == []
    assert "telegram_update_unreadable" in [line["event"] for line in logs]


async def test_an_update_of_an_unknown_kind_is_confirmed(sim: TelegramSimulator) -> None:
    keeper = Keeper()
    async with listening(sim, keeper, **HOOK) as channel:
        assert await channel.webhook(b'{"update_id": 1, "some_new_kind": {}}', SECRET) == 200
    assert keeper.batches == []


async def test_what_could_not_be_kept_is_not_confirmed(sim: TelegramSimulator) -> None:
    keeper = Keeper(OSError("database is locked"))
    async with listening(sim, keeper, **HOOK) as channel:
        assert await channel.webhook(BODY, SECRET) == 503
        assert await channel.webhook(BODY, SECRET) == 200


async def test_a_group_that_speaks_before_our_name_is_known_waits(sim: TelegramSimulator) -> None:
    keeper = Keeper()
    sim.fault("getMe", code=502, times=None)
    message = {**UPDATE["message"], "chat": {"id": GROUP, "type": "supergroup"}, "text": "/viec@nhac_viec_bot"}  # type: ignore[dict-item]
    body = json.dumps({"update_id": 6, "message": message}).encode()
    async with listening(sim, keeper, **HOOK) as channel:
        assert await channel.webhook(body, SECRET) == 503
        sim.clear_faults()
        assert await channel.webhook(body, SECRET) == 200
    assert keeper.texts == ["/viec"]


async def test_a_stopped_channel_confirms_nothing(sim: TelegramSimulator) -> None:
    channel = channel_at(sim, **HOOK)
    assert await channel.webhook(BODY, SECRET) == 503
    await channel.start(Keeper())
    await channel.stop()
    await channel.close()
    assert await channel.webhook(BODY, SECRET) == 503


async def test_telegram_posts_again_until_the_update_is_kept(sim: TelegramSimulator) -> None:
    keeper = Keeper(OSError("database is locked"))
    sim.fault("setWebhook", code=502)

    async def post(request: Request) -> Response:
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token")
        return Response(status_code=await channel.webhook(await request.body(), secret))

    door = Door(Starlette(routes=[Route("/hook", post, methods=["POST"])]))
    await door.open()
    hook: dict[str, Any] = {"webhook_url": f"http://127.0.0.1:{door.port}/hook", "webhook_secret": SECRET}
    async with listening(sim, keeper, **hook) as channel:
        sim.say(LAN, "một")
        sim.say(MINH, "hai")
        assert sorted(each.text for each in await keeper.wait(2)) == ["hai", "một"]
        await sim.wait_until(lambda: not sim.pending_updates())
    await door.close()
    [_, call] = sim.calls("setWebhook")
    assert json.loads(call["params"]["allowed_updates"]) == ["message", "callback_query", "my_chat_member"]
