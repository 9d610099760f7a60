"""The Zalo Bot channel: people who write to a bot on the Zalo Bot Platform, in plain text.

There are no buttons there, no files, and no way to change what was sent; the sender turns buttons into numbered lines
and files into links before they come here.
"""

import asyncio
from datetime import datetime

from bot.channels.resting import Rest
from bot.channels.zalo_bot_calls import Calls
from bot.channels.zalo_bot_limits import FEATURES, LIMITS, PHOTOS
from bot.channels.zalo_bot_listening import Listening
from bot.channels.zalo_bot_sending import PhotoUrl, Sending
from bot.channels.zalo_bot_updates import CHANNEL
from bot.settings import ZALO_BOT_WEBHOOK_PATH
from domain.channel import Feature, Hook, Limits, Receive, SentRef
from domain.clock import Clock
from domain.messages import FileRef, Outgoing, StoredFile

API_URL = "https://bot-api.zaloplatforms.com"
HOOK = Hook(ZALO_BOT_WEBHOOK_PATH, "X-Bot-Api-Secret-Token")
_GROUP = "zgr-"


def _no_photo(_file: StoredFile) -> None:
    """Zalo cannot reach us."""


class ZaloBotChannel:
    """People on Zalo, in private chats and, where their bot may, in groups."""

    name = CHANNEL

    def __init__(
        self,
        token: str,
        *,
        clock: Clock,
        api_url: str | None = None,
        webhook_url: str | None = None,
        webhook_secret: str | None = None,
        photo_url: PhotoUrl | None = None,
        limits: Limits = LIMITS,
        rest: Rest = asyncio.sleep,
    ) -> None:
        """`rest` waits for so many seconds."""
        if bool(webhook_url) != bool(webhook_secret):
            raise ValueError("a webhook needs both its address and its secret")
        self.limits = limits
        self.features = FEATURES | Feature.PHOTOS if photo_url else FEATURES
        hook = (webhook_url, webhook_secret) if webhook_url and webhook_secret else None
        self._calls = Calls(token, (api_url or API_URL).rstrip("/"))
        self._listening = Listening(self._calls, clock, rest, hook)
        self._sending = Sending(self._calls, photo_url or _no_photo, rest)

    @property
    def polls(self) -> bool:
        return not self._listening.is_posted_to

    @property
    def hook(self) -> Hook | None:
        return None if self.polls else HOOK

    @property
    def last_poll_at(self) -> datetime | None:
        """When Zalo last answered the long poll; None before that, and where a webhook is used."""
        return self._listening.last_poll_at

    def is_group(self, address: str) -> bool:
        return address.startswith(_GROUP)

    async def start(self, receive: Receive) -> None:
        self._listening.start(receive)

    async def start_polling(self) -> None:
        self._listening.start_polling()

    async def stop_polling(self) -> None:
        await self._listening.stop_polling()

    async def stop(self) -> None:
        await self._listening.stop()

    async def close(self) -> None:
        await self._calls.close()

    async def webhook(self, body: bytes, secret: str | None) -> int:
        """The HTTP status for what came with this `X-Bot-Api-Secret-Token`."""
        return await self._listening.webhook(body, secret)

    async def send(self, address: str, outgoing: Outgoing) -> SentRef:
        return await self._sending.send(address, outgoing)

    def messages(self, outgoing: Outgoing) -> int:
        """How many messages it takes off the month's quota."""
        return self._sending.messages(outgoing)

    def carries(self, file: StoredFile) -> bool:
        """Pictures, where Zalo can fetch them from us; anything else becomes a link."""
        return Feature.PHOTOS in self.features and file.mime in PHOTOS

    async def fetch(self, file: FileRef) -> bytes:
        return await self._calls.download(file.ref)
