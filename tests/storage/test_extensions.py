"""Extensions of deadlines: who is faster, and what waits where two have asked at once."""

from dataclasses import replace
from datetime import date

from domain.deadlines import Deadline
from domain.extensions import Extension, Outcome
from storage.unit_of_work import UnitOfWork
from tests.storage.test_difficulties import assigned
from tests.world import MONDAY, World

OLD, NEW = Deadline(date(2026, 11, 27)), Deadline(date(2026, 12, 20))


async def asked(uow: UnitOfWork, world: World) -> Extension:
    one = await assigned(uow, world, due=OLD.on)
    return await uow.extensions.keep(Extension(0, one.number, one.assignee_id, MONDAY, "chờ số liệu", OLD, NEW))


async def test_what_was_decided_is_not_decided_again(world: World) -> None:
    async with world.store.write() as uow:
        waits = await asked(uow, world)
        decided = replace(waits, outcome=Outcome.GRANTED, decided_by=world.people["Lan"].id, decided_at=MONDAY)
        assert await uow.extensions.decide(decided)
        assert not await uow.extensions.decide(replace(decided, outcome=Outcome.REFUSED))
        assert [one.outcome for one in await uow.extensions.of(waits.number)] == [Outcome.GRANTED]


async def test_only_what_is_under_way_and_not_decided_waits(world: World) -> None:
    async with world.store.write() as uow:
        first, second = await asked(uow, world), await asked(uow, world)
        assert await uow.extensions.undecided(10) == [first.number, second.number]
        await uow.extensions.decide(replace(first, outcome=Outcome.REFUSED))
        assert await uow.extensions.undecided(10) == [second.number]
