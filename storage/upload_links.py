"""One-time links by which a file is handed in to somebody's own conversation."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.codecs import table
from storage.models import UploadLinkRow
from storage.one_time import OneTimeLinks, hashed

LIFE = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class UploadLink:
    """A link, as it is kept."""

    account_id: int
    expires_at: datetime
    used_at: datetime | None


def name_of(secret: str) -> str:
    """A name for what came by a link, from which the link cannot be told."""
    return hashed("name of " + secret)[:32]


class UploadLinks(OneTimeLinks):
    """Links of one transaction."""

    TABLE = table(UploadLinkRow)
    REMEMBERED = timedelta(days=7)

    async def make(self, account_id: int, now: datetime) -> str:
        """A new link for a conversation; gives its secret, which is nowhere else."""
        return await self._keep(account_id=account_id, expires_at=now + LIFE)

    async def find(self, secret: str) -> UploadLink | None:
        row = await self._row(secret)
        return UploadLink(row.account_id, row.expires_at, row.used_at) if row else None
