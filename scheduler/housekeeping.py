"""What is tidied up once in a while: letters nobody needs any more, old events, codes that have run out."""

from datetime import datetime, timedelta

from domain.undo import WITHIN as UNDO_WITHIN
from storage.unit_of_work import Store

KEEP_MAIL = timedelta(days=90)
"""How long what people wrote, and what they were sent, is kept; the history of the tasks stays."""

KEEP_DRAFTS = timedelta(days=30)
"""How long a document that was read waits to be published."""


async def tidy(store: Store, now: datetime) -> None:
    """Tidy up, in short transactions."""
    async with store.write() as uow:
        await uow.outbox.expire(now)
        await uow.outbox.forget_strangers()
        await uow.inbox.forget_before(now - KEEP_MAIL)
        await uow.outbox.forget_before(now - KEEP_MAIL)
        await uow.errands.forget_before(now - KEEP_MAIL)
    async with store.write() as uow:
        await uow.proposals.forget_before(now - KEEP_DRAFTS)
    async with store.write() as uow:
        await uow.people.sweep(now)
        await uow.conversations.sweep(now)
        await uow.file_links.sweep(now)
        await uow.upload_links.sweep(now)
        await uow.undo.sweep(now - UNDO_WITHIN)
        await uow.absences.sweep((now - KEEP_MAIL).date())
