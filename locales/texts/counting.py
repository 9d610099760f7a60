"""How a deadline in working days was counted, shown day by day."""

from domain.deadlines import Deadline
from domain.workdays import WorkCalendar
from locales.speech import Speech, say

COUNT_SHOWN = 12
"""The most days of a count that are shown one by one."""


def counted(_: Speech, deadline: Deadline, calendar: WorkCalendar) -> str | None:
    """How a deadline in working days was counted, day by day."""
    if deadline.workdays is None or deadline.counted_from is None:
        return None
    head = say(
        _("Counted as %(days)s working days from %(start)s (that day itself is not counted):"),
        days=_.count(deadline.workdays),
        start=_.day(deadline.counted_from),
    )
    steps = list(calendar.steps(deadline.counted_from, deadline.workdays))
    if not steps or steps[-1].day != deadline.on:
        # the calendar has changed since, and what is claimed keeps the date that it was judged by
        return None
    left_out = [
        say("%(date)s (%(why)s)", date=_.short_day(step.day), why=step.why.name if step.why else _("weekend"))
        for step in steps
        if step.counted is None
    ]
    days = [_.short_day(step.day) for step in steps if step.counted is not None]
    shown = days if len(days) <= COUNT_SHOWN else [*days[:5], "…", *days[-3:]]
    passed = _("passed over: %(days)s") % {"days": ", ".join(left_out)} if left_out else None
    worked = [
        say("%(date)s (%(why)s)", date=_.short_day(step.day), why=step.why.name)
        for step in steps
        if step.counted is not None and step.why
    ]
    swapped = _("worked instead: %(days)s") % {"days": ", ".join(worked)} if worked else None
    return "; ".join(part for part in (f"{head} {', '.join(shown)}", passed, swapped) if part) + "."
