"""The links of codes: to the bot where Telegram tells its name, else to the web chat."""

from pathlib import Path

import pytest

from bot.cli.links import Links, NoTelegram, links, telegram_name, web_link
from bot.settings import Settings
from tests.bot.cli_desk import Desk
from tests.simulators.telegram import TelegramSimulator


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(tmp_path, monkeypatch)


async def test_the_bot_is_linked_to_where_it_answers(desk: Desk) -> None:
    async with TelegramSimulator() as telegram:
        desk.set(TELEGRAM_TOKEN=telegram.token, TELEGRAM_API_URL=telegram.url)
        found = await links(Settings())
        assert found.of("ABC") == "https://t.me/nhac_viec_bot?start=ABC"
        assert not found.fell_back
        desk.set(TELEGRAM_TOKEN="700000001:AAHthe-token-of-some-other-bot-0000")
        with pytest.raises(NoTelegram) as refused:
            await telegram_name(Settings())
    assert refused.value.refused


async def test_the_web_is_linked_to_where_it_does_not(desk: Desk) -> None:
    desk.set(TELEGRAM_TOKEN="700000001:AAHsimulatedTelegramForTheTests_0000", TELEGRAM_API_URL="http://127.0.0.1:1")
    found: Links = await links(Settings())
    assert found.fell_back
    assert found.of("ABC") == "http://127.0.0.1:8080/vao/ABC"
    with pytest.raises(NoTelegram) as silent:
        await telegram_name(Settings())
    assert not silent.value.refused
    assert silent.value.__cause__ is silent.value.__context__ is None


@pytest.mark.parametrize(
    ("settings", "link"),
    [
        ({"PUBLIC_URL": "https://a.gov.vn/nv/"}, "https://a.gov.vn/nv/vao/ABC"),
        ({"WEB_HOST": "10.0.0.5", "WEB_PORT": "80"}, "http://10.0.0.5:80/vao/ABC"),
        ({"WEB_HOST": "::1"}, "http://[::1]:8080/vao/ABC"),
        ({"WEB_HOST": "0.0.0.0"}, "http://the-machine:8080/vao/ABC"),
        ({"WEB_PORT": "0"}, None),
    ],
)
def test_the_page_of_a_code(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], link: str | None
) -> None:
    monkeypatch.setattr("socket.gethostname", lambda: "the-machine")
    desk.set(**settings)
    assert web_link(Settings(), "ABC") == link
