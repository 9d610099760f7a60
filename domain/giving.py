"""Giving what was proposed: who gets the share of a unit, and by when it is to be done when it is given."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.deadlines import Deadline
from domain.people import Agency
from domain.proposals import Decided, Doers, Proposal, When
from domain.recounting import recounted
from domain.workdays import WorkCalendar

_NOBODY = 0


@dataclass(frozen=True, slots=True)
class Share:
    """Somebody's part of what is given; `unit_id` is the unit that it is for, None where it is for the person.

    `headless` says that the unit has no head: somebody else answers for it.
    """

    person_id: int
    unit_id: int | None = None
    headless: bool = False


def shares(doers: Doers, agency: Agency, giver_id: int) -> list[Share]:
    """Who gets it: the heads of the units, and the people who are not among these."""
    found = [_of_unit(unit_id, agency, giver_id) for unit_id in dict.fromkeys(doers.units) if unit_id in agency.units]
    there = {one.person_id for one in found}
    others = [Share(one) for one in dict.fromkeys(doers.people) if one in agency.people and one not in there]
    if found or others or not doers:
        return [*found, *others]
    # everybody named has left since: nothing is lost
    return [Share(giver_id, headless=True)]


def _of_unit(unit_id: int, agency: Agency, giver_id: int) -> Share:
    """Its head; failing one, the head of the nearest unit above; failing that, whoever gives it."""
    for above in agency.upward(unit_id):
        if heads := agency.heads(above):
            return Share(heads[0].id, unit_id, headless=above != unit_id)
    return Share(giver_id, unit_id, headless=True)


def by_now(when: When | None, calendar: WorkCalendar) -> Deadline | None:
    """The deadline as the calendar has it when it is given; None where there is none, or another clock runs."""
    return recounted(when, calendar) if isinstance(when, Deadline) else None


def beside(one: Proposal, agency: Agency) -> set[int]:
    """The people who are told that they coordinate: never those who lead it."""
    leading = {share.person_id for share in shares(one.lead, agency, _NOBODY)}
    found = {share.person_id for share in shares(one.coordinate, agency, _NOBODY)}
    return found - leading - {_NOBODY}


def unheard(one: Proposal, agency: Agency) -> list[int]:
    """The units that coordinate, and of which nobody can be told."""
    found = shares(one.coordinate, agency, _NOBODY)
    return [share.unit_id for share in found if share.person_id == _NOBODY and share.unit_id is not None]


def family(root: Proposal, all_of_document: Iterable[Proposal]) -> list[int]:
    """The proposals whose tasks stand for one: itself, the parts that it was split into, what it was merged into."""
    found = {root.id}
    for one in all_of_document:
        part = root.decided is Decided.SPLIT and one.into == root.number and one.decided is not Decided.MERGED
        whole = root.decided is Decided.MERGED and one.number == root.into
        if part or whole:
            found.add(one.id)
    return sorted(found)
