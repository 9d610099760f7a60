"""What is put around any letter: the marks of a repetition and of a rehearsal."""

from domain.messages import Outgoing
from locales.speech import Speech, lines


def repeated(_: Speech, text: str) -> str:
    return lines("<i>" + _("Sent again: you may have received this already.") + "</i>", text)


def rehearsal(_: Speech, text: str) -> str:
    return lines("<b>" + _("REHEARSAL") + "</b>", text)


def without_files(_: Speech, text: str) -> str:
    return lines(text, "<i>" + _("The files could not be sent here; they are kept with the task.") + "</i>")


def not_made(_: Speech) -> Outgoing:
    return Outgoing(_("The file that you asked for could not be made. Please ask for it again later."))
