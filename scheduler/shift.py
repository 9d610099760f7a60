"""How a sender works where other processes could take its place, and what it begins and ends with."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from domain.channel import Channel
from scheduler.pacing import MINUTE, Pacing
from storage.duties import Held
from storage.unit_of_work import Store

LOOK_EVERY = 2.0
"""Seconds between two looks for letters of which this process was not told."""

UNDER_WAY = 0.5
"""Seconds that a letter may have needed from being taken to leaving."""


@dataclass(frozen=True)
class Shift:
    """What a sender holds, and whom it tells to where it has sent something, once that is written down."""

    held: Held
    on_sent: Callable[[str], None] | None = None
    look_every: float = LOOK_EVERY


@dataclass
class Tally:
    """What became of a channel's letters in this process, for whoever watches it; errors by their names."""

    sent: int = 0
    errors: Counter[str] = field(default_factory=Counter)
    last_sent_at: datetime | None = None

    def note_sent(self, now: datetime) -> None:
        self.sent += 1
        self.last_sent_at = now

    def note_failure(self, error: Exception) -> None:
        self.errors[type(error).__name__] += 1


async def recall(pacing: Pacing, channel: Channel, store: Store, now: datetime, at: float) -> None:
    """Count what was sent in the last minute by whoever sent before: the vendor's limits do not begin anew with us."""
    if not channel.limits.per_second and not channel.limits.per_chat_second and not channel.limits.per_group_minute:
        return
    async with store.read() as uow:
        recent = await uow.duties.sent_since(channel.name, now - timedelta(seconds=MINUTE))
    for address, attempted_at in recent:
        age = (now - attempted_at).total_seconds() - UNDER_WAY
        pacing.note(address, at - max(age, 0.0))
