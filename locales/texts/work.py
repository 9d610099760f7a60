"""Working on a task: received, progress, done, confirmed, returned; the answers, and the letters to others."""

from collections.abc import Sequence
from datetime import datetime

from domain.messages import Button, Outgoing, StoredFile
from domain.people import Person
from domain.tasks import Assignment, Status
from domain.workdays import WorkCalendar
from locales.speech import Speech, lines, say
from locales.texts.parts import act, due, line, rows, shortened, show, undo


def received(_: Speech, one: Assignment, calendar: WorkCalendar, now: datetime) -> Outgoing:
    text = say(
        _("Noted: you have received task %(number)s. Deadline: %(due)s."),
        number=one.number,
        due=due(_, one, calendar, now),
    )
    return Outgoing(text, rows(act(_("Done"), "xong", one), show(_, one)))


def received_already(_: Speech, one: Assignment) -> Outgoing:
    return Outgoing(say(_("Task %(number)s was noted as received before."), number=one.number))


def _judged(_: Speech, one: Assignment) -> str:
    return {True: _("on time"), False: _("after the deadline"), None: _("no deadline")}[one.was_on_time(_.zone)]


def claimed(_: Speech, one: Assignment, confirmers: Sequence[Person], files: int, lost: int) -> Outgoing:
    text = lines(
        say(
            _("Reported: task %(number)s is done (%(judged)s). Waiting for confirmation by %(names)s."),
            number=one.number,
            judged=_judged(_, one),
            names=", ".join(person.name for person in confirmers),
        ),
        say(_("Evidence kept: %(count)s."), count=files) if files else None,
        _lost(_, lost),
        None
        if files or one.result
        else say(
            _("You can still send a photo, a file or the number of the resulting document: xong %(number)s …"),
            number=one.number,
        ),
    )
    return Outgoing(text, rows(undo(_, one)))


def _lost(_: Speech, lost: int) -> str | None:
    if not lost:
        return None
    return say(_("Could not be kept, please send again (at most 20 MB each): %(count)s file(s)."), count=lost)


def finished_unconfirmed(_: Speech, one: Assignment, files: int, lost: int) -> Outgoing:
    """Nobody is there to confirm: it counts as done."""
    text = _("Task %(number)s is done (%(judged)s). Nobody else can confirm it in the roster, so it is recorded as is.")
    told = say(text, number=one.number, judged=_judged(_, one))
    kept = say(_("Evidence kept: %(count)s."), count=files) if files else None
    return Outgoing(lines(told, kept, _lost(_, lost)), rows(undo(_, one)))


def evidence_added(_: Speech, one: Assignment, files: int, lost: int) -> Outgoing:
    added = say(_("Added to task %(number)s: %(count)s piece(s) of evidence."), number=one.number, count=files)
    return Outgoing(lines(added if files else None, _lost(_, lost)))


def please_confirm(_: Speech, one: Assignment, by: Person, files: tuple[StoredFile, ...], evidence: int) -> Outgoing:
    """`files` go with the letter; `evidence` is how many pieces there are in all."""
    text = lines(
        say(_("%(name)s reports that task %(number)s is done (%(judged)s):"), **_who(_, one, by)),
        say("<b>%(number)s</b>. %(content)s", number=one.number, content=shortened(one.task.content, 300)),
        say(_("Result: %(result)s"), result=one.result) if one.result else None,
        say(_("Evidence: %(count)s"), count=evidence) if evidence else None,
        _("Please confirm, or return it with a reason."),
    )
    buttons = rows(act(_("Confirm"), "xacnhan", one), act(_("Return"), "tralai", one), show(_, one))
    return Outgoing(text, buttons, files)


def more_evidence(_: Speech, one: Assignment, by: Person, files: tuple[StoredFile, ...]) -> Outgoing:
    text = say(_("%(name)s added evidence to task %(number)s."), name=by.name, number=one.number)
    buttons = (act(_("Confirm"), "xacnhan", one), act(_("Return"), "tralai", one))
    return Outgoing(text, rows(*buttons) if one.status is Status.AWAITING else (), files)


def _who(_: Speech, one: Assignment, by: Person) -> dict[str, object]:
    return {"name": by.name, "number": one.number, "judged": _judged(_, one)}


def confirmed(_: Speech, one: Assignment) -> Outgoing:
    return Outgoing(say(_("Confirmed: task %(number)s is done."), number=one.number), rows(undo(_, one)))


def was_confirmed(_: Speech, one: Assignment, by: Person) -> Outgoing:
    text = _("%(name)s has confirmed: task %(number)s is done (%(judged)s). Thank you, Comrade.")
    return Outgoing(say(text, **_who(_, one, by)))


def returned(_: Speech, one: Assignment, assignee: Person) -> Outgoing:
    text = _("Task %(number)s has been returned to %(name)s with your reason.")
    return Outgoing(say(text, number=one.number, name=assignee.name), rows(undo(_, one)))


def was_returned(
    _: Speech, one: Assignment, by: Person, reason: str, calendar: WorkCalendar, now: datetime
) -> Outgoing:
    text = lines(
        say(_("%(name)s has returned task %(number)s:"), name=by.name, number=one.number),
        say("<i>%(reason)s</i>", reason=reason),
        line(_, one, calendar, now),
        say(_("Please complete it and report again: xong %(number)s"), number=one.number),
    )
    return Outgoing(text, rows(act(_("Done"), "xong", one), show(_, one)))


def ask_reason(_: Speech, one: Assignment) -> Outgoing:
    text = _("Why is task %(number)s returned? Please type the reason, or /huy to leave it.")
    return Outgoing(say(text, number=one.number))


def progress(_: Speech, one: Assignment, calendar: WorkCalendar, now: datetime, lost: int) -> Outgoing:
    text = lines(
        say(
            _("Noted: task %(number)s is at %(percent)s%%. Deadline: %(due)s."),
            number=one.number,
            percent=one.percent,
            due=due(_, one, calendar, now),
        ),
        _lost(_, lost),
    )
    return Outgoing(text, rows(act(_("Done"), "xong", one), show(_, one)))


def ask_backwards(_: Speech, one: Assignment, percent: int, mark: str) -> Outgoing:
    text = _("Task %(number)s was at %(before)s%%. Is it really only %(percent)s%%?")
    return Outgoing(
        say(text, number=one.number, before=one.percent, percent=percent),
        rows(Button(_("Yes, correct"), f"dung {mark}"), Button(_("No"), f"khong {mark}")),
    )


def ask_whether_done(_: Speech, one: Assignment) -> Outgoing:
    text = _("Task %(number)s at 100%%: shall it be reported as done?")
    buttons = rows(act(_("Yes, done"), "xong", one), show(_, one))
    return Outgoing(say(text, number=one.number), buttons)


def left_as_it_was(_: Speech) -> Outgoing:
    return Outgoing(_("Left as it was."))


def ask_which(_: Speech, command: str, tasks: Sequence[Assignment], calendar: WorkCalendar, now: datetime) -> Outgoing:
    """Somebody said "done" without saying what."""
    text = lines(_("Which task is it?"), *(line(_, one, calendar, now) for one in tasks))
    return Outgoing(text, rows(*(act(_("Task %(n)s") % {"n": one.number}, command, one) for one in tasks)))


def file_without_task(_: Speech, tasks: Sequence[Assignment], mark: str, *, may_publish: bool) -> Outgoing:
    """A file came with no word; the buttons say for which task, or that it is to be broadcast."""
    text = _("The file has been kept. For which task is it the evidence?")
    buttons = [Button(_("Task %(n)s") % {"n": one.number}, f"minhchung {mark} {one.number}") for one in tasks]
    publish = [Button(_("Publish it as a directive"), "chidao")] if may_publish else []
    return Outgoing(text, rows(*buttons, *publish))


def evidence_kept(_: Speech, one: Assignment, files: int, lost: int) -> Outgoing:
    text = lines(
        say(_("Kept with task %(number)s: %(count)s file(s). Is the task done?"), number=one.number, count=files),
        _lost(_, lost),
    )
    return Outgoing(text, rows(act(_("Yes, done"), "xong", one), show(_, one)) if one.is_open else rows(show(_, one)))


def with_file_held(_: Speech, text: str) -> str:
    note = _("The file is kept: please type the number of its task, or xong with the number.")
    return lines(text, "<i>" + note + "</i>")


def with_file_not_held(_: Speech, text: str) -> str:
    note = _("The file was not kept, because a question is open: please answer it, then send the file again.")
    return lines(text, "<i>" + note + "</i>")
