"""Reads Telegram's HTML the way the real server does: plain text plus entities, or a refusal."""

import re
from dataclasses import dataclass, field
from typing import Any

TYPES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
    "tg-time": "date_time",
}
LITERALS = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
BARE_ATTRIBUTES = {("blockquote", "expandable")}

_RUN = re.compile(r"[^<&]+")
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|([a-zA-Z]+));?")
_TAG_NAME = re.compile(r"[^\s>]*")
_SPACE = re.compile(r"\s*")
_ATTRIBUTE_NAME = re.compile(r"[^\s=>]*")
_VALUE = re.compile(r"\"([^\"]*)\"|'([^']*)'|([A-Za-z0-9.\-]+)(?=[\s>])")

Entity = dict[str, Any]


class MarkupError(ValueError):
    """The text is not the HTML that Telegram accepts; the message is the server's own."""


def utf16_length(text: str) -> int:
    """Length in UTF-16 code units, the unit of every Telegram offset and limit."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def parse_html(html: str) -> tuple[str, list[Entity]]:
    """The plain text of `html` and its entities, sorted as Telegram sorts them."""
    if "<" not in html and "&" not in html:
        return html, []
    return _Reader(html).read()


def resolve_reference(found: re.Match[str]) -> str:
    """The character of an HTML reference; the text itself where Telegram does not know the reference."""
    hexadecimal, decimal, name = found.groups()
    if name is not None:
        return LITERALS.get(name, found.group())
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    if not 0 < code < 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return found.group()
    return chr(code)


@dataclass
class _Open:
    tag: str
    offset: int
    begins: int
    attributes: dict[str, str] = field(default_factory=dict)


class _Reader:
    def __init__(self, html: str) -> None:
        self.html = html
        self.at = 0
        self.plain: list[str] = []
        self.offset = 0
        self.open: list[_Open] = []
        self.entities: list[Entity] = []

    def read(self) -> tuple[str, list[Entity]]:
        while self.at < len(self.html):
            if run := _RUN.match(self.html, self.at):
                self._write(run.group(), run.end())
            elif self.html[self.at] == "&":
                self._reference()
            elif self.html.startswith("</", self.at):
                self._end_tag()
            else:
                self._start_tag()
        if self.open:
            raise MarkupError(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        self.entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return "".join(self.plain), self.entities

    def _write(self, text: str, until: int) -> None:
        self.plain.append(text)
        self.offset += utf16_length(text)
        self.at = until

    def _reference(self) -> None:
        found = _REFERENCE.match(self.html, self.at)
        if found is None:
            self._write("&", self.at + 1)
        else:
            self._write(resolve_reference(found), found.end())

    def _bytes(self, position: int) -> int:
        return len(self.html[:position].encode("utf-8", "surrogatepass"))

    def _here(self, position: int) -> str:
        return f"at byte offset {self._bytes(position)}"

    def _peek(self, position: int) -> str:
        return self.html[position : position + 1]

    def _skip_space(self, position: int) -> int:
        found = _SPACE.match(self.html, position)
        return found.end() if found else position

    def _word(self, pattern: re.Pattern[str], position: int) -> str:
        found = pattern.match(self.html, position)
        return found.group() if found else ""

    def _start_tag(self) -> None:
        begin = self.at
        name = self._word(_TAG_NAME, begin + 1)
        position = begin + 1 + len(name)
        if position >= len(self.html):
            raise MarkupError(f"Unclosed start tag {self._here(begin)}")
        tag = name.lower()
        if tag not in TYPES:
            raise MarkupError(f'Unsupported start tag "{tag}" {self._here(begin)}')
        opened = _Open(tag, self.offset, len(self.plain))
        position = self._skip_space(position)
        while self._peek(position) != ">":
            position = self._skip_space(self._attribute(opened, begin, position))
        self._check_attributes(opened, begin)
        self.open.append(opened)
        self.at = position + 1

    def _attribute(self, opened: _Open, begin: int, position: int) -> int:
        if not self._peek(position):
            raise MarkupError(f'Unclosed start tag "{opened.tag}" {self._here(begin)}')
        name = self._word(_ATTRIBUTE_NAME, position)
        if not name:
            raise MarkupError(f'Empty attribute name in the tag "{opened.tag}" {self._here(begin)}')
        position = self._skip_space(position + len(name))
        if self._peek(position) != "=":
            return self._bare_attribute(opened, name, begin, position)
        position = self._skip_space(position + 1)
        value = _VALUE.match(self.html, position)
        if value is None:
            quoted = self._peek(position) in ("", '"', "'")
            problem = f"Unclosed start tag {self._here(begin)}" if quoted else self._bad_token(position)
            raise MarkupError(problem)
        quoted_value = value[1] if value[1] is not None else value[2]
        text = value[3].lower() if quoted_value is None else _REFERENCE.sub(resolve_reference, quoted_value)
        opened.attributes[name] = text
        return value.end()

    def _bad_token(self, position: int) -> str:
        return f"Unexpected end of name token {self._here(position)}"

    def _bare_attribute(self, opened: _Open, name: str, begin: int, position: int) -> int:
        if (opened.tag, name) not in BARE_ATTRIBUTES:
            raise MarkupError(
                f'Expected equal sign in declaration of an attribute of the tag "{opened.tag}" {self._here(begin)}'
            )
        opened.attributes[name] = ""
        return position

    def _check_attributes(self, opened: _Open, begin: int) -> None:
        if opened.tag == "span" and opened.attributes.get("class") != "tg-spoiler":
            raise MarkupError(f'Tag "span" must have class "tg-spoiler" {self._here(begin)}')
        if opened.tag == "tg-time" and not opened.attributes.get("unix", "").lstrip("-").isdecimal():
            raise MarkupError("Invalid date-time specified")

    def _end_tag(self) -> None:
        begin = self.at
        if not self.open:
            raise MarkupError(f"Unexpected end tag {self._here(begin)}")
        name = self._word(_TAG_NAME, begin + 2)
        position = self._skip_space(begin + 2 + len(name))
        if self._peek(position) != ">":
            raise MarkupError(f"Unclosed end tag {self._here(begin)}")
        opened = self.open.pop()
        if name and name.lower() != opened.tag:
            raise MarkupError(
                f'Unmatched end tag {self._here(begin)}, expected "</{opened.tag}>", found "</{name.lower()}>"'
            )
        if self.offset > opened.offset:
            self._mark(opened)
        self.at = position + 1

    def _mark(self, opened: _Open) -> None:
        entity: Entity = {
            "type": TYPES[opened.tag],
            "offset": opened.offset,
            "length": self.offset - opened.offset,
        }
        attributes = opened.attributes
        if opened.tag == "a":
            self._link(entity, attributes.get("href") or "".join(self.plain[opened.begins :]))
        elif opened.tag == "tg-time":
            entity["unix_time"] = int(attributes["unix"])
            entity["date_time_format"] = attributes.get("format", "")
        elif opened.tag == "blockquote" and "expandable" in attributes:
            entity["type"] = "expandable_blockquote"
        if entity["type"] != "text_link" or "url" in entity:
            self.entities.append(entity)

    def _link(self, entity: Entity, url: str) -> None:
        if url.startswith("tg://user?id="):
            # A mention of a person whom the bot does not know is dropped in silence by the real server.
            return
        if re.match(r"(https?|tg|tonsite)://\S+$", url) or re.match(r"[\w-]+(\.[\w-]+)+(/\S*)?$", url):
            entity["url"] = url if "://" in url else f"http://{url}/"
