"""The directive under which a task is given: "... theo 3 diem 1.c", with marks or without, where the content ends."""

import re
from dataclasses import dataclass

from domain.directives import Directive
from domain.permissions import Action, may_ever
from domain.refusals import Because, Refusal
from handlers.context import Context
from locales.vocabulary import Vocabulary, words

MOST_WORDS = 12
"""How many words from the end it is looked for."""

_POINT = re.compile(r"\w{1,4}(?:[.-]\w{1,4}|[.-]?\(\w{1,4}\)){0,4}\)?")
_NOTHING = " .;,"


@dataclass(frozen=True, slots=True)
class Named:
    """The short number of a directive, and the point of it; empty where none is named."""

    number: int
    point: str = ""


def split(text: str, vocabulary: Vocabulary) -> tuple[str, Named | None]:
    """A task's content, and the directive that is named at its end; anything else there belongs to the content."""
    typed = words(text)
    for start in range(len(typed) - 1, max(-1, len(typed) - MOST_WORDS), -1):
        found = vocabulary.under.at(typed, start)
        at = start + found.length if found else len(typed)
        if at >= len(typed) or not typed[at].text.isdecimal() or len(typed[at].text) > 9:
            continue
        content, number = text[: typed[start].start].rstrip(_NOTHING), int(typed[at].text)
        rest = text[typed[at].end :]
        if not rest.strip(_NOTHING):
            return content, Named(number)
        named = vocabulary.point.at(typed, at + 1)
        if named is None or text[typed[at].end : typed[at + 1].start].strip(" ,"):
            continue
        point = text[typed[at + named.length].end :].strip(_NOTHING)
        if _POINT.fullmatch(point):
            return content, Named(number, point)
    return text, None


async def look_up(ctx: Context, number: int) -> Directive:
    """The directive that was named; refuses where there is none, or none that the speaker was sent."""
    one = await ctx.uow.directives.get(number)
    is_mine = may_ever(ctx.me, Action.BROADCAST) or (one and await ctx.uow.recipients.get(one.id, ctx.me.id))
    if one is None or one.cancelled_at is not None or not is_mine:
        raise Refusal(Because.NO_SUCH_DIRECTIVE, number=number)
    return one
