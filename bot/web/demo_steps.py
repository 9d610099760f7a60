"""The steps of the demo: what to do next, a button that does it, and a tick when it has been done."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from nicegui import ui

from bot.demo import OFFICE, Demo, cast, colleagues
from bot.demo_directive import MIME, NAME, directive
from bot.demo_week import ACTS, Act, Deed, Step, gone
from bot.web.chat_panel import ChatPanel
from bot.web.site import Site
from locales.texts import demo as texts

SETTLED = 0.15
"""Seconds after which what was said has been carried out, and can be seen in the tasks."""
SILENT = 4
"""Every fourth colleague does not acknowledge, and is asked again."""

Move = Callable[[Callable[[], Awaitable[object]]], Awaitable[None]]


class Steps:
    """The strip above the chats: every step by its title, and one of them, mostly the next one, in full."""

    def __init__(self, site: Site, demo: Demo, panels: Mapping[str, ChatPanel], move: Move) -> None:
        self._site = site
        self._demo = demo
        self._panels = panels
        self._move = move
        self._words = texts.steps(site.speech)
        self._rows: dict[Step, ui.element] = {}
        self._open = self._following = next(iter(Step))
        self._act = 0

    async def build(self) -> None:
        with ui.element("details").classes("nv-steps").props("open"):
            with ui.element("summary"):
                ui.label(texts.demo(self._site.speech)["title"]).classes("nv-stepstitle")
                self._count = ui.label().classes("nv-count")
            with ui.element("ol"):
                for step in Step:
                    self._row(step)
            with ui.element("div").classes("nv-now"):
                with ui.element("button").classes("nv-do").props("type=button").on("click", self._do) as self._button:
                    self._label = ui.label()
                self._text = ui.label().classes("nv-steptext")
        self._client = ui.context.client
        await self.look()

    def _row(self, step: Step) -> None:
        title = self._words[step.value].title
        with ui.element("li") as row, ui.element("button").classes("nv-step").props("type=button") as button:
            button.props["title"] = title
            button.on("click", partial(self._choose, step))
            ui.label(title)
        self._rows[step] = row

    def _choose(self, step: Step) -> None:
        """Show a step in full, from its beginning, whether it is the next one or not."""
        self._open, self._act = step, 0
        self._show()

    def _show(self) -> None:
        words, acts = self._words[self._open.value], ACTS[self._open]
        self._text.set_text(words.text)
        self._button.set_visibility(True)
        self._label.set_text(texts.button(self._site.speech, self._moves(), self._act + 1, len(acts)))
        for step, row in self._rows.items():
            row.classes(add="nv-stepopen") if step is self._open else row.classes(remove="nv-stepopen")

    def _moves(self) -> bool:
        return ACTS[self._open][self._act].deed in (Deed.NEXT_DAY, Deed.NEXT_MONDAY)

    # -- doing it for the visitor --------------------------------------------------------------------------------------

    async def _do(self) -> None:
        acts = ACTS[self._open]
        act = acts[self._act]
        self._act = (self._act + 1) % len(acts)
        await self._carry_out(act)
        self._show()

    async def _carry_out(self, act: Act) -> None:
        lines = await self._lines()
        self._client.run_javascript(f"nhacviec.show('nv-{act.at}')")
        match act.deed:
            case Deed.DROP_FILE:
                content = await asyncio.to_thread(directive, self._demo.today())
                await self._panels[OFFICE].attach(NAME, MIME, content)
            case Deed.COLLEAGUES_SPEAK:
                await self._colleagues_say(lines[act.line])
            case Deed.NEXT_DAY:
                await self._move(self._demo.next_working_day)
            case Deed.NEXT_MONDAY:
                await self._move(self._demo.next_monday)
        if act.line:
            self._client.run_javascript(f"nhacviec.type('nv-{act.at}', {json.dumps(lines[act.line])})")

    async def _lines(self) -> dict[str, str]:
        officer = cast(await self._demo.agency()).officer
        return texts.lines(self._site.speech, officer.name, await self._demo.task(), await self._demo.directive())

    async def _colleagues_say(self, line: str) -> None:
        """Most of them say it, and it takes them a while."""
        addresses = list(colleagues(await self._demo.agency()))
        for at, address in enumerate(addresses, 1):
            if at % SILENT:
                await self._site.channel.say(address, line)
        await self._move(self._demo.a_while_later)

    # -- how far it is -------------------------------------------------------------------------------------------------

    async def look_soon(self) -> None:
        """Something was said somewhere: look once it has been carried out."""
        await asyncio.sleep(SETTLED)
        await self.look()

    async def look(self) -> None:
        """Tick off what has been done; the first that has not is next."""
        if self._client.is_deleted:
            return
        done = await gone(self._demo)
        following = next((step for step in Step if step not in done), None)
        for step, row in self._rows.items():
            state = "nv-stepdone" if step in done else "nv-stepnext" if step is following else ""
            row.classes(replace=state)
            row.props["aria-current"] = "step" if step is following else "false"
        self._count.set_text(f"{len(done)}/{len(self._rows)}")
        if following and following is not self._following:
            self._open, self._following, self._act = following, following, 0
        self._show()
        if following is None:
            self._text.set_text(texts.demo(self._site.speech)["all_done"])
            self._button.set_visibility(False)
