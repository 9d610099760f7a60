"""What may stand in the place of a deadline when a task is given: a wait for a decision, or a rule that comes again."""

from typing import Any

from domain.messages import Outgoing
from domain.people import Person, Unit
from handlers import recurring, waiting
from handlers.context import Context
from handlers.understanding.rules_of_days import read_every
from locales.texts import decisions as decision_texts

Kept = dict[str, Any]


def read(ctx: Context, text: str) -> Kept | None:
    """What a text gives, as it is kept with the question; None where it gives a deadline, or nothing."""
    known = ctx.desk.vocabulary
    if wait := waiting.read_wait(text, known):
        return {"wait": waiting.to_json(wait)}
    if every := read_every(text, known):
        return {"rule": every.rule, "said": every.said}
    return None


def shown(ctx: Context, kept: Kept | None) -> str:
    """In words, where the deadline would stand; empty where there is one."""
    if kept is None:
        return ""
    if wait := waiting.from_json(kept.get("wait")):
        return decision_texts.when(ctx.say, wait.said)
    return recurring.when(ctx, recurring.from_json(kept))


async def keep(ctx: Context, draft: dict[str, Any], kept: Kept, person: Person, unit: Unit | None) -> Outgoing:
    """What is sent where there is no deadline yet."""
    if wait := waiting.from_json(kept.get("wait")):
        return await waiting.keep(ctx, draft, wait, person, unit)
    return await recurring.keep(ctx, draft, recurring.from_json(kept), person, unit)
