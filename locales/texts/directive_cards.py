"""Everything about one directive: for the Office, for a unit head, for a recipient."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.decisions import WaitingTask
from domain.directives import Counts, Directive, Recipient, State
from domain.messages import Button, Outgoing
from domain.people import Agency
from domain.proposals import Decided
from domain.tasks import Assignment
from domain.workdays import WorkCalendar
from locales.speech import Speech, lines, say
from locales.texts.directive_tasks import Entry, by_point
from locales.texts.directive_tasks import button as tasks_button
from locales.texts.directives import counted, heading, name, received
from locales.texts.parts import line, rows, shortened
from locales.texts.publishing import audience

MOST_UNITS, MOST_NAMES, MOST_TASKS = 20, 4, 10
MOST_POINTS, MOST_LEFT_OUT = 6, 5


@dataclass(frozen=True)
class Card:
    """A directive as its reader may see it: `units` are the recipients by unit, `mine` the reader's own state.

    `before` is the directive whose place it has taken, `after` the one that has taken its place.
    """

    one: Directive
    counts: Counts
    units: Mapping[int, Sequence[Recipient]]
    mine: Recipient | None
    tasks: Sequence[Assignment]
    in_charge: bool
    may_attest: bool
    waiting: Sequence[WaitingTask] = ()
    entries: Sequence[Entry] = ()
    before: Directive | None = None
    after: Directive | None = None


def _state(_: Speech, one: Directive, now: datetime) -> str:
    if one.state(now) is State.CANCELLED:
        return _("withdrawn") if one.sent_up_to else _("called off")
    if one.state(now) is State.SCHEDULED:
        return say(_("goes out at %(at)s"), at=_.instant(one.publish_at))
    return say(_("published at %(at)s"), at=_.instant(one.publish_at))


def _names(_: Speech, label: str, recipients: Sequence[Recipient], agency: Agency) -> str:
    if not recipients:
        return ""
    names = [agency.people[each.person_id].name for each in recipients if each.person_id in agency.people]
    more = _(" and %(count)s more people") % {"count": len(names) - MOST_NAMES} if len(names) > MOST_NAMES else ""
    return say("; %(label)s: %(names)s%(more)s", label=label, names=", ".join(names[:MOST_NAMES]), more=more)


def _units(_: Speech, card: Card, agency: Agency) -> list[str]:
    """Unit by unit, those with most silent people first."""
    found = []
    for unit_id, theirs in card.units.items():
        silent = [each for each in theirs if each.is_silent]
        lost = [each for each in theirs if each.unreachable and each.acknowledged_at is None]
        known = len(theirs) - len(silent) - len(lost)
        unit = agency.units[unit_id].name if unit_id in agency.units else "—"
        text = say("• %(unit)s: %(known)s/%(total)s", unit=unit, known=known, total=len(theirs))
        text += _names(_, _("not yet"), silent, agency) + _names(_, _("cannot be reached"), lost, agency)
        found.append((-len(silent), unit, text))
    found.sort()
    more = say(_("… and %(count)s more units"), count=len(found) - MOST_UNITS) if len(found) > MOST_UNITS else None
    return [text for *_rank, text in found[:MOST_UNITS]] + ([more] if more else [])


def _mine(_: Speech, mine: Recipient | None, agency: Agency) -> str | None:
    if mine is None:
        return None
    if mine.acknowledged_at is None:
        return _("You have not acknowledged it yet.")
    by = agency.people.get(mine.acknowledged_by) if mine.acknowledged_by else None
    if by is not None and by.id != mine.person_id:
        sentence = _("%(name)s attested at %(at)s that you are familiar with it.")
        return say(sentence, name=by.name, at=_.instant(mine.acknowledged_at))
    return say(_("You acknowledged it at %(at)s."), at=_.instant(mine.acknowledged_at))


def _tasks(_: Speech, card: Card, calendar: WorkCalendar, now: datetime) -> list[str]:
    if not card.tasks:
        return []
    rest = len(card.tasks) - MOST_TASKS
    return [
        "<b>" + say(_("Tasks given under it: %(count)s"), count=len(card.tasks)) + "</b>",
        *(
            line(_, one, calendar, now) + (say(_(" · point %(point)s"), point=one.task.point) if one.task.point else "")
            for one in card.tasks[:MOST_TASKS]
        ),
        *([say(_("… and %(count)s more"), count=rest)] if rest > 0 else []),
    ]


def _points(_: Speech, card: Card, agency: Agency, now: datetime) -> list[str]:
    """The first points of its document with what has become of each, and what was left out with the reason."""
    standing = [entry for entry in card.entries if entry.one.decided in (Decided.ACCEPTED, Decided.ALREADY_GIVEN)]
    left_out = [entry for entry in card.entries if entry.one.decided in (Decided.LEFT_OUT, Decided.OPEN)]
    return [
        *_some(_, say(_("Tasks by point: %(count)s"), count=len(standing)), standing, MOST_POINTS, agency, now),
        *_some(_, say(_("Not given: %(count)s"), count=len(left_out)), left_out, MOST_LEFT_OUT, agency, now),
    ]


def _some(_: Speech, head: str, entries: Sequence[Entry], most: int, agency: Agency, now: datetime) -> list[str]:
    if not entries:
        return []
    rest = len(entries) - most
    more = [say(_("… and %(count)s more"), count=rest)] if rest > 0 else []
    return [f"<b>{head}</b>", *by_point(_, entries[:most], agency, now), *more]


def _waiting(_: Speech, rules: Sequence[WaitingTask]) -> list[str]:
    if not rules:
        return []
    rest = len(rules) - MOST_TASKS
    return [
        "<b>" + say(_("Tasks that wait for a decision: %(count)s"), count=len(rules)) + "</b>",
        *(
            say("• %(content)s · %(said)s", content=shortened(rule.content), said=rule.wait.said)
            for rule in rules[:MOST_TASKS]
        ),
        *([say(_("… and %(count)s more"), count=rest)] if rest > 0 else []),
    ]


def card(_: Speech, shown: Card, agency: Agency, calendar: WorkCalendar, now: datetime) -> Outgoing:
    one = shown.one
    scheduled = one.state(now) is State.SCHEDULED
    text = lines(
        heading(_, one),
        say("<i>%(line)s</i>", line=one.summary) if one.summary else None,
        say("%(text)s", text=one.body) if one.body and not shown.in_charge else None,
        say("%(text)s", text=shortened(one.body, 300)) if one.body and shown.in_charge else None,
        say(_("State: %(state)s"), state=_state(_, one, now)),
        say(_("It takes the place of %(name)s."), name=name(_, shown.before)) if shown.before else None,
        say(_("%(name)s has taken its place."), name=name(_, shown.after)) if shown.after else None,
        say(_("Audience: %(whom)s"), whom=audience(_, one.audience, agency)) if shown.in_charge else None,
        counted(_, shown.counts) if shown.in_charge and not scheduled else None,
        say(_("Silent: %(count)s"), count=_.number(shown.counts.silent)) if shown.counts.silent else None,
        *_units(_, shown, agency),
        _mine(_, shown.mine, agency),
        *_points(_, shown, agency, now),
        *_tasks(_, shown, calendar, now),
        *_waiting(_, shown.waiting),
    )
    return Outgoing(text, rows(*_buttons(_, shown, now)), one.files)


def _buttons(_: Speech, shown: Card, now: datetime) -> list[Button]:
    one = shown.one
    state = one.state(now)
    if state is State.CANCELLED:
        return []
    buttons = [received(_, one)] if shown.mine is not None and shown.mine.acknowledged_at is None else []
    if len(shown.entries) > MOST_POINTS:
        buttons.append(tasks_button(_, one))
    if shown.may_attest and shown.counts.silent:
        buttons.append(Button(_("The unit is familiar with it"), f"chidao {one.id} quantriet"))
    if not shown.in_charge:
        return buttons
    if one.may_be_called_off(shown.counts.under_way, now):
        label = _("Call it off") if state is State.SCHEDULED else _("Withdraw it")
        buttons.append(Button(label, f"chidao {one.id} huy"))
    if state is not State.SCHEDULED:
        buttons.append(Button(_("List (XLSX)"), f"chidao {one.id} xlsx"))
    if shown.counts.silent and state is State.SENT:
        buttons.append(Button(_("Ask the silent again"), f"chidao {one.id} nhac"))
    return buttons


def list_of(_: Speech, waiting: Sequence[Directive], latest: Sequence[Directive]) -> Outgoing:
    """For a recipient: what waits for an acknowledgement, and what came lately."""
    shown = [*waiting, *(one for one in latest if one not in waiting)]
    if not shown:
        return Outgoing(_("You have been sent no directive."))
    to_come = " · <i>" + _("not acknowledged yet") + "</i>"
    text = lines(
        *(
            say("• %(name)s: %(subject)s", name=name(_, one), subject=shortened(one.subject))
            + (to_come if one in waiting else "")
            for one in shown
        )
    )
    buttons = [received(_, one, numbered=True) for one in waiting]
    buttons += [Button(_("Directive %(id)s") % {"id": one.id}, f"chidao {one.id}") for one in shown]
    return Outgoing(text, rows(*buttons))


def acknowledged(_: Speech, one: Directive, *, before: bool) -> Outgoing:
    sentence = (
        _("You had acknowledged %(name)s already. Nothing was changed.")
        if before
        else _("Noted: you have received %(name)s.")
    )
    return Outgoing(say(sentence, name=name(_, one)), rows(Button(_("Content…"), f"chidao {one.id}")))


def attested(_: Speech, one: Directive, unit: str, people: int) -> Outgoing:
    sentence = (
        _("Noted: %(unit)s has been made familiar with %(name)s; that holds for %(people)s people.")
        if people
        else _("Everybody of %(unit)s has acknowledged %(name)s already. Nothing was changed.")
    )
    return Outgoing(say(sentence, unit=unit, name=name(_, one), people=people))


def asked_again(_: Speech, one: Directive, people: int) -> Outgoing:
    sentence = (
        _("The silent (%(people)s) are asked again about %(name)s, in office hours.")
        if people
        else _("Nobody is silent: everybody who can be reached has acknowledged %(name)s.")
    )
    return Outgoing(say(sentence, people=people, name=name(_, one)))


def list_follows(_: Speech, one: Directive) -> Outgoing:
    return Outgoing(say(_("The list of who has acknowledged %(name)s is being made and follows."), name=name(_, one)))
