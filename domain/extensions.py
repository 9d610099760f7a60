"""Extensions: a later deadline, asked for before the present one has passed, and granted by whoever set it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.deadlines import Deadline
from domain.people import Agency, Person, Role
from domain.permissions import Action, Scope, may, scope
from domain.refusals import Because, Refusal
from domain.tasks import Assignment, changed, must_be_open


class Outcome(StrEnum):
    """What became of a request; a newer one replaces one that is still pending."""

    PENDING = "pending"
    GRANTED = "granted"
    REFUSED = "refused"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class Extension:
    """A request for a later deadline, or a deadline that was moved without one: `new` is what was granted, if it was.

    `note` is why it was refused. Instants are UTC.
    """

    id: int
    number: int
    asked_by: int
    asked_at: datetime
    reason: str
    old: Deadline
    new: Deadline
    outcome: Outcome = Outcome.PENDING
    decided_by: int | None = None
    decided_at: datetime | None = None
    note: str = ""


def present_deadline(assignment: Assignment) -> Deadline:
    """The deadline that would be moved; refuses where there is none, or nobody works on the task any more."""
    must_be_open(assignment)
    if assignment.deadline is None:
        raise Refusal(Because.NOTHING_TO_EXTEND, number=assignment.number)
    return assignment.deadline


def check_in_time(assignment: Assignment, now: datetime, zone: ZoneInfo) -> None:
    """An assignee asks before the deadline, not after it."""
    deadline = present_deadline(assignment)
    if now >= deadline.instant(zone):
        raise Refusal(Because.EXTENSION_TOO_LATE, number=assignment.number, date=deadline.on)


def check_later(assignment: Assignment, new: Deadline | None, zone: ZoneInfo) -> Deadline:
    """A new deadline is a date, and later than the present one."""
    old = present_deadline(assignment)
    if new is None or new.instant(zone) <= old.instant(zone):
        raise Refusal(Because.EXTENSION_NOT_LATER, number=assignment.number, date=old.on)
    return new


def extend(assignment: Assignment, new: Deadline, remind_at: datetime | None, zone: ZoneInfo) -> Assignment:
    """The deadline is moved; the original one stays. Being late is forgiven, and an open difficulty stays silent."""
    check_later(assignment, new, zone)
    return changed(assignment, deadline=new, remind_at=None if assignment.stuck else remind_at, escalated=0)


def approvers(assignment: Assignment, agency: Agency) -> list[Person]:
    """Who decides: whoever gave the task (for the Office all of it), if they still may; else who confirms the work."""
    giver = agency.people.get(assignment.task.given_by)
    assignee = agency.people.get(assignment.assignee_id)
    if giver is not None and may(giver, Action.GRANT, assignment, agency):
        if giver.role is not Role.OFFICE:
            return [giver]
        return [person for person in agency.office() if may(person, Action.GRANT, assignment, agency)]
    return agency.confirmers(assignee) if assignee else []


def may_grant(person: Person, assignment: Assignment, agency: Agency) -> bool:
    """Whether a person may move this deadline: a unit head only where no wider authority has set it."""
    if not may(person, Action.GRANT, assignment, agency):
        return False
    deciding = approvers(assignment, agency)
    acting_as = [person, *agency.stands_in_for(person.id)]
    return any(scope(one, Action.GRANT) is Scope.ALL or one in deciding for one in acting_as)
