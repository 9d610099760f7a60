"""Pieces of what is said about difficulties: whose turn it is, a thread, the buttons of each side."""

from collections.abc import Sequence
from datetime import datetime

from domain.difficulties import Difficulty, Kind, Note, Turn
from domain.messages import Button
from domain.people import Agency
from domain.tasks import Assignment
from locales.speech import Speech, say
from locales.texts.parts import shortened


def whose(_: Speech, turn: Turn) -> str:
    return {
        Turn.OFFICE: _("the Office"),
        Turn.LEADER: _("a leader"),
        Turn.OFFICER: _("the assignee"),
        Turn.NOBODY: _("nobody"),
    }[turn]


def waits(_: Speech, one: Difficulty, now: datetime) -> str:
    """Whose word is waited for, and until when; or since when it is closed."""
    if one.closed_at is not None:
        return say(_("Closed: %(at)s."), at=_.instant(one.closed_at))
    day = one.due_on(_.zone)
    due = _.day(day) if day else "—"
    sentence = _("Waiting for %(whose)s; an answer is due by the end of %(due)s.")
    if one.is_late(now) or one.climbed:
        sentence = _("Waiting for %(whose)s; the answer is overdue (next due: the end of %(due)s).")
    return say(sentence, whose=whose(_, one.turn), due=due)


def kind(_: Speech, value: Kind) -> str:
    return {
        Kind.RAISED: _("difficulty raised"),
        Kind.ADDED: _("added"),
        Kind.ASKED_BACK: _("asked back"),
        Kind.REPLIED: _("replied"),
        Kind.ANSWERED: _("answered"),
        Kind.SUBMITTED: _("submitted to the leader, proposing"),
        Kind.TO_DISCUSS: _("wants to talk"),
        Kind.AGREED: _("agreed with the proposal"),
        Kind.DECIDED: _("decided"),
        Kind.CLOSED: _("says it is settled"),
        Kind.CLAIMED: _("reported the task as done"),
        Kind.REOPENED: _("took the report back, the difficulty is open again"),
        Kind.CLIMBED: _("answer overdue, told again"),
    }[value]


def note(_: Speech, one: Note, agency: Agency, most: int | None = None) -> str:
    """One message of a thread; shortened to one line of so many characters where that is given."""
    author = agency.people.get(one.author_id) if one.author_id else None
    what = say(
        "• %(at)s %(by)s: %(what)s",
        at=_.instant(one.at),
        by=author.name if author else _("the assistant"),
        what=kind(_, one.kind),
    )
    if not one.text:
        return what
    return what + say(": %(text)s", text=shortened(one.text, most) if most else one.text)


def in_short(_: Speech, notes: Sequence[Note], agency: Agency, most: int, length: int) -> list[str]:
    """A thread, oldest first: its beginning and its last messages."""
    if len(notes) <= most:
        return [note(_, one, agency, length) for one in notes]
    first, last = notes[:1], notes[len(notes) - most + 1 :]
    return [note(_, first[0], agency, length), "…", *(note(_, one, agency, length) for one in last)]


# -- buttons -----------------------------------------------------------------------------------------------------------


def step(label: str, one: Difficulty, says: str) -> Button:
    """A step in a difficulty as it is now; on an older letter it says so instead of acting."""
    return Button(label, f"vuongmac {one.number} #{one.revision} {says}")


def thread_button(_: Speech, one: Difficulty) -> Button:
    return Button(_("Content"), f"vuongmac {one.number}")


def office_steps(_: Speech, one: Difficulty) -> tuple[Button, ...]:
    return (
        step(_("Answer"), one, "traloi"),
        step(_("Ask back"), one, "hoilai"),
        step(_("Submit to the leader"), one, "trinhlanhdao"),
    )


def leader_steps(_: Speech, one: Difficulty) -> tuple[Button, ...]:
    return (
        step(_("Agree"), one, "dongy"),
        step(_("Discuss"), one, "traodoi"),
        step(_("Answer"), one, "traloi"),
        thread_button(_, one),
    )


def officer_steps(_: Speech, one: Difficulty) -> tuple[Button, ...]:
    more = _("Reply") if one.turn is Turn.OFFICER else _("Add")
    return step(more, one, "traloi"), settled(_, one)


def settled(_: Speech, one: Difficulty) -> Button:
    return step(_("Settled"), one, "dagiaiquyet")


def task(_: Speech, one: Assignment) -> str:
    """The task that a letter is about, in one line."""
    return say("<b>%(number)s</b>. %(content)s", number=one.number, content=shortened(one.task.content, 160))
