"""A leader's Monday: exactly five lines, and buttons for what waits for the leader's word."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.difficulties import Difficulty
from domain.messages import Outgoing, Rows
from domain.people import Agency
from domain.statistics import SOON, Counts, Figure, Row
from domain.tasks import Assignment
from locales.speech import Speech, lines, say
from locales.texts.difficulty_parts import step
from locales.texts.parts import rows

MOST_NAMED = 5
"""Of each kind, so many are named."""

MOST_BUTTONS = 3


@dataclass(frozen=True)
class Monday:
    """What a leader is told; `units` have something overdue, the worst first; `brought` is newly overdue for `days`.

    `waiting` waits for this leader's word, the oldest first; `total_waiting` is how many there are.
    """

    counts: Counts
    units: Sequence[Row]
    brought: Sequence[Assignment]
    days: int
    waiting: Sequence[Difficulty]
    total_waiting: int
    changed: tuple[Figure, int, int] | None


def five_lines(_: Speech, told: Monday, agency: Agency) -> Outgoing:
    soon = say(_("%(count)s due within %(days)s working days"), count=told.counts.soon, days=_.count(SOON))
    text = lines(
        _line(_("<b>Red</b>: %(said)s"), _red(_, told, agency)),
        _line(_("<b>Soon red</b>: %(said)s"), soon),
        _line(_("<b>Waiting for your word</b>: %(said)s"), _waiting(_, told)),
        _line(_("<b>Late units</b>: %(said)s"), _units(_, told.units)),
        _line(_("<b>Changed since last week</b>: %(said)s"), _changed(_, told.changed)),
    )
    return Outgoing(text, decide_buttons(_, told.waiting))


def _line(sentence: str, said: str) -> str:
    # what is said has been escaped already
    return sentence % {"said": said}


def _red(_: Speech, told: Monday, agency: Agency) -> str:
    said = say(_("%(count)s overdue in %(units)s unit(s)"), count=told.counts.overdue, units=len(told.units))
    if not told.brought:
        return said
    named = ", ".join(_with_unit(one, agency) for one in told.brought[:MOST_NAMED])
    new = _("; newly overdue by %(days)s working days: tasks %(tasks)s")
    return said + say(new, days=_.count(told.days), tasks=named + ("…" if len(told.brought) > MOST_NAMED else ""))


def _with_unit(one: Assignment, agency: Agency) -> str:
    unit = agency.units.get(one.unit_id)
    return f"{one.number} ({unit.name})" if unit else str(one.number)


def _waiting(_: Speech, told: Monday) -> str:
    if not told.waiting:
        return _("nothing")
    named = ", ".join(
        say(
            _("%(number)s (since %(day)s)"), number=one.number, day=_.short_day(one.raised_at.astimezone(_.zone).date())
        )
        for one in told.waiting[:MOST_NAMED]
    )
    return say(_("%(count)s difficulties: tasks "), count=told.total_waiting) + named


def _units(_: Speech, units: Sequence[Row]) -> str:
    if not units:
        return _("none")
    return say("%(units)s", units=", ".join(f"{row.name} ({row.counts.overdue})" for row in units[:MOST_NAMED]))


def _changed(_: Speech, changed: tuple[Figure, int, int] | None) -> str:
    if changed is None:
        return _("nothing yet to compare with")
    figure, before, now = changed
    name = {
        Figure.OVERDUE: _("overdue tasks"),
        Figure.LATE_UNITS: _("units with something overdue"),
        Figure.STUCK: _("tasks with a difficulty"),
        Figure.UNFINISHED: _("unfinished tasks"),
    }[figure]
    if before == now:
        return say(_("%(name)s %(now)s, as before"), name=name, now=now)
    sentence = _("%(name)s %(before)s → %(now)s (%(by)s more)")
    if now < before:
        sentence = _("%(name)s %(before)s → %(now)s (%(by)s fewer)")
    return say(sentence, name=name, before=before, now=now, by=abs(now - before))


# -- deciding ----------------------------------------------------------------------------------------------------------


def decide_buttons(_: Speech, waiting: Sequence[Difficulty]) -> Rows:
    """Two for each of the oldest that wait."""
    pairs = [
        (
            step(_("Agree %(n)s") % {"n": one.number}, one, "dongy"),
            step(_("Discuss %(n)s") % {"n": one.number}, one, "traodoi"),
        )
        for one in waiting[:MOST_BUTTONS]
    ]
    return rows(*(button for pair in pairs for button in pair))


def which_one(_: Speech, waiting: Sequence[Difficulty]) -> Outgoing:
    """A leader said yes where several things wait for it."""
    numbers = ", ".join(str(one.number) for one in waiting)
    text = say(_("Several difficulties wait for your word (tasks %(numbers)s). Which one is meant?"), numbers=numbers)
    return Outgoing(text, decide_buttons(_, waiting))
