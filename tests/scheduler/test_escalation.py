"""Being late is carried up in working days, each step once, and held back with mercy; it is written down to whom."""

from datetime import date, timedelta

from sqlalchemy import update

from domain.deadlines import Deadline
from domain.tasks import Status, Verb
from storage.codecs import table
from storage.models import AssignmentRow, ExtensionRow
from storage.people import account
from tests.scheduler.test_digests import begin, given, silent
from tests.world import MONDAY, World, local, plain

assignment, extension = table(AssignmentRow), table(ExtensionRow)


async def notes(world: World, number: int) -> list[str]:
    async with world.store.read() as uow:
        return [entry.note for entry in await uow.tasks.history(number) if entry.verb is Verb.ESCALATED]


async def mornings(world: World, first: str, days: int, who: str) -> list[str]:
    """The days on which somebody is brought something that is overdue."""
    told = []
    for n in range(days):
        day = date.fromisoformat(first) + timedelta(days=n)
        await world.at(f"{day} 07:45")
        if any("Chuyển đến" in one.text for one in world.hears_all(who)):
            told.append(day.isoformat()[5:])
    return told


async def test_the_head_on_the_second_day_the_office_on_the_fourth_each_once(world: World) -> None:
    await begin(world)
    # Wednesday; Thursday is the first day overdue, and the weekend is not counted
    number = await given(world, "Dung", date(2026, 11, 25), "Báo cáo quý IV")
    heads, office = [], []
    for n in range(14):
        await world.at(f"{date(2026, 11, 26) + timedelta(days=n)} 07:45")
        day = (date(2026, 11, 26) + timedelta(days=n)).isoformat()[5:]
        heads += [day for one in world.hears_all("Bình") if "Chuyển đến đồng chí" in one.text]
        office += [day for one in world.hears_all("Lan") if "Chuyển đến Văn phòng" in one.text]
    assert heads == ["11-27"]
    assert office == ["12-01"]
    assert (await notes(world, number))[:2] == ["đến Trần Văn Bình", "đến Nguyễn Thị Lan"]
    # nobody of another unit has heard of it
    assert world.hears_all("Hùng") == []


async def test_the_office_gets_one_letter_a_morning_for_all_that_is_brought_to_it(world: World) -> None:
    await begin(world)
    await given(world, "Dung", date(2026, 11, 26), "Báo cáo quý IV")
    await given(world, "Khánh", date(2026, 11, 26), "Kế hoạch vốn")
    await world.at("2026-12-02 07:45")
    told = world.hears("Lan")
    assert "Báo cáo quý IV" in told
    assert "Kế hoạch vốn" in told
    assert "Phòng Kế hoạch - Tài chính" in told


async def test_a_report_within_two_working_days_holds_it_back(world: World) -> None:
    await begin(world)
    number = await given(world, "Dung", date(2026, 11, 25))
    world.clock.at = local("2026-11-26 15:00")
    await world.says("Dung", f"tien do {number} 60 đang trình")
    silent(world)
    # Thursday's report is two working days old on Monday, and three on Tuesday
    assert await mornings(world, "2026-11-27", 6, "Bình") == ["12-01"]


async def test_an_open_difficulty_holds_it_back(world: World) -> None:
    await begin(world)
    number = await given(world, "Dung", date(2026, 11, 25))
    async with world.store.write() as uow:
        await uow.connection.execute(update(assignment).where(assignment.c.id == number).values(stuck=True))
    assert await mornings(world, "2026-11-26", 7, "Bình") == []
    async with world.store.write() as uow:
        await uow.connection.execute(update(assignment).where(assignment.c.id == number).values(stuck=False))
    assert await mornings(world, "2026-12-03", 2, "Bình") == ["12-03"]


async def test_an_extension_asked_for_holds_it_back_until_it_is_decided(world: World) -> None:
    await begin(world)
    number = await given(world, "Dung", date(2026, 11, 25))
    values = {
        "assignment_id": number,
        "asked_by": world.people["Dung"].id,
        "asked_at": MONDAY,
        "reason": "chờ số liệu",
        "old_on": date(2026, 11, 25),
        "new_on": date(2026, 12, 10),
        "outcome": "pending",
        "note": "",
    }
    async with world.store.write() as uow:
        await uow.connection.execute(extension.insert().values(**values))
    assert await mornings(world, "2026-11-26", 7, "Bình") == []
    async with world.store.write() as uow:
        await uow.connection.execute(update(extension).values(outcome="refused"))
    assert await mornings(world, "2026-12-03", 2, "Bình") == ["12-03"]


async def test_a_later_deadline_begins_anew(world: World) -> None:
    await begin(world)
    number = await given(world, "Dung", date(2026, 11, 25))
    assert await mornings(world, "2026-11-26", 3, "Bình") == ["11-27"]
    await world.says("Lan", f"/giahan {number} 02/12 do thay đổi yêu cầu")
    assert (await world.task(number)).deadline == Deadline(date(2026, 12, 2))
    silent(world)
    assert await mornings(world, "2026-11-29", 7, "Bình") == ["12-04"]


async def test_what_is_claimed_is_carried_up_no_more(world: World) -> None:
    await begin(world)
    number = await given(world, "Dung", date(2026, 11, 25))
    world.clock.at = local("2026-11-26 15:00")
    await world.says("Dung", f"xong {number}")
    silent(world)
    assert await mornings(world, "2026-11-27", 10, "Bình") == []
    assert await notes(world, number) == []


async def test_a_heads_own_lateness_is_not_brought_to_the_head_but_to_the_office(world: World) -> None:
    await begin(world)
    number = await given(world, "Bình", date(2026, 11, 25))
    assert await mornings(world, "2026-11-26", 3, "Bình") == []
    assert await mornings(world, "2026-11-29", 3, "Lan") == ["12-01"]
    assert await notes(world, number) == ["đến Nguyễn Thị Lan"]


async def test_whoever_cannot_be_reached_is_named_in_the_log(world: World) -> None:
    await begin(world)
    number = await given(world, "Dung", date(2026, 11, 25))
    async with world.store.write() as uow:
        mine = account.c.person_id == world.people["Bình"].id
        await uow.connection.execute(update(account).where(mine).values(unreachable_since=MONDAY))
    await world.at("2026-11-27 07:45")
    assert await notes(world, number) == ["đến Trần Văn Bình; không liên lạc được: Trần Văn Bình"]
    assert "báo cáo cấp trên: đến Trần Văn Bình" in plain(await world.answer("Lan", f"viec {number}"))


async def test_a_returned_task_is_the_officers_for_two_days(world: World) -> None:
    await begin(world)
    number = await given(world, "Dung", date(2026, 11, 25), status=Status.AWAITING, claimed_at=MONDAY)
    world.clock.at = local("2026-11-27 08:00")
    await world.says("Bình", f"trả lại {number} thiếu phụ lục")
    silent(world)
    assert await mornings(world, "2026-11-28", 6, "Bình") == ["12-02"]


async def test_who_decides_about_an_extension_is_told_each_morning_until_they_do(world: World) -> None:
    await begin(world)
    await world.says("Bình", "giao Phạm Thị Dung; 20/12; Báo cáo quý IV")
    await world.presses("Bình", "Giao việc")
    number = await world.assigned("Em", due="20/12")
    await world.says("Dung", "giahan 1 25/12 chờ số liệu")
    await world.says("Em", f"giahan {number} 25/12 chờ ý kiến")
    silent(world)
    await world.at("2026-11-25 07:45")
    letter = world.hears("Bình")
    assert "Đề nghị gia hạn chờ đồng chí quyết định: 1" in letter
    assert "Nhiệm vụ số 1 (Phạm Thị Dung)" in letter
    assert f"Nhiệm vụ số {number} (Hoàng Văn Em)" in world.hears("Lan")
    await world.presses("Bình", "Gia hạn 1")
    await world.presses("Bình", "Đồng ý")
    await world.presses("Lan", f"Gia hạn {number}")
    await world.presses("Lan", "Không đồng ý")
    await world.says("Lan", "đã có đủ ý kiến")
    silent(world)
    await world.at("2026-11-26 07:45")
    assert world.hears_all("Bình") == world.hears_all("Lan") == []
