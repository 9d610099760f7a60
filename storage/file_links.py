"""One-time links to files: for whom, until when, and whether they have been used."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from domain.messages import StoredFile
from storage.codecs import file_from_json, table
from storage.models import FileLinkRow
from storage.one_time import OneTimeLinks

LIFE = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class FileLink:
    """A link, as it is kept."""

    person_id: int
    file: StoredFile
    expires_at: datetime
    used_at: datetime | None


class FileLinks(OneTimeLinks):
    """Links of one transaction."""

    TABLE = table(FileLinkRow)
    REMEMBERED = timedelta(days=30)

    async def make(self, person_id: int, file: StoredFile, now: datetime) -> str:
        """A new link for somebody; gives its secret, which is nowhere else."""
        return await self._keep(person_id=person_id, file=asdict(file), expires_at=now + LIFE)

    async def find(self, secret: str) -> FileLink | None:
        row = await self._row(secret)
        return FileLink(row.person_id, file_from_json(row.file), row.expires_at, row.used_at) if row else None
