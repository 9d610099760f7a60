"""The reminder: one letter for all that a person has due."""

from collections.abc import Sequence
from datetime import datetime

from domain.messages import Button, Outgoing
from domain.people import Agency, Person
from domain.tasks import Assignment
from domain.workdays import WorkCalendar
from locales.speech import Speech, lines, say
from locales.texts.parts import difficulty, line, rows, show, to_do
from locales.texts.why import why

MOST_LINES = 15
MOST_BUTTONS = 4


def reminder(
    _: Speech, person: Person, due: Sequence[Assignment], agency: Agency, calendar: WorkCalendar, now: datetime
) -> Outgoing:
    """`due` may also have tasks of people whom the person stands in for; these lines name them."""
    late = [one for one in due if one.deadline and now >= one.deadline.instant(_.zone)]
    coming = [one for one in due if one not in late]
    shown_late, shown_coming = late[:MOST_LINES], coming[: max(0, MOST_LINES - len(late))]
    rest = len(due) - len(shown_late) - len(shown_coming)
    text = lines(
        say(_("Dear Comrade %(name)s, a reminder of the tasks assigned to you:"), name=person.name),
        "<b>" + _("Overdue") + "</b>" if late else None,
        *(_line(_, one, person, agency, calendar, now) for one in shown_late),
        "<b>" + _("Coming due") + "</b>" if coming else None,
        *(_line(_, one, person, agency, calendar, now) for one in shown_coming),
        say(_("… and %(count)s more: /viec"), count=rest) if rest else None,
        _("Please report with: xong %(number)s, or: tiendo %(number)s 60 (percent).") % {"number": due[0].number},
    )
    if len(due) == 1:
        return Outgoing(text, rows(*to_do(_, due[0]), difficulty(_, due[0]), show(_, due[0]), why(_, due[0].number)))
    shown = (*shown_late, *shown_coming)[:MOST_BUTTONS]
    done = [button for one in shown for button in to_do(_, one, numbered=True)[-1:]]
    return Outgoing(text, rows(*done, Button(_("Difficulty"), "vuongmac"), why(_)))


def _line(_: Speech, one: Assignment, person: Person, agency: Agency, calendar: WorkCalendar, now: datetime) -> str:
    away = agency.people.get(one.assignee_id)
    told = line(_, one, calendar, now)
    return told if away is None or away == person else told + " · " + say(_("for %(name)s"), name=away.name)
