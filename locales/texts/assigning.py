"""Assigning a task: the questions, the preview, the answer, and the letter to the assignee."""

from collections.abc import Sequence
from datetime import datetime

from domain.deadlines import Deadline
from domain.directives import Directive
from domain.messages import Button, Outgoing
from domain.people import Agency, Person, Unit
from domain.tasks import Assignment, Index
from domain.workdays import CalendarDay, WorkCalendar
from locales.speech import Speech, lines, say
from locales.texts.counting import counted
from locales.texts.directives import name
from locales.texts.parts import act, deadline_examples, difficulty, due, rows, show, time_left, undo


def ask_whom(_: Speech) -> Outgoing:
    return Outgoing(
        lines(
            _("To whom is the task assigned? Type the name of an officer or of a unit, or /huy to leave it."),
            "<i>" + _("In one line: giao name or unit; deadline; content") + "</i>",
        )
    )


def ask_deadline(_: Speech, to: str, mark: str) -> Outgoing:
    text = lines(
        say(_("Assign to %(to)s. By when?"), to=to),
        "<i>" + say(_("For example: %(examples)s"), examples=deadline_examples(_)) + "</i>",
    )
    quick = [
        Button(_("Tomorrow"), f"han {mark} mai"),
        Button(_("5 working days"), f"han {mark} 5 ngay lam viec"),
        Button(_("10 working days"), f"han {mark} 10 ngay lam viec"),
        Button(_("End of month"), f"han {mark} cuoi thang"),
    ]
    return Outgoing(text, rows(*quick))


def ask_content(_: Speech, to: str, deadline: Deadline | None, instead: str = "") -> Outgoing:
    when = _.deadline(deadline) if deadline else instead or _("no deadline")
    text = lines(
        say(_("Assign to %(to)s, deadline %(when)s. What is to be done?"), to=to, when=when),
        "<i>" + _("#PAR, #SIPAS or #PAPI in the content names the index.") + "</i>",
    )
    return Outgoing(text)


def choose_addressee(
    _: Speech, text: str, people: Sequence[Person], units: Sequence[Unit], agency: Agency, mark: str
) -> Outgoing:
    """A name that fits several."""
    found = [f"{person.name} ({agency.unit_name(person)})" for person in people] + [unit.name for unit in units]
    buttons = [Button(label[:40], f"ai {mark} p{person.id}") for label, person in zip(found, people, strict=False)]
    buttons += [Button(unit.name[:40], f"ai {mark} u{unit.id}") for unit in units]
    return Outgoing(say(_("Several fit “%(text)s”. Whom do you mean?"), text=text), rows(*buttons, width=1))


def preview(
    _: Speech,
    *,
    to: Person,
    unit: Unit | None,
    deadline: Deadline | None,
    instead: str,
    content: str,
    index: Index | None,
    source: str,
    rest: CalendarDay | None,
    weekend: bool,
    linked: bool,
    calendar: WorkCalendar,
    now: datetime,
    mark: str,
) -> Outgoing:
    whom = f"{to.name} ({unit.name})" if unit else to.name
    when = f"{_.deadline(deadline)} ({time_left(_, deadline, calendar, now)})" if deadline else _("no deadline")
    text = lines(
        "<b>" + _("Please check before it is sent:") + "</b>",
        say(_("To: %(whom)s"), whom=whom),
        say(_("Deadline: %(due)s"), due=instead or when),
        counted(_, deadline, calendar) if deadline else None,
        say(_("Note: that day is a day off (%(why)s)."), why=rest.name) if rest else None,
        _("Note: that day is on a weekend.") if weekend else None,
        say(_("Content: %(content)s"), content=content),
        say(_("Source: %(source)s"), source=source) if source else None,
        say(_("Index: %(index)s"), index=index.value) if index else None,
        None if linked else say(_("Note: %(name)s has not connected to the assistant yet."), name=to.name),
    )
    buttons = rows(
        Button(_("Assign"), f"dongy {mark}"),
        Button(_("Change the deadline"), f"doihan {mark}"),
        Button(_("Leave it"), f"thoi {mark}"),
    )
    return Outgoing(text, buttons)


def source(_: Speech, one: Directive, point: str) -> str:
    """The directive under which a task is given, and the point of it."""
    return _("%(name)s, point %(point)s") % {"name": name(_, one), "point": point} if point else name(_, one)


def assigned(_: Speech, one: Assignment, to: Person, linked: bool) -> Outgoing:
    text = lines(
        say(_("Assigned: task %(number)s to %(name)s."), number=one.number, name=to.name),
        None
        if linked
        else say(
            _("%(name)s has not connected yet and sees it upon connecting; please tell them in person."), name=to.name
        ),
    )
    return Outgoing(text, rows(show(_, one), undo(_, one)))


def assignment(
    _: Speech, one: Assignment, to: Person, by: Person, unit: Unit | None, calendar: WorkCalendar, now: datetime
) -> Outgoing:
    """The letter to the assignee."""
    head = (
        say(_("Dear Comrade %(name)s, a task has been assigned to %(unit)s:"), name=to.name, unit=unit.name)
        if unit
        else say(_("Dear Comrade %(name)s, a task has been assigned to you:"), name=to.name)
    )
    text = lines(
        head,
        say("<b>%(number)s</b>. %(content)s", number=one.number, content=one.task.content),
        say(_("Deadline: %(due)s"), due=due(_, one, calendar, now)),
        counted(_, one.deadline, calendar) if one.deadline else None,
        say(_("Source: %(source)s"), source=one.task.source) if one.task.source else None,
        say(_("Index: %(index)s"), index=one.task.index.value) if one.task.index else None,
        say(_("Assigned by: %(name)s"), name=by.name),
        say(_("When it is done: xong %(number)s"), number=one.number),
    )
    buttons = (act(_("Received"), "nhan", one), act(_("Done"), "xong", one), difficulty(_, one), show(_, one))
    return Outgoing(text, rows(*buttons))
