"""The slip for those whom nothing reaches: what is printed, and the letters about it."""

from collections.abc import Sequence
from datetime import datetime

from domain.messages import Outgoing, StoredFile
from domain.people import Agency, Person
from domain.tasks import Assignment
from domain.workdays import WorkCalendar
from locales.speech import Speech, lines, say
from locales.texts.parts import due

LONGEST, MOST_NAMED = 300, 20


def letter(_: Speech, contact: Person, people: Sequence[Person], file: StoredFile) -> Outgoing:
    """To whoever prints it and hands it over."""
    names = ", ".join(person.name for person in people[:MOST_NAMED])
    names += ", …" if len(people) > MOST_NAMED else ""
    text = lines(
        say(_("Dear Comrade %(name)s,"), name=contact.name),
        say(
            _("no channel reaches these people of yours, who have tasks that come due: <b>%(names)s</b>."), names=names
        ),
        _("Please print the slip, hand each their part, and help them connect a channel (the Office makes the code)."),
        say(
            _("What they say you can type for them, for example: <code>thay %(name)s xong 12</code>"),
            name=people[0].name,
        ),
    )
    return Outgoing(text, files=(file,))


def for_the_office(_: Speech, lost: Sequence[tuple[Person, Sequence[Person]]]) -> list[str]:
    """Lines of the Office's letter: who is told on paper today, and through whom."""
    if not lost:
        return []
    heading = _("No channel reaches them, and tasks of theirs come due; a slip goes to whoever hands it over:")
    told = [
        say(
            _("\u2022 %(name)s (through %(contacts)s)"),
            name=person.name,
            contacts=", ".join(one.name for one in contacts) or "\u2014",
        )
        for person, contacts in lost[:MOST_NAMED]
    ]
    if len(lost) > MOST_NAMED:
        told.append(say(_("… and %(count)s more"), count=len(lost) - MOST_NAMED))
    return [f"<b>{heading}</b>", *told]


def file_name(_: Speech, now: datetime) -> str:
    return _("Slip of tasks %(day)s.docx") % {"day": _.short_day(now.astimezone(_.zone).date()).replace("/", "-")}


def above(_: Speech, agency: str, now: datetime) -> list[str]:
    """What stands on top of the document."""
    title = _("Slip of tasks that come due, for people whom no channel reaches")
    return [agency, title, _("As of %(at)s") % {"at": _.instant(now)}]


def headings(_: Speech) -> list[str]:
    return [_("No."), _("Task"), _("Deadline"), _("Result")]


def title(_: Speech, person: Person, agency: Agency) -> str:
    """Whose part it is."""
    return ", ".join(word for word in (person.name, person.title, agency.unit_name(person)) if word)


def row(_: Speech, one: Assignment, calendar: WorkCalendar, now: datetime) -> list[str]:
    return [str(one.number), one.task.content[:LONGEST], due(_, one, calendar, now), ""]


def below(_: Speech) -> list[str]:
    """The line to sign, and the one to cut along."""
    return [_("Received on ……/……/…………    Signature: ……………………………………"), "- " * 40]
