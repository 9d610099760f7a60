"""How things stand, by unit, person and index: the worst first, in numbers, and as the words of a picture."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from domain.messages import Button, Outgoing
from domain.people import Agency, Person, Unit
from domain.statistics import SOON, Counts, Done, Overview, Row, Stuck, share
from domain.tasks import Index
from locales.speech import Speech, lines, say
from locales.texts.parts import rows, shortened

MOST_ROWS, MOST_NAMES = 15, 20


@dataclass(frozen=True)
class Troubles:
    """What the Office should see besides: whom nothing reaches (their number, and some of them), what waits for it."""

    unreachable: int
    people: Sequence[Person]
    waiting: Sequence[Stuck]


def overview(_: Speech, told: Overview, troubles: Troubles | None, agency: Agency) -> Outgoing:
    """How things stand; `troubles` only for whoever looks after the whole agency."""
    text = lines(
        say("<b>" + _("How things stand: %(name)s, %(day)s") + "</b>", name=told.name, day=_.short_day(told.day)),
        *numbers(_, told, troubles, agency),
    )
    every = [Button(index.value, f"tinhhinh {index.value}") for index in Index] if told.indices else []
    return Outgoing(text, rows(*every, width=3))


def numbers(_: Speech, told: Overview, troubles: Troubles | None, agency: Agency) -> Iterator[str]:
    """The lines below the heading."""
    if not told.rows:
        yield _("No task is open, and none was finished lately.")
    else:
        yield _counts(_, told.total.counts)
        if judged := _done(_, told.total.done):
            yield judged
        yield from (_row(_, row) for row in told.rows[:MOST_ROWS])
        if len(told.rows) > MOST_ROWS:
            yield say(_("… and %(count)s more rows with less to worry about"), count=len(told.rows) - MOST_ROWS)
        if told.indices:
            yield "<b>" + _("By index") + "</b>"
            yield from (_row(_, row) for row in told.indices)
    yield from _troubles(_, troubles, agency) if troubles else ()


def _counts(_: Speech, counts: Counts) -> str:
    parts = (
        (_("overdue"), counts.overdue),
        (_("due within %(days)s working days") % {"days": _.count(SOON)}, counts.soon),
        (_("later or without a deadline"), counts.green),
        (_("waiting for confirmation"), counts.awaiting),
        (_("with a difficulty"), counts.stuck),
    )
    said = " · ".join(f"{name} <b>{count}</b>" for name, count in parts if count)
    return said[:1].upper() + said[1:] if said else _("Nothing is open.")


def _done(_: Speech, done: Done) -> str | None:
    percent, originally = share(done.on_time, done.claimed), share(done.on_time_originally, done.claimed)
    if percent is None:
        return None
    return say(
        _("Done in 30 days: %(count)s, on time %(percent)s%% (by the first deadline %(originally)s%%)"),
        count=done.claimed,
        percent=percent,
        originally=originally,
    )


def _row(_: Speech, row: Row) -> str:
    judged = _done(_, row.done)
    said = say("<b>%(name)s</b>: ", name=row.name) + _counts(_, row.counts).lower()
    return f"{said}\n    {judged}" if judged else said


def _troubles(_: Speech, troubles: Troubles, agency: Agency) -> Iterator[str]:
    if troubles.unreachable:
        told = ", ".join(f"{one.name} ({agency.unit_name(one)})" for one in troubles.people[:MOST_NAMES])
        more = troubles.unreachable - min(len(troubles.people), MOST_NAMES)
        yield say(_("<b>Cannot be reached by anything: %(count)s</b>"), count=troubles.unreachable)
        yield say("%(names)s", names=told + (f" … +{more}" if more > 0 else ""))
    if troubles.waiting:
        told = ", ".join(str(one.number) for one in troubles.waiting[:MOST_NAMES])
        yield say(
            _("<b>Difficulties waiting for the Office: %(count)s</b> (tasks %(numbers)s)"),
            count=len(troubles.waiting),
            numbers=told,
        )


def which_unit(_: Speech, units: Sequence[Unit]) -> Outgoing:
    buttons = [Button(unit.name, f"tinhhinh u{unit.id}") for unit in units]
    return Outgoing(_("Which unit?"), rows(*buttons, width=1))


def no_such_unit(_: Speech, text: str, nearest: Sequence[Unit]) -> Outgoing:
    """Nothing is called so; what comes near, or else what there is, and how it is typed."""
    shown = nearest[:MOST_NAMES]
    sentence = _(
        "No unit here is called “%(text)s”. Perhaps: %(nearest)s. Please type: tinh hinh and the name of the unit; "
        "or tinh hinh alone."
    )
    buttons = [Button(shortened(unit.name, 40), f"tinhhinh u{unit.id}") for unit in shown]
    return Outgoing(say(sentence, text=text, nearest="; ".join(unit.name for unit in shown)), rows(*buttons, width=1))


# -- the words of a picture --------------------------------------------------------------------------------------------


def picture_title(_: Speech, told: Overview) -> str:
    return _("Tasks: %(name)s, %(day)s") % {"name": told.name, "day": _.short_day(told.day)}


def picture_name(_: Speech, told: Overview) -> str:
    """The name of the file."""
    return f"tinh-hinh-{told.day.isoformat()}.png"


def colours(_: Speech) -> tuple[str, str, str]:
    """What red, amber and green mean."""
    return _("Overdue"), _("Due within %(days)s working days") % {"days": _.count(SOON)}, _("The rest")
