"""When something that failed is tried again."""

from datetime import UTC, datetime, timedelta

from domain.retry import MOST_TRIES, WAITS, handle_again, rest

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def test_every_rest_is_longer_than_the_one_before_up_to_the_longest() -> None:
    rests = [rest(failures) for failures in range(1, len(WAITS) + 1)]
    assert rests == sorted(set(rests))
    assert rests[0] == timedelta(seconds=1)
    assert rest(1000) == rests[-1] == timedelta(minutes=5)


def test_an_event_is_tried_again_ever_later_and_then_given_up() -> None:
    again = [handle_again(attempts, NOW) for attempts in range(1, MOST_TRIES)]
    assert again == [NOW + timedelta(seconds=seconds) for seconds in (1, 2, 5, 15)]
    assert handle_again(MOST_TRIES, NOW) is None
    assert handle_again(MOST_TRIES + 1, NOW) is None
