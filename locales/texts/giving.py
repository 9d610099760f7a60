"""What a document gives: the letter to each who gets something, what has come of it, and what is stopped again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from domain.decisions import WaitingTask
from domain.directives import Directive
from domain.messages import BUTTON_BYTES, Button, Outgoing
from domain.people import Agency, Person
from domain.proposals import Doers, Proposal
from domain.series import Series
from domain.tasks import Assignment, Status
from domain.workdays import WorkCalendar
from locales.speech import Speech, lines, say
from locales.texts.counting import counted
from locales.texts.directives import name as name_of
from locales.texts.parts import due as due_of
from locales.texts.parts import rows, shortened, show
from locales.texts.quoting import as_written, quoted
from locales.texts.series import next_one

IN_A_LETTER = 8
"""So many tasks can be read on a telephone; what is more goes into a letter of its own."""
MOST_TEXT = 3300
"""Characters of a letter, so that every channel can carry it in one or two messages."""
CONTENT_SHOWN = 400
MOST_BUTTONS = 4
MOST_NAMED = 10


@dataclass
class News:
    """What one person is told of a document: what is new, goes on otherwise, is stopped, waits, comes again.

    `beside` is what the person coordinates, with the names of who leads it.
    """

    tasks: list[tuple[Assignment, Proposal]] = field(default_factory=list)
    changed: list[tuple[Assignment, Proposal, str]] = field(default_factory=list)
    stopped: list[tuple[Assignment, Proposal, str]] = field(default_factory=list)
    waiting: list[tuple[WaitingTask, Proposal]] = field(default_factory=list)
    series: list[tuple[Series, Proposal, date]] = field(default_factory=list)
    beside: list[tuple[Proposal, str]] = field(default_factory=list)

    def __len__(self) -> int:
        parts = (self.tasks, self.changed, self.stopped, self.waiting, self.series, self.beside)
        return sum(len(part) for part in parts)


@dataclass(frozen=True)
class Summary:
    """What has come of a document; `headless`: unit, who has its tasks, their numbers; `over`: rules without a day.

    `unheard` are the units that coordinate, and of which nobody could be told.
    """

    tasks: int
    waiting: int
    series: int
    changed: int
    stopped: int
    go_on: int
    people: int
    headless: Sequence[tuple[str, str, Sequence[int]]] = ()
    over: Sequence[str] = ()
    unheard: Sequence[str] = ()
    unreached: Sequence[str] = ()


def names(agency: Agency, doers: Doers) -> str:
    """Units and people by name."""
    units = [agency.units[unit].name for unit in doers.units if unit in agency.units]
    return ", ".join([*units, *(agency.people[one].name for one in doers.people if one in agency.people)])


# -- the letter --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Item:
    section: str
    text: str
    task: Assignment | None = None


def letters(
    _: Speech, to: Person, one: Directive, news: News, agency: Agency, calendar: WorkCalendar, now: datetime
) -> list[tuple[Outgoing, list[int]]]:
    """The letter to one person, in several parts where it is long; each with the numbers of its tasks."""
    parts = _parts(list(_items(_, news, calendar, now)))
    found = []
    for number, part in enumerate(parts, 1):
        text = lines(
            _head(_, to, one, news),
            say(_("Part %(number)s of %(total)s"), number=number, total=len(parts)) if len(parts) > 1 else None,
            *_by_section(part),
            _("Reminders follow the deadlines.") if number == len(parts) and news.tasks else None,
        )
        tasks = [item.task for item in part if item.task is not None]
        found.append((Outgoing(text, _buttons(_, tasks)), [task.number for task in tasks]))
    return found


def _parts(items: Sequence[_Item]) -> list[list[_Item]]:
    """What can be read at once, and leaves as one message."""
    found: list[list[_Item]] = [[]]
    for item in items:
        length = sum(len(one.text) for one in found[-1]) + len(item.text)
        if found[-1] and (len(found[-1]) == IN_A_LETTER or length > MOST_TEXT):
            found.append([])
        found[-1].append(item)
    return found


def _head(_: Speech, to: Person, one: Directive, news: News) -> str:
    new = len(news.tasks) + len(news.waiting) + len(news.series)
    if new:
        sentence = _("Dear Comrade %(name)s, %(directive)s (%(subject)s) gives you %(count)s tasks:")
    elif news.beside and not (news.changed or news.stopped):
        sentence = _("Dear Comrade %(name)s, you are to coordinate in the following of %(directive)s (%(subject)s):")
    else:
        sentence = _("Dear Comrade %(name)s, %(directive)s (%(subject)s) changes tasks of yours:")
    return say(sentence, name=to.name, directive=name_of(_, one), subject=shortened(one.subject, 120), count=new)


def _by_section(items: Sequence[_Item]) -> Iterator[str]:
    section = ""
    for item in items:
        if item.section != section:
            section = item.section
            yield f"<b>{section}</b>"
        yield item.text


def _items(_: Speech, news: News, calendar: WorkCalendar, now: datetime) -> Iterator[_Item]:
    for task, proposal in news.tasks:
        yield _Item("", _task(_, task, proposal, calendar, now), task)
    for rule, proposal in news.waiting:
        yield _Item(_("Waiting for a decision"), _waiting(_, rule, proposal))
    for series, proposal, due in news.series:
        yield _Item(_("Recurring"), _series(_, series, proposal, due))
    for task, proposal, note in news.changed:
        yield _Item(_("Changed"), _changed(_, task, proposal, note, calendar), task)
    for task, _proposal, note in news.stopped:
        yield _Item(_("Not to be carried out any more"), _stopped(task, note))
    for proposal, leading in news.beside:
        yield _Item(_("To coordinate"), _beside(_, proposal, leading))


def _task(_: Speech, one: Assignment, proposal: Proposal, calendar: WorkCalendar, now: datetime) -> str:
    return lines(
        say(
            "<b>%(number)s</b>. %(content)s",
            number=one.number,
            content=shortened(one.task.content, CONTENT_SHOWN),
        ),
        *_said(_, proposal),
        "    " + say(_("Deadline: %(due)s"), due=due_of(_, one, calendar, now)),
        _indented(counted(_, one.deadline, calendar) if one.deadline else None),
        _indented(as_written(_, proposal.read)),
    )


def _said(_: Speech, proposal: Proposal) -> list[str | None]:
    """The point, and the sentence of the document where the task does not say the same."""
    return [_indented(quoted(_, proposal.read, proposal.content))]


def _indented(text: str | None) -> str | None:
    return f"    {text}" if text else None


def _waiting(_: Speech, rule: WaitingTask, proposal: Proposal) -> str:
    sentence = _("It waits: %(said)s. It is dated when the Office records the decision (rule %(number)s).")
    return lines(
        say("• %(content)s", content=shortened(rule.content, CONTENT_SHOWN)),
        *_said(_, proposal),
        "    " + say(sentence, said=rule.wait.said, number=rule.id),
        _indented(as_written(_, proposal.read, rule.wait.said)),
    )


def _series(_: Speech, one: Series, proposal: Proposal, due: date) -> str:
    return lines(
        say("• %(content)s", content=shortened(one.content, CONTENT_SHOWN)),
        *_said(_, proposal),
        "    " + say("%(said)s · ", said=one.every.said) + next_one(_, one, due),
        _indented(as_written(_, proposal.read, one.every.said)),
    )


def _changed(_: Speech, one: Assignment, proposal: Proposal, note: str, calendar: WorkCalendar) -> str:
    return lines(
        say(
            "<b>%(number)s</b>. %(content)s",
            number=one.number,
            content=shortened(one.task.content, CONTENT_SHOWN),
        ),
        "    " + say("%(note)s", note=note),
        _indented(counted(_, one.deadline, calendar) if one.deadline else None),
        *_said(_, proposal),
    )


def _stopped(one: Assignment, note: str) -> str:
    return lines(
        say("<b>%(number)s</b>. %(content)s", number=one.number, content=shortened(one.task.content)),
        "    " + say("%(note)s", note=note),
    )


def _beside(_: Speech, proposal: Proposal, leading: str) -> str:
    return lines(
        say("• %(content)s", content=shortened(proposal.content, CONTENT_SHOWN)),
        *_said(_, proposal),
        "    " + say(_("Led by: %(names)s"), names=leading or "—"),
        _indented(as_written(_, proposal.read)),
    )


def _buttons(_: Speech, tasks: Sequence[Assignment]) -> tuple[tuple[Button, ...], ...]:
    new = [one for one in tasks if one.status is Status.NOT_ACCEPTED]
    all_of_them = "nhan " + " ".join(str(one.number) for one in new)
    if len(new) > 1 and len(all_of_them) <= BUTTON_BYTES:
        received = [Button(_("Received all (%(count)s)") % {"count": len(new)}, all_of_them)]
    else:
        received = [Button(_("Received %(n)s") % {"n": one.number}, f"nhan {one.number}") for one in new[:MOST_BUTTONS]]
    return rows(*received, *(show(_, one) for one in tasks[:MOST_BUTTONS]))


# -- to the Office -----------------------------------------------------------------------------------------------------


def given(_: Speech, one: Directive, sums: Summary) -> Outgoing:
    """What has come of it: how much was given to how many, and what the Office should look at."""
    text = lines(
        say(_("<b>Given under %(directive)s</b>: people: %(people)s"), directive=name_of(_, one), people=sums.people),
        say(_("• tasks with numbers: %(count)s"), count=sums.tasks) if sums.tasks else None,
        say(_("• waiting for a decision: %(count)s"), count=sums.waiting) if sums.waiting else None,
        say(_("• recurring: %(count)s"), count=sums.series) if sums.series else None,
        say(_("• given before, going on: %(count)s"), count=sums.go_on) if sums.go_on else None,
        say(_("• given before, changed: %(count)s"), count=sums.changed) if sums.changed else None,
        say(_("• given before, not to be carried out any more: %(count)s"), count=sums.stopped)
        if sums.stopped
        else None,
        *(_headless(_, *each) for each in sums.headless),
        say(_("To coordinate, but nobody of it can be told: %(units)s."), units=", ".join(sums.unheard))
        if sums.unheard
        else None,
        say(_("Not given, as the last day has passed: point %(points)s."), points=", ".join(sums.over))
        if sums.over
        else None,
        say(
            _("The assistant reaches these by nothing, please tell them in person: %(names)s."),
            names=", ".join(sums.unreached[:MOST_NAMED]) + ("…" if len(sums.unreached) > MOST_NAMED else ""),
        )
        if sums.unreached
        else None,
    )
    return Outgoing(text, rows(Button(_("Tasks by point"), f"chidao {one.id} tungdiem")))


def _headless(_: Speech, unit: str, person: str, numbers: Sequence[int]) -> str:
    sentence = _("%(unit)s has no head in the roster: Comrade %(name)s has got its tasks (%(numbers)s).")
    shown = ", ".join(map(str, numbers[:MOST_NAMED])) + ("…" if len(numbers) > MOST_NAMED else "")
    return say(sentence, unit=unit, name=person, numbers=shown)
