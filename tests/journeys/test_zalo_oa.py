"""The main job by a Zalo Official Account, over real HTTP: follow, connect, assign, remind, a file, confirmed."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.cast import ROSTER
from tests.journeys.assistant import Assistant, assistant
from tests.journeys.followers import Follower, account_of, free_port, web_at
from tests.journeys.phones import WITHIN, codes_for_all
from tests.simulators.telegram import TelegramSimulator
from tests.simulators.zalo_oa import ZaloOaSimulator

pytestmark = pytest.mark.journey

LAN, BINH, DUNG = "2468458835296197901", "2468458835296197902", "2468458835296197903"
NAMES = {LAN: "Nguyễn Thị Lan", BINH: "Trần Văn Bình", DUNG: "Phạm Thị Dung"}


@pytest.fixture
async def sim() -> AsyncIterator[ZaloOaSimulator]:
    async with ZaloOaSimulator(retry_after=0.2) as started:
        yield started


@pytest.fixture
async def running(sim: ZaloOaSimulator, database_url: str, tmp_path: Path) -> AsyncIterator[Assistant]:
    async with TelegramSimulator() as unused, assistant(unused, database_url, tmp_path) as made:
        port = free_port()
        del made.environment["NHACVIEC_TELEGRAM_TOKEN"]
        made.environment |= web_at(port) | account_of(sim)
        sim.hook_url = f"http://127.0.0.1:{port}/webhooks/zalo-oa"
        yield made


async def test_a_task_goes_all_the_way(sim: ZaloOaSimulator, running: Assistant, tmp_path: Path) -> None:
    secrets = [sim.tokens.refresh, sim.app_secret, sim.oa_secret]
    codes = await codes_for_all(running, tmp_path, ROSTER)
    lan, binh, dung = (Follower(sim, running, user) for user in (LAN, BINH, DUNG))

    await running.join("--rehearse-from", "2026-03-02T09:00:00+07:00")
    for follower in (lan, binh, dung):
        await follower.connects(codes[NAMES[follower.user]], NAMES[follower.user])

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
