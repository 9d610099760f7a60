"""Whom directives were sent to, who has acknowledged them, and who is to be asked again."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, case, exists, func, or_, select, update

from domain.directives import Counts, Recipient
from storage.codecs import table
from storage.engine import Connection
from storage.models import LetterRow, RecipientRow

recipient, letter = table(RecipientRow), table(LetterRow)

_SILENT = (recipient.c.acknowledged_at.is_(None), recipient.c.unreachable.is_(False))
_ITS_LETTER = letter.c.id == recipient.c.letter_id
_UNSETTLED = (recipient.c.delivered_at.is_(None), recipient.c.letter_id.is_not(None))

_ARRIVED = (
    update(recipient)
    .where(
        recipient.c.directive_id == bindparam("of"),
        *_UNSETTLED,
        exists().where(_ITS_LETTER, letter.c.state == "sent"),
    )
    .values(delivered_at=select(letter.c.sent_at).where(_ITS_LETTER).scalar_subquery(), unreachable=False)
)
_LOST = (
    update(recipient)
    .where(
        recipient.c.directive_id == bindparam("of"),
        *_UNSETTLED,
        recipient.c.unreachable.is_(False),
        exists().where(_ITS_LETTER, letter.c.state.in_(("failed", "dropped", "expired"))),
    )
    .values(unreachable=True, ask_at=None)
)
_ASKED = (
    update(recipient)
    .where(recipient.c.id == bindparam("row"), *_SILENT)
    .values(asks=recipient.c.asks + 1, ask_at=bindparam("next"))
)
_ASK_LATER = update(recipient).where(recipient.c.id == bindparam("row"), *_SILENT).values(ask_at=bindparam("next"))
_ACKNOWLEDGE = (
    update(recipient)
    .where(
        recipient.c.directive_id == bindparam("of"),
        recipient.c.person_id.in_(bindparam("whom", expanding=True)),
        recipient.c.acknowledged_at.is_(None),
    )
    .values(acknowledged_at=bindparam("at"), acknowledged_by=bindparam("by"), ask_at=None)
)
_UNSENT = recipient.delete().where(
    recipient.c.directive_id == bindparam("of"),
    recipient.c.delivered_at.is_(None),
    # whoever published it has known it since it was posted
    or_(recipient.c.acknowledged_at.is_(None), recipient.c.acknowledged_at == recipient.c.posted_at),
    ~exists().where(_ITS_LETTER, letter.c.state.in_(("sending", "sent"))),
)
_COUNTS = select(
    func.count(),
    func.count(recipient.c.delivered_at),
    func.count(recipient.c.acknowledged_at),
    func.count().filter(recipient.c.unreachable.is_(True), recipient.c.acknowledged_at.is_(None)),
    func.count().filter(recipient.c.unreachable.is_(False), recipient.c.delivered_at.is_(None)),
).where(recipient.c.directive_id == bindparam("of"))


@dataclass(frozen=True, slots=True)
class Due:
    """A silent recipient who is to be asked again, or told of; `row` is what is changed then.

    `missed` where nothing could be sent at the time.
    """

    row: int
    recipient: Recipient
    told: bool
    missed: bool


def _to_recipient(row: Any) -> Recipient:
    return Recipient(
        row.directive_id,
        row.person_id,
        row.unit_id,
        row.posted_at,
        row.delivered_at,
        row.unreachable,
        row.acknowledged_at,
        row.acknowledged_by,
        row.asks,
        row.ask_at,
    )


class Recipients:
    """Recipients of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    async def sent_to(self, recipients: Iterable[tuple[Recipient, int | None]]) -> None:
        """Write down whom letters were posted to, each with its letter."""
        rows = [
            {
                "directive_id": one.directive_id,
                "person_id": one.person_id,
                "unit_id": one.unit_id,
                "letter_id": letter_id,
                "posted_at": one.posted_at,
                "unreachable": one.unreachable,
                "acknowledged_at": one.acknowledged_at,
                "acknowledged_by": one.acknowledged_by,
                "asks": 0,
                "ask_at": one.ask_at,
            }
            for one, letter_id in recipients
        ]
        if rows:
            await self._db.execute(recipient.insert(), rows)

    async def settle(self, number: int) -> None:
        """Take over from the letters whether they have arrived."""
        await self._db.execute(_ARRIVED, {"of": number})
        await self._db.execute(_LOST, {"of": number})

    async def counts(self, number: int) -> Counts:
        """How many recipients there are so far, and what became of them."""
        posted, delivered, known, lost, on_the_way = tuple((await self._db.execute(_COUNTS, {"of": number})).one())
        return Counts(posted, posted, delivered, known, lost, on_the_way)

    async def all_of(self, number: int) -> list[Recipient]:
        query = select(recipient).where(recipient.c.directive_id == number).order_by(recipient.c.person_id)
        return [_to_recipient(row) for row in await self._db.execute(query)]

    async def get(self, number: int, person_id: int) -> Recipient | None:
        mine = (recipient.c.directive_id == number, recipient.c.person_id == person_id)
        row = (await self._db.execute(select(recipient).where(*mine))).one_or_none()
        return _to_recipient(row) if row else None

    async def acknowledge(self, number: int, people: Collection[int], by: int, now: datetime) -> int:
        """These have received it, one of them or a head says so; gives for how many that is new."""
        given = {"of": number, "whom": list(people), "by": by, "at": now}
        return (await self._db.execute(_ACKNOWLEDGE, given)).rowcount

    # -- asking again --------------------------------------------------------------------------------------------

    async def is_any_due(self, now: datetime) -> bool:
        """Whether anybody is to be asked again, or told of."""
        due = select(recipient.c.id).where(recipient.c.ask_at <= now).limit(1)
        return await self._db.scalar(due) is not None

    async def people_to_ask(self, now: datetime, limit: int, most_asks: int) -> list[int]:
        """The silent who are to be asked again; whoever was asked so many times is told of instead."""
        due = (recipient.c.ask_at <= now, recipient.c.asks < most_asks, *_SILENT)
        query = select(recipient.c.person_id).where(*due).distinct().limit(limit)
        return [row[0] for row in await self._db.execute(query)]

    async def to_ask(self, people: Sequence[int], now: datetime, most_asks: int) -> list[Due]:
        """All that some people are to be asked about now, held until the transaction ends."""
        due = (recipient.c.ask_at <= now, recipient.c.asks < most_asks, recipient.c.person_id.in_(people), *_SILENT)
        return await self._due(select(recipient).where(*due).order_by(recipient.c.person_id, recipient.c.directive_id))

    async def next_to_tell_of(self, now: datetime, most_asks: int) -> int | None:
        """A directive with silent recipients whom somebody else is to be told of."""
        due = (recipient.c.ask_at <= now, recipient.c.asks >= most_asks, *_SILENT)
        number: int | None = await self._db.scalar(select(recipient.c.directive_id).where(*due).limit(1))
        return number

    async def to_tell_of(self, number: int, now: datetime, most_asks: int) -> list[Due]:
        """The silent of a directive whom somebody else is to be told of, held until the transaction ends."""
        due = (recipient.c.directive_id == number, recipient.c.ask_at <= now, recipient.c.asks >= most_asks, *_SILENT)
        return await self._due(select(recipient).where(*due).order_by(recipient.c.person_id))

    async def _due(self, query: Any) -> list[Due]:
        rows = await self._db.execute(query.with_for_update())
        return [
            Due(
                row.id, _to_recipient(row), row.head_told_at is not None, row.delivered_at is None and not row.letter_id
            )
            for row in rows
        ]

    async def asked(self, next_at: Mapping[int, datetime | None]) -> None:
        """These rows were asked, and are asked next at an instant."""
        if next_at:
            await self._db.execute(_ASKED, [{"row": row, "next": at} for row, at in next_at.items()])

    async def sent_late(self, row: int, letter_id: int | None, now: datetime, ask: datetime | None) -> None:
        """A row's letter was posted now, as it could not be before."""
        late = update(recipient).where(recipient.c.id == row)
        await self._db.execute(late.values(letter_id=letter_id, posted_at=now, asks=0, ask_at=ask))

    async def ask_later(self, at: Mapping[int, datetime]) -> None:
        """These rows are not asked about now, but from an instant on."""
        if at:
            await self._db.execute(_ASK_LATER, [{"row": row, "next": instant} for row, instant in at.items()])

    async def stop_asking(self, number: int) -> None:
        """Nobody is asked about a directive any more."""
        await self._db.execute(update(recipient).where(recipient.c.directive_id == number).values(ask_at=None))

    async def forget_unsent(self, number: int) -> None:
        """Whoever has not got it, and whose letter is not under way, was never a recipient."""
        await self._db.execute(_UNSENT, {"of": number})

    async def reached(self, number: int, after: int, limit: int) -> list[int]:
        """The next of those whom it has reached, behind one of them, by their ids."""
        behind = (recipient.c.person_id > after, recipient.c.delivered_at.is_not(None))
        query = (
            select(recipient.c.person_id)
            .where(recipient.c.directive_id == number, *behind)
            .order_by(recipient.c.person_id)
            .limit(limit)
        )
        return [row[0] for row in await self._db.execute(query)]

    async def told(self, rows: Sequence[int], now: datetime) -> None:
        """Somebody else was told of these rows."""
        of_rows = update(recipient).where(recipient.c.id.in_(rows))
        await self._db.execute(of_rows.values(head_told_at=now, ask_at=None))

    async def ask_now(self, number: int, most_asks: int, now: datetime) -> int:
        """Ask all the silent of a directive once more; gives how many they are."""
        last = max(most_asks - 1, 0)
        silent = update(recipient).where(recipient.c.directive_id == number, *_SILENT)
        asks = case((recipient.c.asks > last, last), else_=recipient.c.asks)
        return (await self._db.execute(silent.values(ask_at=now, asks=asks))).rowcount

    async def found(self, person_id: int, now: datetime) -> None:
        """Somebody who could not be reached can be: they are sent what they have missed."""
        lost = (recipient.c.unreachable.is_(True), recipient.c.acknowledged_at.is_(None))
        missed = update(recipient).where(recipient.c.person_id == person_id, *lost)
        await self._db.execute(missed.values(unreachable=False, asks=0, ask_at=now, letter_id=None))
