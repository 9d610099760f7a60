"""The Zalo Bot channel asks for updates: one at a time, at once again, and nothing that Zalo gave out is lost here."""

import asyncio
from collections.abc import AsyncIterator
from functools import partial
from typing import Any

import pytest
from structlog.testing import capture_logs

from domain.channel import Channel, Feature
from domain.messages import FileRef, Incoming
from tests.bot.telegram_desk import NOON, Keeper, Rests
from tests.bot.zalo_bot_desk import GROUP, LAN, MINH, channel_at, listening, zalo
from tests.simulators.zalo_bot import ZaloBotSimulator


@pytest.fixture
async def sim() -> AsyncIterator[ZaloBotSimulator]:
    async with zalo() as simulator:
        yield simulator


async def test_the_channel_keeps_the_contract(sim: ZaloBotSimulator) -> None:
    channel: Channel = channel_at(sim)
    assert channel.name == "zalo_bot"
    assert Feature.PROACTIVE in channel.features
    assert not (Feature.BUTTONS | Feature.FILES_OUT | Feature.FILES_IN | Feature.EDIT) & channel.features
    assert (channel.is_group(GROUP), channel.is_group(LAN)) == (True, False)
    assert (channel.limits.max_text, channel.limits.monthly_quota) == (1900, 3000)
    await channel.stop()
    await channel.close()


async def test_what_is_said_arrives(sim: ZaloBotSimulator) -> None:
    keeper = Keeper()
    async with listening(sim, keeper) as channel:
        assert channel.polls
        name = sim.say(LAN, "xong 12")
        assert await keeper.wait() == [Incoming("zalo_bot", name, LAN, "Nguyễn Lan", "xong 12")]
        sim.say(MINH, "viec")
        await keeper.wait(2)
        assert channel.last_poll_at == NOON
    assert sim.calls("getUpdates")[0]["params"] == {"timeout": "30"}
    assert sim.most_pollers == 1
    assert sim.calls("setWebhook") == sim.calls("deleteWebhook") == []


@pytest.mark.parametrize("empty", ["status", "body"])
async def test_an_empty_poll_is_no_trouble_whichever_way_it_comes(sim: ZaloBotSimulator, empty: Any) -> None:
    sim.front.empty_poll, sim.longest_poll = empty, 0.01
    keeper, rests = Keeper(), Rests()
    with capture_logs() as logs:
        async with listening(sim, keeper, rests) as channel:
            await sim.wait_until(lambda: len(sim.calls("getUpdates")) >= 4)
            sim.say(LAN, "viec")
            await keeper.wait()
            assert channel.last_poll_at == NOON
    assert (logs, rests.seconds) == ([], [])


async def test_photos_stickers_voices_and_files_arrive_as_what_they_are(sim: ZaloBotSimulator) -> None:
    keeper = Keeper()
    async with listening(sim, keeper) as channel:
        photo = sim.send_photo(LAN, b"jpeg", "da xong 12")
        bare = sim.send_photo(LAN, b"other", None, field="photo")
        for kind in ("sticker", "voice", "unsupported"):
            sim.send_other(LAN, kind)
        kept = await keeper.wait(5)
        assert kept[0].text == "da xong 12"
        assert kept[0].files == (FileRef(f"{sim.url}/cdn/1.jpg", f"photo-{photo}.jpg", "image/jpeg"),)
        assert (kept[1].text, kept[1].files[0].name) == ("", f"photo-{bare}.jpg")
        assert [one.unsupported for one in kept[2:]] == ["sticker", "voice", "file"]
        assert await channel.fetch(kept[0].files[0]) == b"jpeg"


async def test_in_a_group_only_what_mentions_the_bot_is_heard(sim: ZaloBotSimulator) -> None:
    keeper = Keeper()
    async with listening(sim, keeper):
        await sim.wait_until(lambda: sim.calls("getMe"))
        sim.say_in(GROUP, LAN, "đồng ý với anh")
        sim.say_in(GROUP, LAN, "@Bot Nhắc Việc viec")
        sim.say_in(GROUP, LAN, "@Task Bot viec")
        kept = await keeper.wait(2)
    assert [(one.address, one.text, one.in_group) for one in kept] == [
        (GROUP, "viec", True),
        (GROUP, "@Task Bot viec", True),
    ]


async def test_a_webhook_of_an_earlier_set_up_is_taken_back(sim: ZaloBotSimulator) -> None:
    sim.hook = {"url": "https://old.example.gov.vn/zalo", "secret": "mot-bi-mat"}
    keeper = Keeper()
    async with listening(sim, keeper):
        await sim.wait_until(lambda: sim.calls("getUpdates"))
        sim.say(LAN, "viec")
        await keeper.wait()
    assert [one["method"] for one in sim.calls() if one["method"] != "getMe"][:3] == [
        "getWebhookInfo",
        "deleteWebhook",
        "getUpdates",
    ]


async def test_that_there_is_no_webhook_may_be_said_either_way(sim: ZaloBotSimulator) -> None:
    sim.no_hook = "empty"
    keeper = Keeper()
    async with listening(sim, keeper):
        sim.say(LAN, "viec")
        await keeper.wait()
    assert sim.calls("deleteWebhook") == []


async def test_what_was_given_out_once_is_kept_in_spite_of_a_failing_database(sim: ZaloBotSimulator) -> None:
    keeper, rests = Keeper(OSError("database is locked"), OSError("disk full")), Rests()
    with capture_logs() as logs:
        async with listening(sim, keeper, rests):
            sim.say(LAN, "một")
            sim.say(MINH, "hai")
            await keeper.wait(2)
    assert keeper.texts == ["một", "hai"]
    assert rests.seconds == [1.0, 2.0]
    assert {one["event"] for one in logs} == {"zalo_bot_update_not_kept"}
    assert "database" not in str(logs)


async def test_the_next_poll_is_out_before_the_last_update_is_kept(sim: ZaloBotSimulator) -> None:
    sim.keeps = False

    def polls_again(before: int) -> bool:
        return len(sim.calls("getUpdates")) > before and sim.pollers > 0

    gate, kept = asyncio.Event(), list[str]()

    async def slowly(batch: list[Incoming]) -> None:
        await gate.wait()
        kept.extend(one.text for one in batch)

    channel = channel_at(sim)
    await channel.start(slowly)
    await channel.start_polling()
    await sim.wait_until(lambda: sim.pollers)
    for text in ("một", "hai", "ba"):
        polls = len(sim.calls("getUpdates"))
        sim.say(LAN, text)
        await sim.wait_until(partial(polls_again, polls))
    gate.set()
    await channel.stop()
    await channel.close()
    assert (kept, sim.lost) == (["một", "hai", "ba"], [])


@pytest.mark.parametrize("refusing", ["status", "body"])
async def test_a_refused_token_is_an_alarm_and_no_storm(sim: ZaloBotSimulator, refusing: Any) -> None:
    sim.front.refusing = refusing
    rests = Rests()
    with capture_logs() as logs:
        async with listening(sim, None, rests, token="1:wrong") as channel:
            await sim.wait_until(lambda: True)
            async with asyncio.timeout(20):
                while len(rests.seconds) < 4:
                    await asyncio.sleep(0)
            assert channel.last_poll_at is None
    alarms = [one for one in logs if one["event"] == "zalo_bot_token_refused"]
    assert alarms
    assert alarms[0]["setting"] == "NHACVIEC_ZALO_BOT_TOKEN"
    assert "1:wrong" not in str(logs)


async def test_zalo_out_of_reach_is_asked_again_and_no_token_is_told(sim: ZaloBotSimulator) -> None:
    keeper, rests = Keeper(), Rests()
    sim.fault("getUpdates", drop="before")
    sim.fault("getUpdates", code=502, raw=b"<html>bad gateway")
    sim.fault("getUpdates", code=429, retry_after=90)
    with capture_logs() as logs:
        async with listening(sim, keeper, rests):
            sim.say(LAN, "viec")
            await keeper.wait()
    assert rests.seconds == [1.0, 2.0, 90.0]
    assert sim.token not in str(logs)


@pytest.mark.parametrize(
    "update",
    [
        {"event_name": "message.text.received"},
        {"event_name": "message.text.received", "message": None},
        {"event_name": "user.followed", "message": {"chat": {"id": LAN}, "message_id": "1"}},
        {"event_name": "message.text.received", "message": {"chat": {"id": 1.5}, "message_id": "1", "text": "x"}},
        {
            "event_name": "message.text.received",
            "message": {"from": {"id": LAN, "is_bot": True}, "chat": {"id": LAN}, "message_id": "1", "text": "x"},
        },
        [],
        "x",
    ],
)
async def test_what_cannot_be_read_holds_nothing_up(sim: ZaloBotSimulator, update: Any) -> None:
    keeper = Keeper()
    async with listening(sim, keeper):
        await sim.wait_until(lambda: sim.pollers)
        sim.raw(update)
        sim.say(LAN, "viec")
        assert [one.text for one in await keeper.wait()] == ["viec"]


async def test_a_list_of_updates_is_read_as_well(sim: ZaloBotSimulator) -> None:
    keeper = Keeper()
    message = {"chat": {"id": LAN, "chat_type": "PRIVATE"}, "from": {"id": LAN}, "text": "viec"}
    update = {"event_name": "message.text.received", "message": message}
    async with listening(sim, keeper):
        await sim.wait_until(lambda: sim.pollers)
        sim.raw([update | {"message": message | {"message_id": name}} for name in ("a1", "a2")])  # type: ignore[arg-type]
        assert [one.event_id for one in await keeper.wait(2)] == ["a1", "a2"]
