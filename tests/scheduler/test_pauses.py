"""The pauses that a sender remembers."""

from datetime import timedelta

from scheduler.pauses import CHANNEL, Pauses
from tests.world import MONDAY

SOON, LATER = MONDAY + timedelta(seconds=5), MONDAY + timedelta(seconds=9)


def test_a_chat_is_silent_until_its_pause_ends_and_the_others_are_not() -> None:
    pauses = Pauses()
    pauses.add("1", SOON, MONDAY)
    pauses.add("2", LATER, MONDAY)
    assert [pauses.silent(chat, MONDAY) for chat in ("1", "2", "3")] == [True, True, False]
    assert [pauses.silent(chat, SOON) for chat in ("1", "2", "3")] == [False, True, False]
    assert pauses.channel_until is None


def test_the_pause_of_the_channel_is_for_every_chat() -> None:
    pauses = Pauses()
    pauses.add(CHANNEL, SOON, MONDAY)
    assert pauses.silent("1", MONDAY)
    assert not pauses.silent("1", SOON)
    assert pauses.channel_until == SOON


def test_what_the_database_keeps_takes_the_place_of_what_was_remembered() -> None:
    pauses = Pauses()
    pauses.add("1", LATER, MONDAY)
    pauses.load({"2": SOON})
    assert [pauses.silent(chat, MONDAY) for chat in ("1", "2")] == [False, True]
