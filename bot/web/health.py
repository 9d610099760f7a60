"""`/healthz`: whether the assistant works, for whoever watches the machine; nothing in it is about a person."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from fastapi import APIRouter
from fastapi.responses import JSONResponse

from domain.clock import Clock
from storage.unit_of_work import Store

PATIENCE = 3.0
"""Seconds that the database may take to answer."""

log = structlog.get_logger()


def _nothing_stopped() -> Sequence[str]:
    return ()


def _no_channels() -> Mapping[str, datetime | None]:
    return {}


@dataclass(frozen=True)
class Health:
    """What is looked at. `tick_age` gives the seconds since the last tick, None before the first."""

    store: Store
    clock: Clock
    tick_age: Callable[[], float | None]
    stopped: Callable[[], Sequence[str]] = _nothing_stopped
    last_success: Callable[[], Mapping[str, datetime | None]] = _no_channels

    async def look(self) -> tuple[bool, dict[str, Any]]:
        """Whether all is well, and the facts."""
        database, stopped, age = await self._database_answers(), list(self.stopped()), self.tick_age()
        now = self.clock.now()
        well = database and not stopped
        return well, {
            "status": "ok" if well else "failing",
            "database": "ok" if database else "no answer",
            "last_tick_seconds": None if age is None else round(age, 1),
            "stopped_jobs": stopped,
            "channels": {
                name: {"last_success_seconds": None if at is None else round((now - at).total_seconds(), 1)}
                for name, at in self.last_success().items()
            },
        }

    async def _database_answers(self) -> bool:
        try:
            async with asyncio.timeout(PATIENCE), self.store.read() as uow:
                await uow.meta("roster")
        except Exception as error:
            log.warning("database_does_not_answer", error=type(error).__name__)
            return False
        return True


def router(health: Health) -> APIRouter:
    """The page of the watcher."""
    routes = APIRouter()

    @routes.get("/healthz")
    async def healthz() -> JSONResponse:
        well, facts = await health.look()
        return JSONResponse(facts, 200 if well else 503, headers={"Cache-Control": "no-store"})

    return routes
