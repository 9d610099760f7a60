"""What is put around any letter: the marks of a repetition and of a rehearsal."""

from collections.abc import Sequence

from domain.messages import SEEN, Button, Outgoing
from domain.people import Person
from locales.speech import Speech, lines, say


def repeated(_: Speech, text: str) -> str:
    return lines("<i>" + _("Sent again: you may have received this already.") + "</i>", text)


def rehearsal(_: Speech, text: str) -> str:
    return lines("<b>" + _("REHEARSAL") + "</b>", text)


def without_files(_: Speech, text: str) -> str:
    return lines(
        text,
        "<i>"
        + _("The files could not be sent here. They are kept; please ask the Office for them if you need them.")
        + "</i>",
    )


def seen(_: Speech) -> Button:
    return Button(_("Received"), SEEN)


def with_remarks(text: str, remarks: Sequence[str]) -> str:
    return lines(text, *remarks)


def not_reached(_: Speech, people: Sequence[Person]) -> str:
    """Those who are asked for something have no chat that works."""
    text = _("Note: nothing reaches %(names)s at present. Please tell them in another way.")
    return say(text, names=", ".join(person.name for person in people))


def file_link(_: Speech, name: str, url: str, days: int) -> str:
    facts = {"name": name, "link": url, "days": days}
    return say(_('File: <a href="%(link)s">%(name)s</a> (can be downloaded once, within %(days)s days)'), **facts)


def file_at_office(_: Speech, name: str) -> str:
    return say(_("File: %(name)s. It cannot be sent here; please ask the Office for it."), name=name)


def not_made(_: Speech) -> Outgoing:
    return Outgoing(_("The file that you asked for could not be made. Please ask for it again later."))
