"""What a person can say here, and leaving an open question."""

from domain.messages import Outgoing
from domain.permissions import may_at_present
from domain.refusals import Because, Refusal
from handlers.commands import NEEDS
from handlers.context import Context
from handlers.understanding.intents import Intent
from locales.texts import help as texts
from locales.texts import people as people_texts
from locales.texts import proposals as proposal_texts


async def overview(ctx: Context, said: Intent) -> Outgoing:
    """The commands that I may use."""
    known = [name for name, action in NEEDS.items() if may_at_present(ctx.me, action, ctx.agency)]
    return texts.overview(ctx.say, known)


async def cancel(ctx: Context, said: Intent) -> Outgoing:
    """Leave the open question."""
    if ctx.dialog is None:
        raise Refusal(Because.NOTHING_TO_CANCEL)
    left = await ctx.uow.proposals.document(ctx.payload["document"]) if ctx.payload.get("document") else None
    await ctx.answered()
    return proposal_texts.left_for_later(ctx.say, left) if left else people_texts.cancelled(ctx.say)


async def leave(ctx: Context, _choice: str) -> Outgoing:
    """The button that leaves the question that it belongs to."""
    await ctx.answered()
    return people_texts.cancelled(ctx.say)
