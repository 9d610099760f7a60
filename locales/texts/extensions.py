"""A later deadline: the questions, the request, and what became of it."""

from collections.abc import Sequence
from datetime import datetime

from domain.deadlines import Deadline
from domain.extensions import Extension, Outcome
from domain.messages import Button, Outgoing
from domain.people import Person
from domain.tasks import Assignment
from domain.workdays import WorkCalendar
from locales.speech import Speech, lines, say
from locales.texts.counting import counted
from locales.texts.parts import deadline_examples, due, line, rows, show, undo


def ask_when(_: Speech, one: Assignment, calendar: WorkCalendar, now: datetime) -> Outgoing:
    text = lines(
        say(_("Extend task %(number)s, deadline %(due)s. To which day?"), **_which(_, one, calendar, now)),
        "<i>" + say(_("For example: %(examples)s"), examples=deadline_examples(_)) + "</i>",
        "<i>" + _("In one line: giahan number, date, reason") + "</i>",
    )
    return Outgoing(text)


def _which(_: Speech, one: Assignment, calendar: WorkCalendar, now: datetime) -> dict[str, object]:
    return {"number": one.number, "due": due(_, one, calendar, now)}


def ask_why(_: Speech, one: Assignment, new: Deadline) -> Outgoing:
    text = _("Why is task %(number)s to be extended to %(new)s? Please type the reason, or /huy to leave it.")
    return Outgoing(say(text, number=one.number, new=_.deadline(new)))


def moved(_: Speech, asked: Extension) -> str:
    """Both dates and the reason, for the log: dates only, so that it reads the same in every language."""
    dates = f"{_.short_day(asked.old.on)} → {_.short_day(asked.new.on)}"
    why = " · ".join(part for part in (asked.reason, asked.note) if part)
    return f"{dates}: {why}" if why else dates


def _dates(_: Speech, asked: Extension, calendar: WorkCalendar) -> str:
    is_past = asked.outcome is Outcome.GRANTED
    return lines(
        say(_("Earlier deadline: %(old)s") if is_past else _("Present deadline: %(old)s"), old=_.deadline(asked.old)),
        say(_("New deadline: <b>%(new)s</b>"), new=_.deadline(asked.new)),
        counted(_, asked.new, calendar) or _later_by(_, asked, calendar),
        say(_("Reason: %(reason)s"), reason=asked.reason) if asked.reason else None,
        say(_("Note: %(note)s"), note=asked.note) if asked.note else None,
    )


def _later_by(_: Speech, asked: Extension, calendar: WorkCalendar) -> str:
    days = calendar.between(asked.old.on, asked.new.on)
    return say(_("Later by %(days)s working days."), days=_.count(days))


def asked(
    _: Speech, one: Assignment, extension: Extension, approvers: Sequence[Person], calendar: WorkCalendar
) -> Outgoing:
    text = lines(
        say(
            _("The request to extend task %(number)s has been sent to %(names)s."),
            number=one.number,
            names=", ".join(person.name for person in approvers),
        ),
        _dates(_, extension, calendar),
        _("Until it is granted, the present deadline stands."),
    )
    return Outgoing(text, rows(show(_, one)))


def please_decide(
    _: Speech, one: Assignment, asked: Extension, by: Person, calendar: WorkCalendar, now: datetime
) -> Outgoing:
    text = lines(
        say(_("%(name)s asks for a later deadline of task %(number)s:"), name=by.name, number=one.number),
        line(_, one, calendar, now),
        _dates(_, asked, calendar),
        "<i>" + say(_("Another date: giahan %(number)s 25/12"), number=one.number) + "</i>",
    )
    buttons = (
        _about(_("Agree"), asked, "dongy"),
        _about(_("Do not agree"), asked, "khong"),
        _about(_("Another date"), asked, ""),
        show(_, one),
    )
    return Outgoing(text, rows(*buttons))


def _about(label: str, asked: Extension, answer: str) -> Button:
    """A button that answers this request and no later one."""
    return Button(label, f"giahan {asked.number} #{asked.id} {answer}".strip())


def ask_which_date(
    _: Speech, one: Assignment, pending: Extension | None, calendar: WorkCalendar, now: datetime
) -> Outgoing:
    """An approver is about to set a date."""
    text = lines(
        say(_("Extend task %(number)s, deadline %(due)s. To which day?"), **_which(_, one, calendar, now)),
        say(_("Asked for: %(new)s"), new=_.deadline(pending.new)) if pending else None,
        "<i>" + say(_("For example: %(examples)s"), examples=deadline_examples(_)) + "</i>",
    )
    buttons = (_about(_("Agree"), pending, "dongy"), _about(_("Do not agree"), pending, "khong")) if pending else ()
    return Outgoing(text, rows(*buttons))


def ask_why_not(_: Speech, one: Assignment) -> Outgoing:
    text = _("Why is task %(number)s not to be extended? Please type the reason, or /huy to leave it.")
    return Outgoing(say(text, number=one.number))


def granted(_: Speech, one: Assignment, extension: Extension, assignee: Person, calendar: WorkCalendar) -> Outgoing:
    text = lines(
        say(_("Task %(number)s of %(name)s has been extended."), number=one.number, name=assignee.name),
        _dates(_, extension, calendar),
    )
    return Outgoing(text, rows(show(_, one), undo(_, one)))


def was_extended(
    _: Speech, one: Assignment, granted: Extension, by: Person, calendar: WorkCalendar, now: datetime
) -> Outgoing:
    text = lines(
        say(_("%(name)s has extended the deadline of task %(number)s:"), name=by.name, number=one.number),
        line(_, one, calendar, now),
        _dates(_, granted, calendar),
        _("The first deadline is kept for the statistics."),
    )
    return Outgoing(text, rows(show(_, one)))


def head_informed(
    _: Speech,
    one: Assignment,
    granted: Extension,
    assignee: Person,
    by: Person,
    calendar: WorkCalendar,
    now: datetime,
) -> Outgoing:
    text = lines(
        say(
            _("For your information: %(by)s has extended task %(number)s of %(name)s."),
            by=by.name,
            number=one.number,
            name=assignee.name,
        ),
        line(_, one, calendar, now),
        _dates(_, granted, calendar),
    )
    return Outgoing(text, rows(show(_, one)))


def was_not_extended(
    _: Speech, one: Assignment, refused: Extension, by: Person, calendar: WorkCalendar, now: datetime
) -> Outgoing:
    text = lines(
        say(_("%(name)s does not agree to extend task %(number)s:"), name=by.name, number=one.number),
        say("<i>%(reason)s</i>", reason=refused.note),
        line(_, one, calendar, now),
        _("The present deadline stands."),
    )
    return Outgoing(text, rows(show(_, one)))


def refused_it(_: Speech, one: Assignment, assignee: Person) -> Outgoing:
    text = _("Noted: the deadline of task %(number)s stands, and %(name)s has been told your reason.")
    return Outgoing(say(text, number=one.number, name=assignee.name))


def history(_: Speech, extensions: Sequence[Extension], *, is_open: bool) -> str | None:
    """What became of the deadline, for everything about a task; on one that is closed no request waits."""
    granted = [one for one in extensions if one.outcome is Outcome.GRANTED]
    pending = [one for one in extensions if one.outcome is Outcome.PENDING and is_open]
    chain = [granted[0].old, *(one.new for one in granted)] if granted else []
    steps = " → ".join(_.short_day(deadline.on) for deadline in chain)
    parts = [
        say(_("Extended %(count)s time(s): %(steps)s"), count=len(granted), steps=steps) if granted else None,
        *(
            say(
                _("An extension to %(new)s has been asked for and waits for an answer: %(reason)s"),
                new=_.deadline(one.new),
                reason=one.reason,
            )
            for one in pending
        ),
    ]
    return lines(*parts) if any(parts) else None
