"""Zalo's permission: the page on which it is given, and the exchange of a code or a refresh token for a pair."""

import asyncio
import hashlib
import secrets
import ssl
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlencode

import httpx

from bot.channels.http_calls import NEVER_SENT

PATIENCE = 20.0
"""Seconds for a whole call; less than a renewal is reserved for whoever makes it (storage/vendor_tokens.py)."""
ACCESS_LIFE = 90_000
"""Seconds that an access token lives where Zalo does not say it."""
_SERVER_ERROR = 500


@cache
def trusted() -> ssl.SSLContext:
    """Whom we trust; one for all clients, as each takes 30 ms to build."""
    return httpx.create_ssl_context()


class OAuthError(Exception):
    """No pair came. The text carries no token."""


class NotSent(OAuthError):
    """Zalo was not reached: nothing is used up."""


class NoAnswer(OAuthError):
    """It may have been received: the refresh token may be used up."""


class TokenRefused(OAuthError):
    """Zalo has answered without a pair."""


@dataclass(frozen=True, slots=True)
class Pair:
    """An access token, for how many seconds it is good, and the refresh token that follows it."""

    access: str
    refresh: str
    seconds: int


@dataclass(frozen=True, slots=True)
class Proof:
    """Shows that whoever exchanges a code is who asked for it (PKCE)."""

    verifier: str

    @classmethod
    def new(cls) -> "Proof":
        return cls(secrets.token_urlsafe(32))

    @property
    def challenge(self) -> str:
        return urlsafe_b64encode(hashlib.sha256(self.verifier.encode()).digest()).decode().rstrip("=")


class OAuth:
    """The calls to the permission server."""

    def __init__(self, app_id: str, app_secret: str, url: str) -> None:
        self._app_id = app_id
        self._app_secret = app_secret
        self._url = url

    def permission_page(self, redirect: str, proof: Proof, state: str) -> str:
        """Where an administrator of the account gives permission, once, in a browser."""
        query = {"app_id": self._app_id, "redirect_uri": redirect, "code_challenge": proof.challenge, "state": state}
        return f"{self._url}/v4/oa/permission?{urlencode(query)}"

    async def exchange(self, code: str, proof: Proof) -> Pair:
        """A pair for the code that came back with the permission. Raises OAuthError."""
        return await self._pair(grant_type="authorization_code", code=code, code_verifier=proof.verifier)

    async def refresh(self, refresh_token: str) -> Pair:
        """The next pair; the refresh token is good for this one call. Raises OAuthError."""
        return await self._pair(grant_type="refresh_token", refresh_token=refresh_token)

    async def _pair(self, **form: str) -> Pair:
        failure: OAuthError
        try:
            async with asyncio.timeout(PATIENCE), httpx.AsyncClient(timeout=PATIENCE, verify=trusted()) as client:
                answer = await client.post(
                    f"{self._url}/v4/oa/access_token",
                    data={**form, "app_id": self._app_id},
                    headers={"secret_key": self._app_secret},
                )
            return _read(answer)
        except NEVER_SENT as problem:
            failure = NotSent(type(problem).__name__)
        except (httpx.HTTPError, TimeoutError) as problem:
            failure = NoAnswer(type(problem).__name__)
        # raised outside of it: nothing that knows the form stays attached
        raise failure


def _read(answer: httpx.Response) -> Pair:
    try:
        body: Any = answer.json()
    except ValueError:
        body = None
    match body:
        case {"access_token": str() as access, "refresh_token": str() as refresh} if access and refresh:
            return Pair(access, refresh, _seconds(body.get("expires_in")))
    if answer.status_code >= _SERVER_ERROR or not isinstance(body, dict):
        raise NoAnswer(f"HTTP {answer.status_code}")
    raise TokenRefused(f"error {str(body.get('error', '?'))[:12]}")


def _seconds(given: object) -> int:
    """Zalo writes a number as a string."""
    text = str(given).partition(".")[0]
    return int(text) if text.isdecimal() and int(text) else ACCESS_LIFE
