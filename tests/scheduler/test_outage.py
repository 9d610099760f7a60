"""A vendor that is away, and a letter that can never be handed over: which of the two it is."""

from datetime import timedelta

from domain.retry import MOST_TRIES, rest
from scheduler.outage import Outage

NONE = timedelta()


def test_while_the_vendor_is_away_the_head_is_tried_ever_more_rarely_and_loses_no_place() -> None:
    outage = Outage()
    for failures in range(1, MOST_TRIES + 1):
        assert not outage.passed_over
        assert outage.failed(1) == (rest(failures), NONE)


def test_every_second_try_then_goes_to_a_letter_that_has_not_failed_yet() -> None:
    outage = Outage()
    for _ in range(MOST_TRIES):
        outage.failed(1)
    assert set(outage.passed_over) == {1}
    outage.failed(2)
    assert not outage.passed_over
    outage.failed(1)
    assert set(outage.passed_over) == {1, 2}


def test_who_fails_although_another_arrived_rests_by_itself_and_slows_the_channel_no_more() -> None:
    outage = Outage()
    outage.failed(1)
    outage.sent(2)
    assert [outage.failed(1) for _ in range(3)] == [(rest(1), rest(own)) for own in (1, 2, 3)]
    assert outage.failed(3) == (rest(1), NONE)


def test_a_letter_that_left_or_met_another_fate_is_suspected_no_more() -> None:
    outage = Outage()
    for letter in (1, 2):
        outage.failed(letter)
    outage.sent(3)
    outage.sent(1)
    outage.forget(2)
    assert [outage.failed(letter)[1] for letter in (1, 2)] == [NONE, NONE]
