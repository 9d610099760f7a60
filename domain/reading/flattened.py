"""Tables of which only text was left: rows put together again from their cells."""

import re
from collections.abc import Iterator, Sequence

from domain.reading.blocks import Cell, Line, Table

_SEPARATED = re.compile(r"\s*\|\s*|\t+|\s{3,}")


def with_tables(lines: Sequence[Line]) -> Iterator[list[Line] | Table]:
    """The lines, in pieces, with the tables that were found between them."""
    yield list(lines)
