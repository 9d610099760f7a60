"""Counts over many tasks: right at every edge, the same on both databases, and read off the indexes."""

import re
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, update

from domain.deadlines import Deadline
from domain.escalation import Step
from domain.statistics import PERIOD, By, Counts, Done, Horizons, horizons, share
from domain.tasks import Assignment, Index, LogEntry, Status, Task, Verb
from storage.people import account, person
from tests.world import MONDAY, World, local


async def given(world: World, who: str, due: str | None, index: Index | None = None, **more: Any) -> int:
    """A task, by the date that it is due on, with an hour where one is given ("2026-11-23 10:00")."""
    someone = world.people[who]
    at = local(due if due and " " in due else f"{due} 00:00").astimezone(world.rules.zone) if due else None
    deadline = Deadline(at.date(), at.time() if due and " " in due else None) if at else None
    task = Task(0, "Rà soát", world.people["Lan"].id, MONDAY, index)
    new = Assignment(
        0, task, someone.id, someone.unit_id, Status.IN_PROGRESS, deadline=deadline, original_deadline=deadline
    )
    async with world.store.write() as uow:
        return (await uow.tasks.create(replace(new, **more))).number


async def seen(world: World) -> Horizons:
    async with world.store.read() as uow:
        return horizons(world.clock.now(), world.rules.zone, await uow.calendar())


async def counted(world: World, who: str) -> Counts:
    unit = world.people[who].unit_id
    async with world.store.read() as uow:
        return (await uow.statistics.of_units([unit], await seen(world))).get(unit, Counts())


@pytest.mark.parametrize(
    ("due", "counts"),
    [
        ("2026-11-20", Counts(1, overdue=1)),
        ("2026-11-22", Counts(1, overdue=1)),
        ("2026-11-23 09:00", Counts(1, overdue=1)),
        ("2026-11-23 09:01", Counts(1, today=1, soon=1)),
        ("2026-11-23", Counts(1, today=1, soon=1)),
        ("2026-11-24", Counts(1, week=1, soon=1)),
        ("2026-11-27", Counts(1, week=1, soon=1)),
        ("2026-11-28", Counts(1, week=1)),
        ("2026-11-29", Counts(1, week=1)),
        ("2026-11-30", Counts(1)),
        (None, Counts(1)),
    ],
)
async def test_a_task_is_counted_by_how_near_it_is(world: World, due: str | None, counts: Counts) -> None:
    # Tuesday is a holiday, so that Friday is the third working day from Monday
    await given(world, "Dung", due)
    assert await counted(world, "Dung") == counts


async def test_what_is_claimed_is_counted_apart_and_what_is_done_not_at_all(world: World) -> None:
    await given(world, "Dung", "2026-11-20", status=Status.AWAITING)
    await given(world, "Em", "2026-11-20", status=Status.DONE)
    await given(world, "Em", "2026-11-20", stuck=True)
    assert await counted(world, "Dung") == Counts(2, overdue=1, awaiting=1, stuck=1)
    assert await counted(world, "Khánh") == Counts()


async def test_units_people_and_indices_are_counted_alike(world: World) -> None:
    await given(world, "Dung", "2026-11-20", Index.PAR)
    await given(world, "Em", "2026-11-23", Index.PAR)
    await given(world, "Khánh", "2026-11-20", Index.PAPI)
    await given(world, "Khánh", None)
    units = list({one.unit_id for one in world.people.values()})
    at = await seen(world)
    dung, em, khanh = (world.people[name] for name in ("Dung", "Em", "Khánh"))
    async with world.store.read() as uow:
        by_unit = await uow.statistics.counts(By.UNIT, units, at)
        assert by_unit == {dung.unit_id: Counts(2, overdue=1, today=1, soon=1), khanh.unit_id: Counts(2, overdue=1)}
        by_person = await uow.statistics.counts(By.PERSON, [dung.unit_id], at)
        assert by_person == {dung.id: Counts(1, overdue=1), em.id: Counts(1, today=1, soon=1)}
        by_index = await uow.statistics.counts(By.INDEX, units, at)
        assert by_index == {"PAR": Counts(2, overdue=1, today=1, soon=1), "PAPI": Counts(1, overdue=1)}
        only = await uow.statistics.counts(By.UNIT, units, at, Index.PAPI)
        assert only == {khanh.unit_id: Counts(1, overdue=1)}


async def test_on_time_is_judged_by_the_present_and_by_the_first_deadline(world: World) -> None:
    def done(at: str) -> dict[str, Any]:
        return {"status": Status.DONE, "claimed_at": local(at)}

    first = Deadline(date(2026, 11, 10))
    await given(world, "Dung", "2026-11-20", **done("2026-11-20 23:59"))
    await given(world, "Dung", "2026-11-20", **done("2026-11-21 00:00"))
    await given(world, "Dung", "2026-11-20", original_deadline=first, **done("2026-11-12 09:00"))
    await given(world, "Dung", "2026-11-20", original_deadline=None, **done("2026-11-12 09:00"))
    await given(world, "Dung", None, **done("2026-11-12 09:00"))
    await given(world, "Dung", "2026-11-20", **done("2026-10-20 09:00"))
    unit = world.people["Dung"].unit_id
    async with world.store.read() as uow:
        assert await uow.statistics.done(By.UNIT, [unit], MONDAY - PERIOD) == {unit: Done(4, 3, 2)}
        assert await uow.statistics.done(By.INDEX, [unit], MONDAY - PERIOD) == {}


def test_only_all_is_a_hundred_percent() -> None:
    assert [share(199, 200), share(200, 200), share(0, 3), share(0, 0)] == [99, 100, 0, None]


async def test_whoever_has_a_task_and_no_chat_that_works_is_unreachable(world: World) -> None:
    for who in ("Dung", "Em", "Khánh", "Minh"):
        await given(world, who, "2026-12-01")
    await given(world, "Hùng", "2026-12-01", status=Status.DONE)
    async with world.store.write() as uow:
        ids = [world.people[who].id for who in ("Em", "Hùng")]
        await uow.connection.execute(
            update(account).where(account.c.person_id.in_(ids)).values(unreachable_since=MONDAY)
        )
        (one,) = await uow.people.accounts(world.people["Khánh"].id)
        await uow.people.unlink(one.id)
        left = person.c.id == world.people["Minh"].id
        await uow.connection.execute(update(person).where(left).values(left_at=MONDAY))
    async with world.store.read() as uow:
        assert await uow.ways.unreachable(9, MONDAY) == (2, [world.people["Em"].id, world.people["Khánh"].id])
        assert await uow.ways.unreachable(1, MONDAY) == (2, [world.people["Em"].id])


async def test_what_is_to_be_carried_up_is_found_once_for_each_step(world: World) -> None:
    long_ago = await given(world, "Dung", "2026-11-10")
    late = await given(world, "Khánh", "2026-11-20")
    spoken = await given(world, "Dung", "2026-11-10")
    await given(world, "Dung", "2026-11-10", status=Status.AWAITING)
    await given(world, "Dung", "2026-11-10", status=Status.PAUSED)
    await given(world, "Dung", "2026-11-10", stuck=True)
    since = MONDAY - timedelta(days=3)
    async with world.store.write() as uow:
        await uow.tasks.note(spoken, LogEntry(since, Verb.PROGRESSED, None, percent=5))
        await uow.tasks.note(late, LogEntry(since - timedelta(seconds=1), Verb.PROGRESSED, None, percent=5))
        await uow.tasks.note(long_ago, LogEntry(MONDAY, Verb.REMINDED, None))

        async def found(step: Step, units: list[int] | None = None) -> list[int]:
            return [one.number for one in await uow.statistics.late(step, MONDAY, since, units)]

        assert await found(Step.HEAD) == [long_ago, late]
        assert await found(Step.HEAD, [world.people["Khánh"].unit_id]) == [late]
        await uow.statistics.carried_up([long_ago], Step.OFFICE)
        assert await found(Step.HEAD) == [long_ago, late]
        assert await found(Step.OFFICE) == [late]
        await uow.statistics.carried_up([long_ago], Step.HEAD)
        assert await found(Step.HEAD) == [late]
        assert await found(Step.OFFICE) == [late]
        assert await found(Step.LEADER) == [long_ago, late]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_every_count_is_read_off_an_index(world: World, tmp_path: Path) -> None:
    units, at = [world.people["Dung"].unit_id], await seen(world)
    asked: list[tuple[str, Any]] = []
    engine = world.store.database._engine  # type: ignore[attr-defined]  # the only way to see what is asked
    event.listen(engine, "before_cursor_execute", lambda _c, _cur, sql, facts, *_more: asked.append((sql, facts)))
    async with world.store.read() as uow:
        await uow.statistics.of_units(units, at)
        await uow.statistics.counts(By.UNIT, units, at, Index.PAR)
        await uow.statistics.due_days(units, at)
        await uow.statistics.late(Step.OFFICE, MONDAY, MONDAY)
        await uow.statistics.done(By.UNIT, units, MONDAY - PERIOD)
        await uow.tasks.near_of_units(units, at.week, 9)
        await uow.tasks.awaiting_of_units(units, 9)
    plans: list[str] = []
    with closing(sqlite3.connect(tmp_path / "nhacviec.db")) as raw:
        for sql, facts in asked:
            plans += [str(row[3]) for row in raw.execute(f"EXPLAIN QUERY PLAN {sql}", facts)]
    assert [plan for plan in plans if plan.startswith("SCAN assignment") and "INDEX" not in plan] == []
    used = set(re.findall(r"ix_assignment_\w+", " ".join(plans)))
    assert {"ix_assignment_unit", "ix_assignment_index", "ix_assignment_late", "ix_assignment_claimed"} <= used
