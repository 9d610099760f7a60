"""Telegram over HTTP: addresses, the four ways to pass arguments, envelopes, faults and file downloads."""

import asyncio
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from tests.simulators.telegram_account import METHODS
from tests.simulators.telegram_door import HangUp
from tests.simulators.telegram_faults import Fault, Faults
from tests.simulators.telegram_methods import Query, Server, Upload
from tests.simulators.telegram_rules import ApiError, bad_request
from tests.simulators.telegram_world import StoredFile

BAD_TOKEN = ApiError(401, "Unauthorized: invalid token specified")
NOT_FOUND = ApiError(404, "Not Found")
CHUNK = 1 << 16


class Front:
    def __init__(self, token: str, server: Server, faults: Faults) -> None:
        self.token = token
        self.server = server
        self.faults = faults
        self.hanging_up = False

    def routes(self) -> list[Route]:
        verbs = ["GET", "POST"]
        return [
            Route("/bot{token}/{method}", self.call, methods=verbs),
            Route("/file/bot{token}/{path:path}", self.download, methods=verbs),
            Route("/{path:path}", self.not_found, methods=verbs),
        ]

    async def not_found(self, request: Request) -> Response:
        return refused(NOT_FOUND)

    async def call(self, request: Request) -> Response:
        at = self.server.clock()
        if self.hanging_up:
            return HangUp()
        if request.path_params["token"] != self.token:
            return refused(BAD_TOKEN)
        name = request.path_params["method"]
        try:
            query = await read_query(request, name.lower())
        except ApiError as error:
            return refused(error)
        query.at = at
        files = [upload.name for upload in query.uploads.values()]
        record = self.server.journal.record_call(name, query.args, files, at)
        fault = self.faults.claim(query.method, query.text("chat_id"))
        return await self._spoiled(query, record, fault) if fault else await self._answered(query, record)

    async def _spoiled(self, query: Query, record: dict[str, Any], fault: Fault) -> Response:
        error = fault.error()
        if error is None and fault.drop != "before":
            answer = await self._answered(query, record)
            await asyncio.sleep(fault.delay)
            return HangUp() if fault.drop == "after" else answer
        await asyncio.sleep(fault.delay)
        if error is None:
            return HangUp()
        return self._refused(record, error)

    async def _answered(self, query: Query, record: dict[str, Any]) -> Response:
        method = METHODS.get(query.method)
        try:
            if method is None:
                return self._refused(record, ApiError(404, "Not Found: method not found"))
            result = await method(self.server, query)
        except ApiError as error:
            return self._refused(record, error)
        except asyncio.CancelledError:
            return HangUp()  # the simulator is closing, or whoever asked has gone
        record["code"] = 200
        return envelope(200, {"ok": True, "result": result})

    def _refused(self, record: dict[str, Any], error: ApiError) -> Response:
        record["code"] = error.code
        record["description"] = error.description
        return refused(error)

    async def download(self, request: Request) -> Response:
        if self.hanging_up:
            return HangUp()
        if request.path_params["token"] != self.token:
            return refused(BAD_TOKEN)
        path = request.path_params["path"]
        record = self.server.journal.record_call("download", {"path": path}, [], self.server.clock())
        fault = self.faults.claim("download", "")
        if fault is not None:
            await asyncio.sleep(fault.delay)
            error = fault.error()
            if error is not None:
                return self._refused(record, error)
            if fault.drop is not None:
                return HangUp()
        file = self.server.world.downloads.get(path)
        if file is None:
            return self._refused(record, NOT_FOUND)
        record["code"] = 200
        return StreamingResponse(
            _chunks(file), media_type="application/octet-stream", headers={"Content-Length": str(file.size)}
        )


def _chunks(file: StoredFile) -> Iterator[bytes]:
    """The bytes of a file; zeros where only its size was declared."""
    for start in range(0, file.size, CHUNK):
        length = min(CHUNK, file.size - start)
        yield bytes(length) if file.content is None else file.content[start : start + length]


def envelope(status: int, body: dict[str, Any], headers: dict[str, str] | None = None) -> Response:
    content = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return Response(content, status, headers, "application/json")


def refused(error: ApiError) -> Response:
    body: dict[str, Any] = {"ok": False, "error_code": error.code, "description": error.description}
    headers = None
    if error.parameters:
        body["parameters"] = error.parameters
    if "retry_after" in error.parameters:
        headers = {"Retry-After": str(error.parameters["retry_after"])}
    return envelope(error.code, body, headers)


async def read_query(request: Request, method: str) -> Query:
    args = dict(request.query_params)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/x-www-form-urlencoded":
        args.update(parse_qsl((await request.body()).decode(), keep_blank_values=True))
    elif kind == "application/json":
        args.update(_json_arguments(await request.body()))
    elif kind == "multipart/form-data":
        return await _multipart(request, method, args)
    return Query(method, args)


def _json_arguments(body: bytes) -> dict[str, str]:
    try:
        given = json.loads(body or b"{}")
    except ValueError:
        raise bad_request("can't parse request: can't parse JSON object") from None
    if not isinstance(given, dict):
        raise bad_request("can't parse request: JSON object expected")
    return {
        name: value if isinstance(value, str) else json.dumps(value)
        for name, value in given.items()
        if value is not None
    }


async def _multipart(request: Request, method: str, args: dict[str, str]) -> Query:
    uploads: dict[str, Upload] = {}
    async with request.form() as form:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                mime = (value.content_type or "").partition(";")[0]
                uploads[name] = Upload(value.filename or "file", mime, await value.read())
            else:
                args[name] = value
    return Query(method, args, uploads)
