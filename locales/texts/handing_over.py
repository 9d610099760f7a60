"""Handing tasks over: the answer, and the letters to whoever gets them and whoever had them."""

from collections.abc import Sequence
from datetime import datetime

from domain.messages import Outgoing
from domain.people import Person
from domain.tasks import Assignment
from domain.workdays import WorkCalendar
from locales.speech import Speech, lines, say
from locales.texts.parts import act, line, rows, shortened, show, undo


def note(_: Speech, was: Person | None, to: Person, reason: str) -> str:
    """What the log says."""
    who = _("from %(last)s to %(next)s") % {"last": was.name if was else _("(has left)"), "next": to.name}
    return f"{who}: {reason}" if reason else who


def handed_over(_: Speech, handed: Sequence[Assignment], to: Person) -> Outgoing:
    numbers = ", ".join(str(one.number) for one in handed)
    text = say(_("Handed over to %(name)s: task %(numbers)s. The deadlines stay."), numbers=numbers, name=to.name)
    return Outgoing(text, rows(undo(_, handed[0])))


def to_the_next(
    _: Speech,
    handed: Sequence[Assignment],
    to: Person,
    by: Person,
    reason: str,
    calendar: WorkCalendar,
    now: datetime,
) -> Outgoing:
    text = lines(
        say(_("Dear Comrade %(name)s, %(by)s has handed over to you:"), name=to.name, by=by.name),
        *(line(_, one, calendar, now) for one in handed),
        say(_("Reason: %(reason)s"), reason=reason) if reason else None,
        say(_("When it is done: xong %(number)s"), number=handed[0].number),
    )
    one = handed[0]
    return Outgoing(text, rows(act(_("Received"), "nhan", one), show(_, one)) if len(handed) == 1 else ())


def to_the_last(_: Speech, had: Sequence[Assignment], to: Person, by: Person, reason: str) -> Outgoing:
    text = lines(
        say(
            _("%(by)s has handed over to %(name)s, and you are not reminded of it any more:"), by=by.name, name=to.name
        ),
        *(say("<b>%(number)s</b>. %(content)s", number=one.number, content=shortened(one.task.content)) for one in had),
        say(_("Reason: %(reason)s"), reason=reason) if reason else None,
    )
    return Outgoing(text)
