"""Which letter of a channel leaves next, and when: the vendor's limits, its silences, its outages."""

from collections.abc import Callable
from datetime import datetime

from domain.channel import Channel
from domain.messages import Letter
from scheduler.outage import Outage
from scheduler.pacing import Pacing
from scheduler.pauses import CHANNEL, Pauses
from storage.unit_of_work import UnitOfWork

SHORTEST, LONGEST = 0.002, 60.0
"""Seconds to sleep: so long that it is a sleep, and never so long that a clock set anew goes unseen."""


class Departures:
    """What a sender asks before it takes a letter, and tells after it has sent one."""

    def __init__(self, channel: Channel, steady: Callable[[], float]) -> None:
        self.pacing = Pacing(channel.limits, channel.is_group)
        self.pauses = Pauses()
        self.outage = Outage()
        self.rest_until = 0.0
        """On the steady clock: until when a vendor that could not be reached is left alone."""
        self._channel = channel.name
        self._steady = steady

    def answer_in(self, address: str, now: datetime) -> float:
        """The seconds until an answer to an address may leave; infinite where nobody knows."""
        at = self._steady()
        if self.pauses.silent(address, now) or at < self.rest_until:
            return float("inf")
        return self.pacing.answer_at(address, at) - at

    async def next(self, uow: UnitOfWork, now: datetime) -> Letter | float | None:
        """The letter that may leave now, or the seconds until one may; None when nothing waits."""
        if self.pauses.silent(CHANNEL, now):
            return await self._seconds_to_wait(uow, now)
        at = self._steady()
        resting, passed_over = self.pacing.resting(at), self.outage.passed_over
        found = await uow.outbox.next(self._channel, now, resting, passed_over)
        if found is None and passed_over:
            found = await uow.outbox.next(self._channel, now, resting)
        if found is None:
            return await self._seconds_to_wait(uow, now)
        # one that is more urgent would have been found in its place
        free = max(self.rest_until, self.pacing.free_at(at, found.priority))
        return found if free <= at else _bounded(free - at)

    async def _seconds_to_wait(self, uow: UnitOfWork, now: datetime) -> float | None:
        """Until something may leave, where that is nothing now."""
        # what waits in a channel that is silent need not be looked through
        silent = self.pauses.silent(CHANNEL, now)
        earliest = now if silent else await uow.outbox.next_at(self._channel, now)
        if earliest is None:
            return None
        at = self._steady()
        self.pauses.load(await uow.outbox.pauses(self._channel, now))
        waits = [(earliest - now).total_seconds(), self.rest_until - at]
        if self.pauses.channel_until:
            waits.append((self.pauses.channel_until - now).total_seconds())
        wait = max(waits)
        if wait <= 0:
            # what waits is for chats that must rest: the first of them is free in a moment
            wait = min((when - at for when in self.pacing.resting(at).values()), default=1.0)
        return _bounded(wait)


def _bounded(wait: float) -> float:
    return min(max(wait, SHORTEST), LONGEST)
