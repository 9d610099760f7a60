"""A vendor's limits: never exceeded in any window, never a needless wait, and always soon a place for an answer."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram_limits import LIMITS as TELEGRAM
from domain.channel import Limits
from domain.messages import Priority
from scheduler.pacing import CATCH_UP, EVEN_SHARE, Pacing

LIMITS = Limits(per_second=5, per_chat_second=1, per_group_minute=3)
TICK = 1 / 16
"""Exact in binary, so that no sum is rounded."""

moves = st.lists(
    st.tuples(st.sampled_from(["1", "2", "3", "-7", "-8"]), st.integers(0, 40).map(lambda ticks: ticks * TICK)),
    max_size=60,
)


def is_group(address: str) -> bool:
    return address.startswith("-")


def recent(sent: list[tuple[str, float]], at: float, span: float, whose: Callable[[str], bool]) -> int:
    return sum(whose(address) and at - span < moment <= at for address, moment in sent)


def allowed(sent: list[tuple[str, float]], address: str, at: float) -> bool:
    """The limits, said in the plainest way."""
    overall = recent(sent, at, 1, lambda _: True) < 5
    chat = recent(sent, at, 1, lambda one: one == address) < 1
    group = not is_group(address) or recent(sent, at, 60, lambda one: one == address) < 3
    return overall and chat and group


@given(moves)
def test_an_answer_may_leave_exactly_when_no_window_is_full(attempts: list[tuple[str, float]]) -> None:
    pacing, at = Pacing(LIMITS, is_group), 1000.0
    sent: list[tuple[str, float]] = []
    for address, gap in attempts:
        at += gap
        free = pacing.answer_at(address, at) <= at
        assert free is allowed(sent, address, at)
        if free:
            pacing.note(address, at)
            sent.append((address, at))


@given(moves, st.sampled_from(Priority))
def test_whoever_waits_as_told_may_send_then(attempts: list[tuple[str, float]], priority: Priority) -> None:
    pacing, at = Pacing(LIMITS, is_group), 1000.0
    sent: list[tuple[str, float]] = []
    for address, gap in attempts:
        at += gap
        then = max(pacing.free_at(at, priority), pacing.resting(at).get(address, at))
        if priority is Priority.ANSWER and then > at:
            assert not allowed(sent, address, then - TICK)
        at = then
        assert allowed(sent, address, at)
        pacing.note(address, at)
        sent.append((address, at))


# -- a broadcast, and answers meanwhile ----------------------------------------------------------------------------

PER_SECOND = 30
EVEN = PER_SECOND * EVEN_SHARE


class Vendor:
    """Counts what arrives in any second, as strictly as can be."""

    def __init__(self) -> None:
        self.arrived: list[float] = []

    def take(self, at: float) -> None:
        within = sum(at - 1 < moment for moment in self.arrived[-PER_SECOND:])
        assert within < PER_SECOND, f"{within + 1} messages within a second at {at}"
        self.arrived.append(at)


def broadcast(
    seconds: float, journey: Callable[[int], tuple[float, float]], late: Callable[[int], float] = lambda _: 0.0
) -> tuple[Vendor, list[float], Pacing]:
    """Letters one after the other; `journey` is the time to the vendor and back, `late` how late each is begun."""
    pacing, vendor, at = Pacing(Limits(per_second=PER_SECOND), is_group), Vendor(), 1000.0
    starts: list[float] = []
    while at < 1000 + seconds:
        nth = len(starts)
        at = pacing.free_at(at, Priority.BROADCAST) + late(nth)
        starts.append(at)
        there, back = journey(nth)
        vendor.take(at + there)
        at += there + back
        pacing.note(str(nth), at)
    return vendor, starts, pacing


def test_a_broadcast_goes_out_evenly_and_at_nearly_the_whole_pace() -> None:
    _, starts, _ = broadcast(100, lambda _: (0.002, 0.001))
    assert len(starts) / 100 == pytest.approx(EVEN, rel=0.002)
    assert EVEN / PER_SECOND >= 0.97
    gaps = [after - before for before, after in pairwise(starts[1500:])]
    assert max(gaps) < 1.2 / EVEN
    assert min(gaps) > 0.8 / EVEN


@given(st.lists(st.tuples(st.floats(0, 0.03), st.floats(0, 0.03)), min_size=50, max_size=50))
def test_no_second_at_the_vendor_holds_too_many_however_long_each_is_on_its_way(
    journeys: list[tuple[float, float]],
) -> None:
    broadcast(4, lambda nth: journeys[nth % len(journeys)])


def test_a_machine_that_wakes_late_now_and_then_loses_no_pace() -> None:
    _, starts, _ = broadcast(100, lambda _: (0.002, 0.001), late=lambda nth: 0.03 if nth % 7 == 0 else 0.001)
    assert len(starts) / 100 == pytest.approx(EVEN, rel=0.002)


def test_after_a_standstill_only_few_are_made_up_for_at_once() -> None:
    _, starts, _ = broadcast(20, lambda _: (0.001, 0.001), late=lambda nth: 5.0 if nth == 100 else 0.0)
    after = starts[100]
    assert sum(after <= at < after + 0.02 for at in starts) <= CATCH_UP + 1


def test_during_a_broadcast_an_answer_soon_has_a_place() -> None:
    _, starts, pacing = broadcast(10, lambda _: (0.002, 0.001))
    last = starts[-1] + 0.003
    moments = [last + percent / 100 / EVEN for percent in range(90)]
    waits = [pacing.free_at(at, Priority.ANSWER) - at for at in moments]
    assert max(waits) < 0.012
    assert sum(wait == 0 for wait in waits) > 50
    assert pacing.free_at(last, Priority.BROADCAST) - last > 0.025


def test_answers_take_the_place_of_other_letters_and_not_more() -> None:
    pacing, at = Pacing(Limits(per_second=PER_SECOND), is_group), 1000.0
    for nth in range(10):
        pacing.note(str(nth), at)
    assert pacing.free_at(at, Priority.ANSWER) == at
    assert pacing.free_at(at, Priority.BROADCAST) == pytest.approx(at + (10 - CATCH_UP) / EVEN)


@pytest.mark.parametrize("priority", [Priority.NOTICE, Priority.REMINDER, Priority.BROADCAST])
def test_only_an_answer_leaves_out_of_turn(priority: Priority) -> None:
    pacing = Pacing(TELEGRAM, is_group)
    for nth in range(5):
        pacing.note(str(nth), 10.0)
    assert pacing.free_at(10.0, priority) > pacing.free_at(10.0, Priority.ANSWER) == 10.0


# -- chats ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("priority", Priority)
def test_a_channel_without_limits_never_waits(priority: Priority) -> None:
    pacing = Pacing(Limits(), is_group)
    for _ in range(1000):
        pacing.note("1", 5.0)
    assert pacing.answer_at("1", 5.0) == 5.0
    assert pacing.free_at(5.0, priority) == 5.0
    assert pacing.resting(5.0) == {}


def test_one_chat_that_rests_does_not_hold_another_up() -> None:
    pacing = Pacing(LIMITS, is_group)
    pacing.note("1", 10.0)
    assert pacing.resting(10.5) == {"1": 11.0}
    assert pacing.answer_at("1", 10.5) == 11.0
    assert pacing.answer_at("2", 10.5) == 10.5
    assert pacing.answer_at("1", 11.0) == 11.0


def test_a_group_rests_for_a_minute_after_its_share() -> None:
    pacing = Pacing(LIMITS, is_group)
    for at in (0.0, 2.0, 4.0):
        pacing.note("-7", at)
    assert pacing.answer_at("-7", 59.0) == 60.0
    assert pacing.resting(59.0) == {"-7": 60.0}
    assert pacing.answer_at("-7", 60.0) == 60.0


def test_chats_that_have_rested_are_forgotten() -> None:
    pacing = Pacing(LIMITS, is_group)
    for n in range(500):
        pacing.note(str(n), float(n))
    pacing.resting(10_000.0)
    assert pacing._chats == {}
