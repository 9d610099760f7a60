"""What the channels that call their vendors over HTTP have in common."""

import httpx

from domain.channel import Rejected

NEVER_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)
"""What breaks before a request has been written: then nobody has got it."""


async def body_within(answer: httpx.Response, most: int, too_big: str) -> bytes:
    """The body of an answer that is being streamed. Raises Rejected, with these words, as soon as it is too big."""
    body = bytearray()
    async for chunk in answer.aiter_bytes():
        body += chunk
        if len(body) > most:
            raise Rejected(too_big)
    return bytes(body)
