"""The sender of one channel: letters from the outbox and answers handed to it, one at a time, each settled in turn.

One at a time, because a letter that is under way when the process is killed is sent once more: so no kill ever
repeats more than one. Whoever answers an event may hand the answer over directly when the sender is idle.
"""

import asyncio
import time
from collections.abc import Callable
from datetime import datetime

import structlog

from domain.channel import Channel, DeliveryError, OutOfOrder, Unavailable
from domain.clock import Clock
from domain.messages import Letter
from locales.speech import Speech
from scheduler.delivery import Delivery, FileUrl, nowhere
from scheduler.departures import SHORTEST, Departures
from scheduler.letters import leave_for_another
from scheduler.quota import NothingLeft
from scheduler.shift import Shift, Tally, recall
from scheduler.undelivered import settle
from scheduler.updates import write_down
from storage.unit_of_work import Store, UnitOfWork

log = structlog.get_logger()

ORPHANS_EVERY = 60.0
"""Seconds between two looks for letters that are written down as under way and are in nobody's hand."""

SOON = 0.02
"""Seconds; for an answer that may leave so soon the sender is held: that is faster than queueing it."""


class Sender:
    """Sends the letters of one channel."""

    def __init__(
        self,
        channel: Channel,
        store: Store,
        clock: Clock,
        speech: Speech,
        *,
        rehearsal: bool = False,
        steady: Callable[[], float] = time.monotonic,
        shift: Shift | None = None,
        tally: Tally | None = None,
        file_url: FileUrl = nowhere,
    ) -> None:
        """With a `shift`, other processes may send on the channel as soon as this one does not hold it any more."""
        self.channel = channel
        self._store = store
        self._clock = clock
        self._speech = speech
        self._steady = steady
        self._shift = shift
        self._look_every = shift.look_every if shift else ORPHANS_EVERY
        self.tally = tally or Tally()
        self._delivery = Delivery(store, clock, speech, rehearsal=rehearsal, file_url=file_url)
        self._departures = Departures(channel, steady)
        self._wake = asyncio.Event()
        self._taken = False
        self._missed = False
        self._handed: Letter | None = None
        self._unsettled: tuple[Letter, str | Exception] | None = None
        self._stopping = False
        self._look_at = steady() + ORPHANS_EVERY

    @property
    def last_sent_at(self) -> datetime | None:
        return self.tally.last_sent_at

    # -- for whoever writes an answer ------------------------------------------------------------------------------

    def reserve(self, address: str, now: datetime) -> bool:
        """Take the idle sender for one answer; False when the answer has to queue."""
        # what was posted and not looked at yet may be an earlier answer to the same chat: it goes first
        busy = self._taken or self._stopping or self._wake.is_set()
        if busy or self._departures.answer_in(address, now) > SOON:
            return False
        self._taken = True
        return True

    def release(self) -> None:
        """The answer was not written after all."""
        self._taken = False
        if self._missed:
            self._wake.set()

    async def hand_over(self, letter: Letter) -> None:
        """The answer has been committed: send it, before anything else is done."""
        following: Letter | float | None = 0.0
        try:
            await asyncio.sleep(min(self._departures.answer_in(letter.address, self._clock.now()), SOON))
            following = await self._deliver(letter)
        except Exception:
            # that it was sent could not be written down: the loop tries again
            log.exception("sender_failed", channel=self.channel.name)
        if following is not None or self._missed:
            self._handed = following if isinstance(following, Letter) else None
            self._wake.set()

    def wake(self) -> None:
        """There may be something to send."""
        self._wake.set()

    # -- the loop ----------------------------------------------------------------------------------------------------

    async def recover(self) -> None:
        """What is written down as under way, and is in nobody's hand, is sent again: after a start most of all."""
        async with self._store.write() as uow:
            again = await uow.outbox.recover(self.channel.name)
            self._departures.pauses.load(await uow.outbox.pauses(self.channel.name, self._clock.now()))
        if again:
            log.info("letters_recovered", channel=self.channel.name, letters=again)

    async def take_over(self) -> None:
        """Begin where another process, or an earlier life, has left off: its letters, and what it sent just now."""
        await self.recover()
        await recall(self._departures.pacing, self.channel, self._store, self._clock.now(), self._steady())

    async def run(self) -> None:
        """Send until stopped; the letter in hand is finished."""
        while not self._stopping or self._handed is not None:
            try:
                wait = await self.step()
            except Exception:
                # the loop must live: the database may be locked or full just now
                log.exception("sender_failed", channel=self.channel.name)
                wait = 1.0
            if self._stopping:
                continue
            look_in = self._look_every if wait is None else min(wait, self._look_every)
            try:
                await asyncio.wait_for(self._wake.wait(), look_in)
            except TimeoutError:
                continue
        if self._unsettled is not None:
            await self._settle_at_last(self._unsettled[0])

    async def _settle_at_last(self, letter: Letter) -> None:
        """Once more, for a letter whose outcome could not be written down; then it is repeated after the next start."""
        try:
            await self.step()
        except Exception:
            log.exception("outcome_not_written_down", channel=self.channel.name, letter=letter.id)

    def stop(self) -> None:
        self._stopping = True
        self._wake.set()

    async def step(self) -> float | None:
        """Send one letter if one may leave. Gives the seconds to wait for the next, None to wait until woken."""
        self._wake.clear()
        self._missed = False
        following: Letter | float | None
        if self._unsettled is not None:
            # the outcome is known but could not be written down: nothing else leaves before it is
            unsettled, self._unsettled = self._unsettled, None
            following = await self._settle(*unsettled)
        else:
            letter, self._handed = self._handed, None
            if letter is None and self._taken:
                # whoever holds the sender wakes the loop when done
                self._missed = True
                return None
            following = letter or await self._take()
        while isinstance(following, Letter):
            following = await self._deliver(following)
        return following

    async def _take(self) -> Letter | float | None:
        """The next letter, or how long to wait for it."""
        following: Letter | float | None = None
        self._taken = True
        try:
            await self._look_for_orphans()
            following = await self._claim()
        finally:
            self._taken = isinstance(following, Letter)
        return following

    async def _look_for_orphans(self) -> None:
        """A commit may have succeeded although it was answered with an error: then its letter is in nobody's hand."""
        if self._stopping or self._steady() < self._look_at:
            return
        self._look_at = self._steady() + ORPHANS_EVERY
        await self.recover()

    async def _claim(self) -> Letter | float | None:
        now = self._clock.now()
        async with self._store.read() as uow:
            found = await self._next(uow, now)
        if not isinstance(found, Letter):
            return found
        async with self._store.write() as uow:
            return await self._claim_in(uow, now)

    async def _claim_in(self, uow: UnitOfWork, now: datetime) -> Letter | float | None:
        found = await self._next(uow, now)
        if not isinstance(found, Letter):
            return found
        held = self._shift.held if self._shift else None
        if taken := await uow.outbox.take(found, now, held):
            return taken
        if held and not await uow.duties.holds(held):
            log.warning("duty_taken_by_another_process", duty=held.duty)
            self.stop()
            return None
        # where somebody else has just taken it, there may be others
        return SHORTEST

    async def _next(self, uow: UnitOfWork, now: datetime) -> Letter | float | None:
        return None if self._stopping else await self._departures.next(uow, now)

    async def _deliver(self, letter: Letter) -> Letter | float | None:
        """Send a letter and settle it; gives the next one, claimed in the same transaction, or how long to wait."""
        outcome: str | Exception
        try:
            outcome = await self._delivery.send(self.channel, letter)
        except DeliveryError as error:
            outcome = error
        except Exception as error:
            log.exception("send_failed", channel=self.channel.name, letter=letter.id)
            outcome = error
        # the vendor counts a message when it arrives, which was before it answered
        self._departures.pacing.note(letter.address, self._steady())
        if isinstance(outcome, str):
            self._departures.outage.sent(letter.id)
            self.tally.note_sent(self._clock.now())
        following = await self._settle(letter, outcome)
        if self._shift and self._shift.on_sent and isinstance(outcome, str):
            self._shift.on_sent(letter.address)
        return following

    async def _settle(self, letter: Letter, outcome: str | Exception) -> Letter | float | None:
        """Write down what became of a letter; gives the next one, claimed at the same time, or how long to wait."""
        now = self._clock.now()
        try:
            async with self._store.write() as uow:
                if isinstance(outcome, str):
                    await write_down(uow, letter, outcome, now)
                else:
                    await self._settle_failure(uow, letter, outcome, now)
                following = await self._claim_in(uow, now)
        except Exception:
            self._unsettled = letter, outcome
            raise
        self._taken = isinstance(following, Letter)
        return following

    async def _settle_failure(self, uow: UnitOfWork, letter: Letter, error: Exception, now: datetime) -> None:
        name, what = self.channel.name, f"{type(error).__name__}: {error}"
        self.tally.note_failure(error)
        if not isinstance(error, Unavailable):
            self._departures.outage.forget(letter.id)
        silence = await settle(uow, name, letter, error, what, now, self._speech)
        if silence is not None:
            self._departures.pauses.add(silence.address, silence.until, now)
        elif isinstance(error, OutOfOrder) and await leave_for_another(uow, letter, now):
            self._departures.outage.forget(letter.id)
        elif isinstance(error, Unavailable):
            channels_rest, letters_rest = self._departures.outage.failed(letter.id)
            self._departures.rest_until = self._steady() + channels_rest.total_seconds()
            await uow.outbox.put_back(letter.id, now + letters_rest, what, counted=False)
        # that a month is used up was said to the Office, and is no fault
        tell = log.info if isinstance(error, NothingLeft) else log.warning
        tell("letter_not_delivered", channel=name, letter=letter.id, error=what)
