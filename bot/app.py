"""The lifecycle: what is started, in which order, and how it stops without losing or repeating anything."""

import asyncio
import gc
import importlib
import signal
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from enum import StrEnum, auto

import structlog

from bot import duty_list
from bot.channels import registry
from bot.channels.web import WebChannel
from bot.duties import Duties, Duty
from bot.news import News
from bot.settings import Settings
from domain.channel import Channel, Expiring, Linking
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
from scheduler.shift import Shift, Tally
from scheduler.ticks import Clockwork, tick
from storage.duties import Held
from storage.engine import make_engine
from storage.files import FileStore
from storage.holidays_vn import package_days
from storage.locks import AlreadyRunning
from storage.migrations import migrate, needs_migration
from storage.unit_of_work import Store

log = structlog.get_logger()

TICK, SWEEP, TIDY = 5.0, 3.0, 3600.0
"""Seconds between two looks for reminders, for events left behind, for what can be tidied up."""


class StartFault(StrEnum):
    """Why the assistant does not start; each has its sentence."""

    REHEARSAL_ON_REAL_DATA = auto()
    REAL_ON_REHEARSAL_DATA = auto()
    NO_CHANNEL = auto()
    ONLY_ALONE = auto()


class Only(StrEnum):
    """What a process among others may leave to them: `WEB` sends and ticks nothing, `WORKER` shows no page."""

    WEB = "web"
    WORKER = "worker"


class StartError(Exception):
    """The assistant does not start."""

    def __init__(self, key: StartFault) -> None:
        super().__init__(key.value)
        self.key = key


class Assistant:
    """All parts of one running assistant, wired together."""

    def __init__(
        self,
        settings: Settings,
        clock: Clock,
        *,
        rehearsal: bool = False,
        demo: bool = False,
        only: Only | None = None,
    ) -> None:
        self.settings = settings
        self.clock = clock
        self.rehearsal = rehearsal
        self.is_demo = demo
        self.only = only
        self.rules = settings.rules()
        self.speech = Speech(settings.locale, self.rules.zone)
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        self.store = Store(make_engine(settings.database_url), self.rules.zone)
        self.files = FileStore(settings.data_dir / "files")
        self.peers = self.store.database.peers(lambda news: self.news.heard(news))
        self.duties = Duties(self.store, self.peers, lambda: self.news.missed())
        parts = registry.Parts(settings, clock, self.files, self.speech, self.store, faceless=only is Only.WORKER)
        self.channels: Mapping[str, Channel] = registry.configured(parts)
        self.store.limits = {name: channel.limits for name, channel in self.channels.items()}
        self.tallies = {name: Tally() for name in self.channels}
        self.senders = Senders({})
        self.news = self._news()
        self.store.on_posted, self.store.on_urgent = self.news.posted, self.news.urgent
        urls = (self.links, self.token_expiries, settings.table_url, settings.upload_url)
        desk = Desk(self.rules, self.speech, vocabulary.load(), *urls)
        self.dispatcher = Dispatcher(self.store, self.senders, desk)
        self.reception = Reception(
            self.store, self.files, self.dispatcher, self.channels, clock, shared=self.peers.shared
        )
        self.jobs = Jobs(self._jobs())
        self.last_tick_at: float | None = None
        """On the steady clock."""

    def _jobs(self) -> list[Job]:
        look = [Job("inbox", SWEEP, self.reception.sweep)]
        if self.only is Only.WEB:
            return look
        return [Job("ticks", TICK, self._tick_on_duty), *look, Job("housekeeping", TIDY, self._tidy_on_duty)]

    def _news(self) -> News:
        web = self.channels.get("web")
        page = web if isinstance(web, WebChannel) else None
        news = News(self.store, self.senders, page, self.duties.tell, self._tick_soon)
        if page is not None:
            page.on_said = news.changed
        return news

    def _sender(self, channel: Channel, held: Held) -> Sender:
        on_sent = self.news.changed if channel.name == "web" else None
        shift = Shift(held, on_sent) if self.peers.shared else None
        tally = self.tallies[channel.name]
        return Sender(
            channel,
            self.store,
            self.clock,
            self.speech,
            rehearsal=self.rehearsal,
            shift=shift,
            tally=tally,
            file_url=self.settings.file_url,
        )

    def links(self, code: str) -> list[tuple[str, str]]:
        """For a one-time code, the channels that have a link for it."""
        linking = [(name, channel) for name, channel in self.channels.items() if isinstance(channel, Linking)]
        return [(name, link) for name, channel in linking if (link := channel.link(code))]

    def token_expiries(self) -> dict[str, datetime]:
        """Until when the keys of channels to their vendors are valid, as far as is known here."""
        expiring = [channel for channel in self.channels.values() if isinstance(channel, Expiring)]
        return {channel.name: at for channel in expiring if (at := channel.token_expires_at)}

    async def tick(self) -> None:
        """Whatever has come due by now."""
        await tick(Clockwork(self.store, self.files, self.rules, self.speech), self.clock.now())

    def _tick_soon(self) -> bool:
        """Have what is urgent done at once, if that is done here."""
        on_duty = duty_list.TICKS in self.duties.held
        if on_duty:
            self.jobs.soon("ticks")
        return on_duty

    async def _tick_on_duty(self) -> None:
        if duty_list.TICKS in self.duties.held:
            await self.tick()
            self.last_tick_at = time.monotonic()

    async def _tidy_on_duty(self) -> None:
        if duty_list.TICKS in self.duties.held:
            await tidy(self.store, self.clock.now())

    async def prepare(self, first: bool = True) -> None:
        """Bring the database up to date, and see that rehearsals and real work do not mix.

        Who is not the first leaves the database as the others have it, and rehearses with nobody.
        """
        if not first and (self.rehearsal or await needs_migration(self.store.database)):
            raise AlreadyRunning(None)
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

    async def run(self, stop: asyncio.Event, first: bool = True) -> None:
        """Take up what an earlier life has left, run until told to stop, then finish what is in hand.

        The first of all processes takes what every one that died has left; others leave what somebody may be at.
        """
        # before anybody listens: what comes now comes after what came then
        await self.reception.sweep(all_leases=first)
        if first and not self.rehearsal:
            await self.peers.admit()
        handling_ends = asyncio.Event()
        async with asyncio.TaskGroup() as tasks:
            handling = tasks.create_task(self.reception.run(handling_ends))
            showing = tasks.create_task(self.news.show())
            for channel in self.channels.values():
                await channel.start(self.reception.receive)
            await self.duties.start(self._own_duties(tasks), tasks)
            self.jobs.start()
            watchdog = tasks.create_task(self.jobs.watch())
            web = tasks.create_task(self._serve_web(stop))
            log.info("started", alone=first, duties=sorted(self.duties.held))
            await self._settle_in()
            await stop.wait()
            log.info("stopping")
            await self.duties.lay_down(*map(duty_list.polling, self.channels))
            for channel in self.channels.values():
                await channel.stop()
            watchdog.cancel()
            await self.jobs.finish()
            await self.duties.lay_down(duty_list.TICKS)
            handling_ends.set()
            await handling
            await self.duties.lay_down(*map(duty_list.sending, self.channels))
            self.duties.stop()
            showing.cancel()
            for channel in self.channels.values():
                await channel.close()
            await web

    def _own_duties(self, tasks: asyncio.TaskGroup) -> list[Duty]:
        if self.only is Only.WEB:
            return []
        return duty_list.all_duties(self.channels, self.senders, self._sender, tasks)

    async def _settle_in(self) -> None:
        """What would make the first answers slow, done aside; what was loaded for good is not gone over again."""
        for year in {self.rules.today(self.clock.now()).year + n for n in (0, 1)}:
            await asyncio.to_thread(package_days, year)
        # going over all that the start has loaded, again and again, would cost an answer now and then 80 ms
        gc.collect()
        gc.freeze()

    async def _serve_web(self, stop: asyncio.Event) -> None:
        web = self.channels.get("web")
        if web is None or self.settings.web_port == 0:
            return
        # a heavy import, late and beside everything else: people in messengers are answered while the web part loads
        serving = await asyncio.to_thread(importlib.import_module, "bot.web.serving")
        if self.only is Only.WORKER:
            await serving.serve_watchers(self, stop)
        else:
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


async def run(settings: Settings, rehearse_from: datetime | None = None, only: Only | None = None) -> None:
    """Run the assistant with all configured channels until a signal comes.

    Raises StartError, storage.locks.AlreadyRunning, storage.migrations.NewerDatabase, locales.speech.NotCompiled.
    """
    clock: Clock = RehearsalClock(rehearse_from) if rehearse_from else SystemClock()
    await _live(Assistant(settings, clock, rehearsal=rehearse_from is not None, only=only))


async def demo(settings: Settings) -> None:
    """Run the sample agency in the browser until a signal comes, on settings made for it alone.

    Raises what `run` raises.
    """
    await _live(Assistant(settings, RehearsalClock(SystemClock().now()), demo=True))


async def _live(assistant: Assistant) -> None:
    """From the start to the signal: alone on an SQLite file, or one of the processes on a PostgreSQL database."""
    try:
        if not assistant.channels:
            raise StartError(StartFault.NO_CHANNEL)
        if assistant.only and not assistant.peers.shared:
            raise StartError(StartFault.ONLY_ALONE)
        first = await assistant.peers.join()
        try:
            async with stopped_by_signals() as stop:
                await assistant.prepare(first)
                await assistant.run(stop, first)
        finally:
            await assistant.peers.leave()
    finally:
        await assistant.store.close()
    log.info("stopped")
