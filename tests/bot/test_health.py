"""Health and the webhook: what a watcher sees, and what Telegram gets for an answer."""

from collections import Counter
from datetime import timedelta

import httpx
from prometheus_client.parser import text_string_to_metric_families

from bot.settings import TELEGRAM_WEBHOOK_PATH
from bot.vitals import Vitals
from bot.web.health import Health
from bot.web.server import watched
from bot.web.site import Posted
from bot.web.webhooks import MOST_BYTES
from domain.channel import Hook
from domain.messages import Draft, Incoming, Outgoing, Priority
from scheduler.shift import Tally
from tests.bot.web_site import browser, site_of
from tests.world import World


def _health(world: World, vitals: Vitals | None = None) -> Health:
    return Health(world.store, world.clock, lambda: vitals or Vitals(tick_age=1.25))


async def test_watcher_sees_that_all_is_well(world: World) -> None:
    earlier = world.clock.now() - timedelta(seconds=90)
    vitals = Vitals(
        duties={"ticks": True, "send:telegram": False},
        tick_age=1.25,
        last_polls={"telegram": earlier},
        tallies={"telegram": Tally(), "web": Tally()},
    )
    async with browser(site_of(world, health=_health(world, vitals))) as client:
        answer = await client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ok",
        "role": "all",
        "duties": ["ticks"],
        "database": "ok",
        "last_tick_seconds": 1.2,
        "stopped_jobs": [],
        "channels": {"telegram": {"last_success_seconds": 90.0}, "web": {"last_success_seconds": None}},
    }


async def test_process_without_a_duty_is_well_too(world: World) -> None:
    async with browser(site_of(world, health=_health(world, Vitals(role="web")))) as client:
        answer = await client.get("/healthz")
    assert (answer.status_code, answer.json()["role"], answer.json()["last_tick_seconds"]) == (200, "web", None)


async def test_watcher_is_alarmed_when_ticks_have_stopped(world: World) -> None:
    health = _health(world, Vitals(stopped_jobs=("ticks",)))
    async with browser(site_of(world, health=health)) as client:
        answer = await client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["stopped_jobs"] == ["ticks"]


class Gone:
    """A database that cannot be reached."""

    def read(self) -> None:
        raise OSError("gone")


async def test_watcher_is_alarmed_when_the_database_does_not_answer(world: World) -> None:
    health = Health(Gone(), world.clock, Vitals)  # type: ignore[arg-type]
    async with browser(site_of(world, health=health)) as client:
        answer = await client.get("/healthz")
        numbers = samples((await client.get("/metrics")).text)
    assert (answer.status_code, answer.json()["database"]) == (503, "no answer")
    assert numbers["nhacviec_database_up"] == 0
    assert "nhacviec_events_waiting" not in numbers


def samples(page: str) -> dict[str, float]:
    """The numbers of a page, by name and labels, as a collector reads them."""
    found = {}
    for family in text_string_to_metric_families(page):
        for sample in family.samples:
            labels = ",".join(f"{name}={value}" for name, value in sorted(sample.labels.items()))
            found[f"{sample.name}{{{labels}}}" if labels else sample.name] = sample.value
    return found


async def test_metrics_say_what_waits_and_what_was_done(world: World) -> None:
    now = world.clock.now()
    async with world.store.write() as uow:
        for number, priority in enumerate((Priority.ANSWER, Priority.BROADCAST, Priority.BROADCAST)):
            draft = Draft(Outgoing("Kính gửi"), f"d{number}", priority)
            await uow.outbox.post(draft, "telegram", "7", now - timedelta(seconds=40 - number))
        later = Draft(Outgoing("Kính gửi"), "later", not_before=now + timedelta(hours=1))
        await uow.outbox.post(later, "web", "w", now - timedelta(hours=9))
        await uow.outbox.pause("telegram", "", now, now + timedelta(minutes=5))
        await uow.outbox.pause("telegram", "7", now, now + timedelta(minutes=5))
        await uow.inbox.keep([Incoming("telegram", "1", "7")], now - timedelta(seconds=3), now)
    sent = Tally(sent=12, errors=Counter({"Busy": 2}), last_sent_at=now - timedelta(seconds=8))
    vitals = Vitals(
        duties={"ticks": True, "send:web": False},
        tick_age=1.5,
        last_polls={"telegram": now - timedelta(seconds=4)},
        tallies={"telegram": sent, "web": Tally()},
        events_handled=34,
    )
    async with browser(site_of(world, health=_health(world, vitals))) as client:
        page = await client.get("/metrics")
    numbers = samples(page.text)
    assert page.headers["content-type"].startswith("text/plain")
    expected = {
        "nhacviec_database_up": 1,
        "nhacviec_duty_held{duty=ticks}": 1,
        "nhacviec_duty_held{duty=send:web}": 0,
        "nhacviec_last_tick_age_seconds": 1.5,
        "nhacviec_last_poll_age_seconds{channel=telegram}": 4,
        "nhacviec_last_send_age_seconds{channel=telegram}": 8,
        "nhacviec_letters_sent_total{channel=telegram}": 12,
        "nhacviec_letters_not_sent_total{channel=telegram,reason=Busy}": 2,
        "nhacviec_events_handled_total": 34,
        "nhacviec_letters_waiting{channel=telegram,priority=answer}": 1,
        "nhacviec_letters_waiting{channel=telegram,priority=broadcast}": 2,
        "nhacviec_letters_waiting{channel=web,priority=notice}": 1,
        "nhacviec_oldest_letter_age_seconds{channel=telegram}": 40,
        "nhacviec_oldest_letter_age_seconds{channel=web}": 0,
        "nhacviec_channel_paused_until_seconds{channel=telegram}": (now + timedelta(minutes=5)).timestamp(),
        "nhacviec_channel_paused_until_seconds{channel=web}": 0,
        "nhacviec_chats_paused{channel=telegram}": 1,
        "nhacviec_events_waiting": 1,
        "nhacviec_oldest_event_age_seconds": 3,
    }
    assert {name: numbers.get(name) for name in expected} == expected


async def test_worker_shows_health_and_metrics_and_nothing_else(world: World) -> None:
    transport = httpx.ASGITransport(watched(_health(world, Vitals(role="worker"))))
    async with httpx.AsyncClient(transport=transport, base_url="http://nhacviec.test") as client:
        pages = ("/healthz", "/metrics", "/", "/chat", "/vao", TELEGRAM_WEBHOOK_PATH)
        statuses = [(await client.get(page)).status_code for page in pages]
    assert statuses == [200, 200, 404, 404, 404, 404]


async def test_a_vendor_hears_what_its_channel_answers(world: World) -> None:
    heard: list[tuple[bytes, str | None]] = []

    async def take(body: bytes, secret: str | None) -> int:
        heard.append((body, secret))
        return 200 if secret == "right" else 403

    hook = Hook(TELEGRAM_WEBHOOK_PATH, "X-Secret")
    async with browser(site_of(world, posted=(Posted(hook, take),))) as client:
        header = {"X-Secret": "right"}
        assert (await client.post(TELEGRAM_WEBHOOK_PATH, content=b"{}", headers=header)).status_code == 200
        assert (await client.post(TELEGRAM_WEBHOOK_PATH, content=b"{}")).status_code == 403
        assert (await client.post(TELEGRAM_WEBHOOK_PATH, content=b"x" * (MOST_BYTES + 1))).status_code == 413
    assert heard == [(b"{}", "right"), (b"{}", None)]


async def test_where_nobody_posts_there_is_no_webhook_and_without_health_no_page(world: World) -> None:
    async with browser(site_of(world)) as client:
        assert (await client.post(TELEGRAM_WEBHOOK_PATH)).status_code == 404
        assert (await client.get("/healthz")).status_code == 404
        assert (await client.get("/metrics")).status_code == 404
