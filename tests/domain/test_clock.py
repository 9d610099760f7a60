"""The clocks: aware UTC instants, and a rehearsal's own time that runs on."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
import time_machine

from domain.clock import Clock, RehearsalClock, SystemClock

REAL = datetime(2026, 8, 3, 1, 0, tzinfo=UTC)
SET = datetime(2026, 11, 23, 9, 0, tzinfo=timezone(timedelta(hours=7)))


@pytest.mark.parametrize("clock", [SystemClock(), RehearsalClock(SET)])
def test_every_clock_tells_aware_utc_instants(clock: Clock) -> None:
    assert clock.now().tzinfo is UTC


def test_the_system_clock_tells_the_machines_time() -> None:
    with time_machine.travel(REAL, tick=False):
        assert SystemClock().now() == REAL


def test_a_rehearsal_clock_runs_on_from_where_it_was_set() -> None:
    with time_machine.travel(REAL, tick=False) as machine:
        clock = RehearsalClock(SET)
        assert clock.now() == SET
        machine.shift(timedelta(minutes=5))
        assert clock.now() == SET + timedelta(minutes=5)


def test_a_rehearsal_clock_can_be_set_forward_and_back() -> None:
    with time_machine.travel(REAL, tick=False):
        clock = RehearsalClock(SET)
        for days in (30, -400):
            clock.move_to(SET + timedelta(days=days))
            assert clock.now() == SET + timedelta(days=days)


def test_a_clock_is_not_set_to_an_instant_without_a_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        RehearsalClock(datetime(2026, 11, 23, 9, 0))
