"""A leader's plain "agreed" or "let us talk": where exactly one difficulty waits for that word, it is meant."""

from domain.messages import Outgoing
from handlers import difficulties
from handlers.context import Context
from handlers.difficulty_answers import AGREE, DISCUSS, leads
from handlers.intents import STEPS_OF, Intent, bare_step
from locales.texts import five_lines as texts

MOST_OFFERED = 5


async def leaders_word(ctx: Context, text: str) -> Outgoing | None:
    """What becomes of it; None where it is no such word, or nothing waits for it."""
    step = bare_step(text, ctx.desk.vocabulary) if leads(ctx.me) else None
    if step not in (AGREE, DISCUSS):
        return None
    waiting, total = await ctx.uow.difficulties.waiting(MOST_OFFERED, leader_id=ctx.me.id)
    if not waiting:
        return None
    if total > 1:
        return texts.which_one(ctx.say, waiting)
    return await difficulties.difficulty(ctx, Intent(STEPS_OF, waiting[0].number, step=step))
