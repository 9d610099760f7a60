"""A Telegram Bot API on loopback, strict where Telegram is strict: in a test's own loop, or as a process."""

import argparse
import asyncio
import contextlib
import signal
import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from starlette.applications import Starlette

from tests.simulators.telegram_control import Controls
from tests.simulators.telegram_door import Door
from tests.simulators.telegram_faults import Faults, Floods
from tests.simulators.telegram_http import Front
from tests.simulators.telegram_journal import Journal
from tests.simulators.telegram_methods import Server
from tests.simulators.telegram_remote import Remote
from tests.simulators.telegram_updates import Updates
from tests.simulators.telegram_world import World

TOKEN = "700000001:AAHsimulatedTelegramForTheTests_0000"


class TelegramSimulator(Controls):
    """`async with TelegramSimulator() as sim:` serves `sim.url`; the pauses of the real server are arguments."""

    def __init__(
        self,
        token: str = TOKEN,
        *,
        port: int = 0,
        username: str = "nhac_viec_bot",
        privacy: bool = True,
        repeat_stretch: float = 3.0,
        conflict_delay: float = 3.0,
        query_lifetime: float = 15.0,
        webhook_retry: float = 1.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.token = token
        self.world = World(_bot(token, username, privacy))
        self.journal = Journal()
        self.updates = Updates(clock, self.journal.announce, repeat_stretch, conflict_delay)
        self.faults = Faults()
        self.flood_limits = Floods(clock)
        self.server = Server(
            self.world, self.updates, self.journal, self.flood_limits, clock, query_lifetime, webhook_retry
        )
        self._front = Front(token, self.server, self.faults)
        remote = Remote(self, self._front, self._refuse_for)
        self._door = Door(Starlette(routes=[*remote.routes(), *self._front.routes()]), port)
        self._reopening: asyncio.Task[None] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._door.port}"

    @property
    def base_url(self) -> str:
        """What python-telegram-bot calls `base_url`."""
        return f"{self.url}/bot"

    @property
    def base_file_url(self) -> str:
        return f"{self.url}/file/bot"

    async def __aenter__(self) -> Self:
        await self._door.open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._reopening is not None:
            self._reopening.cancel()
        if self.updates.webhook is not None:
            await self.updates.webhook.close()
        await self._door.close()

    def down(self) -> None:
        """The port refuses connections, and those that are open are cut."""
        self._door.shut()
        self.journal.announce()

    async def up(self) -> None:
        await self._door.open()
        self.journal.announce()

    @property
    def is_up(self) -> bool:
        return self._door.is_open

    def _refuse_for(self, seconds: float) -> None:
        self._reopening = asyncio.get_running_loop().create_task(self._reopen(seconds))

    async def _reopen(self, seconds: float) -> None:
        self.down()
        await asyncio.sleep(seconds)
        await self.up()


def _bot(token: str, username: str, privacy: bool) -> dict[str, object]:
    return {
        "id": int(token.partition(":")[0]),
        "is_bot": True,
        "first_name": "Nhac Viec",
        "username": username,
        "can_join_groups": True,
        "can_read_all_group_messages": not privacy,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


async def serve(port: int, token: str, privacy: bool) -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):  # Windows has no signal handlers in the loop
            loop.add_signal_handler(number, stopped.set)
    async with TelegramSimulator(token, port=port, privacy=privacy) as simulator:
        sys.stdout.write(f"{simulator.url}\n")
        sys.stdout.flush()
        await stopped.wait()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.simulators.telegram", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one; the address is printed")
    parser.add_argument("--token", default=TOKEN)
    parser.add_argument("--no-privacy", action="store_true", help="the bot hears everything said in groups")
    options = parser.parse_args()
    asyncio.run(serve(options.port, options.token, not options.no_privacy))


if __name__ == "__main__":
    main()
