"""Sending by an Official Account: one to five buttons, files by upload, and every refusal as one DeliveryError."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.channels.zalo_oa_failures import until_morning
from domain.channel import (
    Busy,
    DeliveryError,
    Rejected,
    Spent,
    Unavailable,
    Unknown,
    Unreachable,
)
from domain.messages import Button, Outgoing, StoredFile
from domain.templates import Template
from storage.files import FileMissing
from storage.roster import take_in
from tests.bot.zalo_oa_desk import LAN, MINH, Desk, at_desk
from tests.cast import ROSTER

SEND = "message/cs"
PDF = StoredFile("k1", "cong-van.pdf", "application/pdf", 1000)
PNG = StoredFile("k2", "bieu-do.png", "image/png", 2000)


@pytest.fixture
async def desk(database_url: str) -> AsyncIterator[Desk]:
    async with at_desk(database_url) as made:
        yield made


def rows(*labels: str) -> tuple[tuple[Button, ...], ...]:
    return tuple((Button(label, f"viec {number}"),) for number, label in enumerate(labels, 1))


async def test_markup_is_sent_as_plain_text(desk: Desk) -> None:
    sent = await desk.channel.send(LAN, Outgoing('<b>Việc 12</b> &lt;gấp&gt; <a href="https://x.vn">xem</a>'))
    (message,) = desk.sim.sent_to(LAN)
    assert message["text"] == "Việc 12 <gấp> xem (https://x.vn)"
    assert message["message_id"] == sent.ref
    assert message["buttons"] == []


async def test_up_to_five_buttons_are_hidden_queries(desk: Desk) -> None:
    await desk.channel.send(LAN, Outgoing("Chọn", rows("Một", "Hai", "Ba", "Bốn", "N" * 120)))
    (message,) = desk.sim.sent_to(LAN)
    assert [one["type"] for one in message["buttons"]] == ["oa.query.hide"] * 5
    assert message["buttons"][0] == {"title": "Một", "type": "oa.query.hide", "payload": "#nv viec 1"}
    assert len(message["buttons"][4]["title"]) == 100


async def test_more_than_five_become_numbered_lines(desk: Desk) -> None:
    await desk.channel.send(LAN, Outgoing("Chọn", rows(*"abcdef")))
    (message,) = desk.sim.sent_to(LAN)
    assert message["buttons"] == []
    assert message["text"].splitlines()[-6:] == ["1. a", "2. b", "3. c", "4. d", "5. e", "6. f"]


async def test_a_long_text_goes_in_parts_with_the_buttons_below_the_last(desk: Desk) -> None:
    await desk.channel.send(LAN, Outgoing("\n\n".join(f"Việc {n}: " + "nội dung " * 60 for n in range(9)), rows("Xem")))
    messages = desk.sim.sent_to(LAN)
    assert len(messages) > 1
    assert all(len(one["text"]) <= 2000 for one in messages)
    assert [len(one["buttons"]) for one in messages] == [0] * (len(messages) - 1) + [1]


async def test_a_picture_goes_with_its_words_and_a_file_after_them(desk: Desk) -> None:
    await desk.channel.send(LAN, Outgoing("Biểu đồ tuần", files=(PNG,)))
    await desk.channel.send(LAN, Outgoing("Công văn", rows("Đã nhận"), files=(PDF,)))
    picture, words, paper = desk.sim.sent_to(LAN)
    assert picture["text"] == "Biểu đồ tuần"
    assert len(desk.sim.uploaded[picture["image"]]) == 2000
    assert (words["text"], words["file"]) == ("Công văn", None)
    assert len(desk.sim.uploaded[paper["file"]]) == 1000


async def test_a_file_is_uploaded_once_for_a_broadcast_and_again_when_zalo_has_forgotten_it(desk: Desk) -> None:
    for who in (LAN, MINH, LAN):
        await desk.channel.send(who, Outgoing("Công văn", files=(PDF,)))
    assert len(desk.sim.uploaded) == 1
    desk.sim.forget_uploads()
    await desk.channel.send(MINH, Outgoing("Công văn", files=(PDF,)))
    assert len(desk.sim.uploaded) == 2
    desk.move(days=6.5)
    await desk.channel.send(MINH, Outgoing("Công văn", files=(PDF,)))
    assert len(desk.sim.uploaded) == 3


@pytest.mark.parametrize(
    ("mime", "size", "carried"),
    [
        ("image/png", 1_000_000, True),
        ("image/png", 1_000_001, False),
        ("application/pdf", 5_000_000, True),
        ("application/pdf", 5_000_001, False),
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", 10, False),
    ],
)
async def test_what_zalo_does_not_take_is_not_tried(desk: Desk, mime: str, size: int, carried: bool) -> None:
    file = StoredFile("k", "tep", mime, size)
    assert desk.channel.carries(file) is carried
    if not carried:
        with pytest.raises(Rejected):
            await desk.channel.send(LAN, Outgoing("Tệp", files=(file,)))
        assert desk.sim.calls_of(SEND) == []


async def test_a_file_without_an_ending_is_given_one(desk: Desk) -> None:
    await desk.channel.send(LAN, Outgoing("Tệp", files=(StoredFile("k", "cong van", "application/pdf", 5),)))
    assert desk.sim.sent_to(LAN)[-1]["file"]


async def test_a_file_that_cannot_be_read_leaves_no_half_message(database_url: str) -> None:
    async def missing(_file: StoredFile) -> bytes:
        raise FileMissing("k1")

    async with at_desk(database_url, open_file=missing) as desk:
        with pytest.raises(Rejected, match="not in our keeping"):
            await desk.channel.send(LAN, Outgoing("Công văn", files=(PDF,)))
        assert desk.sim.sent == []


CLASSES: list[tuple[int, type[DeliveryError]]] = [
    (-32, Busy),
    (32, Busy),
    (-200, Unknown),
    (-201, Rejected),
    (-204, Unavailable),
    (-209, Unavailable),
    (-210, Rejected),
    (-211, Spent),
    (-212, Unavailable),
    (-213, Unreachable),
    (-217, Unreachable),
    (-218, Busy),
    (-221, Unavailable),
    (-224, Unavailable),
    (-227, Unreachable),
    (-230, Unreachable),
    (-232, Unreachable),
    (-233, Rejected),
    (-234, Busy),
    (-244, Unreachable),
    (-320, Unavailable),
    (-9999, Rejected),
]


@pytest.mark.parametrize(("code", "kind"), CLASSES)
async def test_every_refusal_is_one_of_ours(desk: Desk, code: int, kind: type[DeliveryError]) -> None:
    desk.sim.fault(SEND, error=code)
    with pytest.raises(kind):
        await desk.channel.send(LAN, Outgoing("Việc 12"))
    assert len(desk.sim.calls_of(SEND)) == 1
    await desk.channel.send(LAN, Outgoing("Việc 12"))


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ({"status": 502}, Unavailable),
        ({"drop": "before"}, Unknown),
        ({"drop": "after"}, Unknown),
    ],
)
async def test_a_broken_line_is_one_of_ours(desk: Desk, fault: dict[str, Any], kind: type[DeliveryError]) -> None:
    await desk.channel.send(MINH, Outgoing("trước"))
    desk.sim.fault(SEND, **fault)
    with pytest.raises(kind):
        await desk.channel.send(LAN, Outgoing("Việc 12"))


async def test_who_is_not_there_was_not_sent_to(desk: Desk) -> None:
    await desk.channel.send(MINH, Outgoing("trước"))
    await desk.channel.close()  # else the line that is open may break with the message on it
    desk.sim.down()
    with pytest.raises(Unavailable):
        await desk.channel.send(LAN, Outgoing("Việc 12"))


async def test_half_a_letter_may_have_arrived(desk: Desk) -> None:
    desk.sim.fault(SEND, error=0, times=1)
    desk.sim.fault(SEND, error=-32)
    with pytest.raises(Unknown, match="in part") as failure:
        await desk.channel.send(LAN, Outgoing("dòng\n\n" * 500))
    assert failure.value.taken == 1


async def test_a_lost_upload_is_no_sent_message(desk: Desk) -> None:
    desk.sim.fault("upload", drop="after")
    with pytest.raises(Unavailable):
        await desk.channel.send(LAN, Outgoing("Công văn", files=(PDF,)))
    assert desk.sim.sent == []


async def test_the_proof_is_given_where_zalo_wants_it(desk: Desk) -> None:
    await desk.channel.send(LAN, Outgoing("một"))
    desk.sim.wants_proof = True
    await desk.channel.send(LAN, Outgoing("hai"))
    await desk.channel.send(LAN, Outgoing("ba"))
    assert [one["text"] for one in desk.sim.sent_to(LAN)] == ["một", "hai", "ba"]
    assert len(desk.sim.calls_of(SEND)) == 4


async def test_no_token_is_in_an_error_or_the_log(desk: Desk) -> None:
    with capture_logs() as logged:
        for fault in ({"error": -216, "times": 5}, {"error": -201, "message": "bad"}, {"drop": "after"}):
            desk.sim.fault(SEND, **fault)
            with pytest.raises(DeliveryError) as failure:
                await desk.channel.send(LAN, Outgoing("Việc 12"))
            chain = [failure.value, failure.value.__cause__, failure.value.__context__]
            assert not any("A1-" in str(one) or "R1-" in str(one) for one in chain)
            desk.sim.clear_faults()
        desk.sim.tokens.expire()
        await desk.channel.send(LAN, Outgoing("Việc 12"))
    assert "A1-" not in str(logged)
    assert "R1-" not in str(logged)
    assert "APP-SECRET" not in str(logged)


# -- the window --------------------------------------------------------------------------------------------------------


async def test_the_window_is_seven_days_wide_and_free_for_two(desk: Desk) -> None:
    assert desk.channel.limits.window is not None
    assert desk.channel.limits.window.days == 7
    assert not desk.channel.limits.after_window
    await desk.channel.send(LAN, Outgoing("trong ngày"))
    desk.move(hours=49)
    await desk.channel.send(LAN, Outgoing("ngày thứ ba"))
    assert [one["billed"] for one in desk.sim.sent_to(LAN)] == [False, True]
    desk.move(days=6)
    with pytest.raises(Unreachable, match="-230"):
        await desk.channel.send(LAN, Outgoing("ngày thứ chín"))


async def test_where_it_is_shut_an_approved_template_says_that_a_letter_waits(database_url: str) -> None:
    templates = Template.parse("111: a=text | 254301: noi_dung=text 12, co_quan=agency, ngay=day, trang=link")
    async with at_desk(database_url, templates=templates) as desk:
        desk.sim.templates["254301"] = {"noi_dung", "co_quan", "ngay", "trang"}
        assert desk.channel.limits.after_window
        desk.move(days=8)
        sent = await desk.channel.send(LAN, Outgoing("<b>Việc 12</b>\nđến hạn ngày mai"))
        (message,) = desk.sim.sent_to(LAN)
        assert (message["template"], message["message_id"]) == ("254301", sent.ref)
        assert message["data"] == {
            "noi_dung": "Việc 12 đến ",
            "co_quan": "Sở Nội vụ",
            "ngay": "23/11/2026",
            "trang": "https://nhacviec.vn",
        }
        desk.sim.templates.clear()
        with pytest.raises(Unreachable, match="-230"):
            await desk.channel.send(LAN, Outgoing("Việc 13"))


@pytest.mark.parametrize("text", ["", "254301", "254301:", "x: a=text", "254301: a=name", "254301: a=text, a=day", "|"])
def test_a_template_that_nobody_could_fill_in_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        Template.parse(text)


def test_night_ends_at_six_in_vietnam() -> None:
    assert until_morning(datetime(2026, 11, 23, 16, tzinfo=UTC)) == 7 * 3600
    assert until_morning(datetime(2026, 11, 23, 22, 30, tzinfo=UTC)) == 1800


# -- troubles ----------------------------------------------------------------------------------------------------------


async def test_what_a_person_must_put_right_at_zalo_is_told_to_the_office_once_a_day(desk: Desk) -> None:
    async with desk.store.write() as uow:
        await take_in(uow, ROSTER, desk.clock.now())
        people = {person.name: person.id for person in (await uow.agency()).people.values()}
        office = next(number for name, number in people.items() if name.endswith("Lan"))
        await uow.people.link(office, "web", "lan-web", desk.clock.now())
    desk.sim.fault(SEND, error=-224, times=None)
    for _ in range(3):
        with pytest.raises(Unavailable):
            await desk.channel.send(MINH, Outgoing("Việc 12"))
    async with desk.store.read() as uow:
        letters = await uow.outbox.history("web", "lan-web", 10)
        waiting = await uow.outbox.next("web", desk.clock.now())
    assert letters == []
    assert waiting is not None
    assert "-224" in waiting.outgoing.text
    assert "gói dịch vụ" in waiting.outgoing.text
