"""The letters about a difficulty to everybody but the one who has just spoken, and the letter about late answers."""

from collections.abc import Sequence
from datetime import datetime

from domain.difficulties import Difficulty, Kind, Note, Turn
from domain.messages import Button, Outgoing
from domain.people import Agency, Person
from domain.tasks import Assignment
from domain.workdays import WorkCalendar
from locales.speech import Speech, lines, say
from locales.texts import difficulty_parts as parts
from locales.texts.parts import act, assignee_name, due, rows, show

MOST_LINES = 15
SHORT_THREAD, SHORT_NOTE = 5, 300


def _quoted(text: str) -> str | None:
    return say("<i>%(text)s</i>", text=text) if text else None


def please_answer(
    _: Speech,
    one: Assignment,
    opened: Difficulty,
    by: Person,
    text: str,
    agency: Agency,
    calendar: WorkCalendar,
    now: datetime,
) -> Outgoing:
    """To the Office: a new difficulty."""
    head = _("%(name)s (%(unit)s) has a difficulty with task %(number)s:")
    told = lines(
        say(head, name=by.name, unit=agency.unit_name(by), number=one.number),
        _quoted(text),
        parts.task(_, one),
        say(_("Deadline: %(due)s"), due=due(_, one, calendar, now)),
        parts.waits(_, opened, now),
    )
    return Outgoing(told, rows(*parts.office_steps(_, opened), show(_, one)))


def for_information(_: Speech, one: Assignment, opened: Difficulty, by: Person, text: str) -> Outgoing:
    """To the unit head: a difficulty has gone to the Office."""
    head = _("For your information: %(name)s has told the Office of a difficulty with task %(number)s:")
    told = lines(say(head, name=by.name, number=one.number), _quoted(text), parts.task(_, one))
    return Outgoing(told, rows(parts.thread_button(_, opened), show(_, one)))


def more_from_officer(_: Speech, one: Assignment, opened: Difficulty, by: Person, text: str) -> Outgoing:
    """To the Office: a reply, or something added."""
    head = say(_("%(name)s adds to the difficulty with task %(number)s:"), name=by.name, number=one.number)
    steps = parts.office_steps(_, opened) if opened.turn is Turn.OFFICE else ()
    told = lines(head, _quoted(text), parts.task(_, one))
    return Outgoing(told, rows(*steps, parts.thread_button(_, opened)))


def asked_back(_: Speech, one: Assignment, opened: Difficulty, by: Person, text: str) -> Outgoing:
    """To the officer: the Office asks for more."""
    day = opened.due_on(_.zone)
    told = lines(
        say(_("%(name)s asks about your difficulty with task %(number)s:"), name=by.name, number=one.number),
        _quoted(text),
        say(
            _("Please reply by the end of %(due)s: vuongmac %(number)s …"),
            due=_.day(day) if day else "—",
            number=one.number,
        ),
    )
    return Outgoing(told, rows(*parts.officer_steps(_, opened), parts.thread_button(_, opened)))


def gone_up(_: Speech, one: Assignment, opened: Difficulty, to: Sequence[Person]) -> Outgoing:
    """To the officer and the head: a leader is to decide."""
    day = opened.due_on(_.zone)
    text = _(
        "The difficulty with task %(number)s has been submitted to %(names)s; a word is due by the end of %(due)s."
    )
    names = ", ".join(person.name for person in to)
    told = say(text, number=one.number, names=names, due=_.day(day) if day else "—")
    return Outgoing(told, rows(parts.thread_button(_, opened)))


def please_decide(
    _: Speech,
    one: Assignment,
    opened: Difficulty,
    by: Person,
    proposal: str,
    notes: Sequence[Note],
    agency: Agency,
    calendar: WorkCalendar,
    now: datetime,
) -> Outgoing:
    """To a leader: the thread in short, and what the Office proposes."""
    told = lines(
        say(
            _("%(name)s submits a difficulty with task %(number)s for your decision:"), name=by.name, number=one.number
        ),
        parts.task(_, one),
        say(_("Deadline: %(due)s"), due=due(_, one, calendar, now)),
        *parts.in_short(_, notes, agency, SHORT_THREAD, SHORT_NOTE),
        "<b>" + _("Proposal") + "</b>",
        _quoted(proposal),
        say(_("In one message: dong y %(number)s · trao doi %(number)s … · tra loi %(number)s …"), number=one.number),
        parts.waits(_, opened, now),
    )
    return Outgoing(told, rows(*parts.leader_steps(_, opened)))


def to_discuss(_: Speech, one: Assignment, opened: Difficulty, by: Person, text: str) -> Outgoing:
    """To the Office: the leader has not decided."""
    head = _("%(name)s wants to talk about the difficulty with task %(number)s before deciding.")
    told = lines(say(head, name=by.name, number=one.number), _quoted(text), parts.task(_, one))
    return Outgoing(told, rows(*parts.office_steps(_, opened), parts.thread_button(_, opened)))


def _answered(_: Speech, kind: Kind) -> str:
    return {
        Kind.CLOSED: _("%(name)s has closed the difficulty with task %(number)s as settled."),
        Kind.AGREED: _("%(name)s agrees with the proposal for the difficulty with task %(number)s:"),
        Kind.DECIDED: _("%(name)s has decided on the difficulty with task %(number)s:"),
    }.get(kind, _("%(name)s has answered the difficulty with task %(number)s:"))


def answered(
    _: Speech, one: Assignment, by: Person, kind: Kind, text: str, calendar: WorkCalendar, now: datetime
) -> Outgoing:
    """To the officer: the answer; reminders go on."""
    told = lines(
        say(_answered(_, kind), name=by.name, number=one.number),
        _quoted(text),
        parts.task(_, one),
        say(_("Reminders go on. Deadline: %(due)s."), due=due(_, one, calendar, now)),
        say(_("Still held up? vuongmac %(number)s …"), number=one.number),
    )
    return Outgoing(told, rows(act(_("Done"), "xong", one), show(_, one)))


def answered_to_others(
    _: Speech, one: Assignment, by: Person, kind: Kind, text: str, assignee: Person | None
) -> Outgoing:
    """To the head and the Office: the answer that the officer has got."""
    told = lines(
        say(_answered(_, kind), name=by.name, number=one.number),
        _quoted(text),
        parts.task(_, one),
        say(_("%(name)s has been told."), name=assignee.name) if assignee else None,
    )
    return Outgoing(told, rows(show(_, one)))


def over(_: Speech, one: Assignment, by: Person) -> Outgoing:
    """To the Office and the head: the officer says that it is settled."""
    text = _("%(name)s says that the difficulty with task %(number)s is settled. No answer is needed any more.")
    return Outgoing(say(text, name=by.name, number=one.number), rows(show(_, one)))


def over_by_claim(_: Speech, one: Assignment, by: Person) -> Outgoing:
    text = _("%(name)s has reported task %(number)s as done; its difficulty is closed, no answer is needed any more.")
    return Outgoing(say(text, name=by.name, number=one.number), rows(show(_, one)))


# -- late answers ------------------------------------------------------------------------------------------------------


def overdue(_: Speech, person: Person, late: Sequence[tuple[Difficulty, Assignment]], agency: Agency) -> Outgoing:
    """One letter for all that a person is to hear of: what waits for whose word, and since when."""
    text = [say(_("Dear Comrade %(name)s, answers to these difficulties are overdue:"), name=person.name)]
    for turn in (Turn.OFFICER, Turn.LEADER, Turn.OFFICE):
        found = [(opened, one) for opened, one in late if opened.turn is turn]
        if found:
            text.append("<b>" + say(_("Waiting for %(whose)s"), whose=parts.whose(_, turn)) + "</b>")
        text += [_late(_, opened, one, agency) for opened, one in found[:MOST_LINES]]
        if len(found) > MOST_LINES:
            text.append(say(_("… and %(count)s more: /vuongmac"), count=len(found) - MOST_LINES))
    first = late[0][0]
    text.append(say(_("To see and answer: vuongmac %(number)s"), number=first.number))
    return Outgoing(lines(*text), rows(*(_look(_, opened) for opened, _one in late[:4])))


def _late(_: Speech, opened: Difficulty, one: Assignment, agency: Agency) -> str:
    assignee = agency.people.get(one.assignee_id)
    since = say(_("%(name)s; waiting since %(at)s"), name=assignee_name(_, assignee), at=_.instant(opened.turn_at))
    return f"{parts.task(_, one)}\n    {since}"


def _look(_: Speech, opened: Difficulty) -> Button:
    return Button(_("Difficulty %(n)s") % {"n": opened.number}, f"vuongmac {opened.number}")
