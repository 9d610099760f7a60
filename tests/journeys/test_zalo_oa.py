"""The main job by a Zalo Official Account, over real HTTP: follow, connect, assign, remind, a file, confirmed."""

import socket
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cast import ROSTER
from tests.journeys.assistant import Assistant, assistant
from tests.journeys.phones import WITHIN, codes_for_all
from tests.simulators.telegram import TelegramSimulator
from tests.simulators.zalo_oa import ZaloOaSimulator

pytestmark = pytest.mark.journey

LAN, BINH, DUNG = "2468458835296197901", "2468458835296197902", "2468458835296197903"
NAMES = {LAN: "Nguyễn Thị Lan", BINH: "Trần Văn Bình", DUNG: "Phạm Thị Dung"}
Json = dict[str, Any]


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


@pytest.fixture
async def sim() -> AsyncIterator[ZaloOaSimulator]:
    async with ZaloOaSimulator(retry_after=0.2) as started:
        yield started


@pytest.fixture
async def running(sim: ZaloOaSimulator, database_url: str, tmp_path: Path) -> AsyncIterator[Assistant]:
    async with TelegramSimulator() as unused, assistant(unused, database_url, tmp_path) as made:
        with socket.create_server(("127.0.0.1", 0)) as server:
            port = server.getsockname()[1]
        del made.environment["NHACVIEC_TELEGRAM_TOKEN"]
        made.environment |= {
            "NHACVIEC_WEB_PORT": str(port),
            "NHACVIEC_PUBLIC_URL": f"http://127.0.0.1:{port}",
            "NHACVIEC_ZALO_OA_APP_ID": sim.app_id,
            "NHACVIEC_ZALO_OA_APP_SECRET": sim.app_secret,
            "NHACVIEC_ZALO_OA_SECRET": sim.oa_secret,
            "NHACVIEC_ZALO_OA_REFRESH_TOKEN": sim.tokens.refresh,
            "NHACVIEC_ZALO_OA_API_URL": sim.url,
            "NHACVIEC_ZALO_OA_OAUTH_URL": sim.url,
        }
        sim.hook_url = f"http://127.0.0.1:{port}/webhooks/zalo-oa"
        yield made


async def test_a_task_goes_all_the_way(sim: ZaloOaSimulator, running: Assistant, tmp_path: Path) -> None:
    secrets = [sim.tokens.refresh, sim.app_secret, sim.oa_secret]
    codes = await codes_for_all(running, tmp_path, ROSTER)
    lan, binh, dung = (Follower(sim, running, user) for user in (LAN, BINH, DUNG))

    await running.join("--rehearse-from", "2026-03-02T09:00:00+07:00")
    for follower in (lan, binh, dung):
        # the first event is posted again until the web is there
        assert await sim.follows(follower.user) in (200, 0)
        while await sim.says(follower.user, codes[NAMES[follower.user]]) != 200:
            pass
        await sim.wait_until(
            lambda who=follower.user: any(NAMES[who] in one["text"] for one in sim.sent_to(who)),  # type: ignore[misc]
            WITHIN,
        )
        follower._heard = len(sim.sent_to(follower.user))

    await lan.says("giao Phạm Thị Dung; 5 ngày làm việc; Công bố danh mục TTHC #PAR")
    assert "09/03/2026" in await lan.hears()
    await lan.presses("Giao việc")
    assert "Đã giao nhiệm vụ số 1" in await lan.hears()
    assert "Công bố danh mục TTHC" in await dung.hears(lambda one: "Đã nhận" in [b["title"] for b in one["buttons"]])
    await dung.presses("Đã nhận")
    assert "tiếp nhận nhiệm vụ số 1" in await dung.hears()
    await running.stop()

    await running.join("--rehearse-from", "2026-03-04T07:29:58+07:00")
    assert "xin nhắc" in await dung.hears()
    while await sim.sends_file(DUNG, "bao-cao.pdf", b"%PDF-1.7 " + bytes(500), text="xong 1, so 45/BC-SKHCN") != 200:
        pass
    assert "hoàn thành (đúng hạn)" in await dung.hears()
    assert "45/BC-SKHCN" in await binh.hears()
    await binh.presses("Xác nhận")
    await sim.wait_until(lambda: any("Đã xác nhận" in one["text"] for one in sim.sent_to(BINH)), WITHIN)
    assert "đã xác nhận: nhiệm vụ số 1 hoàn thành" in await dung.hears()
    await running.stop()
    assert [one for one in sim.sent_to(BINH) if one["file"]]

    assert sim.tokens.rotations == 1
    assert sim.tokens.reused == []
    written = running.log_text()
    assert not [one for one in (*secrets, sim.tokens.refresh) if one in written]
