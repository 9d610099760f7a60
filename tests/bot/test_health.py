"""Health and the webhook: what a watcher sees, and what Telegram gets for an answer."""

from datetime import timedelta
from typing import Any

from bot.settings import TELEGRAM_WEBHOOK_PATH
from bot.web.health import Health
from bot.web.telegram_webhook import MOST_BYTES
from tests.bot.web_site import browser, site_of
from tests.world import World


def _health(world: World, **more: Any) -> Health:
    return Health(world.store, world.clock, lambda: 1.25, **more)


async def test_watcher_sees_that_all_is_well(world: World) -> None:
    earlier = world.clock.now() - timedelta(seconds=90)
    health = _health(world, last_success=lambda: {"telegram": earlier, "web": None})
    async with browser(site_of(world, health=health)) as client:
        answer = await client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ok",
        "database": "ok",
        "last_tick_seconds": 1.2,
        "stopped_jobs": [],
        "channels": {"telegram": {"last_success_seconds": 90.0}, "web": {"last_success_seconds": None}},
    }


async def test_watcher_is_alarmed_when_ticks_have_stopped(world: World) -> None:
    async with browser(site_of(world, health=_health(world, stopped=lambda: ["reminders"]))) as client:
        answer = await client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["stopped_jobs"] == ["reminders"]


async def test_watcher_is_alarmed_when_the_database_does_not_answer(world: World) -> None:
    class Gone:
        def read(self) -> None:
            raise OSError("gone")

    health = Health(Gone(), world.clock, lambda: None)  # type: ignore[arg-type]
    async with browser(site_of(world, health=health)) as client:
        answer = await client.get("/healthz")
    assert (answer.status_code, answer.json()["database"]) == (503, "no answer")


async def test_telegram_hears_what_the_channel_answers(world: World) -> None:
    heard: list[tuple[bytes, str | None]] = []

    async def take(body: bytes, secret: str | None) -> int:
        heard.append((body, secret))
        return 200 if secret == "right" else 403

    async with browser(site_of(world, telegram=take)) as client:
        header = {"X-Telegram-Bot-Api-Secret-Token": "right"}
        assert (await client.post(TELEGRAM_WEBHOOK_PATH, content=b"{}", headers=header)).status_code == 200
        assert (await client.post(TELEGRAM_WEBHOOK_PATH, content=b"{}")).status_code == 403
        assert (await client.post(TELEGRAM_WEBHOOK_PATH, content=b"x" * (MOST_BYTES + 1))).status_code == 413
    assert heard == [(b"{}", "right"), (b"{}", None)]


async def test_without_telegram_there_is_no_webhook_and_without_health_no_page(world: World) -> None:
    async with browser(site_of(world)) as client:
        assert (await client.post(TELEGRAM_WEBHOOK_PATH)).status_code == 404
        assert (await client.get("/healthz")).status_code == 404
