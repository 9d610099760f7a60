"""A file that a chat cannot carry: its letter has a one-time link instead, or says who has the file."""

import re

import pytest

from domain.channel import Feature, Limits
from domain.messages import Draft, Outgoing, StoredFile
from scheduler.delivery import FileUrl, nowhere
from scheduler.sender import Sender
from storage.file_links import FileLink
from tests.world import FakeChannel, World, plain

SMALL, LARGE = 10, 100


class Narrow(FakeChannel):
    """A channel that carries no file."""

    features = Feature.BUTTONS | Feature.PROACTIVE


def url(secret: str) -> str:
    return f"https://nhacviec.example.gov.vn/tep-mot-lan/{secret}"


async def sent(
    world: World, channel: FakeChannel, *sizes: int, file_url: FileUrl = url, answer: bool = False
) -> Outgoing:
    """What leaves of a letter with files of these sizes."""
    sender = Sender(channel, world.store, world.clock, world.speech, steady=world.clock.steady, file_url=file_url)
    world.senders.by_channel["telegram"] = sender
    files = tuple([await world.files.save(bytes([n]) * size, f"{n} &.pdf", "") for n, size in enumerate(sizes)])
    person_id = None if answer else world.people["Dung"].id
    async with world.store.write() as uow:
        draft = Draft(Outgoing("Kính gửi", files=files), "test")
        await uow.outbox.post(draft, "telegram", world.address("Dung"), world.clock.now(), person_id=person_id)
    await sender.step()
    [(_, outgoing)] = channel.sent
    return outgoing


async def linked(world: World, outgoing: Outgoing) -> list[FileLink]:
    """The links in a text, as they are kept."""
    async with world.store.read() as uow:
        found = [await uow.file_links.find(secret) for secret in re.findall(r"tep-mot-lan/([\w-]+)", outgoing.text)]
    assert None not in found
    return [one for one in found if one]


@pytest.mark.parametrize("answer", [False, True])
async def test_a_channel_without_files_gets_a_link_for_each(world: World, answer: bool) -> None:
    outgoing = await sent(world, Narrow("telegram"), SMALL, SMALL, answer=answer)
    assert outgoing.files == ()
    first, second = await linked(world, outgoing)
    assert (first.file.name, second.file.name) == ("0 &.pdf", "1 &.pdf")
    assert first.person_id == world.people["Dung"].id
    assert "0 &.pdf" in plain(outgoing.text)


async def test_only_what_is_too_large_is_left_out(world: World) -> None:
    channel = FakeChannel("telegram", Limits(max_file_out=LARGE - 1))
    outgoing = await sent(world, channel, SMALL, LARGE)
    assert [file.size for file in outgoing.files] == [SMALL]
    [link] = await linked(world, outgoing)
    assert link.file.size == LARGE


async def test_without_an_address_that_people_can_reach_the_office_has_the_file(world: World) -> None:
    outgoing = await sent(world, Narrow("telegram"), SMALL, file_url=nowhere)
    assert (outgoing.files, "Văn phòng" in outgoing.text) == ((), True)
    assert "href" not in outgoing.text


async def test_a_stranger_gets_no_link(world: World) -> None:
    async with world.store.write() as uow:
        [account] = await uow.people.accounts(world.people["Dung"].id)
        await uow.people.unlink(account.id)
    outgoing = await sent(world, Narrow("telegram"), SMALL, answer=True)
    assert "href" not in outgoing.text
    assert outgoing.files == ()


async def test_a_channel_that_carries_everything_is_given_everything(world: World) -> None:
    outgoing = await sent(world, FakeChannel("telegram"), SMALL, LARGE)
    assert [file.size for file in outgoing.files] == [SMALL, LARGE]
    assert outgoing.text == "Kính gửi"


async def test_the_letter_itself_keeps_its_files_and_no_secret(world: World) -> None:
    outgoing = await sent(world, Narrow("telegram"), SMALL)
    [_, secret] = [outgoing, re.findall(r"tep-mot-lan/([\w-]+)", outgoing.text)[0]]
    async with world.store.read() as uow:
        [(_, _, kept, _)] = await uow.outbox.history("telegram", world.address("Dung"), 9)
    assert isinstance(kept.files[0], StoredFile)
    assert secret not in kept.text
