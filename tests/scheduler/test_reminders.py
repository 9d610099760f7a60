"""Who is reminded of what, and when: in talk, on a clock that is moved by hand."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update
from structlog.testing import capture_logs

from domain.channel import Unavailable
from domain.deadlines import Deadline
from domain.messages import Incoming, Outgoing
from domain.people import Person, Role
from domain.tasks import Assignment, Status, Task
from locales.speech import Speech
from locales.texts import reminders as texts
from storage.codecs import table
from storage.models import LetterRow, PersonRow
from storage.roster import take_in
from tests.cast import CENTRE, Line
from tests.world import MONDAY, World, local, plain

letters, person = table(LetterRow), table(PersonRow)


async def given(world: World, who: str, what: str, due: date | None, remind_at: datetime | None) -> int:
    """A task under way that is to be reminded of at an instant."""
    someone = world.people[who]
    task = Task(0, what, world.people["Lan"].id, MONDAY)
    deadline = Deadline(due) if due else None
    new = Assignment(0, task, someone.id, someone.unit_id, Status.IN_PROGRESS, deadline=deadline, remind_at=remind_at)
    async with world.store.write() as uow:
        return (await uow.tasks.create(new)).number


async def test_a_person_gets_one_letter_for_all_that_is_due_the_overdue_first(world: World) -> None:
    coming = await given(world, "Dung", "Báo cáo quý IV", date(2026, 11, 25), MONDAY)
    late = await given(world, "Dung", "Rà soát thủ tục", date(2026, 11, 20), MONDAY)
    await given(world, "Em", "Việc của Em", date(2026, 11, 20), MONDAY)
    assert await world.tick() == 2
    lines = world.hears("Dung").split("\n")
    assert lines[0].startswith("Kính gửi đồng chí Phạm Thị Dung")
    assert [line.split(".")[0] for line in lines if line[0].isdigit()] == [str(late), str(coming)]
    assert "Việc của Em" not in "\n".join(lines)
    assert "Việc của Em" in world.hears("Em")


async def test_a_long_list_is_cut_and_says_how_many_more(world: World) -> None:
    for n in range(20):
        await given(world, "Dung", f"Nhiệm vụ thứ {n}", date(2026, 11, 20), MONDAY)
    await world.tick()
    reminder = world.hears("Dung")
    assert reminder.count("Nhiệm vụ thứ") == 15
    assert "5" in reminder.split("\n")[-2]
    assert "/viec" in reminder


@pytest.mark.parametrize(
    ("at", "open_at"),
    [
        ("2026-11-26 07:29", "2026-11-26 07:30"),
        ("2026-11-26 11:30", "2026-11-26 13:30"),
        ("2026-11-26 17:00", "2026-11-27 07:30"),
        ("2026-11-28 09:00", "2026-11-30 07:30"),
        ("2027-01-01 09:00", "2027-01-04 07:30"),
    ],
    ids=["early", "lunch", "evening", "Saturday", "New Year"],
)
async def test_nobody_is_reminded_outside_office_hours(world: World, at: str, open_at: str) -> None:
    await given(world, "Dung", "Báo cáo", date(2026, 12, 31), MONDAY)
    await world.at(at)
    assert world.hears_all("Dung") == []
    await world.at(open_at)
    assert "Báo cáo" in world.hears("Dung")


async def test_a_week_of_outage_is_made_up_for_with_one_reminder(world: World) -> None:
    await world.assigned("Dung")
    await world.at("2026-12-08 09:00")
    assert "quá hạn 05 ngày làm việc" in world.hears("Dung")
    for hour in ("09:01", "13:30", "16:59"):
        await world.at(f"2026-12-08 {hour}")
    assert world.hears_all("Dung") == []


async def test_every_rung_of_a_deadline_is_one_reminder(world: World) -> None:
    await world.assigned("Dung")
    reminded = []
    for n in range(16):
        await world.at(f"{date(2026, 11, 24) + timedelta(days=n)} 07:30")
        await world.tick()
        if world.hears_all("Dung"):
            reminded.append(world.clock.at.astimezone(world.rules.zone).date().isoformat()[5:])
    assert reminded == ["11-26", "11-30", "12-01", "12-02", "12-03", "12-07", "12-09"]


async def test_nobody_is_reminded_of_a_task_that_is_claimed_or_done(world: World) -> None:
    number = await world.assigned("Dung")
    await world.says("Dung", f"xong {number}")
    world.hears_all("Dung")
    await world.at("2026-11-26 07:30")
    assert world.hears_all("Dung") == []
    await world.says("Bình", f"xác nhận {number}")
    world.hears_all("Dung")
    await world.at("2026-12-08 07:30")
    assert world.hears_all("Dung") == []


async def test_reminders_go_on_after_a_return(world: World) -> None:
    number = await world.assigned("Dung")
    await world.says("Dung", f"xong {number}")
    await world.at("2026-11-26 08:00")
    await world.says("Bình", f"trả lại {number} Thiếu phụ lục")
    world.hears_all("Dung")
    await world.at("2026-11-27 08:00")
    assert world.hears_all("Dung") == []
    await world.at("2026-11-30 07:30")
    assert "trả lại" in world.hears("Dung")


async def test_a_reminder_that_has_not_left_is_taken_back_and_the_other_task_reminded_of(world: World) -> None:
    async with world.store.write() as uow:
        await uow.people.link(world.people["Dung"].id, "web", "web-dung", MONDAY - timedelta(days=1))
    first = await given(world, "Dung", "Báo cáo quý IV", date(2026, 11, 25), MONDAY)
    await given(world, "Dung", "Rà soát thủ tục", date(2026, 11, 25), MONDAY)
    await world.says("Dung", "viec")
    world.hears_all("Dung")
    world.channel.errors = [Unavailable("no route")] * 100
    await world.tick()
    await world.receives(replace(_said(f"xong {first}"), address="web-dung"))
    assert "hoàn thành" in plain(world.other.sent[-1][1].text)
    world.clock.move(minutes=6)
    world.channel.errors.clear()
    await world.settle()
    assert [one for one in world.hears_all("Dung") if "Báo cáo quý IV" in one.text] == []
    await world.tick()
    reminders = [plain(one[1].text) for one in [*world.channel.sent, *world.other.sent] if "nhắc các" in one[1].text]
    assert len(reminders) == 1
    assert "Rà soát thủ tục" in reminders[0]
    assert "Báo cáo quý IV" not in reminders[0]


def _said(text: str) -> Incoming:
    return Incoming("web", f"web:{text}", "", "Dung", text)


async def test_whoever_has_no_account_is_passed_over_and_the_others_are_reminded(world: World) -> None:
    async with world.store.write() as uow:
        (account,) = await uow.people.accounts(world.people["Dung"].id)
        await uow.people.unlink(account.id)
    await given(world, "Dung", "Báo cáo", date(2026, 11, 25), MONDAY)
    await given(world, "Em", "Báo cáo", date(2026, 11, 25), MONDAY)
    await world.tick()
    assert "Báo cáo" in world.hears("Em")
    assert world.hears_all("Dung") == []
    assert await world.tick() == 0


async def test_whoever_has_left_the_agency_is_reminded_no_more(world: World) -> None:
    number = await given(world, "Dung", "Báo cáo", date(2026, 11, 25), MONDAY)
    async with world.store.write() as uow:
        await uow.connection.execute(
            update(person).where(person.c.id == world.people["Dung"].id).values(left_at=MONDAY)
        )
        await uow.roster_changed()
    await world.tick()
    assert world.hears_all("Dung") == []
    after = (await world.task(number)).remind_at
    assert after is not None
    assert after > MONDAY


async def test_a_task_without_a_deadline_is_never_reminded_of(world: World) -> None:
    number = await world.assigned("Dung", due="không hạn")
    assert (await world.task(number)).remind_at is None
    await world.at("2027-06-01 08:00")
    assert world.hears_all("Dung") == []


async def test_three_hundred_people_are_all_reminded_once(world: World) -> None:
    lines = [Line(f"Cán bộ {n:03d}", CENTRE, "Viên chức", Role.OFFICER) for n in range(300)]
    async with world.store.write() as uow:
        added = (await take_in(uow, lines, world.clock.now() + timedelta(seconds=1))).added
        for person_id in added:
            await uow.people.link(person_id, "telegram", str(person_id), MONDAY)
            task = Task(0, "Báo cáo", world.people["Lan"].id, MONDAY)
            due = Deadline(date(2026, 11, 25))
            await uow.tasks.create(
                Assignment(0, task, person_id, 1, Status.IN_PROGRESS, deadline=due, remind_at=MONDAY)
            )
    assert await world.tick() == 300
    assert sorted(int(address) for address, _ in world.channel.sent) == added
    assert await world.tick() == 0


async def test_a_clock_set_back_reminds_nobody_twice(world: World) -> None:
    await world.assigned("Dung")
    await world.at("2026-11-26 07:30")
    world.hears("Dung")
    world.clock.at = local("2026-11-26 07:00")
    for _ in range(60):
        world.clock.move(minutes=1)
        await world.tick()
    assert world.hears_all("Dung") == []


async def test_a_tick_with_nothing_due_writes_nothing(world: World) -> None:
    await world.assigned("Dung")
    before = await _letters(world)
    assert await world.tick() == 0
    assert await _letters(world) == before


async def _letters(world: World) -> int:
    async with world.store.read() as uow:
        return int(await uow.connection.scalar(select(func.count()).select_from(letters)) or 0)


async def test_whose_letter_cannot_be_written_holds_nobody_up(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    number = await given(world, "Dung", "Báo cáo", date(2026, 12, 31), MONDAY)
    await given(world, "Em", "Rà soát", date(2026, 12, 31), MONDAY)
    written = texts.reminder

    def stumbles(speech: Speech, person: Person, *more: Any) -> Outgoing:
        if person.name == world.people["Dung"].name:
            raise ValueError("unforeseen")
        return written(speech, person, *more)

    # no data makes a text fail in a way that nobody foresaw
    monkeypatch.setattr(texts, "reminder", stumbles)
    with capture_logs() as logs:
        await world.tick()
        await world.tick()
    assert "Rà soát" in world.hears("Em")
    assert world.hears_all("Dung") == []
    assert [(line["event"], line["log_level"]) for line in logs if "reminder" in line["event"]] == [
        ("reminder_failed", "error")
    ]
    later = (await world.task(number)).remind_at
    assert later is not None
    assert later > MONDAY
