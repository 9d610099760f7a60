"""Decisions and what waits for them: the rule, the decision read back, the chain of each unit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.deadlines import Deadline
from domain.decisions import CountsFrom, Decision, WaitingTask
from domain.messages import Button, Outgoing
from domain.people import Agency, Person, Unit
from domain.tasks import Assignment
from domain.workdays import WorkCalendar
from locales.speech import Speech, lines, say
from locales.texts.counting import counted
from locales.texts.parts import rows, shortened, show, time_left, undo

MOST_LINES = 20
MOST_BUTTONS = 6


@dataclass(frozen=True)
class Planned:
    """A waiting task as a decision dates it: its deadline, its milestones by name, and who gets it."""

    rule: WaitingTask
    deadline: Deadline
    milestones: Sequence[tuple[str, date]]
    person: Person | None


Opened = tuple[Planned, Assignment]


def usual_milestones(_: Speech) -> str:
    """The steps where the agency has not set its own: names with the percentage of the time."""
    return _("draft 50, checked by the Office 70, submitted for signature 85, to the provincial committee 100")


# -- the rule ----------------------------------------------------------------------------------------------------------


def when(_: Speech, said: str) -> str:
    """In the place of a deadline: what it waits for."""
    return _("waits: %(said)s; dated when the Office records the decision (/quyetdinh)") % {"said": said}


def waits(_: Speech, rule: WaitingTask, person: Person, unit: Unit | None) -> Outgoing:
    text = say(
        _("Kept as rule %(number)s for %(name)s; it waits: %(said)s. When the decision is there: /quyetdinh"),
        number=rule.id,
        name=unit.name if unit else person.name,
        said=rule.wait.said,
    )
    return Outgoing(text, rows(Button(_("What waits"), "quyetdinh")))


def _whose(rule: WaitingTask, agency: Agency) -> str:
    unit, person = agency.units.get(rule.unit_id or 0), agency.people.get(rule.person_id)
    return unit.name if unit else person.name if person else "—"


def listed(
    _: Speech,
    waiting: Sequence[WaitingTask],
    times: dict[int, int],
    decisions: Sequence[tuple[Decision, int]],
    agency: Agency,
) -> Outgoing:
    """The rules that stand, and the last decisions with how many tasks each has opened."""
    rules = [
        say(
            _("<b>%(number)s</b>. %(content)s\n    %(name)s · %(said)s · opened %(times)s times"),
            number=rule.id,
            content=shortened(rule.content),
            name=_whose(rule, agency),
            said=rule.wait.said,
            times=times.get(rule.id, 0),
        )
        for rule in waiting[:MOST_LINES]
    ]
    text = lines(
        "<b>" + say(_("Tasks that wait for a decision: %(count)s"), count=len(waiting)) + "</b>",
        *rules,
        say(_("… and %(count)s more"), count=len(waiting) - MOST_LINES) if len(waiting) > MOST_LINES else None,
        "<b>" + _("Decisions that were opened") + "</b>" if decisions else None,
        *(
            say(
                _("• %(number)s: %(dates)s · tasks: %(count)s"),
                number=one.number,
                dates=_dates(_, one),
                count=count,
            )
            for one, count in decisions
        ),
        "<i>"
        + _("To open one: quyetdinh 1234/QD-BKHCN 20/11/2026 nhan 23/11/2026 · to end a rule: quyetdinh bo 3")
        + "</i>",
    )
    return Outgoing(text)


def stopped(_: Speech, rule: WaitingTask) -> Outgoing:
    text = say(_("Rule %(number)s stands no more; tasks that it has opened stay."), number=rule.id)
    return Outgoing(text, rows(Button(_("What waits"), "quyetdinh")))


# -- the decision ------------------------------------------------------------------------------------------------------


def _dates(_: Speech, one: Decision) -> str:
    signed = _("signed %(day)s") % {"day": _.short_day(one.signed_on)}
    if one.received_on is None:
        return signed
    return signed + ", " + _("received %(day)s") % {"day": _.short_day(one.received_on)}


def _counts_from(_: Speech, one: Decision, policy: CountsFrom) -> str:
    if policy is CountsFrom.RECEIVED and one.received_on is None:
        return _("The day of receipt is not given: counted from the day of signing.")
    if policy is CountsFrom.RECEIVED:
        return _("Counted from the day of receipt.")
    return _("Counted from the day of signing.")


def source(_: Speech, one: Decision, given: str) -> str:
    """Where an opened task comes from."""
    decision = _("decision %(number)s of %(day)s") % {"number": one.number, "day": _.short_day(one.signed_on)}
    return f"{given}; {decision}" if given else decision


def milestones(_: Speech, steps: Sequence[tuple[str, date]]) -> str | None:
    """The internal steps in one line."""
    if not steps:
        return None
    named = " → ".join(say("%(name)s %(day)s", name=name, day=_.weekday_and_day(day)) for name, day in steps)
    return _("Internal milestones: ") + named


def preview(
    _: Speech,
    one: Decision,
    policy: CountsFrom,
    plans: Sequence[Planned],
    again: tuple[Decision, Decision, int] | None,
    agency: Agency,
    calendar: WorkCalendar,
    now: datetime,
    mark: str,
) -> Outgoing:
    """`again` is given where it was opened before: the decision as it was then and as it is typed, for how many."""
    text = lines(
        "<b>" + _("Please check before it is opened:") + "</b>",
        say(_("Decision %(number)s, %(dates)s"), number=one.number, dates=_dates(_, one)),
        _counts_from(_, one, policy),
        _again(_, *again) if again else None,
        *(_planned(_, plan, agency, calendar, now) for plan in plans[:MOST_LINES]),
        say(_("… and %(count)s more"), count=len(plans) - MOST_LINES) if len(plans) > MOST_LINES else None,
    )
    return Outgoing(text, rows(Button(_("Open"), f"moquyetdinh {mark}"), Button(_("Leave it"), f"thoi {mark}")))


def _again(_: Speech, known: Decision, one: Decision, done: int) -> str:
    told = say(
        _("Note: it was opened before, at %(at)s, for %(count)s tasks; these are left out."),
        at=_.instant(known.opened_at),
        count=done,
    )
    if (known.signed_on, known.received_on) == (one.signed_on, one.received_on):
        return told
    return told + " " + say(_("Its dates then, which stay: %(dates)s."), dates=_dates(_, known))


def _planned(_: Speech, plan: Planned, agency: Agency, calendar: WorkCalendar, now: datetime) -> str:
    return lines(
        say(
            "• <b>%(name)s</b>: %(content)s",
            name=_whose(plan.rule, agency),
            content=shortened(plan.rule.content),
        ),
        *_clock(_, plan, calendar, now),
        None if plan.person else _("Nobody is there to get it; it is left out."),
    )


def _clock(_: Speech, plan: Planned, calendar: WorkCalendar, now: datetime) -> list[str | None]:
    due = f"{_.deadline(plan.deadline)} ({time_left(_, plan.deadline, calendar, now)})"
    return [
        "    " + say(_("Deadline: %(due)s"), due=due),
        f"    {said}" if (said := counted(_, plan.deadline, calendar)) else None,
        f"    {steps}" if (steps := milestones(_, plan.milestones)) else None,
    ]


def _name(task: Assignment, agency: Agency) -> str:
    person = agency.people.get(task.assignee_id)
    return person.name if person else "—"


def opened(_: Speech, one: Decision, tasks: Sequence[Assignment], agency: Agency) -> Outgoing:
    """To the Office."""
    named = [
        say(
            "<b>%(number)s</b>. %(content)s · %(name)s · %(due)s",
            number=task.number,
            content=shortened(task.task.content, 60),
            name=_name(task, agency),
            due=_.short_day(task.deadline.on) if task.deadline else "—",
        )
        for task in tasks[:MOST_LINES]
    ]
    text = lines(
        say(_("Opened by decision %(number)s: %(count)s tasks."), number=one.number, count=len(tasks)),
        *named,
        say(_("… and %(count)s more"), count=len(tasks) - MOST_LINES) if len(tasks) > MOST_LINES else None,
    )
    return Outgoing(text, rows(undo(_, tasks[0])))


def chain(
    _: Speech,
    one: Decision,
    policy: CountsFrom,
    person: Person,
    pairs: Sequence[Opened],
    agency: Agency,
    calendar: WorkCalendar,
    now: datetime,
) -> Outgoing:
    """The one letter to whoever gets some of the tasks: each with its count and its milestones."""
    text = lines(
        say(
            _("Dear Comrade %(name)s, decision %(number)s (%(dates)s) starts these tasks of %(unit)s:"),
            name=person.name,
            number=one.number,
            dates=_dates(_, one),
            unit=agency.unit_name(person),
        ),
        _counts_from(_, one, policy),
        *(part for pair in pairs for part in _link(_, pair, calendar, now)),
        _("Reminders follow the deadlines; the milestones are for the unit's own plan."),
    )
    buttons = [Button(_("Received %(n)s") % {"n": task.number}, f"nhan {task.number}") for _plan, task in pairs]
    return Outgoing(text, rows(*buttons[:MOST_BUTTONS], *(show(_, task) for _plan, task in pairs[:MOST_BUTTONS])))


def _link(_: Speech, pair: Opened, calendar: WorkCalendar, now: datetime) -> list[str]:
    plan, task = pair
    head = say("<b>%(number)s</b>. %(content)s", number=task.number, content=shortened(task.task.content, 300))
    return [head, *(part for part in _clock(_, plan, calendar, now) if part)]
