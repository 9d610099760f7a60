"""A plain "agreed" or "let us talk": a leader means the one difficulty that waits for that word.

Of whoever decides about extensions it is asked which one is meant.
"""

from domain.extensions import may_grant
from domain.messages import Outgoing
from domain.permissions import Action, may_at_present
from handlers import difficulties
from handlers.context import Context
from handlers.difficulty_answers import AGREE, DISCUSS, leads
from handlers.understanding.intents import STEPS_OF, Intent, bare_step
from locales.texts import digests as digest_texts
from locales.texts import five_lines as texts
from scheduler.escalation import undecided

MOST_OFFERED = 5


async def plain_word(ctx: Context, text: str) -> Outgoing | None:
    """What becomes of it; None where it is no such word, or nothing waits for it."""
    step = bare_step(text, ctx.desk.vocabulary)
    word = await _leaders_word(ctx, step) if step in (AGREE, DISCUSS) and leads(ctx.me) else None
    return word or (await _which_extension(ctx) if step == AGREE else None)


async def _leaders_word(ctx: Context, step: str) -> Outgoing | None:
    mine = [ctx.me.id, *(away.id for away in ctx.agency.stands_in_for(ctx.me.id))]
    waiting, total = await ctx.uow.difficulties.waiting(MOST_OFFERED, leader_ids=mine)
    if not waiting:
        return None
    if total > 1:
        return texts.which_one(ctx.say, waiting)
    return await difficulties.difficulty(ctx, Intent(STEPS_OF, waiting[0].number, step=step))


async def _which_extension(ctx: Context) -> Outgoing | None:
    """Agreed with what? A deadline is not moved by a word that may have been meant for something else."""
    if not may_at_present(ctx.me, Action.GRANT, ctx.agency):
        return None
    mine = {ctx.me, *ctx.agency.stands_in_for(ctx.me.id)}
    asked = [one for one, deciding in await undecided(ctx.uow, ctx.agency) if mine & set(deciding)]
    asked = [one for one in asked if may_grant(ctx.me, one, ctx.agency)]
    if not asked:
        return None
    return Outgoing(
        "\n".join(digest_texts.undecided(ctx.say, asked, ctx.agency)), digest_texts.decide_buttons(ctx.say, asked)
    )
