"""Reads a source: options, a line of three dashes, then one paragraph a line, with a few marks for what is not plain.

<> left | right    a line of the two-column header or of the signature
== text            centred and bold
> text             kept as it is, never wrapped
* text             one of Word's automatic bullets
#0 text            an automatic number, its level being the digit
| a | b |          a row of a table; a cell "^" is one with the cell above
|= text            a row of a table that is one cell
~~                 a new page
"""

from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "sources"
MARKS = {"<>": "columns", "==": "title", ">": "verbatim", "*": "bullet", "|=": "group", "|": "row", "~~": "page"}


@dataclass(frozen=True)
class Block:
    kind: str
    text: str = ""
    cells: tuple[str, ...] = ()
    level: int = 0


@dataclass(frozen=True)
class Source:
    name: str
    options: dict[str, str]
    blocks: tuple[Block, ...]

    @property
    def file(self) -> str:
        return f"{self.name}.{self.options['format']}"

    def number(self, option: str) -> int:
        return int(self.options.get(option, "0"))


def sources() -> list[Source]:
    return [read(path) for path in sorted(FOLDER.glob("*.txt"))]


def read(path: Path) -> Source:
    head, _, body = path.read_text(encoding="utf-8").partition("---\n")
    options = dict(_option(line) for line in head.splitlines())
    return Source(path.stem, options, tuple(_block(line) for line in body.splitlines()))


def _option(line: str) -> tuple[str, str]:
    name, _, value = line.partition(":")
    return name.strip(), value.strip()


def _block(line: str) -> Block:
    mark, _, rest = line.partition(" ")
    if mark in {"#0", "#1", "#2"}:
        return Block("number", rest, level=int(mark[1]))
    kind = MARKS.get(mark, "plain")
    if kind == "columns":
        left, _, right = rest.partition("|")
        return Block(kind, cells=(left.strip(), right.strip()))
    if kind == "row":
        return Block(kind, cells=tuple(cell.strip() for cell in rest.strip().removesuffix("|").split("|")))
    return Block(kind, line if kind == "plain" else rest)
