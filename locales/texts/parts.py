"""Pieces that several messages share: a task in one line, its deadline, how near it is, its state."""

from datetime import datetime

from domain.deadlines import Deadline, late_days, workdays_left
from domain.messages import Button, Rows
from domain.people import Agency, Person, Role
from domain.tasks import Assignment, Status, Verb
from domain.workdays import WorkCalendar
from locales.speech import Speech, say

SHORT = 90


def shortened(text: str, most: int = SHORT) -> str:
    """One line of at most so many characters, cut between words."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    cut = line[: most - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[most // 2 :] else cut).rstrip(",;:. ") + "…"


def deadline_examples(_: Speech) -> str:
    """How a deadline may be written."""
    return _("27/11 · thu sau · 17h 27/11 · 5 ngay lam viec · cuoi thang · khong han")


def status(_: Speech, value: Status) -> str:
    return {
        Status.NOT_ACCEPTED: _("not yet acknowledged"),
        Status.IN_PROGRESS: _("in progress"),
        Status.AWAITING: _("waiting for confirmation"),
        Status.DONE: _("done"),
        Status.RETURNED: _("returned"),
        Status.PAUSED: _("paused"),
        Status.STOPPED: _("discontinued"),
    }[value]


def happened(_: Speech, verb: Verb) -> str:
    """What happened to a task, in the words of its history."""
    return {
        Verb.ASSIGNED: _("assigned"),
        Verb.ACCEPTED: _("received"),
        Verb.PROGRESSED: _("progress"),
        Verb.CLAIMED: _("reported as done"),
        Verb.EVIDENCED: _("evidence added"),
        Verb.CONFIRMED: _("confirmed"),
        Verb.RETURNED: _("returned"),
        Verb.HANDED_OVER: _("handed over"),
        Verb.REMINDED: _("reminded"),
        Verb.DIFFICULTY: _("difficulty"),
        Verb.ANSWERED: _("difficulty answered"),
        Verb.EXTENSION_ASKED: _("extension asked for"),
        Verb.EXTENDED: _("deadline extended"),
        Verb.EXTENSION_REFUSED: _("extension refused"),
        Verb.ESCALATED: _("carried up"),
        Verb.RECOUNTED: _("deadline counted again"),
        Verb.CHANGED: _("changed by a later directive"),
        Verb.STOPPED: _("discontinued"),
        Verb.UNDONE: _("undone"),
        Verb.ACTED_FOR: _("said on behalf of the assignee"),
    }[verb]


def role(_: Speech, value: Role) -> str:
    return {
        Role.OFFICER: _("officer"),
        Role.UNIT_HEAD: _("unit head"),
        Role.OFFICE: _("Office"),
        Role.LEADER: _("leader"),
        Role.ADMIN: _("administrator"),
    }[value]


def time_left(_: Speech, deadline: Deadline, calendar: WorkCalendar, now: datetime) -> str:
    """How near a deadline is, or how late it has become, in working days."""
    if now >= deadline.instant(_.zone):
        days = late_days(deadline, now, _.zone, calendar)
        return _("overdue by %(days)s working days") % {"days": _.count(days)}
    left = workdays_left(deadline, now, _.zone, calendar)
    if deadline.on == now.astimezone(_.zone).date():
        return _("due today")
    if left == 0:
        return _("no working day left")
    return _("%(days)s working days left") % {"days": _.count(left)}


def due(_: Speech, one: Assignment, calendar: WorkCalendar, now: datetime) -> str:
    """The deadline in words; for what is claimed or done only the day."""
    if one.deadline is None:
        return _("no deadline")
    day = _.deadline(one.deadline)
    if one.is_open or one.status is Status.PAUSED:
        return f"{day} ({time_left(_, one.deadline, calendar, now)})"
    return day


def line(_: Speech, one: Assignment, calendar: WorkCalendar, now: datetime) -> str:
    """A task in a list: number, content, deadline; the state where it is not simply under way."""
    states = {Status.NOT_ACCEPTED, Status.AWAITING, Status.RETURNED, Status.PAUSED}
    state = f" · <i>{status(_, one.status)}</i>" if one.status in states else ""
    stuck = _("difficulty open")
    state += f" · <i>{stuck}</i>" if one.stuck else ""
    return say(
        "<b>%(number)s</b>. %(content)s\n    " + _("Deadline: %(due)s"),
        number=one.number,
        content=shortened(one.task.content),
        due=due(_, one, calendar, now),
    ) + (state or (f" · {one.percent}%" if one.percent else ""))


def assignee_name(_: Speech, assignee: Person | None) -> str:
    """Whose task it is, also where they have left."""
    return assignee.name if assignee else _("(no longer in the roster)")


def named_line(_: Speech, one: Assignment, agency: Agency, calendar: WorkCalendar, now: datetime) -> str:
    """A task in a list of several people's, with the name of whose it is."""
    name = assignee_name(_, agency.people.get(one.assignee_id))
    return line(_, one, calendar, now) + say(" · %(name)s", name=name)


def rows(*buttons: Button, width: int = 2) -> Rows:
    """Buttons in rows of so many."""
    return tuple(tuple(buttons[start : start + width]) for start in range(0, len(buttons), width))


def act(label: str, command: str, one: Assignment) -> Button:
    """A button that acts on a task as it is now; on an older letter it says so instead of acting."""
    return Button(label, f"{command} {one.number} #{one.revision}")


def show(_: Speech, one: Assignment) -> Button:
    return Button(_("Details of %(number)s") % {"number": one.number}, f"viec {one.number}")


def difficulty(_: Speech, one: Assignment) -> Button:
    """Tell of a difficulty, or see the one that is open."""
    return Button(_("Difficulty"), f"vuongmac {one.number}")


def to_do(_: Speech, one: Assignment, *, numbered: bool = False) -> tuple[Button, ...]:
    """What an assignee can press for a task."""
    number = f" {one.number}" if numbered else ""
    done = act(_("Done") + number, "xong", one)
    if one.status is Status.NOT_ACCEPTED:
        return act(_("Received") + number, "nhan", one), done
    return (done,)


def undo(_: Speech, one: Assignment) -> Button:
    """Takes back the command that left the task as it is now."""
    return act(_("Undo"), "hoantac", one)
