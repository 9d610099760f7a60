"""The web channel: a mailbox, kept as the inbox and the outbox, that open pages look into live."""

import html
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

import structlog

from documents.reading.texts import Reader
from domain.channel import Feature, Limits, Receive, Rejected, SentRef, Unavailable
from domain.messages import Event, FileRef, Incoming, Outgoing, Rows, StoredFile
from domain.secrecy import cleared, is_marked_secret
from storage.files import FileDamaged, FileMissing, FileStore, FileStoreError
from storage.unit_of_work import Store

CHANNEL = "web"
MOST_FILE_BYTES = 20 << 20
MOST_TEXT = 4000
MOST_HISTORY = 5000
"""How far back a file of a conversation is looked for."""
RECENT = 30
"""So many entries at most come to a conversation between two refreshes."""
UNSETTLED = 10.0
"""Seconds after which a letter that was handed over has long been written down as sent."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Entry:
    """One bubble of a conversation: neutral markup; `says` is set where a button was pressed.

    `at` is None for what has only just come; `key` is the same on every page and after every reload for what people
    say, and empty for letters, which have a `ref`. Where `edited`, it is new words for the letter of that ref.
    """

    text: str
    mine: bool = False
    at: datetime | None = None
    key: str = ""
    says: str = ""
    buttons: Rows = ()
    files: tuple[StoredFile, ...] = ()
    ref: str = ""
    edited: bool = False

    def changed(self, newer: "Entry") -> "Entry":
        """This letter with the words of a newer one."""
        return replace(self, text=newer.text, buttons=newer.buttons, files=newer.files)


class MarkedSecret(Rejected):
    """An upload that bears a mark of secrecy: it is not kept."""


Look = Callable[[Entry], None]
"""How a page is told of something new; it must not wait."""


@dataclass(frozen=True, slots=True)
class _HandedOver:
    address: str
    entry: Entry
    at: float


class WebChannel:
    """People in a browser. An address is a random name that a browser session leads to."""

    name = CHANNEL
    features = (
        Feature.BUTTONS | Feature.FILES_OUT | Feature.FILES_IN | Feature.PHOTOS | Feature.EDIT | Feature.PROACTIVE
    )
    limits = Limits(max_file_in=MOST_FILE_BYTES)

    def __init__(
        self, files: FileStore, steady: Callable[[], float] = time.monotonic, *, url: str | None = None
    ) -> None:
        """`url` is where browsers find the pages."""
        self.files = files
        self._url = url
        self.on_said: Callable[[str], None] = lambda _address: None
        """Told of the address at which something was said here."""
        self._steady = steady
        self._reader = Reader()
        self._receive: Receive | None = None
        self._pages: dict[str, list[Look]] = {}
        self._last: _HandedOver | None = None

    async def start(self, receive: Receive) -> None:
        self._receive = receive

    async def stop(self) -> None:
        self._receive = None

    async def close(self) -> None:
        """There is no connection to give up: the pages are the web server's."""

    def link(self, code: str) -> str | None:
        """The page that lets its visitor in with a one-time code."""
        return f"{self._url}/vao/{code}" if self._url else None

    def is_group(self, address: str) -> bool:
        return False

    # -- out ---------------------------------------------------------------------------------------------------------

    async def send(self, address: str, outgoing: Outgoing) -> SentRef:
        """Show a letter on the open pages of an address; where none is open, it waits in the mailbox all the same."""
        return self._hand_over(address, outgoing, uuid4().hex)

    async def edit(self, address: str, sent: SentRef, outgoing: Outgoing) -> SentRef:
        """Put other words into a letter, on the open pages and, once that is written down, in the mailbox."""
        return self._hand_over(address, outgoing, sent.ref, edited=True)

    def _hand_over(self, address: str, outgoing: Outgoing, ref: str, *, edited: bool = False) -> SentRef:
        entry = Entry(outgoing.text, buttons=outgoing.buttons, files=outgoing.files, ref=ref, edited=edited)
        self._last = _HandedOver(address, entry, self._steady())
        self._show(address, entry)
        return SentRef(ref)

    def subscribe(self, address: str, look: Look) -> Callable[[], None]:
        """Tell a page of everything new at an address, until the returned function is called."""
        self._pages.setdefault(address, []).append(look)

        def unsubscribe() -> None:
            looks = self._pages.get(address, [])
            if look in looks:
                looks.remove(look)
            if not looks:
                self._pages.pop(address, None)

        return unsubscribe

    @property
    def open_addresses(self) -> frozenset[str]:
        """The conversations that some page here shows."""
        return frozenset(self._pages)

    async def refresh(self, store: Store, address: str) -> None:
        """Show on the open pages what came to a conversation by way of another process."""
        for entry in await self.history(store, address, RECENT):
            self._show(address, entry)

    def _show(self, address: str, entry: Entry) -> None:
        for look in list(self._pages.get(address, ())):
            try:
                look(entry)
            except Exception:
                # a page in trouble must hold up neither the sender nor the other pages
                log.exception("page_failed")

    # -- in ----------------------------------------------------------------------------------------------------------

    async def keep(self, data: bytes, name: str, mime: str) -> StoredFile:
        """Take an upload into our keeping. Raises FileStoreError, MarkedSecret, or Rejected for one that is too big."""
        if len(data) > MOST_FILE_BYTES:
            raise Rejected("the file is too big")
        reading = await self._reader.read(data, name, mime)
        if (reading and reading.secret) or is_marked_secret("", name):
            raise MarkedSecret("the file bears a mark of secrecy")
        return await self.files.save(data, name, mime)

    async def say(
        self,
        address: str,
        text: str = "",
        *,
        action: str = "",
        label: str = "",
        files: Sequence[StoredFile] = (),
        event_id: str = "",
    ) -> None:
        """Say something, or press the button that says `action`. The same `event_id` twice is one event.

        Raises Unavailable, or what keeping the event raised; then nothing was said, and it may be said again.
        """
        if self._receive is None:
            raise Unavailable("the assistant is stopping")
        refs = tuple(FileRef(file.key, file.name, file.mime, file.size) for file in files)
        said = label if action else text
        incoming = Incoming(CHANNEL, event_id or uuid4().hex, address, text=said, files=refs, action=action)
        await self._receive([incoming])
        # no wait between keeping and showing: the answer must not overtake what it answers
        if not cleared(incoming).secret:
            self._show(address, _said(incoming))
        self.on_said(address)

    async def fetch(self, file: FileRef) -> bytes:
        try:
            return await self.files.open(StoredFile(file.ref, file.name, file.mime, file.size or 0))
        except (FileMissing, FileDamaged) as error:
            raise Rejected(f"the file is gone: {type(error).__name__}") from None
        except (OSError, FileStoreError) as error:
            raise Unavailable(f"the file cannot be read: {type(error).__name__}") from None

    # -- the mailbox -------------------------------------------------------------------------------------------------

    async def history(self, store: Store, address: str, limit: int) -> list[Entry]:
        """The last entries of a conversation, oldest first."""
        last = self._last
        async with store.read() as uow:
            letters = await uow.outbox.history(CHANNEL, address, limit)
            events = await uow.inbox.history(CHANNEL, address, limit)
        # what is said comes first, so that in one and the same instant the answer comes after it
        said = [_said(event.incoming, event.received_at) for event in reversed(events) if _is_visible(event)]
        sent = [_sent(at, outgoing, ref) for at, _, outgoing, ref in reversed(letters)]
        entries = sorted([*said, *sent], key=_instant)
        if last and last.address == address and self._steady() - last.at < UNSETTLED:
            entries = [one.changed(last.entry) if one.ref == last.entry.ref else one for one in entries]
            entries += missing(entries, [last.entry])
        return entries[-limit:]

    async def file(self, store: Store, address: str, key: str) -> StoredFile | None:
        """A file, if it belongs to the conversation of an address."""
        entries = await self.history(store, address, MOST_HISTORY)
        return next((file for entry in entries for file in entry.files if file.key == key), None)


def missing(entries: Sequence[Entry], live: Sequence[Entry]) -> list[Entry]:
    """Those of some live entries that a history read at about the same time does not hold yet."""
    kept = {entry.key or entry.ref for entry in entries}
    return [entry for entry in live if (entry.key or entry.ref) not in kept and not entry.edited]


def _instant(entry: Entry) -> datetime:
    assert entry.at is not None  # noqa: S101 - only live entries have none
    return entry.at


def _is_visible(event: Event) -> bool:
    return bool(event.incoming.text or event.incoming.files or event.incoming.action)


def _said(incoming: Incoming, at: datetime | None = None) -> Entry:
    files = tuple(StoredFile(file.ref, file.name, file.mime, file.size or 0) for file in incoming.files)
    text = html.escape(incoming.text or incoming.action, quote=False)
    return Entry(text, mine=True, at=at, key=incoming.event_id, says=incoming.action, files=files)


def _sent(at: datetime, outgoing: Outgoing, ref: str) -> Entry:
    return Entry(outgoing.text, at=at, buttons=outgoing.buttons, files=outgoing.files, ref=ref)
