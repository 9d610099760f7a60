"""A source as plain text, also as the text that comes out of a PDF: wrapped lines, page numbers, running heads."""

import textwrap
import unicodedata
from collections.abc import Iterator

from tests.directives.old_encodings import tcvn3, vni
from tests.directives.source import Block, Source


def as_text(source: Source) -> bytes:
    if "empty" in source.options:
        return b""
    width = source.number("width") or 90
    lines = [line for block in source.blocks for line in _lines(block, width)]
    if every := source.number("page"):
        lines = list(_pages(lines, every, source.options.get("head", "")))
    text = ("\n\n" if "blank" in source.options else "\n").join(lines) + "\n"
    return _encoded(text, source.options)


def _lines(block: Block, width: int) -> list[str]:
    match block.kind:
        case "columns":
            left, right = block.cells
            return [f"{left:<{width // 2}}{right}".rstrip()]
        case "title":
            return [line.center(width).rstrip() for line in textwrap.wrap(block.text, width)]
        case "verbatim":
            return [block.text]
        case "plain":
            return textwrap.wrap(block.text, width, break_on_hyphens=False, drop_whitespace=True) or [""]
    raise ValueError(f"plain text has no {block.kind}")


def _pages(lines: list[str], every: int, head: str) -> Iterator[str]:
    for number, line in enumerate(lines):
        if number and number % every == 0:
            yield from ([head] if head else [])
            yield str(number // every + 1)
            yield " " + line
        else:
            yield line


def _encoded(text: str, options: dict[str, str]) -> bytes:
    match options.get("encoding", ""):
        case "TCVN3":
            return tcvn3(text)
        case "VNI":
            return vni(text).encode("utf-8")
    if options.get("unicode") == "NFD":
        text = unicodedata.normalize("NFD", text)
    return text.encode("utf-8")
