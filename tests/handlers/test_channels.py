"""Which channel my letters take, how the channels are, and a channel that takes no more people."""

from datetime import datetime, timedelta

import pytest

from domain.channel import Limits
from domain.messages import Draft, Outgoing
from domain.ways import Share
from tests.handlers.test_accounts import invitation, on_the_web, unlinked
from tests.scheduler.test_ways import limited, on_the_web_too, post, texts
from tests.world import World, plain


async def linked_on_the_web(world: World, who: str = "Dung") -> None:
    async with world.store.write() as uow:
        await uow.people.link(world.people[who].id, "web", f"web-{who}", world.clock.now())


@pytest.mark.parametrize("typed", ["/kenh web", "kênh web", "kenh Web", "/kenh trang web"])
async def test_my_letters_take_the_channel_that_i_name(world: World, typed: str) -> None:
    await linked_on_the_web(world)
    await world.says("Dung", "viec")  # the one used last
    assert "trang web" in await world.answer("Dung", typed)
    await post(world, "Dung", "Tin")
    assert texts(world.other) == ["Tin"]
    assert "Telegram" in await world.answer("Dung", "/kenh tele")
    await post(world, "Dung", "Tin sau")
    assert texts(world.other) == ["Tin"]


async def test_a_channel_that_i_do_not_have_is_refused_with_those_that_i_have(world: World) -> None:
    answer = await world.answer("Dung", "/kenh zalo")
    assert "“zalo”" in answer
    assert "Telegram" in answer
    assert "/lienket" in answer


async def test_without_a_name_my_channels_are_shown_and_can_be_pressed(world: World) -> None:
    await linked_on_the_web(world)
    answer = await world.answer("Dung", "/kenh")
    assert "Telegram" in answer
    assert "Tình trạng" not in answer
    await world.presses("Dung", "Nhận tin ở trang web")
    assert "trang web" in world.hears("Dung")


async def test_the_office_sees_how_every_channel_is(world: World) -> None:
    limited(world, Limits(monthly_quota=3000, most_people=50))
    async with world.store.write() as uow:
        assert await uow.ways.spend("telegram", 2600, world.clock.now(), Share.LAST)
        await uow.outbox.pause("web", "", world.clock.now(), world.clock.now() + timedelta(minutes=5))
        await uow.outbox.post(Draft(Outgoing("x"), "x"), "web", "web-1", world.clock.now())
    await world.says("Lan", "viec")
    answer = await world.answer("Lan", "/kenh")
    telegram, web = [line for line in answer.splitlines() if "người đã kết nối" in line]
    assert "10/50 người" in telegram
    assert "gửi tin gần nhất 09:00 23/11/2026" in telegram
    assert "đã dùng 2.601/3.000 tin" in telegram
    assert "hết quota khoảng ngày" in telegram
    assert "chưa nhận tin nào" in web
    assert "1 tin đang chờ gửi" in web
    assert "tạm ngừng gửi đến 09:05" in web


async def test_a_key_that_runs_out_is_shown(world: World) -> None:
    until = world.clock.now() + timedelta(days=90)
    known: dict[str, datetime] = {"telegram": until}
    object.__setattr__(world.dispatcher._desk, "token_expiries", lambda: known)
    assert f"có hiệu lực đến {until.astimezone(world.rules.zone):%H:%M %d/%m/%Y}" in await world.answer("Lan", "/kenh")


async def test_a_channel_that_is_full_lets_nobody_in_and_the_code_opens_another(world: World) -> None:
    limited(world, Limits(most_people=9))
    await unlinked(world, "Dung")
    code = await invitation(world)
    answer = await world.answer("lạ", code)
    assert "tối đa 9 người" in answer
    assert "http://localhost/vao/" in answer
    assert "Phạm Thị Dung" in await on_the_web(world, code)


async def test_who_connects_another_channel_gets_what_waits_for_the_next_month(world: World) -> None:
    limited(world, Limits(monthly_quota=1))
    await post(world, "Dung", "Tin")
    assert texts(world.channel) == []
    code = await invitation(world)
    await on_the_web(world, code, "web-Dung")
    await world.settle()
    assert "Tin" in texts(world.other)


async def test_the_office_is_warned_at_each_mark_once(world: World) -> None:
    limited(world, Limits(monthly_quota=1000))
    await on_the_web_too(world, "Lan", "Dung")
    heard = []
    for used in (600, 100, 100, 100, 98):
        async with world.store.write() as uow:
            await uow.ways.spend("telegram", used, world.clock.now(), Share.LAST)
        await world.tick()
        await world.tick()
        await world.settle()
        heard.append([*[plain(one.text) for one in world.hears_all("Lan")], *texts(world.other)])
        world.other.sent.clear()
    none, first, nothing, second, last = heard
    assert (none, nothing) == ([], [])
    assert len(first) == len(second) == len(last) == 1
    assert "đã dùng 70%" in first[0]
    assert "đủ dùng đến hết tháng" in first[0]
    assert "đã dùng 90%" in second[0]
    assert "hết quota khoảng ngày" in second[0]
    assert "8 người chưa có kênh nào khác" in second[0]
    assert "đã dùng 100%" in last[0]


async def test_until_when_a_channel_takes_letters_is_shown(world: World) -> None:
    limited(world, Limits(window=timedelta(days=7)))
    assert "nhận được tin đến 09:00 30/11/2026" in await world.answer("Dung", "/kenh")
