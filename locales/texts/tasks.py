"""Tasks as they are shown: the lists, and everything about one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from domain.deadlines import Nearness, nearness
from domain.difficulties import Difficulty, Note
from domain.extensions import Extension
from domain.messages import Button, Outgoing
from domain.people import Agency
from domain.reading.values import Task as Instruction
from domain.series import Series
from domain.tasks import Assignment, Evidence, LogEntry, Status
from domain.workdays import WorkCalendar
from locales.speech import Speech, lines, say
from locales.texts.counting import counted
from locales.texts.decisions import milestones
from locales.texts.difficulty_parts import in_short, waits
from locales.texts.extensions import history as extended
from locales.texts.parts import (
    act,
    assignee_name,
    difficulty,
    due,
    happened,
    line,
    named_line,
    rows,
    shortened,
    status,
    to_do,
)
from locales.texts.quoting import as_written, whole_quote
from locales.texts.series import recurring

THREAD_SHOWN = 6
"""The most messages about difficulties that are shown with a task."""


@dataclass(frozen=True)
class Page:
    """One page of a list: `first` is the offset of its first task among `total`; `late` of them all are overdue.

    `size` is how many tasks a full page has.
    """

    tasks: Sequence[Assignment]
    first: int
    total: int
    late: int
    size: int


def _group(_: Speech, value: Nearness) -> str:
    return {
        Nearness.OVERDUE: _("Overdue"),
        Nearness.TODAY: _("Due today"),
        Nearness.THIS_WEEK: _("This week"),
        Nearness.LATER: _("Later"),
        Nearness.NO_DEADLINE: _("Without a deadline"),
    }[value]


def _grouped(_: Speech, page: Page, calendar: WorkCalendar, now: datetime) -> list[str]:
    parts = []
    working = [one for one in page.tasks if one.status is not Status.AWAITING]
    for key, group in groupby(working, key=lambda one: nearness(one.deadline, now, _.zone)):
        parts.append(f"<b>{_group(_, key)}</b>")
        parts.extend(line(_, one, calendar, now) for one in group)
    # whether these were on time was judged when they were claimed
    claimed = [one for one in page.tasks if one.status is Status.AWAITING]
    if claimed:
        parts.append("<b>" + _("Waiting for confirmation") + "</b>")
    return parts + [line(_, one, calendar, now) for one in claimed]


def _turn(_: Speech, page: Page, command: str) -> list[Button]:
    end = page.first + len(page.tasks)
    back = [Button(_("‹ Before"), f"{command} t{max(0, page.first - page.size)}")] if page.first else []
    on = [Button(_("More ›"), f"{command} t{end}")] if end < page.total else []
    return back + on


@dataclass(frozen=True)
class StoodIn:
    """The first tasks of somebody who is away, for whoever stands in; `total` counts them all."""

    name: str
    tasks: Sequence[Assignment]
    total: int


def mine(_: Speech, page: Page, calendar: WorkCalendar, now: datetime, stood_in: Sequence[StoodIn] = ()) -> Outgoing:
    head = _("Your unfinished tasks: %(total)s, of these overdue: %(late)s.")
    text = lines(
        say(head, total=page.total, late=page.late) if page.total else _("You have no unfinished task."),
        *_grouped(_, page, calendar, now),
        *(part for away in stood_in for part in _for_another(_, away, calendar, now)),
    )
    return Outgoing(text, rows(*_turn(_, page, "viec")))


def _for_another(_: Speech, away: StoodIn, calendar: WorkCalendar, now: datetime) -> list[str]:
    head = say(_("Standing in for Comrade %(name)s, unfinished: %(total)s"), name=away.name, total=away.total)
    rest = away.total - len(away.tasks)
    more = [say(_("… and %(count)s more"), count=rest)] if rest > 0 else []
    return [f"<b>{head}</b>", *(line(_, one, calendar, now) for one in away.tasks), *more]


def today(_: Speech, tasks: Sequence[Assignment], calendar: WorkCalendar, now: datetime) -> Outgoing:
    if not tasks:
        return Outgoing(_("Nothing is due today, and nothing is overdue."))
    head = say(_("Today, %(date)s:"), date=_.day(now.astimezone(_.zone).date()))
    page = Page(tasks, 0, len(tasks), 0, len(tasks))
    buttons = [button for one in tasks[:4] if one.is_open for button in to_do(_, one, numbered=True)[-1:]]
    return Outgoing(lines(head, *_grouped(_, page, calendar, now)), rows(*buttons))


def of_unit(
    _: Speech, page: Page, agency: Agency, name: str, calendar: WorkCalendar, now: datetime, command: str
) -> Outgoing:
    if not page.total:
        return Outgoing(say(_("%(unit)s has no unfinished task."), unit=name))
    head = _("Unfinished tasks of %(unit)s: %(total)s, of these overdue: %(late)s.")
    parts = [named_line(_, one, agency, calendar, now) for one in page.tasks]
    return Outgoing(
        lines(say(head, unit=name, total=page.total, late=page.late), *parts), rows(*_turn(_, page, command))
    )


def _event(_: Speech, entry: LogEntry, agency: Agency) -> str:
    actor = agency.people.get(entry.actor_id) if entry.actor_id else None
    by = actor.name if actor else _("the assistant")
    percent = f" {entry.percent}%" if entry.percent is not None else ""
    note = f": {shortened(entry.note, 120)}" if entry.note else ""
    return say("• %(at)s %(by)s: %(what)s", at=_.instant(entry.at), by=by, what=happened(_, entry.verb)) + say(
        "%(percent)s%(note)s", percent=percent, note=note
    )


def _on_time(_: Speech, one: Assignment) -> str | None:
    if one.claimed_at is None:
        return None
    on_time = one.was_on_time(_.zone)
    judged = {True: _("on time"), False: _("late"), None: _("no deadline")}[on_time]
    if on_time and not one.was_on_time_originally(_.zone):
        judged = _("on time, though later than the first deadline")
    return say(_("Reported as done: %(at)s (%(judged)s)"), at=_.instant(one.claimed_at), judged=judged)


@dataclass(frozen=True)
class Card:
    """Everything about one assignment, and what its reader may do with it.

    `thread` are all messages about its difficulties, `difficulty` the last of these; `held_up` says that one was open at
    the deadline or after it. `read` is what the document says that it comes from.
    """

    one: Assignment
    history: Sequence[LogEntry]
    evidence: Sequence[Evidence]
    can_work: bool
    can_confirm: bool
    extensions: Sequence[Extension] = ()
    difficulty: Difficulty | None = None
    thread: Sequence[Note] = ()
    held_up: bool = False
    milestones: Sequence[tuple[str, date]] = ()
    series: Series | None = None
    read: Instruction | None = None


def _difficulty(_: Speech, shown: Card, agency: Agency, now: datetime) -> list[str]:
    """What was said about difficulties, in short, oldest first."""
    if shown.difficulty is None:
        return []
    head = "<b>" + _("Difficulties") + "</b>"
    short = in_short(_, shown.thread, agency, THREAD_SHOWN, 160)
    one = shown.one
    late = one.deadline and (one.claimed_at or now) >= one.deadline.instant(_.zone)
    held_up = (
        [_("It is late, and a difficulty was open at its deadline or after it.")] if late and shown.held_up else []
    )
    whole = say(_("The whole thread: vuongmac %(number)s"), number=one.number)
    return [head, *short, waits(_, shown.difficulty, now), *held_up, whole]


def card(_: Speech, shown: Card, agency: Agency, calendar: WorkCalendar, now: datetime) -> Outgoing:
    one = shown.one
    assignee, giver = agency.people.get(one.assignee_id), agency.people.get(one.task.given_by)
    unit = agency.units.get(one.unit_id)
    text = lines(
        say(_("<b>Task %(number)s</b>: %(content)s"), number=one.number, content=one.task.content),
        say(_("Source: %(source)s"), source=one.task.source) if one.task.source else None,
        whole_quote(_, shown.read) if shown.read else None,
        say(_("Index: %(index)s"), index=one.task.index.value) if one.task.index else None,
        say(
            _("Assigned to: %(name)s (%(unit)s)"),
            name=assignee_name(_, assignee),
            unit=unit.name if unit else "—",
        ),
        say(_("Assigned by: %(name)s, %(at)s"), name=giver.name if giver else "—", at=_.instant(one.task.given_at)),
        say(_("Deadline: %(due)s"), due=due(_, one, calendar, now)),
        counted(_, one.deadline, calendar) if one.deadline else None,
        as_written(_, shown.read) if shown.read else None,
        milestones(_, shown.milestones),
        recurring(_, shown.series) if shown.series else None,
        extended(_, shown.extensions, is_open=one.is_open),
        say(_("State: %(state)s"), state=status(_, one.status)) + (f" · {one.percent}%" if one.percent else ""),
        _on_time(_, one),
        say(_("Result: %(result)s"), result=one.result) if one.result else None,
        *_difficulty(_, shown, agency, now),
        "<b>" + _("History") + "</b>" if shown.history else None,
        *(_event(_, entry, agency) for entry in shown.history),
    )
    buttons: list[Button] = []
    if shown.can_work and one.is_open:
        buttons += (*to_do(_, one), difficulty(_, one))
        if one.deadline and now < one.deadline.instant(_.zone):
            buttons.append(Button(_("Ask for an extension"), f"giahan {one.number}"))
    if shown.can_confirm and one.status is Status.AWAITING:
        buttons += [act(_("Confirm"), "xacnhan", one), act(_("Return"), "tralai", one)]
    return Outgoing(text, rows(*buttons), tuple(item.file for item in shown.evidence))
