"""What the page of proposals says for the Office, and what the assistant answers: the same conversation as the chat."""

from collections.abc import Awaitable, Callable
from uuid import uuid4

from nicegui import ui

from bot.channels.web import Entry
from bot.web.bubbles import Bubbles
from bot.web.saying import Saying
from bot.web.site import Site
from domain.messages import Button
from locales.texts import proposal_table as texts

ACTION = "dexuat"
"""The word before what is said about a document's proposals, so that it may be said whatever else is open."""


class Talk:
    """The bar at the foot of the page. `is_let_in` is asked before anything is said, `leave` called where it is not."""

    def __init__(
        self,
        site: Site,
        address: str,
        document: int,
        is_let_in: Callable[[], Awaitable[bool]],
        leave: Callable[[], None],
    ) -> None:
        self._site = site
        self._document = document
        self._saying = Saying(site, address, is_let_in, leave, lambda text: self._note.set_text(text))
        self._words = texts.labels(site.speech)

    def build(self) -> None:
        """Put the bar where the page is being built."""
        words = self._words
        with ui.element("section").classes("nv-said-bar").props(f'aria-label="{words["answer"]}"'):
            with ui.element("div").classes("nv-answers"):
                self._bubbles = Bubbles(self._site, self._press)
            with ui.element("div").classes("nv-onward") as self._onward:
                with ui.element("form").classes("nv-replyform").props('data-part="reply"'):
                    box = ui.element("input").props('name=text autocomplete="off"')
                    box.props["placeholder"] = box.props["aria-label"] = words["reply"]
                    with ui.element("button").classes("nv-key").props("type=submit"):
                        ui.label(words["send"])
                with ui.element("button").classes("nv-do").props('type=button data-do="go_on"'):
                    ui.label(words["go_on"])
            self._note = ui.label().classes("nv-status").props('role="alert"')

    def set_open(self, is_open: bool) -> None:
        """Whether there is still something to be said."""
        self._onward.set_visibility(is_open)

    def heard(self, entry: Entry) -> None:
        """The assistant has answered: its last words are what is shown."""
        self._bubbles.show([entry])
        self._note.set_text("")

    async def line(self, line: str) -> bool:
        """Say something about the proposals, as it could be typed; says whether it was kept."""
        return bool(line) and await self._say(action=f"{ACTION} {self._document} {line}", label=line)

    async def reply(self, text: str) -> bool:
        """Answer the assistant in one's own words."""
        return bool(text.strip()) and await self._say(text)

    async def _press(self, button: Button, event_id: str) -> bool:
        return await self._say(action=button.says, label=button.label, event_id=event_id)

    async def _say(self, text: str = "", **more: str) -> bool:
        # a second press while the first is under way is the same wish
        if self._saying.is_busy:
            return False
        return await self._saying.say(text, **({"event_id": uuid4().hex} | more))
