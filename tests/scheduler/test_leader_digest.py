"""A leader's Monday: exactly five lines, and a reply decides."""

from datetime import date

import pytest
from sqlalchemy import update

from domain.messages import Outgoing
from domain.people import Role
from domain.statistics import Figure, changed_most
from domain.tasks import Status, Verb
from storage.codecs import table
from storage.models import DifficultyRow
from tests.cast import BOARD
from tests.handlers.test_difficulties import joins
from tests.scheduler.test_digests import begin, given, silent
from tests.world import World, plain

difficulty = table(DifficultyRow)


async def submitted(world: World, what: str) -> int:
    """A difficulty of Dung's that waits for the leader."""
    number = await world.assigned("Dung", due="31/12/2026", what=what)
    await world.says("Dung", f"vuongmac {number} chưa có mức chi")
    await world.says("Lan", f"trình {number} lùi một tuần")
    silent(world)
    return number


def digest(world: World) -> Outgoing:
    """The one new letter with the five lines; an answer that is late may be spoken of in another."""
    (told,) = [one for one in world.hears_all("Hải") if "<b>Đỏ</b>" in one.text]
    return told


def lines(world: World) -> list[str]:
    return plain(digest(world).text).split("\n")


async def test_five_lines_on_monday_at_half_past_seven(world: World) -> None:
    await begin(world)
    first = await given(world, "Dung", date(2026, 11, 25))
    await given(world, "Khánh", date(2026, 11, 26))
    await given(world, "Em", date(2026, 12, 2))
    waiting = await submitted(world, "Báo cáo quý IV")
    for day in ("25", "26", "27"):
        await world.at(f"2026-11-{day} 07:30")
    await world.at("2026-11-30 07:29")
    assert [one for one in world.hears_all("Hải") if "Đỏ" in one.text] == []
    await world.at("2026-11-30 07:30")
    assert lines(world) == [
        "Đỏ: 2 nhiệm vụ quá hạn tại 2 đơn vị",
        "Sắp đỏ: 1 nhiệm vụ đến hạn trong 03 ngày làm việc",
        f"Chờ ý kiến đồng chí: 1 vướng mắc, nhiệm vụ số {waiting} (từ 23/11/2026)",
        "Đơn vị chậm: Phòng Quản lý Công nghệ (1), Phòng Kế hoạch - Tài chính (1)",
        "Thay đổi so với tuần trước: chưa có số liệu để so sánh",
    ]
    await world.at("2026-12-07 07:30")
    told = lines(world)
    # Thursday the 26th is the first of seven working days overdue by Friday the 4th
    assert told[0] == f"Đỏ: 3 nhiệm vụ quá hạn tại 2 đơn vị; mới quá hạn từ 07 ngày làm việc: nhiệm vụ số {first} (" + (
        "Phòng Quản lý Công nghệ), 2 (Phòng Kế hoạch - Tài chính)"
    )
    assert told[4] == "Thay đổi so với tuần trước: nhiệm vụ quá hạn: 2 → 3 (tăng 1)"
    async with world.store.read() as uow:
        notes = [entry.note for entry in await uow.tasks.history(first) if entry.verb is Verb.ESCALATED]
    assert notes[-1] == "đến Đặng Phúc Hải"
    await world.at("2026-12-14 07:30")
    assert "mới quá hạn" in lines(world)[0]
    await world.at("2026-12-21 07:30")
    assert "mới quá hạn" not in lines(world)[0]


async def test_a_leader_with_nothing_to_be_told_is_not_written_to(world: World) -> None:
    await begin(world)
    await world.at("2026-11-30 07:30")
    assert world.hears_all("Hải") == []


async def test_done_all_over_again_a_monday_is_not_compared_with_itself(world: World) -> None:
    await begin(world)
    number = await given(world, "Dung", date(2026, 11, 25))
    await world.at("2026-11-30 07:30")
    silent(world)
    await world.at("2026-12-07 07:30")
    silent(world)
    async with world.store.write() as uow:
        await uow.rounds.plan("leader", world.clock.at)
    await world.tick()
    assert world.hears_all("Hải") == []
    await given(world, "Em", date(2026, 12, 8))
    await world.at("2026-12-14 07:30")
    assert lines(world)[4] == "Thay đổi so với tuần trước: nhiệm vụ quá hạn: 1 → 2 (tăng 1)"
    assert (await world.task(number)).status is Status.IN_PROGRESS


async def test_a_button_of_the_digest_decides(world: World) -> None:
    await begin(world)
    number = await submitted(world, "Báo cáo quý IV")
    await world.at("2026-11-30 07:30")
    told = digest(world)
    assert [button.label for row in told.buttons for button in row] == [
        f"Đồng ý {number}",
        f"Trao đổi {number}",
    ]
    silent(world)
    await world.presses("Hải", f"Đồng ý {number}", of=told)
    assert "Đã ghi nhận đồng chí đồng ý" in world.hears("Hải")
    assert "lùi một tuần" in plain(world.last("Dung").text)


@pytest.mark.parametrize(
    ("typed", "answer"), [("đồng ý", "đồng ý"), ("Tôi đồng ý nhé", "đồng ý"), ("trao đổi", "trao đổi")]
)
async def test_a_plain_word_decides_where_exactly_one_waits(world: World, typed: str, answer: str) -> None:
    await submitted(world, "Báo cáo quý IV")
    assert answer in await world.answer("Hải", typed)
    assert "vướng mắc" in plain(world.last("Lan").text)


async def test_a_leader_who_stands_in_for_another_is_told_and_decides(world: World) -> None:
    await begin(world)
    await submitted(world, "Báo cáo quý IV")
    await joins(world, "Lý Văn Phú", BOARD, Role.LEADER, None)
    async with world.store.write() as uow:
        await uow.connection.execute(update(difficulty).values(leader_id=world.people["Hải"].id))
    assert "chưa hiểu" in await world.answer("Phú", "đồng ý")
    await world.says("Hải", "/nghi hôm nay đến 4/12 thay bằng Phú")
    world.hears_all("Phú")
    await world.at("2026-11-30 07:30")
    assert any("1 vướng mắc" in plain(one.text) for one in world.hears_all("Phú"))
    assert "đồng ý" in await world.answer("Phú", "đồng ý")


async def test_a_plain_word_of_whoever_decides_about_extensions_is_asked_about(world: World) -> None:
    number = await world.assigned("Dung")
    assert "chưa hiểu" in await world.answer("Lan", "đồng ý")
    await world.says("Dung", f"giahan {number} 20/12 chờ ý kiến")
    assert f"giahan {number}" in await world.answer("Lan", "đồng ý")
    assert "chưa hiểu" in await world.answer("Bình", "đồng ý")
    await world.presses("Lan", f"Gia hạn {number}")
    await world.presses("Lan", "Đồng ý")
    assert "Đã gia hạn" in plain(world.last("Lan").text)


async def test_where_several_wait_a_plain_word_is_asked_about(world: World) -> None:
    first, second = await submitted(world, "Báo cáo quý IV"), await submitted(world, "Kế hoạch")
    assert f"nhiệm vụ số {first}, {second}" in await world.answer("Hải", "đồng ý")
    await world.presses("Hải", f"Trao đổi {second}")
    assert "vướng mắc" in plain(world.last("Lan").text)


async def test_a_plain_word_means_nothing_where_nothing_waits_or_from_others(world: World) -> None:
    assert "vướng mắc" not in await world.answer("Hải", "đồng ý")
    await submitted(world, "Báo cáo quý IV")
    assert "Đã ghi nhận" not in await world.answer("Lan", "đồng ý")


def test_what_has_changed_most_is_told() -> None:
    before = {Figure.OVERDUE: 9, Figure.LATE_UNITS: 3, Figure.UNFINISHED: 40}
    now = {Figure.OVERDUE: 8, Figure.LATE_UNITS: 3, Figure.UNFINISHED: 55, Figure.STUCK: 7}
    assert changed_most(before, now) == (Figure.UNFINISHED, 40, 55)
    assert changed_most(before, before) == (Figure.OVERDUE, 9, 9)
    assert changed_most({}, now) is None
