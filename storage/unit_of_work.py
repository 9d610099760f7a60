"""The store: transactions, one writer at a time on SQLite, and the values that are loaded once and kept.

A transaction that is left with an exception is undone. Nothing of the network happens inside one.
"""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from functools import cached_property
from zoneinfo import ZoneInfo

from sqlalchemy import select

from domain.channel import Limits
from domain.people import Agency
from domain.workdays import WorkCalendar
from storage.absences import Absences
from storage.calendar import Calendar
from storage.channel_health import ChannelHealth
from storage.codecs import table
from storage.conversations import Conversations
from storage.decisions import Decisions
from storage.difficulties import Difficulties
from storage.directives import Directives
from storage.duties import Duties
from storage.engine import Connection, Database, insert_of
from storage.errands import Errands
from storage.extensions import Extensions
from storage.file_links import FileLinks
from storage.giving import Given
from storage.inbox import Inbox
from storage.models import MetaRow
from storage.outbox import Outbox
from storage.people import People
from storage.proposals import Proposals
from storage.questions import Questions
from storage.recipients import Recipients
from storage.recounts import Recounts
from storage.reminded import Reminded
from storage.rounds import Rounds
from storage.series import AllSeries
from storage.statistics import Statistics
from storage.tasks import Tasks
from storage.undo import Undo
from storage.updates import Updates
from storage.upload_links import UploadLinks
from storage.vendor_tokens import VendorTokens
from storage.versions import CALENDAR, ROSTER, raise_version
from storage.watch import Watch
from storage.ways import Ways

meta = table(MetaRow)
_META = select(meta.c.key, meta.c.value)


class Kept:
    """Values that change rarely, loaded once and again when their version has changed."""

    def __init__(self) -> None:
        self.agency: tuple[str, Agency] | None = None
        self.calendar: tuple[str, WorkCalendar] | None = None


class UnitOfWork:
    """One transaction and the repositories in it."""

    def __init__(self, connection: Connection, zone: ZoneInfo, kept: Kept, limits: Mapping[str, Limits]) -> None:
        self.connection = connection
        self._zone = zone
        self._kept = kept
        self._limits = limits
        self._meta: dict[str, str] | None = None
        self._changed: set[str] = set()
        """What is not to be remembered, as this transaction may yet be undone."""
        self.is_urgent = False
        """Whether a tick is to look at once, and not in its own time, at what has been changed here."""

    @cached_property
    def outbox(self) -> Outbox:
        return Outbox(self.connection)

    @cached_property
    def updates(self) -> Updates:
        return Updates(self.connection)

    @cached_property
    def questions(self) -> Questions:
        return Questions(self.connection, self._limits)

    @cached_property
    def upload_links(self) -> UploadLinks:
        return UploadLinks(self.connection)

    @cached_property
    def inbox(self) -> Inbox:
        return Inbox(self.connection)

    @cached_property
    def duties(self) -> Duties:
        return Duties(self.connection)

    @cached_property
    def watch(self) -> Watch:
        return Watch(self.connection)

    @cached_property
    def people(self) -> People:
        return People(self.connection)

    @cached_property
    def ways(self) -> Ways:
        return Ways(self.connection, self._zone, self._limits)

    @cached_property
    def channel_health(self) -> ChannelHealth:
        return ChannelHealth(self.connection, self.ways)

    @cached_property
    def tasks(self) -> Tasks:
        return Tasks(self.connection, self._zone)

    @cached_property
    def extensions(self) -> Extensions:
        return Extensions(self.connection)

    @cached_property
    def directives(self) -> Directives:
        return Directives(self.connection)

    @cached_property
    def recipients(self) -> Recipients:
        return Recipients(self.connection)

    @cached_property
    def absences(self) -> Absences:
        return Absences(self.connection)

    @cached_property
    def reminded(self) -> Reminded:
        return Reminded(self.connection)

    @cached_property
    def undo(self) -> Undo:
        return Undo(self.connection, self.tasks)

    @cached_property
    def difficulties(self) -> Difficulties:
        return Difficulties(self.connection)

    @cached_property
    def conversations(self) -> Conversations:
        return Conversations(self.connection)

    @cached_property
    def errands(self) -> Errands:
        return Errands(self.connection)

    @cached_property
    def decisions(self) -> Decisions:
        return Decisions(self.connection)

    @cached_property
    def series(self) -> AllSeries:
        return AllSeries(self.connection)

    @cached_property
    def given(self) -> Given:
        return Given(self.connection, self._zone)

    @cached_property
    def proposals(self) -> Proposals:
        return Proposals(self.connection)

    @cached_property
    def recounts(self) -> Recounts:
        return Recounts(self.connection)

    @cached_property
    def rounds(self) -> Rounds:
        return Rounds(self.connection)

    @cached_property
    def statistics(self) -> Statistics:
        return Statistics(self.connection)

    @cached_property
    def file_links(self) -> FileLinks:
        return FileLinks(self.connection)

    @cached_property
    def vendor_tokens(self) -> VendorTokens:
        return VendorTokens(self.connection)

    @cached_property
    def calendar_days(self) -> Calendar:
        return Calendar(self.connection)

    async def agency(self) -> Agency:
        """Everybody, as of now."""
        if ROSTER in self._changed:
            return await self.people.load()
        version = await self.meta(ROSTER) or ""
        if self._kept.agency is None or self._kept.agency[0] != version:
            self._kept.agency = (version, await self.people.load())
        return self._kept.agency[1]

    async def calendar(self) -> WorkCalendar:
        """The working days, as of now."""
        if CALENDAR in self._changed:
            return await self.calendar_days.load()
        version = await self.meta(CALENDAR) or ""
        if self._kept.calendar is None or self._kept.calendar[0] != version:
            self._kept.calendar = (version, await self.calendar_days.load())
        return self._kept.calendar[1]

    async def meta(self, key: str) -> str | None:
        """A fact about the database itself."""
        if self._meta is None:
            self._meta = {row.key: row.value for row in await self.connection.execute(_META)}
        return self._meta.get(key)

    async def set_meta(self, key: str, value: str) -> None:
        insert = insert_of(self.connection.dialect.name)(meta).values(key=key, value=value)
        await self.connection.execute(insert.on_conflict_do_update(index_elements=["key"], set_={"value": value}))
        self._meta = None

    async def roster_changed(self) -> None:
        """Every process is to load the people again, once this has been committed."""
        await raise_version(self.connection, ROSTER)
        self._changed.add(ROSTER)
        self._meta = None

    async def calendar_changed(self) -> None:
        """The same for the working days."""
        await raise_version(self.connection, CALENDAR)
        self._changed.add(CALENDAR)
        self._meta = None


class Store:
    """The database, as units of work."""

    def __init__(self, database: Database, zone: ZoneInfo) -> None:
        self.database = database
        self._zone = zone
        self._kept = Kept()
        self.limits: Mapping[str, Limits] = {}
        """What the vendors of the channels allow, by the channel's name."""
        self.on_posted: Callable[[set[str]], None] = lambda _channels: None
        """Told after a commit which channels have new letters."""
        self.on_urgent: Callable[[], None] = lambda: None
        """Told after a commit that there is something for a tick to do at once."""

    @asynccontextmanager
    async def write(self) -> AsyncIterator[UnitOfWork]:
        """A transaction that may change things; committed at the end, undone on an exception."""
        async with self.database.begin(writes=True) as connection:
            uow = UnitOfWork(connection, self._zone, self._kept, self.limits)
            yield uow
        if uow.outbox.posted_to:
            self.on_posted(uow.outbox.posted_to)
        if uow.is_urgent:
            self.on_urgent()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[UnitOfWork]:
        """A transaction that only reads, beside any writer."""
        async with self.database.begin(writes=False) as connection:
            yield UnitOfWork(connection, self._zone, self._kept, self.limits)

    async def close(self) -> None:
        await self.database.dispose()
