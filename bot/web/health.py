"""`/healthz`: whether this process works, for a load balancer or whoever watches the machine."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import structlog
from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response

from bot.vitals import Vitals
from bot.web.metrics import Counts, Metrics
from domain.clock import Clock
from storage.unit_of_work import Store

PATIENCE = 3.0
"""Seconds that the database may take to answer."""

log = structlog.get_logger()


@dataclass(frozen=True)
class Health:
    """What is looked at."""

    store: Store
    clock: Clock
    vitals: Callable[[], Vitals]

    async def look(self) -> tuple[bool, dict[str, Any]]:
        """Whether all is well, and the facts. Who has no duty is as well as who has one: somebody else has it."""
        database, vitals, now = await self._answers(), self.vitals(), self.clock.now()
        well = database and not vitals.stopped_jobs
        return well, {
            "status": "ok" if well else "failing",
            "role": vitals.role,
            "duties": sorted(name for name, held in vitals.duties.items() if held),
            "database": "ok" if database else "no answer",
            "last_tick_seconds": None if vitals.tick_age is None else round(vitals.tick_age, 1),
            "stopped_jobs": list(vitals.stopped_jobs),
            "channels": {
                name: {"last_success_seconds": None if at is None else round((now - at).total_seconds(), 1)}
                for name, at in vitals.last_success.items()
            },
        }

    async def _answers(self) -> bool:
        """Whether the database does; a load balancer asks often, so nothing is counted for it."""
        try:
            async with asyncio.timeout(PATIENCE), self.store.read() as uow:
                await uow.meta("roster")
        except Exception as error:
            log.warning("database_does_not_answer", error=type(error).__name__)
            return False
        return True

    async def counts(self) -> Counts | None:
        """What waits in the database; None where it does not answer."""
        try:
            async with asyncio.timeout(PATIENCE), self.store.read() as uow:
                return Counts(
                    await uow.watch.letters(), *await uow.watch.events(), await uow.watch.pauses(self.clock.now())
                )
        except Exception as error:
            log.warning("database_does_not_answer", error=type(error).__name__)
            return None


def router(health: Health) -> APIRouter:
    """The two pages of the watchers."""
    routes = APIRouter()
    metrics = Metrics()

    @routes.get("/healthz")
    async def healthz() -> JSONResponse:
        well, facts = await health.look()
        return JSONResponse(facts, 200 if well else 503, headers={"Cache-Control": "no-store"})

    @routes.get("/metrics")
    async def all_metrics() -> Response:
        page = metrics.page(health.vitals(), await health.counts(), health.clock.now())
        return Response(page, media_type=metrics.media_type, headers={"Cache-Control": "no-store"})

    return routes
