"""What a sender does to a letter on its way: its marks, and another way where the first one is closed."""

from dataclasses import replace

from domain.messages import Letter, Outgoing
from domain.people import best_account
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


async def send_elsewhere(uow: UnitOfWork, letter: Letter, error: str) -> None:
    """To the person's next account; where there is none, the letter has failed."""
    account = best_account(await uow.people.accounts(letter.person_id)) if letter.person_id else None
    if account is None:
        await uow.outbox.fail(letter.id, error)
    else:
        await uow.outbox.redirect(letter.id, account.channel, account.address)
