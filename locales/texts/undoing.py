"""Taking a command back: the answer, and the letter to those who had been told."""

from collections.abc import Sequence
from datetime import datetime

from domain.directives import Directive, State
from domain.messages import Button, Outgoing
from domain.people import Agency, Person
from domain.tasks import LogEntry, Verb
from domain.undo import Undoable
from locales.speech import Speech, lines, say
from locales.texts.directives import name as name_of
from locales.texts.parts import happened, rows, shortened, show


def what(_: Speech, verb: Verb) -> str:
    """What was taken back."""
    return happened(_, verb)


def undone(
    _: Speech, taken_back: Sequence[Undoable], since: Sequence[tuple[int, LogEntry]], agency: Agency
) -> Outgoing:
    """`since` are the tasks that somebody has changed in the meantime, and how."""
    text = lines(
        *(_undone(_, one) for one in taken_back),
        _("The evidence stays kept.") if any(one.verb is Verb.CLAIMED for one in taken_back) else None,
        *(_changed(_, number, entry, agency) for number, entry in since),
    )
    numbers = [one.present for one in taken_back if one.verb is not Verb.ASSIGNED]
    return Outgoing(text, rows(*(show(_, one) for one in numbers[:4])))


def _undone(_: Speech, done: Undoable) -> str:
    number = done.present.number
    if done.verb is Verb.ASSIGNED:
        return say(_("Taken back: task %(number)s is not to be carried out any more."), number=number)
    text = _("Taken back: task %(number)s is again as it was before (%(what)s).")
    return say(text, number=number, what=what(_, done.verb))


def _changed(_: Speech, number: int, entry: LogEntry, agency: Agency) -> str:
    actor = agency.people.get(entry.actor_id) if entry.actor_id else None
    return say(
        _("Task %(number)s cannot be taken back: it has changed since (%(at)s %(name)s: %(what)s)."),
        number=number,
        at=_.instant(entry.at),
        name=actor.name if actor else _("the assistant"),
        what=what(_, entry.verb),
    )


def published_last(_: Speech, one: Directive, now: datetime) -> Outgoing:
    """What was done last was to publish: that, and what was assigned with it, is taken back in its own way."""
    label = _("Call it off") if one.state(now) is State.SCHEDULED else _("Withdraw it")
    sentence = _(
        "Your last command published %(name)s. To take it back, with the tasks given by it: chidao %(id)s thu hoi"
    )
    return Outgoing(say(sentence, name=name_of(_, one), id=one.id), rows(Button(label, f"chidao {one.id} huy")))


def was_undone(_: Speech, taken_back: Sequence[Undoable], by: Person) -> Outgoing:
    text = lines(
        say(_("%(name)s has taken back what the letter before said; please disregard it:"), name=by.name),
        *(
            say(
                "<b>%(number)s</b>. %(content)s — %(what)s",
                number=one.present.number,
                content=shortened(one.present.task.content),
                what=what(_, one.verb),
            )
            for one in taken_back
        ),
    )
    return Outgoing(text)
