"""The five steps of the demo: what to do next, a button that does it, and a tick when it has been done."""

import asyncio
import json
from collections.abc import Awaitable, Callable

from nicegui import ui

from bot.demo import HEAD, OFFICE, OFFICER, Demo
from domain.people import Person
from locales.speech import Speech
from locales.texts import web as texts

SETTLED = 0.15
"""Seconds after which what was said has been carried out, and can be seen in the tasks."""


class Steps:
    """The list above the chats."""

    def __init__(
        self,
        speech: Speech,
        demo: Demo,
        officer: Person,
        move: Callable[[Callable[[], Awaitable[object]]], Awaitable[None]],
    ) -> None:
        self._speech = speech
        self._demo = demo
        self._officer = officer
        self._move = move
        self._rows: list[ui.element] = []

    async def build(self) -> None:
        words = texts.demo(self._speech)
        with ui.element("details").classes("nv-steps").props("open"):
            with ui.element("summary"):
                ui.label(words["title"]).classes("nv-stepstitle")
                self._count = ui.label().classes("nv-count")
            with ui.element("ol"):
                for place, (text, label) in enumerate(texts.demo_steps(self._speech)):
                    self._row(place, text, label)
            self._end = ui.label(words["all_done"]).classes("nv-alldone")
        self._client = ui.context.client
        await self.look()

    def _row(self, place: int, text: str, label: str) -> None:
        async def do() -> None:
            await self._do(place)

        with ui.element("li") as row:
            ui.label(text).classes("nv-steptext")
            with ui.element("button").classes("nv-do").props("type=button").on("click", do):
                ui.label(label)
        self._rows.append(row)

    async def _do(self, place: int) -> None:
        number = await self._demo.task() or 1
        match place:
            case 0:
                self._type(OFFICE, texts.demo_assign_line(self._speech, self._officer.name))
            case 1:
                self._type(OFFICE, texts.demo_agree_line(self._speech))
            case 2:
                await self._move(lambda: self._demo.before_deadline(1))
                self._client.run_javascript(f"nhacviec.show('nv-{OFFICER}')")
            case 3:
                self._type(OFFICER, texts.demo_done_line(self._speech, number))
            case _:
                self._type(HEAD, texts.demo_confirm_line(self._speech, number))

    def _type(self, address: str, line: str) -> None:
        self._client.run_javascript(f"nhacviec.type('nv-{address}', {json.dumps(line)})")

    async def look_soon(self) -> None:
        """Something was said somewhere: look once it has been carried out."""
        await asyncio.sleep(SETTLED)
        await self.look()

    async def look(self) -> None:
        """Tick off what has been done; the first that has not is next."""
        if self._client.is_deleted:
            return
        done = await self._demo.steps_done()
        following = min(set(range(len(self._rows))) - done, default=None)
        for place, row in enumerate(self._rows):
            state = "nv-stepdone" if place in done else "nv-stepnext" if place == following else ""
            row.classes(replace=state)
            row.props["aria-current"] = "step" if place == following else "false"
        self._count.set_text(f"{len(done)}/{len(self._rows)}")
        self._end.set_visibility(following is None)
