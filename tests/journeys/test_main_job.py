"""The main job over real HTTP: enrol, assign, reminder, progress, done with a photo, returned, done, confirmed."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.cast import ROSTER
from tests.journeys.assistant import Assistant, assistant
from tests.journeys.phones import Phone, codes_for_all
from tests.simulators.telegram import TelegramSimulator

pytestmark = pytest.mark.journey

PICTURE = b"\xff\xd8\xff\xe0" + bytes(2000)
LAN, BINH, DUNG = 101, 102, 103
NAMES = {LAN: "Nguyễn Thị Lan", BINH: "Trần Văn Bình", DUNG: "Phạm Thị Dung"}


@pytest.fixture
async def sim() -> AsyncIterator[TelegramSimulator]:
    async with TelegramSimulator(repeat_stretch=0.05, conflict_delay=0.05) as started:
        yield started


@pytest.fixture
async def running(sim: TelegramSimulator, database_url: str, tmp_path: Path) -> AsyncIterator[Assistant]:
    async with assistant(sim, database_url, tmp_path) as made:
        yield made


async def test_a_task_goes_all_the_way_on_the_rehearsal_clock(
    sim: TelegramSimulator, running: Assistant, tmp_path: Path
) -> None:
    lan, binh, dung = (Phone(sim, running, user) for user in (LAN, BINH, DUNG))
    codes = await codes_for_all(running, tmp_path, ROSTER)

    # Monday, nine o'clock: everybody connects, the Office assigns
    await running.start("--rehearse-from", "2026-03-02T09:00:00+07:00")
    for phone in (lan, binh, dung):
        sim.person(phone.user, NAMES[phone.user])
        phone.says(f"/start {codes[NAMES[phone.user]]}")
        assert NAMES[phone.user] in await phone.hears()
    lan.says("giao Phạm Thị Dung; 5 ngày làm việc; Công bố danh mục TTHC #PAR")
    assert "thứ Hai, 09/03/2026 (còn 05 ngày làm việc)" in await lan.hears()
    lan.presses("Giao việc")
    assert "Đã giao nhiệm vụ số 1" in await lan.hears()
    letter = await dung.hears()
    assert "DIỄN TẬP" in letter
    assert "Công bố danh mục TTHC" in letter
    dung.presses("Đã nhận")
    assert "tiếp nhận nhiệm vụ số 1" in await dung.hears()
    await running.stop()

    # three working days before, as the office opens
    await running.start("--rehearse-from", "2026-03-04T07:29:58+07:00")
    reminder = await dung.hears()
    assert "xin nhắc" in reminder
    assert "còn 03 ngày làm việc" in reminder
    dung.says("tien do 1 60% dang trinh")
    assert "60%" in await dung.hears()
    sim.send_photo(DUNG, PICTURE, caption="da xong 1 a, so 45/BC-SKHCN")
    assert "hoàn thành (đúng hạn)" in await dung.hears()
    claim = await binh.hears()
    assert "45/BC-SKHCN" in claim
    first_claim = binh.message
    photos = [message for message in sim.sent(BINH) if message["kind"] == "photo"]
    assert photos or any(message["kind"] == "document" for message in sim.sent(BINH))

    binh.presses("Trả lại")
    assert "Vì sao trả lại" in await binh.hears()
    binh.says("Thiếu phụ lục")
    assert "Đã trả lại" in await binh.hears()
    assert "Thiếu phụ lục" in await dung.hears()
    dung.says("xong 1 đã bổ sung phụ lục")
    assert "chờ" in (await dung.hears()).lower()
    assert "đã bổ sung phụ lục" in await binh.hears()
    second_claim = binh.message
    binh.presses("Xác nhận", first_claim)
    assert "tin cũ" in await binh.hears()
    binh.presses("Xác nhận", second_claim)
    assert "Đã xác nhận" in await binh.hears()
    assert "đã xác nhận: nhiệm vụ số 1 hoàn thành" in await dung.hears()
    await running.stop()

    # the day itself: nothing is left to be reminded of
    await running.start("--rehearse-from", "2026-03-09T07:29:59+07:00")
    dung.says("viec")
    assert "không còn nhiệm vụ nào" in await dung.hears()
    await running.stop()
    assert [phone.unheard() for phone in (lan, binh, dung)] == [[], [], []]
    assert sim.token not in running.log_text()
