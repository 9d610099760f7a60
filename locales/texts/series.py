"""Recurring tasks: the rule, the task that was opened, the list."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from domain.messages import Button, Outgoing
from domain.people import Agency, Person, Unit
from domain.series import Series
from domain.tasks import Assignment
from domain.workdays import WorkCalendar
from locales.speech import Speech, lines, say
from locales.texts.assigning import assignment
from locales.texts.parts import rows, shortened

MOST_LINES = 30


def when(_: Speech, said: str, first: date) -> str:
    """In the place of a deadline: the rule, and the first day on which it is due."""
    return _("%(said)s; the first one is due %(day)s") % {"said": said, "day": _.day(first)}


def _list_button(_: Speech) -> Button:
    return Button(_("Recurring tasks"), "dinhky")


def kept(_: Speech, one: Series, person: Person, unit: Unit | None, due: date) -> Outgoing:
    text = lines(
        say(
            _("Kept as recurring task %(number)s for %(name)s: %(said)s."),
            number=one.id,
            name=unit.name if unit else person.name,
            said=one.every.said,
        ),
        next_one(_, one, due),
        say(_("To stop it: dinhky bo %(number)s"), number=one.id),
    )
    return Outgoing(text, rows(_list_button(_)))


def next_one(_: Speech, one: Series, due: date) -> str:
    opens = _.short_day(one.next_at.astimezone(_.zone).date())
    return say(_("Next: due %(due)s, assigned from %(opens)s on."), due=_.day(due), opens=opens)


def opened(
    _: Speech, one: Series, task: Assignment, person: Person, agency: Agency, calendar: WorkCalendar, now: datetime
) -> Outgoing:
    """The letter with the task of one occurrence."""
    giver = agency.people.get(one.given_by, person)
    letter = assignment(_, task, person, giver, agency.units.get(one.unit_id or 0), calendar, now)
    return replace(letter, text=lines(letter.text, recurring(_, one)))


def recurring(_: Speech, one: Series) -> str:
    """On a task: that it comes again."""
    return say(_("Recurring: %(said)s (number %(number)s in /dinhky)"), said=one.every.said, number=one.id)


def listed(
    _: Speech, series: Sequence[Series], days: Mapping[int, date], agency: Agency, *, is_office: bool
) -> Outgoing:
    text = lines(
        "<b>" + say(_("Recurring tasks: %(count)s"), count=len(series)) + "</b>",
        *(_line(_, one, days[one.id], agency) for one in series[:MOST_LINES]),
        say(_("… and %(count)s more"), count=len(series) - MOST_LINES) if len(series) > MOST_LINES else None,
        "<i>" + _("A new one: giao name; hang thang ngay 20; content · to stop one: dinhky bo 3") + "</i>",
        "<i>" + _("The reports on administrative reform: dinhky cchc, or dinhky cchc and a name") + "</i>"
        if is_office
        else None,
    )
    return Outgoing(text)


def _line(_: Speech, one: Series, due: date, agency: Agency) -> str:
    unit, person = agency.units.get(one.unit_id or 0), agency.people.get(one.person_id)
    return say(
        _("<b>%(number)s</b>. %(content)s\n    %(said)s · %(name)s · next: %(day)s"),
        number=one.id,
        content=shortened(one.content),
        said=one.every.said,
        name=unit.name if unit else person.name if person else "—",
        day=_.short_day(due),
    )


def stopped(_: Speech, one: Series) -> Outgoing:
    text = say(_("Recurring task %(number)s is stopped; tasks that it has assigned stay."), number=one.id)
    return Outgoing(text, rows(_list_button(_)))


def switched_on(_: Speech, made: Sequence[Series], days: Mapping[int, date], name: str) -> Outgoing:
    """A ready set; none was made where all of it was there."""
    if not made:
        return Outgoing(_("These recurring tasks are all there already. Nothing was changed."), rows(_list_button(_)))
    text = lines(
        say(_("Switched on for %(name)s: %(count)s recurring tasks."), name=name, count=len(made)),
        *(
            say(
                "<b>%(number)s</b>. %(content)s · %(day)s",
                number=one.id,
                content=one.content,
                day=_.short_day(days[one.id]),
            )
            for one in made
            if one.id in days
        ),
        say(_("To stop one: dinhky bo %(number)s"), number=made[0].id),
    )
    return Outgoing(text, rows(_list_button(_)))
