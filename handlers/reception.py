"""The reception: keeps what comes in before its vendor is told, then has it handled, each chat in its own order."""

import asyncio
from collections import deque
from collections.abc import Mapping
from datetime import timedelta

import structlog

from domain.channel import Channel, DeliveryError, Rejected
from domain.clock import Clock
from domain.messages import Event, Incoming, StoredFile
from domain.retry import MOST_TRIES, handle_again
from handlers.dispatch import Dispatcher
from storage.files import FileStore
from storage.unit_of_work import Store

log = structlog.get_logger()

LEASE = timedelta(minutes=1)
"""How long an event belongs to the process that took it."""

AT_ONCE = 200


class Reception:
    """Takes events from all channels."""

    def __init__(
        self, store: Store, files: FileStore, dispatcher: Dispatcher, channels: Mapping[str, Channel], clock: Clock
    ) -> None:
        self._store = store
        self._files = files
        self._dispatcher = dispatcher
        self._channels = channels
        self._clock = clock
        self._lanes: dict[tuple[str, str], deque[Event]] = {}
        self._at_work: set[int] = set()
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
        self._queue(events)

    async def sweep(self, *, all_leases: bool = False) -> None:
        """Take up events that wait: to be handled again, or left by a process that died."""
        now = self._clock.now()
        async with self._store.read() as uow:
            waiting = await uow.inbox.waiting(now, AT_ONCE, all_leases=all_leases)
        fresh = [event for event in waiting if event.id not in self._at_work]
        if not fresh:
            return
        async with self._store.write() as uow:
            await uow.inbox.take(fresh, now + LEASE)
        self._queue(fresh)

    def _queue(self, events: list[Event]) -> None:
        for event in events:
            key = (event.incoming.channel, event.incoming.address)
            self._at_work.add(event.id)
            self.idle.clear()
            lane = self._lanes.setdefault(key, deque())
            lane.append(event)
            if len(lane) == 1 and self._tasks is not None:
                self._tasks.create_task(self._work_off(key, lane))

    async def _work_off(self, key: tuple[str, str], lane: deque[Event]) -> None:
        """Handle the events of one chat, in order."""
        while lane and not self._stopping:
            event = lane[0]
            try:
                await self._handle(event)
            except Exception as error:
                await self._failed(event, error)
            finally:
                self._at_work.discard(event.id)
                lane.popleft()
        self._lanes.pop(key, None)
        if not self._lanes:
            self.idle.set()

    async def _handle(self, event: Event) -> None:
        if event.incoming.files and not event.files:
            event = await self._fetch(event)
        lost = len(event.incoming.files) - len(event.files)
        await self._dispatcher.handle(event, self._clock.now(), lost)

    async def _fetch(self, event: Event) -> Event:
        """Take the event's files into our keeping, before and outside of any transaction."""
        channel = self._channels[event.incoming.channel]
        kept: list[StoredFile] = []
        for file in event.incoming.files:
            too_big = file.size is not None and channel.limits.max_file_in and file.size > channel.limits.max_file_in
            if too_big:
                continue
            try:
                kept.append(await self._files.save(await channel.fetch(file), file.name, file.mime))
            except Rejected:
                log.warning("file_refused", channel=channel.name, event_id=event.id)
            except DeliveryError:
                if event.attempts + 1 < MOST_TRIES:
                    raise
                log.warning("file_lost", channel=channel.name, event_id=event.id)
        async with self._store.write() as uow:
            await uow.inbox.fetched(event.id, kept)
        return Event(event.id, event.incoming, event.received_at, event.attempts, tuple(kept))

    async def _failed(self, event: Event, error: Exception) -> None:
        """It could not be handled: later, or never."""
        log.error("event_failed", event_id=event.id, attempts=event.attempts + 1, exc_info=error)
        now = self._clock.now()
        later = handle_again(event.attempts + 1, now)
        try:
            if later is None:
                await self._dispatcher.give_up(event, now, f"{type(error).__name__}: {error}")
                return
            async with self._store.write() as uow:
                await uow.inbox.again(event.id, later, f"{type(error).__name__}: {error}")
        except Exception:
            # the database itself is the trouble: the event stays pending, and is taken up when its lease has ended
            log.exception("event_left_pending", event_id=event.id)
