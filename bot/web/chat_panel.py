"""One conversation on a page: what was said, live; keys to press; a box to write in; files."""

from collections.abc import Awaitable, Callable
from functools import partial
from uuid import uuid4

from nicegui import ui
from nicegui.events import GenericEventArguments

from bot.channels.web import MOST_TEXT, Entry, missing
from bot.web.attachments import Attachments
from bot.web.bubbles import Bubbles
from bot.web.saying import Saying
from bot.web.site import Site
from domain.messages import Button
from locales.texts import web as texts

AT_ONCE = 60
"""Entries that a page shows at first; earlier ones on request."""


async def _anybody() -> bool:
    return True


def _nowhere() -> None:
    """The demo's chats are open to whoever has the page."""


class ChatPanel:
    """A conversation. `on_entry` is told of everything new; `may_write` is asked before anything is said."""

    def __init__(
        self,
        site: Site,
        address: str,
        *,
        may_write: Callable[[], Awaitable[bool]] = _anybody,
        leave: Callable[[], None] = _nowhere,
        on_entry: Callable[[Entry], None] | None = None,
    ) -> None:
        self._site = site
        self._address = address
        self._saying = Saying(site, address, may_write, leave, self._status)
        self._on_entry = on_entry
        self._labels = texts.labels(site.speech)
        self._shown = AT_ONCE
        self._live: list[Entry] | None = []
        self.name = f"nv-{address}" if address.startswith("demo-") else "nv-chat"
        """The panel's id on the page."""

    async def build(self) -> None:
        """Put the panel where the page is being built, with its history."""
        # listen first, then read: what comes in between is held back, and shown unless the history has it
        ui.context.client.on_delete(self._site.channel.subscribe(self._address, self._look))
        with ui.element("section").classes("nv-panel").props(f'id="{self.name}"') as self._panel:
            with ui.element("div").classes("nv-scroll"):
                self._older = ui.element("button").classes("nv-older").props("type=button")
                with self._older.on("click", self._show_older):
                    ui.label(self._labels["older"])
                self._bubbles = Bubbles(self._site, self._press)
            self._composer()
        await self._fill()

    def _composer(self) -> None:
        _, words = self._site.speech, self._labels
        with ui.element("div").classes("nv-quick").props(f'role="group" aria-label="{words["quick"]}"'):
            for key in texts.quick_keys(_):
                with ui.element("button").classes("nv-key").props("type=button").on("click", partial(self._quick, key)):
                    ui.label(key.label)
        with ui.element("div").classes("nv-write"):
            self._attachments = Attachments(self._site, self._status)
            with ui.element("div").classes("nv-line"):
                self._attachments.pick_button()
                box = ui.element("textarea").props(f"rows=1 maxlength={MOST_TEXT} enterkeyhint=send")
                box.props["placeholder"] = box.props["aria-label"] = words["write"]
                send = ui.element("button").classes("nv-send").props("type=button")
                send.props["aria-label"] = send.props["title"] = words["send"]
                send.on("click", self._send, js_handler="(event) => nhacviec.send(event, emit)")
            self._note = ui.label().classes("nv-status").props('role="alert"')

    async def attach(self, name: str, mime: str, data: bytes) -> None:
        """Put a file beside the text box, as if it had been dropped there."""
        await self._attachments.put(name, mime, data)

    # -- showing -----------------------------------------------------------------------------------------------------

    async def _fill(self) -> None:
        channel = self._site.channel
        entries = await channel.history(self._site.store, self._address, self._shown + 1)
        held, self._live = self._live or [], None
        self._older.set_visibility(len(entries) > self._shown)
        entries = entries[-self._shown :]
        self._bubbles.show([*entries, *missing(entries, held)])
        for entry in held:
            self._bubbles.add(entry)

    async def _show_older(self) -> None:
        self._shown *= 4
        self._live = []
        await self._fill()

    def _look(self, entry: Entry) -> None:
        """Something new; runs wherever the channel was at work."""
        if self._live is not None:
            self._live.append(entry)
        else:
            self._bubbles.add(entry)
        if self._on_entry:
            self._on_entry(entry)

    def _status(self, text: str) -> None:
        self._note.set_text(text)

    # -- speaking ----------------------------------------------------------------------------------------------------

    async def _send(self, event: GenericEventArguments) -> None:
        """The text box was sent; the page keeps what was typed until it hears that it was kept."""
        text, event_id = str(event.args.get("text", "")), str(event.args.get("id", ""))
        files = await self._attachments.files()
        kept = bool(text.strip() or files) and await self._say(text, event_id=event_id, files=files)
        if kept:
            self._attachments.clear()
        self._panel.client.run_javascript(f"nhacviec.{'kept' if kept else 'failed'}('{self.name}')")

    async def _press(self, button: Button, event_id: str) -> bool:
        return await self._say(action=button.says, label=button.label, event_id=event_id)

    async def _quick(self, key: Button) -> None:
        # a second press while the first is under way is the same wish
        if not self._saying.is_busy:
            await self._say(action=key.says, label=key.label, event_id=uuid4().hex)

    async def _say(self, text: str = "", **more: object) -> bool:
        """Say something; says whether it was kept."""
        if len(text) > MOST_TEXT:
            self._status(texts.too_long(self._site.speech, MOST_TEXT))
            return False
        return await self._saying.say(text, **more)
