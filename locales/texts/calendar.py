"""The calendar of a year, a change of it read back, and what it has done to deadlines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from domain.deadlines import Deadline
from domain.messages import Button, Outgoing
from domain.people import Person
from domain.tasks import Assignment
from domain.workdays import CalendarDay, WorkCalendar
from locales.speech import Speech, lines, say
from locales.texts.counting import counted
from locales.texts.parts import rows, shortened, show

MOST_LINES = 30
COUNTS_SHOWN = 3
"""Where so few deadlines were moved, each count is shown day by day."""

Moved = tuple[Assignment, Assignment]
"""An assignment before and after its deadline was counted again."""


@dataclass(frozen=True)
class Why:
    """What has changed: the official paper, and what the days are now; None: what their weekday says."""

    notice: str
    days: Sequence[tuple[date, CalendarDay | None]]


# -- the year ----------------------------------------------------------------------------------------------------------


def kind(_: Speech, day: date, one: CalendarDay | None) -> str:
    """Whether a day is off or worked."""
    working = one.working if one else day.weekday() < 5
    return _("working day") if working else _("day off")


def year(_: Speech, number: int, days: Sequence[CalendarDay], *, computed: bool, may_change: bool) -> Outgoing:
    """`computed` is true where no paper has announced the days off of the year."""
    text = lines(
        "<b>" + say(_("Holidays and swapped working days of %(year)s"), year=number) + "</b>",
        *(_line(_, one, computed=computed) for one in days),
        _("What is marked as expected is computed: no official notice of it is known yet.") if computed else None,
        "<i>" + _examples(_) + "</i>" if may_change else None,
    )
    before, after = (Button(str(other), f"lich {other}") for other in (number - 1, number + 1))
    return Outgoing(text, rows(before, after))


def _line(_: Speech, one: CalendarDay, *, computed: bool) -> str:
    notice = one.notice or (_("expected") if computed else "")
    return say(
        "• %(day)s: %(kind)s · %(name)s%(notice)s",
        day=_.day(one.day),
        kind=kind(_, one.day, one),
        name=one.name,
        notice=f" ({notice})" if notice else "",
    )


def _examples(_: Speech) -> str:
    return _(
        "To change it: lich nghi 02/01/2026 thay 10/01/2026 theo 12729/VPCP-KGVX · lich lam 10/01/2026 theo number · "
        "lich bo 02/01/2026"
    )


# -- a change ----------------------------------------------------------------------------------------------------------


def off_name(_: Speech, instead: date | None) -> str:
    """What a day off is called where no holiday names it."""
    if instead is None:
        return _("Day off")
    return _("Day off (swapped with %(day)s)") % {"day": _.short_day(instead)}


def worked_name(_: Speech, instead: date | None) -> str:
    if instead is None:
        return _("Working day")
    return _("Working day in place of %(day)s") % {"day": _.short_day(instead)}


def ask_notice(_: Speech) -> Outgoing:
    return Outgoing(_("Which official notice says so? Please type its number, for example: 12729/VPCP-KGVX 25/12/2025"))


def preview(_: Speech, why: Why, names: Mapping[date, str], moved: tuple[int, int], mark: str) -> Outgoing:
    """`moved` says how many deadlines of how many people are counted anew."""
    text = lines(
        _("Please check before the calendar is changed:"),
        *_days(_, why, names),
        say(_("Notice: %(notice)s"), notice=why.notice) if why.notice else None,
        _effect(_, moved),
    )
    return Outgoing(text, rows(Button(_("Record it"), f"ghilich {mark}"), Button(_("Leave it"), f"thoi {mark}")))


def _days(_: Speech, why: Why, names: Mapping[date, str]) -> list[str]:
    return [
        say("• %(day)s: <b>%(kind)s</b>", day=_.day(day), kind=kind(_, day, one))
        + (say(" · %(name)s", name=names[day]) if names.get(day) else "")
        for day, one in why.days
    ]


def _effect(_: Speech, moved: tuple[int, int]) -> str:
    deadlines, people = moved
    if not deadlines:
        return _("No deadline is counted otherwise by that.")
    sentence = _("Deadlines that are counted anew: <b>%(deadlines)s</b>, people: <b>%(people)s</b>. They will be told.")
    return say(sentence, deadlines=_.number(deadlines), people=_.number(people))


def recorded(_: Speech, why: Why, moved: tuple[int, int]) -> Outgoing:
    deadlines, people = moved
    told = _("Counting anew: %(deadlines)s deadlines, %(people)s people. I will tell you when it is done.")
    text = lines(
        _("The calendar has been changed."),
        *_days(_, why, {day: one.name for day, one in why.days if one}),
        say(told, deadlines=_.number(deadlines), people=_.number(people)) if deadlines else None,
    )
    first = min(day for day, _one in why.days)
    return Outgoing(text, rows(Button(_("Calendar of %(year)s") % {"year": first.year}, f"lich {first.year}")))


# -- what it has done --------------------------------------------------------------------------------------------------


def moved(_: Speech, before: Assignment, after: Assignment, notice: str) -> str:
    """Both dates and the paper, for the log."""
    dates = f"{_date(_, before)} → {_date(_, after)}"
    return f"{dates}: {notice}" if notice else dates


def request_moved(_: Speech, old: Deadline, new: Deadline, notice: str) -> str:
    """The same of a date that was asked for."""
    dates = _("date asked for: %(old)s → %(new)s") % {"old": _.short_day(old.on), "new": _.short_day(new.on)}
    return f"{dates}: {notice}" if notice else dates


def _date(_: Speech, one: Assignment) -> str:
    return _.short_day(one.deadline.on) if one.deadline else "—"


def _reason(_: Speech, why: Why) -> str:
    days = "; ".join(say(_("%(day)s is a %(kind)s"), day=_.day(day), kind=kind(_, day, one)) for day, one in why.days)
    if not why.notice:
        return days
    return say(_("By %(notice)s: "), notice=why.notice) + days


def was_recounted(_: Speech, person: Person, tasks: Sequence[Moved], why: Why, calendar: WorkCalendar) -> Outgoing:
    """To whoever has the tasks: old and new date, and why."""
    text = lines(
        say(_("Dear Comrade %(name)s, deadlines of yours have been counted anew."), name=person.name),
        _reason(_, why) + ".",
        *(_task(_, pair, calendar if len(tasks) <= COUNTS_SHOWN else None) for pair in tasks[:MOST_LINES]),
        say(_("… and %(count)s more"), count=len(tasks) - MOST_LINES) if len(tasks) > MOST_LINES else None,
        _("Reminders follow the new dates."),
    )
    return Outgoing(text, rows(*(show(_, after) for _before, after in tasks[:4])))


def _task(_: Speech, pair: Moved, calendar: WorkCalendar | None) -> str:
    before, after = pair
    old, new = before.deadline, after.deadline
    return lines(
        say(
            "<b>%(number)s</b>. %(content)s\n    " + _("Deadline: %(old)s → <b>%(new)s</b>"),
            number=after.number,
            content=shortened(after.task.content),
            old=_.deadline(old) if old else "—",
            new=_.deadline(new) if new else "—",
        ),
        f"    {counted(_, new, calendar)}" if new and calendar else None,
    )


def unit_was_recounted(_: Speech, unit: str, count: int, why: Why) -> Outgoing:
    """To the unit head."""
    text = lines(
        say(
            _("Deadlines of %(unit)s that have been counted anew: <b>%(count)s</b>."), unit=unit, count=_.number(count)
        ),
        _reason(_, why) + ".",
        _("Those concerned have been told. All tasks of the unit: /donvi"),
    )
    return Outgoing(text)


def all_was_recounted(_: Speech, count: int, why: Why) -> Outgoing:
    """To the Office."""
    text = lines(
        say(_("Deadlines that have been counted anew: <b>%(count)s</b>."), count=_.number(count)),
        _reason(_, why) + ".",
        _("Those concerned and their unit heads have been told."),
    )
    return Outgoing(text)
