"""Directives: what is to go out, and how far it has come."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, or_, select, update

from domain.directives import Audience, Directive, Everybody
from storage.codecs import files_from_json, files_to_json, table
from storage.engine import Connection
from storage.models import DirectiveRow, RecipientRow

directive, recipient = table(DirectiveRow), table(RecipientRow)

_ONE = select(directive).where(directive.c.id == bindparam("wanted"))


def _to_directive(row: Any) -> Directive:
    return Directive(
        id=row.id,
        number=row.number,
        issued_on=row.issued_on,
        subject=row.subject,
        audience=audience_from_json(row.audience),
        published_by=row.published_by,
        created_at=row.created_at,
        publish_at=row.publish_at,
        summary=row.summary,
        body=row.body,
        files=files_from_json(row.files),
        sent_up_to=row.sent_up_to,
        fanned_out_at=row.fanned_out_at,
        cancelled_at=row.cancelled_at,
        status_letter_id=row.status_letter_id,
    )


def audience_to_json(audience: Audience) -> dict[str, Any]:
    return {"kind": audience.kind.value, "units": list(audience.units), "people": list(audience.people)}


def audience_from_json(kept: Mapping[str, Any]) -> Audience:
    return Audience(Everybody(kept["kind"]), tuple(kept["units"]), tuple(kept["people"]))


class Directives:
    """Directives of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    async def create(self, new: Directive) -> Directive:
        """Keep a new directive; gives it with its number."""
        values = {
            "number": new.number,
            "issued_on": new.issued_on,
            "subject": new.subject,
            "summary": new.summary,
            "body": new.body,
            "files": files_to_json(new.files),
            "audience": audience_to_json(new.audience),
            "published_by": new.published_by,
            "created_at": new.created_at,
            "publish_at": new.publish_at,
            "sent_up_to": 0,
        }
        made = await self._db.execute(directive.insert().values(values).returning(directive.c.id))
        return replace(new, id=made.scalar_one())

    async def get(self, number: int, *, hold: bool = False) -> Directive | None:
        """A directive by its short number; `hold` keeps others from changing it until the transaction ends."""
        if not 0 < number < 2**31:
            return None
        query = _ONE.with_for_update() if hold else _ONE
        row = (await self._db.execute(query, {"wanted": number})).one_or_none()
        return _to_directive(row) if row else None

    async def latest(self, limit: int) -> list[Directive]:
        """The last ones, the latest first."""
        query = select(directive).order_by(directive.c.id.desc()).limit(limit)
        return [_to_directive(row) for row in await self._db.execute(query)]

    async def of_number(self, number: str) -> Directive | None:
        """The last one of those that have the document's own number and were not called off."""
        same = (directive.c.number == number, directive.c.cancelled_at.is_(None))
        row = (await self._db.execute(select(directive).where(*same).order_by(directive.c.id.desc()).limit(1))).first()
        return _to_directive(row) if row else None

    async def beginning_with(self, digits: Sequence[str]) -> list[Directive]:
        """Those whose own number begins with some digits, and that were not called off."""
        if not digits:
            return []
        likely = or_(*(directive.c.number.startswith(each, autoescape=True) for each in digits))
        query = select(directive).where(likely, directive.c.cancelled_at.is_(None)).order_by(directive.c.id)
        return [_to_directive(row) for row in await self._db.execute(query)]

    async def of_person(self, person_id: int, limit: int, *, waiting: bool) -> list[Directive]:
        """The last ones sent to somebody, the latest first; only those `waiting` for their acknowledgement, or all."""
        query = (
            select(directive)
            .join(recipient, recipient.c.directive_id == directive.c.id)
            .where(recipient.c.person_id == person_id, directive.c.cancelled_at.is_(None))
            .order_by(directive.c.id.desc())
            .limit(limit)
        )
        if waiting:
            query = query.where(recipient.c.acknowledged_at.is_(None))
        return [_to_directive(row) for row in await self._db.execute(query)]

    async def cancel(self, number: int, now: datetime) -> None:
        """It holds no more; whoever has got it is to be told."""
        await self._change(number, cancelled_at=now, refresh_at=now)

    async def _change(self, number: int, **values: object) -> None:
        await self._db.execute(
            update(directive).where(directive.c.id == bindparam("wanted")).values(**values), {"wanted": number}
        )

    # -- going out -----------------------------------------------------------------------------------------------

    async def due(self, now: datetime) -> list[int]:
        """The directives that are to go out, or go out already."""
        open_ones = (directive.c.fanned_out_at.is_(None), directive.c.cancelled_at.is_(None))
        query = select(directive.c.id).where(directive.c.publish_at <= now, *open_ones).order_by(directive.c.id)
        return [row[0] for row in await self._db.execute(query)]

    async def reached(self, number: int, person_id: int, next_look: datetime) -> None:
        """The fan-out has come as far as this person."""
        await self._change(number, sent_up_to=person_id, refresh_at=next_look)

    async def fanned_out(self, number: int, now: datetime) -> None:
        await self._change(number, fanned_out_at=now, refresh_at=now)

    async def to_refresh(self, now: datetime) -> list[int]:
        """The directives of which it is to be looked at how far they have come."""
        query = select(directive.c.id).where(directive.c.refresh_at <= now).order_by(directive.c.id)
        return [row[0] for row in await self._db.execute(query)]

    async def look_again(self, number: int, at: datetime) -> None:
        """Something new is under way."""
        await self._change(number, refresh_at=at)

    async def refresh_later(self, number: int, at: datetime | None, status_letter_id: int | None) -> None:
        await self._change(number, refresh_at=at, status_letter_id=status_letter_id)
