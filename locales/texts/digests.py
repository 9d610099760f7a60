"""What heads, the Office and leaders are told by themselves, and when they ask: counts first, the urgent by name."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.absences import Absence
from domain.messages import BUTTON_BYTES, Button, Outgoing, Rows
from domain.people import Agency, Person, Unit
from domain.statistics import Counts, Stuck
from domain.tasks import Assignment
from domain.workdays import WorkCalendar
from locales.speech import Speech, lines, say
from locales.texts.parts import act, named_line, rows

MOST_LINES = 10
"""Of each kind, so many tasks are named; the rest is counted."""

MOST_BUTTONS = 6


@dataclass(frozen=True)
class Morning:
    """What a unit head is told in the morning.

    `near` is overdue or due this week, `awaiting` waits for the head's own word, `carried_up` is overdue for so long
    that it is brought to the head, `raised` are difficulties since the last such letter, `asked` are tasks for which
    a later deadline was asked for.
    """

    unit: Unit
    day: date
    counts: Counts
    near: Sequence[Assignment]
    awaiting: Sequence[Assignment]
    carried_up: Sequence[Assignment]
    raised: Sequence[Stuck]
    asked: Sequence[Assignment]
    away: Sequence[Absence]

    @property
    def is_empty(self) -> bool:
        return not (self.counts.near or self.awaiting or self.raised or self.asked)


def head(_: Speech, person: Person, told: Morning, agency: Agency, calendar: WorkCalendar, now: datetime) -> Outgoing:
    """A unit head's letter: the numbers, then what is most urgent, then what waits for one tap."""

    def listed(title: str, tasks: Sequence[Assignment]) -> Iterator[str]:
        if not tasks:
            return
        yield f"<b>{title}</b>"
        yield from (named_line(_, one, agency, calendar, now) for one in tasks[:MOST_LINES])
        if len(tasks) > MOST_LINES:
            yield say(_("… and %(count)s more: /donvi"), count=len(tasks) - MOST_LINES)

    brought = {one.number for one in told.carried_up}
    near = [one for one in told.near if one.number not in brought]
    text = lines(
        say(
            _("Dear Comrade %(name)s, the tasks of %(unit)s on %(day)s:"),
            name=person.name,
            unit=told.unit.name,
            day=_.day(told.day),
        ),
        _numbers(_, told.counts, len(told.awaiting)),
        *listed(_("Brought to you: long overdue, and nothing reported"), told.carried_up),
        *listed(_("Overdue or due soon"), near),
        *listed(_("Waiting for your confirmation"), told.awaiting),
        *undecided(_, told.asked, agency),
        _raised(_, told.raised, agency),
        _away(_, told.away, agency),
        _("All tasks of the unit: /donvi"),
    )
    return Outgoing(text, confirm_buttons(_, told.awaiting[:MOST_LINES]) + decide_buttons(_, told.asked))


def _numbers(_: Speech, counts: Counts, awaiting: int) -> str:
    parts = (
        (_("overdue"), counts.overdue),
        (_("due today"), counts.today),
        (_("later this week"), counts.week),
        (_("waiting for your confirmation"), awaiting),
        (_("with a difficulty"), counts.stuck),
    )
    said = " · ".join(f"{name}: <b>{count}</b>" for name, count in parts if count)
    return said[:1].upper() + said[1:]


def undecided(_: Speech, asked: Sequence[Assignment], agency: Agency) -> list[str]:
    """What waits for the reader's decision about a later deadline, as lines; none where nothing does."""
    if not asked:
        return []
    told = ", ".join(_whose(one.number, one.assignee_id, agency) for one in asked[:MOST_LINES])
    return [
        say("<b>" + _("Extensions asked for, waiting for your decision: %(count)s") + "</b>", count=len(asked)),
        say(_("Tasks %(tasks)s. To decide: giahan %(number)s"), tasks=told, number=asked[0].number),
    ]


def decide_buttons(_: Speech, asked: Sequence[Assignment]) -> Rows:
    """A button for each of the first that wait."""
    return rows(*(Button(_("Extension %(n)s") % {"n": one.number}, f"giahan {one.number}") for one in asked[:4]))


def _raised(_: Speech, raised: Sequence[Stuck], agency: Agency) -> str | None:
    if not raised:
        return None
    told = ", ".join(_whose(one.number, one.assignee_id, agency) for one in raised[:MOST_LINES])
    return say(_("New difficulties: %(tasks)s"), tasks=told)


def _whose(number: int, person_id: int, agency: Agency) -> str:
    person = agency.people.get(person_id)
    return f"{number} ({person.name})" if person else str(number)


def _away(_: Speech, away: Sequence[Absence], agency: Agency) -> str | None:
    told = []
    for one in away[:MOST_LINES]:
        person = agency.people.get(one.person_id)
        other = agency.people.get(one.stand_in_id) if one.stand_in_id else None
        if person is not None:
            facts = {"name": person.name, "until": _.short_day(one.until_on), "other": other.name if other else ""}
            sentence = _("%(name)s until %(until)s (%(other)s stands in)") if other else _("%(name)s until %(until)s")
            told.append(say(sentence, **facts))
    return _("Away: ") + "; ".join(told) if told else None


# -- one tap for many --------------------------------------------------------------------------------------------------


def confirm_buttons(_: Speech, tasks: Sequence[Assignment]) -> tuple[tuple[Button, ...], ...]:
    """A button for each task that waits, and as few as fit for all of them: they confirm what is shown, as it is now."""
    single = rows(*(act(_("Confirm %(n)s") % {"n": one.number}, "xacnhan", one) for one in tasks[:MOST_BUTTONS]))
    if len(tasks) < 2:
        return single
    groups = list(_groups(tasks))
    together = [Button(_together(_, group, whole=len(groups) == 1), _says(group)) for group in groups]
    return single + rows(*together, width=1)


def _says(tasks: Sequence[Assignment]) -> str:
    return "xacnhan " + " ".join(f"{one.number}#{one.revision}" for one in tasks)


def _groups(tasks: Sequence[Assignment]) -> Iterator[list[Assignment]]:
    """As many tasks as one button can name, and again."""
    group: list[Assignment] = []
    for one in tasks:
        if group and len(_says([*group, one]).encode()) > BUTTON_BYTES:
            yield group
            group = []
        group.append(one)
    yield group


def _together(_: Speech, tasks: Sequence[Assignment], *, whole: bool) -> str:
    if whole:
        return _("Confirm all %(count)s tasks") % {"count": len(tasks)}
    return _("Confirm %(numbers)s") % {"numbers": ", ".join(str(one.number) for one in tasks)}


# -- the words of a picture --------------------------------------------------------------------------------------------


def week_title(_: Speech, unit: Unit, day: date) -> str:
    return _("This week: %(name)s, from %(day)s") % {"name": unit.name, "day": _.short_day(day)}


def picture_name(_: Speech, day: date) -> str:
    """The name of the file."""
    return f"tuan-{day.isoformat()}.png"


def day_name(_: Speech, day: date) -> str:
    return _.weekday_and_day(day)
