"""The lifecycle: what is started, in which order, and how it stops without losing or repeating anything."""

import asyncio
import gc
import importlib
import signal
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from enum import StrEnum, auto

import structlog

from bot.channels import registry
from bot.settings import Settings
from domain.channel import Channel, Linking
from domain.clock import Clock, RehearsalClock, SystemClock
from handlers.context import Desk
from handlers.dispatch import Dispatcher
from handlers.reception import Reception
from locales import vocabulary
from locales.speech import Speech
from scheduler.housekeeping import tidy
from scheduler.jobs import Job, Jobs
from scheduler.sender import Sender
from scheduler.senders import Senders
from scheduler.ticks import Clockwork, tick
from storage.engine import make_engine
from storage.files import FileStore
from storage.holidays_vn import package_days
from storage.migrations import migrate
from storage.unit_of_work import Store

log = structlog.get_logger()

TICK, SWEEP, TIDY = 5.0, 5.0, 3600.0
"""Seconds between two looks for reminders, for events left behind, for what can be tidied up."""


class StartFault(StrEnum):
    """Why the assistant does not start; each has its sentence."""

    REHEARSAL_ON_REAL_DATA = auto()
    REAL_ON_REHEARSAL_DATA = auto()
    NO_CHANNEL = auto()


class StartError(Exception):
    """The assistant does not start."""

    def __init__(self, key: StartFault) -> None:
        super().__init__(key.value)
        self.key = key


class Assistant:
    """All parts of one running assistant, wired together."""

    def __init__(self, settings: Settings, clock: Clock, *, rehearsal: bool = False, demo: bool = False) -> None:
        self.settings = settings
        self.clock = clock
        self.rehearsal = rehearsal
        self.is_demo = demo
        self.rules = settings.rules()
        self.speech = Speech(settings.locale, self.rules.zone)
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        self.store = Store(make_engine(settings.database_url), self.rules.zone)
        self.files = FileStore(settings.data_dir / "files")
        parts = registry.Parts(settings, clock, self.files, self.speech)
        self.channels: Mapping[str, Channel] = registry.configured(parts)
        self.senders = Senders({name: self._sender(channel) for name, channel in self.channels.items()})
        self.store.on_posted = self.senders.wake
        desk = Desk(self.rules, self.speech, vocabulary.load(), self.links)
        self.dispatcher = Dispatcher(self.store, self.senders, desk)
        self.reception = Reception(self.store, self.files, self.dispatcher, self.channels, clock)
        self.jobs = Jobs(
            [
                Job("ticks", TICK, self.tick),
                Job("inbox", SWEEP, self.reception.sweep),
                Job("housekeeping", TIDY, self._tidy),
            ]
        )
        self.store.on_urgent = lambda: self.jobs.soon("ticks")

    def _sender(self, channel: Channel) -> Sender:
        return Sender(channel, self.store, self.clock, self.speech, rehearsal=self.rehearsal)

    def links(self, code: str) -> list[tuple[str, str]]:
        """For a one-time code, the channels that have a link for it."""
        linking = {name: channel for name, channel in self.channels.items() if isinstance(channel, Linking)}
        found = [(name, channel.link(code)) for name, channel in linking.items()]
        return [(name, link) for name, link in found if link]

    async def tick(self) -> None:
        """Whatever has come due by now."""
        await tick(Clockwork(self.store, self.files, self.rules, self.speech), self.clock.now())

    async def _tidy(self) -> None:
        await tidy(self.store, self.clock.now())

    async def prepare(self) -> None:
        """Bring the database up to date, and see that rehearsals and real work do not mix."""
        before, after = await migrate(self.store.database)
        if before != after:
            log.info("database_migrated", before=before, after=after)
        mode = "rehearsal" if self.rehearsal else "real"
        async with self.store.write() as uow:
            kept = await uow.meta("mode")
            if kept is None:
                await uow.set_meta("mode", mode)
        if kept not in (None, mode):
            raise StartError(StartFault.REHEARSAL_ON_REAL_DATA if self.rehearsal else StartFault.REAL_ON_REHEARSAL_DATA)

    async def _recover(self) -> None:
        """Take up what a process that died has left: letters under way, events not handled."""
        for sender in self.senders.by_channel.values():
            await sender.recover()
        # before anybody listens: what comes now comes after what came then
        await self.reception.sweep(all_leases=True)

    async def run(self, stop: asyncio.Event) -> None:
        """Take up what an earlier life has left, run until told to stop, then finish what is in hand."""
        await self._recover()
        handling_ends = asyncio.Event()
        async with asyncio.TaskGroup() as tasks:
            handling = tasks.create_task(self.reception.run(handling_ends))
            senders = [tasks.create_task(sender.run()) for sender in self.senders.by_channel.values()]
            for channel in self.channels.values():
                await channel.start(self.reception.receive)
            self.jobs.start()
            watchdog = tasks.create_task(self.jobs.watch())
            web = tasks.create_task(self._serve_web(stop))
            await self._settle_in()
            await stop.wait()
            log.info("stopping")
            for channel in self.channels.values():
                await channel.stop()
            self.jobs.stop()
            watchdog.cancel()
            handling_ends.set()
            await handling
            for sender in self.senders.by_channel.values():
                sender.stop()
            await asyncio.gather(*senders)
            for channel in self.channels.values():
                await channel.close()
            await web

    async def _settle_in(self) -> None:
        """What would make the first answers slow, done aside; what was loaded for good is not gone over again."""
        years = {self.rules.today(self.clock.now()).year + n for n in (0, 1)}
        for year in years:
            await asyncio.to_thread(package_days, year)
        # going over all that the start has loaded, again and again, would cost an answer now and then 80 ms
        gc.collect()
        gc.freeze()

    async def _serve_web(self, stop: asyncio.Event) -> None:
        web = self.channels.get("web")
        if web is None:
            return
        # a heavy import, late and beside everything else: people in messengers are answered while the web part loads
        serving = await asyncio.to_thread(importlib.import_module, "bot.web.serving")
        await serving.serve(self, web, stop)


@asynccontextmanager
async def stopped_by_signals() -> AsyncIterator[asyncio.Event]:
    """An event that SIGINT and SIGTERM set."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for one in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(one, stop.set)
    try:
        yield stop
    finally:
        for one in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(one)


async def run(settings: Settings, rehearse_from: datetime | None = None) -> None:
    """Run the assistant with all configured channels until a signal comes.

    Raises StartError, storage.locks.AlreadyRunning, storage.migrations.NewerDatabase, locales.speech.NotCompiled.
    """
    clock: Clock = RehearsalClock(rehearse_from) if rehearse_from else SystemClock()
    await _live(Assistant(settings, clock, rehearsal=rehearse_from is not None))


async def demo(settings: Settings) -> None:
    """Run the sample agency in the browser until a signal comes, on settings made for it alone.

    Raises what `run` raises.
    """
    await _live(Assistant(settings, RehearsalClock(SystemClock().now()), demo=True))


async def _live(assistant: Assistant) -> None:
    """From the start to the signal: alone on its database."""
    try:
        if not assistant.channels:
            raise StartError(StartFault.NO_CHANNEL)
        async with assistant.store.database.alone(), stopped_by_signals() as stop:
            await assistant.prepare()
            await assistant.run(stop)
    finally:
        await assistant.store.close()
    log.info("stopped")
