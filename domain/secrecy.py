"""Marks of secrecy: documents that bear one are not for this assistant, and nothing of them is kept.

A mark is a stamp: a line of its own, the beginning of what is typed, a word of a file's name. A sentence that speaks
of secrets, of passwords or of the protection of secrets bears none.
"""

import re
import unicodedata
from collections.abc import Sequence

from domain.headers import without_motto
from domain.messages import Incoming

HEAD = 25
"""How many lines from the top a stamp is looked for that is not in capitals."""

_SECRET, _TOP, _MOST = "m\u1eadt", "t\u1ed1i", "tuy\u1ec7t"
_LEVEL = rf"(?:{_TOP}\s*|{_MOST}\s*)?{_SECRET}"
_LEVELS = {_SECRET, _TOP + _SECRET, _MOST + _SECRET}
_UNMARKED_LEVELS = {"TOIMAT", "TUYETMAT"}
_NAME_IN_BRACKETS = re.compile(r"[\[(]\s*mat\s*[\])]", re.IGNORECASE)
"""As typed without marks; the lowest level alone could be many other words."""
_LABELLED = re.compile(
    rf"(?:(?:d\u1ea5uch\u1ec9)?(?:m\u1ee9c)?\u0111\u1ed9){_SECRET}[:\-\u2013]*(?:{_TOP}|{_MOST})?{_SECRET}"
)
_LABEL_FIRST = re.compile(rf"\W*\u0111\u1ed9\s*{_SECRET}\s*[:\-\u2013]\s*{_LEVEL}\b", re.IGNORECASE)
_BRACKETS_FIRST = re.compile(rf"\s*[\[(<\u00ab\"\u201c]\s*{_LEVEL}\s*[\])>\u00bb\"\u201d]", re.IGNORECASE)
_KIND = (
    "c\u00f4ng|v\u0103n|t\u00e0i li\u1ec7u|s\u1ed1|k\u1ebf ho\u1ea1ch|quy\u1ebft|ch\u1ec9|"
    "th\u00f4ng b\u00e1o|b\u00e1o c\u00e1o"
)
_LEVEL_FIRST = re.compile(
    rf"\W*(?:(?:T\u1ed0I|TUY\u1ec6T)\s+M\u1eacT\b|M\u1eacT\s*(?:$|[:.,|/\u2013\u2014-]|\d)|M\u1eacT\s+(?i:{_KIND})\b)"
)
"""In capitals, and the lowest one only before what ends it, or before the name of a kind of document."""
_HIGHER_FIRST = re.compile(
    rf"\W*(?:(?:{_TOP}|{_MOST})\s*{_SECRET}\s*(?:$|[:.,|/\u2013\u2014-])|(?-i:M\u1eadt)\s*:)", re.IGNORECASE
)
_KIND_FIRST = re.compile(
    rf"\W*(?:c\u00f4ng v\u0103n|v\u0103n b\u1ea3n|{_KIND})\s+{_LEVEL}\s*(?:s\u1ed1\b|\d|:)", re.IGNORECASE
)
_FIRST = (_LEVEL_FIRST, _LABEL_FIRST, _BRACKETS_FIRST, _HIGHER_FIRST, _KIND_FIRST)
_COMMAND = re.compile(r"\s*(?:/\w+|(?:chi|ch\u1ec9)\s*(?:dao|\u0111\u1ea1o)\b)\s*", re.IGNORECASE)
_COLUMNS = re.compile(r"\s{3,}|\t")
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")

_SPEAKS_OF_IT_BEFORE = ("b\u00ed", "b\u1ea3o", "c\u01a1", "\u0111\u1ed9")
"""Words that the mark's word ends a longer one of, when a line is broken between them: secret, security."""
_SPEAKS_OF_IT_AFTER = (
    *(
        "kh\u1ea9u",
        "m\u00e3",
        "\u0111\u1ed9",
        "th\u01b0",
        "v\u1ee5",
        "ong",
        "thi\u1ebft",
        "danh",
        "ng\u1eef",
        "th\u00e1m",
    ),
)

_OTHER_WORD_BEFORE = {"bi", "bao", "co", "do", "be", "gap", "ra", "vang", "tien", "khan", "giap", "to", "doi", "chong"}
_OTHER_WORD_AFTER = {
    *("khau", "tran", "bang", "do", "ong", "ma", "thu", "vu", "hang", "cat", "dat", "nuoc", "troi", "nha", "tien"),
    *("trai", "phai", "na", "xich"),
}
"""Without marks the word for secret is also that for face, eye and loss: what stands before or after those."""


def is_marked_secret(text: str, name: str = "") -> bool:
    """Whether a document, or what somebody types, bears a mark of secrecy, in its text or in the name of its file."""
    return _is_name_marked(_plain(name)) or _is_text_marked(without_motto(_plain(text)))


def _plain(text: str) -> str:
    composed = unicodedata.normalize("NFKC", text)
    return "".join(char for char in composed if unicodedata.category(char) != "Cf")


def cleared(incoming: Incoming) -> Incoming:
    """What may be kept of an event: all of it, or that something came which bears a mark."""
    marked = is_marked_secret(incoming.text) or any(is_marked_secret("", file.name) for file in incoming.files)
    return emptied(incoming) if marked else incoming


def emptied(incoming: Incoming) -> Incoming:
    """That something came which bears a mark, and nothing of what it was."""
    return Incoming(incoming.channel, incoming.event_id, incoming.address, in_group=incoming.in_group, secret=True)


# -- in a text ---------------------------------------------------------------------------------------------------------


def _is_text_marked(text: str) -> bool:
    lines = [line for line in text.splitlines() if line.strip()]
    return bool(lines and _begins_marked(lines[0])) or any(_is_stamp(lines, at) for at in range(len(lines)))


def _begins_marked(line: str) -> bool:
    command = _COMMAND.match(line)
    parts = line[command.end() if command else 0 :].split(";")
    return any(pattern.match(part) for part in parts for pattern in _FIRST)


def _is_stamp(lines: Sequence[str], at: int) -> bool:
    cells = [lines[at], *_COLUMNS.split(lines[at])]
    found = next((level for cell in cells if (level := _level(cell, in_head=at < HEAD))), None)
    if found is None:
        return False
    before, after = lines[at - 1] if at else "", lines[at + 1] if at + 1 < len(lines) else ""
    if before.casefold().endswith(_SPEAKS_OF_IT_BEFORE) or after.casefold().lstrip().startswith(_SPEAKS_OF_IT_AFTER):
        return False
    # one under the other they are the heads of a table, and no stamp
    return all(_level(line, in_head=True) in (None, found) for line in (before, after))


def _level(cell: str, *, in_head: bool) -> str | None:
    """The level that a line gives as a stamp, with nothing else in it."""
    bare = _EDGES.sub("", cell)
    squeezed = "".join(bare.split())
    if _LABELLED.fullmatch(squeezed.casefold()):
        return squeezed.casefold()
    if squeezed in _UNMARKED_LEVELS:
        return squeezed
    is_written_as_one = squeezed.isupper() or (in_head and squeezed[:1].isupper())
    return squeezed.casefold() if squeezed.casefold() in _LEVELS and is_written_as_one else None


# -- in a name ---------------------------------------------------------------------------------------------------------


def _is_name_marked(name: str) -> bool:
    words = re.findall(r"[^\W\d_]+", name)
    return bool(_NAME_IN_BRACKETS.search(name)) or any(_is_word_marked(words, at) for at in range(len(words)))


def _is_word_marked(words: Sequence[str], at: int) -> bool:
    word = words[at]
    before = words[at - 1].casefold() if at else ""
    after = words[at + 1].casefold() if at + 1 < len(words) else ""
    if word.casefold() == _SECRET:
        return before not in _SPEAKS_OF_IT_BEFORE and after not in _SPEAKS_OF_IT_AFTER
    if word.upper() in _UNMARKED_LEVELS or word.casefold() in _LEVELS - {_SECRET}:
        return True
    if word.casefold() == "mat" and before in ("toi", "tuyet"):
        return True
    return word == "MAT" and before not in _OTHER_WORD_BEFORE and after not in _OTHER_WORD_AFTER
