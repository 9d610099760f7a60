"""The reception: keeps what comes in before its vendor is told, then has it handled, each chat in its own order."""

import asyncio
from collections import deque
from collections.abc import Mapping
from datetime import timedelta

import structlog

from domain.channel import Channel
from domain.clock import Clock
from domain.messages import Event, Incoming
from domain.retry import handle_again
from domain.secrecy import cleared
from handlers.dispatch import Dispatcher, NotItsTurn
from handlers.intake import Intake
from storage.files import FileStore
from storage.unit_of_work import Store

log = structlog.get_logger()

LEASE = timedelta(seconds=6)
"""How long an event belongs to the process that took it, and has not said since that it is still at it."""

RENEWALS = 3
"""How often a lease is renewed in its time."""

SOONEST, LATEST = 0.02, 1.0
"""Seconds until a chat is looked at again whose older event is in another process's hand."""

AT_ONCE = 200

TOGETHER = 8
"""So many events are handled at the same time: more would only wait for the database, each with a connection."""


Address = tuple[str, str]
"""A channel, and an address in it."""


def _address(event: Event) -> Address:
    return event.incoming.channel, event.incoming.address


class Reception:
    """Takes events from all channels."""

    def __init__(
        self,
        store: Store,
        files: FileStore,
        dispatcher: Dispatcher,
        channels: Mapping[str, Channel],
        clock: Clock,
        *,
        shared: bool = False,
    ) -> None:
        """`shared` where other processes handle events of the same inbox."""
        self._store = store
        self._dispatcher = dispatcher
        self._intake = Intake(store, files, channels)
        self._clock = clock
        self._shared = shared
        self._behind = asyncio.Event()
        """Set where a chat waits for an event that another process has in hand."""
        self._room = asyncio.Semaphore(TOGETHER)
        self.handled = 0
        self._lanes: dict[Address, deque[Event]] = {}
        self._at_work: set[int] = set()
        self._held: set[Address] = set()
        """The chats with an event that waits in the inbox: later ones wait there too, so that none overtakes it."""
        self._skipped: set[Address] = set()
        """Those of them that something new has come to since the last sweep."""
        self._tasks: asyncio.TaskGroup | None = None
        self._stopping = False
        self.idle = asyncio.Event()
        """Set while nothing is being handled."""
        self.idle.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Handle events until stopped; those being handled are finished."""
        async with asyncio.TaskGroup() as tasks:
            self._tasks = tasks
            for key, lane in self._lanes.items():
                tasks.create_task(self._work_off(key, lane))
            among_others = [self._keep_leases(), self._look_again()] if self._shared else []
            helpers = [tasks.create_task(one) for one in among_others]
            await stop.wait()
            # what is queued stays pending in the inbox, and is taken up at the next start, or by another process
            self._stopping = True
            for helper in helpers:
                helper.cancel()
        self._tasks = None
        if self._shared and self._at_work:
            async with self._store.write() as uow:
                await uow.inbox.let_go(list(self._at_work))

    async def _keep_leases(self) -> None:
        """As long as this process lives, nobody takes from it what it has in hand."""
        while True:
            await asyncio.sleep(LEASE.total_seconds() / RENEWALS)
            try:
                if self._at_work:
                    async with self._store.write() as uow:
                        await uow.inbox.renew(list(self._at_work), self._clock.now() + LEASE)
            except Exception:
                # then another process takes them up, and whoever is first has handled them
                log.exception("leases_not_renewed")

    async def _look_again(self) -> None:
        """Take up soon, not only with the next sweep, what waits for a moment."""
        pause = SOONEST
        while True:
            await self._behind.wait()
            await asyncio.sleep(pause)
            self._behind.clear()
            try:
                await self.sweep()
            except Exception:
                log.exception("sweep_failed")
            pause = min(2 * pause, LATEST) if self._held else SOONEST
            if self._held:
                self._behind.set()

    async def receive(self, incoming: list[Incoming]) -> None:
        """Keep events; when this returns they are safe, and their vendor may be told."""
        now = self._clock.now()
        async with self._store.write() as uow:
            events = await uow.inbox.keep([cleared(one) for one in incoming], now, now + LEASE)
        behind = [event for event in events if _address(event) in self._held]
        self._skipped.update(_address(event) for event in behind)
        self._queue([event for event in events if event not in behind])
        if behind:
            async with self._store.write() as uow:
                await uow.inbox.let_go([event.id for event in behind])
            self._behind.set()

    async def sweep(self, *, all_leases: bool = False) -> None:
        """Take up all events that wait: to be handled again, or left by a process that died."""
        last: int | None = 0
        while last is not None:
            last = await self._sweep_some(last, all_leases)

    async def _sweep_some(self, after: int, all_leases: bool) -> int | None:
        """Take up some; gives the last one looked at, None where there are no more."""
        now = self._clock.now()
        async with self._store.read() as uow:
            waiting = await uow.inbox.waiting(now, AT_ONCE, all_leases=all_leases, after=after)
        fresh = [event for event in waiting if event.id not in self._at_work]
        if fresh or self._held or all_leases:
            self._skipped.clear()
            async with self._store.write() as uow:
                taken = await uow.inbox.take(fresh, now, now + LEASE, all_leases=all_leases)
                pending = await uow.inbox.pending()
            self._queue([event for event in fresh if event.id in taken])
            left = {(channel, address) for number, channel, address in pending if number not in self._at_work}
            self._held = left | self._skipped
        return waiting[-1].id if len(waiting) == AT_ONCE else None

    def _queue(self, events: list[Event]) -> None:
        for event in events:
            if event.id in self._at_work:
                continue
            key = _address(event)
            self._at_work.add(event.id)
            self.idle.clear()
            lane = self._lanes.setdefault(key, deque())
            lane.append(event)
            if len(lane) == 1 and self._tasks is not None:
                self._tasks.create_task(self._work_off(key, lane))

    async def _work_off(self, key: Address, lane: deque[Event]) -> None:
        """Handle the events of one chat, in order."""
        while lane and not self._stopping:
            event = lane[0]
            try:
                await self._handle(event)
                self.handled += 1
            except NotItsTurn:
                await self._wait_for_turn(event, lane)
            except Exception as error:
                await self._failed(event, error, lane)
            finally:
                self._at_work.discard(event.id)
                lane.popleft()
        self._lanes.pop(key, None)
        if not self._lanes:
            self.idle.set()

    async def _handle(self, event: Event) -> None:
        event = await self._intake.take_in(event)
        lost = len(event.incoming.files) - len(event.files)
        async with self._room:
            await self._dispatcher.handle(event, self._clock.now(), lost)

    def _hold(self, lane: deque[Event]) -> list[int]:
        """The first event of a chat has to wait: those behind it wait in the inbox. Gives their ids."""
        self._held.add(_address(lane[0]))
        followers = []
        while len(lane) > 1:
            followers.append(lane.pop().id)
        self._at_work.difference_update(followers)
        return followers

    async def _wait_for_turn(self, event: Event, lane: deque[Event]) -> None:
        """Put back what another process must go before with."""
        waiting = [event.id, *self._hold(lane)]
        self._behind.set()
        try:
            async with self._store.write() as uow:
                await uow.inbox.let_go(waiting)
        except Exception:
            log.exception("event_left_pending", event_id=event.id)

    async def _failed(self, event: Event, error: Exception, lane: deque[Event]) -> None:
        """It could not be handled: later, or never."""
        log.error("event_failed", event_id=event.id, attempts=event.attempts + 1, exc_info=error)
        now = self._clock.now()
        later = handle_again(event.attempts + 1, now)
        try:
            if later is None:
                await self._dispatcher.give_up(event, now, f"{type(error).__name__}: {error}")
                return
            followers = self._hold(lane)
            async with self._store.write() as uow:
                await uow.inbox.again(event.id, later, f"{type(error).__name__}: {error}")
                await uow.inbox.let_go(followers)
        except Exception:
            self._hold(lane)
            # the database itself is the trouble: the event stays pending, and is taken up when its lease has ended
            log.exception("event_left_pending", event_id=event.id)
