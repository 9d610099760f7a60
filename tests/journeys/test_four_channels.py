"""One agency on four channels at once: the Office on the web, the head on Telegram, officers on both ways of Zalo."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from domain.messages import Incoming, Outgoing
from storage.engine import make_engine
from storage.unit_of_work import Store
from tests.cast import ROSTER
from tests.journeys.assistant import Assistant, assistant
from tests.journeys.followers import Follower, account_of, free_port, web_at
from tests.journeys.phones import WITHIN, Phone, codes_for_all
from tests.simulators.telegram import TelegramSimulator
from tests.simulators.zalo_bot import ZaloBotSimulator
from tests.simulators.zalo_oa import ZaloOaSimulator
from tests.world import ZONE, plain

pytestmark = [pytest.mark.journey, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]

LAN, BINH, DUNG, EM = "Nguyễn Thị Lan", "Trần Văn Bình", "Phạm Thị Dung", "Hoàng Văn Em"
BINHS, DUNGS, EMS = 102, "2468458835296197903", "6ede9afa66b88fe6d6a9"


class Page:
    """The web chat of somebody, by what it is made of: the inbox and the outbox."""

    address = "lan-in-her-browser"

    def __init__(self, url: str, zalo: ZaloOaSimulator) -> None:
        self.store = Store(make_engine(url), ZONE)
        self._clock = zalo
        self._said = self._seen = 0

    async def says(self, text: str = "", action: str = "") -> None:
        self._said += 1
        incoming = Incoming("web", f"said {self._said}", self.address, text=text, action=action)
        async with self.store.write() as uow:
            await uow.inbox.keep([incoming], datetime.now(UTC), datetime.now(UTC))

    async def hears(self) -> Outgoing:
        """The next letter; what comes in by the database is taken up within seconds."""
        for _ in range(WITHIN * 10):
            async with self.store.read() as uow:
                letters = list(reversed(await uow.outbox.history("web", self.address, 50)))
            if len(letters) > self._seen:
                self._seen += 1
                return letters[self._seen - 1][2]
            # waits for anything that happens at Zalo, and a tenth of a second at most
            try:
                await self._clock.wait_until(lambda: False, 0.1)
            except TimeoutError:
                continue
        raise AssertionError("nothing comes")


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramSimulator]:
    async with TelegramSimulator(repeat_stretch=0.05, conflict_delay=0.05) as started:
        started.person(BINHS, BINH)
        yield started


@pytest.fixture
async def bot() -> AsyncIterator[ZaloBotSimulator]:
    async with ZaloBotSimulator() as started:
        started.person(EMS, EM)
        yield started


@pytest.fixture
async def account() -> AsyncIterator[ZaloOaSimulator]:
    async with ZaloOaSimulator(retry_after=0.2) as started:
        yield started


@pytest.fixture
async def running(
    telegram: TelegramSimulator, bot: ZaloBotSimulator, account: ZaloOaSimulator, database_url: str, tmp_path: Path
) -> AsyncIterator[Assistant]:
    port = free_port()
    account.hook_url = f"http://127.0.0.1:{port}/webhooks/zalo-oa"
    async with assistant(telegram, database_url, tmp_path) as made:
        made.environment |= web_at(port) | account_of(account)
        made.environment |= {"NHACVIEC_ZALO_BOT_TOKEN": bot.token, "NHACVIEC_ZALO_BOT_API_URL": bot.url}
        yield made


async def test_everybody_works_together_each_in_their_own_chat(
    telegram: TelegramSimulator,
    bot: ZaloBotSimulator,
    account: ZaloOaSimulator,
    running: Assistant,
    database_url: str,
    tmp_path: Path,
) -> None:
    codes = await codes_for_all(running, tmp_path, ROSTER)
    lan, binh, dung = Page(database_url, account), Phone(telegram, running, BINHS), Follower(account, running, DUNGS)

    async def em_hears(number: int, *parts: str) -> None:
        await bot.wait_sent(number, EMS, WITHIN)
        text = bot.texts(EMS)[number - 1]
        assert all(part in text for part in parts), text

    await running.start()
    await lan.says(codes[LAN])
    assert LAN in (await lan.hears()).text
    binh.says(f"/start {codes[BINH]}")
    assert BINH in await binh.hears()
    await dung.connects(codes[DUNG], DUNG)
    bot.say(EMS, codes[EM])
    await em_hears(1, EM)
    # what he was offered first is no open question any more when the next one comes
    bot.say(EMS, "viec")
    await em_hears(2, "không còn nhiệm vụ nào")

    # the Office assigns in the browser; each officer hears it in their own chat, with buttons or with numbers
    for name in (DUNG, EM):
        await lan.says(f"giao {name}; 5 ngày làm việc; Công bố danh mục TTHC của {name}")
        question = await lan.hears()
        await lan.says(action=next(b.says for row in question.buttons for b in row if b.label == "Giao việc"))
        assert "Đã giao nhiệm vụ số" in plain((await lan.hears()).text)
    assert "Công bố danh mục TTHC" in await dung.hears()
    await dung.presses("Đã nhận")
    assert "tiếp nhận nhiệm vụ số 1" in await dung.hears()
    await em_hears(3, "Công bố danh mục TTHC", "1")
    bot.say(EMS, "1")
    await em_hears(4, "tiếp nhận nhiệm vụ số 2")

    # the head confirms on Telegram what was done on Zalo
    await dung.says("xong 1 số 45/BC-SKHCN")
    assert "hoàn thành" in await dung.hears()
    assert "45/BC-SKHCN" in await binh.finds("xác nhận")
    binh.presses("Xác nhận")
    assert "Đã xác nhận" in await binh.finds("Đã xác nhận")
    assert "đã xác nhận: nhiệm vụ số 1 hoàn thành" in await dung.hears()
    bot.say(EMS, "tien do 2 60% dang trinh")
    await em_hears(5, "60%")

    await running.stop()
    await lan.store.close()
    written = running.log_text()
    secrets = (telegram.token, bot.token, account.app_secret, account.oa_secret, account.tokens.refresh)
    assert not [one for one in secrets if one in written]
