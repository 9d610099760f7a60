"""One proposal: everything about it, what the document says of it, and what can be done with it."""

from collections.abc import Sequence

from domain.deadlines import Deadline
from domain.messages import Outgoing
from domain.proposals import Decided, Proposal
from domain.reading.values import Anomaly
from locales.speech import Speech, lines, say
from locales.texts import anomalies as anomaly_texts
from locales.texts.counting import counted
from locales.texts.parts import rows, shortened
from locales.texts.proposals import WARNING, Around, bodies, button, by_when, mark, state, who

MOST_QUOTED = 900


def details(_: Speech, one: Proposal, around: Around, odd: Sequence[Anomaly] = ()) -> str:
    """Everything about a proposal; what the document says stands beside what was made of it."""
    read, point = one.read, say(_("point %(point)s"), point=one.read.point) if one.read.point else ""
    changed = one.content != read.text
    due = counted(_, one.when, around.calendar) if isinstance(one.when, Deadline) else None
    past = isinstance(one.when, Deadline) and one.when.on < around.today
    is_off = isinstance(one.when, Deadline) and not around.calendar.is_working(one.when.on)
    return lines(
        say("%(mark)s <b>%(title)s</b>", mark=mark(one), title=_("Task %(number)s") % {"number": one.number})
        + (f" · {point}" if point else "")
        + f" · <i>{state(_, one)}</i>",
        say("%(content)s", content=shortened(one.content, MOST_QUOTED)),
        say(_("The document says: “%(quote)s”"), quote=shortened(read.text, MOST_QUOTED)) if changed else None,
        say(_("Leads: %(who)s"), who=who(_, one, around)) + _written(_, read.lead),
        say(_("Cooperates: %(who)s"), who=bodies(_, one.coordinate, around.agency) or _("nobody"))
        + _written(_, read.coordinate)
        if one.coordinate or read.coordinate
        else None,
        say(_("Deadline: %(due)s"), due=by_when(_, one.when))
        + _written(_, [read.deadline.quote] if read.deadline.quote else []),
        due,
        *(f"{WARNING} {anomaly_texts.told(_, each)}" for each in odd),
        _("Note: that day has passed.") if past else None,
        _("Note: nobody works on that day.") if is_off else None,
        say(_("Why it is left out: %(reason)s"), reason=one.reason) if one.reason else None,
    )


def _written(_: Speech, names: Sequence[str]) -> str:
    return say(_(" (in the document: “%(names)s”)"), names=shortened("; ".join(names), 160)) if names else ""


def proposal(
    _: Speech,
    document: int,
    one: Proposal,
    page_number: int,
    around: Around,
    note: str = "",
    odd: Sequence[Anomaly] = (),
) -> Outgoing:
    """One proposal, and what can be done with it."""
    number = one.number
    text = lines(note or None, details(_, one, around, odd))
    accept = [button(_("Accept"), document, f"nhan {number}")] if one.decided is not Decided.ACCEPTED else []
    leave = [button(_("Leave out"), document, f"bo {number}")] if one.stands else []
    buttons = rows(
        *accept,
        *leave,
        button(_("Who…"), document, f"sua {number} giao"),
        button(_("Deadline…"), document, f"sua {number} han"),
        button(_("Text…"), document, f"sua {number} noi dung"),
        button(_("Split…"), document, f"tach {number}"),
        button(_("The list"), document, f"xem trang {page_number}"),
        button(_("Next task"), document, f"viec sau {number}"),
    )
    return Outgoing(text, buttons)
