"""Where a one-time code can be followed: to the Telegram bot, if it tells us its name, else to the web chat."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

import httpx

from bot.settings import Settings

PATIENCE = 5.0
"""Seconds that Telegram may take to tell the bot's name."""

LinkOf = Callable[[str], str | None]


class NoTelegram(Exception):
    """Telegram did not tell the bot's name; `refused` if it does not accept the token."""

    def __init__(self, *, refused: bool) -> None:
        super().__init__("token refused" if refused else "no answer")
        self.refused = refused


@dataclass(frozen=True)
class Links:
    """`of` gives the link of a code; `fell_back` if Telegram was asked for and gave no answer."""

    of: LinkOf
    fell_back: bool = False


async def telegram_name(settings: Settings) -> str:
    """The bot's user name. Raises NoTelegram."""
    token = settings.telegram_token.get_secret_value() if settings.telegram_token else ""
    try:
        async with asyncio.timeout(PATIENCE), httpx.AsyncClient() as client:
            answer = await client.get(f"{settings.telegram_api_url}/bot{token}/getMe", timeout=PATIENCE)
            name = answer.json()["result"]["username"] if answer.is_success else ""
    except (httpx.HTTPError, TimeoutError, ValueError, KeyError, TypeError):
        # said outside of this: the error's text has the address in it, and so the token
        answer, name = None, ""
    if not name:
        raise NoTelegram(refused=answer is not None and answer.status_code in (401, 404))
    return str(name)


def web_link(settings: Settings, code: str) -> str | None:
    """The page that lets somebody in with a code; None where the web is off."""
    return f"{settings.web_url}/vao/{code}" if settings.web_url else None


async def links(settings: Settings) -> Links:
    """How a code becomes a link, as things are now."""
    if settings.telegram_token is None:
        return Links(lambda code: web_link(settings, code))
    try:
        name = await telegram_name(settings)
    except NoTelegram:
        return Links(lambda code: web_link(settings, code), fell_back=True)
    return Links(lambda code: f"https://t.me/{name}?start={code}")
