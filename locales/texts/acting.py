"""Speaking for somebody else: the answer, the letter to them, the line of the history."""

from collections.abc import Sequence

from domain.messages import Outgoing
from domain.people import Person
from domain.tasks import Assignment
from locales.speech import Speech, lines, say
from locales.texts.parts import rows, shortened, show


def _what(_: Speech, command: str) -> str:
    return {
        "nhan": _("received"),
        "tiendo": _("progress"),
        "xong": _("reported as done"),
        "giahan": _("extension asked for"),
        "vuongmac": _("difficulty"),
    }.get(command, command)


def note(_: Speech, person: Person, command: str) -> str:
    """What the history of the task keeps of it."""
    return _("%(what)s, for %(name)s") % {"what": _what(_, command), "name": person.name}


def was_acted_for(_: Speech, by: Person, one: Assignment, command: str) -> Outgoing:
    """To whom it was said for."""
    text = lines(
        say(
            _("Comrade %(by)s has spoken for you about task <b>%(number)s</b>: %(what)s."),
            by=by.name,
            number=one.number,
            what=_what(_, command),
        ),
        say("%(content)s", content=shortened(one.task.content)),
        _("If that is not right, please tell them, or type it yourself."),
    )
    return Outgoing(text, rows(show(_, one)))


def together(_: Speech, person: Person, answers: Sequence[Outgoing]) -> Outgoing:
    """The answers to whoever has spoken for somebody."""
    head = "<i>" + say(_("For Comrade %(name)s, as the history shows:"), name=person.name) + "</i>"
    buttons = answers[0].buttons if len(answers) == 1 else ()
    return Outgoing(lines(head, *(one.text for one in answers)), buttons)
