"""Difficulties and their threads: one open for each task, who is faster, the counts for statistics."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from domain import difficulties as rules
from domain.deadlines import Deadline
from domain.difficulties import Difficulty, Kind, Note, Turn
from domain.tasks import Assignment, Status, Task
from storage.unit_of_work import UnitOfWork
from tests.world import MONDAY, World

DUE = MONDAY + timedelta(days=3)


async def assigned(uow: UnitOfWork, world: World, who: str = "Dung", due: date | None = None) -> Assignment:
    person = world.people[who]
    task = Task(0, "x", world.people["Lan"].id, MONDAY)
    deadline = Deadline(due) if due else None
    return await uow.tasks.create(Assignment(0, task, person.id, person.unit_id, Status.IN_PROGRESS, deadline=deadline))


async def raised(uow: UnitOfWork, one: Assignment, minutes: int = 0) -> Difficulty:
    at = MONDAY + timedelta(minutes=minutes)
    return await uow.difficulties.create(rules.raised(one, one.assignee_id, 0, at, DUE))


async def test_a_difficulty_comes_back_as_it_was_kept(world: World) -> None:
    async with world.store.write() as uow:
        one = await assigned(uow, world)
        kept = await raised(uow, one)
        up = rules.submit(kept, world.people["Hải"].id, MONDAY, DUE)
        assert await uow.difficulties.save(kept, up)
        await uow.difficulties.add(kept.id, Note(MONDAY, Kind.RAISED, one.assignee_id, "vướng"))
        await uow.difficulties.add(kept.id, Note(MONDAY, Kind.CLIMBED, None))
    async with world.store.read() as uow:
        assert await uow.difficulties.open_of(one.number) == up
        notes = await uow.difficulties.thread(one.number)
        assert await uow.difficulties.threads([kept.id]) == {kept.id: notes}
    assert notes == [Note(MONDAY, Kind.RAISED, one.assignee_id, "vướng"), Note(MONDAY, Kind.CLIMBED, None)]


async def test_a_task_has_at_most_one_that_is_open(world: World) -> None:
    async with world.store.write() as uow:
        one = await assigned(uow, world)
        kept = await raised(uow, one)
        await uow.difficulties.save(kept, rules.close(kept, MONDAY))
        assert await uow.difficulties.open_of(one.number) is None
        await raised(uow, one)
    with pytest.raises(IntegrityError):
        async with world.store.write() as uow:
            await raised(uow, one)


async def test_whoever_is_slower_changes_nothing(world: World) -> None:
    async with world.store.write() as uow:
        kept = await raised(uow, await assigned(uow, world))
        assert await uow.difficulties.save(kept, rules.climb(kept, DUE + timedelta(days=1)))
        assert not await uow.difficulties.save(kept, rules.climb(kept, DUE))
        assert not await uow.difficulties.save(replace(kept, climbed=1, revision=2), rules.close(kept, MONDAY))
        now = await uow.difficulties.open_of(kept.number)
    assert now is not None
    assert (now.climbed, now.turn) == (1, Turn.OFFICE)


async def test_the_open_ones_are_listed_the_oldest_first_by_whose_they_are(world: World) -> None:
    unit, hai = world.people["Dung"].unit_id, world.people["Hải"].id
    async with world.store.write() as uow:
        second = await raised(uow, await assigned(uow, world), minutes=2)
        first = await raised(uow, await assigned(uow, world, "Em"), minutes=1)
        third = await raised(uow, await assigned(uow, world, "Khánh"), minutes=3)
        over = await raised(uow, await assigned(uow, world))
        await uow.difficulties.save(over, rules.close(over, MONDAY))
        up = rules.submit(third, hai, MONDAY, DUE)
        await uow.difficulties.save(third, up)
    async with world.store.read() as uow:
        assert await uow.difficulties.waiting(2) == ([first, second], 3)
        assert await uow.difficulties.waiting(2, 2) == ([up], 3)
        assert await uow.difficulties.waiting(9, unit_ids=[unit]) == ([first, second], 2)
        assert await uow.difficulties.waiting(9, person_ids=[world.people["Dung"].id]) == ([second], 1)
        assert await uow.difficulties.waiting(9, leader_ids=[hai]) == ([up], 1)
        assert await uow.difficulties.waiting(9, leader_ids=[hai + 1]) == ([], 0)


async def test_the_statistics_know_which_late_task_was_held_up(world: World) -> None:
    async with world.store.write() as uow:
        numbers = []
        for closed_at in (None, DUE, MONDAY + timedelta(hours=1)):
            one = await assigned(uow, world, due=date(2026, 11, 25))
            kept = await raised(uow, one)
            if closed_at:
                await uow.difficulties.save(kept, rules.close(kept, closed_at))
            numbers.append(one.number)
        numbers.append((await assigned(uow, world, due=date(2026, 11, 25))).number)
        assert await uow.difficulties.held_up(numbers) == set(numbers[:2])
        assert await uow.difficulties.held_up([]) == set()


async def test_late_ones_are_found_by_the_clock(world: World) -> None:
    async with world.store.write() as uow:
        kept = await raised(uow, await assigned(uow, world))
        assert not await uow.difficulties.any_late(DUE - timedelta(seconds=1))
        assert await uow.difficulties.any_late(DUE)
        assert await uow.difficulties.late(DUE, 5) == [kept]
        await uow.difficulties.save(kept, rules.close(kept, MONDAY))
        assert not await uow.difficulties.any_late(DUE)
        assert await uow.difficulties.late(DUE, 5) == []
