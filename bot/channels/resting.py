"""How long a channel rests between one try and the next, whatever it tries."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator

LONGEST_REST = 30.0

Rest = Callable[[float], Awaitable[object]]
Work = Callable[[], Awaitable[None]]


def rests(longest: float = LONGEST_REST) -> Iterator[float]:
    """How long to wait after each failure in a row: 1, 2, 4 … seconds."""
    pause = 1.0
    while True:
        yield min(pause, longest)
        pause = min(pause * 2, longest)


def is_being_cancelled() -> bool:
    """Whether it is this task that was cancelled, and not something inside it that it waited for."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0
