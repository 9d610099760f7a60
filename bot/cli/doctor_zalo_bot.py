"""The doctor's look at the Zalo bot: does Zalo know it, and which way do updates come."""

import asyncio

from bot.channels.zalo_bot_calls import Calls
from bot.channels.zalo_bot_failures import TokenRefused
from bot.cli.calls import Call
from bot.cli.findings import Finding, Topic, not_well, note, well
from domain.channel import DeliveryError
from locales.texts import cli_doctor
from locales.texts import cli_zalo as texts

PATIENCE = 5.0
"""Seconds that Zalo may take for each question."""


async def zalo_bot(call: Call) -> list[Finding]:
    """Nothing where no token is set: most agencies have one channel."""
    settings, speech = call.settings, call.speech
    if settings.zalo_bot_token is None:
        return []
    calls = Calls(settings.zalo_bot_token.get_secret_value(), settings.zalo_bot_api_url)
    try:
        async with asyncio.timeout(2 * PATIENCE):
            me = await calls.me()
            posted_to = await calls.webhook_url()
    except TokenRefused:
        return [not_well(Topic.ZALO_BOT, texts.zalo_bot_refused(speech))]
    except (DeliveryError, TimeoutError):
        return [not_well(Topic.ZALO_BOT, texts.zalo_bot_silent(speech, settings.zalo_bot_api_url))]
    finally:
        await calls.close()
    name = str(me.get("display_name") or me.get("account_name") or me.get("id") or "?")
    return [well(Topic.ZALO_BOT, texts.zalo_bot_answers(speech, name)), _updates(call, posted_to)]


def _updates(call: Call, posted_to: str) -> Finding:
    url, speech = call.settings.zalo_bot_webhook_url, call.speech
    if posted_to and posted_to != url:
        return note(Topic.ZALO_BOT, texts.zalo_bot_posted_elsewhere(speech, posted_to))
    if url is None:
        return note(Topic.ZALO_BOT, texts.zalo_bot_fetches(speech))
    if call.settings.web_port == 0:
        return not_well(Topic.ZALO_BOT, texts.zalo_bot_without_web(speech))
    return well(Topic.ZALO_BOT, cli_doctor.telegram_posts(speech, url))
