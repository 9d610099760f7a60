"""The Telegram channel: what is said goes out, files come in, and every failure becomes one DeliveryError.

python-telegram-bot is the transport, and this is the only file that knows it.
"""

import asyncio
import json
import os
from collections.abc import Awaitable, Sequence
from datetime import datetime
from typing import TypeVar
from urllib.parse import urlencode

import httpx
import structlog
from telegram import (
    Bot,
    File,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    LinkPreviewOptions,
    Message,
    error,
)
from telegram.request import HTTPXRequest

from bot.channels.reports import Scrubber, hush_libraries, report
from bot.channels.resting import Rest
from bot.channels.telegram_failures import broken, busy, refused
from bot.channels.telegram_limits import FEATURES, LIMITS, MOST_DOWNLOAD_BYTES
from bot.channels.telegram_listening import Listening
from bot.channels.telegram_parts import Part
from bot.channels.telegram_polling import Updates
from bot.channels.telegram_sending import OpenFile, Sending
from bot.channels.telegram_updates import ALLOWED, CHANNEL
from bot.channels.telegram_uploads import Posted
from bot.settings import TELEGRAM_WEBHOOK_PATH
from domain.channel import DeliveryError, Hook, Moved, Receive, Rejected, SentRef, Unavailable, Unknown, Unreachable
from domain.clock import Clock
from domain.messages import FileRef, Outgoing, Rows

API_URL = "https://api.telegram.org"
TOKEN_SETTING = "NHACVIEC_TELEGRAM_TOKEN"  # noqa: S105  the setting's name
HOOK = Hook(TELEGRAM_WEBHOOK_PATH, "X-Telegram-Bot-Api-Secret-Token")
POLL_SECONDS = 25
"""Long enough to be cheap, short enough for routers that drop a connection after half a minute of silence."""
CONNECT, READ, UPLOAD = 10.0, 20.0, 60.0
CONNECTIONS = 16
KEPT_ALIVE = 30.0
"""Seconds; the library's 5 would mean a new handshake with a server far away for most answers."""

T = TypeVar("T")

log = structlog.get_logger()


class TelegramChannel:
    """People on Telegram, in private chats and in groups."""

    name = CHANNEL
    features = FEATURES
    limits = LIMITS

    def __init__(
        self,
        token: str,
        *,
        clock: Clock,
        open_file: OpenFile,
        api_url: str | None = None,
        webhook_url: str | None = None,
        webhook_secret: str | None = None,
        commands: Sequence[tuple[str, str]] = (),
        rest: Rest = asyncio.sleep,
    ) -> None:
        """`commands` are names with their description in Vietnamese; `rest` waits for so many seconds."""
        if bool(webhook_url) != bool(webhook_secret):
            raise ValueError("a webhook needs both its address and its secret")
        self._api = _Api(token, (api_url or API_URL).rstrip("/"), commands, webhook_url, webhook_secret)
        self._listening = Listening(self._api, clock, rest, webhook_secret)
        self._sending = Sending(self._api.send, self._api.edit, open_file, rest)

    @property
    def polls(self) -> bool:
        return not self._listening.is_posted_to

    @property
    def hook(self) -> Hook | None:
        return None if self.polls else HOOK

    @property
    def last_poll_at(self) -> datetime | None:
        """When Telegram last answered the long poll; None before that, and where a webhook is used."""
        return self._listening.last_poll_at

    def link(self, code: str) -> str | None:
        """The address that opens a chat with us and says "/start code"; None until Telegram has told us our name."""
        return self._listening.link(code)

    def is_group(self, address: str) -> bool:
        return address.startswith("-")

    async def start(self, receive: Receive) -> None:
        await self._api.open()
        self._listening.start(receive)

    async def start_polling(self) -> None:
        self._listening.start_polling()

    async def stop_polling(self) -> None:
        await self._listening.stop_polling()

    async def stop(self) -> None:
        await self._listening.stop()

    async def close(self) -> None:
        await self._api.close()

    async def webhook(self, body: bytes, secret: str | None) -> int:
        """The HTTP status for an update that came with this `X-Telegram-Bot-Api-Secret-Token`."""
        return await self._listening.webhook(body, secret)

    async def send(self, address: str, outgoing: Outgoing) -> SentRef:
        return await self._sending.send(address, outgoing)

    async def edit(self, address: str, sent: SentRef, outgoing: Outgoing) -> SentRef:
        return await self._sending.edit(address, sent, outgoing)

    async def fetch(self, file: FileRef) -> bytes:
        if (file.size or 0) > MOST_DOWNLOAD_BYTES:
            raise Rejected("the file is too big")
        try:
            return await self._api.download(file.ref)
        except (Rejected, Unavailable):
            raise
        except DeliveryError as problem:
            raise Unavailable(str(problem)) from None


class _Api:
    """The calls to Telegram. Each raises DeliveryError and nothing else, and no text carries the token."""

    def __init__(
        self, token: str, url: str, commands: Sequence[tuple[str, str]], hook: str | None, secret: str | None
    ) -> None:
        hush_libraries()
        os.environ.setdefault("PTB_TIMEDELTA", "1")  # else the library warns about itself at every 429
        context = httpx.create_ssl_context()  # one for both clients, as each takes 30 ms to build
        self._http, self._poll_http = _client(CONNECTIONS, context), _client(1, context)
        self._bot = Bot(token, f"{url}/bot", f"{url}/file/bot", self._http, self._poll_http)
        self._scrub = Scrubber(token)
        self._commands, self._hook, self._secret = commands, hook, secret

    async def open(self) -> None:
        await asyncio.gather(self._http.initialize(), self._poll_http.initialize())

    async def close(self) -> None:
        await asyncio.gather(self._http.shutdown(), self._poll_http.shutdown())

    async def get_updates(self, offset: int) -> Updates:
        return await self._call(self._poll(offset))

    async def my_name(self) -> str:
        return (await self._call(self._bot.get_me())).username or ""

    async def publish_commands(self) -> None:
        for language in (None, "vi") if self._commands else ():
            await self._call(self._bot.set_my_commands(self._commands, language_code=language))

    async def set_webhook(self) -> None:
        hook = self._bot.set_webhook(self._hook or "", secret_token=self._secret, allowed_updates=ALLOWED)
        await self._call(hook)

    async def answer(self, waiting: str) -> None:
        await self._call(self._bot.answer_callback_query(waiting))

    async def send(self, address: str, part: Part, content: bytes | str) -> Posted:
        message = await self._call(self._post(address, part, content))
        files = [message.document, *message.photo] if part.file else []
        return Posted(str(message.message_id), next((file.file_id for file in reversed(files) if file), ""))

    async def edit(self, address: str, ref: str, part: Part) -> None:
        mode, keyboard, quiet = "HTML" if part.is_html else None, _keyboard(part.buttons), _quiet()
        edit = self._bot.edit_message_text
        await self._call(
            edit(part.text, address, int(ref), parse_mode=mode, link_preview_options=quiet, reply_markup=keyboard)
        )

    async def download(self, ref: str) -> bytes:
        file = await self._call(self._bot.get_file(ref))
        if (file.file_size or 0) > MOST_DOWNLOAD_BYTES:
            raise Rejected("the file is too big")
        return await self._call(_content(file))

    async def _poll(self, offset: int) -> Updates:
        """One long poll. A webhook left behind by an earlier set-up is removed when Telegram complains of it."""
        try:
            return await self._ask(offset)
        except error.Conflict as conflict:
            if "webhook is active" not in conflict.message:
                raise
        log.info("telegram_webhook_removed")
        await self._bot.delete_webhook()
        return await self._ask(offset)

    async def _ask(self, offset: int) -> Updates:
        """Raw, as the library reads a batch only whole: one update that it cannot read would block the others."""
        query = urlencode({"offset": offset, "timeout": POLL_SECONDS, "allowed_updates": json.dumps(ALLOWED)})
        url = f"{self._bot.base_url}/getUpdates?{query}"
        updates = await self._poll_http.post(url, read_timeout=POLL_SECONDS + CONNECT)
        if not isinstance(updates, list):
            raise Unavailable("no list of updates")
        return updates

    async def _post(self, address: str, part: Part, content: bytes | str) -> Message:
        bot, mode, keyboard = self._bot, "HTML" if part.is_html else None, _keyboard(part.buttons)
        if part.file is None:
            return await bot.send_message(
                address, part.text, mode, link_preview_options=_quiet(), reply_markup=keyboard
            )
        send = bot.send_photo if part.as_photo else bot.send_document
        file = InputFile(content, part.file.name) if isinstance(content, bytes) else content
        return await send(address, file, caption=part.text, parse_mode=mode, reply_markup=keyboard, read_timeout=UPLOAD)

    async def _call(self, request: Awaitable[T]) -> T:
        """Raises outside `except`: no error of the library's, with an address in it, stays attached to ours."""
        failure: DeliveryError
        try:
            return await request
        except DeliveryError as ours:
            failure = ours
        except error.TelegramError as theirs:
            failure = _delivery_error(theirs, self._scrub(theirs.message))
        except Exception as problem:
            report("telegram_answer_unreadable", problem)
            failure = Unknown(f"unreadable answer: {type(problem).__name__}")
        raise failure


def _client(connections: int, context: object) -> HTTPXRequest:
    limits = httpx.Limits(max_connections=connections, keepalive_expiry=KEPT_ALIVE)
    return HTTPXRequest(
        connect_timeout=CONNECT,
        pool_timeout=CONNECT,
        read_timeout=READ,
        write_timeout=READ,
        media_write_timeout=UPLOAD,
        httpx_kwargs={"verify": context, "limits": limits},
    )


def _quiet() -> LinkPreviewOptions:
    return LinkPreviewOptions(is_disabled=True)


def _keyboard(rows: Rows) -> InlineKeyboardMarkup | None:
    keys = [[InlineKeyboardButton(button.label, callback_data=button.says) for button in row] for row in rows]
    return InlineKeyboardMarkup(keys) if keys else None


async def _content(file: File) -> bytes:
    try:
        return bytes(await file.download_as_bytearray(read_timeout=UPLOAD))
    except error.InvalidToken:  # any 404: here it is the link to the file that has run out
        raise Unavailable("the file is not at its place now") from None


def _delivery_error(problem: error.TelegramError, text: str) -> DeliveryError:
    match problem:  # the order matters: to the library, BadRequest is a NetworkError
        case error.RetryAfter():
            return busy(problem.retry_after)
        case error.ChatMigrated():
            return Moved(str(problem.new_chat_id))
        case error.Forbidden():
            return Unreachable(text)
        case error.BadRequest():
            return refused(text)
        case error.InvalidToken():
            log.error("telegram_token_refused", setting=TOKEN_SETTING)
            return Unavailable(text)
        case error.Conflict():
            return Unavailable(text)
        case error.NetworkError():
            return broken(problem.__cause__, text)
    return Unknown(text)
