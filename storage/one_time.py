"""What all one-time links have in common: a secret of which only the hash is kept, used once and until its end."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any, ClassVar

from sqlalchemy import Table, select, update

from storage.engine import Connection


def hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


class OneTimeLinks:
    """Links of one transaction, in a table with `token_hash`, `expires_at` and `used_at`.

    `REMEMBERED` is how long a link that has run out can still say so.
    """

    TABLE: ClassVar[Table]
    REMEMBERED: ClassVar[timedelta]

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    async def _keep(self, **values: Any) -> str:
        """A new link; gives its secret, which is nowhere else."""
        secret = secrets.token_urlsafe(24)
        await self._db.execute(self.TABLE.insert().values(token_hash=hashed(secret), **values))
        return secret

    async def _row(self, secret: str) -> Any | None:
        link = self.TABLE
        return (await self._db.execute(select(link).where(link.c.token_hash == hashed(secret)))).one_or_none()

    async def use(self, secret: str, now: datetime) -> bool:
        """Use a link up; False where it has been, or has run out."""
        link = self.TABLE
        usable = (link.c.token_hash == hashed(secret), link.c.used_at.is_(None), link.c.expires_at > now)
        return (await self._db.execute(update(link).where(*usable).values(used_at=now))).rowcount == 1

    async def sweep(self, now: datetime) -> None:
        """Delete what ran out long ago."""
        link = self.TABLE
        await self._db.execute(link.delete().where(link.c.expires_at < now - self.REMEMBERED))
