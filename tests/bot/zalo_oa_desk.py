"""What the tests of the Zalo OA channel share: a channel at a simulator, on a database, with a clock."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.channels.zalo_oa import HOOK, Keys, ZaloOaChannel
from bot.channels.zalo_oa_templates import Facts
from bot.channels.zalo_oa_troubles import Troubles
from domain.messages import StoredFile
from domain.templates import Template
from locales.speech import Speech
from storage.engine import make_engine
from storage.unit_of_work import Store
from tests.bot.telegram_desk import Keeper, Rests
from tests.simulators.telegram_door import Door
from tests.simulators.zalo_oa import APP_ID, APP_SECRET, OA_SECRET, ZaloOaSimulator

LAN, MINH = "2468458835296197922", "2468458835296197923"
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


class MovingClock:
    """Real time, and what has been added to it."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead


async def open_file(file: StoredFile) -> bytes:
    return b"x" * file.size


class Desk:
    """A channel, its simulator, its store and the clock of both."""

    def __init__(self, sim: ZaloOaSimulator, store: Store, **options: Any) -> None:
        self.sim, self.store = sim, store
        self.clock = MovingClock()
        self.keeper = Keeper()
        self.options = options
        self.channel = self.another(sim.tokens.refresh)

    def another(self, refresh_token: str = "") -> ZaloOaChannel:
        """A channel as another process, or a later life, has it."""
        templates: tuple[Template, ...] = self.options.get("templates", ())
        return ZaloOaChannel(
            Keys(APP_ID, APP_SECRET, OA_SECRET, refresh_token),
            self.store,
            clock=self.clock,
            open_file=self.options.get("open_file", open_file),
            troubles=Troubles(self.store, Speech(), self.clock),
            facts=Facts(lambda: date(2026, 11, 23), "Sở Nội vụ", "https://nhacviec.vn"),
            api_url=self.sim.url,
            oauth_url=self.sim.url,
            templates=templates,
            rest=Rests(),
        )

    def move(self, **by: float) -> None:
        """Both clocks go on."""
        self.clock.ahead += timedelta(**by)
        self.sim.ahead += timedelta(**by).total_seconds()


@asynccontextmanager
async def at_desk(database_url: str, *, forgiving: bool = False, **options: Any) -> AsyncIterator[Desk]:
    """A channel that was not started, which asks for its token when it needs it."""
    async with ZaloOaSimulator(forgiving=forgiving) as sim:
        sim.person(LAN, "Lan")
        sim.person(MINH, "Minh")
        store = Store(make_engine(database_url), ZONE)
        desk = Desk(sim, store, **options)
        try:
            yield desk
        finally:
            await desk.channel.close()
            await store.close()


@asynccontextmanager
async def listening(desk: Desk) -> AsyncIterator[Desk]:
    """The same, with what Zalo posts led to the channel."""

    async def post(request: Request) -> Response:
        return Response(status_code=await desk.channel.webhook(await request.body(), request.headers.get(HOOK.header)))

    door = Door(Starlette(routes=[Route(HOOK.path, post, methods=["POST"])]))
    await door.open()
    desk.sim.hook_url = f"http://127.0.0.1:{door.port}{HOOK.path}"
    desk.channel._receive = desk.keeper  # started without its look after the token
    try:
        yield desk
    finally:
        await desk.channel.stop()
        await door.close()
