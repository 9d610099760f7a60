"""What every page of the web needs, in one value, and whose browser it is that asks."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from starlette.requests import HTTPConnection

from bot.channels.web import WebChannel
from bot.demo import Demo
from bot.photo_links import PhotoLinks
from bot.web.health import Health
from domain.channel import Hook, Receive
from domain.clock import Clock
from domain.people import Account
from domain.rules import Rules
from locales.speech import Speech
from storage.unit_of_work import Store

COOKIE = "nhacviec"

TakeEvent = Callable[[bytes, str | None], Awaitable[int]]
"""Takes the body of what a vendor has posted, and how it shows who it is; gives the HTTP status."""


@dataclass(frozen=True, slots=True)
class Posted:
    """What a vendor posts, and who takes it."""

    hook: Hook
    take: TakeEvent


class OpenPages:
    """The pages that are open now, by the session that opened them: logging out closes them all."""

    def __init__(self) -> None:
        self._closers: dict[str, list[Callable[[], None]]] = {}

    def opened(self, token: str, close: Callable[[], None]) -> Callable[[], None]:
        """Note an open page; gives what to call when it is gone."""
        self._closers.setdefault(token, []).append(close)

        def gone() -> None:
            closers = self._closers.get(token, [])
            if close in closers:
                closers.remove(close)
            if not closers:
                self._closers.pop(token, None)

        return gone

    def close(self, token: str) -> None:
        for close in list(self._closers.get(token, ())):
            close()


@dataclass(frozen=True)
class Site:
    """Everything that the pages are made of."""

    channel: WebChannel
    store: Store
    clock: Clock
    rules: Rules
    speech: Speech
    public_url: str | None = None
    health: Health | None = None
    posted: tuple[Posted, ...] = ()
    photos: PhotoLinks | None = None
    receive: Receive | None = None
    """Takes what is handed in for other chats."""
    demo: Demo | None = None
    pages: OpenPages = field(default_factory=OpenPages)

    @property
    def is_encrypted(self) -> bool:
        """Whether people come over HTTPS."""
        return (self.public_url or "").startswith("https:")

    async def account(self, token: str | None) -> Account | None:
        """Whose session this is; None where there is none, or where its person has left."""
        if not token:
            return None
        async with self.store.read() as uow:
            account = await uow.people.session_account(token, self.clock.now())
            if account is None or account.person_id not in (await uow.agency()).people:
                return None
            return account

    async def addresses(self, connection: HTTPConnection) -> tuple[str, ...]:
        """The conversations that whoever asks may see."""
        account = await self.account(connection.cookies.get(COOKIE))
        own = (account.address,) if account else ()
        return own + (self.demo.addresses if self.demo else ())
