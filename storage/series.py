"""Recurring tasks: what comes again, and when the next one is opened."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, update

from domain.series import Every, Series
from domain.tasks import Index
from storage.codecs import table
from storage.engine import Connection
from storage.models import SeriesRow

series = table(SeriesRow)

_GOING_ON = series.c.stopped_at.is_(None)


def to_series(row: Any) -> Series:
    return Series(
        id=row.id,
        content=row.content,
        index=Index(row.reform_index) if row.reform_index else None,
        source=row.source,
        directive_id=row.directive_id,
        point=row.point,
        person_id=row.person_id,
        unit_id=row.unit_id,
        every=Every(row.rule, row.said),
        ready=row.ready,
        given_by=row.given_by,
        given_at=row.given_at,
        next_on=row.next_on,
        next_at=row.next_at,
        proposal_id=row.proposal_id,
    )


class AllSeries:
    """The series of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    async def keep(self, new: Series) -> Series:
        values = {
            "content": new.content,
            "reform_index": new.index and new.index.value,
            "source": new.source,
            "directive_id": new.directive_id,
            "point": new.point,
            "person_id": new.person_id,
            "unit_id": new.unit_id,
            "rule": new.every.rule,
            "said": new.every.said,
            "ready": new.ready,
            "given_by": new.given_by,
            "given_at": new.given_at,
            "next_on": new.next_on,
            "next_at": new.next_at,
            "proposal_id": new.proposal_id,
        }
        kept = await self._db.execute(series.insert().values(values).returning(series.c.id))
        return replace(new, id=kept.scalar_one())

    async def get(self, series_id: int) -> Series | None:
        """One, also where it has been stopped."""
        row = (await self._db.execute(select(series).where(series.c.id == series_id))).one_or_none()
        return to_series(row) if row else None

    async def going_on(self) -> list[Series]:
        """Every one that is not stopped, in the order in which they were given."""
        query = select(series).where(_GOING_ON).order_by(series.c.id)
        return [to_series(row) for row in await self._db.execute(query)]

    async def due(self, now: datetime, limit: int) -> list[int]:
        """Those of which the next task is to be opened, the longest due first."""
        query = select(series.c.id).where(_GOING_ON, series.c.next_at <= now).order_by(series.c.next_at).limit(limit)
        return [row.id for row in await self._db.execute(query)]

    async def take(self, series_id: int, now: datetime) -> Series | None:
        """One that is still due, held until the transaction ends."""
        still = (series.c.id == series_id, _GOING_ON, series.c.next_at <= now)
        row = (await self._db.execute(select(series).where(*still).with_for_update())).one_or_none()
        return to_series(row) if row else None

    async def plan(self, series_id: int, next_on: date, next_at: datetime) -> None:
        """When the next one comes."""
        await self._db.execute(update(series).where(series.c.id == series_id).values(next_on=next_on, next_at=next_at))

    async def stop(self, series_id: int, now: datetime) -> None:
        await self._db.execute(update(series).where(series.c.id == series_id).values(stopped_at=now))
