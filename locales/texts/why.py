"""Why somebody was reminded: where the task comes from, how its deadline was counted, and how the reminding ends."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.ladder import Ladder
from domain.messages import Button, Outgoing
from domain.people import Agency, Person
from domain.reading.values import Task as Instruction
from domain.tasks import Assignment
from domain.workdays import WorkCalendar
from locales.speech import Speech, lines, say
from locales.texts.counting import counted
from locales.texts.parts import difficulty, rows, shortened, status, to_do
from locales.texts.quoting import as_written, whole_quote

COMMAND = "visao"
MOST_BUTTONS = 6


@dataclass(frozen=True)
class Reasons:
    """What explains the reminders of one task: the last one, whom one stands in for, and what its reader may do.

    `read` is what the document says that it comes from.
    """

    one: Assignment
    reminded_at: datetime | None
    away: Person | None
    is_mine: bool
    can_extend: bool
    read: Instruction | None = None


def why(_: Speech, number: int | None = None) -> Button:
    """The button on every reminder."""
    return Button(_("Why am I reminded?"), f"{COMMAND} {number}" if number else COMMAND)


def explained(
    _: Speech,
    reasons: Sequence[Reasons],
    others: Sequence[Assignment],
    agency: Agency,
    ladder: Ladder,
    calendar: WorkCalendar,
) -> Outgoing:
    """`others` are the tasks that the same reminder spoke of."""
    text = lines(
        *(_explained(_, why, agency, calendar) + "\n" for why in reasons),
        _ladder(_, ladder),
    )
    if len(reasons) == 1 and not others:
        return Outgoing(text, rows(*_ways_out(_, reasons[0])))
    buttons = [Button(_("Task %(n)s") % {"n": one.number}, f"{COMMAND} {one.number}") for one in others]
    return Outgoing(text, rows(*buttons[:MOST_BUTTONS], width=3))


def _explained(_: Speech, why: Reasons, agency: Agency, calendar: WorkCalendar) -> str:
    one, task = why.one, why.one.task
    giver = agency.people.get(task.given_by)
    return lines(
        say("<b>%(number)s</b>. %(content)s", number=one.number, content=shortened(task.content, 300)),
        say(_("You stand in for Comrade %(name)s, who is away:"), name=why.away.name) if why.away else None,
        say(_("Source: %(source)s"), source=task.source) if task.source else None,
        whole_quote(_, why.read) if why.read else None,
        say(_("Assigned by: %(name)s, %(at)s"), name=giver.name if giver else "—", at=_.instant(task.given_at)),
        *_deadline(_, one, calendar),
        as_written(_, why.read) if why.read else None,
        _last(_, why, calendar),
        _next(_, one),
        _how_to_end(_, why),
    )


def _deadline(_: Speech, one: Assignment, calendar: WorkCalendar) -> list[str | None]:
    if one.deadline is None:
        return [_("Without a deadline")]
    first, moved = one.original_deadline, one.deadline
    was = first is not None and (first.on, first.at) != (moved.on, moved.at)
    return [
        say(_("Deadline: %(due)s"), due=_.deadline(moved)),
        counted(_, moved, calendar) or (None if was else _("The date was given as such, not counted.")),
        say(_("Moved since; the first deadline was %(due)s."), due=_.deadline(first)) if was and first else None,
    ]


def _last(_: Speech, why: Reasons, calendar: WorkCalendar) -> str:
    if why.reminded_at is None or why.one.deadline is None:
        return _("There has been no reminder of this task yet.")
    day = why.reminded_at.astimezone(_.zone).date()
    rung = _rung(_, calendar.between(day, why.one.deadline.on))
    return say(_("Last reminder: %(at)s, %(rung)s."), at=_.instant(why.reminded_at), rung=rung)


def _rung(_: Speech, left: int) -> str:
    """On which rung it was: working days before or after the deadline."""
    if left > 0:
        return _("%(days)s working days before the deadline") % {"days": _.count(left)}
    if left == 0:
        return _("on the day of the deadline")
    return _("%(days)s working days after the deadline") % {"days": _.count(-left)}


def _next(_: Speech, one: Assignment) -> str:
    if one.is_open and one.remind_at is not None:
        return say(_("Next reminder: %(at)s."), at=_.instant(one.remind_at))
    if one.is_open and one.stuck:
        return _("No reminder while the difficulty is open.")
    return say(_("No more reminders: %(state)s."), state=status(_, one.status))


def _how_to_end(_: Speech, why: Reasons) -> str | None:
    if not (why.is_mine and why.one.is_open):
        return None
    number = why.one.number
    later = say(_("; a later deadline: giahan %(number)s 20/12 reason"), number=number) if why.can_extend else ""
    ways = _("Reminders end with: xong %(number)s result; with a difficulty: vuongmac %(number)s and what it is")
    return say(ways, number=number) + later + "."


def _ladder(_: Speech, ladder: Ladder) -> str:
    text = _(
        "The agency reminds %(before)s working days before a deadline (0 is the day itself), %(after)s after it, then "
        "every %(every)s, in office hours."
    )
    before, after = (", ".join(map(str, days)) for days in (ladder.before, ladder.after))
    return "<i>" + say(text, before=before, after=after, every=ladder.then_every) + "</i>"


def _ways_out(_: Speech, why: Reasons) -> list[Button]:
    one = why.one
    if not (why.is_mine and one.is_open):
        return []
    extend = [Button(_("Ask for an extension"), f"giahan {one.number}")] if why.can_extend else []
    return [*to_do(_, one), difficulty(_, one), *extend]
