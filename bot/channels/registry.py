"""The registry of channels: how each is made from the settings, and imported only when it is configured."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.settings import Settings
from domain.channel import Channel
from domain.clock import Clock, SystemClock
from domain.templates import Template
from handlers.commands import NEEDS
from locales.speech import Speech
from locales.texts.help import menu
from storage.files import FileStore
from storage.unit_of_work import Store


@dataclass(frozen=True)
class Parts:
    """What a channel may need to be made."""

    settings: Settings
    clock: Clock
    files: FileStore
    speech: Speech
    store: Store
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
    from bot.channels.zalo_bot_limits import limits
    from bot.photo_links import photo_links

    secret, links = settings.zalo_bot_webhook_secret, photo_links(settings, parts.clock)
    return ZaloBotChannel(
        settings.zalo_bot_token.get_secret_value(),
        clock=parts.clock,
        api_url=settings.zalo_bot_api_url,
        webhook_url=settings.zalo_bot_webhook_url,
        webhook_secret=secret.get_secret_value() if secret and settings.zalo_bot_webhook_url else None,
        photo_url=links.url if links else None,
        limits=limits(settings.zalo_bot_messages, settings.zalo_bot_people),
    )


def _web(parts: Parts) -> Channel | None:
    url = parts.settings.web_url or parts.settings.public_url
    if parts.settings.web_port == 0 and not parts.faceless:
        return None
    from bot.channels.web import WebChannel

    return WebChannel(parts.files, url=url)


def _zalo_oa(parts: Parts) -> Channel | None:
    settings = parts.settings
    if not settings.has_zalo_oa:
        return None
    from bot.channels.zalo_oa import ZaloOaChannel, keys_of
    from bot.channels.zalo_oa_templates import Facts
    from bot.channels.zalo_oa_troubles import Troubles

    return ZaloOaChannel(
        keys_of(settings),
        parts.store,
        clock=SystemClock(),
        open_file=parts.files.open,
        troubles=Troubles(parts.store, parts.speech, parts.clock),
        facts=Facts(
            lambda: parts.clock.now().astimezone(parts.speech.zone).date(), settings.agency, settings.web_url or ""
        ),
        api_url=settings.zalo_oa_api_url,
        oauth_url=settings.zalo_oa_oauth_url,
        templates=Template.parse(settings.zalo_oa_templates) if settings.zalo_oa_templates else (),
    )


BUILDERS: dict[str, Callable[[Parts], Channel | None]] = {
    "telegram": _telegram,
    "zalo_bot": _zalo_bot,
    "zalo_oa": _zalo_oa,
    "web": _web,
}
"""Every channel there is; a builder gives None where its channel is not configured."""


def configured(parts: Parts) -> dict[str, Channel]:
    """The channels that the settings ask for, by name."""
    made = {name: build(parts) for name, build in BUILDERS.items()}
    return {name: channel for name, channel in made.items() if channel is not None}
