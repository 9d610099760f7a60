"""A uvicorn front door on loopback that a test can shut: refused connections, dropped answers, instant stop."""

import asyncio
import socket
from collections.abc import Iterator
from typing import Any, cast

import uvicorn
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState


class _Protocol(HttpToolsProtocol):
    """Lets the application reach the connection, so that it can hang up instead of answering."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        self.app_state = {**self.app_state, "transport": transport}
        super().connection_made(transport)


class HangUp(Response):
    """Closes the connection with no answer."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["state"]["transport"].close()
        while (await receive())["type"] != "http.disconnect":
            pass


class Door:
    """Serves an application on one port.

    `uvicorn.Server` is left out on purpose: it takes the signals of the process, wakes ten times a second
    and needs a moment to stop, which a suite of a thousand tests would pay a thousand times.
    """

    def __init__(self, app: ASGIApp, port: int = 0) -> None:
        self._config = uvicorn.Config(app, log_config=None, access_log=False, lifespan="off", ws="none")
        self._state = ServerState()
        self._socket = _bound(port)
        self.port: int = self._socket.getsockname()[1]
        self._server: asyncio.Server | None = None

    @property
    def is_open(self) -> bool:
        return self._server is not None

    async def open(self) -> None:
        if self._server is None:
            self._server = await asyncio.get_running_loop().create_server(
                lambda: _Protocol(self._config, self._state, {}), sock=self._socket, backlog=2048
            )

    def shut(self) -> None:
        """Refuses new connections and aborts the present ones, keeping the port."""
        if self._server is None:
            return
        self._server.close()
        self._server = None
        for transport in self._transports():
            transport.abort()
        self._socket = _bound(self.port)

    async def close(self) -> None:
        self.shut()
        self._socket.close()
        tasks = list(self._state.tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        # Lets the aborted transports run their connection_lost before the loop may close.
        await asyncio.sleep(0)

    def _transports(self) -> Iterator[asyncio.Transport]:
        for connection in list(self._state.connections):
            yield cast(Any, connection).transport


def _bound(port: int) -> socket.socket:
    """A socket that holds the port; until it listens, connecting to it is refused."""
    # Named TCP outright: only then does asyncio send each answer at once (TCP_NODELAY), not 40 ms later.
    held = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    held.bind(("127.0.0.1", port))
    held.setblocking(False)
    return held
