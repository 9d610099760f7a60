"""The Zalo Bot Platform over HTTP: addresses, ways to pass arguments, the two ways to refuse, and ordered faults."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.simulators.telegram_door import HangUp
from tests.simulators.zalo_bot_rules import FIELDS, ApiError, Json

Refusing = Literal["status", "body"]
"""Whether a refusal has an HTTP status of its own, or comes with 200."""


@dataclass
class Fault:
    """`times=None` lasts until `clear_faults`; without a code, a drop or a body it only delays the answer."""

    method: str | None = None
    chat_id: str | None = None
    code: int | None = None
    description: str = ""
    times: int | None = 1
    delay: float = 0.0
    drop: Literal["before", "after"] | None = None
    refusing: Refusing | None = None
    camel: bool = False
    retry_after: int | None = None
    raw: bytes | None = None
    """An answer that is no JSON, as a proxy on the way may give it, with `code` as its status."""

    def concerns(self, method: str, chat_id: str) -> bool:
        return self.method in (None, method) and self.chat_id in (None, chat_id)


class Front:
    """`answer` carries a method out; it raises ApiError."""

    def __init__(
        self, token: str, answer: Callable[[str, Json], Awaitable[Any]], record: Callable[[str, Json], Json]
    ) -> None:
        self.token = token
        self.refusing: Refusing = "body"
        self.empty_poll: Refusing = "status"
        self.success_code = False
        """Whether a success bears an `error_code` of 0."""
        self.faults: list[Fault] = []
        self.photos: dict[str, bytes] = {}
        """What the network that pictures are kept in has, by path."""
        self.moved: dict[str, str] = {}
        self._answer = answer
        self._record = record

    def routes(self) -> list[Route]:
        verbs = ["GET", "POST"]
        return [
            Route("/bot{token}/{method}", self.call, methods=verbs),
            Route("/cdn/{name}", self.photo, methods=["GET"]),
            Route("/{path:path}", self.nothing, methods=verbs),
        ]

    async def nothing(self, _request: Request) -> Response:
        return self.refused(ApiError(404))

    async def photo(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name in self.moved:
            return Response(status_code=302, headers={"Location": self.moved[name]})
        content = self.photos.get(name)
        return Response(status_code=404) if content is None else Response(content, media_type="image/jpeg")

    async def call(self, request: Request) -> Response:
        if request.path_params["token"] != self.token:
            return self.refused(ApiError(401))
        method, args = request.path_params["method"], await _arguments(request)
        record = self._record(method, args)
        fault = self._claim(method, str(args.get("chat_id", "")))
        if fault is None:
            return await self._answered(method, args, record)
        if fault.drop == "after":
            await self._answered(method, args, record)
        await asyncio.sleep(fault.delay)
        if fault.drop:
            return HangUp()
        if fault.raw is not None:
            return Response(fault.raw, fault.code or 200, media_type="text/html")
        if fault.code is None:
            return await self._answered(method, args, record)
        record["code"] = fault.code
        error = ApiError(fault.code, fault.description, after=fault.retry_after)
        return self.refused(error, fault.refusing, camel=fault.camel)

    async def _answered(self, method: str, args: Json, record: Json) -> Response:
        try:
            if method not in FIELDS:
                raise ApiError(404)
            if unknown := set(args) - FIELDS[method]:
                raise ApiError(400, f"Unknown parameter {sorted(unknown)[0]}")
            result = await self._answer(method, args)
        except ApiError as error:
            record["code"] = error.code
            return self.refused(error, self.empty_poll if method == "getUpdates" and error.code == 408 else None)
        except asyncio.CancelledError:
            return HangUp()  # the simulator is closing, or whoever asked has gone
        record["code"] = 200
        return _json({"ok": True, "result": result} | ({"error_code": 0} if self.success_code else {}))

    def refused(self, error: ApiError, how: Refusing | None = None, *, camel: bool = False) -> Response:
        body = {"ok": False, "description": error.description, "errorCode" if camel else "error_code": error.code}
        status = error.code if (how or self.refusing) == "status" else 200
        headers = {"Retry-After": str(error.after)} if error.after else None
        return _json(body, status, headers)

    def _claim(self, method: str, chat_id: str) -> Fault | None:
        fault = next((one for one in self.faults if one.concerns(method, chat_id)), None)
        if fault is not None and fault.times is not None:
            fault.times -= 1
            if fault.times <= 0:
                self.faults.remove(fault)
        return fault


async def _arguments(request: Request) -> Json:
    """Query, form or JSON; what comes as multipart is not read, as it was not in practice."""
    args: Json = dict(request.query_params)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    body = await request.body()
    if kind == "application/x-www-form-urlencoded":
        args.update(parse_qsl(body.decode(), keep_blank_values=True))
    elif kind == "application/json" and body:
        given = json.loads(body)
        args.update(given if isinstance(given, dict) else {})
    return args


def _json(body: Json, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    content = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    return Response(content, status, headers, "application/json")
