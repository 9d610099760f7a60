"""The intake: the files of an event are taken into our keeping and read, before and outside of any transaction.

What somebody sends who may publish is read as a whole: the tasks that it asks for are proposed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

import structlog

from documents.reading.directive import DirectiveReader
from documents.reading.texts import Reader
from domain.channel import Channel, DeliveryError, Rejected
from domain.headers import Header
from domain.messages import HANDED_IN, KEPT, Event, FileRef, StoredFile
from domain.permissions import Action, may_ever
from domain.reading.values import WholeReading
from domain.retry import MOST_TRIES
from domain.secrecy import emptied
from domain.workdays import WorkCalendar
from handlers.publishing_draft import ONE_LINE
from storage.files import FileStore, FileStoreError
from storage.unit_of_work import Store

log = structlog.get_logger()

TYPED = "chidao.txt"
"""The name under which a text is read that was typed."""

PUBLISHING = "publish.what"
_COMMAND = re.compile(r"\s*/?chidao(?:@\w+)?\b[\s:]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Sender:
    """Whoever sent an event: the calendar by which deadlines are counted, where they may publish what they send."""

    calendar: WorkCalendar | None = None
    step: str = ""


@dataclass(frozen=True, slots=True)
class _Told:
    """What a file says: its header, and all of it where the sender may publish."""

    header: Header | None = None
    whole: WholeReading | None = None
    secret: bool = False


class Intake:
    """Takes in the files of events."""

    def __init__(self, store: Store, files: FileStore, channels: Mapping[str, Channel]) -> None:
        self._store = store
        self._files = files
        self._channels = channels
        self._reader = Reader()
        self._directives = DirectiveReader()

    async def take_in(self, event: Event) -> Event:
        """The event with its files and what they say; those of a stranger, or of a group, stay where they are.

        Of an event with a document that bears a mark of secrecy only that is left, and the document is not kept.

        Raises DeliveryError where a file may be had later.
        """
        if not event.incoming.files and len(event.incoming.text) <= ONE_LINE:
            return event
        sender = await self._sender(event)
        if sender is None:
            return event
        if not event.incoming.files:
            return await self._read_typed(event, sender)
        return await (self._read_again(event, sender) if event.files else self._fetch_all(event, sender))

    async def _sender(self, event: Event) -> _Sender | None:
        """Who sent it, None for a stranger and in a group."""
        if event.incoming.in_group:
            return None
        async with self._store.read() as uow:
            account = await uow.people.account_at(event.incoming.channel, event.incoming.address)
            if account is None:
                return None
            person = (await uow.agency()).people.get(account.person_id)
            if person is None or not may_ever(person, Action.BROADCAST):
                return _Sender()
            dialog = await uow.conversations.get(account.id)
            return _Sender(await uow.calendar(), dialog.step if dialog else "")

    async def _read_typed(self, event: Event, sender: _Sender) -> Event:
        """A directive may also be typed: with its command, or as the answer to which one it is."""
        command = _COMMAND.match(event.incoming.text)
        if sender.calendar is None or not (command or sender.step == PUBLISHING):
            return event
        text = event.incoming.text[command.end() if command else 0 :]
        whole = await self._directives.read_whole(text.encode(errors="replace"), TYPED, sender.calendar)
        if whole is None or not whole.reading.readable:
            return event
        if whole.reading.secret:
            return replace(event, incoming=emptied(event.incoming))
        return replace(event, readings=(whole,))

    async def _fetch_all(self, event: Event, sender: _Sender) -> Event:
        contents: list[tuple[FileRef, bytes]] = []
        told: list[_Told] = []
        # nothing is kept before all have been read: what came together with a secret is not kept either
        for file in event.incoming.files:
            content = await self._fetch(event, file)
            if content is not None:
                told.append(await self._read(content, file.name, file.mime, sender))
                if told[-1].secret:
                    return replace(event, incoming=emptied(event.incoming))
                contents.append((file, content))
        kept = [await self._files.save(content, file.name, file.mime) for file, content in contents]
        async with self._store.write() as uow:
            await uow.inbox.fetched(event.id, kept)
        return _with(replace(event, files=tuple(kept)), told)

    async def _read(self, content: bytes, name: str, mime: str, sender: _Sender) -> _Told:
        if sender.calendar is not None:
            whole = await self._directives.read_whole(content, name, sender.calendar, mime)
            return _Told(whole.header, whole, whole.reading.secret) if whole else _Told()
        reading = await self._reader.read(content, name, mime)
        return _Told(reading.header, None, reading.secret) if reading else _Told()

    async def _fetch(self, event: Event, file: FileRef) -> bytes | None:
        """The bytes, or None where they can never be had."""
        if event.incoming.event_id.startswith(HANDED_IN):
            return await self._from_our_keeping(file)
        channel = self._channels[event.incoming.channel]
        if file.size is not None and channel.limits.max_file_in and file.size > channel.limits.max_file_in:
            return None
        try:
            return await channel.fetch(file)
        except Rejected:
            log.warning("file_refused", channel=channel.name, event_id=event.id)
        except DeliveryError:
            if event.attempts + 1 < MOST_TRIES:
                raise
            log.warning("file_lost", channel=channel.name, event_id=event.id)
        return None

    async def _from_our_keeping(self, file: FileRef) -> bytes | None:
        """It came by a link of ours, and was kept at once."""
        try:
            key = file.ref.removeprefix(KEPT)
            return await self._files.open(StoredFile(key, file.name, file.mime, file.size or 0))
        except (FileStoreError, ValueError):
            log.warning("file_lost", channel="")
            return None

    async def _read_again(self, event: Event, sender: _Sender) -> Event:
        """The event was interrupted after its files had been kept: what they say is read from our own copies."""
        told: list[_Told] = []
        for file in event.files:
            try:
                told.append(await self._read(await self._files.open(file), file.name, file.mime, sender))
            except FileStoreError:
                told.append(_Told())
        return _with(event, told)


def _with(event: Event, told: list[_Told]) -> Event:
    readings = tuple(one.whole for one in told if one.whole)
    return replace(event, headers=tuple(one.header for one in told), readings=readings)
