"""Neutral markup as HTML that a page may show: b, i, code and links to the web, and nothing else."""

import html
import re
from collections.abc import Sequence

from bot.channels.markup import to_html
from bot.channels.web import Entry

_LINK = re.compile(r'<a href="([^"]*)">')
_MAY_LEAD_TO = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)


def safe_html(text: str) -> str:
    """HTML in which every tag is closed and no link can run a script; line breaks stay for the style sheet."""
    return _LINK.sub(_link, to_html(text))


def _link(found: re.Match[str]) -> str:
    target = html.unescape(found[1]).strip()
    if not _MAY_LEAD_TO.match(target):
        return "<a>"
    return f'<a href="{html.escape(target)}" target="_blank" rel="noopener noreferrer">'


def pressed(entries: Sequence[Entry]) -> list[frozenset[str]]:
    """For each entry, what has been pressed of its buttons: a press belongs to the nearest letter above that has it."""
    found: list[set[str]] = [set() for _ in entries]
    for place, entry in enumerate(entries):
        if entry.says and (above := letter_with(entries[:place], entry.says)) is not None:
            found[above].add(entry.says)
    return [frozenset(one) for one in found]


def letter_with(entries: Sequence[Entry], says: str) -> int | None:
    """The place of the last letter with a button that says so."""
    for place in range(len(entries) - 1, -1, -1):
        if any(button.says == says for row in entries[place].buttons for button in row):
            return place
    return None
