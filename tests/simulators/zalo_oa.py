"""A Zalo Official Account on loopback, as strict as the documents say: in a test's own loop, or as a process.

Both hosts (openapi, oauth) are one port. What followers do is posted to `hook_url`, signed, and again until it is
answered 200 within two seconds.
"""

import argparse
import asyncio
import contextlib
import hashlib
import json
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from secrets import token_urlsafe
from types import TracebackType
from typing import Any, Literal, Self
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
from starlette.applications import Starlette

from tests.simulators.telegram_door import Door
from tests.simulators.zalo_oa_http import Front
from tests.simulators.zalo_oa_rules import Refused

Json = dict[str, Any]
APP_ID, APP_SECRET, OA_SECRET = "4242424242424242424", "APP-SECRET-OF-THE-TESTS", "OA-SECRET-OF-THE-TESTS"
OA_ID = "388613280878808645"
ANSWER_WITHIN = 2.0
RETRIES = 5
UPLOAD_LIFE = 7 * 24 * 3600


@dataclass
class Follower:
    name: str
    interacted_at: float
    follows: bool = True


@dataclass
class Fault:
    """`before` and `delay` are seconds before and after the call has its effect; `drop` closes the connection then."""

    path: str = ""
    user: str | None = None
    error: int = 0
    message: str = ""
    status: int = 0
    before: float = 0.0
    delay: float = 0.0
    drop: Literal["before", "after"] | None = None
    times: int | None = 1


@dataclass
class Tokens:
    """Pairs of tokens: a refresh token is good once; where `forgiving`, the last one is answered again the same way."""

    now: Callable[[], float]
    life: int = 90_000
    forgiving: bool = False
    old_dies: bool = True
    refresh: str = field(default_factory=lambda: "R1-" + token_urlsafe(24))
    rotations: int = 0
    reused: list[str] = field(default_factory=list)
    _access: dict[str, float] = field(default_factory=dict)
    _last: tuple[str, Json] = ("", {})

    @property
    def last_used(self) -> str:
        """The refresh token that brought the newest pair."""
        return self._last[0]

    def refreshed(self, refresh: str) -> Json:
        if refresh == self.refresh:
            pair = self.new_pair()
            self._last = refresh, pair
            return pair
        self.reused.append(refresh)
        if self.forgiving and refresh == self._last[0]:
            return self._last[1]
        raise Refused(-14014, "Invalid refresh token")

    def new_pair(self) -> Json:
        """As Zalo writes it: the seconds are a string."""
        self.rotations += 1
        if self.old_dies:
            self._access.clear()
        access = f"A{self.rotations}-" + token_urlsafe(24)
        self.refresh = f"R{self.rotations + 1}-" + token_urlsafe(24)
        self._access[access] = self.now() + self.life
        return {"access_token": access, "refresh_token": self.refresh, "expires_in": str(self.life)}

    def is_good(self, access: str) -> bool:
        return self._access.get(access, 0) > self.now()

    def expire(self) -> None:
        """No access token is good any more; the refresh token is."""
        self._access.clear()

    def revoke(self) -> None:
        """Permission is taken back: nothing is good any more."""
        self._access.clear()
        self.refresh = "R-revoked-" + token_urlsafe(24)
        self._last = ("", {})


class ZaloOaSimulator:
    """`async with ZaloOaSimulator() as sim:` serves `sim.url`."""

    def __init__(
        self,
        *,
        app_id: str = APP_ID,
        app_secret: str = APP_SECRET,
        oa_secret: str = OA_SECRET,
        port: int = 0,
        hook_url: str = "",
        retry_after: float = 0.05,
        forgiving: bool = False,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.app_id, self.app_secret, self.oa_secret = app_id, app_secret, oa_secret
        self.oa_id, self.oa_name = OA_ID, "Sở Khoa học và Công nghệ"
        self.hook_url = hook_url
        self.ahead = 0.0
        self._clock = clock
        self._retry_after = retry_after
        self.tokens = Tokens(self.now, forgiving=forgiving)
        self.followers: dict[str, Follower] = {}
        self.templates: dict[str, set[str]] = {}
        self.files: dict[str, bytes] = {}
        self.codes: dict[str, str] = {}
        self.wants_proof = False
        self.calls: list[Json] = []
        self.sent: list[Json] = []
        self.posted: list[tuple[int, int]] = []
        """For every event that was posted: which retry, and the status that came back; 0 for none."""
        self.uploaded: dict[str, bytes] = {}
        self._uploads: dict[str, tuple[str, float]] = {}
        self._faults: list[Fault] = []
        self._numbers = count(1)
        self._changed = asyncio.Event()
        self._door = Door(Starlette(routes=Front(self).routes()), port)
        self._http: httpx.AsyncClient | None = None

    # -- life --------------------------------------------------------------------------------------------------------

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._door.port}"

    async def __aenter__(self) -> Self:
        await self._door.open()
        self._http = httpx.AsyncClient(timeout=ANSWER_WITHIN, verify=False)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._http is not None:
            await self._http.aclose()
        await self._door.close()

    def down(self) -> None:
        """The port refuses connections."""
        self._door.shut()

    async def up(self) -> None:
        await self._door.open()

    def now(self) -> float:
        """Zalo's clock; `ahead` moves it."""
        return self._clock() + self.ahead

    # -- what a test holds -------------------------------------------------------------------------------------------

    def fault(self, path: str = "", **more: Any) -> None:
        """Order something to go wrong with calls whose path has `path` in it; see Fault."""
        self._faults.append(Fault(path, **more))

    def clear_faults(self) -> None:
        self._faults.clear()

    def claim(self, path: str, user: str | None = None) -> Fault | None:
        for fault in self._faults:
            if fault.path in path and fault.user in (None, user):
                if fault.times is not None:
                    fault.times -= 1
                    if fault.times <= 0:
                        self._faults.remove(fault)
                return fault
        return None

    def sent_to(self, user: str) -> list[Json]:
        return [one for one in self.sent if one["user_id"] == user]

    def calls_of(self, path: str) -> list[Json]:
        return [call for call in self.calls if path in call["path"]]

    def good_uploads(self) -> dict[str, str]:
        return {name: kind for name, (kind, until) in self._uploads.items() if until > self.now()}

    def forget_uploads(self) -> None:
        self._uploads.clear()

    async def wait_until(self, predicate: Callable[[], object], timeout: float = 20) -> None:
        async with asyncio.timeout(timeout):
            while not predicate():
                await self._changed.wait()

    async def wait_sent(self, user: str, number: int, timeout: float = 20) -> list[Json]:
        await self.wait_until(lambda: len(self.sent_to(user)) >= number, timeout)
        return self.sent_to(user)

    def give_permission(self, page: str) -> str:
        """What the administrator's browser is led to after "allow" on the permission page."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(page).query).items()}
        assert (urlsplit(page).path, asked["app_id"]) == ("/v4/oa/permission", self.app_id)
        code = token_urlsafe(16)
        self.codes[code] = asked["code_challenge"]
        back = {"code": code, "oa_id": self.oa_id, **({"state": asked["state"]} if "state" in asked else {})}
        return f"{asked['redirect_uri']}?{urlencode(back)}"

    # -- for the routes ----------------------------------------------------------------------------------------------

    def announce(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()

    def note(self, path: str, body: Any) -> Json:
        call: Json = {"path": path, "body": body, "error": None}
        self.calls.append(call)
        self.announce()
        return call

    def note_sent(self, user: str, seen: Json) -> Json:
        message_id = f"m{next(self._numbers)}"
        self.sent.append({"user_id": user, "message_id": message_id, **seen})
        self.announce()
        return {"message_id": message_id, "user_id": user, "sent_time": str(int(self.now() * 1000))}

    def keep_upload(self, kind: str, content: bytes) -> str:
        name = f"up-{next(self._numbers)}"
        self._uploads[name] = kind, self.now() + UPLOAD_LIFE
        self.uploaded[name] = content
        return name

    # -- what followers do -------------------------------------------------------------------------------------------

    def person(self, user: str, name: str = "", *, follows: bool = True) -> Follower:
        self.followers[user] = Follower(name or user, self.now(), follows)
        return self.followers[user]

    async def follows(self, user: str) -> int:
        self.followers.setdefault(user, Follower(user, self.now())).follows = True
        return await self._does(user, {"event_name": "follow", "source": "oa_profile", **self._following(user)})

    async def leaves(self, user: str) -> int:
        self.followers[user].follows = False
        return await self.post({"event_name": "unfollow", "source": "oa_profile", **self._following(user)})

    async def says(self, user: str, text: str) -> int:
        return await self._does(user, self.message(user, "user_send_text", text=text))

    async def presses(self, user: str, title: str) -> int:
        """Press a button of the last message that has one so titled."""
        found = [button for one in self.sent_to(user) for button in one["buttons"] if button["title"] == title]
        assert found, f"no button {title!r} in {self.sent_to(user)}"
        return await self.says(user, found[-1]["payload"])

    async def sends_file(self, user: str, name: str, content: bytes, kind: str = "file", text: str = "") -> int:
        self.files[name] = content
        payload: Json = {"url": f"{self.url}/files/{name}"}
        if kind == "file":
            payload |= {"size": str(len(content)), "name": name, "type": name.rpartition(".")[2]}
        event = self.message(user, f"user_send_{kind}", attachments=[{"type": kind, "payload": payload}])
        if text:
            event["message"]["text"] = text
        return await self._does(user, event)

    def message(self, user: str, name: str, **message: Any) -> Json:
        """An event in which somebody says something."""
        return {
            "app_id": self.app_id,
            "sender": {"id": user},
            "user_id_by_app": f"9{user}",
            "recipient": {"id": self.oa_id},
            "event_name": name,
            "message": {"msg_id": f"in{next(self._numbers)}", **message},
            "timestamp": self._stamp(),
        }

    def _following(self, user: str) -> Json:
        known = {"oa_id": self.oa_id, "app_id": self.app_id, "user_id_by_app": f"9{user}"}
        return {**known, "follower": {"id": user}, "timestamp": self._stamp()}

    def _stamp(self) -> str:
        return str(int(self.now() * 1000))

    async def _does(self, user: str, event: Json) -> int:
        self.followers.setdefault(user, Follower(user, self.now())).interacted_at = self.now()
        return await self.post(event)

    # -- the webhook -------------------------------------------------------------------------------------------------

    def sign(self, body: bytes, timestamp: str) -> str:
        """Plain SHA-256 over what the documents say, not HMAC."""
        return hashlib.sha256(f"{self.app_id}".encode() + body + f"{timestamp}{self.oa_secret}".encode()).hexdigest()

    async def post(self, event: Json, *, signature: str | None = None) -> int:
        """Post an event until it is answered 200, and at most five times more; gives the last status."""
        body = json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode()
        shown = signature if signature is not None else self.sign(body, str(event.get("timestamp", "")))
        status = 0
        for retry in range(RETRIES + 1):
            if retry:
                await asyncio.sleep(self._retry_after)
            status = await self._post_once(body, shown, retry)
            if status in (200, 401, 403):
                break
        return status

    async def _post_once(self, body: bytes, signature: str, retry: int) -> int:
        assert self._http is not None
        headers = {"X-ZEvent-Signature": signature, "Content-Type": "application/json"}
        if retry:
            headers["num_retry"] = str(retry)
        try:
            status = (await self._http.post(self.hook_url, content=body, headers=headers)).status_code
        except httpx.HTTPError:
            status = 0
        self.posted.append((retry, status))
        self.announce()
        return status


async def serve(port: int, hook_url: str) -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(number, stopped.set)
    async with ZaloOaSimulator(port=port, hook_url=hook_url) as simulator:
        sys.stdout.write(f"{simulator.url} {simulator.tokens.refresh}\n")
        sys.stdout.flush()
        await stopped.wait()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.simulators.zalo_oa", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one; the address and a token are printed")
    parser.add_argument("--hook", default="", help="where events are posted")
    options = parser.parse_args()
    asyncio.run(serve(options.port, options.hook))


if __name__ == "__main__":
    main()
