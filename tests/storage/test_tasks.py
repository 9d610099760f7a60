"""Assignments as they are kept: whole, in order, and changed by one at a time."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest

from domain.deadlines import Deadline
from domain.messages import StoredFile
from domain.tasks import Assignment, Index, LogEntry, Status, Task, Verb
from storage.roster import take_in
from storage.unit_of_work import Store
from tests.cast import ROSTER
from tests.storage.mail import opened
from tests.world import MONDAY

DAY = timedelta(days=1)


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    async with opened(database_url) as made:
        async with made.write() as uow:
            await take_in(uow, ROSTER, MONDAY)
        yield made


async def kept(store: Store, content: str = "Báo cáo", **more: object) -> Assignment:
    new = Assignment(0, Task(0, content, 1, MONDAY), 4, 2, Status.IN_PROGRESS)
    async with store.write() as uow:
        return await uow.tasks.create(replace(new, **more))  # type: ignore[arg-type]


def due(day: int, at: time | None = None) -> Deadline:
    return Deadline(date(2026, 12, day), at)


async def test_an_assignment_comes_back_as_it_was_kept(store: Store) -> None:
    counted = Deadline(date(2026, 12, 1), time(17), 5, date(2026, 11, 23))
    original = Deadline(date(2026, 11, 30), time(11, 30))
    new = Assignment(
        0, Task(0, "Công bố <b> danh mục\u202f", 1, MONDAY, Index.PAR, "QĐ 45"), 4, 2, Status.RETURNED,
        revision=7, percent=60, deadline=counted, original_deadline=original,
        remind_at=MONDAY + DAY, claimed_at=MONDAY, result="số 45/BC",
    )  # fmt: skip
    async with store.write() as uow:
        made = await uow.tasks.create(new)
    assert made.number > 0
    async with store.read() as uow:
        assert await uow.tasks.get(made.number) == made
    assert made == replace(new, number=made.number, task=replace(new.task, id=made.task.id))


@pytest.mark.parametrize("number", [0, -1, 99, 2**31, 2**63, 10**30])
async def test_a_number_that_nobody_has_finds_nothing(store: Store, number: int) -> None:
    async with store.read() as uow:
        assert await uow.tasks.get(number) is None


async def test_only_the_first_of_two_changes_is_kept(store: Store) -> None:
    before = await kept(store)
    async with store.write() as uow:
        assert await uow.tasks.save(before, replace(before, revision=2, percent=50))
    async with store.write() as uow:
        assert not await uow.tasks.save(before, replace(before, revision=2, percent=90))
    async with store.read() as uow:
        after = await uow.tasks.get(before.number)
    assert after is not None
    assert after.percent == 50


async def test_what_is_to_do_is_listed_the_most_urgent_first_without_what_is_finished(store: Store) -> None:
    for content, deadline, status in (
        ("không hạn", None, Status.IN_PROGRESS),
        ("muộn", due(9), Status.AWAITING),
        ("sớm", due(1), Status.NOT_ACCEPTED),
        ("xong", due(1), Status.DONE),
        ("trưa", due(5, time(11, 30)), Status.RETURNED),
        ("hết ngày", due(5), Status.PAUSED),
        ("thôi", None, Status.STOPPED),
    ):
        await kept(store, content, deadline=deadline, status=status)
    await kept(store, "của người khác", assignee_id=5, unit_id=3)
    order = ["sớm", "trưa", "hết ngày", "muộn", "không hạn"]
    async with store.read() as uow:
        assert [one.task.content for one in await uow.tasks.todo(4, 10)] == order
        assert [one.task.content for one in await uow.tasks.todo(4, 2, 1)] == order[1:3]
        assert [one.task.content for one in await uow.tasks.todo_of_units([2], 10)] == order
        assert [one.task.content for one in await uow.tasks.todo_of_units([], 10)] == []
        moment = due(5, time(11, 30)).instant(uow.tasks._zone)
        assert await uow.tasks.count(4, moment) == (5, 2)
        assert await uow.tasks.count(4, moment - timedelta(seconds=1)) == (5, 1)
        assert await uow.tasks.count_of_units([2, 3], moment) == (6, 2)
        assert await uow.tasks.count_of_units([], moment) == (0, 0)


async def test_who_and_what_is_to_be_reminded_of(store: Store) -> None:
    later = await kept(store, "muộn", deadline=due(9), remind_at=MONDAY)
    sooner = await kept(store, "sớm", deadline=due(1), remind_at=MONDAY - DAY)
    await kept(store, "mai", deadline=due(1), remind_at=MONDAY + DAY)
    await kept(store, "không nhắc")
    other = await kept(store, "người khác", assignee_id=5, remind_at=MONDAY)
    async with store.read() as uow:
        assert sorted(await uow.tasks.people_due(MONDAY, 10)) == [4, 5]
        assert len(await uow.tasks.people_due(MONDAY, 1)) == 1
        assert await uow.tasks.people_due(MONDAY - 2 * DAY, 10) == []
        assert [one.number for one in await uow.tasks.due([4, 5], MONDAY)] == [
            sooner.number,
            later.number,
            other.number,
        ]


async def test_reminders_are_moved_and_only_those_still_wanted_are_called_back(store: Store) -> None:
    one, two = await kept(store, remind_at=MONDAY), await kept(store, remind_at=MONDAY)
    async with store.write() as uow:
        await uow.tasks.remind_later({}, MONDAY)
        await uow.tasks.remind_later({one.number: MONDAY + DAY, two.number: None}, MONDAY)
        await uow.tasks.remind_again(set(), MONDAY)
        await uow.tasks.remind_again({one.number, two.number, 999}, MONDAY)
        assert [found.number for found in await uow.tasks.due([4], MONDAY)] == [one.number]


async def test_only_what_is_open_is_reminded_of(store: Store) -> None:
    for status in Status:
        await kept(store, status.value, status=status, remind_at=MONDAY)
    async with store.read() as uow:
        found = [one.task.content for one in await uow.tasks.due([4], MONDAY)]
    assert found == ["not_accepted", "in_progress", "returned"]


async def test_a_reminder_that_was_called_off_is_not_moved(store: Store) -> None:
    one = await kept(store, remind_at=MONDAY)
    async with store.write() as uow:
        await uow.tasks.save(one, replace(one, revision=2, remind_at=None))
    async with store.write() as uow:
        await uow.tasks.remind_later({one.number: MONDAY + DAY}, MONDAY)
    async with store.read() as uow:
        after = await uow.tasks.get(one.number)
    assert after is not None
    assert after.remind_at is None


async def test_a_change_leaves_a_reminder_alone_that_has_been_moved_since(store: Store) -> None:
    one = await kept(store, remind_at=MONDAY)
    async with store.write() as uow:
        await uow.tasks.remind_later({one.number: MONDAY + DAY}, MONDAY)
    async with store.write() as uow:
        assert await uow.tasks.save(one, replace(one, revision=2, percent=50))
    async with store.read() as uow:
        after = await uow.tasks.get(one.number)
    assert after is not None
    assert (after.remind_at, after.percent) == (MONDAY + DAY, 50)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_a_claim_beside_a_tick_wins_whoever_is_first(store: Store) -> None:
    one, two = await kept(store, remind_at=MONDAY), await kept(store, remind_at=MONDAY)

    async def claim(claimed: Assignment) -> None:
        async with store.write() as uow:
            assert await uow.tasks.save(claimed, replace(claimed, revision=2, remind_at=None))

    async with asyncio.timeout(20), asyncio.TaskGroup() as tasks, store.write() as tick:
        async with store.write() as uow:
            await uow.tasks.save(one, replace(one, revision=2, remind_at=None))
            # claimed, and not committed yet: it is left out, and not waited for
            assert [found.number for found in await tick.tasks.due([4], MONDAY)] == [two.number]
        late = tasks.create_task(claim(two))
        await asyncio.sleep(0.1)
        # the tick holds it: the claim waits, so that it can take back the tick's letter
        assert not late.done()
        await tick.tasks.remind_later(dict.fromkeys((one.number, two.number), MONDAY + DAY), MONDAY)
    async with store.read() as uow:
        assert [(await uow.tasks.get(number)).remind_at for number in (one.number, two.number)] == [None, None]  # type: ignore[union-attr]


async def test_the_history_is_kept_in_order_and_its_end_is_shown(store: Store) -> None:
    one, other = await kept(store), await kept(store)
    entries = [LogEntry(MONDAY, Verb.PROGRESSED, 4, f"bước {n}", n) for n in range(5)]
    async with store.write() as uow:
        for entry in entries[:3]:
            await uow.tasks.note(one.number, entry)
        await uow.tasks.note_all([(one.number, entries[3]), (other.number, LogEntry(MONDAY, Verb.REMINDED, None))])
        await uow.tasks.note_all([])
        await uow.tasks.note(one.number, entries[4])
    async with store.read() as uow:
        assert await uow.tasks.history(one.number) == entries
        assert await uow.tasks.history(one.number, 2) == entries[3:]
        assert await uow.tasks.history(other.number) == [LogEntry(MONDAY, Verb.REMINDED, None)]


async def test_evidence_is_kept_in_order(store: Store) -> None:
    one = await kept(store)
    files = [StoredFile(str(n) * 64, f"tệp {n}.pdf", "application/pdf", n) for n in range(3)]
    async with store.write() as uow:
        for file in files:
            await uow.tasks.add_evidence(one.number, file, 4, MONDAY)
    async with store.read() as uow:
        found = await uow.tasks.evidence(one.number)
    assert [item.file for item in found] == files
    assert {(item.given_by, item.given_at) for item in found} == {(4, MONDAY)}


@pytest.mark.parametrize("hours", [0, 7, -5])
async def test_an_instant_comes_back_in_utc_whatever_zone_it_came_in(store: Store, hours: int) -> None:
    moment = MONDAY.astimezone(timezone(timedelta(hours=hours)))
    one = await kept(store, claimed_at=moment)
    async with store.read() as uow:
        found = await uow.tasks.get(one.number)
    assert found is not None
    assert found.claimed_at == MONDAY
    assert found.claimed_at.utcoffset() == timedelta()


async def test_an_instant_without_a_zone_is_not_kept(store: Store) -> None:
    with pytest.raises(Exception, match=r"(?i)time ?zone|naive"):
        await kept(store, claimed_at=datetime(2026, 11, 23, 9, 0))
    assert MONDAY.tzinfo is UTC
