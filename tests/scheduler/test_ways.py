"""Letters on their way: past a shut window, past a quota that is used up, and back where nothing else is left."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.channel import Limits, Rejected, Spent, Unavailable, Unknown, Unreachable
from domain.messages import Draft, Outgoing, Priority
from domain.ways import Share
from tests.world import MONDAY, FakeChannel, World, plain


class ByParts(FakeChannel):
    """A channel that makes a message of each line."""

    def messages(self, outgoing: Outgoing) -> int:
        return outgoing.text.count("\n") + 1


def limited(world: World, limits: Limits) -> None:
    """The first channel has other limits from now on."""
    world.channel.limits = limits
    world.store.limits = {"telegram": limits, "web": world.other.limits}


async def on_the_web_too(world: World, *who: str) -> None:
    async with world.store.write() as uow:
        for name in who:
            mine = await uow.people.accounts(world.people[name].id)
            await uow.people.link(world.people[name].id, "web", f"web-{name}", world.clock.now())
            await uow.people.prefer(world.people[name].id, mine[0].id)


async def post(world: World, who: str, text: str, **more: object) -> None:
    person_id = world.people[who].id
    draft = replace(Draft(Outgoing(text), text), **more)  # type: ignore[arg-type]
    async with world.store.write() as uow:
        way = await uow.ways.to(person_id, world.clock.now(), Share.KEPT if draft.vital else Share.ANY)
        await uow.outbox.post_to(way, draft, world.clock.now(), person_id=person_id)
    for _ in range(3):
        await world.settle()


async def spent(world: World, messages: int) -> None:
    async with world.store.write() as uow:
        assert await uow.ways.spend("telegram", messages, world.clock.now(), Share.LAST)


async def used(world: World) -> int:
    async with world.store.read() as uow:
        return (await uow.ways.standings(world.clock.now()))["telegram"].used


def texts(channel: FakeChannel) -> list[str]:
    return [plain(outgoing.text) for _, outgoing in channel.sent]


async def test_a_quota_is_counted_and_what_is_over_goes_the_other_way(world: World) -> None:
    limited(world, Limits(monthly_quota=10))
    await on_the_web_too(world, "Dung")
    for n in range(12):
        await post(world, "Dung", f"Tin {n}")
    assert texts(world.channel) == [f"Tin {n}" for n in range(9)]
    assert texts(world.other) == [f"Tin {n}" for n in range(9, 12)]
    assert await used(world) == 9


async def test_answers_and_last_reminders_use_what_is_kept_and_the_last_of_it_who_has_no_other_way(
    world: World,
) -> None:
    limited(world, Limits(monthly_quota=20))
    await on_the_web_too(world, "Dung")
    await spent(world, 18)
    await world.says("Dung", "viec")
    assert await used(world) == 19
    await post(world, "Dung", "Nhắc lần cuối", vital=True, priority=Priority.REMINDER)
    await post(world, "Em", "Nhắc Em lần cuối", vital=True, priority=Priority.REMINDER)
    assert texts(world.other) == ["Nhắc lần cuối"]
    assert texts(world.channel)[-1] == "Nhắc Em lần cuối"
    assert await used(world) == 20
    await post(world, "Em", "Nhắc Em lần nữa", vital=True, priority=Priority.REMINDER)
    assert await used(world) == len(world.channel.sent) + 18 == 20


async def test_any_reminder_of_who_has_no_other_way_uses_what_is_kept(world: World) -> None:
    limited(world, Limits(monthly_quota=20))
    await spent(world, 18)
    await post(world, "Em", "Văn bản", priority=Priority.BROADCAST)
    await post(world, "Em", "Nhắc trước 5 ngày", priority=Priority.REMINDER)
    await post(world, "Em", "Nhắc trước 3 ngày", priority=Priority.REMINDER)
    await post(world, "Em", "Nhắc trước 1 ngày", priority=Priority.REMINDER, vital=True)
    assert texts(world.channel) == ["Nhắc trước 5 ngày", "Nhắc trước 3 ngày"]


async def test_an_answer_beyond_the_quota_goes_where_it_can_be_read(world: World) -> None:
    limited(world, Limits(monthly_quota=2))
    await on_the_web_too(world, "Dung")
    await world.says("Dung", "viec")
    await world.says("Dung", "viec")
    await world.settle()
    assert (len(world.channel.sent), len(world.other.sent)) == (1, 1)
    assert world.other.sent[0][0] == "web-Dung"


async def test_a_letter_that_was_posted_before_the_quota_was_gone_is_moved_too(world: World) -> None:
    limited(world, Limits(monthly_quota=3))
    await on_the_web_too(world, "Dung")
    async with world.store.write() as uow:
        for n in range(3):
            draft = Draft(Outgoing(f"Tin {n}"), f"{n}", vital=True)
            await uow.outbox.post(draft, "telegram", world.address("Dung"), MONDAY, person_id=world.people["Dung"].id)
    for _ in range(4):
        await world.settle()
    assert (texts(world.channel), texts(world.other)) == (["Tin 0", "Tin 1"], ["Tin 2"])


async def test_who_has_no_other_way_gets_it_in_the_next_month(world: World) -> None:
    limited(world, Limits(monthly_quota=1))
    await post(world, "Dung", "Tin một", vital=True)
    await post(world, "Dung", "Tin hai")
    assert texts(world.channel) == ["Tin một"]
    await world.at("2026-12-01 00:00")
    assert texts(world.channel) == ["Tin một"]  # nine tenths of one message are none
    limited(world, Limits(monthly_quota=10))
    await world.at("2027-01-01 00:00")
    assert texts(world.channel) == ["Tin một", "Tin hai"]


async def test_the_parts_of_a_letter_are_counted_and_a_long_one_does_not_go_beyond(world: World) -> None:
    world.channel = world.channels["telegram"] = parts = ByParts("telegram", Limits(monthly_quota=10))
    world.senders.by_channel["telegram"].channel = parts
    limited(world, parts.limits)
    await on_the_web_too(world, "Dung")
    await post(world, "Dung", "1\n2\n3\n4\n5\n6", vital=True)
    await post(world, "Dung", "7\n8\n9\n10\n11", vital=True)
    await post(world, "Dung", "7\n8\n9", vital=True)
    assert (len(parts.sent), len(world.other.sent)) == (2, 1)
    assert await used(world) == 9


@pytest.mark.parametrize(
    ("error", "counted"), [(Unavailable("x"), 1), (Rejected("x"), 0), (Unknown("x"), 2), (Unreachable("x"), 0)]
)
async def test_what_the_vendor_surely_did_not_take_is_not_counted(world: World, error: Exception, counted: int) -> None:
    limited(world, Limits(monthly_quota=10))
    world.channel.errors = [error]  # type: ignore[list-item]
    await post(world, "Dung", "Tin")
    world.clock.move(seconds=10)
    await world.settle()
    assert await used(world) == counted


async def test_a_vendor_whose_quota_is_spent_is_left_until_tomorrow(world: World) -> None:
    limited(world, Limits(monthly_quota=100))
    await on_the_web_too(world, "Dung")
    world.channel.errors = [Spent("429"), Spent("429")]
    await post(world, "Dung", "Tin một")
    await post(world, "Dung", "Tin hai", vital=True)
    await post(world, "Em", "Tin ba")
    assert (texts(world.channel), texts(world.other)) == ([], ["Tin một", "Tin hai"])
    await world.at("2026-11-24 09:01")
    world.channel.errors = []
    await world.at("2026-11-25 09:02")
    assert texts(world.channel) == ["Tin ba"]


async def test_a_shut_window_sends_a_letter_the_other_way(world: World) -> None:
    await on_the_web_too(world, "Dung")
    await post(world, "Dung", "Tin một")
    limited(world, Limits(window=timedelta(days=7)))
    world.clock.move(days=7)
    await post(world, "Dung", "Tin hai")
    assert (texts(world.channel), texts(world.other)) == (["Tin một"], ["Tin hai"])


async def test_a_window_that_shuts_while_a_letter_waits_is_seen(world: World) -> None:
    limited(world, Limits(window=timedelta(days=7)))
    await on_the_web_too(world, "Dung")
    later = MONDAY + timedelta(days=8)
    async with world.store.write() as uow:
        draft = Draft(Outgoing("Tin"), "1", not_before=later)
        await uow.outbox.post(draft, "telegram", world.address("Dung"), MONDAY, person_id=world.people["Dung"].id)
    world.clock.at = later
    for _ in range(3):
        await world.settle()
    assert (texts(world.channel), texts(world.other)) == ([], ["Tin"])


async def test_whoever_can_be_reached_by_nothing_any_more_is_named(world: World) -> None:
    await world.assigned(to="Dung")
    await world.assigned(to="Khánh")
    await on_the_web_too(world, "Khánh")
    dung, khanh = world.people["Dung"].id, world.people["Khánh"].id
    for limits, days, names in (
        (Limits(), 0, []),
        (Limits(monthly_quota=1), 0, []),
        (Limits(window=timedelta(days=7)), 6, []),
        (Limits(window=timedelta(days=7)), 7, [dung]),
    ):
        limited(world, limits)
        async with world.store.read() as uow:
            assert await uow.ways.unreachable(9, MONDAY + timedelta(days=days)) == (len(names), names)
    limited(world, Limits(monthly_quota=1))
    async with world.store.write() as uow:
        assert await uow.ways.spend("telegram", 1, MONDAY, Share.LAST)
    async with world.store.read() as uow:
        assert await uow.ways.unreachable(9, MONDAY) == (1, [dung])
        assert [await uow.ways.reach(one, MONDAY) for one in (dung, khanh)] == [False, True]
