"""Killed thirty times while letters go out by an Official Account and its token is renewed: everybody gets theirs."""

import random
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from domain.messages import Draft, Outgoing, Priority
from domain.people import Role
from storage.engine import make_engine
from storage.roster import take_in
from storage.unit_of_work import Store
from tests.cast import Line
from tests.journeys.assistant import assistant
from tests.journeys.followers import account_of
from tests.simulators.telegram import TelegramSimulator
from tests.simulators.zalo_oa import ZaloOaSimulator
from tests.world import ZONE

pytestmark = [pytest.mark.journey, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]

PEOPLE, KILLS = 300, 30
REPEATED = "Gửi lại"
BARELY = 2 * 3600 + 1
"""Seconds that an access token lives: it is to be renewed a second after it has come."""


async def prepare(url: str, sim: ZaloOaSimulator) -> None:
    store, now = Store(make_engine(url), ZONE), datetime.now(UTC)
    async with store.write() as uow:
        await take_in(
            uow, [Line(f"Cán bộ {n}", "Phòng", "Chuyên viên", Role.OFFICER, None) for n in range(PEOPLE)], now
        )
        for person in (await uow.agency()).people.values():
            sim.person(f"77{person.id}", person.name)
            way = await uow.people.link(person.id, "zalo_oa", f"77{person.id}", now)
            draft = Draft(Outgoing(f"Văn bản gửi {person.name}."), f"test:{person.id}", Priority.BROADCAST)
            await uow.outbox.post_to(way, draft, now, person_id=person.id)
    await store.close()


async def test_nobody_is_left_out_and_no_kill_repeats_more_than_one(database_url: str, tmp_path: Path) -> None:
    chance = random.Random(2026)
    async with (
        ZaloOaSimulator(forgiving=True) as sim,
        TelegramSimulator() as unused,
        assistant(unused, database_url, tmp_path) as running,
    ):
        sim.tokens.life = BARELY
        await prepare(database_url, sim)
        del running.environment["NHACVIEC_TELEGRAM_TOKEN"]
        running.environment |= account_of(sim)
        for _ in range(KILLS):
            before = len(sim.sent)
            await running.join()
            await sim.wait_until(lambda so_far=before: len(sim.sent) > so_far, 20)  # type: ignore[misc]
            sim.fault("", delay=chance.uniform(0, 0.05), times=5)
            reached = len(sim.calls) + chance.randint(0, 2 * PEOPLE // KILLS - 6)
            await sim.wait_until(lambda calls=reached: len(sim.calls) >= calls or len(sim.sent) >= PEOPLE, 20)  # type: ignore[misc]
            await running.kill()
            sim.clear_faults()
        await running.join()
        await sim.wait_until(lambda: len({one["user_id"] for one in sim.sent}) == PEOPLE, 60)
        await running.stop()
    got = Counter(one["user_id"] for one in sim.sent)
    again = [user for user, copies in got.items() if copies > 1]
    assert sum(got[user] - 1 for user in again) <= KILLS
    for user in again:
        marked = [one for one in sim.sent_to(user) if REPEATED in one["text"]]
        assert len(marked) >= got[user] - 1
    assert sim.tokens.rotations > 1
