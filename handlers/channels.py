"""The channels: which one my letters take first, and how all of them are (/kenh)."""

from domain.messages import Outgoing
from domain.names import fold
from domain.people import Account
from domain.permissions import Action, may_ever
from domain.refusals import Because, Refusal
from handlers.context import Context
from handlers.understanding.intents import Intent
from locales.texts import channels as texts
from locales.texts import people as people_texts

SHOWN_TEXT = 40


async def channels(ctx: Context, said: Intent) -> Outgoing:
    """My channels, or with a name the one that letters are to take first."""
    accounts = await ctx.uow.people.accounts(ctx.me.id)
    if said.rest.strip():
        return await _prefer(ctx, accounts, said.rest.strip())
    health = await _health(ctx) if may_ever(ctx.me, Action.CHANNELS) else []
    closing = {one.id: at for one in accounts if (at := ctx.uow.ways.closes_at(one))}
    return texts.mine(ctx.say, accounts, closing, health)


async def _prefer(ctx: Context, accounts: list[Account], name: str) -> Outgoing:
    found = [one for one in accounts if _is_called(ctx, one.channel, name)]
    if not found:
        connected = texts.names(ctx.say, [one.channel for one in accounts])
        raise Refusal(Because.NO_SUCH_CHANNEL, text=name[:SHOWN_TEXT], connected=connected)
    one = max(found, key=lambda account: (account.unreachable_since is None, account.last_heard_at))
    await ctx.uow.people.prefer(ctx.me.id, one.id)
    return people_texts.preferred(ctx.say, one)


def _is_called(ctx: Context, channel: str, name: str) -> bool:
    """Whether a typed name means a channel: a word of its name, or how it begins."""
    asked = fold(name)
    known = f"{channel.replace('_', ' ')} {fold(people_texts.channel_name(ctx.say, channel))}"
    return known.startswith(asked) or not set(asked.split()).isdisjoint(known.split())


async def _health(ctx: Context) -> list[str]:
    tokens = ctx.desk.token_expiries()
    today = ctx.rules.today(ctx.now)
    return [
        texts.health(ctx.say, one, one.standing.runs_out_on(today, ctx.calendar), tokens.get(one.channel))
        for one in await ctx.uow.channel_health.all(ctx.now)
    ]
