"""Where vendors post events: each channel checks by itself who has posted, and keeps what came."""

from collections.abc import Iterable

from fastapi import APIRouter, Request, Response

from bot.web.site import Posted

MOST_BYTES = 1 << 20
TOO_LARGE = 413


async def body_of(request: Request, most: int) -> bytes | None:
    """The body, None as soon as it turns out to be too large."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            return None
    return bytes(body)


def router(posted: Iterable[Posted]) -> APIRouter:
    """One address for each channel that is posted to."""
    routes = APIRouter()
    for one in posted:
        _add(routes, one)
    return routes


def _add(routes: APIRouter, one: Posted) -> None:
    @routes.post(one.hook.path)
    async def event(request: Request) -> Response:
        body = await body_of(request, MOST_BYTES)
        if body is None:
            return Response(status_code=TOO_LARGE)
        return Response(status_code=await one.take(body, request.headers.get(one.hook.header)))
