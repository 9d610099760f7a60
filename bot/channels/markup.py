"""Neutral markup (HTML limited to b, i, code and a) as the channels need it: repaired, plain, or in parts.

A text is read into runs, each with the tags that are open over it; writing runs back closes whatever was open, so
text may be cut anywhere and is well-formed again. Tags outside the four are shown as they were typed.
"""

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from domain.messages import Rows

_TAG = re.compile(r"<(/?)(b|i|code|a)(?:\s+href=\"([^\"]*)\")?\s*>", re.IGNORECASE)
_PARAGRAPH, _ITEM, _LINE, _SPACE = (re.compile(one) for one in (r"\n\s*\n", r"\n(?=\S)", r"\n", r"\s"))
"""Where a text may be cut. An item is a line that is not indented: what is indented belongs to the line before it."""
_BORDERS = ((_PARAGRAPH, 1 / 2), (_ITEM, 1 / 2), (_PARAGRAPH, 1 / 4), (_ITEM, 1 / 4), (_LINE, 1 / 2), (_SPACE, 1 / 2))
"""What is looked for, one after the other, and how much of what fits must come before it."""
_JOINERS = "\u200d\ufe0f"


@dataclass(frozen=True, slots=True)
class Tag:
    name: str
    href: str = ""

    @property
    def opening(self) -> str:
        return f'<{self.name} href="{html.escape(self.href)}">' if self.href else f"<{self.name}>"


Tags = tuple[Tag, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """Text under the same tags, the outermost first."""

    text: str
    tags: Tags = ()


def to_html(text: str) -> str:
    """The markup with every tag closed and everything else escaped, as Telegram takes it."""
    return _written(_runs(text))


def to_plain(text: str, *, targets: bool = True) -> str:
    """The text without tags; where a link leads stands in brackets behind it, unless `targets` is false."""
    groups = groupby(_runs(text), key=lambda run: _target(run) if targets else "")
    return "".join(_linked("".join(run.text for run in runs), target) for target, runs in groups)


def html_parts(text: str, most: int) -> list[str]:
    """The markup in parts, each of at most `most` UTF-16 units once its tags are read; none for a blank text."""
    runs = _runs(text)
    plain = "".join(run.text for run in runs)
    return [_written(_cut(runs, begin, end)) for begin, end in _spans(plain, most)]


def plain_parts(text: str, most: int) -> list[str]:
    """The plain text in parts of at most `most` UTF-16 units; none for a blank text."""
    plain = to_plain(text)
    return [plain[begin:end] for begin, end in _spans(plain, most)]


def numbered(text: str, buttons: Rows) -> str:
    """The text with its buttons as numbered lines, for a channel that has no buttons."""
    labels = [button.label for row in buttons for button in row]
    lines = [f"{number}. {html.escape(label, quote=False)}" for number, label in enumerate(labels, 1)]
    return "\n".join([text, "", *lines]) if lines else text


def units(text: str) -> int:
    """The length in UTF-16 units, in which messengers count."""
    return len(text) + sum(letter > "\uffff" for letter in text)


def _runs(text: str) -> list[Run]:
    runs: list[Run] = []
    opened: list[Tag] = []
    at = 0
    for found in _TAG.finditer(text):
        runs.append(Run(html.unescape(text[at : found.start()]), tuple(opened)))
        _step(opened, *found.groups(default=""))
        at = found.end()
    runs.append(Run(html.unescape(text[at:]), tuple(opened)))
    return [run for run in runs if run.text]


def _step(opened: list[Tag], slash: str, name: str, href: str) -> None:
    """Opens or closes one tag; closing one that is not open does nothing, as does a link to nowhere."""
    name = name.lower()
    if not slash and (href or name != "a"):
        opened.append(Tag(name, html.unescape(href) if name == "a" else ""))
    if slash:
        last = next((tag for tag in reversed(opened) if tag.name == name), None)
        if last is not None:
            del opened[len(opened) - 1 - opened[::-1].index(last)]


def _written(runs: list[Run]) -> str:
    written = []
    opened: Tags = ()
    for run in [*runs, Run("")]:
        written += [_turn(opened, run.tags), html.escape(run.text, quote=False)]
        opened = run.tags
    return "".join(written)


def _turn(old: Tags, new: Tags) -> str:
    """What closes the tags that end and opens those that begin."""
    same = 0
    while same < min(len(old), len(new)) and old[same] == new[same]:
        same += 1
    closing = "".join(f"</{tag.name}>" for tag in reversed(old[same:]))
    return closing + "".join(tag.opening for tag in new[same:])


def _target(run: Run) -> str:
    return next((tag.href for tag in run.tags if tag.href), "")


def _linked(text: str, target: str) -> str:
    return text if not target or target in text else f"{text} ({target})"


def _cut(runs: list[Run], begin: int, end: int) -> list[Run]:
    cut = []
    at = 0
    for run in runs:
        piece = run.text[max(begin - at, 0) : max(end - at, 0)]
        if piece:
            cut.append(Run(piece, run.tags))
        at += len(run.text)
    return cut


def _spans(plain: str, most: int) -> Iterator[tuple[int, int]]:
    """Where each part begins and ends, without the white space around it."""
    begin = 0
    while (rest := plain[begin:].lstrip()) != "":
        begin = len(plain) - len(rest)
        end = _reach(plain, begin, most)
        if end < len(plain):
            end = _border(plain, begin, end)
        yield begin, begin + len(plain[begin:end].rstrip())
        begin = end


def _reach(plain: str, begin: int, most: int) -> int:
    """The furthest end that `most` units allow."""
    end = min(len(plain), begin + most)
    while (excess := units(plain[begin:end]) - most) > 0:
        end -= (excess + 1) // 2  # a letter is at most two units, so this never takes too many
    return max(end, begin + 1)


def _border(plain: str, begin: int, end: int) -> int:
    """A paragraph's, item's, line's or word's end, where enough comes before it; else a place between two letters."""
    for border, least in _BORDERS:
        found = border.finditer(plain, begin + max(int((end - begin) * least), 1), end + 1)
        at = max((one.start() for one in found if one.start() <= end), default=None)
        if at is not None:
            return at
    at = end
    while at > begin + 1 and (unicodedata.combining(plain[at]) or plain[at] in _JOINERS):
        at -= 1
    return at
