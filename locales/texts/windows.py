"""The letter about colleagues whose channel is about to shut, because they have not written for long."""

from collections.abc import Sequence
from datetime import datetime

from domain.messages import Outgoing
from domain.people import Person
from locales.speech import Speech, lines, say


def please_nudge(_: Speech, contact: Person, closing: Sequence[tuple[Person, datetime]]) -> Outgoing:
    """To whoever they are reached through."""
    told = [say(_("\u2022 %(name)s: by %(at)s"), name=person.name, at=_.instant(at)) for person, at in closing]
    text = lines(
        say(_("Dear Comrade %(name)s,"), name=contact.name),
        _("the channel of these people takes letters only for a while after their last word, and is about to shut:"),
        *told,
        _("Please ask each to send the assistant any message, for example “viec”; then reminders reach them again."),
    )
    return Outgoing(text)
