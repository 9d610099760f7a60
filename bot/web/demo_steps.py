"""The steps of the demo: what to do next, a button that does it, and a tick when it has been done."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from functools import partial

from nicegui import ui

from bot.demo import HEAD, OFFICE, OFFICER, Cast, Demo
from bot.demo_week import Step, gone
from locales.speech import Speech
from locales.texts import demo as texts

SETTLED = 0.15
"""Seconds after which what was said has been carried out, and can be seen in the tasks."""

Move = Callable[[Callable[[], Awaitable[object]]], Awaitable[None]]


class Steps:
    """The strip above the chats: every step by its title, and one of them, mostly the next one, in full."""

    def __init__(self, speech: Speech, demo: Demo, people: Cast, move: Move) -> None:
        self._speech = speech
        self._words = texts.steps(speech)
        self._demo = demo
        self._people = people
        self._move = move
        self._rows: dict[Step, ui.element] = {}
        self._following: Step | None = next(iter(Step))
        self._open = next(iter(Step))

    async def build(self) -> None:
        words = texts.demo(self._speech)
        with ui.element("details").classes("nv-steps").props("open"):
            with ui.element("summary"):
                ui.label(words["title"]).classes("nv-stepstitle")
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
            button.on("click", partial(self._show, step))
            ui.label(title)
        self._rows[step] = row

    def _show(self, step: Step) -> None:
        """Show a step in full, whether it is the next one or not."""
        self._open = step
        words = self._words[step.value]
        self._text.set_text(words.text)
        self._button.set_visibility(True)
        self._label.set_text(words.button)
        for other, row in self._rows.items():
            row.classes(add="nv-stepopen") if other is step else row.classes(remove="nv-stepopen")

    # -- doing it for the visitor --------------------------------------------------------------------------------------

    async def _do(self) -> None:
        number = await self._demo.task() or 1
        match self._open:
            case Step.DRAFT:
                self._type(OFFICE, texts.assign_line(self._speech, self._people.officer.name))
            case Step.ASSIGN:
                self._type(OFFICE, texts.agree_line(self._speech))
            case Step.REMIND:
                await self._move(lambda: self._demo.before_deadline(1))
                self._client.run_javascript(f"nhacviec.show('nv-{OFFICER}')")
            case Step.DONE:
                self._type(OFFICER, texts.done_line(self._speech, number))
            case Step.CONFIRM:
                self._type(HEAD, texts.confirm_line(self._speech, number))

    def _type(self, address: str, line: str) -> None:
        self._client.run_javascript(f"nhacviec.type('nv-{address}', {json.dumps(line)})")

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
        self._show(following if following and following is not self._following else self._open)
        self._following = following
        if following is None:
            self._text.set_text(texts.demo(self._speech)["all_done"])
            self._button.set_visibility(False)
