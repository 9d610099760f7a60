"""Late answers climb: in working days, in office hours, merged into one letter, each climb once."""

from datetime import timedelta

import pytest

from domain.difficulties import Kind
from domain.tasks import Verb
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


async def climbed(world: World, number: int) -> int:
    async with world.store.read() as uow:
        return [note.kind for note in await uow.difficulties.thread(number)].count(Kind.CLIMBED)


async def test_a_late_answer_of_the_office_climbs_once_and_in_office_hours(world: World) -> None:
    number = await told(world)
    for at in ("2026-11-26 16:59", "2026-11-27 00:00", "2026-11-27 07:29"):
        await world.at(at)
        assert await climbed(world, number) == 0
    await world.at("2026-11-27 07:30")
    letter = world.hears("Lan")
    assert "quá hạn trả lời" in letter
    assert "Công bố danh mục" in letter
    assert "quá hạn trả lời" in world.hears("Chánh")
    assert world.hears_all("Hải") == world.hears_all("Dung") == world.hears_all("Bình") == []
    for _ in range(3):
        world.clock.move(hours=1)
        await world.tick()
    assert await climbed(world, number) == 1
    assert world.hears_all("Lan") == []


async def test_the_second_step_reaches_the_leaders(world: World) -> None:
    number = await told(world)
    await world.at("2026-11-27 07:30")
    silence(world)
    await world.at("2026-11-30 09:00")
    await world.at("2026-12-01 16:00")
    assert world.hears_all("Lan") == []
    await world.at("2026-12-02 07:30")
    for who in ("Lan", "Chánh", "Hải"):
        assert "quá hạn trả lời" in world.hears(who)
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
    letter = world.hears("Lan")
    assert "Công bố danh mục" in letter
    assert "Dự toán quý" in letter
    assert "Khảo sát" not in letter
    assert letter.index("Đang chờ lãnh đạo") < letter.index("Đang chờ Văn phòng")
    leader = world.hears("Hải")
    assert "Dự toán quý" in leader
    assert "Công bố danh mục" not in leader
    assert "Khảo sát" in world.hears("Em")
    assert world.hears_all("Khánh") == world.hears_all("Dung") == []
    assert [await climbed(world, number) for number in (first, second, asked)] == [1, 1, 1]


async def test_only_the_chosen_leader_is_reminded(world: World) -> None:
    number = await told(world)
    await world.says("Lan", f"trình {number} lùi một tuần")
    silence(world)
    await world.at("2026-11-27 07:30")
    assert "quá hạn trả lời" in world.hears("Hải")
    assert "quá hạn trả lời" in world.hears("Lan")
    assert world.hears_all("Chánh") == []


async def test_an_answer_in_time_and_a_new_turn_stop_the_clock(world: World) -> None:
    number = await told(world)
    await world.at("2026-11-26 16:00")
    await world.says("Lan", f"hỏi lại {number} phòng nào?")
    other = await told(world, "Khánh", "Dự toán quý")
    await world.says("Lan", f"trả lời {other} theo mẫu cũ")
    silence(world)
    await world.at("2026-11-27 08:00")
    assert world.hears_all("Lan") == world.hears_all("Dung") == []
    # Thursday's turn ends with Monday: the weekend does not count
    await world.at("2026-11-30 16:00")
    assert world.hears_all("Dung") == []
    await world.at("2026-12-01 07:30")
    assert "quá hạn trả lời" in world.hears("Dung")
    assert world.hears_all("Khánh") == []


@pytest.mark.parametrize("many", [17])
async def test_a_long_list_is_cut_and_says_how_many_more(world: World, many: int) -> None:
    for n in range(many):
        await told(world, "Dung", f"Nhiệm vụ thứ {n}.")
    await world.at("2026-11-27 07:30")
    letter = world.hears("Lan")
    assert letter.count("Nhiệm vụ thứ") == 15
    assert "2 vướng mắc khác" in letter


async def test_nothing_late_costs_no_letter(world: World) -> None:
    await told(world)
    world.clock.move(minutes=1)
    assert await world.tick() == 0
    world.clock.at += timedelta(hours=1)
    assert await world.tick() == 0
    assert plain(world.last("Dung").text)
