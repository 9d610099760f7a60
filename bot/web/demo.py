"""`/demo`: four people's chats side by side, the clock above them, and the steps to try."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from nicegui import background_tasks, ui

from bot.channels.web import Entry
from bot.demo import HEAD, LEADER, OFFICE, OFFICER, Demo
from bot.web.chat_panel import ChatPanel
from bot.web.demo_steps import Steps
from bot.web.plain import static
from bot.web.site import Site
from locales.texts import demo as texts
from locales.texts import web

Move = Callable[[], Awaitable[object]]


def register(site: Site, demo: Demo) -> None:
    """Put the page in its place."""

    @ui.page("/demo")
    async def page() -> None:
        await _Page(site, demo).build()


class _Page:
    """The demo in one browser tab."""

    def __init__(self, site: Site, demo: Demo) -> None:
        self._site = site
        self._demo = demo
        self._words = texts.demo(site.speech)
        self._panels: dict[str, ChatPanel] = {}
        self._roles = {
            OFFICE: texts.office(site.speech),
            HEAD: texts.head(site.speech),
            OFFICER: texts.officer(site.speech),
            LEADER: texts.leader(site.speech),
        }

    async def build(self) -> None:
        people = await self._demo.cast()
        self._steps = Steps(self._site, self._demo, self._panels, self._move)
        with ui.element("div").classes("nv-page nv-demo") as self._whole:
            self._header()
            await self._steps.build()
            self._tabs()
            with ui.element("div").classes("nv-columns"):
                for address in self._demo.addresses:
                    await self._column(address, people.at(address).name)

    # -- the bar with the clock --------------------------------------------------------------------------------------

    def _header(self) -> None:
        words = self._words
        with ui.element("header").classes("nv-header nv-clockbar"):
            ui.element("img").classes("nv-crest").props(f'src="{static("icon.svg")}" alt="" width=40 height=40')
            with ui.element("div").classes("nv-names"):
                ui.label(web.agency_name(self._site.speech, self._site.rules.agency)).classes("nv-agency")
                ui.label(web.product(self._site.speech)).classes("nv-who")
            with ui.element("div").classes("nv-clock").props(f'role="timer" aria-label="{words["clock"]}"'):
                self._hour = ui.label().classes("nv-clockhour")
                self._day = ui.label().classes("nv-clockday")
            with ui.element("div").classes("nv-moves").props('role="group"'):
                self._move_button(words["next_day"], self._demo.next_working_day)
                self._move_button(words["before"], lambda: self._demo.before_deadline(1))
                self._move_button(words["due"], lambda: self._demo.before_deadline(0))
                self._move_button(words["overdue"], lambda: self._demo.before_deadline(-1))
                self._move_button(words["monday"], self._demo.next_monday)
                self._any_instant()
        self._show_clock()
        ui.timer(1.0, self._show_clock)

    def _move_button(self, label: str, move: Move) -> None:
        async def moved() -> None:
            await self._move(move)

        with ui.element("button").classes("nv-move").props("type=button").on("click", moved):
            ui.label(label)

    def _any_instant(self) -> None:
        with ui.element("div").classes("nv-instant"):
            box = self._box = ui.element("input").props("type=datetime-local")
            box.props["aria-label"] = box.props["title"] = self._words["at"]
            self._show_in_box()
            send = ui.element("button").classes("nv-move").props("type=button")
            send.on(
                "click",
                lambda event: self._set(str(event.args)),
                js_handler=f"() => emit(document.getElementById('{box.html_id}').value)",
            )
            with send:
                ui.label(self._words["set"])

    async def _set(self, text: str) -> None:
        try:
            instant = datetime.fromisoformat(text).replace(tzinfo=self._site.rules.zone)
        except ValueError:
            ui.notify(self._words["bad_instant"])
            return
        await self._move(lambda: self._demo.move_to(instant))

    async def _move(self, move: Move) -> None:
        # a week takes its time: pressed again meanwhile, it would be two
        self._whole.classes(add="nv-busy")
        try:
            if await move() is False:
                ui.notify(self._words["no_deadline"], position="top")
        finally:
            self._whole.classes(remove="nv-busy")
        self._show_clock()
        self._show_in_box()
        await self._steps.look()

    def _show_in_box(self) -> None:
        # not as a property: each time the page is drawn anew that would undo what is being typed
        at = self._local().strftime("%Y-%m-%dT%H:%M")
        self._box.client.run_javascript(f"document.getElementById('{self._box.html_id}').value = '{at}'")

    def _local(self) -> datetime:
        return self._site.clock.now().astimezone(self._site.rules.zone)

    def _show_clock(self) -> None:
        now = self._local()
        self._hour.set_text(web.hour(self._site.speech, now))
        self._day.set_text(web.day(self._site.speech, now))

    # -- the chats ---------------------------------------------------------------------------------------------------

    def _tabs(self) -> None:
        with ui.element("div").classes("nv-tabs").props('role="tablist"'):
            for address, role in self._roles.items():
                tab = ui.element("button").classes("nv-tab").props(f'type=button role="tab" data-panel="nv-{address}"')
                tab.props["aria-selected"] = "true" if address == OFFICE else "false"
                with tab:
                    ui.label(role)

    async def _column(self, address: str, name: str) -> None:
        classes = "nv-column nv-open" if address == OFFICE else "nv-column"
        with ui.element("div").classes(classes).props('role="tabpanel"') as column:
            column.props["aria-label"] = f"{self._roles[address]}: {name}"
            with ui.element("div").classes("nv-whose"):
                ui.label(self._roles[address]).classes("nv-role")
                ui.label(name).classes("nv-name")
            panel = self._panels[address] = ChatPanel(self._site, address, on_entry=self._something_happened)
            await panel.build()

    def _something_happened(self, _entry: Entry) -> None:
        background_tasks.create_lazy(self._steps.look_soon(), name=f"steps of {id(self)}")
