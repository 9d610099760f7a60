"""What a document consists of, as it is read: paragraphs and tables, and before that, lines."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line. `full`: it reaches the right edge (None where that is not known)."""

    text: str
    full: bool | None = None
    blank_before: bool = False
    page_before: bool = False
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together; `bullet` where a machine has put the mark before it."""

    text: str
    bullet: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; `continued`: it is the lower part of one that reaches over several rows."""

    text: str
    continued: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table of rows; `flattened` where only text was left of it."""

    rows: tuple[tuple[Cell, ...], ...]
    flattened: bool = False


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Source:
    """A document as it comes out of its file: the lines above the text, for its header, and its blocks in order."""

    head: tuple[str, ...]
    blocks: tuple[Block, ...] = field(default=())
    decomposed: bool = False
    printed: str = ""
    """Its letters in the order of its lines, where it consists of lines."""
