"""The bubbles of a conversation: markup, pictures, files, keys, and a line where a new day begins."""

import html
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import date, datetime
from functools import partial
from uuid import uuid4

from nicegui import ui

from bot.channels.web import Entry
from bot.web.files import is_picture, link
from bot.web.safe_html import letter_with, pressed, safe_html
from bot.web.site import Site
from domain.messages import Button, StoredFile
from locales.texts import web as texts

Press = Callable[[Button, str], Awaitable[bool]]
"""Presses a button under an event's id; says whether that was kept."""


class Bubbles:
    """The entries of one conversation on one page."""

    def __init__(self, site: Site, press: Press) -> None:
        self._site = site
        self._press = press
        self._labels = texts.labels(site.speech)
        self._entries: list[Entry] = []
        self._keys: list[dict[str, ui.element]] = []
        self._rows: list[ui.element] = []
        self._day: date | None = None
        self._list = ui.element("div").classes("nv-list").props('role="log" aria-live="polite"')
        self._list.props["aria-label"] = self._labels["conversation"]

    def show(self, entries: Sequence[Entry]) -> None:
        """Show a whole conversation instead of what is there."""
        self._list.clear()
        self._entries, self._keys, self._rows, self._day = [], [], [], None
        if not entries:
            with self._list:
                ui.label(texts.empty_chat(self._site.speech)).classes("nv-empty")
        for entry, done in zip(entries, pressed(entries), strict=True):
            self._add(entry, done, "nv-row")

    def add(self, entry: Entry) -> None:
        """One more at the end; where it is there already, its words become these."""
        name = entry.key or entry.ref
        places = [place for place, other in enumerate(self._entries) if name and name == (other.key or other.ref)]
        if places:
            self._change(places[0], entry)
        if places or entry.edited:
            return
        if not self._entries:
            self._list.clear()
        if entry.says and (above := letter_with(self._entries, entry.says)) is not None:
            self._mark(self._keys[above][entry.says])
        self._add(entry, frozenset(), "nv-row nv-new")

    def _add(self, entry: Entry, done: frozenset[str], classes: str) -> None:
        at = entry.at or self._site.clock.now()
        with self._list:
            self._new_day(at)
            row = ui.element("div").classes(f"{classes} {'nv-mine' if entry.mine else 'nv-theirs'}")
        self._entries.append(entry)
        self._rows.append(row)
        self._keys.append(self._within(row, entry, at, done))

    def _change(self, place: int, entry: Entry) -> None:
        """Other words in a letter; what was pressed of its buttons stays so."""
        old = self._entries[place]
        new = old.changed(entry)
        if new == old or old.mine:
            return
        done = frozenset(says for says, key in self._keys[place].items() if key.props.get("aria-pressed") == "true")
        self._rows[place].clear()
        self._entries[place] = new
        self._keys[place] = self._within(self._rows[place], new, new.at or self._site.clock.now(), done)

    def _within(self, row: ui.element, entry: Entry, at: datetime, done: frozenset[str]) -> dict[str, ui.element]:
        """Fill a row; gives its keys by what they say."""
        with row:
            with ui.element("div").classes("nv-bubble"):
                whose = self._labels["me" if entry.mine else "assistant"]
                ui.html(f"{html.escape(whose)}: ", sanitize=False, tag="span").classes("nv-unseen")
                if entry.text:
                    ui.html(safe_html(entry.text), sanitize=False).classes("nv-text")
                for file in entry.files:
                    _file(self._site, file)
                ui.label(texts.hour(self._site.speech, at)).classes("nv-hour")
            return self._buttons(entry, done) if entry.buttons else {}

    def _new_day(self, at: datetime) -> None:
        day = at.astimezone(self._site.speech.zone).date()
        if day != self._day:
            self._day = day
            ui.label(texts.day(self._site.speech, at)).classes("nv-day")

    def _buttons(self, entry: Entry, done: frozenset[str]) -> dict[str, ui.element]:
        keys: dict[str, ui.element] = {}
        with ui.element("div").classes("nv-keys"):
            for row in entry.buttons:
                with ui.element("div").classes("nv-keyrow"):
                    for button in row:
                        keys[button.says] = self._button(button)
                        if button.says in done:
                            self._mark(keys[button.says])
        return keys

    def _button(self, button: Button) -> ui.element:
        key = ui.element("button").classes("nv-key").props('type=button aria-pressed="false"')
        with key:
            ui.label(button.label)
        # one id for this key on this page: pressed twice in a hurry, it is one event
        return key.on("click", partial(self._pressed, key, button, uuid4().hex))

    async def _pressed(self, key: ui.element, button: Button, event_id: str) -> None:
        if key.props.get("aria-pressed") == "true":
            return
        self._mark(key)
        if not await self._press(button, event_id):
            with suppress(RuntimeError):
                self._mark(key, pressed=False)

    def _mark(self, key: ui.element, *, pressed: bool = True) -> None:
        key.props["aria-pressed"] = "true" if pressed else "false"
        key.classes(add="nv-pressed") if pressed else key.classes(remove="nv-pressed")


def _file(site: Site, file: StoredFile) -> None:
    if is_picture(file):
        with ui.element("a").classes("nv-photo").props('target="_blank" rel="noopener"') as photo:
            photo.props["href"] = link(file)
            picture = ui.element("img").props('loading="lazy"')
            picture.props["src"], picture.props["alt"] = link(file), file.name
        return
    with ui.element("a").classes("nv-file").props("download") as download:
        download.props["href"] = link(file)
        ui.label(file.name).classes("nv-filename")
        ui.label(texts.size(site.speech, file.size)).classes("nv-size")
