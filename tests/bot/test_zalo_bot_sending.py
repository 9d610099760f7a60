"""The Zalo Bot channel sends: plain text in parts, photos by address, and every refusal is one DeliveryError."""

import logging
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from structlog.testing import capture_logs

from bot.channels.zalo_bot_failures import refused
from domain.channel import Busy, DeliveryError, Feature, Rejected, SentRef, Spent, Unavailable, Unknown, Unreachable
from domain.messages import FileRef, Outgoing, StoredFile
from tests.bot.telegram_desk import Rests
from tests.bot.zalo_bot_desk import LAN, MINH, channel_at, zalo
from tests.simulators.zalo_bot import ZaloBotSimulator

PUBLIC = "https://nhacviec.example.gov.vn"
PHOTO = StoredFile("p", "anh.jpg", "image/jpeg", 4)
PDF = StoredFile("d", "kh.pdf", "application/pdf", 4)


@pytest.fixture
async def sim() -> AsyncIterator[ZaloBotSimulator]:
    async with zalo() as simulator:
        yield simulator


async def test_a_message_leaves_as_plain_text(sim: ZaloBotSimulator) -> None:
    channel = channel_at(sim)
    text = 'Kính gửi <b>đồng chí Lan</b>: A &lt; B, <a href="https://x.vn/1">xem</a>'
    sent = await channel.send(LAN, Outgoing(text))
    await channel.close()
    assert sim.texts(LAN) == ["Kính gửi đồng chí Lan: A < B, xem (https://x.vn/1)"]
    assert sent == SentRef(sim.sent(LAN)[0]["message_id"])
    assert set(sim.calls("sendMessage")[0]["params"]) == {"chat_id", "text"}


async def test_a_long_message_is_split_between_tasks(sim: ZaloBotSimulator) -> None:
    channel, rests = channel_at(sim, rests := Rests()), rests
    tasks = [f"<b>{n}</b>. Nhiệm vụ {'rất ' * 20}dài\n    Hạn: thứ Sáu, 27/11/2026 📌" for n in range(1, 60)]
    await channel.send(LAN, Outgoing("Việc của đồng chí:\n" + "\n".join(tasks)))
    await channel.close()
    parts = sim.texts(LAN)
    assert channel.messages(Outgoing("Việc của đồng chí:\n" + "\n".join(tasks))) == len(parts)
    assert len(parts) > 3
    assert all(len(part.encode("utf-16-le")) // 2 <= 1900 for part in parts)
    assert all("Hạn:" in part.rsplit("\n", 1)[-1] for part in parts), "no task is cut in two"
    assert sum(part.count("Hạn:") for part in parts) == 59
    assert rests.seconds == [1.1] * (len(parts) - 1)


async def test_a_photo_goes_by_its_address_and_zalo_fetches_it(sim: ZaloBotSimulator) -> None:
    sim.front.photos["p"] = b"jpeg"
    sim.reroute[PUBLIC + "/anh"] = sim.url + "/cdn"
    channel = channel_at(sim, photo_url=lambda file: f"{PUBLIC}/anh/{file.key}")
    assert Feature.PHOTOS in channel.features
    await channel.send(LAN, Outgoing("Minh chứng của việc 12", files=(PHOTO,)))
    await channel.send(MINH, Outgoing("Hai ảnh", files=(PHOTO, PHOTO)))
    await channel.close()
    assert sim.sent(LAN)[0] | {"message_id": ""} == {
        "chat_id": LAN,
        "message_id": "",
        "text": "Minh chứng của việc 12",
        "photo": PUBLIC + "/anh/p",
    }
    assert [bool(one["photo"]) for one in sim.sent(MINH)] == [True, True, False]
    assert sim.sent_photos == [b"jpeg"] * 3


async def test_a_photo_that_zalo_cannot_fetch_is_rejected_before_anything_is_said(sim: ZaloBotSimulator) -> None:
    channel = channel_at(sim, photo_url=lambda _file: "http://127.0.0.1:1/p.jpg")
    with pytest.raises(Rejected):
        await channel.send(LAN, Outgoing("x" * 3000, files=(PHOTO,)))
    assert sim.sent() == []
    await channel.close()


@pytest.mark.parametrize("file", [PHOTO, PDF])
async def test_files_are_not_taken(sim: ZaloBotSimulator, file: StoredFile) -> None:
    channel = channel_at(sim)
    assert Feature.PHOTOS not in channel.features
    with pytest.raises(Rejected):
        await channel.send(LAN, Outgoing("Kèm tệp", files=(file,)))
    with pytest.raises(Rejected):
        await channel.send(LAN, Outgoing(" "))
    assert sim.calls("sendMessage") == []
    await channel.close()


@pytest.mark.parametrize("refusing", ["status", "body"])
@pytest.mark.parametrize("camel", [False, True])
@pytest.mark.parametrize(
    ("code", "said", "error"),
    [
        (400, "The text must not be empty", Rejected),
        (400, "The chat_id is invalid", Unreachable),
        (400, "User has blocked the bot", Unreachable),
        (401, "", Unavailable),
        (403, "Internal server error", Unknown),
        (403, "Forbidden: bot was blocked", Unreachable),
        (404, "", Unavailable),
        (408, "", Unknown),
        (429, "Quota exceeded", Busy),
        (500, "", Unavailable),
    ],
)
async def test_each_refusal_is_one_error_whichever_way_it_comes(
    sim: ZaloBotSimulator, refusing: Any, camel: bool, code: int, said: str, error: type[DeliveryError]
) -> None:
    sim.fault("sendMessage", code=code, description=said, refusing=refusing, camel=camel)
    channel = channel_at(sim)
    with pytest.raises(DeliveryError) as caught, capture_logs():
        await channel.send(LAN, Outgoing("Nhắc việc"))
    assert isinstance(caught.value, error)
    assert sim.sent() == []
    assert sim.token not in str(caught.value)
    await channel.send(LAN, Outgoing("Nhắc việc"))
    await channel.close()


async def test_the_quota_makes_it_wait_longer_each_time_and_is_then_the_months(sim: ZaloBotSimulator) -> None:
    channel, waits = channel_at(sim), list[float]()
    sim.fault("sendMessage", code=429, times=5)
    for _ in range(3):
        with pytest.raises(Busy) as caught:
            await channel.send(LAN, Outgoing("Nhắc việc"))
        assert caught.value.whole_channel
        waits.append(caught.value.after)
    assert waits == [60, 120, 240]
    for _ in range(2):
        with pytest.raises(Spent):
            await channel.send(LAN, Outgoing("Nhắc việc"))
    await channel.send(LAN, Outgoing("Nhắc việc"))
    sim.fault("sendMessage", code=429)
    with pytest.raises(Busy) as caught:
        await channel.send(LAN, Outgoing("Nhắc việc"))
    assert caught.value.after == 60
    await channel.close()


async def test_ok_is_the_truth_even_beside_an_error_code(sim: ZaloBotSimulator) -> None:
    sim.front.success_code = True
    channel = channel_at(sim)
    assert (await channel.send(LAN, Outgoing("Nhắc việc"))).ref == sim.sent(LAN)[0]["message_id"]
    await channel.close()


async def test_what_may_have_gone_is_not_said_to_be_unsent(sim: ZaloBotSimulator, monkeypatch: Any) -> None:
    channel = channel_at(sim)
    sim.fault("sendMessage", drop="after")
    with pytest.raises(Unknown):
        await channel.send(LAN, Outgoing("Nhắc việc"))
    assert len(sim.sent(LAN)) == 1
    sim.fault("sendMessage", raw=b"<html>ok")
    with pytest.raises(Unknown):
        await channel.send(LAN, Outgoing("Nhắc việc"))
    monkeypatch.setattr("bot.channels.zalo_bot_calls.READ", 0.05)
    sim.fault("sendMessage", delay=0.5)
    with pytest.raises(Unknown):
        await channel.send(LAN, Outgoing("Nhắc việc"))
    await channel.close()


async def test_what_never_left_is_unavailable(sim: ZaloBotSimulator) -> None:
    channel = channel_at(sim)
    sim.down()
    with pytest.raises(Unavailable):
        await channel.send(LAN, Outgoing("Nhắc việc"))
    await sim.up()
    await channel.send(LAN, Outgoing("Nhắc việc"))
    await channel.close()


async def test_half_a_message_may_have_arrived(sim: ZaloBotSimulator) -> None:
    channel = channel_at(sim)
    sim.fault("sendMessage", delay=0.0)
    sim.fault("sendMessage", code=400)
    with pytest.raises(Unknown, match="in part"):
        await channel.send(LAN, Outgoing("x " * 1900))
    assert len(sim.sent(LAN)) == 1
    await channel.close()


async def test_a_send_is_never_tried_twice_by_the_channel(sim: ZaloBotSimulator) -> None:
    channel = channel_at(sim)
    for fault in ({"drop": "before"}, {"drop": "after"}, {"code": 500}, {"code": 403}):
        sim.fault("sendMessage", **fault)
        with pytest.raises(DeliveryError):
            await channel.send(LAN, Outgoing("Nhắc việc"))
    assert len(sim.calls("sendMessage")) == 4
    await channel.close()


async def test_neither_errors_nor_logs_show_the_token(sim: ZaloBotSimulator, caplog: pytest.LogCaptureFixture) -> None:
    channel = channel_at(sim)
    logging.getLogger("httpx").setLevel(logging.NOTSET)
    channel_at(sim)
    caplog.set_level(logging.DEBUG)
    sim.fault("sendMessage", code=400, description=f"bad {sim.token}")
    sim.fault("sendMessage", drop="before")
    sim.fault("sendMessage", code=500, raw=b"x")
    for _ in range(3):
        with pytest.raises(DeliveryError) as caught:
            await channel.send(LAN, Outgoing("Nhắc việc"))
        shown: BaseException | None = caught.value
        while shown is not None:
            assert "zalo-simulated" not in f"{shown!r}"
            shown = shown.__cause__ or shown.__context__
    ours = [one.getMessage() for one in caplog.records if not one.name.startswith("uvicorn")]
    assert "zalo-simulated" not in str(ours)
    await channel.close()


@pytest.mark.parametrize(
    "url",
    [
        "http://zdn.vn/x.jpg",
        "https://10.0.0.5/x.jpg",
        "https://[::1]/x",
        "https://localhost/x",
        "file:///etc/passwd",
        "",
    ],
)
async def test_only_pictures_of_the_public_web_are_fetched(url: str) -> None:
    async with zalo() as sim:
        channel = channel_at(sim)
        with pytest.raises(Rejected):
            await channel.fetch(FileRef(url, "photo.jpg", "image/jpeg"))
        await channel.close()


async def test_a_picture_that_is_gone_and_one_that_is_out_of_reach(sim: ZaloBotSimulator) -> None:
    channel = channel_at(sim)
    with pytest.raises(Rejected):
        await channel.fetch(FileRef(f"{sim.url}/cdn/none.jpg", "photo.jpg", "image/jpeg"))
    sim.front.photos["big.jpg"] = bytes((20 << 20) + 1)
    with pytest.raises(Rejected, match="big"):
        await channel.fetch(FileRef(f"{sim.url}/cdn/big.jpg", "photo.jpg", "image/jpeg"))
    sim.front.moved["a.jpg"] = f"{sim.url}/cdn/b.jpg"
    sim.front.photos["b.jpg"] = b"jpeg"
    assert await channel.fetch(FileRef(f"{sim.url}/cdn/a.jpg", "photo.jpg", "image/jpeg")) == b"jpeg"
    for elsewhere, error in (("http://10.0.0.5/x.jpg", Rejected), (f"{sim.url}/cdn/b.jpg", Unavailable)):
        sim.front.moved["b.jpg"] = elsewhere
        with pytest.raises(error):
            await channel.fetch(FileRef(f"{sim.url}/cdn/b.jpg", "photo.jpg", "image/jpeg"))
    sim.down()
    with pytest.raises(Unavailable):
        await channel.fetch(FileRef(f"{sim.url}/cdn/none.jpg", "photo.jpg", "image/jpeg"))
    await channel.close()


async def test_the_simulator_takes_only_what_exists(sim: ZaloBotSimulator) -> None:
    async def asked(method: str, **body: Any) -> int:
        answer = (await http.post(f"{sim.url}/bot{sim.token}/{method}", json=body)).json()
        return 200 if answer["ok"] else int(answer["error_code"])

    async with httpx.AsyncClient() as http:
        assert await asked("sendMessage", chat_id=LAN, text="x") == 200
        assert await asked("sendmessage", chat_id=LAN, text="x") == 404
        assert await asked("sendMessage", chat_id=LAN, text="x" * 2001) == 400
        assert await asked("sendMessage", chat_id=LAN, text="x", reply_markup={}) == 400
        assert await asked("sendMessage", chat_id="0" * 20, text="x") == 400
        assert await asked("sendPhoto", chat_id=LAN, photo="data:image/png;base64,x") == 400
        assert await asked("getUpdates", offset=5) == 400
        assert await asked("setWebhook", url="http://nhacviec.vn", secret_token="mot-bi-mat") == 400
        assert await asked("setWebhook", url="https://nhacviec.vn", secret_token="ngan") == 400
        multipart = await http.post(
            f"{sim.url}/bot{sim.token}/sendMessage", data={"chat_id": LAN}, files={"photo": b"x"}
        )
        assert "chat_id must not be empty" in multipart.json()["description"]
        sim.quota = 1
        assert await asked("sendMessage", chat_id=LAN, text="x") == 429


def test_a_retry_after_is_kept() -> None:
    error = refused(429, "Quota exceeded", 2, 90.0)
    assert isinstance(error, Busy)
    assert error.after == 90
