"""The loops behind the Telegram channel: the long poll, and work that is done again until it has succeeded."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

import structlog

from bot.channels.reports import report
from bot.channels.resting import LONGEST_REST, Rest, Work, is_being_cancelled, rests
from domain.channel import Busy, DeliveryError, Unavailable
from domain.clock import Clock

Updates = list[Any]

log = structlog.get_logger()


class LongPoll:
    """Asks for updates and hands each batch over; the offset, which confirms it, moves only after that.

    `ask(offset)` raises DeliveryError. Nothing that goes wrong ends the loop.
    """

    def __init__(
        self,
        ask: Callable[[int], Awaitable[Updates]],
        take: Callable[[Updates], Awaitable[None]],
        clock: Clock,
        rest: Rest,
    ) -> None:
        self.last_poll_at: datetime | None = None
        self.taking = asyncio.Lock()
        self._ask = ask
        self._take = take
        self._clock = clock
        self._rest = rest
        self._offset = 0

    def forget(self) -> None:
        """Begin anew: meanwhile another process may have asked, and confirmed more than this one knows of."""
        self._offset = 0

    async def run(self) -> None:
        pauses = rests()
        while True:
            least = 0.0
            try:
                await self._round()
            except DeliveryError as problem:
                log.warning("telegram_poll_failed", kind=type(problem).__name__, reason=str(problem))
                least = problem.after if isinstance(problem, Busy) else 0.0
            except Exception as problem:
                report("telegram_batch_not_kept", problem)
            else:
                pauses = rests()
                continue
            await self._rest(max(next(pauses), least))

    async def _round(self) -> None:
        updates = await self._ask(self._offset)
        self.last_poll_at = self._clock.now()
        if not updates:
            return
        async with self.taking:
            following = _following(updates)
            await self._take(updates)
            self._offset = following


def _following(updates: Updates) -> int:
    """The offset that confirms a batch. Raises Unavailable where none does: asking again at once would be a storm."""
    ids = [update["update_id"] for update in updates if isinstance(update, dict) and "update_id" in update]
    numbers = [number for number in ids if isinstance(number, int)]
    if not numbers:
        raise Unavailable("updates without ids")
    return max(numbers) + 1


async def persist(name: str, work: Work, rest: Rest, longest: float = LONGEST_REST) -> None:
    """Does a piece of work until it has succeeded once; a loop, which never does, is started again when it dies."""
    for pause in rests(longest):
        try:
            return await work()
        except asyncio.CancelledError as stray:
            if is_being_cancelled():
                raise
            report("telegram_work_died", stray, work=name)
        except DeliveryError as problem:
            log.warning("telegram_work_failed", work=name, kind=type(problem).__name__, reason=str(problem))
        except Exception as problem:
            report("telegram_work_died", problem, work=name)
        await rest(pause)
    return None
