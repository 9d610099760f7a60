"""How a command speaks: lines on stdout, complaints on stderr, and tables."""

from collections.abc import Iterable, Sequence

import typer

WIDE = 1000
"""Columns where no terminal is: a table in a pipe or a log is not broken into pieces."""


def visible(text: str) -> str:
    """One line, in which nothing colours the terminal or begins a line of its own."""
    return "".join(char if char.isprintable() else " " for char in text).strip()


def out(*lines: str) -> None:
    for line in lines:
        typer.echo(line)


def complain(*lines: str) -> None:
    for line in lines:
        typer.echo(visible(line), err=True)


def ask(question: str) -> str:
    """What is typed, or comes by a pipe."""
    return str(typer.prompt(question))


def table(title: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table on stdout."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = WIDE
    drawn = Table(*headings, title=title, box=box.SIMPLE_HEAD, title_justify="left")
    for row in rows:
        # as Text, because rich reads square brackets in a plain string as markup
        drawn.add_row(*(Text(visible(cell)) for cell in row))
    console.print(drawn)
