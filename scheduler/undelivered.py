"""What becomes of a letter that did not arrive, or may not have: another way, another time, or none."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.channel import Busy, Moved, Rejected, Spent, Unavailable, Unknown, Unreachable
from domain.messages import Letter
from domain.retry import MOST_TRIES, rest
from locales.speech import Speech
from locales.texts import mail
from scheduler.letters import send_elsewhere, wait_or_go
from scheduler.pauses import CHANNEL
from scheduler.quota import NothingLeft, Shut
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Silence:
    """The vendor asks for silence, on the whole channel (an empty address) or in one chat, until an instant."""

    address: str
    until: datetime


async def settle(
    uow: UnitOfWork, channel: str, letter: Letter, error: Exception, what: str, now: datetime, speech: Speech
) -> Silence | None:
    """Write down what is to become of a letter; what an outage asks for is the sender's own."""
    match error:
        case Unavailable():
            return None
        case Busy():
            silence = Silence(CHANNEL if error.whole_channel else letter.address, now + timedelta(seconds=error.after))
            await uow.outbox.pause(channel, silence.address, now, silence.until)
            await uow.outbox.put_back(letter.id, now, what, counted=False)
            return silence
        case Unreachable() | Shut():
            await uow.people.unreachable(channel, letter.address, now)
            await send_elsewhere(uow, letter, what, now, now.astimezone(speech.zone).date())
        case NothingLeft():
            await wait_or_go(uow, letter, what, now, spent=False)
        case Spent():
            await uow.ways.exhausted(channel, now)
            await wait_or_go(uow, letter, what, now, spent=True)
        case Moved():
            await uow.people.moved(channel, letter.address, error.new_address)
            await uow.outbox.redirect(letter.id, channel, error.new_address)
        case Unknown() if letter.repeated:
            await uow.outbox.fail(letter.id, what)
        case Unknown():
            await uow.outbox.put_back(letter.id, now + rest(1), what, repeated=True)
        case Rejected() if letter.outgoing.files:
            # better the words without the files than nothing
            await uow.outbox.strip(letter.id, mail.without_files(speech, letter.outgoing.text), now, what)
        case Rejected():
            await uow.outbox.fail(letter.id, what)
        case _ if letter.attempts >= MOST_TRIES:
            await uow.outbox.fail(letter.id, what)
        case _:
            await uow.outbox.put_back(letter.id, now + rest(max(letter.attempts, 1)), what)
    return None
