"""A document that comes after a directive: what goes on, what has changed, what is new, what is asked for no more."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain.directives import Directive
from domain.messages import Outgoing
from domain.proposals import Proposal
from domain.reading.values import Deadline as Written
from domain.successors import Compared, Part, Succession
from locales.speech import Speech, lines, say
from locales.texts.directives import name as name_of
from locales.texts.parts import rows, shortened
from locales.texts.proposals import button

MOST_SHOWN = 8
TEXT_SHOWN = 160
STOP, GO_ON = "dung viec cu", "giu viec cu"
"""What the buttons say; it can be typed as well."""


@dataclass(frozen=True)
class Found:
    """What has been found: `dropped` with the tasks that are under way of each, `typed` tasks under it were typed."""

    earlier: Directive
    what: Succession
    dropped: Sequence[tuple[Proposal, Sequence[int]]] = ()
    stops: bool = False
    same_number: bool = False
    typed: int = 0


def note(_: Speech, found: Found) -> str:
    """On the card of the document."""
    what = found.what
    return lines(
        _head(_, found),
        say(_("• the same, not given again: %(numbers)s"), numbers=_numbers(what.same)) if what.same else None,
        *_changed(_, what.changed),
        say(_("• new: %(numbers)s"), numbers=_numbers(what.new)) if what.new else None,
        *_dropped(_, found),
        say(_("• typed under that directive, going on: %(count)s"), count=found.typed) if found.typed else None,
    )


def with_choice(_: Speech, card: Outgoing, document: int, found: Found) -> Outgoing:
    """The card with the button that says what becomes of what is not asked for any more."""
    if not found.dropped:
        return card
    choice = button(_("Let the old tasks go on"), document, GO_ON) if found.stops else None
    choice = choice or button(_("Stop the old tasks (%(count)s)") % {"count": len(found.dropped)}, document, STOP)
    return replace(card, buttons=(*card.buttons, *rows(choice)))


def in_preview(_: Speech, found: Found) -> str:
    """Before it goes out: what becomes of what the earlier directive gave."""
    dropped = _("to be stopped") if found.stops else _("not asked for any more, going on")
    parts = [
        (_("going on"), len(found.what.same)),
        (_("changed"), len(found.what.changed)),
        (dropped, len(found.dropped)),
    ]
    told = "; ".join(f"{what} {count}" for what, count in parts if count)
    return say(_("Tasks of %(name)s: %(told)s"), name=name_of(_, found.earlier), told=told or "0")


def changed_since(_: Speech, found: Found, number: int) -> str | None:
    """About one proposal: what has changed of the task that it carries on."""
    one = next((each for each in found.what.changed if each.new.number == number), None)
    if one is None:
        return None
    return lines(say(_("Changes a task of %(name)s:"), name=name_of(_, found.earlier)), *differences(_, one))


def _head(_: Speech, found: Found) -> str:
    name = name_of(_, found.earlier)
    if found.same_number:
        return (
            "<b>" + say(_("The document has the number of %(name)s, which has gone out already."), name=name) + "</b>"
        )
    return "<b>" + say(_("The document takes the place of %(name)s."), name=name) + "</b>"


def _numbers(pairs: Sequence[Compared]) -> str:
    return ", ".join(str(one.new.number) for one in pairs)


def _changed(_: Speech, pairs: Sequence[Compared]) -> list[str]:
    if not pairs:
        return []
    rest = len(pairs) - MOST_SHOWN
    return [
        say(_("• changed: %(numbers)s"), numbers=_numbers(pairs)),
        *(f"    {text}" for one in pairs[:MOST_SHOWN] for text in differences(_, one)),
        *([say(_("… and %(count)s more"), count=rest)] if rest > 0 else []),
    ]


def differences(_: Speech, one: Compared) -> list[str]:
    """What has changed of one task, old and new."""
    if one.old is None:
        return []
    old, new, found = one.old.read, one.new.read, []
    head = say("<b>%(number)s</b>. ", number=one.new.number)
    if Part.WHEN in one.changed:
        sentence = _("deadline: %(old)s → %(new)s")
        found.append(head + say(sentence, old=_written(_, old.deadline), new=_written(_, new.deadline)))
    if Part.LEAD in one.changed:
        sentence = _("led by: %(old)s → %(new)s")
        found.append(head + say(sentence, old=", ".join(old.lead) or "—", new=", ".join(new.lead) or "—"))
    if Part.TEXT in one.changed:
        sentence = _("text: “%(old)s” → “%(new)s”")
        found.append(head + say(sentence, old=shortened(old.text, TEXT_SHOWN), new=shortened(new.text, TEXT_SHOWN)))
    return found


def _written(_: Speech, one: Written) -> str:
    return one.quote or (_.short_day(one.on) if one.on else _("no deadline"))


def _dropped(_: Speech, found: Found) -> list[str]:
    if not found.dropped:
        return []
    head = (
        _("• not asked for any more, to be stopped when it goes out: %(count)s")
        if found.stops
        else _("• not asked for any more, going on unless you stop them: %(count)s")
    )
    rest = len(found.dropped) - MOST_SHOWN
    return [
        say(head, count=len(found.dropped)),
        *(f"    {_one_dropped(_, one, tasks)}" for one, tasks in found.dropped[:MOST_SHOWN]),
        *([say(_("… and %(count)s more"), count=rest)] if rest > 0 else []),
    ]


def _one_dropped(_: Speech, one: Proposal, tasks: Sequence[int]) -> str:
    text = say(_("point %(point)s: %(content)s"), point=one.read.point or one.number, content=shortened(one.content))
    numbers = ", ".join(map(str, tasks[:MOST_SHOWN])) + ("…" if len(tasks) > MOST_SHOWN else "")
    return text + (say(_(" (tasks %(numbers)s)"), numbers=numbers) if tasks else "")
