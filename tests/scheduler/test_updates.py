"""Updates: other words in a message that is there already, never a second message where one can be changed."""

from itertools import count

import pytest
from sqlalchemy import select

from domain.channel import DeliveryError, Feature, Rejected, SentRef, Unavailable, Unknown
from domain.messages import Draft, Letter, Outgoing
from scheduler.sender import Sender
from storage.codecs import table
from storage.models import LetterRow
from tests.world import FakeChannel, World

letters = table(LetterRow)
_numbers = count(1)


class Slate(FakeChannel):
    """A channel that can change its messages; `slips` are raised first, one for each change."""

    features = FakeChannel.features | Feature.EDIT

    def __init__(self) -> None:
        super().__init__("telegram")
        self.edits: list[tuple[str, str, str]] = []
        self.slips: list[DeliveryError] = []

    async def edit(self, address: str, sent: SentRef, outgoing: Outgoing) -> SentRef:
        if self.slips:
            raise self.slips.pop(0)
        self.edits.append((address, sent.ref, outgoing.text))
        return sent


@pytest.fixture
def slate(world: World) -> Slate:
    made = Slate()
    world.senders.by_channel["telegram"] = sender_of(world, made)
    return made


def sender_of(world: World, channel: FakeChannel) -> Sender:
    return Sender(channel, world.store, world.clock, world.speech, steady=world.clock.steady)


async def post(
    world: World, text: str, replaces: Letter | None = None, *, who: str = "Lan", edit_only: bool = False
) -> Letter:
    draft = Draft(
        Outgoing(text),
        dedupe=f"test:{next(_numbers)}",
        about="progress",
        replaces=replaces.id if replaces else None,
        edit_only=edit_only,
    )
    async with world.store.write() as uow:
        posted = await uow.outbox.post(draft, "telegram", world.address(who), world.clock.now())
    assert posted is not None
    return posted


async def sent(world: World) -> None:
    """Everything that waits leaves, each in its second."""
    for _ in range(3):
        world.clock.move(seconds=2)
        await world.senders.by_channel["telegram"].step()


async def kept(world: World) -> list[tuple[str, str, str]]:
    async with world.store.read() as uow:
        rows = await uow.connection.execute(select(letters).order_by(letters.c.id))
        return [(row.text, row.state, row.sent_ref) for row in rows]


def texts(channel: FakeChannel) -> list[str]:
    return [outgoing.text for _, outgoing in channel.sent]


async def test_an_update_changes_the_message_and_the_letter_that_it_replaces(world: World, slate: Slate) -> None:
    first = await post(world, "0/10")
    await sent(world)
    await post(world, "5/10", first, edit_only=True)
    await sent(world)
    await post(world, "10/10", first)
    await sent(world)
    assert texts(slate) == ["0/10"]
    assert slate.edits == [(world.address("Lan"), "1", "5/10"), (world.address("Lan"), "1", "10/10")]
    assert await kept(world) == [("10/10", "sent", "1"), ("5/10", "merged", ""), ("10/10", "merged", "")]


async def test_the_history_shows_the_words_that_the_message_has_now(world: World, slate: Slate) -> None:
    first = await post(world, "0/10")
    await sent(world)
    await post(world, "5/10", first)
    await sent(world)
    async with world.store.read() as uow:
        found = await uow.outbox.history("telegram", world.address("Lan"), 10)
    assert [(outgoing.text, ref) for _, _, outgoing, ref in found] == [("5/10", "1")]


async def test_an_update_of_a_letter_that_has_not_left_is_no_message(world: World, slate: Slate) -> None:
    first = await post(world, "0/10")
    await post(world, "5/10", first)
    await sent(world)
    assert (texts(slate), slate.edits) == (["5/10"], [])
    assert await kept(world) == [("5/10", "sent", "1"), ("5/10", "merged", "")]


async def test_of_several_updates_that_wait_only_the_last_leaves(world: World, slate: Slate) -> None:
    first = await post(world, "0/10")
    await sent(world)
    for n in (3, 5, 7):
        await post(world, f"{n}/10", first)
    await sent(world)
    assert [text for _, _, text in slate.edits] == ["7/10"]


async def test_a_message_that_cannot_be_changed_is_sent_anew_and_then_it_is_the_one(world: World, slate: Slate) -> None:
    first = await post(world, "0/10")
    await sent(world)
    slate.slips = [Rejected("message to edit not found")]
    await post(world, "5/10", first, edit_only=True)
    await sent(world)
    await post(world, "10/10", first)
    await sent(world)
    assert texts(slate) == ["0/10", "5/10"]
    assert slate.edits == [(world.address("Lan"), "2", "10/10")]


@pytest.mark.parametrize("trouble", [Unavailable("no route"), Unknown("no answer")])
async def test_an_update_that_met_trouble_is_tried_again(world: World, slate: Slate, trouble: DeliveryError) -> None:
    first = await post(world, "0/10")
    await sent(world)
    slate.slips = [trouble]
    await post(world, "5/10", first)
    await sent(world)
    await sent(world)
    assert [(len(slate.sent), text.splitlines()[-1]) for _, _, text in slate.edits] == [(1, "5/10")]


async def test_where_nothing_can_be_changed_only_the_last_word_is_sent(world: World) -> None:
    first = await post(world, "0/10")
    await sent(world)
    await post(world, "5/10", first, edit_only=True)
    await sent(world)
    assert texts(world.channel) == ["0/10"]
    await post(world, "10/10", first)
    await sent(world)
    assert texts(world.channel) == ["0/10", "10/10"]
    assert await kept(world) == [("10/10", "sent", "2"), ("5/10", "merged", ""), ("10/10", "merged", "")]


async def test_somebody_who_is_reached_elsewhere_now_gets_the_last_word_there(world: World, slate: Slate) -> None:
    first = await post(world, "0/10")
    await sent(world)
    await post(world, "5/10", first, who="Dung", edit_only=True)
    await post(world, "10/10", first, who="Dung")
    await sent(world)
    assert slate.edits == []
    assert [(to, outgoing.text) for to, outgoing in slate.sent[1:]] == [(world.address("Dung"), "10/10")]


async def test_an_update_of_a_letter_that_never_arrived_stands_for_itself(world: World, slate: Slate) -> None:
    slate.errors = [Rejected("bad")]
    first = await post(world, "0/10")
    await sent(world)
    await post(world, "5/10", first, edit_only=True)
    await sent(world)
    assert texts(slate) == []
    await post(world, "10/10", first)
    await sent(world)
    assert texts(slate) == ["10/10"]


async def test_an_update_that_was_under_way_when_the_process_died_is_repeated_in_place(
    world: World, slate: Slate
) -> None:
    first = await post(world, "0/10")
    await sent(world)
    update = await post(world, "10/10", first)
    async with world.store.write() as uow:
        found = await uow.outbox.next("telegram", world.clock.now())
        assert found is not None
        assert found.id == update.id
        await uow.outbox.take(found, world.clock.now())
    again = sender_of(world, slate)
    await again.recover()
    world.senders.by_channel["telegram"] = again
    await sent(world)
    assert slate.edits == [(world.address("Lan"), "1", "10/10")]
    assert texts(slate) == ["0/10"]
