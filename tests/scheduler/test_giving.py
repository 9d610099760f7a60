"""What was accepted of a document is given when it goes out: everybody is told once, however often it is killed."""

import asyncio
from dataclasses import replace
from datetime import date

import pytest

from domain.deadlines import Deadline
from domain.decisions import Wait
from domain.proposals import Decided, Doers, Endless
from domain.series import Every
from domain.tasks import Assignment, Status
from scheduler import fan_out, giving, stopping, told_of_giving
from tests.cast import CENTRE, OFFICE, PLANNING, TECHNOLOGY
from tests.papers_given import asks, given, goes_out, kept, proposals_of, unit
from tests.scheduler.test_fan_out import Dying, hired, work_of
from tests.world import World, local, plain

COUNTED = Deadline(date(2026, 11, 30), None, 5, date(2026, 11, 23))


@pytest.fixture(autouse=True)
def no_breath(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fan_out, "BREATH", 0.0)


async def tasks_of(world: World, directive: int) -> list[Assignment]:
    async with world.store.read() as uow:
        return await uow.tasks.under(directive, 1000)


def about_tasks(world: World, who: str) -> list[str]:
    """What somebody was newly told of tasks; the directive itself is another letter."""
    return [text for out in world.hears_all(who) if "Xác nhận đã nhận:" not in (text := plain(out.text))]


async def test_one_letter_has_all_that_somebody_gets(world: World) -> None:
    technology, planning = await unit(world, TECHNOLOGY), await unit(world, PLANNING)
    first = asks(1, "Rà soát danh mục thủ tục", Doers((technology, planning)), COUNTED, quote="trong 05 ngày làm việc")
    first = replace(first, read=replace(first.read, text="Các phòng rà soát danh mục thủ tục hành chính"))
    second = asks(2, "Báo cáo kết quả", Doers((technology,)), coordinate=Doers((planning,)))
    directive = await goes_out(world, await kept(world, first, second))
    await world.tick()
    (letter,) = about_tasks(world, "Bình")
    assert letter.startswith(
        "Kính gửi đồng chí Trần Văn Bình, chỉ đạo 1 (số 12/KH-UBND ngày 20/11/2026) (Rà soát thủ tục) "
        "giao đồng chí 2 nhiệm vụ:"
    )
    assert "Điểm 1.1: “Các phòng rà soát danh mục thủ tục hành chính”" in letter
    assert "Hạn: thứ Ba, 01/12/2026 (còn 05 ngày làm việc)" in letter
    # counted by the calendar of the day on which it is given: 24/11 is a day off
    assert "Cách tính: 05 ngày làm việc kể từ thứ Hai, 23/11/2026" in letter
    assert "Văn bản ghi: “trong 05 ngày làm việc”" in letter
    (other,) = about_tasks(world, "Hùng")
    assert "giao đồng chí 1 nhiệm vụ" in other
    assert "Phối hợp\n• Báo cáo kết quả" in other
    assert "Chủ trì: Phòng Quản lý Công nghệ" in other
    assert about_tasks(world, "Dung") == []
    made = await tasks_of(world, directive)
    assert [(one.unit_id, one.task.point, one.status) for one in made] == [
        (technology, "1.1", Status.NOT_ACCEPTED),
        (planning, "1.1", Status.NOT_ACCEPTED),
        (technology, "1.2", Status.NOT_ACCEPTED),
    ]
    assert all(one.remind_at for one in made)
    (sums,) = [text for text in about_tasks(world, "Lan") if "Đã giao việc" in text]
    assert "2 người nhận" in sums
    assert "nhiệm vụ có số: 3" in sums


async def test_what_waits_and_what_comes_again_say_when(world: World) -> None:
    technology = Doers((await unit(world, TECHNOLOGY),))
    waits_for = "5 ngày làm việc kể từ quyết định của Bộ"
    await goes_out(
        world,
        await kept(
            world,
            asks(1, "Tham mưu công bố", technology, Wait(waits_for, 5, working=True), quote=waits_for),
            asks(2, "Báo cáo hằng tháng", technology, (Every("FREQ=MONTHLY;BYMONTHDAY=20", "hằng tháng ngày 20"),)),
            asks(3, "Thường xuyên cập nhật", technology, Endless.ENDLESS),
        ),
    )
    await world.tick()
    (letter,) = [text for text in about_tasks(world, "Bình") if "giao đồng chí 3 nhiệm vụ" in text]
    assert letter.count("5 ngày làm việc kể từ quyết định của Bộ") == 1
    assert "Chờ: 5 ngày làm việc kể từ quyết định của Bộ" in letter
    assert "hằng tháng ngày 20 · " in letter
    assert "18/12/2026" in letter
    async with world.store.read() as uow:
        (rule,) = await uow.decisions.waiting()
        (series,) = await uow.series.going_on()
    assert (rule.point, rule.unit_id, series.point) == ("1.1", technology.units[0], "1.2")


async def test_nothing_is_given_of_what_was_left_out_or_before_its_time(world: World) -> None:
    technology = Doers((await unit(world, TECHNOLOGY),))
    out = asks(2, "Tuyên truyền", technology, decided=Decided.LEFT_OUT, reason="đã giao theo kế hoạch năm")
    document = await kept(world, asks(1, "Rà soát", technology), out)
    directive = await goes_out(world, document, at=local("2026-11-24 08:00"))
    await world.tick()
    assert await tasks_of(world, directive) == []
    await world.at("2026-11-24 08:00")
    assert [one.task.content for one in await tasks_of(world, directive)] == ["Rà soát"]


async def test_called_off_before_its_time_nothing_is_given(world: World) -> None:
    document = await kept(world, asks(1, "Rà soát", Doers((await unit(world, TECHNOLOGY),))))
    directive = await goes_out(world, document, at=local("2026-11-24 08:00"))
    await world.says("Lan", f"chidao {directive} huy")
    world.hears_all("Bình")
    await world.at("2026-11-24 08:00")
    assert await tasks_of(world, directive) == []
    assert about_tasks(world, "Bình") == []
    assert "chưa giao vì chỉ đạo đã hủy phát hành" in await world.answer("Lan", f"chidao {directive}")


async def test_a_unit_without_a_head_loses_nothing_and_the_office_is_told(world: World) -> None:
    centre, office = await unit(world, CENTRE), await unit(world, OFFICE)
    directive = await goes_out(world, await kept(world, asks(1, "Nâng cấp cổng", Doers((centre, office)))))
    await world.tick()
    made = {one.unit_id: one.assignee_id for one in await tasks_of(world, directive)}
    assert made == {centre: world.people["Lan"].id, office: world.people["Chánh"].id}
    told = "\n".join(about_tasks(world, "Lan"))
    assert "Trung tâm Công nghệ thông tin chưa có trưởng đơn vị trong danh sách" in told


async def test_the_letter_goes_to_who_stands_in(world: World) -> None:
    await world.says("Bình", "nghi 23/11 đến 27/11 thay bằng Phạm Thị Dung")
    for who in world.people:
        world.hears_all(who)
    await goes_out(world, await kept(world, asks(1, "Rà soát", Doers((await unit(world, TECHNOLOGY),)))))
    await world.tick()
    assert any("Rà soát" in text and "Trần Văn Bình" in text for text in about_tasks(world, "Dung"))


async def test_whom_nothing_reaches_is_named_to_the_office(world: World) -> None:
    async with world.store.write() as uow:
        (account,) = await uow.people.accounts(world.people["Hùng"].id)
        await uow.people.unlink(account.id)
    directive = await goes_out(world, await kept(world, asks(1, "Rà soát", Doers((await unit(world, PLANNING),)))))
    await world.tick()
    assert len(await tasks_of(world, directive)) == 1
    assert any("đề nghị báo trực tiếp: Vũ Mạnh Hùng" in text for text in about_tasks(world, "Lan"))


async def test_a_long_list_comes_in_parts(world: World) -> None:
    technology = Doers((await unit(world, TECHNOLOGY),))
    await goes_out(world, await kept(world, *(asks(n, f"Việc thứ {n}", technology) for n in range(1, 20))))
    await world.tick()
    letters = about_tasks(world, "Bình")
    assert [text.splitlines()[1] for text in letters] == ["Phần 1/3", "Phần 2/3", "Phần 3/3"]
    assert all(f"Việc thứ {n}\n" in "\n".join(letters) for n in range(1, 20))


@pytest.mark.parametrize("after", [False, True], ids=["before the commit", "after the commit"])
@pytest.mark.parametrize("at", [1, 2, 3, 4, 5, 6])
async def test_killed_in_between_everything_is_given_and_told_once(
    world: World, monkeypatch: pytest.MonkeyPatch, at: int, *, after: bool
) -> None:
    monkeypatch.setattr(told_of_giving, "PEOPLE_AT_ONCE", 1)
    technology, planning = await unit(world, TECHNOLOGY), await unit(world, PLANNING)
    both = Doers((technology, planning), (world.people["Dung"].id,))
    directive = await goes_out(world, await kept(world, asks(1, "Rà soát", both), asks(2, "Báo cáo", both)))
    with pytest.raises(asyncio.CancelledError):
        await giving.give(work_of(world, Dying(world.store, at, after=after)), world.clock.now())
    await world.tick()
    await world.tick()
    assert len(await tasks_of(world, directive)) == 6
    assert {who: len(about_tasks(world, who)) for who in ("Bình", "Hùng", "Dung", "Em")} == {
        "Bình": 1,
        "Hùng": 1,
        "Dung": 1,
        "Em": 0,
    }
    assert sum("Đã giao việc" in text for text in about_tasks(world, "Lan")) == 1


async def test_two_processes_give_everything_once(world: World) -> None:
    await hired(world, 30)
    async with world.store.read() as uow:
        everybody = Doers(people=tuple((await uow.agency()).people))
    directive = await goes_out(world, await kept(world, *(asks(n, f"Việc {n}", everybody) for n in range(1, 6))))
    work, now = work_of(world), world.clock.now()
    await asyncio.gather(giving.give(work, now), giving.give(work, now))
    await giving.give(work, now)
    made = await tasks_of(world, directive)
    assert len(made) == 5 * len(everybody.people)
    assert len({(one.assignee_id, one.task.point) for one in made}) == len(made)
    await world.settle()
    assert len(about_tasks(world, "Dung")) == 1


async def test_one_that_fails_does_not_keep_the_others_from_being_given(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    technology = Doers((await unit(world, TECHNOLOGY),))
    past = (Every("FREQ=MONTHLY;BYMONTHDAY=20;UNTIL=20260101T000000", "hằng tháng ngày 20 đến hết năm 2025"),)
    directive = await goes_out(
        world, await kept(world, asks(1, "Đã qua", technology, past), asks(2, "Rà soát", technology))
    )
    await world.tick()
    assert [one.task.content for one in await tasks_of(world, directive)] == ["Rà soát"]
    assert any("Chưa giao vì ngày cuối của chu kỳ đã qua: điểm 1.1" in text for text in about_tasks(world, "Lan"))
    assert all(one.given_at for one in await proposals_of(world, directive))


async def test_withdrawn_its_tasks_are_stopped_and_their_people_told(world: World) -> None:
    technology = Doers((await unit(world, TECHNOLOGY),))
    wait = Wait("5 ngày kể từ quyết định", 5, working=True)
    directive = await given(
        world,
        asks(1, "Rà soát", technology),
        asks(2, "Công bố", technology, wait),
        asks(3, "Báo cáo", technology, (Every("FREQ=MONTHLY;BYMONTHDAY=20", "hằng tháng"),)),
    )
    await world.says("Lan", f"chidao {directive} huy")
    world.hears_all("Bình")
    await world.tick()
    (told,) = [text for text in about_tasks(world, "Bình") if "không tiếp tục thực hiện" in text]
    assert all(content in told for content in ("Rà soát", "Công bố", "Báo cáo"))
    assert "đã được thu hồi" in told
    assert {one.status for one in await tasks_of(world, directive)} == {Status.STOPPED}
    assert sum("Không tiếp tục thực hiện: 2 nhiệm vụ của 1 người" in text for text in about_tasks(world, "Lan")) == 1
    async with world.store.read() as uow:
        assert await uow.decisions.waiting() == []
        assert await uow.series.going_on() == []
    await world.at("2026-11-27 07:31")
    assert not any("Rà soát" in text for text in about_tasks(world, "Bình"))


async def test_all_that_a_letter_gives_is_acknowledged_by_one_button(world: World) -> None:
    technology = Doers((await unit(world, TECHNOLOGY),))
    directive = await goes_out(world, await kept(world, asks(1, "Rà soát", technology), asks(2, "Báo cáo", technology)))
    await world.tick()
    (letter,) = [out for out in world.hears_all("Bình") if "giao đồng chí 2" in out.text]
    await world.presses("Bình", "Đã nhận cả 2 việc", of=letter)
    assert {one.status for one in await tasks_of(world, directive)} == {Status.IN_PROGRESS}


async def test_long_texts_make_shorter_parts(world: World) -> None:
    technology = Doers((await unit(world, TECHNOLOGY),))
    await goes_out(
        world, await kept(world, *(asks(n, f"Việc thứ {n} " + "rà soát " * 60, technology) for n in range(1, 13)))
    )
    await world.tick()
    letters = about_tasks(world, "Bình")
    assert len(letters) > 1
    assert all(len(text) < 4096 for text in letters)


async def test_a_unit_that_coordinates_and_has_nobody_is_named_to_the_office(world: World) -> None:
    technology, centre = await unit(world, TECHNOLOGY), await unit(world, CENTRE)
    await goes_out(world, await kept(world, asks(1, "Rà soát", Doers((technology,)), coordinate=Doers((centre,)))))
    await world.tick()
    assert any("Đơn vị phối hợp chưa có ai nhận tin: Trung tâm" in text for text in about_tasks(world, "Lan"))


async def test_withdrawn_the_letters_that_have_not_left_are_dropped(world: World) -> None:
    technology = Doers((await unit(world, TECHNOLOGY),))
    directive = await goes_out(world, await kept(world, asks(1, "Rà soát", technology)))
    await giving.give(work_of(world), world.clock.now())
    async with world.store.write() as uow:
        await uow.directives.cancel(directive, world.clock.now())
        await uow.proposals.called_off(directive, world.clock.now())
    await stopping.stop_due(work_of(world), world.clock.now())
    await world.settle()
    told = about_tasks(world, "Bình")
    assert len(told) == 1
    assert "không tiếp tục thực hiện" in told[0]


@pytest.mark.parametrize("after", [False, True], ids=["before the commit", "after the commit"])
@pytest.mark.parametrize("at", [1, 2, 3, 4])
async def test_killed_while_it_is_stopped_everybody_is_told_once(
    world: World, monkeypatch: pytest.MonkeyPatch, at: int, *, after: bool
) -> None:
    monkeypatch.setattr(stopping, "PEOPLE_AT_ONCE", 1)
    people = Doers(people=tuple(world.people[who].id for who in ("Dung", "Em", "Khánh")))
    directive = await given(world, asks(1, "Rà soát", people), asks(2, "Báo cáo", people))
    await world.says("Lan", f"chidao {directive} huy")
    for who in world.people:
        world.hears_all(who)
    with pytest.raises(asyncio.CancelledError):
        await stopping.stop_due(work_of(world, Dying(world.store, at, after=after)), world.clock.now())
    await world.tick()
    assert {one.status for one in await tasks_of(world, directive)} == {Status.STOPPED}
    told = {
        who: sum("không tiếp tục thực hiện" in text for text in about_tasks(world, who))
        for who in ("Dung", "Em", "Khánh")
    }
    assert told == {"Dung": 1, "Em": 1, "Khánh": 1}
