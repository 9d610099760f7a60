"""Difficulties: what keeps a task from going on, whose answer is waited for, and until when.

Every step is a pure function from a difficulty to the next one; it raises Refusal where the step makes no sense. The
clock runs in working days: an answer may take so many of them after the day on which the turn began. Instants are UTC.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.deadlines import Deadline
from domain.refusals import Because, Refusal
from domain.rules import Rules
from domain.tasks import Assignment, changed, must_be_open
from domain.workdays import WorkCalendar

WORDS_LENGTH = 2000
"""The most characters of one message; longer text belongs into a document."""

TO_HEADS, TO_LEADERS = 1, 2
"""How often the Office's answer is late before its heads, and then the leaders, hear of it."""


class Turn(StrEnum):
    """Whose answer is waited for."""

    OFFICE = "office"
    LEADER = "leader"
    OFFICER = "officer"
    NOBODY = "nobody"


class Kind(StrEnum):
    """What a message of a thread is."""

    RAISED = "raised"
    ADDED = "added"
    ASKED_BACK = "asked_back"
    REPLIED = "replied"
    ANSWERED = "answered"
    SUBMITTED = "submitted"
    TO_DISCUSS = "to_discuss"
    AGREED = "agreed"
    DECIDED = "decided"
    CLOSED = "closed"
    CLAIMED = "claimed"
    REOPENED = "reopened"
    CLIMBED = "climbed"


@dataclass(frozen=True, slots=True)
class Note:
    """One message of a thread. `author_id` is None where the assistant acted by itself."""

    at: datetime
    kind: Kind
    author_id: int | None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Difficulty:
    """A difficulty with the task of this number.

    `revision` grows with every turn, over all difficulties of a task, so that an old button is known; `climbed` says
    how often the answer of this turn has been late. In a leader's turn `leader_id` is whom the Office has chosen, None
    where any leader may answer.
    """

    id: int
    number: int
    raised_by: int
    raised_at: datetime
    turn: Turn
    turn_at: datetime
    due_at: datetime | None
    revision: int = 1
    climbed: int = 0
    closed_at: datetime | None = None
    leader_id: int | None = None

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    def due_on(self, zone: ZoneInfo) -> date | None:
        """The last local day of the turn."""
        # due_at is the midnight after it
        return (self.due_at - timedelta(seconds=1)).astimezone(zone).date() if self.due_at else None

    def is_late(self, now: datetime) -> bool:
        return self.due_at is not None and now >= self.due_at


def answer_due(began: datetime, rules: Rules, calendar: WorkCalendar) -> datetime:
    """Until when an answer may take whose turn began at an instant: the end of its last working day."""
    return Deadline(calendar.add(rules.today(began), rules.answer_within)).instant(rules.zone)


# -- the task ----------------------------------------------------------------------------------------------------------


def stick(assignment: Assignment) -> Assignment:
    """A difficulty is open with it: nobody is reminded; the deadline stays."""
    must_be_open(assignment)
    return changed(assignment, stuck=True, remind_at=None)


def let_go(assignment: Assignment, remind_at: datetime | None) -> Assignment:
    """No difficulty is open any more: reminders go on."""
    return changed(assignment, stuck=False, remind_at=remind_at if assignment.is_open else None)


# -- the thread --------------------------------------------------------------------------------------------------------


def raised(assignment: Assignment, by: int, last_revision: int, now: datetime, due: datetime) -> Difficulty:
    """A new difficulty: the Office is to answer."""
    return Difficulty(0, assignment.number, by, now, Turn.OFFICE, now, due, last_revision + 1)


def check_seen(difficulty: Difficulty | None, number: int, seen: int | None) -> Difficulty:
    """The open difficulty, as a button saw it; None is a typed command and speaks of the present."""
    if seen is not None and (difficulty is None or difficulty.revision != seen):
        raise Refusal(Because.STALE_BUTTON, number=number)
    if difficulty is None or not difficulty.is_open:
        raise Refusal(Because.NO_DIFFICULTY, number=number)
    return difficulty


def _turned(difficulty: Difficulty, turn: Turn, now: datetime, due: datetime | None) -> Difficulty:
    revision = difficulty.revision + 1
    return replace(difficulty, turn=turn, turn_at=now, due_at=due, climbed=0, leader_id=None, revision=revision)


def ask_back(difficulty: Difficulty, now: datetime, due: datetime) -> Difficulty:
    """The officer is asked for more."""
    return _turned(difficulty, Turn.OFFICER, now, due)


def reply(difficulty: Difficulty, now: datetime, due: datetime) -> Difficulty:
    """The officer says more: asked for it gives the turn back to the Office, else it is only added."""
    return _turned(difficulty, Turn.OFFICE, now, due) if difficulty.turn is Turn.OFFICER else difficulty


def submit(difficulty: Difficulty, leader_id: int | None, now: datetime, due: datetime) -> Difficulty:
    """A leader, or any of them, is asked to decide on a proposal."""
    return replace(_turned(difficulty, Turn.LEADER, now, due), leader_id=leader_id)


def discuss(difficulty: Difficulty, now: datetime, due: datetime) -> Difficulty:
    """The leader does not decide yet: the Office is to come and talk."""
    must_be_with_leader(difficulty)
    return _turned(difficulty, Turn.OFFICE, now, due)


def must_be_with_leader(difficulty: Difficulty) -> None:
    """Refuse what only makes sense while there is a proposal to agree with, or to talk about."""
    if difficulty.turn is not Turn.LEADER:
        raise Refusal(Because.NOT_SUBMITTED, number=difficulty.number)


def close(difficulty: Difficulty, now: datetime) -> Difficulty:
    """It has been answered, or is none any more."""
    return replace(_turned(difficulty, Turn.NOBODY, now, None), closed_at=now)


def reopen(difficulty: Difficulty, now: datetime, due: datetime) -> Difficulty:
    """The claim that ended it was taken back: it is the Office's again."""
    return replace(_turned(difficulty, Turn.OFFICE, now, due), closed_at=None)


def climb(difficulty: Difficulty, due: datetime) -> Difficulty:
    """The answer is late; the next step up comes when the same time has passed again."""
    return replace(difficulty, climbed=difficulty.climbed + 1, due_at=due)
