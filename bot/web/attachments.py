"""The files that wait beside the text box until the message is sent: picked, dropped or pasted."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from functools import partial

import structlog
from nicegui import ui
from nicegui.elements.upload_files import FileUpload
from nicegui.events import UploadEventArguments

from bot.channels.web import MOST_FILE_BYTES, MarkedSecret
from bot.web.site import Site
from domain.channel import Rejected
from domain.messages import StoredFile
from locales.texts import web as texts
from storage.files import FileStoreError

MOST_FILES = 10
LONGEST_UPLOAD = 60.0
"""Seconds that sending a message waits for files that are still under way."""

log = structlog.get_logger()


class Attachments:
    """The waiting files of one panel; `say` shows a remark to the person."""

    def __init__(self, site: Site, say: Callable[[str], None]) -> None:
        self._site = site
        self._say = say
        self._labels = texts.labels(site.speech)
        self._chips: list[tuple[StoredFile, ui.element]] = []
        self._coming = 0
        self._settled = asyncio.Event()
        self._settled.set()
        self._row = ui.element("div").classes("nv-chips")
        self._uploader = ui.upload(
            multiple=True,
            auto_upload=True,
            max_file_size=MOST_FILE_BYTES,
            on_begin_upload=self._begins,
            on_upload=self._uploaded,
            on_rejected=self._too_big,
        ).classes("nv-uploader")

    async def files(self) -> tuple[StoredFile, ...]:
        """The waiting files, once those under way have come."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._settled.wait(), LONGEST_UPLOAD)
        return tuple(file for file, _ in self._chips)

    def pick_button(self) -> None:
        """The paper clip."""
        clip = ui.element("button").classes("nv-clip").props(f"type=button data-uploader={self._uploader.id}")
        clip.props["aria-label"] = clip.props["title"] = self._labels["attach"]

    def clear(self) -> None:
        self._chips.clear()
        self._row.clear()

    def _too_big(self) -> None:
        self._say(texts.file_too_big(self._site.speech, MOST_FILE_BYTES >> 20))

    def _begins(self) -> None:
        self._coming += 1
        self._settled.clear()

    async def _uploaded(self, event: UploadEventArguments) -> None:
        try:
            await self._take(event.file)
        finally:
            self._coming -= 1
            if self._coming <= 0:
                self._coming = 0
                self._settled.set()
                self._uploader.run_method("removeUploadedFiles")

    async def _take(self, file: FileUpload) -> None:
        _ = self._site.speech
        if file.size() > MOST_FILE_BYTES:
            self._too_big()
        elif len(self._chips) >= MOST_FILES:
            self._say(texts.too_many_files(_, MOST_FILES))
        else:
            await self.put(file.name, file.content_type, await file.read())

    async def put(self, name: str, mime: str, data: bytes) -> None:
        """Let a file wait beside the text box."""
        try:
            stored = await self._site.channel.keep(data, name, mime)
        except MarkedSecret:
            self._say(texts.file_is_secret(self._site.speech))
            return
        except (FileStoreError, Rejected, OSError) as error:
            log.warning("upload_not_kept", error=type(error).__name__)
            self._say(texts.file_not_kept(self._site.speech, name))
            return
        self._say("")
        with self._row, ui.element("div").classes("nv-chip") as chip:
            ui.label(stored.name)
            remove = ui.element("button").props("type=button").classes("nv-remove")
            remove.props["aria-label"] = f"{self._labels['remove']}: {stored.name}"
            remove.on("click", partial(self._remove, chip))
        self._chips.append((stored, chip))

    def _remove(self, chip: ui.element) -> None:
        self._chips = [pair for pair in self._chips if pair[1] is not chip]
        chip.delete()
