"""Rounds: at their hour, made up for the same day, passed over later, and killed in the middle without a repeat."""

from datetime import date, datetime, time, timedelta

import pytest

from domain.rules import Rules
from domain.workdays import CalendarDay, WorkCalendar
from scheduler import digests, rounds
from scheduler.clockwork import Clockwork
from scheduler.rounds import Occasion, Outcome, Round, go, next_due, opens_week
from storage.unit_of_work import UnitOfWork
from tests.scheduler.test_digests import begin, given, silent
from tests.world import World, local

RULES = Rules()


def calendar(*rest: str, worked: tuple[str, ...] = ()) -> WorkCalendar:
    days = [CalendarDay(date.fromisoformat(day), False, "nghỉ") for day in rest]
    days += [CalendarDay(date.fromisoformat(day), True, "làm bù") for day in worked]
    return WorkCalendar(lambda year: {one.day: one for one in days if one.day.year == year})


async def nothing(work: Clockwork, occasion: Occasion, now: datetime) -> Outcome:
    return Outcome(0)


DAILY = Round("daily", lambda rules: rules.digest_at, nothing)
WEEKLY = Round("weekly", lambda rules: rules.digest_at, nothing, weekly=True)


@pytest.mark.parametrize(
    ("one", "after", "due"),
    [
        (DAILY, "2026-11-23 07:44", "2026-11-23 07:45"),
        (DAILY, "2026-11-23 07:45", "2026-11-25 07:45"),
        (DAILY, "2026-11-27 09:00", "2026-12-01 07:45"),
        (WEEKLY, "2026-11-23 07:44", "2026-11-23 07:45"),
        (WEEKLY, "2026-11-23 07:45", "2026-12-01 07:45"),
    ],
)
def test_a_round_comes_on_working_days_and_the_weekly_one_on_the_first(one: Round, after: str, due: str) -> None:
    days = calendar("2026-11-24", "2026-11-30")
    assert next_due(one, RULES, days, local(after)) == local(due)


@pytest.mark.parametrize(
    ("day", "opens"),
    [
        ("2026-11-23", True),
        ("2026-11-24", False),
        ("2026-11-30", False),
        ("2026-12-01", True),
        ("2026-12-12", True),
        ("2026-11-28", False),
    ],
    ids=["Monday", "Tuesday", "a holiday", "after a holiday on Monday", "a Saturday worked instead", "a Saturday"],
)
def test_the_first_worked_day_opens_the_week(day: str, opens: bool) -> None:
    week_off = [f"2026-12-{day:02d}" for day in range(7, 12)]
    assert opens_week(date.fromisoformat(day), calendar("2026-11-30", *week_off, worked=("2026-12-12",))) is opens


async def busy(world: World) -> None:
    """Two units have something to be told every morning from the 25th on."""
    await begin(world)
    await given(world, "Dung", date(2026, 11, 24))
    await given(world, "Khánh", date(2026, 11, 24))


@pytest.mark.parametrize(
    ("at", "told"),
    [
        ("2026-11-25 07:44", False),
        ("2026-11-25 10:00", True),
        ("2026-11-25 12:00", False),
        ("2026-11-25 16:59", True),
        ("2026-11-25 17:00", False),
    ],
    ids=["early", "an outage of the morning", "at lunch", "in the last minute", "too late"],
)
async def test_what_an_outage_missed_is_made_up_for_in_office_hours_of_the_same_day(
    world: World, at: str, told: bool
) -> None:
    await busy(world)
    await world.at(at)
    assert bool(world.hears_all("Bình")) is told


async def test_what_was_missed_at_lunch_comes_after_it(world: World) -> None:
    await busy(world)
    await world.at("2026-11-25 12:00")
    await world.at("2026-11-25 13:30")
    assert "Quá hạn: 1" in world.hears("Bình")


async def test_after_days_of_outage_only_the_round_of_the_day_is_done(world: World) -> None:
    await busy(world)
    await world.at("2026-11-27 09:00")
    assert "27/11/2026" in world.hears("Bình")
    await world.at("2026-11-27 10:00")
    assert world.hears_all("Bình") == []


async def test_after_an_outage_that_ends_in_the_evening_the_next_day_is_as_always(world: World) -> None:
    await busy(world)
    await world.at("2026-11-26 20:00")
    assert world.hears_all("Bình") == []
    await world.at("2026-11-27 07:45")
    assert "27/11/2026" in world.hears("Bình")


async def test_a_new_assistant_begins_with_the_next_round(world: World) -> None:
    await given(world, "Dung", date(2026, 11, 20))
    await world.tick()
    assert world.hears_all("Bình") == []


async def test_killed_in_the_middle_nobody_is_told_twice_and_nobody_forgotten(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await busy(world)
    monkeypatch.setattr(digests, "UNITS_AT_ONCE", 1)
    tell = digests.Some.tell

    async def dies(self: digests.Some, uow: UnitOfWork, headed: dict[int, list[int]]) -> int:
        letters = await tell(self, uow, headed)
        if any(unit == world.people["Hùng"].unit_id for unit in headed):
            # the process dies after the second unit's letters are written and before they are committed
            raise KeyboardInterrupt
        return letters

    world.clock.at = local("2026-11-25 07:45")
    with monkeypatch.context() as killing, pytest.raises(KeyboardInterrupt):
        killing.setattr(digests.Some, "tell", dies)
        await world.tick()
    await world.settle()
    assert len(world.hears_all("Bình")) == 1
    assert world.hears_all("Hùng") == []
    await world.tick()
    assert world.hears_all("Bình") == []
    assert len(world.hears_all("Hùng")) == 1


async def test_a_round_over_many_units_goes_on_with_the_next_tick(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await busy(world)
    monkeypatch.setattr(digests, "UNITS_A_TICK", 1)
    await world.at("2026-11-25 07:45")
    told = [bool(world.hears_all(who)) for who in ("Bình", "Hùng")]
    for _ in range(5):
        await world.tick()
    assert told.count(True) < 2
    assert [len(world.hears_all(who)) for who in ("Bình", "Hùng")] == [int(not one) for one in told]


async def test_a_round_that_is_done_all_over_again_repeats_nobody(world: World) -> None:
    await busy(world)
    await world.at("2026-11-25 07:45")
    silent(world)
    async with world.store.write() as uow:
        # as it is where the process died before the next round was planned
        await uow.rounds.plan("head", local("2026-11-25 07:45"))
    await world.at("2026-11-25 08:00")
    assert world.hears_all("Bình") == world.hears_all("Hùng") == []
    async with world.store.read() as uow:
        assert (await uow.rounds.all())["head"].at == local("2026-11-26 07:45")


async def test_a_clock_set_back_repeats_nobody_and_loses_no_later_round(world: World) -> None:
    await busy(world)
    await world.at("2026-11-25 07:45")
    assert len(world.hears_all("Bình")) == 1
    await world.at("2027-11-25 07:45")
    silent(world)
    await world.at("2026-11-25 07:00")
    await world.at("2026-11-25 07:45")
    assert world.hears_all("Bình") == []
    await world.at("2026-11-26 07:45")
    assert len(world.hears_all("Bình")) == 1


async def test_a_round_waits_for_the_one_that_comes_before_it(world: World) -> None:
    done: list[str] = []

    def noting(name: str, *, over: bool = True) -> rounds.Round:
        async def run(work: Clockwork, occasion: Occasion, now: datetime) -> Outcome:
            done.append(name)
            return Outcome(0, over=over or done.count(name) > 1)

        return Round(name, lambda _rules: time(10), run, after=None if name == "first" else "first")

    work = Clockwork(world.store, world.files, world.rules, world.speech)
    first, second = noting("first", over=False), noting("second")
    for n in range(4):
        now = local("2026-11-23 09:59") + timedelta(minutes=n)
        for one in (second, first, second):
            await go(work, one, now)
    assert done == ["first", "first", "second"]
