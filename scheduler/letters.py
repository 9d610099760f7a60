"""What a sender does to a letter on its way: its marks, and another way where the first one is closed."""

from dataclasses import replace
from datetime import date, datetime

from domain.messages import Letter, Outgoing, Priority
from domain.people import Account
from domain.ways import TRY_AGAIN_AFTER, Share
from locales.speech import Speech
from locales.texts import mail
from storage.unit_of_work import UnitOfWork
from storage.ways import WAITS_FOR_QUOTA


def dressed(letter: Letter, speech: Speech, *, rehearsal: bool) -> Outgoing:
    """What leaves: marked where it may be a second copy, and where it is but a rehearsal."""
    outgoing = letter.outgoing
    if letter.repeated:
        outgoing = replace(outgoing, text=mail.repeated(speech, outgoing.text))
    if rehearsal:
        outgoing = replace(outgoing, text=mail.rehearsal(speech, outgoing.text))
    return outgoing


async def send_elsewhere(uow: UnitOfWork, letter: Letter, error: str, now: datetime, day: date) -> None:
    """To the person's next account, else to whom they stand in for on a day; where there is none, it has failed."""
    account = await another_way(uow, letter, now)
    if account is None and letter.person_id:
        account = await _of_who_is_away(uow, letter.id, letter.person_id, now, day)
    if account is None:
        await uow.outbox.fail(letter.id, error)
    else:
        await uow.outbox.redirect(letter.id, account.channel, account.address)


async def wait_or_go(uow: UnitOfWork, letter: Letter, error: str, now: datetime, *, spent: bool) -> None:
    """Nothing is left of the month for this letter: another way, else it waits. Nobody waits for an answer so long.

    Where the vendor says it is `spent`, and we counted less, it is tried again sooner.
    """
    if account := await another_way(uow, letter, now):
        await uow.outbox.redirect(letter.id, account.channel, account.address)
    elif letter.priority is Priority.ANSWER:
        await uow.outbox.fail(letter.id, error)
    else:
        until = uow.ways.whole_again(now)
        until = min(until, now + TRY_AGAIN_AFTER) if spent else until
        await uow.outbox.put_back(letter.id, until, WAITS_FOR_QUOTA, counted=False)


async def leave_for_another(uow: UnitOfWork, letter: Letter, now: datetime) -> bool:
    """To another account of the person that can carry it at once; False where there is none."""
    account = await another_way(uow, letter, now)
    if account is not None:
        await uow.outbox.redirect(letter.id, account.channel, account.address)
    return account is not None


def share_of(letter: Letter, *, only_way: bool = False) -> Share:
    """How much of a month's quota may be used for a letter; more, where its person has no other way."""
    if only_way and (letter.may_use_reserve or letter.priority is Priority.REMINDER):
        return Share.LAST
    return Share.KEPT if letter.may_use_reserve else Share.ANY


async def another_way(uow: UnitOfWork, letter: Letter, now: datetime) -> Account | None:
    person_id = letter.person_id
    if person_id is None and (mine := await uow.people.account_at(letter.channel, letter.address)):
        person_id = mine.person_id
    if person_id is None:
        return None
    return await uow.ways.other(person_id, letter.channel, letter.address, now, share_of(letter))


async def _of_who_is_away(
    uow: UnitOfWork, letter_id: int, stand_in_id: int, now: datetime, day: date
) -> Account | None:
    """Nothing reaches the stand-in: what concerns the tasks of others goes to whoever is away after all."""
    away = (await uow.agency()).on(day).stands_in_for(stand_in_id)
    if not away:
        return None
    tasks = [await uow.tasks.get(number) for number in await uow.reminded.tasks_of(letter_id)]
    whose = {one.assignee_id for one in tasks if one is not None} - {stand_in_id}
    if not whose:
        return None
    # a task of who is away, else one that they confirm
    theirs = [person for person in away if person.id in whose] or away
    ways = await uow.ways.to_all([person.id for person in theirs], now)
    return next(iter(ways.values()), None)
