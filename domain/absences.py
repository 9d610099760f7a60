"""Leave: from one day to another, both included, with somebody who stands in, and no chains of stand-ins."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from domain.refusals import Because, Refusal


@dataclass(frozen=True, slots=True)
class Absence:
    """Somebody is away from `from_on` to `until_on`, both included; local dates. `stand_in_id` is None for nobody."""

    id: int
    person_id: int
    stand_in_id: int | None
    from_on: date
    until_on: date
    noted_by: int
    noted_at: datetime

    def covers(self, day: date) -> bool:
        return self.from_on <= day <= self.until_on

    def overlaps(self, other: "Absence") -> bool:
        return self.from_on <= other.until_on and other.from_on <= self.until_on


def check_away(new: Absence, known: Iterable[Absence]) -> None:
    """Nobody is away twice at a time, nor while they stand in for somebody; the facts name the other absence."""
    for other in known:
        if not new.overlaps(other):
            continue
        if other.person_id == new.person_id:
            raise Refusal(Because.AWAY_ALREADY, absence=other)
        if other.stand_in_id == new.person_id:
            raise Refusal(Because.STANDS_IN_THEN, absence=other)


def check_stand_in(new: Absence, known: Iterable[Absence]) -> None:
    """A stand-in is somebody else, who is not away at that time."""
    if new.stand_in_id == new.person_id:
        raise Refusal(Because.STAND_IN_ONESELF)
    for other in known:
        if other.person_id == new.stand_in_id and new.overlaps(other):
            raise Refusal(Because.STAND_IN_AWAY, absence=other)
