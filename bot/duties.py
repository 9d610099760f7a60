"""The duties: what only one process does at a time, held by whoever has the lock, and taken over when it dies.

On SQLite this process holds all of them from its start. On PostgreSQL it tries to get each again and again, gives up
at once what it holds when the connection that the locks hang on is lost, and passes news to the other processes.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import structlog

from storage.duties import Held
from storage.locks import AlreadyRunning
from storage.peers import Peers
from storage.unit_of_work import Store

log = structlog.get_logger()

LOOK_EVERY = 1.0
"""Seconds between two tries to get what another process holds; each try also shows the server that we live."""


@dataclass(frozen=True)
class Duty:
    """What is done while a lock is held; `begin` must not take long, `end` may finish what is in hand."""

    name: str
    begin: Callable[[Held], Awaitable[None]]
    end: Callable[[], Awaitable[None]]


class Duties:
    """The duties that this process stands for, and those of them that it holds."""

    def __init__(self, store: Store, peers: Peers, rejoined: Callable[[], None]) -> None:
        """`rejoined` is called after a time without news from the others."""
        self._store = store
        self.peers = peers
        self._rejoined = rejoined
        self._wanted: list[Duty] = []
        self._held: dict[str, Duty] = {}
        self._ending: dict[str, asyncio.Task[None]] = {}
        self._tasks: asyncio.TaskGroup | None = None
        self._news: dict[str, None] = {}
        self._has_news = asyncio.Event()
        self._contending: list[asyncio.Task[None]] = []
        self._looking = asyncio.Lock()

    @property
    def names(self) -> tuple[str, ...]:
        """The duties that this process stands for."""
        return tuple(duty.name for duty in self._wanted)

    @property
    def held(self) -> frozenset[str]:
        """The names of the duties that are held here."""
        return frozenset(self._held)

    async def start(self, duties: Sequence[Duty], tasks: asyncio.TaskGroup) -> None:
        """Get what is free, and go on trying to get the rest."""
        self._wanted, self._tasks = list(duties), tasks
        await self._look()
        if self.peers.shared:
            self._contending = [tasks.create_task(one) for one in (self._contend(), self._pass_on())]

    async def lay_down(self, *names: str) -> None:
        """Give duties up for good, once what is in hand is done; another process takes them."""
        async with self._looking:  # what is being begun is begun first
            self._wanted = [duty for duty in self._wanted if duty.name not in names]
            for name in [name for name in names if name in self._held]:
                self._end(name)
        for name in [name for name in names if name in self._ending]:
            await self._ending[name]
            try:
                await self.peers.give_up(name)
            except OSError:
                log.info("duty_lost_while_laid_down", duty=name)

    def stop(self) -> None:
        """Contend no more."""
        for task in self._contending:
            task.cancel()

    def tell(self, news: str) -> None:
        """Have the other processes told; does not wait for it."""
        if self.peers.shared:
            self._news[news] = None
            self._has_news.set()

    async def _pass_on(self) -> None:
        while True:
            await self._has_news.wait()
            self._has_news.clear()
            news, self._news = list(self._news), {}
            try:
                await self.peers.tell(news)
            except OSError:
                # whoever should have heard it looks by itself before long
                log.info("news_not_told", count=len(news))

    async def _contend(self) -> None:
        while True:
            try:
                async with asyncio.timeout(LOOK_EVERY):
                    await self.peers.lost.wait()
            except TimeoutError:
                pass
            try:
                await self._look()
            except (OSError, AlreadyRunning) as error:
                log.warning("duties_out_of_reach", reason=str(error))
                await asyncio.sleep(LOOK_EVERY)

    async def _look(self) -> None:
        """Give up what is lost, and take what is free."""
        async with self._looking:
            await self._rejoin_if_lost()
            wanted = [duty for duty in self._wanted if duty.name not in self._held and not self._is_ending(duty.name)]
            taken = await self.peers.take([duty.name for duty in wanted])
            for duty in [duty for duty in wanted if duty.name in taken]:
                await self._begin(duty)

    async def _rejoin_if_lost(self) -> None:
        if self.peers.lost.is_set():
            for name in list(self._held):
                log.warning("duty_lost", duty=name)
                self._end(name)
            if await self.peers.join():
                await self.peers.admit()
            self._rejoined()

    async def _begin(self, duty: Duty) -> None:
        held = Held(duty.name, self.peers.name)
        try:
            if self.peers.shared:
                async with self._store.write() as uow:
                    await uow.duties.hold(held)
                log.info("duty_taken", duty=duty.name)
            await duty.begin(held)
        except Exception:
            if not self.peers.shared:
                raise
            log.exception("duty_not_begun", duty=duty.name)
            await self.peers.give_up(duty.name)
        else:
            self._held[duty.name] = duty

    def _end(self, name: str) -> None:
        """Have a duty end; it is not begun again here before that is done."""
        assert self._tasks is not None  # noqa: S101 - something is held only after the start
        self._ending[name] = self._tasks.create_task(self._ended(self._held.pop(name)))

    async def _ended(self, duty: Duty) -> None:
        try:
            await duty.end()
        except Exception:
            log.exception("duty_ended_badly", duty=duty.name)

    def _is_ending(self, name: str) -> bool:
        return name in self._ending and not self._ending[name].done()
