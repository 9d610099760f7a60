"""My chats: enrolling with a code, what is kept of me, linking and unlinking."""

from datetime import datetime

from domain.messages import Outgoing
from domain.people import Account, Person
from domain.refusals import Because, Refusal
from handlers.context import Context, Desk
from handlers.understanding.intents import Intent
from locales.texts import channels as channel_texts
from locales.texts import people as texts
from locales.texts.refusals import refused
from storage.people import LINK_LIFE, LOCK_TIME, WRONG_TRIES, looks_like_code
from storage.unit_of_work import UnitOfWork

MINUTE = 60


def code_in(text: str) -> str | None:
    """The invitation code that a message brings: alone, or after /start."""
    word = text.strip()
    if word.lower().startswith("/start"):
        word = word[len("/start") :].strip()
        return word or None
    return word if looks_like_code(word) else None


async def let_in(uow: UnitOfWork, channel: str, address: str, code: str, now: datetime) -> Person | Refusal:
    """Whom a code is for; uses it up. Wrong ones are counted: so many in a row lock the address for a while.

    A refusal is given, not raised: the count must stay.
    """
    locked = Refusal(Because.LOCKED_OUT, minutes=int(LOCK_TIME.total_seconds() // MINUTE))
    if await uow.people.is_locked(channel, address, now):
        return locked
    person_id = await uow.people.redeem(code, now)
    person = (await uow.agency()).people.get(person_id) if person_id is not None else None
    if person is None:
        tries = await uow.people.wrong_try(channel, address, now)
        return locked if tries >= WRONG_TRIES else Refusal(Because.WRONG_CODE)
    await uow.people.forgive(channel, address)
    return person


async def stranger(uow: UnitOfWork, desk: Desk, channel: str, address: str, text: str, now: datetime) -> Outgoing:
    """Somebody who is not linked: a good code links; anything else gets one polite sentence."""
    code = code_in(text)
    if code is None:
        return texts.stranger(desk.speech, desk.rules.agency)
    if await uow.ways.is_full(channel):
        # the code is not used up: it opens another channel
        others = channel_texts.links(desk.speech, {name: link for name, link in desk.links(code) if name != channel})
        return refused(desk.speech, Refusal(Because.CHANNEL_FULL, most=uow.ways.most_people(channel), others=others))
    person = await let_in(uow, channel, address, code, now)
    if isinstance(person, Refusal):
        return refused(desk.speech, person)
    account = await uow.people.link(person.id, channel, address, now)
    await found(uow, account, now)
    return await welcome(uow, desk, person, now)


async def found(uow: UnitOfWork, account: Account, now: datetime) -> None:
    """Somebody has a chat that works: they are sent there what they have missed, and what waits elsewhere."""
    await uow.recipients.found(account.person_id, now)
    if await uow.ways.take_along(account, now):
        uow.outbox.posted_to.add(account.channel)


async def welcome(uow: UnitOfWork, desk: Desk, person: Person, now: datetime) -> Outgoing:
    total, _ = await uow.tasks.count(person.id, now)
    return texts.welcome(desk.speech, person, await uow.agency(), desk.rules.agency, total)


async def about_me(ctx: Context, said: Intent) -> Outgoing:
    """What is kept of me."""
    accounts = await ctx.uow.people.accounts(ctx.me.id)
    total, _ = await ctx.uow.tasks.count(ctx.me.id, ctx.now)
    return texts.about_me(ctx.say, ctx.me, ctx.agency, accounts, total)


async def prefer(ctx: Context, said: Intent) -> Outgoing:
    """Letters go to another of my chats first."""
    accounts = {account.id: account for account in await ctx.uow.people.accounts(ctx.me.id)}
    if said.number not in accounts:
        raise Refusal(Because.NO_SUCH_ACCOUNT)
    await ctx.uow.people.prefer(ctx.me.id, said.number)
    return texts.preferred(ctx.say, accounts[said.number])


async def link(ctx: Context, said: Intent) -> Outgoing:
    """A one-time code and links, to connect another chat of mine."""
    code = await ctx.uow.people.invite(ctx.me.id, ctx.now, LINK_LIFE)
    minutes = int(LINK_LIFE.total_seconds() // MINUTE)
    return texts.ways_to_link(ctx.say, code, ctx.desk.links(code), minutes)


async def code_again(ctx: Context) -> Outgoing:
    """A code came in a chat that is linked already."""
    return texts.linked_before(ctx.say, ctx.me)


async def unlink(ctx: Context, said: Intent) -> Outgoing:
    """Ask before this chat is disconnected."""
    accounts = await ctx.uow.people.accounts(ctx.me.id)
    return texts.ask_unlink(ctx.say, len(accounts) - 1, await ctx.ask("people.unlink"))


async def unlink_agreed(ctx: Context, yes: bool) -> Outgoing:
    """Disconnect this chat, and erase its address."""
    await ctx.answered()
    if not yes:
        return texts.cancelled(ctx.say)
    ctx.files_kept = True  # whoever leaves is not asked which task a file belongs to
    await ctx.uow.people.unlink(ctx.account.id)
    await ctx.uow.inbox.forget_address(ctx.account.channel, ctx.account.address)
    await ctx.uow.outbox.forget_address(ctx.account.channel, ctx.account.address)
    return texts.unlinked(ctx.say)
