"""Open dialogs: the step that each waits at, kept so that a restart does not forget it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, select

from storage.codecs import table
from storage.engine import Connection, insert_of
from storage.models import ConversationRow

conversation = table(ConversationRow)
_OPEN = select(conversation).where(conversation.c.account_id == bindparam("account_id"))


@dataclass(frozen=True, slots=True)
class Dialog:
    """A step, and what was said before it. `expires_at` is UTC."""

    step: str
    payload: Mapping[str, Any]
    expires_at: datetime


class Conversations:
    """Dialogs of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    async def get(self, account_id: int) -> Dialog | None:
        row = (await self._db.execute(_OPEN, {"account_id": account_id})).one_or_none()
        return Dialog(row.step, row.payload, row.expires_at) if row else None

    async def put(self, account_id: int, dialog: Dialog) -> None:
        values = {"step": dialog.step, "payload": dict(dialog.payload), "expires_at": dialog.expires_at}
        insert = insert_of(self._db.dialect.name)(conversation).values(account_id=account_id, **values)
        await self._db.execute(insert.on_conflict_do_update(index_elements=["account_id"], set_=values))

    async def close(self, account_id: int) -> None:
        await self._db.execute(delete(conversation).where(conversation.c.account_id == account_id))

    async def sweep(self, now: datetime) -> None:
        """Close the dialogs that were open for too long."""
        await self._db.execute(delete(conversation).where(conversation.c.expires_at <= now))
