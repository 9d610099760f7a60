"""People who follow a Zalo Official Account in the journeys, and the settings of an agency that has one."""

import socket
from collections.abc import Callable
from typing import Any

from tests.journeys.assistant import Assistant
from tests.journeys.phones import WITHIN
from tests.simulators.zalo_oa import ZaloOaSimulator

Json = dict[str, Any]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def web_at(port: int) -> dict[str, str]:
    """The web on this port, where a vendor finds it."""
    return {"NHACVIEC_WEB_PORT": str(port), "NHACVIEC_PUBLIC_URL": f"http://127.0.0.1:{port}"}


def account_of(sim: ZaloOaSimulator) -> dict[str, str]:
    """The settings for a simulated account."""
    return {
        "NHACVIEC_ZALO_OA_APP_ID": sim.app_id,
        "NHACVIEC_ZALO_OA_APP_SECRET": sim.app_secret,
        "NHACVIEC_ZALO_OA_SECRET": sim.oa_secret,
        "NHACVIEC_ZALO_OA_REFRESH_TOKEN": sim.tokens.refresh,
        "NHACVIEC_ZALO_OA_API_URL": sim.url,
        "NHACVIEC_ZALO_OA_OAUTH_URL": sim.url,
    }


class Follower:
    """Zalo in somebody's hand: messages are heard one after the other."""

    def __init__(self, sim: ZaloOaSimulator, running: Assistant, user: str) -> None:
        self.sim, self.running, self.user = sim, running, user
        self._heard = 0

    async def says(self, text: str) -> None:
        assert await self.sim.says(self.user, text) == 200

    async def presses(self, title: str) -> None:
        assert await self.sim.presses(self.user, title) == 200

    async def hears(self, fits: Callable[[Json], bool] = lambda _message: True) -> str:
        try:
            await self.sim.wait_sent(self.user, self._heard + 1, WITHIN)
        except TimeoutError:
            raise AssertionError(f"{self.user} hears nothing; {self.running.log_text()}") from None
        message = self.sim.sent_to(self.user)[self._heard]
        self._heard += 1
        assert fits(message), message
        return str(message["text"])

    async def connects(self, code: str, name: str) -> None:
        """Follow, and type the code as soon as the web is there to hear it; what was heard is heard."""
        await self.sim.follows(self.user)
        while await self.sim.says(self.user, code) != 200:
            pass
        await self.sim.wait_until(lambda: any(name in one["text"] for one in self.sim.sent_to(self.user)), WITHIN)
        self._heard = len(self.sim.sent_to(self.user))
