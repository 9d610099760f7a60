"""The calls to the Zalo Bot Platform. Each raises DeliveryError and nothing else, and no text carries the token.

Zalo answers a failure in any of these ways: with a status of its own, or with 200 and `ok: false`; its code is named
`error_code` or `errorCode`, and a success may have one too, of 0. Only `ok` is to be believed.
"""

from typing import Any
from urllib.parse import urlsplit

import httpx
import structlog

from bot.channels.http_calls import body_within
from bot.channels.reports import Scrubber, hush_libraries, report
from bot.channels.zalo_bot_failures import NOT_FOUND, TIMEOUT, TokenRefused, broken, refused
from bot.channels.zalo_bot_limits import MOST_DOWNLOAD_BYTES
from domain.channel import Busy, DeliveryError, Rejected, Spent, Unavailable, Unknown

TOKEN_SETTING = "NHACVIEC_ZALO_BOT_TOKEN"  # noqa: S105  the setting's name
POLL_SECONDS = 30
CONNECT, READ, PHOTO = 10.0, 20.0, 150.0
"""Seconds. Zalo fetches a photo from us before it answers, and is in no hurry."""
CONNECTIONS = 16
MOST_REDIRECTS = 3
UNNAMED = "unnamed"
"""In place of the name of a message that was sent and whose name was not told."""

Json = dict[str, Any]

log = structlog.get_logger()


class Refusal(Exception):
    """Zalo's no, as it came."""

    def __init__(self, code: int, text: str, after: float | None = None) -> None:
        super().__init__(text)
        self.code, self.text, self.after = code, text, after


class Calls:
    """One client for everything but the long poll, which must not wait behind what is sent."""

    def __init__(self, token: str, url: str) -> None:
        hush_libraries()
        self._base = f"{url}/bot{token}"
        self._scrub = Scrubber(token)
        context = httpx.create_ssl_context()
        self._http = _client(CONNECTIONS, context)
        self._poll_http = _client(2, context)
        self._is_local = urlsplit(url).scheme == "http"
        self._silences = 0

    async def close(self) -> None:
        await self._http.aclose()
        await self._poll_http.aclose()

    # -- what listening asks -----------------------------------------------------------------------------------------

    async def get_updates(self) -> list[Any]:
        """What has come, mostly one or nothing; an empty poll is a timeout to Zalo."""
        body = {"timeout": str(POLL_SECONDS)}
        try:
            found = await self._call("getUpdates", body, POLL_SECONDS + CONNECT, self._poll_http)
        except Refusal as refusal:
            if refusal.code == TIMEOUT:
                return []
            raise self._meaning(refusal) from None
        if isinstance(found, list):
            return found
        return [found] if found else []

    async def me(self) -> Json:
        """What Zalo knows of the bot itself."""
        found = await self._asked("getMe", {})
        return found if isinstance(found, dict) else {}

    async def webhook_url(self) -> str:
        """Where updates are posted; empty where they are not."""
        try:
            found = await self._call("getWebhookInfo", {}, READ, self._http)
        except Refusal as refusal:
            if refusal.code == NOT_FOUND:  # this is how Zalo says that there is none
                return ""
            raise self._meaning(refusal) from None
        return str(found.get("url") or "") if isinstance(found, dict) else ""

    async def set_webhook(self, url: str, secret: str) -> None:
        """Have updates posted. That Zalo could not reach us now, as it may say, does not undo it."""
        found = await self._asked("setWebhook", {"url": url, "secret_token": secret})
        verified = found.get("verification") if isinstance(found, dict) else None
        if isinstance(verified, dict) and not verified.get("ok", True):
            log.warning("zalo_bot_webhook_not_reached", outcome=str(verified.get("outcome", "")))

    async def delete_webhook(self) -> None:
        await self._asked("deleteWebhook", {})

    # -- what goes out -----------------------------------------------------------------------------------------------

    async def send_text(self, address: str, text: str) -> str:
        return _name_of(await self._asked("sendMessage", {"chat_id": address, "text": text}))

    async def send_photo(self, address: str, url: str, caption: str) -> str:
        body = {"chat_id": address, "photo": url} | ({"caption": caption} if caption else {})
        return _name_of(await self._asked("sendPhoto", body, PHOTO))

    # -- what came in ------------------------------------------------------------------------------------------------

    async def download(self, url: str) -> bytes:
        """A photo that somebody sent, from wherever Zalo keeps it. Raises Unavailable or Rejected."""
        try:
            for _ in range(MOST_REDIRECTS + 1):
                if not self._may_fetch(url):
                    raise Rejected("not an address of a photo")
                async with self._http.stream("GET", url) as answer:
                    if answer.next_request is None:
                        return await _content(answer)
                    url = str(answer.next_request.url)
        except (httpx.HTTPError, httpx.InvalidURL) as problem:
            kind = type(problem).__name__
        else:
            kind = "led astray"
        raise Unavailable(f"the photo cannot be fetched: {kind}")

    def _may_fetch(self, url: str) -> bool:
        """Encrypted, from a name and no number: what is behind our own wall is not to be had with a message."""
        parts = urlsplit(url)
        host = parts.hostname or ""
        if self._is_local and host == "127.0.0.1":  # a Zalo on this machine, for trying things out
            return True
        return parts.scheme == "https" and "." in host and ":" not in host and not host.rpartition(".")[2].isdecimal()

    # -- one call ----------------------------------------------------------------------------------------------------

    async def _asked(self, method: str, body: Json, patience: float | None = None) -> Any:
        try:
            found = await self._call(method, body, patience or READ, self._http)
        except Refusal as refusal:
            failure = self._meaning(refusal)
        else:
            self._silences = 0
            return found
        raise failure

    def _meaning(self, refusal: Refusal) -> DeliveryError:
        failure = refused(refusal.code, refusal.text, self._silences, refusal.after)
        if isinstance(failure, TokenRefused):
            log.error("zalo_bot_token_refused", setting=TOKEN_SETTING)
        self._silences = self._silences + 1 if isinstance(failure, Busy | Spent) else 0
        return failure

    async def _call(self, method: str, body: Json, patience: float, client: httpx.AsyncClient) -> Any:
        """The result. Raises Refusal or DeliveryError, outside `except`: no error with an address stays attached."""
        failure: Exception
        try:
            timeout = httpx.Timeout(CONNECT, read=patience, write=READ)
            answer = await client.post(f"{self._base}/{method}", json=body, timeout=timeout)
        except httpx.HTTPError as problem:
            failure = broken(problem, self._scrub(f"{type(problem).__name__}: {problem}"))
        except Exception as problem:
            report("zalo_bot_call_failed", problem, method=method)
            failure = Unknown(f"call failed: {type(problem).__name__}")
        else:
            return self._result(answer)
        raise failure

    def _result(self, answer: httpx.Response) -> Any:
        try:
            said = answer.json()
        except (ValueError, RecursionError):
            said = None
        if not isinstance(said, dict) or "ok" not in said:
            if answer.is_success:
                raise Unknown("unreadable answer")
            raise Refusal(answer.status_code, f"HTTP {answer.status_code}", _retry_after(answer))
        if said["ok"] is True:
            return said.get("result")
        code = _code(said) or (answer.status_code if answer.is_error else 0)
        raise Refusal(code, self._scrub(str(said.get("description") or f"error {code}")), _retry_after(answer))


def _client(connections: int, context: Any) -> httpx.AsyncClient:
    limits = httpx.Limits(max_connections=connections, keepalive_expiry=30.0)
    return httpx.AsyncClient(verify=context, limits=limits, timeout=httpx.Timeout(CONNECT, read=READ))


def _code(said: Json) -> int:
    for name in ("error_code", "errorCode"):
        code = said.get(name)
        if isinstance(code, int | str) and str(code).lstrip("-").isdecimal():
            return int(code)
    return 0


def _retry_after(answer: httpx.Response) -> float | None:
    asked = answer.headers.get("Retry-After", "")
    return float(asked) if asked.isdecimal() and int(asked) > 0 else None


def _name_of(result: Any) -> str:
    return str(result.get("message_id") or UNNAMED) if isinstance(result, dict) else UNNAMED


async def _content(answer: httpx.Response) -> bytes:
    if answer.status_code in (403, 404, 410):
        raise Rejected("the photo is gone")
    if answer.is_error:
        raise Unavailable(f"the photo cannot be fetched: HTTP {answer.status_code}")
    return await body_within(answer, MOST_DOWNLOAD_BYTES, "the photo is too big")
