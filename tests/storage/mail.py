"""A store for the tests of repositories, and letters to fill it with."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from itertools import count
from zoneinfo import ZoneInfo

from domain.messages import Draft, Letter, Outgoing, Priority
from storage.engine import make_engine
from storage.unit_of_work import Store
from tests.world import MONDAY

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_numbers = count(1)


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Store]:
    """A store on a database, closed at the end."""
    store = Store(make_engine(url), ZONE)
    try:
        yield store
    finally:
        await store.close()


async def posted(
    store: Store,
    text: str = "Tin",
    *,
    to: str = "1",
    channel: str = "telegram",
    dedupe: str | None = None,
    priority: Priority = Priority.NOTICE,
    about: str = "",
    tasks: tuple[int, ...] = (),
    now: datetime = MONDAY,
    not_before: datetime | None = None,
    expires_at: datetime | None = None,
) -> Letter | None:
    """Post one letter in a transaction of its own."""
    draft = Draft(Outgoing(text), dedupe or f"test:{next(_numbers)}", priority, about, not_before, expires_at)
    async with store.write() as uow:
        return await uow.outbox.post(draft, channel, to, now, tasks=tasks)
