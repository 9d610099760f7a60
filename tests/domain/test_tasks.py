"""What may happen to an assignment in every status, and what becomes of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.deadlines import Deadline
from domain.refusals import Because, Refusal
from domain.tasks import (
    NOTE_LENGTH,
    OPEN,
    UNFINISHED,
    Assignment,
    Status,
    Task,
    accept,
    check_revision,
    claim,
    confirm,
    give_back,
    progress,
)

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
DUE = Deadline(date(2026, 11, 27))

ACTS: dict[str, Callable[[Assignment], Assignment]] = {
    "accept": accept,
    "progress": lambda one: progress(one, 60),
    "claim": lambda one: claim(one, "số 45/BC", NOW),
    "confirm": confirm,
    "return": lambda one: give_back(one, NOW),
}

EXPECTED = """
              accept                 progress               claim                  confirm       return
not_accepted  in_progress            in_progress            awaiting               NOT_AWAITING  NOT_AWAITING
in_progress   unchanged              in_progress            awaiting               NOT_AWAITING  NOT_AWAITING
awaiting      AWAITING_CONFIRMATION  AWAITING_CONFIRMATION  AWAITING_CONFIRMATION  done          returned
done          ALREADY_DONE           ALREADY_DONE           ALREADY_DONE           ALREADY_DONE  ALREADY_DONE
returned      unchanged              in_progress            awaiting               NOT_AWAITING  NOT_AWAITING
paused        CLOSED                 CLOSED                 CLOSED                 NOT_AWAITING  NOT_AWAITING
stopped       CLOSED                 CLOSED                 CLOSED                 NOT_AWAITING  NOT_AWAITING
"""


def table() -> list[tuple[str, str, str]]:
    head, *lines = EXPECTED.strip().splitlines()
    rows = [line.split() for line in lines]
    return [(row[0], act, cell) for row in rows for act, cell in zip(head.split(), row[1:], strict=True)]


def an_assignment(status: Status = Status.IN_PROGRESS, **more: object) -> Assignment:
    task = Task(1, "Công bố danh mục TTHC", 2, NOW)
    one = Assignment(12, task, 3, 4, status, revision=5, deadline=DUE, original_deadline=DUE, remind_at=NOW)
    return replace(one, **more)  # type: ignore[arg-type]


def test_the_table_says_something_of_every_status_and_act() -> None:
    assert {(status, act) for status, act, _ in table()} == {(status.value, act) for status in Status for act in ACTS}


@pytest.mark.parametrize(("status", "act", "outcome"), table())
def test_an_act_changes_the_status_or_is_refused(status: str, act: str, outcome: str) -> None:
    before = an_assignment(Status(status))
    if outcome.isupper():
        with pytest.raises(Refusal) as refused:
            ACTS[act](before)
        assert refused.value.because is Because[outcome]
        assert refused.value.facts == {"number": 12}
    elif outcome == "unchanged":
        assert ACTS[act](before) is before
    else:
        after = ACTS[act](before)
        assert (after.status.value, after.revision) == (outcome, before.revision + 1)


def test_only_what_is_open_or_waits_or_rests_is_unfinished() -> None:
    assert set(Status) - set(UNFINISHED) == {Status.DONE, Status.STOPPED}
    assert {status for status in Status if an_assignment(status).is_open} == set(OPEN)


@pytest.mark.parametrize("percent", [0, 1, 99, 100])
def test_progress_is_kept_as_it_was_reported(percent: int) -> None:
    assert progress(an_assignment(), percent).percent == percent


@pytest.mark.parametrize("percent", [-1, 101, 10**6])
def test_progress_outside_0_to_100_is_refused_and_named(percent: int) -> None:
    with pytest.raises(Refusal) as refused:
        progress(an_assignment(), percent)
    assert refused.value.because is Because.PERCENT_RANGE
    assert refused.value.facts == {"number": 12, "percent": percent}


def test_a_claim_ends_the_reminders_and_keeps_the_result() -> None:
    after = claim(an_assignment(percent=40), "số 45/BC-SKHCN", NOW)
    assert (after.percent, after.claimed_at, after.result, after.remind_at) == (100, NOW, "số 45/BC-SKHCN", None)


def test_a_result_that_is_too_long_is_cut() -> None:
    assert claim(an_assignment(), "ế" * 5000, NOW).result == "ế" * NOTE_LENGTH


def test_a_returned_task_is_reminded_of_again_and_no_longer_claimed() -> None:
    later = NOW + timedelta(days=3)
    after = give_back(claim(an_assignment(), "", NOW), later)
    assert (after.status, after.remind_at, after.claimed_at) == (Status.RETURNED, later, None)


def test_a_confirmed_task_keeps_when_it_was_claimed() -> None:
    after = confirm(claim(an_assignment(), "", NOW))
    assert (after.claimed_at, after.remind_at) == (NOW, None)


@pytest.mark.parametrize(
    ("deadline", "claimed", "on_time"),
    [
        (DUE, datetime(2026, 11, 27, 16, 59, 59, tzinfo=UTC), True),
        (DUE, datetime(2026, 11, 27, 17, 0, tzinfo=UTC), False),
        (Deadline(date(2026, 11, 27), time(17)), datetime(2026, 11, 27, 9, 59, tzinfo=UTC), True),
        (Deadline(date(2026, 11, 27), time(17)), datetime(2026, 11, 27, 10, 0, tzinfo=UTC), False),
        (None, NOW, None),
        (DUE, None, None),
    ],
    ids=["end of the day", "midnight", "before the hour", "at the hour", "no deadline", "not claimed"],
)
def test_on_time_is_judged_by_the_claim(deadline: Deadline | None, claimed: datetime | None, on_time: object) -> None:
    assert an_assignment(deadline=deadline, claimed_at=claimed).was_on_time(ZONE) is on_time


def test_a_late_confirmation_does_not_make_a_timely_claim_late() -> None:
    claimed = claim(an_assignment(), "", datetime(2026, 11, 27, 9, 0, tzinfo=UTC))
    assert confirm(claimed).was_on_time(ZONE) is True


def test_a_claim_after_a_return_is_judged_anew() -> None:
    returned = give_back(claim(an_assignment(), "", NOW), None)
    assert returned.was_on_time(ZONE) is None
    assert claim(returned, "", datetime(2026, 12, 1, tzinfo=UTC)).was_on_time(ZONE) is False


def test_a_button_of_an_earlier_state_is_refused_and_a_typed_command_is_not() -> None:
    one = an_assignment()
    check_revision(one, None)
    check_revision(one, one.revision)
    for revision in (one.revision - 1, one.revision + 1, 0):
        with pytest.raises(Refusal) as refused:
            check_revision(one, revision)
        assert refused.value.because is Because.STALE_BUTTON
