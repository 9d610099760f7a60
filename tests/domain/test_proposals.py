"""Proposals: what is still to be asked, what becomes a task, and how several become one."""

from dataclasses import replace
from datetime import date

import pytest

from domain.deadlines import Deadline
from domain.proposals import Decided, Doers, Endless, Proposal, merged, split, still_to_ask, to_give
from domain.reading.values import Task

WHOLE = Proposal(
    1, 1, Task("1.a", "Rà soát và báo cáo"), "Rà soát và báo cáo", Doers((1,)), Doers((3,)), Endless.ENDLESS
)
OTHER = Proposal(2, 2, Task("1.b", "Báo cáo"), "Báo cáo", Doers((1, 2), (7,)), when=Deadline(date(2026, 12, 20)))


@pytest.mark.parametrize("changes", [{"lead": Doers()}, {"when": None}])
def test_what_the_text_leaves_open_is_asked_unless_it_is_left_out(changes: dict[str, object]) -> None:
    silent = replace(WHOLE, **changes)  # type: ignore[arg-type]
    assert still_to_ask([silent, OTHER]) == [silent]
    assert still_to_ask([replace(silent, decided=Decided.LEFT_OUT)]) == []
    assert to_give([replace(silent, decided=Decided.ACCEPTED)]) == []


def test_only_what_was_accepted_becomes_a_task() -> None:
    accepted = replace(OTHER, decided=Decided.ACCEPTED)
    assert to_give([WHOLE, accepted, replace(OTHER, decided=Decided.LEFT_OUT)]) == [accepted]


def test_merging_keeps_every_text_and_everybody() -> None:
    one, gone = merged(replace(WHOLE, when=None), [OTHER])
    assert one.content == "Rà soát và báo cáo\nBáo cáo"
    assert one.lead == Doers((1, 2), (7,))
    assert one.coordinate == Doers((3,))
    assert one.when == OTHER.when
    assert (gone.decided, gone.into) == (Decided.MERGED, 1)


def test_the_parts_have_the_people_and_the_deadline_of_the_whole() -> None:
    whole, first, second = split(OTHER, ["Phần một", "Phần hai"], 5)
    assert whole.decided is Decided.SPLIT
    assert not whole.stands
    assert [(each.number, each.content, each.into) for each in (first, second)] == [
        (6, "Phần một", 2),
        (7, "Phần hai", 2),
    ]
    assert {(each.lead, each.when, each.read) for each in (first, second)} == {(OTHER.lead, OTHER.when, OTHER.read)}
