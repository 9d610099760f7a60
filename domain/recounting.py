"""Counting deadlines again when the calendar has changed: what was given in working days stays so many working days."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from domain.deadlines import Deadline
from domain.tasks import Assignment, changed
from domain.workdays import WorkCalendar


@dataclass(frozen=True, slots=True)
class Recount:
    """A change of the calendar whose deadlines are counted again. `asked_at` is UTC.

    `reached` is the last person whose deadlines are done, `moved` how many were moved so far, by unit.
    """

    id: int
    days: tuple[date, ...]
    notice: str
    asked_by: int
    asked_at: datetime
    reached: int = 0
    moved: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Counted:
    """Some deadlines that were counted alike, of one person; `how_many` of them."""

    person_id: int
    workdays: int
    counted_from: date
    on: date
    how_many: int


def recounted(deadline: Deadline, calendar: WorkCalendar) -> Deadline:
    """The deadline as the calendar has it now; a date that was given as such stays."""
    if deadline.workdays is None or deadline.counted_from is None:
        return deadline
    return replace(deadline, on=calendar.add(deadline.counted_from, deadline.workdays))


def move(before: Assignment, new: Deadline, remind_at: datetime | None, zone: ZoneInfo) -> Assignment:
    """The deadline is what it has become, the original one stays; where it is later, being late is forgiven."""
    old = before.deadline
    later = old is not None and new.instant(zone) > old.instant(zone)
    return changed(
        before,
        deadline=new,
        remind_at=remind_at if before.is_open else None,
        escalated=0 if later else before.escalated,
    )
