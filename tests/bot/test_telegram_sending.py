"""The Telegram channel sends: messages and files arrive as they were meant, whole or known to be broken off."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.channels.telegram import TelegramChannel
from domain.channel import DeliveryError, Rejected, SentRef, Unavailable, Unknown, Unreachable
from domain.messages import Button, FileRef, Outgoing, StoredFile
from tests.bot.telegram_desk import LAN, MINH, Keeper, Rests, channel_at, listening, telegram
from tests.simulators.telegram import TelegramSimulator

PNG = "\x89PNG\r\n\x1a\n" + "x" * 64
BUTTONS = ((Button("Đã nhận", "/nhan 12"), Button("Vướng mắc", "/vuong 12")),)
HELLO = Outgoing("Kính gửi <b>đồng chí</b>")


def document(key: str = "nội dung", name: str = "Báo cáo.docx") -> StoredFile:
    content = key.encode("latin-1", "replace")
    return StoredFile(content.decode("latin-1"), name, "application/vnd.openxmlformats", len(content))


def photo(key: str = PNG, size: int = 72) -> StoredFile:
    return StoredFile(key, "ảnh.png", "image/png", size)


@pytest.fixture
async def sim() -> AsyncIterator[TelegramSimulator]:
    async with telegram() as simulator:
        yield simulator


@pytest.fixture
def rests() -> Rests:
    return Rests()


@pytest.fixture
async def channel(sim: TelegramSimulator, rests: Rests) -> AsyncIterator[TelegramChannel]:
    channel = channel_at(sim, rests)
    yield channel
    await channel.stop()
    await channel.close()


def kinds(sim: TelegramSimulator) -> list[tuple[str, str]]:
    return [(each["kind"], each["text"]) for each in sim.sent()]


async def test_a_message_arrives_with_its_markup_and_buttons(sim: TelegramSimulator, channel: TelegramChannel) -> None:
    ref = await channel.send(str(LAN), Outgoing("Việc <b>12</b> &lt;quý III&gt;", BUTTONS))
    [sent] = sim.sent(LAN)
    assert (str(sent["message_id"]), sent["text"]) == (ref.ref, "Việc 12 <quý III>")
    assert [entity["type"] for entity in sent["entities"]] == ["bold"]
    keys = [[(key["text"], key["callback_data"]) for key in row] for row in sent["keyboard"]["inline_keyboard"]]
    assert keys == [[("Đã nhận", "/nhan 12"), ("Vướng mắc", "/vuong 12")]]
    assert '"is_disabled": true' in sim.calls("sendMessage")[0]["params"]["link_preview_options"]


async def test_broken_markup_is_repaired_before_it_leaves(sim: TelegramSimulator, channel: TelegramChannel) -> None:
    await channel.send(str(LAN), Outgoing("a < b <u>c</u> <b>d"))
    assert [each["text"] for each in sim.sent()] == ["a < b <u>c</u> d"]
    assert len(sim.calls("sendMessage")) == 1


async def test_refused_markup_is_sent_once_more_as_plain_text(sim: TelegramSimulator, channel: TelegramChannel) -> None:
    sim.fault("sendMessage", code=400, description="Bad Request: can't parse entities: Unsupported start tag")
    with capture_logs() as logs:
        await channel.send(str(LAN), Outgoing('Xem <a href="https://x.vn">văn <b>bản</b></a>', BUTTONS))
    [sent] = sim.sent()
    assert (sent["text"], sent["html"], bool(sent["keyboard"])) == ("Xem văn bản (https://x.vn)", None, True)
    assert [line["event"] for line in logs] == ["telegram_message_simplified"]


async def test_markup_refused_twice_is_rejected(sim: TelegramSimulator, channel: TelegramChannel) -> None:
    sim.fault("sendMessage", code=400, description="Bad Request: can't parse entities: x", times=2)
    with pytest.raises(Rejected):
        await channel.send(str(LAN), HELLO)


async def test_a_long_text_is_split_and_paced(sim: TelegramSimulator, channel: TelegramChannel, rests: Rests) -> None:
    paragraphs = [f"<b>{number}</b> " + "việc " * 300 for number in range(6)]
    ref = await channel.send(str(LAN), Outgoing("\n\n".join(paragraphs), BUTTONS))
    sent = sim.sent()
    assert len(sent) == 3
    assert [bool(each["keyboard"]) for each in sent] == [False, False, True]
    assert ref.ref == str(sent[-1]["message_id"])
    assert " ".join(" ".join(each["text"] for each in sent).split()).count("việc") == 1800
    assert rests.seconds == [1.1, 1.1]


async def test_one_file_carries_a_short_text_as_its_caption(sim: TelegramSimulator, channel: TelegramChannel) -> None:
    await channel.send(str(LAN), Outgoing("<b>Báo cáo</b>", BUTTONS, (document("x", "Báo cáo quý III.docx"),)))
    [sent] = sim.sent()
    assert (sent["kind"], sent["text"], sent["document"]["name"]) == ("document", "Báo cáo", "Báo cáo quý III.docx")
    assert sent["document"]["bytes"] == b"x"
    assert sent["keyboard"]


async def test_a_longer_text_or_several_files_follow_the_text(sim: TelegramSimulator, channel: TelegramChannel) -> None:
    await channel.send(str(LAN), Outgoing("v" * 1025, BUTTONS, (document("x"),)))
    await channel.send(str(LAN), Outgoing("hai tệp", files=(document("x"), photo())))
    await channel.send(str(LAN), Outgoing("", BUTTONS, (document("x"), document("y"))))
    assert kinds(sim) == [
        ("text", "v" * 1025), ("document", ""),
        ("text", "hai tệp"), ("document", ""), ("photo", ""),
        ("document", ""), ("document", ""),
    ]  # fmt: skip
    assert [number for number, sent in enumerate(sim.sent()) if sent["keyboard"]] == [0, 6]


async def test_a_picture_goes_as_a_photo_unless_it_cannot_be_one(
    sim: TelegramSimulator, channel: TelegramChannel
) -> None:
    await channel.send(str(LAN), Outgoing("", files=(photo(),)))
    await channel.send(str(LAN), Outgoing("", files=(photo(size=10_000_001),)))
    await channel.send(str(LAN), Outgoing("sơ đồ", files=(photo("no picture"),)))
    assert kinds(sim) == [("photo", ""), ("document", ""), ("document", "sơ đồ")]


@pytest.mark.parametrize(
    ("outgoing", "error"),
    [
        (Outgoing(""), Rejected),
        (Outgoing(" <b> </b>\n"), Rejected),
        (Outgoing("x", files=(StoredFile("k", "n", "application/pdf", 50_000_001),)), Rejected),
        (Outgoing("x" * 1025, files=(document("lost"),)), Rejected),
        (Outgoing("x" * 1025, files=(document("damaged"),)), Rejected),
        (Outgoing("x" * 1025, files=(document("locked"),)), Unavailable),
    ],
)
async def test_what_cannot_be_sent_sends_nothing(
    sim: TelegramSimulator, channel: TelegramChannel, outgoing: Outgoing, error: type[DeliveryError]
) -> None:
    with pytest.raises(error):
        await channel.send(str(LAN), outgoing)
    assert sim.calls() == []


LONG = Outgoing("x" * 5000)


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ({"code": 502}, Unknown),
        ({"code": 400, "description": "Bad Request: x"}, Unknown),
        ({"code": 429, "retry_after": 60}, Unknown),
        ({"drop": "after"}, Unknown),
        ({"code": 403}, Unreachable),
    ],
)
async def test_a_message_that_breaks_off_may_have_arrived(
    sim: TelegramSimulator, channel: TelegramChannel, fault: dict[str, Any], error: type[DeliveryError]
) -> None:
    sim.fault("sendMessage")
    sim.fault("sendMessage", **fault)
    with pytest.raises(DeliveryError) as caught:
        await channel.send(str(LAN), LONG)
    assert caught.type is error


async def test_a_short_wait_between_parts_is_waited(
    sim: TelegramSimulator, channel: TelegramChannel, rests: Rests
) -> None:
    sim.fault("sendMessage")
    sim.fault("sendMessage", code=429, retry_after=3)
    await channel.send(str(LAN), LONG)
    assert len(sim.sent()) == 2
    assert rests.seconds == [1.1, 3.0]


# -- a file that Telegram has already ----------------------------------------------------------------------------------


async def test_a_file_is_uploaded_once_however_many_get_it(sim: TelegramSimulator, channel: TelegramChannel) -> None:
    for words in ("Kính gửi", "Gửi tiếp"):
        for address in (LAN, MINH):
            await channel.send(str(address), Outgoing(words, files=(document("x"),)))
    assert [call["files"] for call in sim.calls("sendDocument")] == [["Báo cáo.docx"], [], [], []]
    assert [each["document"]["bytes"] for each in sim.sent()] == [b"x"] * 4
    await channel.send(str(LAN), Outgoing("", files=(document("x", "Tên khác.docx"),)))
    await channel.send(str(LAN), Outgoing("", files=(document("y"),)))
    assert [call["files"] for call in sim.calls("sendDocument")][4:] == [["Tên khác.docx"], ["Báo cáo.docx"]]


async def test_a_photo_goes_out_again_as_the_photo_it_was(sim: TelegramSimulator, channel: TelegramChannel) -> None:
    for address in (LAN, MINH):
        await channel.send(str(address), Outgoing("", files=(photo(),)))
    assert [call["files"] for call in sim.calls("sendPhoto")] == [["ảnh.png"], []]
    await channel.send(str(LAN), Outgoing("", files=(photo(size=10_000_001),)))
    assert [call["files"] for call in sim.calls("sendDocument")] == [["ảnh.png"]]


async def test_a_file_that_telegram_has_forgotten_is_uploaded_again(
    sim: TelegramSimulator, channel: TelegramChannel
) -> None:
    await channel.send(str(LAN), Outgoing("", files=(document("x"),)))
    sim.world.files.clear()
    await channel.send(str(MINH), Outgoing("", files=(document("x"),)))
    await channel.send(str(LAN), Outgoing("", files=(document("x"),)))
    assert [call["files"] for call in sim.calls("sendDocument")] == [["Báo cáo.docx"], [], ["Báo cáo.docx"], []]
    assert [each["document"]["bytes"] for each in sim.sent()] == [b"x"] * 3


async def test_refused_words_of_a_known_file_are_simplified_all_the_same(
    sim: TelegramSimulator, channel: TelegramChannel
) -> None:
    await channel.send(str(LAN), Outgoing("<b>một</b>", files=(document("x"),)))
    sim.fault("sendDocument", code=400, description="Bad Request: can't parse entities: x", times=2)
    await channel.send(str(LAN), Outgoing("<b>hai</b>", files=(document("x"),)))
    assert [(each["text"], each["html"]) for each in sim.sent()] == [("một", "<b>một</b>"), ("hai", None)]


async def test_a_file_that_somebody_sent_is_fetched(sim: TelegramSimulator) -> None:
    keeper = Keeper()
    async with listening(sim, keeper) as channel:
        sim.send_document(LAN, "Giao việc.pdf", b"%PDF", "giao việc")
        sim.send_photo(LAN, b"\xff\xd8\xff")
        letter, picture = await keeper.wait(2)
        assert [(file.name, file.mime, file.size) for file in letter.files] == [("Giao việc.pdf", "application/pdf", 4)]
        assert await channel.fetch(letter.files[0]) == b"%PDF"
        assert await channel.fetch(picture.files[0]) == b"\xff\xd8\xff"


async def test_a_file_over_20_mb_is_refused(sim: TelegramSimulator, channel: TelegramChannel) -> None:
    huge = sim.world.keep_file("document", "a.pdf", None, size=21 << 20)
    with pytest.raises(Rejected):
        await channel.fetch(FileRef(huge.file_id, "a.pdf", "application/pdf", huge.size))
    assert sim.calls() == []
    with pytest.raises(Rejected):
        await channel.fetch(FileRef(huge.file_id, "a.pdf", "application/pdf"))


async def test_a_message_is_changed_with_its_markup_and_buttons(
    sim: TelegramSimulator, channel: TelegramChannel
) -> None:
    ref = await channel.send(str(LAN), Outgoing("đã gửi <b>1</b>", BUTTONS))
    assert await channel.edit(str(LAN), ref, Outgoing("đã gửi <b>2</b>")) == ref
    [sent] = sim.sent(LAN)
    assert (sent["text"], sent["html"], sent["keyboard"], sent["edits"]) == ("đã gửi 2", "đã gửi <b>2</b>", None, 1)
    assert '"is_disabled": true' in sim.calls("editMessageText")[0]["params"]["link_preview_options"]


async def test_a_message_that_says_so_already_counts_as_changed(
    sim: TelegramSimulator, channel: TelegramChannel
) -> None:
    ref = await channel.send(str(LAN), Outgoing("đã gửi 1", BUTTONS))
    assert await channel.edit(str(LAN), ref, Outgoing("đã gửi 1", BUTTONS)) == ref
    assert sim.sent(LAN)[0]["edits"] == 0


async def test_refused_markup_is_changed_to_plain_text(sim: TelegramSimulator, channel: TelegramChannel) -> None:
    ref = await channel.send(str(LAN), Outgoing("một"))
    sim.fault("editMessageText", code=400, description="Bad Request: can't parse entities: Unsupported start tag")
    await channel.edit(str(LAN), ref, Outgoing("<b>hai</b>"))
    assert (sim.sent(LAN)[0]["text"], sim.sent(LAN)[0]["html"]) == ("hai", None)


async def test_what_is_gone_or_more_than_one_text_cannot_be_changed(
    sim: TelegramSimulator, channel: TelegramChannel
) -> None:
    ref = await channel.send(str(LAN), HELLO)
    for there, outgoing in (
        (SentRef("99"), HELLO),
        (ref, Outgoing("x", files=(document(),))),
        (ref, Outgoing("x " * 3000)),
    ):
        with pytest.raises(Rejected):
            await channel.edit(str(LAN), there, outgoing)
    sim.fault("editMessageText", code=400, description="Bad Request: message can't be edited")
    with pytest.raises(Rejected):
        await channel.edit(str(LAN), ref, Outgoing("y"))
