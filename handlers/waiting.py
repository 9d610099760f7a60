"""A deadline that waits for a decision: "5 working days from the decision" is kept as a rule, not refused."""

import re
from typing import Any

from domain.decisions import Wait, WaitingTask
from domain.messages import Outgoing
from domain.names import tidy
from domain.people import Person, Unit
from domain.refusals import Because, Refusal
from domain.tasks import Index
from domain.workdays import MOST_WORKDAYS
from handlers.context import Context
from handlers.understanding.date_words import plain_words
from handlers.understanding.dates import SHOWN_TEXT
from locales.texts import decisions as texts
from locales.vocabulary import Vocabulary

_COUNT = r"(?P<count>\d+) (?P<unit>workday|day)"
_UNTIL_IT_IS_THERE = r"(?:(?: from| once)(?: \S+){0,4}?)? decision\b"
_FORMS = (
    re.compile(rf"{_COUNT}{_UNTIL_IT_IS_THERE}.*"),
    re.compile(rf"(?:from|once)(?: \S+){{0,4}}? decision\b.*? {_COUNT}"),
)
_DATED = re.compile(r"\d[/.-]\d")


def read_wait(text: str, vocabulary: Vocabulary) -> Wait | None:
    """What a deadline waits for, None where it is a date; a decision with its date is not waited for any more."""
    said = plain_words(text, vocabulary)
    found = next((found for form in _FORMS if (found := form.fullmatch(said))), None)
    if found is None or _DATED.search(said):
        return None
    count = int(found["count"])
    if not 1 <= count <= MOST_WORKDAYS:
        raise Refusal(Because.WORKDAYS_RANGE, count=count, most=MOST_WORKDAYS, text=text.strip()[:SHOWN_TEXT])
    return Wait(tidy(text)[:SHOWN_TEXT], count, working=found["unit"] == "workday")


def to_json(wait: Wait | None) -> dict[str, Any] | None:
    return {"said": wait.said, "days": wait.days, "working": wait.working} if wait else None


def from_json(kept: dict[str, Any] | None) -> Wait | None:
    return Wait(kept["said"], kept["days"], kept["working"]) if kept else None


async def keep(ctx: Context, draft: dict[str, Any], wait: Wait, person: Person, unit: Unit | None) -> Outgoing:
    """Keep the rule; whoever it is for hears of it with the decision."""
    new = WaitingTask(
        id=0,
        content=draft["what"],
        index=Index(draft["index"]) if draft["index"] else None,
        source=draft.get("source", ""),
        directive_id=draft.get("directive"),
        point=draft.get("point", ""),
        person_id=person.id,
        unit_id=unit.id if unit else None,
        wait=wait,
        given_by=ctx.me.id,
        given_at=ctx.now,
    )
    return texts.waits(ctx.say, await ctx.uow.decisions.wait(new), person, unit)
