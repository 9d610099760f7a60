"""The table of proposals on an open page: drawn from what is kept, changed by what is typed for the Office."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from nicegui import background_tasks, ui
from nicegui.events import GenericEventArguments

from bot.channels.web import Entry
from bot.settings import TABLE_PATH
from bot.web.plain import static
from bot.web.proposal_forms import PARTS, Forms, typed
from bot.web.proposal_rows import COLUMNS, Rows
from bot.web.proposal_talk import Talk
from bot.web.site import Site
from domain.people import Agency
from domain.proposals import Proposal, ReadDocument
from locales.texts import anomalies
from locales.texts import proposal_table as texts

_HEAD = Markup('<th scope="col" class="nv-c-{}">{}</th>')

SETTLED = 0.05
"""Seconds after an answer in which others may come that belong to it."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a page is about: the document, the conversation, and the text with its marks (tasks, then anomalies).

    Only whoever's own the document is can change what it proposes.
    """

    document: ReadDocument
    address: str
    is_own: bool
    text: Markup
    is_found: tuple[bool, ...]


class Page:
    """One page that shows one document's proposals."""

    def __init__(self, site: Site, token: str, subject: Subject) -> None:
        self._site = site
        self._token = token
        self._subject = subject
        self._words = texts.labels(site.speech)
        self._typed = texts.Typed(site.speech)
        self._talk = Talk(site, subject.address, subject.document.id, self._is_let_in, self._leave)
        self._proposals: list[Proposal] = []
        self._rows: dict[int, ui.html] = {}
        self._drawn: dict[int, tuple[Proposal, bool]] = {}
        """What each row shows: of a plan with hundreds, only those that have changed are drawn again."""
        self._agency: Agency

    async def build(self) -> None:
        """Put everything on the page."""
        client = self._client = ui.context.client
        ui.add_head_html(
            f'<link rel="stylesheet" href="{static("table.css")}"><script defer src="{static("table.js")}"></script>'
        )
        client.on_delete(self._site.pages.opened(self._token, self._leave))
        client.on_delete(self._site.channel.subscribe(self._subject.address, self._look))
        with ui.element("div").classes("nv-page nv-proposals") as whole:
            whole.on("click", self._clicked, js_handler="(event) => nvTable.click(event, emit)")
            whole.on("submit", self._clicked, js_handler="(event) => nvTable.submit(event, emit)")
            whole.on("input", self._clicked, js_handler="(event) => nvTable.input(event, emit)")
            self._header()
            self._anomalies()
            self._tabs()
            with ui.element("div").classes("nv-sides"):
                with ui.element("main").classes("nv-side nv-side-table nv-open"):
                    self._table()
                with ui.element("aside").classes("nv-side nv-side-text"):
                    self._text()
            self._talk.build()
            self._editor = ui.element("dialog").classes("nv-editor")
            with self._editor:
                self._form = ui.html("", sanitize=False)
        ui.on("nv-again", self._load_soon)
        await self._load()

    # -- the parts -----------------------------------------------------------------------------------------------------

    def _header(self) -> None:
        reading, words = self._subject.document.reading, self._words
        with ui.element("header").classes("nv-header"):
            ui.element("img").classes("nv-crest").props(f'src="{static("icon.svg")}" alt="" width=40 height=40')
            with ui.element("div").classes("nv-names"):
                ui.label(texts.heading(self._site.speech, reading)).classes("nv-agency")
                ui.label(reading.subject or words["title"]).classes("nv-who")
            with ui.element("a").classes("nv-leave").props(f'href="{"/demo" if self._site.demo else "/chat"}"'):
                ui.label(words["back"])

    def _anomalies(self) -> None:
        """What looks wrong, above everything else; each leads to its place in the text."""
        reading = self._subject.document.reading
        if not reading.anomalies:
            return
        with ui.element("section").classes("nv-odd").props(f'aria-label="{self._words["look"]}"'):
            ui.label(self._words["look"]).classes("nv-oddtitle")
            with ui.element("ul"):
                for at, one in enumerate(reading.anomalies, len(reading.tasks)):
                    with ui.element("li"):
                        said = ui.element("button" if self._subject.is_found[at] else "span").classes("nv-oddity")
                        said.props(f'type=button data-do="place" data-place="{at}"')
                        with said:
                            ui.label(Markup(anomalies.told(self._site.speech, one)).striptags())  # noqa: S704 - plain again

    def _tabs(self) -> None:
        """On a narrow screen one side is shown at a time."""
        with ui.element("div").classes("nv-sidetabs").props('role="tablist"'):
            for name, label in (("table", self._words["tasks"]), ("text", self._words["tab_document"])):
                tab = ui.element("button").classes("nv-tab").props('type=button role="tab" data-do="side"')
                tab.props(f'data-side="{name}" aria-selected="{"true" if name == "table" else "false"}"')
                with tab:
                    ui.label(label)

    def _table(self) -> None:
        words = self._words
        with ui.element("div").classes("nv-tablebar"):
            self._count = ui.label().classes("nv-counted").props('role="status"')
            self._bulk = ui.element("div").classes("nv-bulk")
            with self._bulk:
                self._key("accept_all", words["accept_all"], "nv-do")
                with ui.element("div").classes("nv-chosenones").props(f'role="group" aria-label="{words["selected"]}"'):
                    ui.label(words["selected"])
                    for name in ("accept_selected", "leave_out_selected", "merge_selected"):
                        key = self._key(name, words[name], "nv-key").props("disabled")
                        key.props('data-part="leave_out"' if name == "leave_out_selected" else "")
        with ui.element("div").classes("nv-tablescroll"), ui.element("table").classes("nv-table") as table:
            table.props["aria-label"] = words["tasks"]
            cells = Markup("").join(_HEAD.format(name, words[name]) for name in COLUMNS)
            with ui.element("thead"):
                ui.html(cells, sanitize=False, tag="tr")
            self._body = ui.element("tbody")
        self._none = ui.label(words["nothing_read"]).classes("nv-empty")

    def _key(self, name: str, label: str, classes: str) -> ui.element:
        key = ui.element("button").classes(classes).props(f'type=button data-do="{name}"')
        with key:
            ui.label(label)
        return key

    def _text(self) -> None:
        with ui.element("div").classes("nv-textbar"):
            ui.label(self._words["document"]).classes("nv-texttitle")
            ui.label(texts.hints(self._site.speech)).classes("nv-hint")
        scroll = ui.element("div").classes("nv-textscroll").props('tabindex=0 role="region"')
        scroll.props["aria-label"] = self._words["document"]
        with scroll:
            ui.html(self._subject.text, sanitize=False).classes("nv-source")

    # -- drawing -------------------------------------------------------------------------------------------------------

    async def _load(self) -> None:
        """Draw the table from what is kept."""
        kept = self._subject.document
        async with self._site.store.read() as uow:
            now = await uow.proposals.document(kept.id)
            self._proposals = await uow.proposals.of(kept) if now else []
            self._agency = await uow.agency()
            newer = None if now else await uow.proposals.latest_unpublished(kept.read_for)
        if newer is not None and newer.id > kept.id and self._subject.is_own:
            # it came again, or one more file did: what is confirmed now is another document
            self._client.open(f"{TABLE_PATH}/{newer.id}")
            return
        is_open = now is not None and now.directive_id is None and self._subject.is_own
        self._draw(Rows(self._site.speech, self._agency, is_open=is_open))
        if now is None:
            self._count.set_text(self._words["gone"])
        elif now.directive_id is not None:
            self._count.set_text(texts.published(self._site.speech, now.directive_id))
        self._bulk.set_visibility(is_open)
        self._talk.set_open(is_open)
        self._none.set_visibility(now is not None and not self._proposals)

    def _draw(self, rows: Rows) -> None:
        if list(self._rows) != [one.number for one in self._proposals]:
            self._body.clear()
            self._drawn.clear()
            with self._body:
                self._rows = {one.number: ui.html("", sanitize=False, tag="tr") for one in self._proposals}
        places = {id(task): at for at, task in enumerate(self._subject.document.reading.tasks)}
        for one in self._proposals:
            place, row = places[id(one.read)], self._rows[one.number]
            if self._drawn.get(one.number) == (one, rows.is_open):
                continue
            self._drawn[one.number] = one, rows.is_open
            row.classes(replace=f"nv-prow nv-row-{one.decided.value}")
            row.props(f'data-number="{one.number}" data-place="{place}" data-do="row" tabindex=0')
            row.set_content(rows.cells(one, is_found=self._subject.is_found[place]))
        self._count.set_text(texts.counted(self._site.speech, self._proposals))

    def _look(self, entry: Entry) -> None:
        """Something was said in the conversation, here or elsewhere."""
        if not entry.mine:
            self._talk.heard(entry)
        background_tasks.create_lazy(self._load_soon(), name=f"table {id(self)}")

    async def _load_soon(self) -> None:
        """Draw again; also when the page is looked at again, as meanwhile more may have been said elsewhere."""
        await asyncio.sleep(SETTLED)
        if not self._client.is_deleted:
            with self._body:
                await self._load()

    # -- what is pressed -----------------------------------------------------------------------------------------------

    async def _clicked(self, event: GenericEventArguments) -> None:
        """Something on the page was used: what it was, and on which rows."""
        given: dict[str, Any] = event.args if isinstance(event.args, dict) else {}
        does, numbers = str(given.get("do", "")), _numbers(given.get("numbers"))
        if does == "find":
            self._offer(str(given.get("text", "")), [str(one) for one in given.get("chosen", [])])
        elif does == "form" and given.get("part") == "reply":
            text = str(given.get("text", ""))
            if not await self._talk.reply(text):
                self._client.run_javascript(f"nvTable.giveBack({_quoted(text)})")
        elif does == "form" and numbers:
            part, forms = str(given.get("part", "")), Forms(self._site.speech, self._agency)
            # what was typed in a box stays there until it is kept
            if await self._talk.line(typed(forms, numbers, part, given)):
                self._client.run_javascript("nvTable.close()")
        elif does == "edit" and numbers:
            self._edit(numbers, str(given.get("part", "")))
        elif line := self._line(does, numbers):
            await self._talk.line(line)

    def _line(self, does: str, numbers: Sequence[int]) -> str:
        """What a button types."""
        match does:
            case "accept_all":
                return self._typed.accept_all()
            case "go_on":
                return self._typed.go_on()
            case "accept" | "accept_selected" if numbers:
                return self._typed.accept(numbers)
            case "merge_selected" if numbers:
                return self._typed.merge(numbers)
        return ""

    def _edit(self, numbers: Sequence[int], part: str) -> None:
        chosen = [one for one in self._proposals if one.number in numbers]
        if chosen and part in PARTS:
            self._form.set_content(Forms(self._site.speech, self._agency).form(chosen, part))
            self._client.run_javascript("nvTable.edit()")

    def _offer(self, asked: str, chosen: Sequence[str]) -> None:
        options = Forms(self._site.speech, self._agency).options(asked, chosen)
        self._client.run_javascript(f"nvTable.offer({_quoted(options)})")

    async def _is_let_in(self) -> bool:
        return bool(self._site.demo) or await self._site.account(self._token) is not None

    def _leave(self) -> None:
        self._client.open("/vao")


def _numbers(given: Any) -> list[int]:
    return [int(one) for one in given if str(one).isdecimal()] if isinstance(given, list) else []


def _quoted(text: str) -> str:
    return json.dumps(str(text))
