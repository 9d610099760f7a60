"""The inbox: every event is kept here before its vendor is told so, and stays until it has been handled."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from enum import Enum, auto
from hashlib import blake2b
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, exists, func, literal_column, or_, select, update

from domain.messages import Event, Incoming, StoredFile
from storage.codecs import files_from_json, files_to_json, incoming_from_json, incoming_to_json, table
from storage.engine import DIALECTS, Connection, insert_of
from storage.models import InboxRow

inbox = table(InboxRow)
older = inbox.alias("older")


ADDRESS_LOCKS = 0x6E687661  # "nhva"
"""Their own kind of PostgreSQL locks: one for each chat, held while something of it is handled."""


class Turn(Enum):
    """Whether an event may be handled now."""

    NOW = auto()
    LATER = auto()
    """An older one of the same chat is in another process's hand."""
    OVER = auto()
    """Somebody else has handled it."""


def _to_event(row: Any) -> Event:
    return Event(row.id, incoming_from_json(row.event), row.received_at, row.attempts, files_from_json(row.files))


_DONE = (
    update(inbox)
    .where(inbox.c.id == bindparam("handled"), inbox.c.state == "pending")
    .values(state="done", lease_until=None)
)


_DONE_IN_TURN = _DONE.where(
    ~exists().where(
        older.c.channel == inbox.c.channel,
        older.c.address == inbox.c.address,
        older.c.id < inbox.c.id,
        older.c.state == literal_column("'pending'"),
    )
)

_KEEP = {name: insert_of(name)(inbox).on_conflict_do_nothing().returning(inbox.c.id) for name in DIALECTS}


def _ready(events: Any, now: datetime, all_leases: bool) -> ColumnElement[bool]:
    # what came in the future came before the clock was set back
    ripe = or_(events.c.not_before <= now, events.c.received_at > now)
    free = or_(events.c.lease_until.is_(None), events.c.lease_until <= now)
    return ripe if all_leases else and_(ripe, free)


def _address_key(incoming: Incoming) -> int:
    """The number of a chat's lock; where two chats share one, they only wait for each other."""
    name = f"{incoming.channel} {incoming.address}".encode()
    return int.from_bytes(blake2b(name, digest_size=4).digest(), signed=True)


class Inbox:
    """Events of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection
        self._keep = _KEEP[connection.dialect.name]

    async def keep(self, incoming: Iterable[Incoming], now: datetime, lease_until: datetime) -> list[Event]:
        """Keep what came in; gives those events that were not known yet, taken by this process for handling."""
        rows = [
            {
                "channel": one.channel,
                "event_id": one.event_id,
                "address": one.address,
                "event": incoming_to_json(one),
                "files": [],
                "received_at": now,
                "state": "pending",
                "attempts": 0,
                "not_before": now,
                "lease_until": lease_until,
                "error": "",
            }
            for one in incoming
        ]
        events = []
        for row, one in zip(rows, incoming, strict=True):
            event_id = (await self._db.execute(self._keep, row)).scalar()
            if event_id is not None:
                events.append(Event(event_id, one, now))
        return events

    async def waiting(self, now: datetime, limit: int, *, all_leases: bool = False, after: int = 0) -> list[Event]:
        """Events to be handled, in the order of their coming, with ids from `after` on.

        An event waits as long as an older one from the same address must. `all_leases` also takes those of a dead
        process.
        """
        ready, older_ready = _ready(inbox, now, all_leases), _ready(older, now, all_leases)
        held_up = exists().where(
            older.c.channel == inbox.c.channel,
            older.c.address == inbox.c.address,
            older.c.id < inbox.c.id,
            older.c.state == literal_column("'pending'"),
            ~older_ready,
        )
        query = select(inbox).where(inbox.c.state == literal_column("'pending'"), inbox.c.id > after, ready, ~held_up)
        rows = await self._db.execute(query.order_by(inbox.c.id).limit(limit))
        return [_to_event(row) for row in rows]

    async def pending(self) -> list[tuple[int, str, str]]:
        """The number, channel and address of every event that has not been handled, in the order of their coming."""
        query = select(inbox.c.id, inbox.c.channel, inbox.c.address).where(inbox.c.state == literal_column("'pending'"))
        return [(row.id, row.channel, row.address) for row in await self._db.execute(query.order_by(inbox.c.id))]

    async def take(
        self, events: Sequence[Event], now: datetime, lease_until: datetime, *, all_leases: bool = False
    ) -> set[int]:
        """Take events for handling; gives the ids of those that no other process was faster to take."""
        numbers = [event.id for event in events]
        free = (inbox.c.id.in_(numbers), inbox.c.state == literal_column("'pending'"), _ready(inbox, now, all_leases))
        taken = update(inbox).where(*free).values(lease_until=lease_until).returning(inbox.c.id)
        return {row.id for row in await self._db.execute(taken)} if numbers else set()

    async def renew(self, event_ids: Collection[int], lease_until: datetime) -> None:
        """They are still in hand."""
        theirs = (inbox.c.id.in_(event_ids), inbox.c.state == literal_column("'pending'"))
        await self._db.execute(update(inbox).where(*theirs).values(lease_until=lease_until))

    async def let_go(self, event_ids: Sequence[int]) -> None:
        """Do not handle events after all, not now."""
        await self._db.execute(update(inbox).where(inbox.c.id.in_(event_ids)).values(lease_until=None))

    async def begin(self, event: Event) -> Turn:
        """Handled by this transaction, if it is the event's turn; where it is not, the transaction must be undone.

        On SQLite the one process has each chat's events in order by itself.
        """
        if self._db.dialect.name == "sqlite":
            return Turn.NOW if await self.done(event.id) else Turn.OVER
        key = _address_key(event.incoming)
        await self._db.execute(select(func.pg_advisory_xact_lock(ADDRESS_LOCKS, key)))
        if (await self._db.execute(_DONE_IN_TURN, {"handled": event.id})).rowcount == 1:
            return Turn.NOW
        state = await self._db.scalar(select(inbox.c.state).where(inbox.c.id == event.id))
        return Turn.LATER if state == "pending" else Turn.OVER

    async def done(self, event_id: int) -> bool:
        """Handled. False if somebody else has handled it: then this transaction must be undone."""
        return (await self._db.execute(_DONE, {"handled": event_id})).rowcount == 1

    async def fetched(self, event_id: int, files: Iterable[StoredFile]) -> None:
        """Its files are in our keeping."""
        await self._db.execute(update(inbox).where(inbox.c.id == event_id).values(files=files_to_json(files)))

    async def again(self, event_id: int, not_before: datetime, error: str) -> None:
        """It could not be handled; later."""
        await self._db.execute(
            update(inbox)
            .where(inbox.c.id == event_id, inbox.c.state == "pending")
            .values(attempts=inbox.c.attempts + 1, not_before=not_before, lease_until=None, error=error)
        )

    async def give_up(self, event_id: int, error: str) -> None:
        await self._db.execute(update(inbox).where(inbox.c.id == event_id).values(state="failed", error=error))

    async def history(self, channel: str, address: str, limit: int) -> list[Event]:
        """What has come from an address, the latest first."""
        query = (
            select(inbox)
            .where(inbox.c.channel == channel, inbox.c.address == address)
            .order_by(inbox.c.id.desc())
            .limit(limit)
        )
        return [_to_event(row) for row in await self._db.execute(query)]

    async def forget_words(self, event_id: int) -> None:
        """Erase what an event said and brought; that it came from its address, and was handled, is kept."""
        row = (await self._db.execute(select(inbox).where(inbox.c.id == event_id))).one()
        bare = Incoming(row.channel, row.event_id, row.address)
        blanked = update(inbox).where(inbox.c.id == event_id).values(event=incoming_to_json(bare), files=[], error="")
        await self._db.execute(blanked)

    async def forget_address(self, channel: str, address: str) -> None:
        """Erase what came from an address; that events were handled is kept."""
        await self._db.execute(
            update(inbox)
            .where(inbox.c.channel == channel, inbox.c.address == address, inbox.c.state != "pending")
            .values(address="", event=incoming_to_json(Incoming(channel, "", "")))
        )

    async def forget_before(self, instant: datetime) -> int:
        """Delete what came before an instant and was handled or given up."""
        old = inbox.delete().where(inbox.c.state != "pending", inbox.c.received_at < instant)
        return (await self._db.execute(old)).rowcount
