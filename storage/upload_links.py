"""One-time links by which a file is handed in to somebody's own conversation. Only the secret's hash is kept."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update

from storage.codecs import table
from storage.engine import Connection
from storage.models import UploadLinkRow

link = table(UploadLinkRow)

LIFE = timedelta(hours=24)
REMEMBERED = timedelta(days=7)
"""How long a link that has run out can still say so."""


@dataclass(frozen=True, slots=True)
class UploadLink:
    """A link, as it is kept."""

    account_id: int
    expires_at: datetime
    used_at: datetime | None


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def name_of(secret: str) -> str:
    """A name for what came by a link, from which the link cannot be told."""
    return _hash("name of " + secret)[:32]


class UploadLinks:
    """Links of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    async def make(self, account_id: int, now: datetime) -> str:
        """A new link for a conversation; gives its secret, which is nowhere else."""
        secret = secrets.token_urlsafe(24)
        values = {"token_hash": _hash(secret), "account_id": account_id, "expires_at": now + LIFE}
        await self._db.execute(link.insert().values(**values))
        return secret

    async def find(self, secret: str) -> UploadLink | None:
        row = (await self._db.execute(select(link).where(link.c.token_hash == _hash(secret)))).one_or_none()
        return UploadLink(row.account_id, row.expires_at, row.used_at) if row else None

    async def use(self, secret: str, now: datetime) -> bool:
        """Use a link up; False where it has been, or has run out."""
        usable = (link.c.token_hash == _hash(secret), link.c.used_at.is_(None), link.c.expires_at > now)
        return (await self._db.execute(update(link).where(*usable).values(used_at=now))).rowcount == 1

    async def sweep(self, now: datetime) -> None:
        """Delete what ran out long ago."""
        await self._db.execute(link.delete().where(link.c.expires_at < now - REMEMBERED))
