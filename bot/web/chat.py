"""`/chat`: one person's conversation with the assistant."""

from fastapi import Request
from fastapi.responses import RedirectResponse
from nicegui import ui

from bot.settings import TABLE_PATH
from bot.web.chat_panel import ChatPanel
from bot.web.plain import static
from bot.web.site import COOKIE, Site
from domain.people import Person
from domain.proposals import ReadDocument
from locales.texts import web as texts


def register(site: Site) -> None:
    """Put the page in its place."""

    @ui.page("/chat")
    async def chat(request: Request) -> RedirectResponse | None:
        token = request.cookies.get(COOKIE, "")
        account = await site.account(token)
        if account is None:
            return RedirectResponse("/vao")
        async with site.store.read() as uow:
            person = (await uow.agency()).people[account.person_id]
            unit = (await uow.agency()).unit_name(person)
            waiting = await uow.proposals.latest_unpublished(person.id)
        await _build(site, token, account.address, person, unit, waiting)
        return None


async def _build(site: Site, token: str, address: str, person: Person, unit: str, waiting: ReadDocument | None) -> None:
    client = ui.context.client

    async def is_let_in() -> bool:
        return await site.account(token) is not None

    def leave() -> None:
        client.open("/vao")

    client.on_delete(site.pages.opened(token, leave))
    with ui.element("div").classes("nv-page"):
        _header(site, f"{person.name} \u00b7 {unit}", waiting)
        panel = ChatPanel(site, address, may_write=is_let_in, leave=leave)
        await panel.build()


def _header(site: Site, who: str, waiting: ReadDocument | None) -> None:
    """The bar at the top: the agency, who is here, what waits to be confirmed, and the way out."""
    _ = site.speech
    with ui.element("header").classes("nv-header"):
        ui.element("img").classes("nv-crest").props(f'src="{static("icon.svg")}" alt="" width=40 height=40')
        with ui.element("div").classes("nv-names"):
            ui.label(texts.agency_name(_, site.rules.agency)).classes("nv-agency")
            ui.label(who).classes("nv-who")
        if waiting is not None:
            with ui.element("a").classes("nv-leave nv-waiting").props(f'href="{TABLE_PATH}/{waiting.id}"'):
                ui.label(texts.labels(_)["waiting"])
        with ui.element("a").classes("nv-leave").props('href="/ra"'):
            ui.label(texts.labels(_)["leave"])
