"""A later document takes over what an earlier one gave: it goes on, with what has changed, or is stopped."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from domain.deadlines import Deadline
from domain.decisions import Wait
from domain.proposals import Decided, Doers, Proposal, ReadDocument
from domain.series import Every
from domain.tasks import Assignment, Status, Verb
from scheduler import fan_out
from tests.cast import PLANNING, TECHNOLOGY
from tests.papers_given import asks, given, goes_out, kept, proposals_of, unit
from tests.world import World, local, plain

LATER = Deadline(date(2026, 12, 4))


@pytest.fixture(autouse=True)
def no_breath(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fan_out, "BREATH", 0.0)


async def tasks_of(world: World, directive: int) -> list[Assignment]:
    async with world.store.read() as uow:
        return await uow.tasks.under(directive)


async def succeeded(
    world: World, earlier: int, *new: Proposal, stops: Sequence[int] = (), number: str = "30/UBND-KSTT"
) -> ReadDocument:
    """A later document of the Office's, with what it stops of the earlier one."""
    document = await kept(world, *new, number=number)
    async with world.store.write() as uow:
        await uow.proposals.succeeds(document.id, earlier, stops)
    return replace(document, succeeds=earlier, stops=tuple(stops))


def news(world: World, who: str) -> list[str]:
    return [text for out in world.hears_all(who) if "Xác nhận đã nhận:" not in (text := plain(out.text))]


async def test_what_is_the_same_goes_on_and_nobody_hears_of_it_twice(world: World) -> None:
    technology = Doers((await unit(world, TECHNOLOGY),))
    earlier = await given(world, asks(1, "Rà soát", technology))
    await world.answer("Bình", "tiendo 1 40%")
    (old,) = await proposals_of(world, earlier)
    same = replace(asks(1, "Rà soát", technology, point="2.c"), decided=Decided.ALREADY_GIVEN, follows=old.id)
    later = await goes_out(world, await succeeded(world, earlier, same))
    await world.tick()
    assert await tasks_of(world, later) == []
    (one,) = await tasks_of(world, earlier)
    assert (one.percent, one.status) == (40, Status.IN_PROGRESS)
    assert news(world, "Bình") == []
    assert any("đã giao trước đây, tiếp tục thực hiện: 1" in text for text in news(world, "Lan"))
    shown = await world.answer("Lan", f"chidao {later}")
    assert "đã giao trước đây, tiếp tục thực hiện\n    1. Trần Văn Bình" in shown
    assert "Điểm 2.c" in await world.answer("Bình", "viec 1")


async def test_another_deadline_is_carried_over_and_both_are_told(world: World) -> None:
    technology = Doers((await unit(world, TECHNOLOGY),))
    earlier = await given(world, asks(1, "Rà soát", technology))
    (old,) = await proposals_of(world, earlier)
    changed = replace(asks(1, "Rà soát toàn bộ", technology, LATER), follows=old.id)
    later = await goes_out(world, await succeeded(world, earlier, changed))
    await world.tick()
    assert await tasks_of(world, later) == []
    (one,) = await tasks_of(world, earlier)
    assert (one.deadline, one.task.content) == (LATER, "Rà soát toàn bộ")
    assert one.original_deadline == Deadline(date(2026, 11, 27))
    (told,) = news(world, "Bình")
    assert "thay đổi nhiệm vụ của đồng chí" in told
    assert "thời hạn: thứ Sáu, 27/11/2026 → thứ Sáu, 04/12/2026; nội dung được sửa lại; theo chỉ đạo 2" in told
    await world.at("2026-11-27 07:31")
    assert any("Hạn: thứ Sáu, 04/12/2026 (còn 05 ngày làm việc)" in text for text in news(world, "Bình"))


async def test_who_leads_no_more_is_stopped_and_who_leads_now_gets_it(world: World) -> None:
    technology, planning = await unit(world, TECHNOLOGY), await unit(world, PLANNING)
    earlier = await given(world, asks(1, "Rà soát", Doers((technology,))))
    (old,) = await proposals_of(world, earlier)
    later = await goes_out(
        world, await succeeded(world, earlier, replace(asks(1, "Rà soát", Doers((planning,))), follows=old.id))
    )
    await world.tick()
    assert [one.status for one in await tasks_of(world, earlier)] == [Status.STOPPED]
    assert [one.unit_id for one in await tasks_of(world, later)] == [planning]
    assert any("Không tiếp tục thực hiện\n1. Rà soát" in text for text in news(world, "Bình"))
    assert any("giao đồng chí 1 nhiệm vụ" in text for text in news(world, "Hùng"))


async def test_what_is_done_stays_done(world: World) -> None:
    technology = Doers((await unit(world, TECHNOLOGY),))
    earlier = await given(world, asks(1, "Rà soát", technology))
    await world.says("Bình", "xong 1 đã rà soát")
    await world.says("Lan", "xacnhan 1")
    (old,) = await proposals_of(world, earlier)
    await goes_out(world, await succeeded(world, earlier, asks(1, "Việc khác", technology), stops=[old.id]))
    await world.tick()
    assert [one.status for one in await tasks_of(world, earlier)] == [Status.DONE]


async def test_what_is_asked_for_no_more_is_stopped_if_the_office_says_so(world: World) -> None:
    technology = Doers((await unit(world, TECHNOLOGY),))
    earlier = await given(world, asks(1, "Rà soát", technology), asks(2, "Tập huấn", technology))
    first, second = await proposals_of(world, earlier)
    same = replace(asks(1, "Rà soát", technology), decided=Decided.ALREADY_GIVEN, follows=first.id)
    await world.says("Bình", "vuongmac 2 chưa có kinh phí")
    for who in world.people:
        world.hears_all(who)
    document = await succeeded(world, earlier, same, stops=[second.id])
    later = await goes_out(world, document, at=local("2026-11-24 08:00"))
    await world.tick()
    await world.at("2026-11-24 08:00")
    states = {one.task.content: one.status for one in await tasks_of(world, earlier)}
    assert (states["Tập huấn"], states["Rà soát"] is Status.STOPPED) == (Status.STOPPED, False)
    (told,) = [text for text in news(world, "Bình") if "không tiếp tục thực hiện" in text]
    assert "2. Tập huấn" in told
    assert f"chỉ đạo {later} (số 30/UBND-KSTT ngày 20/11/2026) thay thế chỉ đạo {earlier}" in told
    async with world.store.read() as uow:
        assert await uow.difficulties.open_of(2) is None
        assert [entry.verb for entry in await uow.tasks.history(2)][-1] is Verb.STOPPED


async def test_called_off_before_its_time_the_earlier_one_goes_on(world: World) -> None:
    technology = Doers((await unit(world, TECHNOLOGY),))
    earlier = await given(world, asks(1, "Rà soát", technology), asks(2, "Tập huấn", technology))
    first, second = await proposals_of(world, earlier)
    same = replace(asks(1, "Rà soát", technology, LATER), follows=first.id)
    document = await succeeded(world, earlier, same, stops=[second.id])
    later = await goes_out(world, document, at=local("2026-11-24 08:00"))
    await world.says("Lan", f"chidao {later} huy")
    await world.at("2026-11-24 08:00")
    assert [one.is_open for one in await tasks_of(world, earlier)] == [True, True]
    assert (await tasks_of(world, earlier))[0].deadline != LATER


async def test_withdrawn_what_it_took_over_is_the_earlier_one_s_again(world: World) -> None:
    technology = Doers((await unit(world, TECHNOLOGY),))
    earlier = await given(world, asks(1, "Rà soát", technology))
    (old,) = await proposals_of(world, earlier)
    same = replace(asks(1, "Rà soát", technology), decided=Decided.ALREADY_GIVEN, follows=old.id)
    later = await goes_out(world, await succeeded(world, earlier, same, asks(2, "Việc mới", technology)))
    await world.tick()
    await world.says("Lan", f"chidao {later} huy")
    await world.tick()
    (one,) = await tasks_of(world, earlier)
    assert one.is_open
    assert one.task.proposal_id == old.id
    assert [one.status for one in await tasks_of(world, later)] == [Status.STOPPED]


async def test_another_clock_takes_the_place_of_the_one_before(world: World) -> None:
    technology = Doers((await unit(world, TECHNOLOGY),))
    wait = Wait("5 ngày kể từ quyết định", 5, working=True)
    monthly = (Every("FREQ=MONTHLY;BYMONTHDAY=20", "hằng tháng ngày 20"),)
    earlier = await given(world, asks(1, "Công bố", technology, wait), asks(2, "Báo cáo", technology, monthly))
    first, second = await proposals_of(world, earlier)
    longer, quarterly = replace(wait, days=10), (Every("FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=15", "hằng quý"),)
    document = await succeeded(
        world,
        earlier,
        replace(asks(1, "Công bố", technology, longer), follows=first.id),
        replace(asks(2, "Báo cáo", technology, quarterly), follows=second.id),
    )
    await goes_out(world, document)
    await world.tick()
    async with world.store.read() as uow:
        assert [rule.wait.days for rule in await uow.decisions.waiting()] == [10]
        assert [one.every.said for one in await uow.series.going_on()] == ["hằng quý"]


async def test_a_third_document_goes_on_where_the_second_was(world: World) -> None:
    technology = Doers((await unit(world, TECHNOLOGY),))
    first = await given(world, asks(1, "Rà soát", technology))
    before = first
    for number in ("30/A-B", "31/A-B"):
        (old,) = await proposals_of(world, before)
        same = replace(asks(1, "Rà soát", technology), decided=Decided.ALREADY_GIVEN, follows=old.id)
        before = await goes_out(world, await succeeded(world, before, same, number=number))
        await world.tick()
    (one,) = await tasks_of(world, first)
    (last,) = await proposals_of(world, before)
    assert one.task.proposal_id == last.id
