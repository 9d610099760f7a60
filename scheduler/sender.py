"""The sender of one channel: letters from the outbox and answers handed to it, one at a time, each settled in turn.

One at a time, because a letter that is under way when the process is killed is sent once more: so no kill ever
repeats more than one. Whoever answers an event may hand the answer over directly when the sender is idle.
"""

import asyncio
import time
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from domain.channel import Busy, Channel, DeliveryError, Moved, Rejected, Unavailable, Unknown, Unreachable
from domain.clock import Clock
from domain.messages import Letter
from domain.retry import MOST_TRIES, rest
from locales.speech import Speech
from locales.texts import mail
from scheduler.letters import dressed, send_elsewhere
from scheduler.outage import Outage
from scheduler.pacing import Pacing
from scheduler.pauses import CHANNEL, Pauses
from storage.unit_of_work import Store, UnitOfWork

log = structlog.get_logger()

ORPHANS_EVERY = 60.0
"""Seconds between two looks for letters that are written down as under way and are in nobody's hand."""


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
    ) -> None:
        self.channel = channel
        self._store = store
        self._clock = clock
        self._speech = speech
        self._rehearsal = rehearsal
        self._steady = steady
        self._pacing = Pacing(channel.limits, channel.is_group)
        self._wake = asyncio.Event()
        self._taken = False
        self._missed = False
        self._handed: Letter | None = None
        self._unsettled: tuple[Letter, str | Exception] | None = None
        self._stopping = False
        self._outage = Outage()
        self._rest_until = 0.0
        self._look_at = steady() + ORPHANS_EVERY
        self._pauses = Pauses()
        self.last_sent_at: datetime | None = None

    # -- for whoever writes an answer ------------------------------------------------------------------------------

    def reserve(self, address: str, now: datetime) -> bool:
        """Take the idle sender for one answer; False when the answer has to queue."""
        at = self._steady()
        # what was posted and not looked at yet may be an earlier answer to the same chat: it goes first
        busy = self._taken or self._stopping or self._wake.is_set()
        if busy or self._pauses.silent(address, now) or at < self._rest_until or not self._pacing.is_free(address, at):
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
            self._pauses.load(await uow.outbox.pauses(self.channel.name, self._clock.now()))
        if again:
            log.info("letters_recovered", channel=self.channel.name, letters=again)

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
            try:
                await asyncio.wait_for(self._wake.wait(), ORPHANS_EVERY if wait is None else wait)
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
            wait = await self._seconds_to_wait(uow)
        if wait is None or not self._may_claim():
            return wait
        async with self._store.write() as uow:
            return await self._claim_in(uow, now)

    def _may_claim(self) -> bool:
        at = self._steady()
        return not self._stopping and at >= self._rest_until and self._pacing.free_at(at) <= at

    async def _claim_in(self, uow: UnitOfWork, now: datetime) -> Letter | float | None:
        letter = None
        if self._may_claim():
            resting = self._pacing.resting(self._steady())
            passed_over = self._outage.passed_over
            letter = await uow.outbox.claim(self.channel.name, now, resting, passed_over)
            if letter is None and passed_over:
                letter = await uow.outbox.claim(self.channel.name, now, resting)
        return letter or await self._seconds_to_wait(uow)

    async def _seconds_to_wait(self, uow: UnitOfWork) -> float | None:
        """Until something may leave; None when nothing waits."""
        at, now = self._steady(), self._clock.now()
        earliest = await uow.outbox.next_at(self.channel.name, now)
        if earliest is None:
            return None
        self._pauses.load(await uow.outbox.pauses(self.channel.name, now))
        waits = [(earliest - now).total_seconds(), self._rest_until - at, self._pacing.free_at(at) - at]
        if self._pauses.channel_until:
            waits.append((self._pauses.channel_until - now).total_seconds())
        wait = max(waits)
        if wait <= 0:
            # what waits is for chats that must rest: the first of them is free in a moment
            wait = min((when - at for when in self._pacing.resting(at).values()), default=1.0)
        return min(max(wait, 0.002), 60.0)

    async def _deliver(self, letter: Letter) -> Letter | float | None:
        """Send a letter and settle it; gives the next one, claimed in the same transaction, or how long to wait."""
        self._pacing.note(letter.address, self._steady())
        try:
            ref = await self.channel.send(letter.address, dressed(letter, self._speech, rehearsal=self._rehearsal))
        except DeliveryError as error:
            return await self._settle(letter, error)
        except Exception as error:
            log.exception("send_failed", channel=self.channel.name, letter=letter.id)
            return await self._settle(letter, error)
        self._outage.sent(letter.id)
        self.last_sent_at = self._clock.now()
        return await self._settle(letter, ref.ref)

    async def _settle(self, letter: Letter, outcome: str | Exception) -> Letter | float | None:
        """Write down what became of a letter; gives the next one, claimed at the same time, or how long to wait."""
        now = self._clock.now()
        try:
            async with self._store.write() as uow:
                if isinstance(outcome, str):
                    await uow.outbox.sent(letter.id, outcome, now)
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
        if not isinstance(error, Unavailable):
            self._outage.forget(letter.id)
        match error:
            case Unreachable():
                await uow.people.unreachable(name, letter.address, now)
                await send_elsewhere(uow, letter, what)
            case Moved():
                await uow.people.moved(name, letter.address, error.new_address)
                await uow.outbox.redirect(letter.id, name, error.new_address)
            case Busy():
                until = now + timedelta(seconds=error.after)
                silent = CHANNEL if error.whole_channel else letter.address
                await uow.outbox.pause(name, silent, now, until)
                await uow.outbox.put_back(letter.id, now, what, counted=False)
                self._pauses.add(silent, until, now)
            case Unknown() if letter.repeated:
                await uow.outbox.fail(letter.id, what)
            case Unknown():
                await uow.outbox.put_back(letter.id, now + rest(1), what, repeated=True)
            case Unavailable():
                channels_rest, letters_rest = self._outage.failed(letter.id)
                self._rest_until = self._steady() + channels_rest.total_seconds()
                await uow.outbox.put_back(letter.id, now + letters_rest, what, counted=False)
            case Rejected() if letter.outgoing.files:
                # better the words without the files than nothing
                await uow.outbox.strip(letter.id, mail.without_files(self._speech, letter.outgoing.text), now, what)
            case Rejected():
                await uow.outbox.fail(letter.id, what)
            case _ if letter.attempts >= MOST_TRIES:
                await uow.outbox.fail(letter.id, what)
            case _:
                await uow.outbox.put_back(letter.id, now + rest(max(letter.attempts, 1)), what)
        log.warning("letter_not_delivered", channel=name, letter=letter.id, error=what)


class Senders:
    """The senders of all channels, by name."""

    def __init__(self, senders: dict[str, Sender]) -> None:
        self.by_channel = senders

    def wake(self, channels: set[str]) -> None:
        for name in channels:
            if name in self.by_channel:
                self.by_channel[name].wake()

    def get(self, channel: str) -> Sender | None:
        return self.by_channel.get(channel)
