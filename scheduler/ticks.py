"""What happens by itself: every tick of the assistant, in the order in which one tick follows another."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

import structlog

from domain.rules import Rules
from locales.speech import Speech
from scheduler import reminders
from storage.files import FileStore
from storage.unit_of_work import Store

log = structlog.get_logger()


@dataclass(frozen=True)
class Clockwork:
    """What a tick needs."""

    store: Store
    files: FileStore
    rules: Rules
    speech: Speech


Tick = Callable[[Clockwork, datetime], Awaitable[int]]
"""Does what has come due by an instant (UTC); gives how many letters it posted."""


async def _remind(work: Clockwork, now: datetime) -> int:
    return await reminders.remind(work.store, work.rules, work.speech, now)


TICKS: dict[str, Tick] = {"reminders": _remind}
"""Every tick, by name."""


async def tick(work: Clockwork, now: datetime) -> int:
    """Whatever has come due by now; one tick that fails does not keep the others from running. Gives the letters."""
    letters = 0
    for name, one in TICKS.items():
        try:
            letters += await one(work, now)
        except Exception:
            log.exception("tick_failed", tick=name)
    return letters
