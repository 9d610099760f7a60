"""How things stand, for whoever asks: numbers at once, the picture after it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from domain.deadlines import Deadline
from domain.permissions import Action, may_ever
from domain.tasks import Assignment, Index, Status, Task
from storage.people import account
from tests.documents.png import size
from tests.world import MONDAY, World, plain


async def given(world: World, who: str, due: date | None, index: Index | None = None, **more: object) -> int:
    someone = world.people[who]
    deadline = Deadline(due) if due else None
    task = Task(0, "Rà soát thủ tục", world.people["Lan"].id, MONDAY, index)
    new = Assignment(
        0, task, someone.id, someone.unit_id, Status.IN_PROGRESS, deadline=deadline, original_deadline=deadline
    )
    async with world.store.write() as uow:
        return (await uow.tasks.create(replace(new, **more))).number  # type: ignore[arg-type]


@pytest.fixture
async def busy(world: World) -> World:
    """Two overdue in one unit, one due soon in another; two done, one of them only by the later deadline."""
    await given(world, "Dung", date(2026, 11, 20), Index.PAR)
    await given(world, "Em", date(2026, 11, 20))
    await given(world, "Khánh", date(2026, 11, 25), Index.PAPI)
    await given(world, "Khánh", date(2026, 12, 31))
    done: dict[str, Any] = {"status": Status.DONE, "claimed_at": MONDAY - timedelta(days=4)}
    await given(world, "Dung", date(2026, 11, 20), **done)
    await given(world, "Dung", date(2026, 11, 20), original_deadline=Deadline(date(2026, 11, 10)), **done)
    return world


async def test_the_office_sees_the_whole_agency_the_worst_first(busy: World) -> None:
    said = await busy.answer("Lan", "tình hình")
    lines = said.split("\n")
    assert lines[0] == "Tình hình thực hiện nhiệm vụ: Sở Khoa học và Công nghệ, 23/11/2026"
    assert lines[1] == "Quá hạn 2 · đến hạn trong 03 ngày làm việc 1 · còn lại 1"
    assert lines[2] == "Hoàn thành trong 30 ngày: 2, đúng hạn 100% (theo hạn ban đầu 50%)"
    assert lines[3] == "Phòng Quản lý Công nghệ: quá hạn 2"
    assert said.index("Phòng Quản lý Công nghệ") < said.index("Phòng Kế hoạch - Tài chính")
    assert lines[-2:] == ["PAR: quá hạn 1", "PAPI: đến hạn trong 03 ngày làm việc 1"]


async def test_the_picture_follows_and_is_for_whoever_asked(busy: World) -> None:
    await busy.answer("Lan", "/tinhhinh")
    await busy.tick()
    (picture,) = busy.hears_all("Lan")
    assert [file.mime for file in picture.files] == ["image/png"]
    assert size(await busy.files.open(picture.files[0])) == (800, 450)
    await busy.tick()
    assert busy.hears_all("Lan") == []
    assert busy.hears_all("Bình") == []


async def test_a_head_sees_the_people_of_the_unit_and_no_other_unit(busy: World) -> None:
    said = await busy.answer("Bình", "tinh hinh")
    assert "Phòng Quản lý Công nghệ" in said
    assert "Hoàng Văn Em: quá hạn 1" in said
    assert "Khánh" not in said
    assert "ngoài đơn vị" in await busy.answer("Bình", "/tinhhinh Phòng Kế hoạch")


@pytest.mark.parametrize("typed", ["/tinhhinh PAR", "tình hình par", "tinh hinh PAR INDEX"])
async def test_one_index_is_looked_at(busy: World, typed: str) -> None:
    said = await busy.answer("Hải", typed)
    assert "Sở Khoa học và Công nghệ · PAR" in said
    assert "Phòng Quản lý Công nghệ: quá hạn 1" in said
    assert "Kế hoạch" not in said


@pytest.mark.parametrize("typed", ["/tinhhinh Phòng Kế hoạch - Tài chính", "tình hình phòng kế hoạch tài chính"])
async def test_one_unit_is_looked_at(busy: World, typed: str) -> None:
    said = await busy.answer("Lan", typed)
    assert "Đỗ Thị Khánh: đến hạn trong 03 ngày làm việc 1 · còn lại 1" in said
    assert "Dung" not in said


async def test_ordinary_talk_is_not_taken_for_it(busy: World) -> None:
    assert "Tình hình thực hiện" not in await busy.answer("Lan", "Tình hình là tôi đang đi công tác")


@pytest.mark.parametrize("typed", ["/tinhhinh Phòng Quản lý Điện lực", "tinh hinh quan ly dien luc"])
async def test_a_unit_that_is_not_there_is_said_with_what_comes_nearest_and_what_to_type(
    busy: World, typed: str
) -> None:
    said = await busy.answer("Lan", typed)
    assert "Không có đơn vị nào tên" in said
    assert "Có thể là: Phòng Quản lý Công nghệ" in said
    assert "Đề nghị gõ: tinh hinh và tên đơn vị" in said
    assert "Quá hạn" not in said
    await busy.presses("Lan", "Phòng Quản lý Công nghệ")
    assert "Hoàng Văn Em: quá hạn 1" in busy.hears("Lan")


async def test_where_nothing_comes_near_the_units_are_named_where_one_may_look(busy: World) -> None:
    assert "Phòng Kế hoạch - Tài chính" in await busy.answer("Lan", "tình hình xyz")
    said = await busy.answer("Bình", "tình hình xyz")
    assert "Phòng Quản lý Công nghệ" in said
    assert "Kế hoạch" not in said


async def test_a_unit_is_found_by_a_part_of_its_name_without_a_slash_too(busy: World) -> None:
    assert "Hoàng Văn Em: quá hạn 1" in await busy.answer("Lan", "tinh hinh quan ly cong nghe")


async def test_the_office_sees_whom_nothing_reaches(busy: World) -> None:
    async with busy.store.write() as uow:
        mine = account.c.person_id == busy.people["Em"].id
        await uow.connection.execute(update(account).where(mine).values(unreachable_since=MONDAY))
    said = await busy.answer("Lan", "/tinhhinh")
    assert "Chưa liên lạc được: 1 người" in said
    assert "Hoàng Văn Em (Phòng Quản lý Công nghệ)" in said
    assert "Chưa liên lạc được" not in await busy.answer("Bình", "/tinhhinh")


async def test_where_nothing_is_open_no_picture_follows(world: World) -> None:
    assert "Không có nhiệm vụ nào" in await world.answer("Lan", "/tinhhinh")
    assert await world.tick() == 0


async def test_the_buttons_say_what_could_be_typed(busy: World) -> None:
    await busy.answer("Lan", "/tinhhinh")
    await busy.presses("Lan", "PAPI")
    assert "· PAPI" in busy.hears("Lan")


async def test_whoever_sees_no_unit_is_refused(world: World) -> None:
    assert not may_ever(world.people["Dung"], Action.SEE_UNIT)
    assert "Tình hình" not in plain(await world.answer("Dung", "/tinhhinh"))
