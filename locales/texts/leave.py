"""Leave: the questions, the lists, and the letters to the stand-in, the unit head and the Office."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from domain.absences import Absence
from domain.messages import Button, Outgoing
from domain.people import Agency, Person, Role
from domain.tasks import Assignment
from domain.workdays import WorkCalendar
from locales.speech import Speech, lines, say
from locales.texts.parts import line, rows

MOST_SHOWN = 20
MOST_TASKS = 10
MOST_BUTTONS = 6


def acting(_: Speech, by: Person, for_whom: Person) -> str:
    """The name of somebody who speaks about the task of another."""
    return _("%(name)s (for %(away)s)") % {"name": by.name, "away": for_whom.name}


def instead_of(_: Speech, outgoing: Outgoing, away: Person) -> Outgoing:
    """A letter that somebody gets in the place of who is away."""
    head = "<i>" + say(_("You stand in for Comrade %(name)s, who is away:"), name=away.name) + "</i>"
    return replace(outgoing, text=lines(head, outgoing.text))


def period(_: Speech, from_on: date, until_on: date) -> str:
    if from_on == until_on:
        return _.day(from_on)
    return _("%(start)s to %(end)s") % {"start": _.day(from_on), "end": _.day(until_on)}


def _line(_: Speech, one: Absence, agency: Agency) -> str:
    away = agency.people.get(one.person_id)
    stand_in = agency.people.get(one.stand_in_id) if one.stand_in_id else None
    return say(
        _("<b>%(name)s</b>: %(period)s; stand-in: %(stand_in)s"),
        name=away.name if away else "—",
        period=period(_, one.from_on, one.until_on),
        stand_in=stand_in.name if stand_in else _("nobody"),
    )


def _how(_: Speech) -> str:
    return "<i>" + _("To note leave: nghi 24/11 den 28/11 thay bang Name; to call it off: nghi huy") + "</i>"


def absences(_: Speech, shown: Sequence[Absence], cancellable: Sequence[Absence], agency: Agency) -> Outgoing:
    """Present and coming leave that the reader may see."""
    if not shown:
        return Outgoing(lines(_("No leave is noted for today or later."), _how(_)))
    rest = len(shown) - MOST_SHOWN
    text = lines(
        _("Leave, present and coming:"),
        *(_line(_, one, agency) for one in shown[:MOST_SHOWN]),
        say(_("… and %(count)s more"), count=rest) if rest > 0 else None,
        _how(_),
    )
    return Outgoing(text, rows(*(_call_off(_, one, agency) for one in cancellable[:MOST_BUTTONS])))


def _call_off(_: Speech, one: Absence, agency: Agency) -> Button:
    away = agency.people.get(one.person_id)
    label = _("Call off: %(name)s %(day)s") % {"name": away.name if away else "—", "day": _.short_day(one.from_on)}
    return Button(label[:60], f"nghi huy {one.id}")


def ask_when(_: Speech, person: Person) -> Outgoing:
    text = _("From which day to which day is Comrade %(name)s away? For example: 24/11 den 28/11 · mai · tuan sau")
    return Outgoing(say(text, name=person.name))


def ask_stand_in(
    _: Speech, person: Person, from_on: date, until_on: date, offered: Sequence[Person], mark: str
) -> Outgoing:
    text = lines(
        say(_("Leave of Comrade %(name)s: %(period)s."), name=person.name, period=period(_, from_on, until_on)),
        _("Who stands in? Type a name, or “khong” for nobody."),
    )
    buttons = [Button(one.name, f"thaybang {mark} {one.id}") for one in offered[:MOST_BUTTONS]]
    return Outgoing(text, rows(*buttons, Button(_("Nobody"), f"thaybang {mark} 0")))


def _told(_: Speech, one: Absence, agency: Agency) -> str:
    stand_in = agency.people.get(one.stand_in_id) if one.stand_in_id else None
    if stand_in is None:
        return _("Nobody stands in: reminders go on to the person; the unit head and the Office know.")
    text = _("Reminders, requests and new tasks go to %(name)s from the first day to the last, and back by themselves.")
    return say(text, name=stand_in.name)


def noted(_: Speech, one: Absence, agency: Agency) -> Outgoing:
    text = lines(_("Leave has been noted."), _line(_, one, agency), _told(_, one, agency))
    return Outgoing(text, rows(Button(_("Call off"), f"nghi huy {one.id}")))


def noted_for_you(_: Speech, one: Absence, by: Person, agency: Agency) -> Outgoing:
    head = say(_("%(name)s has noted your leave:"), name=by.name)
    text = lines(head, _line(_, one, agency), _told(_, one, agency))
    return Outgoing(text, rows(Button(_("Call off"), f"nghi huy {one.id}")))


def please_stand_in(
    _: Speech,
    one: Absence,
    away: Person,
    tasks: Sequence[Assignment],
    total: int,
    calendar: WorkCalendar,
    now: datetime,
) -> Outgoing:
    """The letter to the stand-in, with what is open."""
    head = _("You stand in for Comrade %(name)s, who is away: %(period)s.")
    rest = total - len(tasks)
    text = lines(
        say(head, name=away.name, period=period(_, one.from_on, one.until_on)),
        _("In that time you get their reminders, and may acknowledge, report and claim their tasks."),
        _("You also confirm or return what the unit claims, except what is your own.")
        if away.role is Role.UNIT_HEAD
        else None,
        say(_("Unfinished at present: %(count)s"), count=total),
        *(line(_, task, calendar, now) for task in tasks),
        say(_("… and %(count)s more"), count=rest) if rest > 0 else None,
    )
    return Outgoing(text)


def for_information(_: Speech, one: Absence, agency: Agency) -> Outgoing:
    """To the unit head and the Office."""
    return Outgoing(lines(_("For your information, leave has been noted:"), _line(_, one, agency)))


def called_off(_: Speech, one: Absence, agency: Agency) -> Outgoing:
    return Outgoing(lines(_("Leave has been called off:"), _line(_, one, agency)))


def was_called_off(_: Speech, one: Absence, by: Person, agency: Agency) -> Outgoing:
    return Outgoing(lines(say(_("%(name)s has called off leave:"), name=by.name), _line(_, one, agency)))
