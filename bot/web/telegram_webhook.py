"""Where Telegram posts updates, when it was asked to: the channel checks the secret and keeps what came."""

from fastapi import APIRouter, Request, Response

from bot.settings import TELEGRAM_WEBHOOK_PATH
from bot.web.site import TakeUpdate

MOST_BYTES = 1 << 20
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
TOO_LARGE = 413


async def body_of(request: Request, most: int) -> bytes | None:
    """The body, None as soon as it turns out to be too large."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            return None
    return bytes(body)


def router(take: TakeUpdate) -> APIRouter:
    """The one address that Telegram calls."""
    routes = APIRouter()

    @routes.post(TELEGRAM_WEBHOOK_PATH)
    async def update(request: Request) -> Response:
        body = await body_of(request, MOST_BYTES)
        if body is None:
            return Response(status_code=TOO_LARGE)
        return Response(status_code=await take(body, request.headers.get(SECRET_HEADER)))

    return routes
