"""What processes tell each other: that letters wait for a sender, and that a page of the web has something new.

Whoever misses it finds out by itself: senders look every few seconds, and pages are read anew after a lost connection.
"""

import asyncio
from collections.abc import Callable

import structlog

from bot.channels.web import WebChannel
from scheduler.senders import Senders
from storage.unit_of_work import Store

log = structlog.get_logger()

LETTERS, PAGE, URGENT = "letters", "page", "urgent"


class News:
    """The news of one process; `tell` passes it to the others."""

    def __init__(
        self,
        store: Store,
        senders: Senders,
        web: WebChannel | None,
        tell: Callable[[str], None],
        tick_soon: Callable[[], bool],
    ) -> None:
        """`tick_soon` says whether the ticks are run here."""
        self._store = store
        self._senders = senders
        self._web = web
        self._tell = tell
        self._tick_soon = tick_soon
        self._changed: set[str] = set()
        self._has_changed = asyncio.Event()

    def posted(self, channels: set[str]) -> None:
        """Letters have been posted here."""
        self._senders.wake(channels)
        for name in channels:
            if self._senders.get(name) is None:
                self._tell(f"{LETTERS} {name}")

    def urgent(self) -> None:
        """Something is to be done by a tick that should not wait for its time."""
        if not self._tick_soon():
            self._tell(URGENT)

    def changed(self, address: str) -> None:
        """Something new stands in a conversation of the web; on its own pages this process has shown it already."""
        self._tell(f"{PAGE} {address}")

    def heard(self, news: str) -> None:
        """Another process has told something."""
        what, _, about = news.partition(" ")
        if what == LETTERS:
            self._senders.wake({about})
        elif what == PAGE:
            self._change(about)
        elif what == URGENT:
            self._tick_soon()

    def missed(self) -> None:
        """Nothing could be heard for a while."""
        self._senders.wake(set(self._senders.by_channel))
        for address in self._web.open_addresses if self._web else ():
            self._change(address)

    def _change(self, address: str) -> None:
        if self._web is not None and address in self._web.open_addresses:
            self._changed.add(address)
            self._has_changed.set()

    async def show(self) -> None:
        """Bring the open pages up to date, for ever."""
        while True:
            await self._has_changed.wait()
            await self.show_once()

    async def show_once(self) -> None:
        """Bring those up to date that have changed."""
        self._has_changed.clear()
        addresses, self._changed = self._changed, set()
        for address in addresses:
            try:
                if self._web is not None:
                    await self._web.refresh(self._store, address)
            except Exception:
                log.exception("page_not_refreshed")
