"""What every tick is given, and what a tick is."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from domain.rules import Rules
from locales.speech import Speech
from storage.files import FileStore
from storage.unit_of_work import Store


@dataclass(frozen=True)
class Clockwork:
    """What a tick needs."""

    store: Store
    files: FileStore
    rules: Rules
    speech: Speech


Tick = Callable[[Clockwork, datetime], Awaitable[int]]
"""Does what has come due by an instant (UTC); gives how many letters it posted."""
