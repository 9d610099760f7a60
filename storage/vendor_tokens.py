"""The tokens of channels whose vendor takes them back: a pair is written down before it is used for the first time.

A refresh token is good for one call. So the call is written down before it is made (`begin`), and the new pair before
anybody uses it (`renewed`): whoever is killed in between leaves a row that tells how far it had come.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, or_, select, update

from storage.codecs import table
from storage.engine import Connection, insert_of
from storage.models import VendorTokenRow

token = table(VendorTokenRow)

LEASE = timedelta(seconds=30)
"""How long whoever renews may take before others may try; longer than a call to the vendor is waited for."""


@dataclass(frozen=True, slots=True)
class SealedPair:
    """An access token and the refresh token behind it; empty where there is none yet."""

    access: str
    refresh: str
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class VendorToken:
    """What is kept for a channel. `tries` are calls with this refresh token whose outcome is not known, or was no."""

    generation: int
    pair: SealedPair
    given: str
    tries: int
    tried_at: datetime | None
    lost_at: datetime | None


class VendorTokens:
    """The tokens of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    async def find(self, channel: str) -> VendorToken | None:
        row = (await self._db.execute(select(token).where(token.c.channel == channel))).one_or_none()
        if row is None:
            return None
        pair = SealedPair(row.access, row.refresh, row.expires_at)
        return VendorToken(row.generation, pair, row.given, row.tries, row.tried_at, row.lost_at)

    async def put(self, channel: str, pair: SealedPair, given: str = "") -> None:
        """A pair from outside takes the place of whatever there was; `given` marks the setting that is now known."""
        await self._put(channel, pair, given)

    async def plant(self, channel: str, pair: SealedPair, given: str) -> None:
        """The same for what stands in the settings, once: where another process was faster, its pair may be in use."""
        await self._put(channel, pair, given, token.c.given != given)

    async def _put(self, channel: str, pair: SealedPair, given: str, only: ColumnElement[bool] | None = None) -> None:
        fresh = {**_values(pair), "given": given}
        insert = insert_of(self._db.dialect.name)(token).values(channel=channel, generation=1, **fresh)
        changes = {**fresh, "generation": token.c.generation + 1}
        await self._db.execute(insert.on_conflict_do_update(index_elements=["channel"], set_=changes, where=only))

    async def begin(self, channel: str, generation: int, now: datetime) -> bool:
        """Write down that the refresh token is about to be used; False where somebody else is at it, or has done it."""
        mine = update(token).where(*_is(channel, generation))
        if self._db.dialect.name != "sqlite":  # there, whoever had it before us is dead
            mine = mine.where(or_(token.c.leased_until.is_(None), token.c.leased_until <= now))
        began = mine.values(tries=token.c.tries + 1, tried_at=now, leased_until=now + LEASE)
        return (await self._db.execute(began)).rowcount == 1

    async def renewed(self, channel: str, generation: int, pair: SealedPair) -> bool:
        """The new pair, in place of the one that it was got with; False where a newer one has come from outside."""
        new = update(token).where(*_is(channel, generation)).values(**_values(pair), generation=generation + 1)
        return (await self._db.execute(new)).rowcount == 1

    async def ended(self, channel: str, generation: int, *, sent: bool) -> None:
        """A call has brought nothing; one that was never `sent` has used nothing up."""
        tries = token.c.tries if sent else token.c.tries - 1
        await self._db.execute(update(token).where(*_is(channel, generation)).values(tries=tries, leased_until=None))

    async def lose(self, channel: str, generation: int, now: datetime) -> bool:
        """The refresh token is good for nothing any more; False where that was known."""
        lost = update(token).where(*_is(channel, generation), token.c.lost_at.is_(None)).values(lost_at=now)
        return (await self._db.execute(lost)).rowcount == 1


def _is(channel: str, generation: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return token.c.channel == channel, token.c.generation == generation


def _values(pair: SealedPair) -> dict[str, object]:
    return {
        "access": pair.access,
        "refresh": pair.refresh,
        "expires_at": pair.expires_at,
        "tries": 0,
        "leased_until": None,
        "lost_at": None,
    }
