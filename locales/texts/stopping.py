"""What a later directive changes or stops of what an earlier one gave, and what is stopped with one that is withdrawn."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.directives import Directive
from domain.messages import Outgoing
from domain.people import Person
from domain.tasks import Assignment
from locales.speech import Speech, lines, say
from locales.texts.directives import name as name_of
from locales.texts.parts import rows, shortened, show

MOST_BUTTONS = 4


@dataclass(frozen=True)
class Why:
    """Why something is stopped: its directive was withdrawn, or another one has taken its place."""

    directive: Directive
    successor: Directive | None = None


def changed_note(_: Speech, before: Assignment, after: Assignment, by: Directive, *, reworded: bool) -> str:
    """For the log and the letter: old and new, and what has changed it."""
    parts = []
    if before.deadline != after.deadline:
        old = _.deadline(before.deadline) if before.deadline else _("no deadline")
        new = _.deadline(after.deadline) if after.deadline else _("no deadline")
        parts.append(_("deadline: %(old)s → %(new)s") % {"old": old, "new": new})
    if reworded:
        parts.append(_("the content is worded anew"))
    return "; ".join([*parts, _("by %(directive)s") % {"directive": name_of(_, by)}])


def stopped_note(_: Speech, by: Directive) -> str:
    """The same where a task is somebody else's now."""
    return _("given to others by %(directive)s") % {"directive": name_of(_, by)}


def why_stopped(_: Speech, why: Why) -> str:
    if why.successor is not None:
        facts = {"directive": name_of(_, why.directive), "successor": name_of(_, why.successor)}
        return _("%(successor)s has taken the place of %(directive)s and does not ask for it") % facts
    return _("%(directive)s has been withdrawn") % {"directive": name_of(_, why.directive)}


def stopped(_: Speech, to: Person, why: Why, tasks: Sequence[Assignment], ended: Sequence[str]) -> Outgoing:
    """To whoever had the tasks; `ended` is what waited or would have come again."""
    text = lines(
        say(_("Dear Comrade %(name)s, the following is not to be carried out any more:"), name=to.name),
        *(
            say("<b>%(number)s</b>. %(content)s", number=one.number, content=shortened(one.task.content))
            for one in tasks
        ),
        *(say("• %(content)s", content=shortened(content)) for content in ended),
        say(_("Reason: %(reason)s."), reason=why_stopped(_, why)),
    )
    return Outgoing(text, rows(*(show(_, one) for one in tasks[:MOST_BUTTONS])))


def all_stopped(_: Speech, why: Why, tasks: Sequence[Assignment]) -> Outgoing:
    """To the Office: how much was stopped, of how many people, who have been told."""
    text = lines(
        say(
            _("Discontinued: tasks %(tasks)s, people %(people)s; they have been told."),
            tasks=len(tasks),
            people=len({one.assignee_id for one in tasks}),
        ),
        say(_("Reason: %(reason)s."), reason=why_stopped(_, why)),
    )
    return Outgoing(text, rows(*(show(_, one) for one in tasks[:MOST_BUTTONS])))
