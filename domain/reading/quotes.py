"""What is quoted stands in the document as it is quoted, whatever became of its lines on the way."""

from collections.abc import Sequence
from dataclasses import replace

from domain.reading.blocks import Line, Table
from domain.reading.lines import without_furniture
from domain.reading.values import NO_DEADLINE, Deadline, Task


def printed(lines: Sequence[Line | Table]) -> str:
    """All letters of the lines in their order, once as they are and once without page numbers and running heads."""
    plain = [line for line in lines if isinstance(line, Line)]
    return "\n".join("".join("".join(line.text.split()) for line in some) for some in (plain, without_furniture(plain)))


def quoted(tasks: Sequence[Task], text: str) -> list[Task]:
    """The tasks, of whose deadlines only so much is quoted as stands together in the text; all of it, without one."""
    return [replace(task, deadline=_standing(task.deadline, text)) for task in tasks] if text else list(tasks)


def _standing(deadline: Deadline, text: str) -> Deadline:
    quote = deadline.quote
    if quote is None or "".join(quote.split()) in text:
        return deadline
    part = _longest(quote.split(), text)
    return replace(deadline, quote=part) if part else NO_DEADLINE


def _longest(words: Sequence[str], text: str) -> str:
    """The longest run of words that stands together, with a number in it if there is one at all."""
    needs_number = any(char.isdigit() for word in words for char in word)
    for length in range(len(words), 0, -1):
        for start in range(len(words) - length + 1):
            run = "".join(words[start : start + length])
            if run in text and (not needs_number or any(char.isdigit() for char in run)):
                return " ".join(words[start : start + length])
    return ""
