"""The calls to an Official Account. Each raises DeliveryError and nothing else, and no text carries a token."""

import asyncio
import hashlib
import hmac
from collections.abc import Awaitable, Callable
from typing import Any, Protocol

import httpx
import structlog

from bot.channels.http_calls import body_within
from bot.channels.zalo_oa_failures import PROOF_MISSING, TOKEN_REFUSED, broken, refused
from bot.channels.zalo_oa_limits import MOST_DOWNLOAD_BYTES
from bot.channels.zalo_oa_oauth import trusted
from domain.channel import DeliveryError, Rejected, Unavailable, Unknown
from domain.clock import Clock

CONNECT, READ, UPLOAD = 10.0, 20.0, 60.0
_SERVER_ERROR = 500
_LONGEST = 200

Json = dict[str, Any]
Ask = Callable[[dict[str, str]], Awaitable[httpx.Response]]
"""Makes a call with the headers that show who we are."""

log = structlog.get_logger()


class Tokens(Protocol):
    """What is needed of the token keeper."""

    async def token(self) -> str: ...

    async def renew(self, refused: str) -> str: ...


class Api:
    def __init__(self, url: str, app_secret: str, tokens: Tokens, clock: Clock) -> None:
        self._url = url
        self._app_secret = app_secret
        self._tokens = tokens
        self._clock = clock
        self._with_proof = False
        """Whether calls have to be proved, which is switched on at Zalo."""
        self._client: httpx.AsyncClient | None = None

    @property
    def _http(self) -> httpx.AsyncClient:
        if self._client is None:
            self._client = httpx.AsyncClient(timeout=httpx.Timeout(READ, connect=CONNECT), verify=trusted())
        return self._client

    async def close(self) -> None:
        if self._client is not None:
            await self._client.aclose()
            self._client = None

    async def post(self, path: str, body: Json) -> Json:
        """What Zalo gives for it."""
        return await self._call(lambda shown: self._http.post(self._url + path, json=body, headers=shown))

    async def get(self, path: str) -> Json:
        return await self._call(lambda shown: self._http.get(self._url + path, headers=shown))

    async def upload(self, path: str, name: str, mime: str, content: bytes) -> Json:
        """Nothing has been said to anybody by an upload: one whose answer is lost can be made again."""
        files = {"file": (name, content, mime)}
        try:
            return await self._call(
                lambda shown: self._http.post(self._url + path, files=files, headers=shown, timeout=UPLOAD)
            )
        except Unknown as problem:
            failure = Unavailable(str(problem))
        raise failure

    async def download(self, url: str) -> bytes:
        """A file that somebody sent. It lies on another server, which is shown no token."""
        failure: DeliveryError
        try:
            async with asyncio.timeout(UPLOAD), self._http.stream("GET", url, follow_redirects=True) as answer:
                if answer.is_success:
                    return await body_within(answer, MOST_DOWNLOAD_BYTES, "the file is too big")
                gone = answer.is_client_error
                failure = (Rejected if gone else Unavailable)(f"HTTP {answer.status_code}")
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as problem:
            failure = Unavailable(type(problem).__name__)
        raise failure

    async def _call(self, ask: Ask) -> Json:
        """Once more where only the token, or the proof of it, was what Zalo did not like."""
        token = await self._tokens.token()
        code, answer = await self._asked(ask, token)
        if code in TOKEN_REFUSED:
            token = await self._tokens.renew(token)
            code, answer = await self._asked(ask, token)
        if code == PROOF_MISSING:
            self._with_proof = not self._with_proof
            code, answer = await self._asked(ask, token)
        if code:
            said = str(answer.get("message", "")).replace(token, "<token>")[:_LONGEST]
            raise refused(code, said, self._clock.now())
        data = answer.get("data")
        return data if isinstance(data, dict) else {}

    async def _asked(self, ask: Ask, token: str) -> tuple[int, Json]:
        """The error's number, 0 where there is none, and the whole body."""
        failure: DeliveryError
        try:
            return _read(await ask(self._headers(token)))
        except DeliveryError as ours:
            failure = ours
        except httpx.HTTPError as problem:
            failure = broken(problem)
        # outside of `except`: nothing that knows the request, and so the token, stays attached
        raise failure

    def _headers(self, token: str) -> dict[str, str]:
        if not self._with_proof:
            return {"access_token": token}
        proof = hmac.new(self._app_secret.encode(), token.encode(), hashlib.sha256).hexdigest()
        return {"access_token": token, "appsecret_proof": proof}


def _read(answer: httpx.Response) -> tuple[int, Json]:
    try:
        body = answer.json()
        # some answers have the number without its sign
        code = -abs(int(body.get("error", 0 if answer.is_success else -1)))
    except (ValueError, AttributeError, TypeError):
        if answer.is_success:
            raise Unknown("unreadable answer") from None
        kind = Unavailable if answer.status_code >= _SERVER_ERROR else Rejected
        raise kind(f"HTTP {answer.status_code}") from None
    if answer.status_code >= _SERVER_ERROR:
        raise Unavailable(f"HTTP {answer.status_code}")
    return code, body
