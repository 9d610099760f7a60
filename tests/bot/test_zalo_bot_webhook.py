"""The Zalo Bot channel behind a webhook: both forms of a body, only Zalo gets in, registered once and taken over."""

import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from structlog.testing import capture_logs

from bot.channels.zalo_bot import ZaloBotChannel
from bot.channels.zalo_bot_updates import read_all, unwrapped
from tests.bot.telegram_desk import Keeper, NoonClock, Rests
from tests.bot.zalo_bot_desk import LAN, MINH, channel_at, listening, zalo
from tests.simulators.telegram_door import Door
from tests.simulators.zalo_bot import HEADER, ZaloBotSimulator

SECRET = "mot-bi-mat"
PUBLIC = "https://nhacviec.example.gov.vn"
HOOK: dict[str, Any] = {"webhook_url": PUBLIC + "/webhooks/zalo-bot", "webhook_secret": SECRET}
UPDATE = {
    "event_name": "message.text.received",
    "message": {
        "from": {"id": LAN, "display_name": "Lan", "is_bot": False},
        "chat": {"id": LAN, "chat_type": "PRIVATE"},
        "text": "xong 12",
        "message_id": "2d758cb5e222177a4e35",
        "date": 1750316131602,
    },
}
BODY = json.dumps(UPDATE).encode()


@pytest.fixture
async def sim() -> AsyncIterator[ZaloBotSimulator]:
    async with zalo() as simulator:
        yield simulator


@asynccontextmanager
async def served(sim: ZaloBotSimulator, channel: ZaloBotChannel) -> AsyncIterator[None]:
    """Our web server, where Zalo finds it."""

    async def take(request: Request) -> Response:
        return Response(status_code=await channel.webhook(await request.body(), request.headers.get(HEADER)))

    door = Door(Starlette(routes=[Route("/webhooks/zalo-bot", take, methods=["POST"])]))
    await door.open()
    sim.reroute[PUBLIC] = f"http://127.0.0.1:{door.port}"
    try:
        yield
    finally:
        await door.close()


def test_a_webhook_needs_both_its_address_and_its_secret() -> None:
    halves: Iterator[dict[str, Any]] = iter([{"webhook_url": PUBLIC}, {"webhook_secret": SECRET}])
    for half in halves:
        with pytest.raises(ValueError, match="secret"):
            ZaloBotChannel("1:x", clock=NoonClock(), **half)


@pytest.mark.parametrize("wrapped", [True, False])
async def test_what_zalo_posts_is_kept_in_either_form(sim: ZaloBotSimulator, wrapped: bool) -> None:
    sim.wrapped = wrapped
    keeper, channel = Keeper(), channel_at(sim, **HOOK)
    async with served(sim, channel):
        await channel.start(keeper)
        assert not channel.polls
        await sim.wait_until(lambda: sim.hook)
        name = sim.say(LAN, "xong 12")
        [incoming] = await keeper.wait()
        assert (incoming.event_id, incoming.text, incoming.address) == (name, "xong 12", LAN)
        await sim.wait_until(lambda: sim.posts)
        await channel.stop()
    await channel.close()
    assert [status for status, _ in sim.posts] == [200]
    assert sim.calls("getUpdates") == []
    assert channel.last_poll_at is None


async def test_it_is_registered_once_and_not_at_every_start(sim: ZaloBotSimulator) -> None:
    for _ in range(3):
        async with listening(sim, **HOOK):
            await sim.wait_until(lambda: sim.hook and len(sim.calls("getWebhookInfo")) > 0)
            sim.journal.calls.clear()
    assert sim.registrations == 1
    assert sim.hook == {"url": HOOK["webhook_url"], "secret": SECRET}


async def test_from_polling_to_posts_and_back(sim: ZaloBotSimulator) -> None:
    keeper = Keeper()
    async with listening(sim, keeper):
        sim.say(LAN, "một")
        await keeper.wait(1)
    channel = channel_at(sim, **HOOK)
    async with served(sim, channel):
        await channel.start(keeper)
        await sim.wait_until(lambda: sim.hook)
        sim.say(LAN, "hai")
        await keeper.wait(2)
        await channel.stop()
        await channel.close()
    async with listening(sim, keeper):
        await sim.wait_until(lambda: sim.hook is None)
        sim.say(LAN, "ba")
        await keeper.wait(3)
    assert keeper.texts == ["một", "hai", "ba"]
    assert sim.most_pollers == 1


async def test_a_secret_that_was_changed_is_registered_anew_but_seldom(sim: ZaloBotSimulator) -> None:
    async with listening(sim, **HOOK):
        await sim.wait_until(lambda: sim.registrations == 1)
    changed = HOOK | {"webhook_secret": "bi-mat-khac"}
    async with listening(sim, **changed) as channel:
        for _ in range(5):
            with capture_logs():
                assert await channel.webhook(BODY, SECRET) == 403
        await sim.wait_until(lambda: sim.registrations == 2)
        assert sim.hook is not None
        assert sim.hook["secret"] == "bi-mat-khac"
        for _ in range(5):
            with capture_logs():
                assert await channel.webhook(BODY, "doan-mo") == 403
    assert sim.registrations == 2


@pytest.mark.parametrize("secret", [None, "", "khac", SECRET + "x", "mật"])
async def test_who_does_not_know_the_secret_is_refused(sim: ZaloBotSimulator, secret: str | None) -> None:
    keeper = Keeper()
    async with listening(sim, keeper, **HOOK) as channel:
        with capture_logs():
            assert await channel.webhook(BODY, secret) == 403
    assert keeper.batches == []


async def test_the_trial_post_of_zalo_is_answered(sim: ZaloBotSimulator) -> None:
    keeper = Keeper()
    async with listening(sim, keeper, **HOOK) as channel:
        assert await channel.webhook(b"", None) == 200
        assert await channel.webhook(b"\n", None) == 200
        assert await channel.webhook(b"{}", SECRET) == 200
    assert keeper.batches == []


async def test_a_channel_that_polls_takes_no_posts(sim: ZaloBotSimulator) -> None:
    keeper = Keeper()
    async with listening(sim, keeper) as channel:
        assert await channel.webhook(BODY, "") == 403
    assert keeper.batches == []


async def test_what_cannot_be_kept_is_tried_again_and_then_not_confirmed(sim: ZaloBotSimulator) -> None:
    keeper, rests = Keeper(OSError("locked")), Rests()
    async with listening(sim, keeper, rests, **HOOK) as channel:
        with capture_logs():
            assert await channel.webhook(BODY, SECRET) == 200
            keeper.problems = [OSError("locked")] * 3
            assert await channel.webhook(BODY, SECRET) == 503
    assert len(keeper.batches) == 1
    assert await channel.webhook(BODY, SECRET) == 503, "it has stopped"


@pytest.mark.parametrize(
    "body", [b"{", b"[" * 100_000, b"\xff", b"null", b"[1, null]", b'{"ok": true, "result": null}']
)
async def test_what_cannot_be_read_is_confirmed_and_dropped(sim: ZaloBotSimulator, body: bytes) -> None:
    keeper = Keeper()
    async with listening(sim, keeper, **HOOK) as channel:
        with capture_logs() as logs:
            assert await channel.webhook(body, SECRET) == 200
    assert keeper.batches == []
    assert all(one["event"] == "zalo_bot_update_unreadable" for one in logs)


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
ANYTHING = st.recursive(SCALARS, lambda more: st.lists(more, max_size=3) | st.dictionaries(st.text(max_size=8), more))
MESSAGES = st.fixed_dictionaries(
    {},
    optional={
        "from": ANYTHING | st.fixed_dictionaries({"id": SCALARS, "is_bot": SCALARS, "display_name": SCALARS}),
        "chat": ANYTHING | st.fixed_dictionaries({"id": SCALARS, "chat_type": SCALARS}),
        "message_id": SCALARS,
        "text": SCALARS,
        "caption": ANYTHING,
        "photo_url": ANYTHING,
        "date": ANYTHING,
    },
)
NAMES = st.sampled_from(
    [f"message.{kind}.received" for kind in ("text", "image", "sticker", "voice", "unsupported", "x")]
)
UPDATES = st.fixed_dictionaries({"event_name": NAMES | SCALARS, "message": MESSAGES | ANYTHING})
BODIES = ANYTHING | UPDATES | st.fixed_dictionaries({"ok": st.just(True), "result": UPDATES | ANYTHING})


@settings(max_examples=500)
@given(BODIES)
def test_any_body_at_all_is_read_or_left(body: Any) -> None:
    with capture_logs():
        found = read_all(unwrapped(body), ["Bot Nhắc Việc"])
    for one in found:
        assert one.event_id
        assert one.address
        assert "\x00" not in one.text + one.sender_name + one.address
        json.dumps([one.text, one.address, one.sender_name], ensure_ascii=False).encode()


async def test_the_same_message_twice_is_one_event(sim: ZaloBotSimulator) -> None:
    sim.twice = True
    keeper, channel = Keeper(), channel_at(sim, **HOOK)
    async with served(sim, channel):
        await channel.start(keeper)
        await sim.wait_until(lambda: sim.hook)
        sim.say(MINH, "viec")
        first, second = await keeper.wait(2)
        await channel.stop()
    await channel.close()
    assert first.event_id == second.event_id, "the inbox keeps an event of the same name once"
