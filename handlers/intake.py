"""The intake: the files of an event are taken into our keeping and read, before and outside of any transaction."""

from collections.abc import Mapping
from dataclasses import replace

import structlog

from documents.reading.texts import Reader
from domain.channel import Channel, DeliveryError, Rejected
from domain.headers import Header
from domain.messages import Event, FileRef
from domain.retry import MOST_TRIES
from domain.secrecy import emptied
from storage.files import FileStore, FileStoreError
from storage.unit_of_work import Store

log = structlog.get_logger()


class Intake:
    """Takes in the files of events."""

    def __init__(self, store: Store, files: FileStore, channels: Mapping[str, Channel]) -> None:
        self._store = store
        self._files = files
        self._channels = channels
        self._reader = Reader()

    async def take_in(self, event: Event) -> Event:
        """The event with its files and their headers; those of a stranger, or of a group, stay where they are.

        Of an event with a document that bears a mark of secrecy only that is left, and the document is not kept.

        Raises DeliveryError where a file may be had later.
        """
        if not event.incoming.files or not await self._is_ours(event):
            return event
        return await (self._read_again(event) if event.files else self._fetch_all(event))

    async def _is_ours(self, event: Event) -> bool:
        if event.incoming.in_group:
            return False
        async with self._store.read() as uow:
            return await uow.people.account_at(event.incoming.channel, event.incoming.address) is not None

    async def _fetch_all(self, event: Event) -> Event:
        contents: list[tuple[FileRef, bytes]] = []
        headers: list[Header | None] = []
        # nothing is kept before all have been read: what came together with a secret is not kept either
        for file in event.incoming.files:
            content = await self._fetch(event, file)
            if content is not None:
                reading = await self._reader.read(content, file.name, file.mime)
                if reading and reading.secret:
                    return replace(event, incoming=emptied(event.incoming))
                headers.append(reading.header if reading else None)
                contents.append((file, content))
        kept = [await self._files.save(content, file.name, file.mime) for file, content in contents]
        async with self._store.write() as uow:
            await uow.inbox.fetched(event.id, kept)
        return replace(event, files=tuple(kept), headers=tuple(headers))

    async def _fetch(self, event: Event, file: FileRef) -> bytes | None:
        """The bytes, or None where they can never be had."""
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

    async def _read_again(self, event: Event) -> Event:
        """The event was interrupted after its files had been kept: what they say is read from our own copies."""
        headers: list[Header | None] = []
        for file in event.files:
            try:
                reading = await self._reader.read(await self._files.open(file), file.name, file.mime)
                headers.append(reading.header if reading else None)
            except FileStoreError:
                headers.append(None)
        return replace(event, headers=tuple(headers))
