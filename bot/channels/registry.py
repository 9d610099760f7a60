"""The registry of channels: how each is made from the settings, and imported only when it is configured."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.settings import Settings
from domain.channel import Channel
from domain.clock import Clock
from handlers.commands import NEEDS
from locales.speech import Speech
from locales.texts.help import menu
from storage.files import FileStore


@dataclass(frozen=True)
class Parts:
    """What a channel may need to be made."""

    settings: Settings
    clock: Clock
    files: FileStore
    speech: Speech
    faceless: bool = False
    """Whether this one has no pages, and letters to pages elsewhere all the same."""


def _telegram(parts: Parts) -> Channel | None:
    settings = parts.settings
    if settings.telegram_token is None:
        return None
    from bot.channels.telegram import TelegramChannel

    secret = settings.telegram_webhook_secret
    return TelegramChannel(
        settings.telegram_token.get_secret_value(),
        clock=parts.clock,
        open_file=parts.files.open,
        api_url=settings.telegram_api_url,
        webhook_url=settings.webhook_url,
        webhook_secret=secret.get_secret_value() if secret and settings.webhook_url else None,
        commands=menu(parts.speech, list(NEEDS)),
    )


def _zalo_bot(parts: Parts) -> Channel | None:
    settings = parts.settings
    if settings.zalo_bot_token is None:
        return None
    from bot.channels.zalo_bot import ZaloBotChannel
    from bot.photo_links import photo_links

    secret, links = settings.zalo_bot_webhook_secret, photo_links(settings, parts.clock)
    return ZaloBotChannel(
        settings.zalo_bot_token.get_secret_value(),
        clock=parts.clock,
        api_url=settings.zalo_bot_api_url,
        webhook_url=settings.zalo_bot_webhook_url,
        webhook_secret=secret.get_secret_value() if secret and settings.zalo_bot_webhook_url else None,
        photo_url=links.url if links else None,
    )


def _web(parts: Parts) -> Channel | None:
    url = parts.settings.web_url or parts.settings.public_url
    if parts.settings.web_port == 0 and not parts.faceless:
        return None
    from bot.channels.web import WebChannel

    return WebChannel(parts.files, url=url)


BUILDERS: dict[str, Callable[[Parts], Channel | None]] = {"telegram": _telegram, "zalo_bot": _zalo_bot, "web": _web}
"""Every channel there is; a builder gives None where its channel is not configured."""


def configured(parts: Parts) -> dict[str, Channel]:
    """The channels that the settings ask for, by name."""
    made = {name: build(parts) for name, build in BUILDERS.items()}
    return {name: channel for name, channel in made.items() if channel is not None}
