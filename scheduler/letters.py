"""What a sender does to a letter on its way: its marks, and another way where the first one is closed."""

from dataclasses import replace
from datetime import date

from domain.messages import Letter, Outgoing
from domain.people import Account, best_account
from locales.speech import Speech
from locales.texts import mail
from storage.unit_of_work import UnitOfWork


def dressed(letter: Letter, speech: Speech, *, rehearsal: bool) -> Outgoing:
    """What leaves: marked where it may be a second copy, and where it is but a rehearsal."""
    outgoing = letter.outgoing
    if letter.repeated:
        outgoing = replace(outgoing, text=mail.repeated(speech, outgoing.text))
    if rehearsal:
        outgoing = replace(outgoing, text=mail.rehearsal(speech, outgoing.text))
    return outgoing


async def send_elsewhere(uow: UnitOfWork, letter: Letter, error: str, day: date) -> None:
    """To the person's next account, else to whom they stand in for on a day; where there is none, it has failed."""
    account = best_account(await uow.people.accounts(letter.person_id)) if letter.person_id else None
    if account is None and letter.person_id:
        account = await _of_who_is_away(uow, letter.id, letter.person_id, day)
    if account is None:
        await uow.outbox.fail(letter.id, error)
    else:
        await uow.outbox.redirect(letter.id, account.channel, account.address)


async def _of_who_is_away(uow: UnitOfWork, letter_id: int, stand_in_id: int, day: date) -> Account | None:
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
    return best_account([account for person in theirs for account in await uow.people.accounts(person.id)])
