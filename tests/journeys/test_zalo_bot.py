"""The main job by a Zalo bot, over real HTTP: connect by code, assign, remind, photo and file, confirmed by numbers."""

import re
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from tests.cast import ROSTER
from tests.journeys.assistant import Assistant, assistant
from tests.journeys.phones import WITHIN, codes_for_all
from tests.simulators.telegram import TelegramSimulator
from tests.simulators.zalo_bot import ZaloBotSimulator

pytestmark = pytest.mark.journey

LAN, BINH, DUNG = "6ede9afa66b88fe6d6a1", "6ede9afa66b88fe6d6a2", "6ede9afa66b88fe6d6a3"
NAMES = {LAN: "Nguyễn Thị Lan", BINH: "Trần Văn Bình", DUNG: "Phạm Thị Dung"}
PUBLIC = "https://nhacviec.example.gov.vn"
SECRET = "mot-bi-mat-cua-zalo"
PICTURE = b"\xff\xd8\xff\xe0" + bytes(2000)


class Friend:
    """Zalo in somebody's hand: messages are heard one after the other."""

    def __init__(self, sim: ZaloBotSimulator, running: Assistant, user: str) -> None:
        self.sim, self.running, self.user = sim, running, user
        self._heard = 0

    def says(self, text: str) -> None:
        self.sim.say(self.user, text)

    async def hears(self) -> str:
        try:
            await self.sim.wait_sent(self._heard + 1, self.user, WITHIN)
        except TimeoutError:
            raise AssertionError(f"{self.user} hears nothing; {self.running.log_text()}") from None
        self._heard += 1
        return str(self.sim.texts(self.user)[self._heard - 1])

    async def chooses(self, number: str) -> str:
        """Answer faster than anybody can read: where another question came just before, it is put once more."""
        self.says(number)
        answer = await self.hears()
        if "chọn lại" in answer:
            self.says(number)
            answer = await self.hears()
        return answer


@pytest.fixture
async def sim() -> AsyncIterator[ZaloBotSimulator]:
    async with ZaloBotSimulator(longest_poll=2.0) as started:
        yield started


@pytest.fixture
async def running(sim: ZaloBotSimulator, database_url: str, tmp_path: Path) -> AsyncIterator[Assistant]:
    async with TelegramSimulator() as unused, assistant(unused, database_url, tmp_path) as made:
        del made.environment["NHACVIEC_TELEGRAM_TOKEN"]
        made.environment |= {"NHACVIEC_ZALO_BOT_TOKEN": sim.token, "NHACVIEC_ZALO_BOT_API_URL": sim.url}
        yield made


def with_webhook(sim: ZaloBotSimulator, running: Assistant) -> str:
    """Behind a public address, by which Zalo finds us; gives where that is on this machine."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        local = f"http://127.0.0.1:{server.getsockname()[1]}"
    running.environment |= {
        "NHACVIEC_WEB_PORT": local.rpartition(":")[2],
        "NHACVIEC_PUBLIC_URL": PUBLIC,
        "NHACVIEC_ZALO_BOT_WEBHOOK_SECRET": SECRET,
    }
    sim.reroute[PUBLIC] = local
    return local


async def served(local: str) -> None:
    """Wait until the web is there: it comes a little after everything else."""
    async with httpx.AsyncClient() as http:
        for _ in range(600):
            try:
                if (await http.get(f"{local}/healthz")).status_code:
                    return
            except httpx.HTTPError:
                pass
    raise AssertionError("no web")


async def connected(sim: ZaloBotSimulator, running: Assistant, codes: dict[str, str]) -> list[Friend]:
    friends = [Friend(sim, running, user) for user in (LAN, BINH, DUNG)]
    for friend in friends:
        friend.says(codes[NAMES[friend.user]].lower())
        assert NAMES[friend.user] in await friend.hears()
    return friends


async def assigned(lan: Friend, dung: Friend) -> None:
    lan.says("giao Phạm Thị Dung; 5 ngày làm việc; Công bố danh mục TTHC #PAR")
    read_back = await lan.hears()
    assert "09/03/2026" in read_back
    assert "\n1. Giao việc\n" in read_back
    lan.says("đồng ý")
    assert "Đã giao nhiệm vụ số 1" in await lan.hears()
    letter = await dung.hears()
    assert "Công bố danh mục TTHC" in letter
    assert "\n1. Đã nhận\n2. Xong\n" in letter
    assert "tiếp nhận nhiệm vụ số 1" in await dung.chooses("1")


async def test_a_task_goes_all_the_way_by_long_polls(sim: ZaloBotSimulator, running: Assistant, tmp_path: Path) -> None:
    codes = await codes_for_all(running, tmp_path, ROSTER)
    await running.join("--rehearse-from", "2026-03-02T09:00:00+07:00")
    await sim.wait_until(lambda: sim.pollers, WITHIN)
    lan, binh, dung = await connected(sim, running, codes)
    await assigned(lan, dung)
    await running.stop()

    await running.join("--rehearse-from", "2026-03-04T07:29:58+07:00")
    assert "xin nhắc" in await dung.hears()
    sim.send_other(DUNG, "voice")
    assert "tin thoại" in await dung.hears()
    sim.send_other(DUNG, "unsupported")
    assert "Văn phòng" in await dung.hears()
    sim.send_photo(DUNG, PICTURE, "da xong 1, so 45/BC-SKHCN")
    assert "hoàn thành (đúng hạn)" in await dung.hears()
    claim = await binh.hears()
    assert "45/BC-SKHCN" in claim
    assert "\n1. Xác nhận\n2. Trả lại" in claim
    assert "Vì sao trả lại" in await binh.chooses("số 2")
    binh.says("Thiếu phụ lục")
    assert "Đã trả lại" in await binh.hears()
    assert "Thiếu phụ lục" in await dung.hears()
    dung.says("xong 1 đã bổ sung phụ lục")
    assert "chờ" in (await dung.hears()).lower()
    assert "đã bổ sung phụ lục" in await binh.hears()
    assert "Đã xác nhận" in await binh.chooses("ok")
    assert "đã xác nhận: nhiệm vụ số 1 hoàn thành" in await dung.hears()
    await running.stop()
    assert sim.most_pollers == 1
    assert sim.token not in running.log_text()


async def test_a_task_goes_all_the_way_by_webhook(sim: ZaloBotSimulator, running: Assistant, tmp_path: Path) -> None:
    local = with_webhook(sim, running)
    codes = await codes_for_all(running, tmp_path, ROSTER)
    await running.join("--rehearse-from", "2026-03-02T09:00:00+07:00")
    await sim.wait_until(lambda: sim.hook, WITHIN)
    await served(local)
    lan, binh, dung = await connected(sim, running, codes)
    await assigned(lan, dung)
    await running.stop()

    sim.wrapped, sim.twice = False, True
    await running.join("--rehearse-from", "2026-03-04T07:29:58+07:00")
    assert "xin nhắc" in await dung.hears()
    await served(local)
    sim.send_photo(DUNG, PICTURE, "da xong 1")
    assert "hoàn thành (đúng hạn)" in await dung.hears()
    assert "hoàn thành" in await binh.hears()
    assert sim.sent_photos == [PICTURE], "Zalo has fetched the evidence from the signed address"

    sim.send_other(DUNG, "unsupported")
    link = re.search(rf"{PUBLIC}(/gui-tep/\S+)", await dung.hears())
    assert link
    async with httpx.AsyncClient() as http:
        files = {"file": ("Phụ lục.pdf", b"%PDF-1.7 " + bytes(500), "application/pdf")}
        assert (await http.post(local + link[1], files=files)).status_code == 200
    assert "minh chứng" in (await dung.hears()).lower()
    more = await binh.hears()
    fetched = re.search(rf"{PUBLIC}(/tep-mot-lan/[\w-]+)", more)
    assert fetched, more
    async with httpx.AsyncClient() as http:
        assert (await http.post(local + fetched[1])).content == files["file"][1]

    assert "Đã xác nhận" in await binh.chooses("đồng ý")
    assert "đã xác nhận: nhiệm vụ số 1 hoàn thành" in await dung.hears()
    await running.stop()
    assert sim.registrations == 1
    assert sim.calls("getUpdates") == []
    assert {status for status, _ in sim.posts} == {200}
    written = running.log_text()
    assert not [one for one in (sim.token, SECRET, link[1], fetched[1]) if one in written]
