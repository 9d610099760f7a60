"""Late answers climb: in working days, in office hours, merged into one letter, each climb once."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from domain.difficulties import Kind
from domain.tasks import Verb
from storage.codecs import table
from storage.models import DifficultyRow
from tests.world import World, plain

# Monday 23 November 2026; Tuesday the 24th is a holiday, so that two working days end with Thursday the 26th


async def told(world: World, who: str = "Dung", what: str = "Công bố danh mục") -> int:
    number = await world.assigned(who, due="31/12/2026", what=what)
    await world.says(who, f"vuongmac {number} vướng ở {what}")
    silence(world)
    return number


def silence(world: World) -> None:
    for who in world.people:
        world.hears_all(who)


def late(world: World, who: str) -> list[str]:
    """The new letters about late answers; digests come and go beside them."""
    return [text for text in (plain(one.text) for one in world.hears_all(who)) if "quá hạn trả lời" in text]


def told_once(world: World, who: str) -> str:
    (letter,) = late(world, who)
    return letter


async def climbed(world: World, number: int) -> int:
    async with world.store.read() as uow:
        return [note.kind for note in await uow.difficulties.thread(number)].count(Kind.CLIMBED)


async def test_a_late_answer_of_the_office_climbs_once_and_in_office_hours(world: World) -> None:
    number = await told(world)
    for at in ("2026-11-26 16:59", "2026-11-27 00:00", "2026-11-27 07:29"):
        await world.at(at)
        assert await climbed(world, number) == 0
    await world.at("2026-11-27 07:30")
    letter = told_once(world, "Lan")
    assert "Công bố danh mục" in letter
    assert told_once(world, "Chánh")
    assert late(world, "Hải") == late(world, "Dung") == late(world, "Bình") == []
    for _ in range(3):
        world.clock.move(hours=1)
        await world.tick()
    assert await climbed(world, number) == 1
    assert late(world, "Lan") == []


async def test_the_second_step_reaches_the_leaders(world: World) -> None:
    number = await told(world)
    await world.at("2026-11-27 07:30")
    silence(world)
    await world.at("2026-11-30 09:00")
    await world.at("2026-12-01 16:00")
    assert late(world, "Lan") == []
    await world.at("2026-12-02 07:30")
    for who in ("Lan", "Chánh", "Hải"):
        assert told_once(world, who)
    assert await climbed(world, number) == 2
    async with world.store.read() as uow:
        verbs = [entry.verb for entry in await uow.tasks.history(number)]
        notes = await uow.difficulties.thread(number)
    assert verbs.count(Verb.ESCALATED) == 2
    assert notes[-1].author_id is None
    assert "Đặng Phúc Hải" in notes[-1].text
    assert "quá hạn trả lời" in await world.answer("Lan", f"vuongmac {number}")


async def test_all_that_is_late_comes_in_one_letter(world: World) -> None:
    first, second = await told(world), await told(world, "Khánh", "Dự toán quý")
    asked = await told(world, "Em", "Khảo sát")
    await world.says("Lan", f"trình {second} lùi một tuần")
    await world.says("Lan", f"hỏi lại {asked} phòng nào?")
    silence(world)
    await world.at("2026-11-27 07:30")
    letter = told_once(world, "Lan")
    assert "Công bố danh mục" in letter
    assert "Dự toán quý" in letter
    assert "Khảo sát" not in letter
    assert letter.index("Đang chờ lãnh đạo") < letter.index("Đang chờ Văn phòng")
    leader = told_once(world, "Hải")
    assert "Dự toán quý" in leader
    assert "Công bố danh mục" not in leader
    assert "Khảo sát" in told_once(world, "Em")
    assert late(world, "Khánh") == late(world, "Dung") == []
    assert [await climbed(world, number) for number in (first, second, asked)] == [1, 1, 1]


async def test_only_the_chosen_leader_is_reminded(world: World) -> None:
    number = await told(world)
    await world.says("Lan", f"trình {number} lùi một tuần")
    silence(world)
    await world.at("2026-11-27 07:30")
    assert told_once(world, "Hải")
    assert told_once(world, "Lan")
    assert late(world, "Chánh") == []


async def test_an_answer_in_time_and_a_new_turn_stop_the_clock(world: World) -> None:
    number = await told(world)
    await world.at("2026-11-26 16:00")
    await world.says("Lan", f"hỏi lại {number} phòng nào?")
    other = await told(world, "Khánh", "Dự toán quý")
    await world.says("Lan", f"trả lời {other} theo mẫu cũ")
    silence(world)
    await world.at("2026-11-27 08:00")
    assert late(world, "Lan") == late(world, "Dung") == []
    # Thursday's turn ends with Monday: the weekend does not count
    await world.at("2026-11-30 16:00")
    assert late(world, "Dung") == []
    await world.at("2026-12-01 07:30")
    assert told_once(world, "Dung")
    assert late(world, "Khánh") == []


@pytest.mark.parametrize("many", [17])
async def test_a_long_list_is_cut_and_says_how_many_more(world: World, many: int) -> None:
    for n in range(many):
        await told(world, "Dung", f"Nhiệm vụ thứ {n}.")
    await world.at("2026-11-27 07:30")
    letter = told_once(world, "Lan")
    assert letter.count("Nhiệm vụ thứ") == 15
    assert "2 vướng mắc khác" in letter


async def test_who_stands_in_is_told_instead(world: World) -> None:
    number = await told(world)
    await world.says("Lan", f"hỏi lại {number} phòng nào?")
    await world.says("Dung", "/nghi 25/11 đến 30/11 thay bằng Hoàng Văn Em")
    silence(world)
    await world.at("2026-11-27 07:30")
    assert "Công bố danh mục" in told_once(world, "Em")
    assert late(world, "Dung") == []


async def test_whoever_is_stopped_after_the_letters_posts_no_second_one(world: World) -> None:
    number = await told(world)
    async with world.store.read() as uow:
        before = await uow.difficulties.open_of(number)
    assert before is not None
    await world.at("2026-11-27 07:30")
    silence(world)
    rows = table(DifficultyRow)
    async with world.store.write() as uow:
        await uow.connection.execute(update(rows).values(climbed=0, due_at=before.due_at))
    await world.at("2026-11-27 07:31")
    assert late(world, "Lan") == []
    assert await climbed(world, number) == 2


async def test_nothing_late_costs_no_letter(world: World) -> None:
    await told(world)
    world.clock.move(minutes=1)
    assert await world.tick() == 0
    world.clock.at += timedelta(hours=1)
    assert await world.tick() == 0
    assert plain(world.last("Dung").text)
