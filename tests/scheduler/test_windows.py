"""A channel that takes letters only for a while after somebody's last word: who is asked to nudge whom."""

from datetime import timedelta

from sqlalchemy import update

from domain.channel import Limits
from storage.codecs import table
from storage.models import AccountRow
from tests.broadcasts import planned, recipient
from tests.scheduler.test_ways import limited, on_the_web_too
from tests.world import World, local, plain

account = table(AccountRow)


async def heard(world: World, who: str, at: str) -> None:
    async with world.store.write() as uow:
        of_them = update(account).where(account.c.person_id == world.people[who].id, account.c.channel == "telegram")
        await uow.connection.execute(of_them.values(last_heard_at=local(at)))


def nudges(world: World, who: str) -> list[str]:
    return [text for one in world.hears_all(who) if "một tin bất kỳ" in (text := plain(one.text))]


async def test_whose_only_channel_is_about_to_shut_is_to_be_nudged(world: World) -> None:
    await world.at("2026-11-23 08:00")
    for who in ("Dung", "Em", "Khánh"):
        await world.assigned(to=who, due="30/11")
    limited(world, Limits(window=timedelta(days=7)))
    await on_the_web_too(world, "Khánh")
    for who, at in (("Dung", "2026-11-19 10:00"), ("Em", "2026-11-20 00:30"), ("Khánh", "2026-11-19 10:00")):
        await heard(world, who, at)
    await world.at("2026-11-25 07:46")
    (letter,) = nudges(world, "Bình")
    assert "Phạm Thị Dung: trước 10:00 26/11/2026" in letter
    assert "Hoàng Văn Em" not in letter
    assert nudges(world, "Hùng") == []
    await world.at("2026-11-25 08:46")
    assert nudges(world, "Bình") == []


async def test_before_a_weekend_those_whose_channel_shuts_on_monday_are_nudged(world: World) -> None:
    await world.at("2026-11-23 08:00")
    await world.assigned(to="Dung", due="30/11")
    limited(world, Limits(window=timedelta(days=7)))
    await heard(world, "Dung", "2026-11-23 16:00")
    await world.at("2026-11-27 07:46")
    assert "Phạm Thị Dung: trước 16:00 30/11/2026" in nudges(world, "Bình")[0]


async def test_who_has_nothing_to_do_is_left_in_peace(world: World) -> None:
    await world.at("2026-11-23 08:00")
    limited(world, Limits(window=timedelta(days=7)))
    await world.at("2026-11-27 07:46")
    assert nudges(world, "Bình") == []


async def test_a_directive_that_found_a_window_shut_is_sent_when_its_person_writes(world: World) -> None:
    await world.at("2026-11-23 08:00")
    limited(world, Limits(window=timedelta(days=7)))
    await heard(world, "Dung", "2026-11-10 08:00")
    number = await planned(world)
    await world.at("2026-11-23 08:01")
    assert world.hears_all("Dung") == []
    found = await recipient(world, number, "Dung")
    assert found is not None
    assert found.unreachable
    await world.answer("Dung", "viec")
    await world.at("2026-11-23 08:10")
    assert "Rà soát thủ tục" in world.hears("Dung")
