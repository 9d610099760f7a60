"""Each channel beside its vendor's simulator, handled the same way: what a person does and sees, what fails."""

import json
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any, ClassVar

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.channels.telegram import TelegramChannel
from bot.channels.web import Entry, WebChannel
from bot.channels.zalo_bot import ZaloBotChannel
from bot.channels.zalo_oa import ZaloOaChannel
from domain.channel import (
    Busy,
    Channel,
    DeliveryError,
    Hooked,
    Rejected,
    Spent,
    Unavailable,
    Unknown,
    Unreachable,
)
from storage.files import FileStore
from storage.unit_of_work import Store
from tests.bot import telegram_desk, zalo_bot_desk, zalo_oa_desk
from tests.bot.telegram_desk import Keeper
from tests.simulators.telegram import TelegramSimulator
from tests.simulators.telegram_door import Door
from tests.simulators.zalo_bot import ZaloBotSimulator
from tests.simulators.zalo_oa import ZaloOaSimulator

PUBLIC = "https://nhacviec.example.gov.vn"
SECRET = "mot-bi-mat-cua-webhook"
Faults = dict[type[DeliveryError], dict[str, Any]]


@dataclass(frozen=True)
class Seen:
    """One message as its reader sees it."""

    text: str
    labels: tuple[str, ...] = ()
    has_file: bool = False


class Rig(ABC):
    """A channel, its vendor, one person with an address, and the inbox."""

    address: str
    faults: ClassVar[Faults] = {}
    """How the vendor is made to fail, by the error that must come of it."""
    secrets: tuple[str, ...] = ()

    def __init__(self, channel: Channel, keeper: Keeper) -> None:
        self.channel, self.keeper = channel, keeper

    @abstractmethod
    async def says(self, text: str) -> None: ...

    @abstractmethod
    async def sends_file(self, content: bytes) -> None: ...

    @abstractmethod
    async def presses(self, label: str) -> None: ...

    @abstractmethod
    def seen(self) -> list[Seen]: ...

    def order(self, kind: type[DeliveryError]) -> None:
        """Have the next message fail."""
        raise NotImplementedError

    def unknown_event(self) -> tuple[bytes, str]:
        """A body of the vendor's that nobody knows, and how it shows who it is."""
        raise NotImplementedError

    async def posts(self, body: bytes, shown: str | None) -> int:
        assert isinstance(self.channel, Hooked)
        return await self.channel.webhook(body, shown)


class TelegramRig(Rig):
    address = str(telegram_desk.LAN)
    faults: ClassVar[Faults] = {
        Unreachable: {"code": 403},
        Busy: {"code": 429, "retry_after": 3},
        Rejected: {"code": 400, "description": "Bad Request: message text is empty"},
        Unknown: {"drop": "after"},
        Unavailable: {"code": 502},
    }

    def __init__(self, channel: TelegramChannel, keeper: Keeper, sim: TelegramSimulator) -> None:
        super().__init__(channel, keeper)
        self.sim, self.secrets = sim, (sim.token, SECRET)

    async def says(self, text: str) -> None:
        self.sim.say(telegram_desk.LAN, text)

    async def sends_file(self, content: bytes) -> None:
        self.sim.send_photo(telegram_desk.LAN, content)

    async def presses(self, label: str) -> None:
        self.sim.press(telegram_desk.LAN, self.sim.sent(telegram_desk.LAN)[-1]["message_id"], label)

    def seen(self) -> list[Seen]:
        return [
            Seen(
                str(one.get("text") or one.get("caption") or ""),
                tuple(key["text"] for row in (one["keyboard"] or {}).get("inline_keyboard", ()) for key in row),
                one["kind"] != "text",
            )
            for one in self.sim.sent(telegram_desk.LAN)
        ]

    def order(self, kind: type[DeliveryError]) -> None:
        self.sim.fault("sendMessage", **self.faults[kind])

    def unknown_event(self) -> tuple[bytes, str]:
        return json.dumps({"update_id": 99, "something_new": {}}).encode(), SECRET


class WebRig(Rig):
    address = "a-random-name"

    def __init__(self, channel: WebChannel, keeper: Keeper) -> None:
        super().__init__(channel, keeper)
        self.web = channel
        self.entries: list[Entry] = []
        channel.subscribe(self.address, self.entries.append)

    async def says(self, text: str) -> None:
        await self.web.say(self.address, text)

    async def sends_file(self, content: bytes) -> None:
        await self.web.say(self.address, files=[await self.web.keep(content, "anh.jpg", "image/jpeg")])

    async def presses(self, label: str) -> None:
        buttons = [button for row in self.entries[-1].buttons for button in row if button.label == label]
        await self.web.say(self.address, action=buttons[0].says, label=label)

    def seen(self) -> list[Seen]:
        from bot.channels.markup import to_plain

        return [
            Seen(to_plain(one.text), tuple(b.label for row in one.buttons for b in row), bool(one.files))
            for one in self.entries
            if not one.mine
        ]


class ZaloBotRig(Rig):
    address = zalo_bot_desk.LAN
    faults: ClassVar[Faults] = {
        Unreachable: {"code": 400, "description": "The chat_id is invalid"},
        Busy: {"code": 429},
        Rejected: {"code": 400, "description": "The text is wrong"},
        Unknown: {"drop": "after"},
        Unavailable: {"code": 502},
    }

    def __init__(self, channel: ZaloBotChannel, keeper: Keeper, sim: ZaloBotSimulator) -> None:
        super().__init__(channel, keeper)
        self.sim, self.secrets = sim, (sim.token, SECRET)

    async def says(self, text: str) -> None:
        self.sim.say(self.address, text)

    async def sends_file(self, content: bytes) -> None:
        self.sim.send_photo(self.address, content)

    async def presses(self, label: str) -> None:
        raise AssertionError("there is nothing to press")

    def seen(self) -> list[Seen]:
        return [Seen(one["text"], has_file=bool(one["photo"])) for one in self.sim.sent(self.address)]

    def order(self, kind: type[DeliveryError]) -> None:
        self.sim.fault("sendMessage", **self.faults[kind])

    def unknown_event(self) -> tuple[bytes, str]:
        return json.dumps({"ok": True, "result": {"event_name": "message.new.received"}}).encode(), SECRET


class ZaloOaRig(Rig):
    address = zalo_oa_desk.LAN
    faults: ClassVar[Faults] = {
        Unreachable: {"error": -230},
        Busy: {"error": -32},
        Rejected: {"error": -201},
        Spent: {"error": -211},
        Unknown: {"drop": "after"},
        Unavailable: {"status": 502},
    }

    def __init__(self, channel: ZaloOaChannel, keeper: Keeper, sim: ZaloOaSimulator) -> None:
        super().__init__(channel, keeper)
        self.sim, self.secrets = sim, (sim.tokens.refresh, sim.app_secret, sim.oa_secret)

    async def says(self, text: str) -> None:
        await self.sim.says(self.address, text)

    async def sends_file(self, content: bytes) -> None:
        await self.sim.sends_file(self.address, "anh.jpg", content, kind="image")

    async def presses(self, label: str) -> None:
        await self.sim.presses(self.address, label)

    def seen(self) -> list[Seen]:
        return [
            Seen(one["text"], tuple(b["title"] for b in one["buttons"]), bool(one["image"] or one["file"]))
            for one in self.sim.sent_to(self.address)
        ]

    def order(self, kind: type[DeliveryError]) -> None:
        self.sim.fault("message/cs", **self.faults[kind])

    def unknown_event(self) -> tuple[bytes, str]:
        body = json.dumps(self.sim.message(self.address, "user_does_something_new")).encode()
        return body, self.sim.sign(body, json.loads(body)["timestamp"])


@asynccontextmanager
async def _served(path: str, header: str, take: Callable[[bytes, str | None], Any]) -> AsyncIterator[str]:
    """Our web server, with the one address that the vendor posts to."""

    async def post(request: Request) -> Response:
        return Response(status_code=await take(await request.body(), request.headers.get(header)))

    door = Door(Starlette(routes=[Route(path, post, methods=["POST"])]))
    await door.open()
    try:
        yield f"http://127.0.0.1:{door.port}"
    finally:
        await door.close()


@asynccontextmanager
async def telegram(_store: Store, files: FileStore) -> AsyncIterator[Rig]:
    keeper, channels = Keeper(), list[TelegramChannel]()
    async with telegram_desk.telegram() as sim, AsyncExitStack() as stack:
        header = "X-Telegram-Bot-Api-Secret-Token"
        url = await stack.enter_async_context(
            _served("/hook", header, lambda body, shown: channels[0].webhook(body, shown))
        )
        hook: dict[str, Any] = {
            "webhook_url": f"{url}/hook",
            "webhook_secret": SECRET,
            "open_file": files.open,
        }
        channels.append(await stack.enter_async_context(telegram_desk.listening(sim, keeper, **hook)))
        await sim.wait_until(lambda: sim.calls("setWebhook"))
        yield TelegramRig(channels[0], keeper, sim)


@asynccontextmanager
async def web(_store: Store, files: FileStore) -> AsyncIterator[Rig]:
    channel, keeper = WebChannel(files), Keeper()
    await channel.start(keeper)
    yield WebRig(channel, keeper)
    await channel.stop()


@asynccontextmanager
async def zalo_bot(_store: Store, _files: FileStore) -> AsyncIterator[Rig]:
    keeper, channels = Keeper(), list[ZaloBotChannel]()
    async with zalo_bot_desk.zalo() as sim, AsyncExitStack() as stack:
        header = "X-Bot-Api-Secret-Token"
        url = await stack.enter_async_context(
            _served("/hook", header, lambda body, shown: channels[0].webhook(body, shown))
        )
        sim.reroute[PUBLIC] = url
        made = zalo_bot_desk.channel_at(sim, webhook_url=f"{PUBLIC}/hook", webhook_secret=SECRET)
        channels.append(made)
        await made.start(keeper)
        await sim.wait_until(lambda: sim.hook)
        try:
            yield ZaloBotRig(made, keeper, sim)
        finally:
            await made.stop()
            await made.close()


@asynccontextmanager
async def zalo_oa(store: Store, files: FileStore) -> AsyncIterator[Rig]:
    async with ZaloOaSimulator() as sim:
        sim.person(zalo_oa_desk.LAN, "Lan")
        desk = zalo_oa_desk.Desk(sim, store, open_file=files.open)
        async with zalo_oa_desk.listening(desk):
            try:
                yield ZaloOaRig(desk.channel, desk.keeper, sim)
            finally:
                await desk.channel.close()


RIGS = {"telegram": telegram, "zalo_bot": zalo_bot, "zalo_oa": zalo_oa, "web": web}
"""A fifth channel has its rig here, and by that every test of the contract."""
