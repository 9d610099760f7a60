"""The channel of a Zalo Official Account: followers write and press, and are written to while their window is open."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from pydantic import SecretStr

from bot.channels.reports import report
from bot.channels.resting import Rest
from bot.channels.zalo_oa_api import Api
from bot.channels.zalo_oa_events import CHANNEL, is_stale, read
from bot.channels.zalo_oa_failures import AccountOutOfOrder, WindowShut
from bot.channels.zalo_oa_limits import FEATURES, MOST_DOWNLOAD_BYTES, is_carried, limits
from bot.channels.zalo_oa_oauth import OAuth
from bot.channels.zalo_oa_sending import OpenFile, Sending
from bot.channels.zalo_oa_signature import HEADER, Signature
from bot.channels.zalo_oa_templates import Facts, Templates
from bot.channels.zalo_oa_tokens import TokenKeeper, seal_of
from bot.channels.zalo_oa_troubles import Troubles
from bot.settings import ZALO_OA_WEBHOOK_PATH, Settings
from domain.channel import DeliveryError, Feature, Hook, Limits, Receive, Rejected, SentRef
from domain.clock import Clock
from domain.messages import FileRef, Outgoing, StoredFile
from domain.templates import Template
from storage.unit_of_work import Store

API_URL = "https://openapi.zalo.me"
OAUTH_URL = "https://oauth.zaloapp.com"
HOOK = Hook(ZALO_OA_WEBHOOK_PATH, HEADER)
LOOK_EVERY = 600.0
"""Seconds between two looks whether the token is to be renewed: a loss is known before somebody needs the token."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Keys:
    """What shows Zalo who we are, and us that it is Zalo: `secret` signs what is posted, `app_secret` the rest."""

    app_id: str
    app_secret: str
    secret: str
    refresh_token: str = ""


class ZaloOaChannel:
    """People who follow the agency's Official Account. An address is Zalo's number of a person for this account."""

    name = CHANNEL
    hook = HOOK

    def __init__(
        self,
        keys: Keys,
        store: Store,
        *,
        clock: Clock,
        open_file: OpenFile,
        troubles: Troubles,
        facts: Facts,
        api_url: str = API_URL,
        oauth_url: str = OAUTH_URL,
        templates: Sequence[Template] = (),
        rest: Rest = asyncio.sleep,
    ) -> None:
        """`clock` is the real one: Zalo's time goes on while ours is set to another day."""
        oauth = OAuth(keys.app_id, keys.app_secret, oauth_url)
        self._tokens = TokenKeeper(
            store,
            oauth,
            seal_of(keys.app_secret),
            clock,
            given=keys.refresh_token,
            on_lost=troubles.token_lost,
            rest=rest,
        )
        self._api = Api(api_url, keys.app_secret, self._tokens, clock)
        self._signature = Signature(keys.app_id, keys.secret)
        self._sending = Sending(self._api, open_file, clock)
        self._templates = Templates(templates, facts, self._api)
        self._troubles = troubles
        self._clock = clock
        self._rest = rest
        self._limits = limits(after_window=bool(templates))
        self._receive: Receive | None = None
        self._looking: asyncio.Task[None] | None = None

    @property
    def features(self) -> Feature:
        return FEATURES

    @property
    def limits(self) -> Limits:
        return self._limits

    @property
    def token_expires_at(self) -> datetime | None:
        """When the permission ends, if the assistant is not there to renew it."""
        return self._tokens.permitted_until

    def is_group(self, address: str) -> bool:
        return False

    def carries(self, file: StoredFile) -> bool:
        return is_carried(file)

    async def start(self, receive: Receive) -> None:
        self._receive = receive
        self._looking = asyncio.get_running_loop().create_task(self._look_after_token())

    async def stop(self) -> None:
        self._receive = None
        looking, self._looking = self._looking, None
        if looking is not None:
            looking.cancel()
            await asyncio.gather(looking, return_exceptions=True)

    async def close(self) -> None:
        await self._api.close()

    # -- in ----------------------------------------------------------------------------------------------------------

    async def webhook(self, body: bytes, secret: str | None) -> int:
        """The HTTP status for a posted event: Zalo posts it again until it hears 200."""
        event = self._signature.event(body, secret)
        if event is None:
            log.warning("zalo_oa_webhook_refused")
            return 403
        if is_stale(event, self._clock.now()):
            log.warning("zalo_oa_event_too_old", name=str(event.get("event_name", ""))[:60])
            return 200
        return await self._kept(event)

    async def _kept(self, event: dict[str, Any]) -> int:
        receive = self._receive
        if receive is None:
            return 503
        try:
            incoming = read(event)
        except (KeyError, TypeError, ValueError, AttributeError) as problem:
            report("zalo_oa_event_unreadable", problem)
            return 200
        try:
            if incoming is not None:
                await receive([incoming])
        except Exception as problem:
            report("zalo_oa_event_not_kept", problem)
            return 503
        return 200

    async def fetch(self, file: FileRef) -> bytes:
        if (file.size or 0) > MOST_DOWNLOAD_BYTES:
            raise Rejected("the file is too big")
        return await self._api.download(file.ref)

    # -- out ---------------------------------------------------------------------------------------------------------

    async def send(self, address: str, outgoing: Outgoing) -> SentRef:
        try:
            return await self._sent(address, outgoing)
        except AccountOutOfOrder as trouble:
            await self._troubles.out_of_order(trouble.code)
            raise

    async def _sent(self, address: str, outgoing: Outgoing) -> SentRef:
        try:
            return await self._sending.send(address, outgoing)
        except WindowShut as shut:
            if shut.taken or not self._templates:
                raise
            window_shut = shut
        return await self._templates.send(address, outgoing, window_shut)

    async def _look_after_token(self) -> None:
        while True:
            try:
                await self._tokens.token()
            except DeliveryError as problem:
                log.warning("zalo_oa_without_token", reason=str(problem))
            except Exception as problem:
                report("zalo_oa_token_not_looked_after", problem)
            await self._rest(LOOK_EVERY)


async def account_name(api: Api) -> str:
    """The account's name, as Zalo has it. Raises DeliveryError."""
    return str((await api.get("/v2.0/oa/getoa")).get("name", ""))


def keys_of(settings: Settings) -> Keys:
    """Those that the settings give, which are complete where there is a number of an application."""

    def plain(secret: SecretStr | None) -> str:
        return secret.get_secret_value() if secret else ""

    return Keys(
        settings.zalo_oa_app_id or "",
        plain(settings.zalo_oa_app_secret),
        plain(settings.zalo_oa_secret),
        plain(settings.zalo_oa_refresh_token),
    )
