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
from handlers.dispatch import Dispatcher
from handlers.intake import Intake
from storage.files import FileStore
from storage.unit_of_work import Store

log = structlog.get_logger()

LEASE = timedelta(minutes=1)
"""How long an event belongs to the process that took it."""

AT_ONCE = 200


Address = tuple[str, str]
"""A channel, and an address in it."""


def _address(event: Event) -> Address:
    return event.incoming.channel, event.incoming.address


class Reception:
    """Takes events from all channels."""

    def __init__(
        self, store: Store, files: FileStore, dispatcher: Dispatcher, channels: Mapping[str, Channel], clock: Clock
    ) -> None:
        self._store = store
        self._dispatcher = dispatcher
        self._intake = Intake(store, files, channels)
        self._clock = clock
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
            await stop.wait()
            # what is queued stays pending in the inbox, and is taken up at the next start
            self._stopping = True
        self._tasks = None

    async def receive(self, incoming: list[Incoming]) -> None:
        """Keep events; when this returns they are safe, and their vendor may be told."""
        now = self._clock.now()
        async with self._store.write() as uow:
            events = await uow.inbox.keep(incoming, now, now + LEASE)
        behind = [event for event in events if _address(event) in self._held]
        self._skipped.update(_address(event) for event in behind)
        self._queue([event for event in events if event not in behind])
        if behind:
            async with self._store.write() as uow:
                await uow.inbox.let_go([event.id for event in behind])

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
                await uow.inbox.take(fresh, now + LEASE)
                pending = await uow.inbox.pending()
            self._queue(fresh)
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
        await self._dispatcher.handle(event, self._clock.now(), lost)

    def _hold(self, lane: deque[Event]) -> list[int]:
        """The first event of a chat has to wait: those behind it wait in the inbox. Gives their ids."""
        self._held.add(_address(lane[0]))
        followers = []
        while len(lane) > 1:
            followers.append(lane.pop().id)
        self._at_work.difference_update(followers)
        return followers

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
