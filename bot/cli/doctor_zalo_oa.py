"""The doctor's look at the Official Account: is permission kept and good, does Zalo answer, can it reach us."""

import asyncio

from bot.channels.zalo_oa import account_name, keys_of
from bot.channels.zalo_oa_api import Api
from bot.channels.zalo_oa_failures import TOKEN_REFUSED
from bot.channels.zalo_oa_tokens import mark_of, seal_of
from bot.cli.calls import Call
from bot.cli.doctor_database import Record
from bot.cli.findings import Finding, Topic, not_well, note, well
from bot.settings import ZALO_OA_WEBHOOK_PATH
from domain.channel import DeliveryError, Unavailable
from domain.clock import SystemClock
from locales.texts import cli_doctor
from locales.texts import cli_zalo as texts
from storage.sealing import SealBroken
from storage.vendor_tokens import VendorToken

PATIENCE = 5.0
"""Seconds that Zalo may take."""


class _AsKept:
    """The kept access token; it is not renewed, as that is the assistant's to do."""

    def __init__(self, access: str) -> None:
        self._access = access

    async def token(self) -> str:
        return self._access

    async def renew(self, refused: str) -> str:
        raise Unavailable(f"{next(iter(TOKEN_REFUSED))}: the token is refused")


async def zalo_oa(call: Call, record: Record) -> list[Finding]:
    """Nothing where no account is set."""
    if not call.settings.has_zalo_oa:
        return []
    return [*await _permission(call, record.zalo_oa), _updates(call)]


async def _permission(call: Call, kept: VendorToken | None) -> list[Finding]:
    speech, keys = call.speech, keys_of(call.settings)
    is_new = bool(keys.refresh_token) and (kept is None or kept.given != mark_of(keys.refresh_token))
    if is_new:
        return [note(Topic.ZALO_OA, texts.token_not_used_yet(speech))]
    if kept is None:
        return [not_well(Topic.ZALO_OA, texts.no_permission(speech))]
    if kept.lost_at is not None:
        return [not_well(Topic.ZALO_OA, texts.permission_lost(speech, kept.lost_at))]
    try:
        access = seal_of(keys.app_secret).open(kept.pair.access) if kept.pair.access else ""
    except SealBroken:
        return [not_well(Topic.ZALO_OA, texts.sealed_otherwise(speech))]
    until = kept.pair.expires_at
    if not access or until is None or until <= SystemClock().now():
        return [well(Topic.ZALO_OA, texts.renewed_when_needed(speech))]
    return [well(Topic.ZALO_OA, texts.token_good(speech, until)), await _answer(call, access)]


async def _answer(call: Call, access: str) -> Finding:
    """What the account says to the kept token."""
    settings, speech = call.settings, call.speech
    api = Api(settings.zalo_oa_api_url, keys_of(settings).app_secret, _AsKept(access), SystemClock())
    try:
        async with asyncio.timeout(PATIENCE):
            return well(Topic.ZALO_OA, texts.zalo_oa_answers(speech, await account_name(api)))
    except (DeliveryError, TimeoutError) as problem:
        code = str(problem).partition(":")[0]
        if code.lstrip("-").isdecimal():
            return note(Topic.ZALO_OA, texts.zalo_oa_refuses(speech, code))
        return not_well(Topic.ZALO_OA, texts.zalo_oa_silent(speech, settings.zalo_oa_api_url))
    finally:
        await api.close()


def _updates(call: Call) -> Finding:
    settings = call.settings
    if settings.public_url is None or settings.web_port == 0:
        return not_well(Topic.ZALO_OA, texts.zalo_oa_without_web(call.speech))
    return well(Topic.ZALO_OA, cli_doctor.telegram_posts(call.speech, settings.public_url + ZALO_OA_WEBHOOK_PATH))
