"""What heads are told in the morning: only where there is something, once, with one tap for what waits."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import update
from structlog.testing import capture_logs

from documents.writing import charts
from domain.deadlines import Deadline
from domain.messages import Outgoing
from domain.people import Person
from domain.tasks import Assignment, Index, Status, Task, Verb
from locales.speech import Speech
from locales.texts import digests as texts
from storage.codecs import table
from storage.models import AssignmentRow
from tests.documents.png import size
from tests.world import MONDAY, World, local, plain

assignment = table(AssignmentRow)


async def given(
    world: World, who: str, due: date | None, what: str = "Rà soát thủ tục", index: Index | None = None, **more: object
) -> int:
    """A task under way, given before now; nobody is reminded of it."""
    someone = world.people[who]
    task = Task(0, what, world.people["Lan"].id, MONDAY, index)
    deadline = Deadline(due) if due else None
    new = Assignment(
        0, task, someone.id, someone.unit_id, Status.IN_PROGRESS, deadline=deadline, original_deadline=deadline
    )
    async with world.store.write() as uow:
        return (await uow.tasks.create(replace(new, **more))).number  # type: ignore[arg-type]


async def begin(world: World) -> None:
    """The assistant has run since Monday at nine: the rounds are planned."""
    assert await world.tick() == 0


def silent(world: World) -> None:
    for who in world.people:
        world.hears_all(who)


async def test_a_head_is_told_in_the_morning_what_is_overdue_due_and_waits(world: World) -> None:
    await begin(world)
    late = await given(world, "Dung", date(2026, 11, 24), "Báo cáo quý IV")
    week = await given(world, "Em", date(2026, 11, 27), "Kế hoạch năm 2027")
    far = await given(world, "Em", date(2026, 12, 31), "Tổng kết năm")
    waiting = await given(world, "Dung", date(2026, 11, 30), "Công bố danh mục", status=Status.AWAITING)
    await given(world, "Khánh", date(2026, 11, 24), "Việc của phòng khác")
    await world.at("2026-11-25 07:44")
    assert world.hears_all("Bình") == []
    await world.at("2026-11-25 07:45")
    told = world.hears("Bình")
    assert told.startswith("Kính gửi đồng chí Trần Văn Bình")
    assert "Quá hạn: 1 · còn lại trong tuần: 1 · chờ đồng chí xác nhận: 1" in told
    numbers = [line.split(".")[0] for line in told.split("\n") if line[:1].isdigit()]
    assert numbers == [str(late), str(week), str(waiting)]
    assert str(far) not in numbers
    assert "Việc của phòng khác" not in told
    assert "Phạm Thị Dung" in told
    await world.at("2026-11-25 09:00")
    assert world.hears_all("Bình") == []


async def test_what_is_due_today_is_named(world: World) -> None:
    await begin(world)
    await given(world, "Dung", date(2026, 11, 25), "Báo cáo quý IV")
    await world.at("2026-11-25 07:45")
    told = world.hears("Bình")
    assert "Đến hạn hôm nay: 1" in told
    assert "Báo cáo quý IV" in told


async def test_a_head_with_nothing_is_not_written_to(world: World) -> None:
    await begin(world)
    await given(world, "Dung", date(2026, 12, 31))
    for day in range(24, 28):
        await world.at(f"2026-11-{day} 07:45")
    assert world.hears_all("Bình") == []


async def test_one_tap_confirms_what_was_shown_and_nothing_that_has_changed_since(world: World) -> None:
    await begin(world)
    numbers = [await given(world, "Dung", date(2026, 11, 30), f"Việc thứ {n}") for n in range(3)]
    for number in numbers:
        await world.says("Dung", f"xong {number}")
    silent(world)
    await world.at("2026-11-25 07:45")
    digest = world.last("Bình")
    assert [b.label for row in digest.buttons for b in row][-1] == "Xác nhận cả 3 nhiệm vụ"
    await world.says("Bình", f"trả lại {numbers[1]} thiếu phụ lục")
    await world.says("Dung", f"xong {numbers[1]} đã bổ sung")
    later = await given(world, "Em", date(2026, 11, 30), "Chưa được xem", status=Status.AWAITING)
    silent(world)
    await world.presses("Bình", "Xác nhận cả 3 nhiệm vụ", of=digest)
    states = [(await world.task(number)).status for number in (*numbers, later)]
    assert states == [Status.DONE, Status.AWAITING, Status.DONE, Status.AWAITING]
    answer = world.hears("Bình")
    assert answer.count("hoàn thành.") == 2
    assert len(world.hears_all("Dung")) == 2


async def test_more_than_fits_one_button_is_given_several(world: World) -> None:
    await begin(world)
    numbers = [await given(world, "Dung", date(2026, 11, 30), f"Việc {n}", status=Status.AWAITING) for n in range(10)]
    async with world.store.write() as uow:
        await uow.connection.execute(update(assignment).values(revision=12345))
    await world.at("2026-11-25 07:45")
    digest = world.last("Bình")
    together = [button.label for row in digest.buttons for button in row if "," in button.label]
    assert len(together) == 2
    for label in together:
        await world.presses("Bình", label, of=digest)
    assert {(await world.task(number)).status for number in numbers} == {Status.DONE}


async def test_a_new_difficulty_is_told_on_the_next_morning_only(world: World) -> None:
    await begin(world)
    number = await given(world, "Dung", date(2026, 11, 30))
    await world.says("Dung", f"vuongmac {number} chưa có mức chi")
    silent(world)
    await world.at("2026-11-25 07:45")
    (told,) = [plain(one.text) for one in world.hears_all("Bình") if "Kính gửi" in one.text]
    assert f"Vướng mắc mới: {number} (Phạm Thị Dung)" in told
    await world.at("2026-11-26 07:45")
    assert [one for one in world.hears_all("Bình") if "Vướng mắc mới" in one.text] == []


async def test_a_head_does_not_confirm_their_own(world: World) -> None:
    await begin(world)
    await given(world, "Bình", date(2026, 11, 30), status=Status.AWAITING)
    await world.at("2026-11-25 07:45")
    assert world.hears_all("Bình") == []


async def test_who_is_away_is_told(world: World) -> None:
    await begin(world)
    await given(world, "Dung", date(2026, 11, 24))
    await away(world, "Dung", "Em")
    await world.at("2026-11-25 07:45")
    assert "Phạm Thị Dung đến hết 25/11/2026 (Hoàng Văn Em làm thay)" in world.hears("Bình")
    await world.at("2026-11-26 07:45")
    assert "Đang nghỉ" not in plain(world.last("Bình").text)


async def away(world: World, who: str, stand_in: str) -> None:
    """Somebody is away until the 25th."""
    await world.says(who, f"nghỉ 24/11 đến 25/11 thay bằng {world.people[stand_in].name}")
    silent(world)


async def test_whoever_stands_in_for_a_head_gets_the_letter_and_confirms_with_it(world: World) -> None:
    await begin(world)
    others = await given(world, "Dung", date(2026, 11, 30), "Việc của Dung", status=Status.AWAITING)
    own = await given(world, "Em", date(2026, 11, 30), "Việc của Em", status=Status.AWAITING)
    await away(world, "Bình", "Em")
    await world.at("2026-11-25 07:45")
    assert world.hears_all("Bình") == []
    (told,) = [one for one in world.hears_all("Em") if "Phòng Quản lý Công nghệ" in one.text]
    assert "Việc của Dung" in told.text
    assert "Việc của Em" not in told.text
    await world.presses("Em", f"Xác nhận {others}", of=told)
    assert [(await world.task(number)).status for number in (others, own)] == [Status.DONE, Status.AWAITING]
    await world.at("2026-11-26 07:45")
    assert "Việc của Em" in world.hears("Bình")


async def test_a_head_who_stands_in_for_another_gets_both_letters(world: World) -> None:
    await begin(world)
    await world.says("Bình", "/nghi hôm nay đến 4/12 thay bằng Hùng")
    await given(world, "Dung", date(2026, 11, 24))
    await given(world, "Khánh", date(2026, 11, 24))
    silent(world)
    await world.at("2026-11-25 07:46")
    letters = [plain(one.text) for one in world.hears_all("Hùng")]
    assert sorted("thay đồng chí Trần Văn Bình" in one for one in letters) == [False, True]
    assert sorted("Phòng Kế hoạch - Tài chính" in one for one in letters) == [False, True]


async def test_a_letter_that_cannot_be_written_holds_no_other_unit_up(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await begin(world)
    await given(world, "Dung", date(2026, 11, 24))
    await given(world, "Khánh", date(2026, 11, 24))
    silent(world)
    written = texts.head

    def stumbles(speech: Speech, person: Person, *more: Any) -> Outgoing:
        if person == world.people["Bình"]:
            raise ValueError("unforeseen")
        return written(speech, person, *more)

    # no data makes a text fail in a way that nobody foresaw
    monkeypatch.setattr(texts, "head", stumbles)
    with capture_logs() as logs:
        await world.at("2026-11-25 07:46")
    assert "Phòng Kế hoạch - Tài chính" in world.hears("Hùng")
    assert world.hears_all("Bình") == []
    assert [line["log_level"] for line in logs if line["event"] == "digest_failed"] == ["error"]


async def test_what_is_long_overdue_is_brought_to_the_head_once_and_written_down(world: World) -> None:
    await begin(world)
    number = await given(world, "Dung", date(2026, 11, 25), "Báo cáo quý IV")
    await world.at("2026-11-26 07:45")
    assert "Chuyển đến" not in world.hears("Bình")
    await world.at("2026-11-27 07:45")
    assert "Chuyển đến đồng chí" in world.hears("Bình")
    async with world.store.read() as uow:
        history = [entry for entry in await uow.tasks.history(number) if entry.verb is Verb.ESCALATED]
    assert [entry.note for entry in history] == ["đến Trần Văn Bình"]
    await world.at("2026-11-30 07:45")
    assert "Chuyển đến" not in world.hears("Bình")


# -- the first working day of a week -----------------------------------------------------------------------------------


async def test_on_monday_the_head_gets_the_week_with_a_picture_of_it(world: World) -> None:
    await begin(world)
    await given(world, "Dung", date(2026, 11, 27))
    await given(world, "Em", date(2026, 12, 2))
    await given(world, "Khánh", date(2026, 12, 3))
    await world.at("2026-11-30 07:45")
    (binh,), (hung,) = world.hears_all("Bình"), world.hears_all("Hùng")
    assert [file.mime for file in (*binh.files, *hung.files)] == ["image/png"] * 2
    assert binh.files[0].key != hung.files[0].key
    assert size(await world.files.open(binh.files[0])) == (800, 450)
    await world.at("2026-12-01 07:45")
    assert world.last("Bình").files == ()


async def test_after_a_holiday_on_monday_the_week_begins_on_its_first_working_day(world: World) -> None:
    world.clock.at = local("2026-08-28 17:30")
    await begin(world)
    await given(world, "Dung", date(2026, 9, 4))
    # the last of August is a holiday by a swap with Saturday the 22nd; so are the two days after it
    for day in ("2026-08-31", "2026-09-01", "2026-09-02"):
        await world.at(f"{day} 07:45")
        assert world.hears_all("Bình") == world.hears_all("Lan") == []
    await world.at("2026-09-03 07:45")
    assert len(world.last("Bình").files) == len(world.last("Lan").files) == 1
    await world.at("2026-09-04 07:45")
    assert world.last("Bình").files == ()


async def test_the_office_is_told_on_monday_how_everything_stands(world: World) -> None:
    await begin(world)
    await given(world, "Dung", date(2026, 11, 27), index=Index.PAR)
    await given(world, "Khánh", date(2026, 12, 1))
    await world.at("2026-11-30 07:45")
    (told,) = world.hears_all("Lan")
    assert len(told.files) == 1
    text = plain(told.text)
    assert "Quá hạn 1 · đến hạn trong 03 ngày làm việc 1" in text
    assert text.index("Phòng Quản lý Công nghệ") < text.index("Phòng Kế hoạch")
    assert "PAR: quá hạn 1" in text
    for hour in ("07:46", "13:30", "16:59"):
        await world.at(f"2026-11-30 {hour}")
    assert world.hears_all("Lan") == []


async def test_a_picture_that_cannot_be_drawn_holds_no_letter_back(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await begin(world)
    await given(world, "Dung", date(2026, 11, 27))
    # as if the drawing process could not start
    monkeypatch.setattr(charts, "ROOT", world.files.root / "gone")
    await world.at("2026-11-30 07:45")
    assert world.last("Bình").files == world.last("Lan").files == ()
    assert "Quá hạn: 1" in world.hears("Bình")
