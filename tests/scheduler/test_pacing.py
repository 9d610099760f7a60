"""A vendor's limits: never exceeded in any window, and never a needless wait."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from domain.channel import Limits
from scheduler.pacing import Pacing

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
def test_a_message_may_leave_exactly_when_no_window_is_full(attempts: list[tuple[str, float]]) -> None:
    pacing, at = Pacing(LIMITS, is_group), 1000.0
    sent: list[tuple[str, float]] = []
    for address, gap in attempts:
        at += gap
        free = pacing.is_free(address, at)
        assert free is allowed(sent, address, at)
        if free:
            pacing.note(address, at)
            sent.append((address, at))


@given(moves)
def test_whoever_waits_as_told_may_send_then_and_not_before(attempts: list[tuple[str, float]]) -> None:
    pacing, at = Pacing(LIMITS, is_group), 1000.0
    sent: list[tuple[str, float]] = []
    for address, gap in attempts:
        at += gap
        then = max(pacing.free_at(at), pacing.resting(at).get(address, at))
        if then > at:
            assert not allowed(sent, address, then - TICK)
        at = then
        assert allowed(sent, address, at)
        pacing.note(address, at)
        sent.append((address, at))


def test_a_channel_without_limits_never_waits() -> None:
    pacing = Pacing(Limits(), is_group)
    for _ in range(1000):
        pacing.note("1", 5.0)
    assert pacing.is_free("1", 5.0)
    assert pacing.free_at(5.0) == 5.0
    assert pacing.resting(5.0) == {}


def test_one_chat_that_rests_does_not_hold_another_up() -> None:
    pacing = Pacing(LIMITS, is_group)
    pacing.note("1", 10.0)
    assert pacing.resting(10.5) == {"1": 11.0}
    assert not pacing.is_free("1", 10.5)
    assert pacing.is_free("2", 10.5)
    assert pacing.is_free("1", 11.0)


def test_a_group_rests_for_a_minute_after_its_share() -> None:
    pacing = Pacing(LIMITS, is_group)
    for at in (0.0, 2.0, 4.0):
        pacing.note("-7", at)
    assert not pacing.is_free("-7", 59.9)
    assert pacing.resting(59.0) == {"-7": 60.0}
    assert pacing.is_free("-7", 60.0)


def test_chats_that_have_rested_are_forgotten() -> None:
    pacing = Pacing(LIMITS, is_group)
    for n in range(500):
        pacing.note(str(n), float(n))
    pacing.resting(10_000.0)
    assert pacing._chats == {}
