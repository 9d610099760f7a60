"""Difficulties: the questions, the answers to whoever takes a step, a thread, and the list of those that are open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.difficulties import Difficulty, Kind, Note, Turn
from domain.messages import Button, Outgoing
from domain.people import Agency, Person
from domain.tasks import Assignment
from domain.workdays import WorkCalendar
from locales.speech import Speech, lines, say
from locales.texts import difficulty_parts as parts
from locales.texts.parts import assignee_name, due, rows, shortened, show

SHORT_NOTE = 300


def names(people: Sequence[Person]) -> str:
    return ", ".join(person.name for person in people)


# -- the officer -------------------------------------------------------------------------------------------------------


def ask_words(_: Speech, one: Assignment, step: str) -> Outgoing:
    sentence = {
        "": _("What is the difficulty with task %(number)s? Please type it in one message, or /huy to leave it."),
        "hoilai": _("What do you want to know about task %(number)s? Please type the question, or /huy to leave it."),
        "trinhlanhdao": _("What does the Office propose for task %(number)s? Please type it, or /huy to leave it."),
    }.get(step, _("Please type your answer about the difficulty with task %(number)s, or /huy to leave it."))
    return Outgoing(lines(say(sentence, number=one.number), parts.task(_, one)))


def raised(
    _: Speech, one: Assignment, new: Difficulty, office: Sequence[Person], calendar: WorkCalendar, now: datetime
) -> Outgoing:
    if office:
        head = _("Noted: the difficulty with task %(number)s has gone to %(names)s.")
    else:
        head = _(
            "Noted: the difficulty with task %(number)s. Nobody in the roster can answer it; please tell the Office."
        )
    text = lines(
        say(head, number=one.number, names=names(office)),
        parts.waits(_, new, now),
        say(
            _("Until then there are no reminders of this task. Its deadline stays: %(due)s."),
            due=due(_, one, calendar, now),
        ),
        say(_("To add to it: vuongmac %(number)s …"), number=one.number),
    )
    return Outgoing(text, rows(*parts.officer_steps(_, new), show(_, one)))


def added(_: Speech, one: Assignment, opened: Difficulty, now: datetime) -> Outgoing:
    text = lines(
        say(_("Added to the difficulty with task %(number)s, and passed on to the Office."), number=one.number),
        parts.waits(_, opened, now),
    )
    return Outgoing(text, rows(*parts.officer_steps(_, opened)))


def closed(_: Speech, one: Assignment, calendar: WorkCalendar, now: datetime) -> Outgoing:
    text = _("The difficulty with task %(number)s is settled. Reminders go on; deadline: %(due)s.")
    return Outgoing(say(text, number=one.number, due=due(_, one, calendar, now)), rows(show(_, one)))


def not_here(_: Speech, one: Assignment) -> Outgoing:
    """Words that accuse somebody: which channel is right, and what can be told here."""
    text = lines(
        _(
            "This reads like an accusation of wrongdoing. The assistant does not receive accusations: the message was not "
            "kept and not passed on."
        ),
        _(
            "Please bring it to the inspectorate or to the citizens' reception in charge, under the Law on Denunciations "
            "(25/2018/QH14), which protects whoever brings one."
        ),
        say(
            _(
                "If the work itself is held up, please describe only that, without accusing anybody: vuongmac %(number)s "
                "and what holds it up."
            ),
            number=one.number,
        ),
    )
    return Outgoing(text)


def is_it_the_reply(
    _: Speech, one: Assignment, opened: Difficulty, notes: Sequence[Note], text: str, agency: Agency, mark: str
) -> Outgoing:
    """Something was said without a command: whether it is what is waited for, with what was asked or proposed."""
    kinds, question = {
        Turn.LEADER: ((Kind.SUBMITTED,), _("Is this your decision on the difficulty with task %(number)s?")),
    }.get(opened.turn, ((Kind.ASKED_BACK,), _("Is this your reply to the question about task %(number)s?")))
    asked = next((note for note in reversed(notes) if note.kind in kinds), None)
    told = lines(
        say(question, number=one.number),
        say("<i>%(text)s</i>", text=text),
        parts.task(_, one),
        parts.note(_, asked, agency, SHORT_NOTE) if asked else None,
    )
    return Outgoing(told, rows(Button(_("Yes, correct"), f"dung {mark}"), Button(_("No"), f"khong {mark}")))


def not_the_reply(_: Speech, number: int) -> Outgoing:
    text = _("Nothing was passed on. To say something about it: vuongmac %(number)s … /trogiup shows what can be said.")
    return Outgoing(say(text, number=number))


# -- the Office, and leaders -------------------------------------------------------------------------------------------


def answered(_: Speech, one: Assignment, kind: Kind, assignee: Person | None) -> Outgoing:
    if assignee is None:
        gone = _("Closed: the difficulty with task %(number)s. Whoever had the task is no longer in the roster.")
        return Outgoing(say(gone, number=one.number), rows(show(_, one)))
    sentence = {
        Kind.CLOSED: _("Closed: the difficulty with task %(number)s. %(name)s has been told, and reminders go on."),
        Kind.AGREED: _("Agreed: the proposal for task %(number)s has gone to %(name)s, the unit head and the Office."),
    }.get(kind, _("Your answer about task %(number)s has gone to %(name)s; the difficulty is closed."))
    return Outgoing(say(sentence, number=one.number, name=assignee.name), rows(show(_, one)))


def asked_back(_: Speech, one: Assignment, opened: Difficulty, assignee: Person) -> Outgoing:
    day = opened.due_on(_.zone)
    text = _("Your question about task %(number)s has gone to %(name)s; a reply is due by the end of %(due)s.")
    return Outgoing(say(text, number=one.number, name=assignee.name, due=_.day(day) if day else "—"))


def submitted(_: Speech, one: Assignment, opened: Difficulty, to: Sequence[Person]) -> Outgoing:
    day = opened.due_on(_.zone)
    text = _("Submitted: the difficulty with task %(number)s to %(names)s; a word is due by the end of %(due)s.")
    return Outgoing(say(text, number=one.number, names=names(to), due=_.day(day) if day else "—"))


def discussed(_: Speech, one: Assignment) -> Outgoing:
    text = _("Noted: the Office has been told that you want to talk about task %(number)s.")
    return Outgoing(say(text, number=one.number))


def choose_leader(_: Speech, one: Assignment, leaders: Sequence[Person], mark: str) -> Outgoing:
    buttons = [Button(leader.name[:40], f"trinh {mark} {leader.id}") for leader in leaders]
    buttons.append(Button(_("All leaders"), f"trinh {mark} tatca"))
    text = _("To which leader does the proposal for task %(number)s go?")
    return Outgoing(say(text, number=one.number), rows(*buttons, width=1))


# -- looking -----------------------------------------------------------------------------------------------------------


def steps(_: Speech, one: Difficulty, *, own: bool, answers: bool, leads: bool) -> tuple[Button, ...]:
    """What a reader of the thread may do next."""
    if not one.is_open:
        return ()
    if own:
        return parts.officer_steps(_, one)
    if not answers:
        return ()
    if leads and one.turn is Turn.LEADER:
        return parts.leader_steps(_, one)[:3]
    return (*parts.office_steps(_, one), parts.settled(_, one))


def thread(
    _: Speech,
    one: Assignment,
    latest: Difficulty,
    notes: Sequence[Note],
    agency: Agency,
    now: datetime,
    buttons: Sequence[Button],
) -> Outgoing:
    """Everything that was said about the difficulties of a task."""
    text = lines(
        "<b>" + say(_("Difficulties with task %(number)s"), number=one.number) + "</b>",
        parts.task(_, one),
        *(parts.note(_, entry, agency) for entry in notes),
        parts.waits(_, latest, now),
    )
    return Outgoing(text, rows(*buttons, show(_, one)))


@dataclass(frozen=True)
class Open:
    """One page of open difficulties, each with its task and its thread; `first` is the offset among `total`."""

    shown: Sequence[tuple[Difficulty, Assignment, Sequence[Note]]]
    first: int
    total: int
    size: int


def _line(_: Speech, opened: Difficulty, one: Assignment, notes: Sequence[Note], agency: Agency, now: datetime) -> str:
    assignee = agency.people.get(one.assignee_id)
    first = next((entry.text for entry in notes if entry.kind is Kind.RAISED), "")
    head = say(
        "<b>%(number)s</b>. %(name)s (%(unit)s): %(text)s",
        number=one.number,
        name=assignee_name(_, assignee),
        unit=agency.units[one.unit_id].name if one.unit_id in agency.units else "—",
        text=shortened(first, 120),
    )
    since = say(_("Turn since %(at)s."), at=_.instant(opened.turn_at))
    return f"{head}\n    {since} {parts.waits(_, opened, now)}"


def listed(
    _: Speech, page: Open, todo: Sequence[Assignment], agency: Agency, calendar: WorkCalendar, now: datetime
) -> Outgoing:
    """Those that are open; and, for whoever has tasks, buttons for the one that is meant."""
    found = [_line(_, opened, one, notes, agency, now) for opened, one, notes in page.shown]
    head = say(_("Open difficulties: %(total)s, the oldest first."), total=page.total)
    text = lines(
        head if page.total else _("No difficulty is open."),
        *found,
        _("A new one: which task is it about?") if todo else None,
        *(parts.task(_, one) for one in todo),
    )
    end = page.first + len(page.shown)
    turn = [Button(_("‹ Before"), f"vuongmac t{max(0, page.first - page.size)}")] if page.first else []
    turn += [Button(_("More ›"), f"vuongmac t{end}")] if end < page.total else []
    look = [Button(_("Difficulty %(n)s") % {"n": one.number}, f"vuongmac {one.number}") for _d, one, _n in page.shown]
    which = [Button(_("Task %(n)s") % {"n": one.number}, f"vuongmac {one.number}") for one in todo]
    return Outgoing(text, (*rows(*look), *rows(*which), *rows(*turn)))
