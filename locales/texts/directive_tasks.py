"""The tasks of a directive by the points of its document: how each stands, and what was left out and why."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.decisions import WaitingTask
from domain.directives import Directive
from domain.messages import Button, Outgoing
from domain.people import Agency
from domain.proposals import Decided, Proposal
from domain.series import Series
from domain.tasks import Assignment, Status
from locales.speech import Speech, lines, say
from locales.texts.directives import heading, name
from locales.texts.parts import assignee_name, rows, shortened, status

EACH_SHOWN = 3
"""So many tasks of a point are shown each; of more, how many are how far."""
PAGE = 10


@dataclass(frozen=True)
class Entry:
    """A point of the document, and what has become of it; `went_on` is the later directive that it goes on with."""

    one: Proposal
    tasks: Sequence[Assignment] = ()
    rules: Sequence[WaitingTask] = ()
    series: Sequence[tuple[Series, date]] = ()
    went_on: Directive | None = None
    called_off: bool = False


def button(_: Speech, one: Directive) -> Button:
    return Button(_("Tasks by point"), f"chidao {one.id} tungdiem")


def page(
    _: Speech, one: Directive, entries: Sequence[Entry], first: int, total: int, agency: Agency, now: datetime
) -> Outgoing:
    """One page of them all; `first` is the offset of the first of `total`."""
    end = first + len(entries)
    text = lines(
        heading(_, one),
        say(_("Tasks by point, %(first)s to %(last)s of %(total)s:"), first=first + 1, last=end, total=total)
        if total
        else _("Nothing was read in this directive that would be a task."),
        *by_point(_, entries, agency, now),
    )
    before = [Button(_("‹ Before"), f"chidao {one.id} tungdiem t{max(0, first - PAGE)}")] if first else []
    after = [Button(_("More ›"), f"chidao {one.id} tungdiem t{end}")] if end < total else []
    return Outgoing(text, rows(*before, *after))


def by_point(_: Speech, entries: Sequence[Entry], agency: Agency, now: datetime) -> list[str]:
    return [text for entry in entries for text in _entry(_, entry, agency, now)]


def _entry(_: Speech, entry: Entry, agency: Agency, now: datetime) -> Iterator[str]:
    one = entry.one
    if one.read.point:
        point = say(_("Point %(point)s"), point=one.read.point)
        yield f"<b>{point}</b>: " + say("%(content)s", content=shortened(one.content))
    else:
        yield say("• %(content)s", content=shortened(one.content))
    went_on = [say(_("goes on with %(directive)s"), directive=name(_, entry.went_on))] if entry.went_on else []
    for text in (*_what_became(_, entry), *went_on, *_given(_, entry, agency, now)):
        yield f"    {text}"


def _what_became(_: Speech, entry: Entry) -> list[str]:
    """What the Office has said of it, where that is not simply that it is given."""
    one = entry.one
    match one.decided:
        case Decided.LEFT_OUT if one.reason:
            return [say(_("left out: %(reason)s"), reason=one.reason)]
        case Decided.LEFT_OUT:
            return [_("left out, no reason given")]
        case Decided.MERGED:
            return [say(_("merged into task %(number)s of the document"), number=one.into)]
        case Decided.SPLIT:
            return [_("split into parts, which follow")]
        case Decided.ALREADY_GIVEN:
            return [_("given before, going on")]
        case Decided.OPEN:
            return [_("nobody has decided about it, so it was not given")]
        case Decided.ACCEPTED if one.given_at is None and entry.called_off:
            return [_("not given, as the directive was called off")]
        case Decided.ACCEPTED if one.given_at is None:
            return [_("accepted, not given yet")]
    return []


def _given(_: Speech, entry: Entry, agency: Agency, now: datetime) -> list[str]:
    waiting = [
        say(_("waits for a decision: %(said)s (rule %(number)s)"), said=rule.wait.said, number=rule.id)
        for rule in entry.rules[:EACH_SHOWN]
    ]
    again = [
        say(_("recurring: %(said)s, next due %(day)s"), said=one.every.said, day=_.short_day(due))
        for one, due in entry.series
    ]
    if len(entry.tasks) <= EACH_SHOWN:
        return [*(_one(_, task, agency, now) for task in entry.tasks), *waiting, *dict.fromkeys(again)]
    return [_many(_, entry.tasks, now), *waiting, *dict.fromkeys(again)]


def _is_late(_: Speech, one: Assignment, now: datetime) -> bool:
    return one.is_open and one.deadline is not None and now >= one.deadline.instant(_.zone)


def _one(_: Speech, one: Assignment, agency: Agency, now: datetime) -> str:
    unit = agency.units.get(one.unit_id)
    facts = {
        "number": one.number,
        "name": assignee_name(_, agency.people.get(one.assignee_id)),
        "unit": unit.name if unit else "—",
        "due": _.short_day(one.deadline.on) if one.deadline else _("no deadline"),
        "status": status(_, one.status),
        "late": " · " + _("overdue") if _is_late(_, one, now) else "",
    }
    return say("<b>%(number)s</b>. %(name)s (%(unit)s) · %(due)s · <i>%(status)s</i>%(late)s", **facts)


def _many(_: Speech, tasks: Sequence[Assignment], now: datetime) -> str:
    counts = Counter(one.status for one in tasks)
    states = [f"{status(_, each)} {counts[each]}" for each in Status if counts[each]]
    late = sum(_is_late(_, one, now) for one in tasks)
    if late:
        states.append(_("of these overdue %(count)s") % {"count": late})
    return say(_("%(count)s tasks: %(states)s"), count=len(tasks), states=" · ".join(states))
