"""Whom nothing reaches: the slip to print, who gets it, and what the Office is told."""

import io

import docx

from domain.channel import Limits
from domain.ways import Share
from tests.handlers.test_accounts import unlinked
from tests.handlers.test_acting import made_focal
from tests.scheduler.test_ways import limited
from tests.world import World, plain


async def lost(world: World, who: str = "Dung", due: str = "30/11") -> int:
    """Somebody whom nothing reaches, with a task."""
    await world.at("2026-11-23 08:00")  # the rounds of the day are over
    number = await world.assigned(to=who, due=due, what=f"Công bố danh mục của {who}")
    await unlinked(world, who)
    return number


async def printed(world: World, who: str) -> str:
    """The words of the slip that somebody got."""
    (file,) = world.last(who).files
    paper = docx.Document(io.BytesIO(await world.files.open(file)))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in paper.paragraphs), *cells])


async def test_on_a_rung_of_the_ladder_the_head_gets_a_slip_and_the_office_is_told(world: World) -> None:
    number = await lost(world)
    await world.at("2026-11-25 07:46")  # three working days before
    (letter,) = [plain(one.text) for one in world.hears_all("Bình") if one.files]
    assert "Phạm Thị Dung" in letter
    assert "thay Phạm Thị Dung xong 12" in letter
    slip = await printed(world, "Bình")
    assert "PHIẾU NHIỆM VỤ" in slip
    assert "Công bố danh mục của Dung" in slip
    assert f"\n{number}\n" in slip
    assert "30/11/2026" in slip
    (told,) = [plain(one.text) for one in world.hears_all("Lan")]
    assert "Phạm Thị Dung (qua đồng chí Trần Văn Bình)" in told


async def test_on_other_days_there_is_no_slip(world: World) -> None:
    await lost(world, due="1/12")
    await world.at("2026-11-25 07:46")  # four working days before
    assert [one for one in world.hears_all("Bình") if one.files] == []
    assert world.hears_all("Lan") == []


async def test_a_slip_is_for_the_focal_person_where_the_unit_has_one(world: World) -> None:
    await made_focal(world, "Em")
    await lost(world)
    await world.at("2026-11-25 07:46")
    assert "Công bố danh mục của Dung" in await printed(world, "Em")
    assert [one for one in world.hears_all("Bình") if one.files] == []


async def test_whoever_is_reached_through_nobody_is_the_offices(world: World) -> None:
    await lost(world, "Minh")  # an officer without a head
    await world.at("2026-11-25 07:46")
    assert any(one.files and "Bùi Văn Minh" in plain(one.text) for one in world.hears_all("Lan"))


async def test_where_a_quota_is_gone_the_slip_goes_by_what_is_left(world: World) -> None:
    await world.at("2026-11-23 08:00")
    await world.assigned(to="Dung", due="30/11")
    async with world.store.write() as uow:
        await uow.people.link(world.people["Bình"].id, "web", "web-Bình", world.clock.now())
    limited(world, Limits(monthly_quota=100))
    async with world.store.write() as uow:
        assert await uow.ways.spend("telegram", 100, world.clock.now(), Share.LAST)
    await world.at("2026-11-25 07:46")
    for _ in range(4):
        await world.settle()
    assert any(to == "web-Bình" and one.files for to, one in world.other.sent)


async def test_a_slip_is_sent_once_a_day(world: World) -> None:
    await lost(world)
    await world.at("2026-11-25 07:46")
    await world.at("2026-11-25 07:50")
    assert len([one for one in world.hears_all("Bình") if one.files]) == 1
