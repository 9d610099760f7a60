"""Being late, carried up: what the log of a task says of it."""

from collections.abc import Sequence
from datetime import datetime

from domain.people import Agency, Person
from domain.tasks import Assignment
from domain.workdays import WorkCalendar
from locales.speech import Speech, say
from locales.texts.parts import named_line

MOST_LINES = 15


def told(_: Speech, people: Sequence[Person], unreachable: Sequence[Person]) -> str:
    """To whom it was brought, by name, and whom nothing reaches."""
    names = ", ".join(one.name for one in people)
    if not unreachable:
        return say(_("to %(names)s"), names=names)
    missed = ", ".join(one.name for one in unreachable)
    return say(_("to %(names)s; cannot be reached: %(missed)s"), names=names, missed=missed)


def to_the_office(
    _: Speech, late: Sequence[Assignment], agency: Agency, calendar: WorkCalendar, now: datetime
) -> list[str]:
    """What is brought to the Office, as lines; none where nothing is."""
    if not late:
        return []
    shown = [
        named_line(_, one, agency, calendar, now) + say(" (%(unit)s)", unit=agency.units[one.unit_id].name)
        if one.unit_id in agency.units
        else named_line(_, one, agency, calendar, now)
        for one in late[:MOST_LINES]
    ]
    head = say(
        "<b>" + _("Brought to the Office: long overdue, and nothing reported (%(count)s)") + "</b>", count=len(late)
    )
    more = [say(_("… and %(count)s more: /donvi"), count=len(late) - MOST_LINES)] if len(late) > MOST_LINES else []
    return [head, *shown, *more]
