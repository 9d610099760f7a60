"""A text with marks in it: parts that belong to a row of a table, and the words in them that say by when."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup, escape

from domain.reading.places import Place, Span

_PART = Markup('<mark data-place="{}"{}>{}</mark>')
_DEADLINE = Markup(' data-due="{}"')


@dataclass(frozen=True, slots=True)
class _Mark:
    span: Span
    place: int
    is_deadline: bool


def marked(text: str, places: Sequence[Place]) -> Markup:
    """The text as HTML. Each mark names the places whose it is, by their numbers from 0; parts may overlap."""
    marks = [_Mark(span, at, False) for at, one in enumerate(places) for span in one.spans]
    marks += [_Mark(span, at, True) for at, one in enumerate(places) for span in one.deadline]
    return Markup("").join(_parts(text, marks))


def _parts(text: str, marks: Sequence[_Mark]) -> Iterator[Markup]:
    begins = sorted(marks, key=lambda one: one.span.start, reverse=True)
    cuts = sorted({0, len(text), *(at for one in marks for at in (one.span.start, one.span.end))})
    open_now: list[_Mark] = []
    for start, end in pairwise(cuts):
        open_now = [one for one in open_now if one.span.end > start]
        while begins and begins[-1].span.start <= start:
            open_now.append(begins.pop())
        yield _part(text[start:end], open_now)


def _part(text: str, marks: Sequence[_Mark]) -> Markup:
    if not marks:
        return escape(text)
    due = _numbers(one.place for one in marks if one.is_deadline)
    return _PART.format(_numbers(one.place for one in marks), _DEADLINE.format(due) if due else "", text)


def _numbers(places: Iterator[int]) -> str:
    return " ".join(map(str, sorted(set(places))))
