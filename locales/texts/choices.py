"""Choices as numbered lines, for channels that have no buttons, or not so many."""

import html

from domain.messages import Outgoing, Rows
from locales.speech import Speech, lines


def in_lines(_: Speech, outgoing: Outgoing) -> Outgoing:
    """The message with its buttons as numbered lines below it, and how to answer."""
    labels = [button.label for row in outgoing.buttons for button in row]
    numbered = [f"{number}. {html.escape(label, quote=False)}" for number, label in enumerate(labels, 1)]
    how = _("Please answer with the number.") if len(labels) > 1 else _("Please answer 1 to choose it.")
    return Outgoing(lines(outgoing.text, "", *numbered, f"<i>{how}</i>"), (), outgoing.files)


def which_question(_: Speech, buttons: Rows) -> Outgoing:
    """Two questions came close together."""
    text = _(
        "Another question was sent while you were answering, so nothing has been done yet. "
        "Please choose once more, for the question that was sent last:"
    )
    return Outgoing(text, buttons)
