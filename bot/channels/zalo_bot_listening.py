"""How the Zalo Bot channel listens: by long poll or webhook, switching Zalo over to whichever is set, stopped cleanly.

A poll confirms nothing: what Zalo has given out once it does not give again, and what comes while nobody asks may be
lost. So the next poll is out before the last one's updates have been kept, and keeping is tried until it succeeds.
"""

import asyncio
import hmac
import json
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any, Protocol

import structlog

from bot.channels.reports import report
from bot.channels.resting import LONGEST_REST, Rest, Work, is_being_cancelled, rests
from bot.channels.zalo_bot_updates import read_all, unwrapped
from domain.channel import Busy, DeliveryError, Receive
from domain.clock import Clock
from domain.messages import Incoming

TRIES_TO_KEEP = 3
"""Of what was posted: whether Zalo posts anything a second time is not known."""
LONGEST_KEEPING = 10.0
"""Seconds that stopping waits for a database that takes nothing in."""
REGISTER_AGAIN_EVERY = 3600.0
"""Seconds. Zalo takes only so many registrations a day."""

log = structlog.get_logger()


class Calls(Protocol):
    """What listening asks of Zalo; every call raises DeliveryError and nothing else."""

    async def get_updates(self) -> list[Any]: ...

    async def me(self) -> dict[str, Any]: ...

    async def webhook_url(self) -> str: ...

    async def set_webhook(self, url: str, secret: str) -> None: ...

    async def delete_webhook(self) -> None: ...


class Listening:
    """One start and one stop; in between, a runner holds every task but the long poll, which comes and goes."""

    def __init__(
        self,
        calls: Calls,
        clock: Clock,
        rest: Rest,
        hook: tuple[str, str] | None,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        """`hook` is where updates are to be posted, and with which secret; None: they are asked for."""
        self.last_poll_at: datetime | None = None
        self._calls = calls
        self._clock = clock
        self._rest = rest
        self._hook = hook
        self._steady = steady
        self._registered_at: float | None = None
        self._id, self._names = "", list[str]()
        self._receive: Receive | None = None
        self._runner: asyncio.Task[None] | None = None
        self._poller: asyncio.Task[None] | None = None
        self._keeper: asyncio.Task[None] | None = None
        self._got: asyncio.Queue[list[Any]] = asyncio.Queue()
        self._again = asyncio.Event()

    @property
    def is_posted_to(self) -> bool:
        return self._hook is not None

    def start(self, receive: Receive) -> None:
        self._receive = receive
        self._runner = asyncio.get_running_loop().create_task(self._run())

    async def stop(self) -> None:
        await self.stop_polling()
        runner, self._runner = self._runner, None
        await _end(runner)

    async def _run(self) -> None:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._persist("name", self._introduce))
            if self.is_posted_to:
                tasks.create_task(self._stay_registered())

    async def _introduce(self) -> None:
        mine = await self._calls.me()
        self._id = str(mine.get("id") or "")
        self._names = [name for key in ("display_name", "account_name") if (name := str(mine.get(key) or ""))]

    async def _persist(self, name: str, work: Work) -> None:
        """Does a piece of work until it has succeeded once."""
        for pause in rests():
            try:
                return await work()
            except DeliveryError as problem:
                log.warning("zalo_bot_work_failed", work=name, kind=type(problem).__name__, reason=str(problem))
                await self._rest(_at_least(pause, problem))
            except Exception as problem:
                report("zalo_bot_work_died", problem, work=name)
                await self._rest(LONGEST_REST)
        return None

    # -- asking ------------------------------------------------------------------------------------------------------

    def start_polling(self) -> None:
        loop = asyncio.get_running_loop()
        self._poller = loop.create_task(self._poll())
        self._keeper = loop.create_task(self._keep())

    async def stop_polling(self) -> None:
        """Asks no more at once; what was got is kept first."""
        poller, self._poller = self._poller, None
        await _end(poller)
        keeper, self._keeper = self._keeper, None
        if keeper is not None:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._got.join(), LONGEST_KEEPING)
            await _end(keeper)

    async def _poll(self) -> None:
        pauses = rests()
        # an earlier set-up may have left a webhook, and while there is one nobody may ask
        is_free = False
        while True:
            try:
                if not is_free:
                    await self._take_back_webhook()
                    is_free = True
                updates = await self._calls.get_updates()
            except asyncio.CancelledError:
                if is_being_cancelled():
                    raise
                continue
            except DeliveryError as problem:
                log.warning("zalo_bot_poll_failed", kind=type(problem).__name__, reason=str(problem))
                is_free = False
                await self._rest(_at_least(next(pauses), problem))
            except Exception as problem:
                report("zalo_bot_poll_failed", problem)
                await self._rest(next(pauses))
            else:
                pauses = rests()
                self.last_poll_at = self._clock.now()
                if updates:
                    self._got.put_nowait(updates)

    async def _take_back_webhook(self) -> None:
        if await self._calls.webhook_url():
            await self._calls.delete_webhook()
            log.info("zalo_bot_webhook_removed")

    async def _keep(self) -> None:
        while True:
            updates = await self._got.get()
            try:
                await self._keep_at_last(self._read(updates))
            finally:
                self._got.task_done()

    async def _keep_at_last(self, incoming: list[Incoming]) -> None:
        for pause in rests():
            if await self._is_kept(incoming):
                return
            await self._rest(pause)

    def _read(self, updates: list[Any]) -> list[Incoming]:
        found = [update for each in updates for update in unwrapped(each)]
        return read_all(found, self._names, self._id)

    async def _is_kept(self, incoming: list[Incoming]) -> bool:
        if not incoming or self._receive is None:
            return True
        try:
            await self._receive(incoming)
        except DeliveryError as problem:
            log.warning("zalo_bot_update_not_kept", reason=str(problem))
        except Exception as problem:
            report("zalo_bot_update_not_kept", problem)
        else:
            return True
        return False

    # -- being posted to ---------------------------------------------------------------------------------------------

    async def webhook(self, body: bytes, secret: str | None) -> int:
        """The HTTP status for what was posted."""
        if self._hook is None:
            return 403
        if not body.strip():
            return 200  # that is how Zalo tries out whether anybody is here
        if not hmac.compare_digest((secret or "").encode(), self._hook[1].encode()):
            log.warning("zalo_bot_webhook_refused")
            if secret:
                self._again.set()
            return 403
        if self._runner is None:
            return 503
        try:
            updates = unwrapped(json.loads(body))
        except (ValueError, RecursionError) as problem:
            report("zalo_bot_update_unreadable", problem)
            return 200
        return await self._status(self._read(updates))

    async def _status(self, incoming: list[Incoming]) -> int:
        pauses = rests()
        for attempt in range(TRIES_TO_KEEP):
            if await self._is_kept(incoming):
                return 200
            if attempt + 1 < TRIES_TO_KEEP:
                await self._rest(next(pauses) / 4)
        return 503

    async def _stay_registered(self) -> None:
        """Our address at Zalo; once more where posts come with a secret that is ours no longer."""
        await self._persist("webhook", self._register)
        while True:
            await self._again.wait()
            self._again.clear()
            if self._registered_at is None or self._steady() - self._registered_at >= REGISTER_AGAIN_EVERY:
                await self._persist("webhook", self._register_anew)

    async def _register(self) -> None:
        if self._hook and await self._calls.webhook_url() != self._hook[0]:
            await self._register_anew()

    async def _register_anew(self) -> None:
        if self._hook:
            await self._calls.set_webhook(*self._hook)
            self._registered_at = self._steady()


def _at_least(pause: float, problem: DeliveryError) -> float:
    return max(pause, problem.after) if isinstance(problem, Busy) else pause


async def _end(task: asyncio.Task[None] | None) -> None:
    if task is not None:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await asyncio.gather(task, return_exceptions=True)
