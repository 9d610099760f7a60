"""Tasks that wait for a decision: so many days from it, and internal milestones planned backwards from the deadline."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.deadlines import Deadline
from domain.tasks import Index
from domain.workdays import WorkCalendar


class CountsFrom(StrEnum):
    """From which of its dates the agency counts a decision."""

    SIGNED = "signed"
    RECEIVED = "received"


@dataclass(frozen=True, slots=True)
class Wait:
    """So many days from the decision, working ones or all; `said` is how it was given."""

    said: str
    days: int
    working: bool


@dataclass(frozen=True, slots=True)
class WaitingTask:
    """What is to be done once the decision is there; with a unit by the head that it has then, else by the person."""

    id: int
    content: str
    index: Index | None
    source: str
    directive_id: int | None
    point: str
    person_id: int
    unit_id: int | None
    wait: Wait
    given_by: int
    given_at: datetime
    proposal_id: int | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision that starts clocks. `opened_at` is UTC."""

    id: int
    number: str
    signed_on: date
    received_on: date | None
    opened_by: int
    opened_at: datetime

    def counted_from(self, policy: CountsFrom) -> date:
        """The day from which the days are counted; where nobody knows when it was received, when it was signed."""
        received = self.received_on if policy is CountsFrom.RECEIVED else None
        return received or self.signed_on


def due(wait: Wait, start: date, calendar: WorkCalendar) -> Deadline:
    """The deadline that a decision gives; the day itself is not counted."""
    if not wait.working:
        return Deadline(start + timedelta(days=wait.days))
    return Deadline(calendar.add(start, wait.days), workdays=wait.days, counted_from=start)


@dataclass(frozen=True, slots=True)
class Milestone:
    """An internal step, done once so many percent of the time have passed."""

    name: str
    share: int

    @classmethod
    def parse(cls, text: str) -> "tuple[Milestone, ...]":
        """Read "draft 50, checked 70, signed 100". Raises ValueError."""
        found = []
        for part in text.split(","):
            name, _, share = part.strip().rpartition(" ")
            if not name.strip() or not share.isdecimal():
                raise ValueError(part)
            found.append(cls(name.strip(), int(share)))
        shares = [one.share for one in found]
        if shares != sorted(set(shares)) or not all(1 <= share <= 100 for share in shares):
            raise ValueError(text)
        return tuple(found)


def plan(
    milestones: Sequence[Milestone], start: date, end: date, calendar: WorkCalendar
) -> list[tuple[Milestone, date]]:
    """The day of each milestone, on working days, planned backwards; the last one is rather early than late."""
    last = calendar.on_or_before(end)
    total = max(1, calendar.between(start, last))
    return [
        (one, calendar.add(last, -min(total - 1, math.ceil(total * (100 - one.share) / 100)))) for one in milestones
    ]
