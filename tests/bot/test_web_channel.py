"""The web channel: what is said is one event, what is sent is seen at once and after every reload."""

import pytest

from bot.channels.web import MOST_FILE_BYTES, Entry, WebChannel, missing
from bot.web.safe_html import pressed, safe_html
from domain.channel import Feature, Rejected, SentRef, Unavailable
from domain.messages import Button, FileRef, Incoming, Outgoing, StoredFile
from storage.files import FileStore
from tests.bot.web_site import kept, listening, posted, site_of
from tests.world import World


@pytest.fixture
def channel(tmp_path_factory: pytest.TempPathFactory) -> WebChannel:
    return WebChannel(FileStore(tmp_path_factory.mktemp("web")))


async def _heard(channel: WebChannel) -> list[Incoming]:
    heard: list[Incoming] = []

    async def receive(incoming: list[Incoming]) -> None:
        heard.extend(incoming)

    await channel.start(receive)
    return heard


def test_web_carries_buttons_and_files_and_speaks_first(channel: WebChannel) -> None:
    assert Feature.BUTTONS | Feature.FILES_IN | Feature.FILES_OUT | Feature.PROACTIVE in channel.features
    assert channel.limits.max_file_in == MOST_FILE_BYTES
    assert not channel.is_group("anything")


async def test_open_pages_see_a_letter_at_once_and_others_do_not(channel: WebChannel) -> None:
    mine: list[Entry] = []
    others: list[Entry] = []
    channel.subscribe("a", mine.append)
    channel.subscribe("b", others.append)
    ref = await channel.send("a", Outgoing("<b>Nhắc</b>", ((Button("Xong", "xong 1"),),)))
    assert [entry.text for entry in mine] == ["<b>Nhắc</b>"]
    assert mine[0].buttons[0][0].says == "xong 1"
    assert others == []
    assert ref.ref


async def test_page_that_has_gone_is_told_nothing(channel: WebChannel) -> None:
    seen: list[Entry] = []
    unsubscribe = channel.subscribe("a", seen.append)
    unsubscribe()
    unsubscribe()
    await channel.send("a", Outgoing("x"))
    assert seen == []


async def test_broken_page_holds_up_neither_sender_nor_other_pages(channel: WebChannel) -> None:
    seen: list[Entry] = []

    def broken(_entry: Entry) -> None:
        raise RuntimeError

    channel.subscribe("a", broken)
    channel.subscribe("a", seen.append)
    await channel.send("a", Outgoing("x"))
    assert len(seen) == 1


async def test_two_tabs_both_see_what_one_of_them_says(channel: WebChannel) -> None:
    await _heard(channel)
    one: list[Entry] = []
    two: list[Entry] = []
    channel.subscribe("a", one.append)
    channel.subscribe("a", two.append)
    await channel.say("a", "xong 1 <báo cáo>", event_id="e1")
    assert one == two
    assert one[0].mine
    assert one[0].text == "xong 1 &lt;báo cáo&gt;"


async def test_pressed_button_says_its_words_and_shows_its_label(channel: WebChannel) -> None:
    heard = await _heard(channel)
    await channel.say("a", action="viec", label="Việc của tôi")
    assert (heard[0].action, heard[0].text, heard[0].channel, heard[0].address) == ("viec", "Việc của tôi", "web", "a")


async def test_each_saying_has_its_own_event_unless_the_page_repeats_one(channel: WebChannel) -> None:
    heard = await _heard(channel)
    await channel.say("a", "x")
    await channel.say("a", "x")
    await channel.say("a", "y", event_id="same")
    await channel.say("a", "y", event_id="same")
    assert heard[0].event_id != heard[1].event_id
    assert heard[2].event_id == heard[3].event_id == "same"


async def test_what_could_not_be_kept_is_not_shown_and_the_page_hears_why(channel: WebChannel) -> None:
    seen: list[Entry] = []

    async def full(_incoming: list[Incoming]) -> None:
        raise OSError(28, "no space left")

    await channel.start(full)
    channel.subscribe("a", seen.append)
    with pytest.raises(OSError, match="no space"):
        await channel.say("a", "x")
    assert seen == []


async def test_stopped_channel_takes_nothing(channel: WebChannel) -> None:
    await _heard(channel)
    await channel.stop()
    with pytest.raises(Unavailable):
        await channel.say("a", "x")


async def test_upload_is_kept_said_and_fetched(channel: WebChannel) -> None:
    heard = await _heard(channel)
    stored = await channel.keep(b"content", "Quyết định.pdf", "application/pdf")
    await channel.say("a", "xong 1", files=[stored])
    (ref,) = heard[0].files
    assert (ref.name, ref.mime, ref.size) == ("Quyết định.pdf", "application/pdf", 7)
    assert await channel.fetch(ref) == b"content"


async def test_upload_that_is_too_big_is_refused(channel: WebChannel) -> None:
    with pytest.raises(Rejected):
        await channel.keep(b"x" * (MOST_FILE_BYTES + 1), "big", "application/zip")


async def test_file_that_is_gone_can_never_be_had(channel: WebChannel) -> None:
    with pytest.raises(Rejected):
        await channel.fetch(FileRef("0" * 64, "x", "text/plain"))


# -- the mailbox -------------------------------------------------------------------------------------------------------


async def test_history_holds_both_sides_in_the_order_of_time(world: World) -> None:
    channel = await listening(world, site_of(world))
    await channel.say("a", "một", event_id="e1")
    world.clock.move(seconds=1)
    await posted(world, "a", "hai", "d1")
    world.clock.move(seconds=1)
    await channel.say("a", "ba", event_id="e2")
    await posted(world, "b", "elsewhere", "d2")
    entries = await channel.history(world.store, "a", 10)
    assert [(entry.text, entry.mine) for entry in entries] == [("một", True), ("hai", False), ("ba", True)]
    assert [entry.text for entry in await channel.history(world.store, "a", 2)] == ["hai", "ba"]


async def test_answer_of_the_same_instant_comes_after_what_it_answers(world: World) -> None:
    channel = await listening(world, site_of(world))
    for number in range(3):
        await channel.say("a", f"hỏi {number}", event_id=f"e{number}")
        await posted(world, "a", f"đáp {number}", f"d{number}")
        world.clock.move(seconds=1)
    texts = [entry.text for entry in await channel.history(world.store, "a", 10)]
    assert texts == ["hỏi 0", "đáp 0", "hỏi 1", "đáp 1", "hỏi 2", "đáp 2"]


async def test_letter_on_its_way_is_seen_by_a_page_that_opens_just_then(world: World) -> None:
    channel = await listening(world, site_of(world))
    sent = await channel.send("a", Outgoing("just now"))
    assert [entry.text for entry in await channel.history(world.store, "a", 10)] == ["just now"]
    await posted(world, "a", "just now", "d1", sent.ref)
    assert [entry.text for entry in await channel.history(world.store, "a", 10)] == ["just now"]


async def test_file_belongs_to_the_conversation_that_holds_it(world: World) -> None:
    channel = await listening(world, site_of(world))
    file = StoredFile("f" * 64, "a.pdf", "application/pdf", 3)
    await channel.say("a", "", files=[file], event_id="e1")
    assert await channel.file(world.store, "a", "f" * 64) == file
    assert await channel.file(world.store, "b", "f" * 64) is None


async def test_nothing_is_seen_of_somebody_who_left(world: World) -> None:
    channel = await listening(world, site_of(world))
    await kept(world, [Incoming("web", "gone", "a", left=True)])
    assert await channel.history(world.store, "a", 10) == []


def test_what_came_while_a_page_read_its_history_is_shown_once() -> None:
    history = [Entry("one", ref="r1"), Entry("mine", mine=True, key="e1")]
    live = [Entry("mine", mine=True, key="e1"), Entry("<b>REHEARSAL</b>\none", ref="r1"), Entry("two", ref="r2")]
    assert missing(history, [*live, Entry("other", ref="r0", edited=True)]) == [Entry("two", ref="r2")]


# -- what a page shows -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<b>x</b>\n<i>y</i>", "<b>x</b>\n<i>y</i>"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ('<img src=x onerror="a()">', '&lt;img src=x onerror="a()"&gt;'),
        ('<a href="javascript:alert(1)">x</a>', "<a>x</a>"),
        ('<a href=" JaVaScRiPt:alert(1)">x</a>', "<a>x</a>"),
        ('<a href="data:text/html,x">x</a>', "<a>x</a>"),
        ("<b>open", "<b>open</b>"),
        ("a &lt; b &amp; c", "a &lt; b &amp; c"),
    ],
)
def test_page_shows_four_tags_and_no_script(text: str, shown: str) -> None:
    assert safe_html(text) == shown


def test_link_to_the_web_opens_elsewhere_and_tells_nothing() -> None:
    link = safe_html('<a href="https://dichvucong.gov.vn/?a=1&amp;b=2">x</a>')
    assert link == ('<a href="https://dichvucong.gov.vn/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer">x</a>')


def test_press_marks_the_nearest_letter_above_that_has_the_button() -> None:
    keys = ((Button("Xong", "xong 1"), Button("Xem", "viec 1")),)
    entries = [Entry("a", buttons=keys), Entry("b", buttons=keys), Entry("Xong", mine=True, says="xong 1")]
    assert pressed(entries) == [frozenset(), frozenset({"xong 1"}), frozenset()]


async def test_what_is_said_is_seen_before_its_answer(world: World) -> None:
    channel = WebChannel(world.files)
    world.senders.by_channel["web"].channel = channel
    async with world.store.write() as uow:
        await uow.people.link(world.people["Dung"].id, "web", "a", world.clock.now())
    await channel.start(world.reception.receive)
    seen: list[Entry] = []
    channel.subscribe("a", seen.append)
    await channel.say("a", "hôm nay")
    await world.settle()
    assert [entry.mine for entry in seen] == [True, False]


async def test_open_pages_see_the_new_words_of_a_letter_and_so_does_a_page_that_is_loaded_now(world: World) -> None:
    site = site_of(world)
    seen: list[Entry] = []
    await posted(world, "a", "0/10", "d1")
    [letter] = await site.channel.history(site.store, "a", 9)
    site.channel.subscribe("a", seen.append)
    assert await site.channel.edit("a", SentRef(letter.ref), Outgoing("5/10")) == SentRef(letter.ref)
    assert [(entry.text, entry.ref, entry.edited) for entry in seen] == [("5/10", letter.ref, True)]
    # it has not been written down yet
    assert [entry.text for entry in await site.channel.history(site.store, "a", 9)] == ["5/10"]
