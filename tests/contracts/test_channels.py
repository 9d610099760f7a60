"""The contract of a channel: the same for every one of them, each beside a simulator of its vendor."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.channels.registry import BUILDERS
from domain.channel import DeliveryError, Editing, Feature, Hooked, Polling, Unknown
from domain.messages import Button, Draft, Letter, Outgoing, Priority, StoredFile
from locales.speech import Speech
from scheduler.delivery import Delivery
from storage.engine import make_engine
from storage.files import FileStore
from storage.roster import take_in
from storage.unit_of_work import Store
from tests.cast import ROSTER
from tests.contracts.rigs import RIGS, Rig
from tests.world import MONDAY, ZONE, StandingClock

JPEG = b"\xff\xd8\xff\xe0" + bytes(2000)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(500)
KINDS = sorted({kind for rig in Rig.__subclasses__() for kind in rig.faults}, key=lambda kind: kind.__name__)


class Office:
    """Sends letters as the assistant does: with links and numbered lines where a channel needs them."""

    def __init__(self, rig: Rig, store: Store, files: FileStore) -> None:
        self.rig, self.store, self.files = rig, store, files
        self.clock = StandingClock(MONDAY)
        speech = Speech()
        self.delivery = Delivery(store, self.clock, speech, rehearsal=False, file_url=lambda one: f"https://x.vn/{one}")
        self._posted = 0

    async def sends(self, outgoing: Outgoing) -> str:
        return await self.delivery.send(self.rig.channel, await self._letter(outgoing))

    async def _letter(self, outgoing: Outgoing) -> Letter:
        self._posted += 1
        channel, address = self.rig.channel.name, self.rig.address
        async with self.store.write() as uow:
            account = await uow.people.account_at(channel, address)
            assert account is not None
            draft = Draft(outgoing, f"contract:{self._posted}", Priority.ANSWER)
            letter = await uow.outbox.post(draft, channel, address, MONDAY, person_id=account.person_id, under_way=True)
        assert letter is not None
        return letter


@pytest.fixture
async def store(sqlite_template: Path, tmp_path: Path) -> AsyncIterator[Store]:
    path = shutil.copy(sqlite_template, tmp_path / "nhacviec.db")
    made = Store(make_engine(f"sqlite:///{path}"), ZONE)
    yield made
    await made.close()


@pytest.fixture(params=list(RIGS))
async def office(request: pytest.FixtureRequest, store: Store, tmp_path: Path) -> AsyncIterator[Office]:
    files = FileStore(tmp_path / "files")
    async with RIGS[request.param](store, files) as rig:
        async with store.write() as uow:
            await take_in(uow, ROSTER, MONDAY)
            lan = next(one for one in (await uow.agency()).people.values() if one.name.endswith("Lan"))
            await uow.people.link(lan.id, rig.channel.name, rig.address, MONDAY)
        store.limits = {rig.channel.name: rig.channel.limits}
        yield Office(rig, store, files)


def test_every_channel_of_the_registry_is_held_to_it() -> None:
    assert set(RIGS) == set(BUILDERS)


async def test_what_a_person_says_is_kept_and_the_answer_comes_back_to_them(office: Office) -> None:
    rig = office.rig
    await rig.says("xong 12 đã nộp")
    (incoming,) = await rig.keeper.wait()
    assert (incoming.channel, incoming.address, incoming.text) == (rig.channel.name, rig.address, "xong 12 đã nộp")
    assert incoming.event_id
    assert (incoming.action, incoming.unsupported, incoming.left, incoming.in_group) == ("", "", False, False)
    assert await rig.channel.send(incoming.address, Outgoing("Đã ghi nhận"))
    assert [one.text for one in rig.seen()] == ["Đã ghi nhận"]


async def test_two_events_have_two_names(office: Office) -> None:
    await office.rig.says("một")
    await office.rig.says("một")
    first, second = await office.rig.keeper.wait(2)
    assert first.event_id != second.event_id


async def test_nobody_sees_markup(office: Office) -> None:
    await office.rig.channel.send(
        office.rig.address, Outgoing("<b>Việc 12</b>: &lt;gấp&gt; <i>và</i> <code>a &amp; b</code>")
    )
    assert office.rig.seen()[0].text == "Việc 12: <gấp> và a & b"


async def test_a_long_letter_arrives_whole_and_in_order(office: Office) -> None:
    paragraphs = [f"{n}. Việc số {n}: " + "nội dung " * 40 for n in range(30)]
    await office.rig.channel.send(office.rig.address, Outgoing("\n\n".join(paragraphs)))
    seen, most = office.rig.seen(), office.rig.channel.limits.max_text
    assert "".join("".join(one.text for one in seen).split()) == "".join("".join(paragraphs).split())
    assert most is None or all(len(one.text) <= most for one in seen)
    assert len(seen) > 1 or most is None


@pytest.mark.parametrize("count", [1, 5, 7])
async def test_what_can_be_chosen_is_a_button_or_a_numbered_line(office: Office, count: int) -> None:
    labels = [f"Lựa chọn {chr(ord('A') + n)}" for n in range(count)]
    rows = tuple((Button(label, f"viec {n}"),) for n, label in enumerate(labels, 1))
    await office.sends(Outgoing("Đồng chí chọn", rows))
    (seen,) = office.rig.seen()
    if not office.rig.channel.limits.shows(rows):
        assert seen.labels == ()
        lines = seen.text.splitlines()
        assert [n for n, label in enumerate(labels, 1) if any(label in line and str(n) in line for line in lines)] == [
            *range(1, count + 1)
        ]
        return
    assert list(seen.labels) == labels
    await office.rig.presses(labels[-1])
    (incoming,) = await office.rig.keeper.wait()
    assert incoming.action == f"viec {count}"


@pytest.mark.parametrize(
    ("name", "mime", "content"),
    [("bieu-do.png", "image/png", PNG), ("bang.xlsx", "application/vnd.ms-excel", b"PK" + bytes(100))],
)
async def test_a_file_is_carried_or_linked(office: Office, name: str, mime: str, content: bytes) -> None:
    file = await office.files.save(content, name, mime)
    await office.sends(Outgoing("Gửi đồng chí", files=(file,)))
    seen = office.rig.seen()
    assert "Gửi đồng chí" in seen[0].text
    has_link = "https://x.vn/" in seen[0].text
    assert any(one.has_file for one in seen) != has_link
    assert has_link or Feature.FILES_OUT in office.rig.channel.features


async def test_a_photo_that_somebody_sends_can_be_fetched(office: Office) -> None:
    await office.rig.sends_file(JPEG)
    (incoming,) = await office.rig.keeper.wait()
    (file,) = incoming.files
    assert await office.rig.channel.fetch(file) == JPEG
    assert not [one for one in office.rig.secrets if one in file.ref]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
async def test_each_failure_is_exactly_one_of_ours_and_the_next_letter_goes(
    office: Office, kind: type[DeliveryError]
) -> None:
    rig = office.rig
    if kind not in rig.faults:
        pytest.skip("this vendor has no such failure")
    await rig.channel.send(rig.address, Outgoing("trước"))
    rig.order(kind)
    with pytest.raises(DeliveryError) as failure:
        await rig.channel.send(rig.address, Outgoing("giữa"))
    assert [one for one in KINDS if isinstance(failure.value, one)] == [kind]
    chain = [failure.value, failure.value.__cause__, failure.value.__context__]
    assert not [one for one in rig.secrets if any(one in str(link) for link in chain)]
    await rig.channel.send(rig.address, Outgoing("sau"))
    assert rig.seen()[-1].text == "sau"
    assert len(rig.seen()) == 2 + (kind is Unknown)


async def test_a_vendors_event_that_nobody_knows_is_answered_200_and_nothing_else(office: Office) -> None:
    if not isinstance(office.rig.channel, Hooked):
        pytest.skip("nobody posts to it")
    assert await office.rig.posts(*office.rig.unknown_event()) == 200
    assert office.rig.keeper.kept == []


@pytest.mark.parametrize("shown", [None, "", "x" * 64, "mac=", "é"])
async def test_who_shows_not_who_he_is_is_turned_away_and_nothing_is_done(office: Office, shown: str | None) -> None:
    if not isinstance(office.rig.channel, Hooked):
        pytest.skip("nobody posts to it")
    body, _ = office.rig.unknown_event()
    assert await office.rig.posts(body, shown) in (401, 403)
    assert office.rig.keeper.kept == []


async def test_what_could_not_be_kept_is_not_confirmed(office: Office) -> None:
    if not isinstance(office.rig.channel, Hooked):
        pytest.skip("nobody posts to it")
    office.rig.keeper.problems = [OSError("disk full")]
    await office.rig.says("xong 12")
    if office.rig.channel.name == "zalo_bot":
        return  # whether Zalo posts again is not known: it is not said to
    (incoming,) = await office.rig.keeper.wait()
    assert incoming.text == "xong 12"


async def test_what_it_says_of_itself_is_true(office: Office) -> None:
    channel = office.rig.channel
    assert (Feature.EDIT in channel.features) == isinstance(channel, Editing)
    assert Feature.PROACTIVE in channel.features
    assert not channel.is_group(office.rig.address)
    assert channel.limits.shows(()) is True
    assert (Feature.BUTTONS in channel.features) == channel.limits.shows(((Button("a", "a"),),))
    if isinstance(channel, Polling):
        assert channel.polls != (isinstance(channel, Hooked) and channel.hook is not None)


async def test_nothing_to_send_is_a_mistake_of_ours(office: Office) -> None:
    if office.rig.channel.name == "web":
        pytest.skip("a page can show an empty letter")
    with pytest.raises(DeliveryError):
        await office.rig.channel.send(office.rig.address, Outgoing(" "))
    assert office.rig.seen() == []


async def test_a_stored_file_that_is_gone_stops_only_its_letter(office: Office) -> None:
    if not isinstance(office.rig.channel, Hooked) or Feature.FILES_OUT not in office.rig.channel.features:
        pytest.skip("it sends no bytes of ours")
    gone = StoredFile("0" * 64, "mat.pdf", "application/pdf", 10)
    with pytest.raises(DeliveryError):
        await office.rig.channel.send(office.rig.address, Outgoing("Tệp", files=(gone,)))
    await office.rig.channel.send(office.rig.address, Outgoing("sau"))
    assert [one.text for one in office.rig.seen()] == ["sau"]
