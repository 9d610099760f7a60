"""One-time links to files: for whom, until when, and whether they have been used. Only the secret's hash is kept."""

import hashlib
import secrets
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update

from domain.messages import StoredFile
from storage.codecs import file_from_json, table
from storage.engine import Connection
from storage.models import FileLinkRow

link = table(FileLinkRow)

LIFE = timedelta(days=7)
REMEMBERED = timedelta(days=30)
"""How long a link that has run out can still say so."""


@dataclass(frozen=True, slots=True)
class FileLink:
    """A link, as it is kept."""

    person_id: int
    file: StoredFile
    expires_at: datetime
    used_at: datetime | None


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


class FileLinks:
    """Links of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    async def make(self, person_id: int, file: StoredFile, now: datetime) -> str:
        """A new link for somebody; gives its secret, which is nowhere else."""
        secret = secrets.token_urlsafe(24)
        values = {"token_hash": _hash(secret), "person_id": person_id, "file": asdict(file), "expires_at": now + LIFE}
        await self._db.execute(link.insert().values(**values))
        return secret

    async def find(self, secret: str) -> FileLink | None:
        row = (await self._db.execute(select(link).where(link.c.token_hash == _hash(secret)))).one_or_none()
        return FileLink(row.person_id, file_from_json(row.file), row.expires_at, row.used_at) if row else None

    async def use(self, secret: str, now: datetime) -> bool:
        """Use a link up; False where it has been, or has run out."""
        usable = (link.c.token_hash == _hash(secret), link.c.used_at.is_(None), link.c.expires_at > now)
        return (await self._db.execute(update(link).where(*usable).values(used_at=now))).rowcount == 1

    async def sweep(self, now: datetime) -> None:
        """Delete what ran out long ago."""
        await self._db.execute(link.delete().where(link.c.expires_at < now - REMEMBERED))
