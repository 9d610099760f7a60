"""Tasks and assignments: what may happen to an assignment, and what becomes of it.

Every change is a pure function from an assignment to the next one; it raises Refusal where the change makes no sense.
Instants are UTC. On time is judged at the claim, not at the confirmation.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.deadlines import Deadline
from domain.messages import StoredFile
from domain.refusals import Because, Refusal

CONTENT_LENGTH = 2000
"""The most characters that a task's content may have; longer text belongs into a document."""

NOTE_LENGTH = 1000
"""The most characters kept of a result, a reason or a progress note; the rest is cut, and that is said."""


class Status(StrEnum):
    """What is stored; overdue, due soon and on time are computed."""

    NOT_ACCEPTED = "not_accepted"
    IN_PROGRESS = "in_progress"
    AWAITING = "awaiting"
    DONE = "done"
    RETURNED = "returned"
    PAUSED = "paused"
    STOPPED = "stopped"


OPEN = (Status.NOT_ACCEPTED, Status.IN_PROGRESS, Status.RETURNED)
"""The statuses in which the assignee still has to do something, and is reminded."""

UNFINISHED = (*OPEN, Status.AWAITING, Status.PAUSED)


class Index(StrEnum):
    """The indices of administrative reform that a task may count for."""

    PAR = "PAR"
    SIPAS = "SIPAS"
    PAPI = "PAPI"


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be done, and who gave it; `proposal_id` is what a document said, where it came from one."""

    id: int
    content: str
    given_by: int
    given_at: datetime
    index: Index | None = None
    source: str = ""
    directive_id: int | None = None
    point: str = ""
    series_id: int | None = None
    proposal_id: int | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """An officer's share of a task. `revision` grows with every change, so that an old button is known.

    `stuck` is true while a difficulty is open; `escalated` has a bit for each step that its being late was carried up.
    """

    number: int
    task: Task
    assignee_id: int
    unit_id: int
    status: Status
    revision: int = 1
    percent: int = 0
    deadline: Deadline | None = None
    original_deadline: Deadline | None = None
    remind_at: datetime | None = None
    claimed_at: datetime | None = None
    result: str = ""
    stuck: bool = False
    escalated: int = 0

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    def was_on_time(self, zone: ZoneInfo) -> bool | None:
        """Whether it was claimed before it was late; None where nothing can be said yet."""
        return self._was_before(self.deadline, zone)

    def was_on_time_originally(self, zone: ZoneInfo) -> bool | None:
        """The same, by the deadline that was given first: what extensions have changed does not count."""
        return self._was_before(self.original_deadline, zone)

    def _was_before(self, deadline: Deadline | None, zone: ZoneInfo) -> bool | None:
        if self.claimed_at is None or deadline is None:
            return None
        return self.claimed_at < deadline.instant(zone)


def given(
    task: Task, assignee_id: int, unit_id: int, deadline: Deadline | None, remind_at: datetime | None
) -> Assignment:
    """A new assignment, not kept yet: nothing has happened to it, and its deadline is the first it has."""
    return Assignment(
        number=0,
        task=task,
        assignee_id=assignee_id,
        unit_id=unit_id,
        status=Status.NOT_ACCEPTED,
        deadline=deadline,
        original_deadline=deadline,
        remind_at=remind_at,
    )


class Verb(StrEnum):
    """What can happen to an assignment; the log's vocabulary."""

    ASSIGNED = "assigned"
    ACCEPTED = "accepted"
    PROGRESSED = "progressed"
    CLAIMED = "claimed"
    EVIDENCED = "evidenced"
    CONFIRMED = "confirmed"
    RETURNED = "returned"
    HANDED_OVER = "handed_over"
    REMINDED = "reminded"
    DIFFICULTY = "difficulty"
    ANSWERED = "answered"
    EXTENSION_ASKED = "extension_asked"
    EXTENDED = "extended"
    EXTENSION_REFUSED = "extension_refused"
    ESCALATED = "escalated"
    RECOUNTED = "recounted"
    CHANGED = "changed"
    STOPPED = "stopped"
    UNDONE = "undone"
    ACTED_FOR = "acted_for"


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One line of an assignment's history. `actor_id` is None where the assistant acted by itself."""

    at: datetime
    verb: Verb
    actor_id: int | None
    note: str = ""
    percent: int | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file that shows a result."""

    file: StoredFile
    given_by: int
    given_at: datetime


def changed(assignment: Assignment, **changes: object) -> Assignment:
    """The assignment after a change; buttons of before are old now. While a difficulty is open nobody is reminded."""
    after = replace(assignment, revision=assignment.revision + 1, **changes)  # type: ignore[arg-type]
    return replace(after, remind_at=None) if after.stuck else after


def must_be_open(assignment: Assignment) -> None:
    """Refuse what only makes sense while the assignee still has to do something."""
    if assignment.status is Status.AWAITING:
        raise Refusal(Because.AWAITING_CONFIRMATION, number=assignment.number)
    if assignment.status is Status.DONE:
        raise Refusal(Because.ALREADY_DONE, number=assignment.number)
    if not assignment.is_open:
        raise Refusal(Because.CLOSED, number=assignment.number)


def check_revision(assignment: Assignment, revision: int | None) -> None:
    """Refuse a button of an earlier state; None is a typed command and speaks of the present."""
    if revision is not None and revision != assignment.revision:
        raise Refusal(Because.STALE_BUTTON, number=assignment.number)


def accept(assignment: Assignment) -> Assignment:
    """The assignee has taken note. Taking note twice changes nothing."""
    must_be_open(assignment)
    if assignment.status is not Status.NOT_ACCEPTED:
        return assignment
    return changed(assignment, status=Status.IN_PROGRESS)


def progress(assignment: Assignment, percent: int) -> Assignment:
    """The assignee reports how far it is, 0 to 100; what is finished is to be claimed as well."""
    must_be_open(assignment)
    if not 0 <= percent <= 100:
        raise Refusal(Because.PERCENT_RANGE, number=assignment.number, percent=percent)
    return changed(assignment, status=Status.IN_PROGRESS, percent=percent)


def claim(assignment: Assignment, result: str, now: datetime) -> Assignment:
    """The assignee says that it is done; reminders end."""
    must_be_open(assignment)
    return changed(
        assignment,
        status=Status.AWAITING,
        percent=100,
        claimed_at=now,
        result=result[:NOTE_LENGTH],
        remind_at=None,
        escalated=0,
        stuck=False,
    )


def hand_over(assignment: Assignment, assignee_id: int, unit_id: int, remind_at: datetime | None) -> Assignment:
    """Somebody else is to do it from now on: not received yet; the deadline and what was reported stay."""
    must_be_open(assignment)
    if assignment.assignee_id == assignee_id:
        raise Refusal(Because.HAS_IT_ALREADY, number=assignment.number)
    return changed(
        assignment,
        assignee_id=assignee_id,
        unit_id=unit_id,
        status=Status.NOT_ACCEPTED,
        remind_at=remind_at,
        escalated=0,
    )


def _must_await(assignment: Assignment) -> None:
    if assignment.status is Status.DONE:
        raise Refusal(Because.ALREADY_DONE, number=assignment.number)
    if assignment.status is not Status.AWAITING:
        raise Refusal(Because.NOT_AWAITING, number=assignment.number)


def confirm(assignment: Assignment) -> Assignment:
    """The confirmer agrees."""
    _must_await(assignment)
    return changed(assignment, status=Status.DONE, remind_at=None)


def give_back(assignment: Assignment, remind_at: datetime | None) -> Assignment:
    """The confirmer does not agree: it is the assignee's again, and reminders go on."""
    _must_await(assignment)
    return changed(assignment, status=Status.RETURNED, claimed_at=None, remind_at=remind_at)


def stop(assignment: Assignment) -> Assignment:
    """It is not to be carried out any more; what is done or claimed stays as it is."""
    must_be_open(assignment)
    return changed(assignment, status=Status.STOPPED, remind_at=None, stuck=False)
