"""What a person can say here, and leaving an open question."""

from domain.messages import Outgoing
from domain.permissions import Action, may_ever
from domain.refusals import Because, Refusal
from handlers.context import Context
from handlers.intents import Intent
from locales.texts import help as texts
from locales.texts import people as people_texts

NEEDS: dict[str, Action] = {
    "viec": Action.SEE,
    "homnay": Action.SEE,
    "nhan": Action.ACCEPT,
    "tiendo": Action.REPORT,
    "xong": Action.CLAIM,
    "xacnhan": Action.CONFIRM,
    "tralai": Action.RETURN,
    "giao": Action.ASSIGN,
    "donvi": Action.SEE_UNIT,
    "toi": Action.SELF,
    "lienket": Action.SELF,
    "ngatketnoi": Action.SELF,
    "huy": Action.SELF,
    "trogiup": Action.SELF,
}
"""What each command needs, in the order in which the help lists them."""


async def overview(ctx: Context, said: Intent) -> Outgoing:
    """The commands that I may use."""
    return texts.overview(ctx.say, [name for name, action in NEEDS.items() if may_ever(ctx.me, action)])


async def cancel(ctx: Context, said: Intent) -> Outgoing:
    """Leave the open question."""
    if ctx.dialog is None:
        raise Refusal(Because.NOTHING_TO_CANCEL)
    await ctx.answered()
    return people_texts.cancelled(ctx.say)
