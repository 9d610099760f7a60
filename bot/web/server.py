"""The web server: pages, downloads, webhooks and health in the assistant's own event loop."""

import asyncio
import errno
import socket
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from contextlib import contextmanager
from typing import Any

import structlog
import uvicorn
from fastapi import FastAPI, Request, Response
from fastapi.responses import RedirectResponse
from fastapi.staticfiles import StaticFiles

from bot.channels.web import MOST_FILE_BYTES
from bot.web import file_links, files, health, login, photos, uploads, webhooks
from bot.web.plain import STATIC, page
from bot.web.site import Site
from locales.texts import web as texts

log = structlog.get_logger()

GRACE = 3
"""Seconds that open pages have to say goodbye when the server stops."""

MOST_BODY = MOST_FILE_BYTES + (1 << 20)
"""Bytes: a file, and what a form puts around it."""
LENGTH_REQUIRED, TOO_LARGE = 411, 413

_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
)
# the pages' library builds its templates in the browser, hence the two 'unsafe'; nothing comes from elsewhere
_POLICY = (
    b"content-security-policy",
    b"default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; connect-src 'self' ws: wss:; "
    b"object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
)

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]


class PortTaken(Exception):
    """Another program listens where we should."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(f"{host}:{port} is in use by another program")
        self.host, self.port = host, port


class Guarded:
    """Keeps out bodies that are too large, and adds to answers what keeps browsers from doing more than is meant."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = {name for name, _ in message["headers"]}
                message["headers"] = [
                    *message["headers"],
                    *(one for one in (*_HEADERS, _POLICY) if one[0] not in present),
                ]
            await send(message)

        if scope["type"] == "http" and (status := _refused(scope)):
            await Response(status_code=status)(scope, receive, send)
            return
        await self._app(scope, receive, guarded)


def _refused(scope: MutableMapping[str, Any]) -> int | None:
    """The status for a request whose body would be too large, or does not say how large it is."""
    headers = dict(scope["headers"])
    length = headers.get(b"content-length", b"0")
    if b"transfer-encoding" in headers:
        return LENGTH_REQUIRED
    return TOO_LARGE if not length.isdigit() or int(length) > MOST_BODY else None


def application(site: Site) -> FastAPI:
    """Everything but the chat: small, and ready at once."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    app.add_middleware(Guarded)
    app.mount("/static", StaticFiles(directory=STATIC))
    app.include_router(login.router(site))
    app.include_router(files.router(site))
    app.include_router(file_links.router(site))
    if site.receive:
        app.include_router(uploads.router(site, site.receive))
    if site.photos:
        app.include_router(photos.router(site.photos, site.channel.files))
    if site.health:
        app.include_router(health.router(site.health))
    app.include_router(webhooks.router(site.posted))

    @app.get("/")
    async def begin() -> Response:
        return RedirectResponse("/demo" if site.demo else "/chat")

    @app.exception_handler(404)
    async def nothing_here(_request: Request, _error: Exception) -> Response:
        return page(site, *texts.not_found(site.speech), status=404)

    return app


def whole(site: Site) -> FastAPI:
    """Everything, the chat too. Takes its time: the live pages' library is heavy."""
    from bot.web.pages import add_pages

    app = application(site)
    add_pages(app, site)
    return app


def watched(looked_at: health.Health) -> FastAPI:
    """Health and metrics alone."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    app.add_middleware(Guarded)
    app.include_router(health.router(looked_at))
    return app


def bound(host: str, port: int) -> socket.socket:
    """A socket that listens. Raises PortTaken, or OSError where the address is not ours."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(128)
    except OSError as error:
        listening.close()
        if error.errno == errno.EADDRINUSE:
            raise PortTaken(host, port) from None
        raise
    listening.setblocking(False)
    return listening


class _Quiet(uvicorn.Server):
    """Leaves the signals to the assistant."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class WebServer:
    """Serves an application. NiceGUI's state is the process's: there is one server in a process."""

    def __init__(self, make: Callable[[], FastAPI], host: str, port: int) -> None:
        self._make = make
        self._host = host
        self._port = port
        self._socket: socket.socket | None = None

    def open(self) -> None:
        """Take the port, so that a taken one is known before anything else starts. Raises PortTaken."""
        self._socket = bound(self._host, self._port)
        self._port = self._socket.getsockname()[1]

    def close(self) -> None:
        """Give the port back, where the start was broken off before serving."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    @property
    def url(self) -> str:
        """Where the pages are, as this machine sees them; with the real port once it is open."""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self._host, self._host)  # noqa: S104 - a comparison
        return f"http://[{host}]:{self._port}" if ":" in host else f"http://{host}:{self._port}"

    async def serve(self, stop: asyncio.Event) -> None:
        """Answer browsers until stopped."""
        if self._socket is None:
            self.open()
        server = _Quiet(await asyncio.to_thread(self._config))
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._run(server, stop))
            await stop.wait()
            server.should_exit = True

    def _config(self) -> uvicorn.Config:
        # may be heavy, so in a thread and only now: the assistant answers elsewhere while this is loaded
        return uvicorn.Config(
            self._make(),
            log_config=None,
            access_log=False,  # a code is part of an address
            server_header=False,
            timeout_graceful_shutdown=GRACE,
        )

    async def _run(self, server: uvicorn.Server, stop: asyncio.Event) -> None:
        assert self._socket is not None  # noqa: S101 - serve has opened it
        log.info("web_serves", url=self.url)
        await server.serve(sockets=[self._socket])
        if not stop.is_set():
            raise RuntimeError("the web server has ended by itself")
