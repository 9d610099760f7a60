"""What Zalo posts: signed or nothing, kept once, answered 200 only when kept; echoes and receipts are ignored."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.channels.zalo_oa_signature import Signature
from domain.channel import Rejected
from domain.messages import FileRef
from tests.bot.zalo_oa_desk import LAN, Desk, at_desk, listening

VECTOR = (
    '{"app_id":"123456789","sender":{"id":"111"},"recipient":{"id":"222"},"event_name":"user_send_text",'
    '"message":{"text":"Xin chào","msg_id":"abc"},"timestamp":"1726900000000"}'
).encode()
VECTOR_MARK = "e09bb047d9c915ce65aaf0bba12791e03a59e9846d62f0b5fd097d9e5071bcc9"


@pytest.fixture
async def desk(database_url: str) -> AsyncIterator[Desk]:
    async with at_desk(database_url) as made, listening(made):
        yield made


@pytest.mark.parametrize("prefix", ["", "mac=", " mac="])
def test_the_signature_is_plain_sha256_over_the_bytes_as_they_came(prefix: str) -> None:
    signature = Signature("123456789", "OA_SECRET_EXAMPLE")
    event = signature.event(VECTOR, prefix + VECTOR_MARK)
    assert event is not None
    assert event["message"]["text"] == "Xin chào"


@pytest.mark.parametrize(
    ("body", "given"),
    [
        (VECTOR, None),
        (VECTOR, ""),
        (VECTOR, "mac="),
        (VECTOR, VECTOR_MARK[:-1] + "0"),
        (VECTOR, "é" * 64),
        (VECTOR.replace(b"abc", b"abd"), VECTOR_MARK),
        (VECTOR.replace(b'"app_id"', b' "app_id"'), VECTOR_MARK),
        (VECTOR.replace(b"1726900000000", b"1726900000001"), VECTOR_MARK),
        (b"not json", VECTOR_MARK),
        (b"[]", VECTOR_MARK),
        (b"[" * 100_000, VECTOR_MARK),
    ],
)
def test_whatever_is_signed_otherwise_is_not_from_zalo(body: bytes, given: str | None) -> None:
    assert Signature("123456789", "OA_SECRET_EXAMPLE").event(body, given) is None


async def test_what_a_follower_writes_is_kept(desk: Desk) -> None:
    assert await desk.sim.says(LAN, "xong 12") == 200
    (incoming,) = desk.keeper.kept
    assert (incoming.channel, incoming.address, incoming.text) == ("zalo_oa", LAN, "xong 12")
    assert incoming.event_id.startswith("user_send_text:")


async def test_a_wrong_signature_is_403_and_nothing_is_done(desk: Desk) -> None:
    event = desk.sim.message(LAN, "user_send_text", text="xong 12")
    assert await desk.sim.post(event, signature="0" * 64) == 403
    assert await desk.sim.post(event, signature="") == 403
    assert desk.keeper.kept == []


async def test_what_could_not_be_kept_is_posted_again_under_the_same_name(desk: Desk) -> None:
    desk.keeper.problems = [OSError("disk full"), OSError("disk full")]
    assert await desk.sim.says(LAN, "xong 12") == 200
    assert desk.sim.posted == [(0, 503), (1, 503), (2, 200)]
    assert [one.event_id for one in desk.keeper.kept] == [desk.keeper.refused[0][0].event_id]


async def test_a_replay_long_after_is_answered_and_dropped(desk: Desk) -> None:
    event = desk.sim.message(LAN, "user_send_text", text="xong 12")
    desk.move(hours=3)
    assert await desk.sim.post(event) == 200
    desk.move(hours=22)
    assert await desk.sim.post(event) == 200
    assert len(desk.keeper.kept) == 1


@pytest.mark.parametrize("timestamp", ["154390853474", "", "soon", None, "1795500000", 10**40])
async def test_a_time_that_cannot_be_read_drops_nothing(desk: Desk, timestamp: object) -> None:
    event = desk.sim.message(LAN, "user_send_text", text="xong 12") | {"timestamp": timestamp}
    assert await desk.sim.post(event) == 200
    assert len(desk.keeper.kept) == 1


async def test_a_press_says_what_its_button_says_and_is_told_from_typing(desk: Desk) -> None:
    assert await desk.sim.says(LAN, "#nv yes 4:1") == 200
    assert await desk.sim.says(LAN, "yes 4:1") == 200
    pressed, typed = desk.keeper.kept
    assert (pressed.action, pressed.text) == ("yes 4:1", "")
    assert (typed.action, typed.text) == ("", "yes 4:1")


async def test_who_follows_is_greeted_and_who_does_not_any_more_has_left(desk: Desk) -> None:
    assert await desk.sim.follows("777") == 200
    assert await desk.sim.leaves("777") == 200
    came, went = desk.keeper.kept
    assert (came.address, came.text, came.left) == ("777", "/start", False)
    assert (went.address, went.text, went.left) == ("777", "", True)
    assert came.event_id != went.event_id


@pytest.mark.parametrize(
    "name",
    [
        "oa_send_text",
        "oa_send_image",
        "user_received_message",
        "user_seen_message",
        "user_reacted_message",
        "anonymous_send_text",
        "user_send_group_text",
        "something_new",
    ],
)
async def test_echoes_receipts_and_what_is_unknown_are_answered_and_nothing_else(desk: Desk, name: str) -> None:
    assert await desk.sim.post(desk.sim.message(LAN, name, text="xong 12")) == 200
    assert desk.keeper.kept == []


@pytest.mark.parametrize("kind", ["audio", "video", "gif", "sticker", "location", "business_card"])
async def test_what_nobody_can_read_is_named(desk: Desk, kind: str) -> None:
    assert await desk.sim.post(desk.sim.message(LAN, f"user_send_{kind}", attachments=[{"type": kind}])) == 200
    (incoming,) = desk.keeper.kept
    assert incoming.unsupported == kind


async def test_an_event_of_an_unknown_shape_is_answered_200_so_that_it_does_not_come_again(desk: Desk) -> None:
    event = desk.sim.message(LAN, "user_send_text", text="x")
    parts: list[dict[str, Any]] = [{"message": None}, {"sender": {}}, {"sender": {"id": 1.5e18}}, {"message": "xong"}]
    for broken in parts:
        assert await desk.sim.post({**event, **broken}) == 200
    assert desk.keeper.kept == []


async def test_photos_and_files_can_be_fetched(desk: Desk) -> None:
    await desk.sim.sends_file(LAN, "bao-cao.pdf", b"%PDF-1.7", text="xong 12")
    await desk.sim.sends_file(LAN, "anh-hien-truong", b"\xff\xd8", kind="image")
    paper, photo = desk.keeper.kept
    assert paper.text == "xong 12"
    assert (paper.files[0].name, paper.files[0].mime, paper.files[0].size) == ("bao-cao.pdf", "application/pdf", 8)
    assert photo.files[0].name.endswith(".jpg")
    assert photo.files[0].mime == "image/jpeg"
    assert await desk.channel.fetch(paper.files[0]) == b"%PDF-1.7"
    assert await desk.channel.fetch(photo.files[0]) == b"\xff\xd8"
    assert all("token" not in one.files[0].ref for one in desk.keeper.kept)


async def test_a_file_that_is_gone_or_too_big_can_never_be_had(desk: Desk) -> None:
    with pytest.raises(Rejected):
        await desk.channel.fetch(FileRef(f"{desk.sim.url}/files/none", "a.pdf", "application/pdf"))
    with pytest.raises(Rejected, match="too big"):
        await desk.channel.fetch(FileRef(f"{desk.sim.url}/files/none", "a.pdf", "application/pdf", 21 << 20))
    desk.sim.files["big.pdf"] = bytes((20 << 20) + 1)
    with pytest.raises(Rejected, match="too big"):
        await desk.channel.fetch(FileRef(f"{desk.sim.url}/files/big.pdf", "a.pdf", "application/pdf"))


async def test_while_stopping_nothing_is_taken(desk: Desk) -> None:
    await desk.channel.stop()
    assert await desk.sim.says(LAN, "xong 12") == 503
