"""The doctor's look at the database: can it be used, is it whole, does somebody work on it, what is in it."""

import asyncio
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import Table, func, select
from sqlalchemy.engine import make_url

from bot.cli.calls import Call, detail
from bot.cli.database import opened, unusable
from bot.cli.findings import Finding, Topic, not_well, note, well
from domain.channel import Limits
from domain.people import Agency
from domain.ways import Health
from domain.workdays import WorkCalendar
from locales.texts import cli_doctor as texts
from storage.calendar import calendar_with
from storage.codecs import table
from storage.engine import sqlite_path
from storage.holidays_vn import SHIPPED
from storage.locks import AlreadyRunning, SingleProcess
from storage.migrations import HEAD, current
from storage.models import AccountRow, AssignmentRow, InboxRow, LetterRow, LogRow
from storage.peers import at_work
from storage.unit_of_work import Store, UnitOfWork
from storage.vendor_tokens import VendorToken

PATIENCE = 10.0
"""Seconds that a database may take to let us in."""
REHEARSAL = "rehearsal"

account, assignment, letter = table(AccountRow), table(AssignmentRow), table(LetterRow)
inbox, log = table(InboxRow), table(LogRow)
_MOMENTS = (account.c.last_heard_at, letter.c.posted_at, inbox.c.received_at, log.c.at)

LimitsOf = Callable[[Store], Mapping[str, Limits]]


@dataclass
class Record:
    """What was found in the database, for those who look at the rest; empty where it could not be read."""

    readable: bool = True
    runs: bool | None = None
    rehearsal: bool = False
    newest: datetime | None = None
    agency: Agency = field(default_factory=lambda: Agency((), ()))
    connected: frozenset[int] = frozenset()
    calendar: WorkCalendar = field(default_factory=lambda: calendar_with(SHIPPED))
    tasks: int = 0
    letters: int = 0
    health: Sequence[Health] = ()
    zalo_oa: VendorToken | None = None


async def database(call: Call, limits: LimitsOf = lambda _store: {}) -> tuple[list[Finding], Record]:
    """The findings about the database, and what is in it; `limits` are those of the channels that it speaks of."""
    record, url = Record(), call.settings.database_url
    path = sqlite_path(url)
    kind = "SQLite" if path else "PostgreSQL"
    if path and not path.exists():
        record.runs = False
        return [note(Topic.DATABASE, texts.no_database(call.speech, str(path.absolute())))], record
    findings = _file(call, path, record) if path else []
    try:
        async with asyncio.timeout(PATIENCE), opened(call) as store:
            store.limits = limits(store)
            findings += await _content(call, store, kind, record)
    except unusable() as error:
        record.readable = False
        shown = detail(error) if path else f"{make_url(url).render_as_string(hide_password=True)}: {detail(error)}"
        findings = [*findings, not_well(Topic.DATABASE, texts.database_unusable(call.speech, kind, shown))]
    return findings, record


def _file(call: Call, path: Path, record: Record) -> list[Finding]:
    speech, broken = call.speech, _damage(path)
    whole = not_well(Topic.DATABASE, texts.damaged(speech, broken)) if broken else None
    held, pid = _holder(path)
    record.runs = held
    state = texts.runs(speech, pid) if held else texts.runs_not(speech)
    return [whole or well(Topic.DATABASE, texts.intact(speech)), well(Topic.DATABASE, state)]


def _damage(path: Path) -> str:
    """What SQLite finds wrong with its file; nothing, if all is well."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            found = str(connection.execute("PRAGMA integrity_check").fetchone()[0])
    except sqlite3.DatabaseError as error:
        return detail(error)
    return "" if found == "ok" else detail(ValueError(found))


def _holder(path: Path) -> tuple[bool, int | None]:
    """Whether a process has the database, and its number."""
    lock = SingleProcess(path)
    if not lock.path.exists():
        return False, None
    try:
        with lock:
            return False, None
    except AlreadyRunning as running:
        return True, running.pid


async def _content(call: Call, store: Store, kind: str, record: Record) -> list[Finding]:
    async with store.read() as uow:
        version = await uow.connection.run_sync(current)
        if version == HEAD:
            await _read(uow, record, call.now)
    record.readable = version in (None, HEAD)
    if version is None:
        return [note(Topic.DATABASE, texts.no_database(call.speech, kind))]
    if version > HEAD:
        return [not_well(Topic.DATABASE, texts.database_newer(call.speech, version))]
    if version < HEAD:
        return [note(Topic.DATABASE, texts.database_older(call.speech, version, HEAD))]
    found = [] if kind == "SQLite" else [await _processes(call, store, record)]
    counted = texts.counts(call.speech, len(record.agency.people), record.tasks, record.letters)
    form = texts.database_usable(call.speech, kind, version)
    return [well(Topic.DATABASE, form), *found, well(Topic.DATABASE, counted)]


async def _processes(call: Call, store: Store, record: Record) -> Finding:
    """How many share the work on PostgreSQL."""
    async with store.read() as uow:
        count = await at_work(uow.connection)
    record.runs = count > 0
    return well(Topic.DATABASE, texts.processes(call.speech, count) if count else texts.runs_not(call.speech))


async def _read(uow: UnitOfWork, record: Record, now: datetime) -> None:
    record.rehearsal = await uow.meta("mode") == REHEARSAL
    record.agency, record.calendar = await uow.agency(), await uow.calendar_days.load()
    people = await uow.connection.execute(select(account.c.person_id).distinct())
    record.connected = frozenset(row.person_id for row in people)
    moments = [await uow.connection.scalar(select(func.max(column))) for column in _MOMENTS]
    record.newest = max((moment for moment in moments if moment), default=None)
    record.tasks = await _count(uow, assignment)
    record.zalo_oa = await uow.vendor_tokens.find("zalo_oa")
    record.letters = await _count(uow, letter, letter.c.state == "pending")
    record.health = await uow.channel_health.all(now)


async def _count(uow: UnitOfWork, rows: Table, *which: object) -> int:
    counted = select(func.count()).select_from(rows).where(*which)  # type: ignore[arg-type]
    return int(await uow.connection.scalar(counted) or 0)
