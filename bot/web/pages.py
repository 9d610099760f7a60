"""The live pages: brings NiceGUI in and registers the chat, and the demo where there is one."""

from fastapi import FastAPI, Request, Response
from nicegui import app as live
from nicegui import ui
from nicegui.translations import translations

from bot.web import chat, proposals
from bot.web.plain import STATIC, page, static
from bot.web.site import Site
from locales.texts import web as texts

RECONNECT_WITHIN = 20.0
"""Seconds for which a page that lost its connection goes on where it was; later it is loaded anew."""


def add_pages(app: FastAPI, site: Site) -> None:
    """Register the live pages."""
    ui.add_head_html(
        f'<link rel="stylesheet" href="{static("style.css")}"><script defer src="{static("chat.js")}"></script>',
        shared=True,
    )
    translations["vi"] = texts.connection(site.speech)
    _explain_failures(site)
    chat.register(site)
    proposals.register(site)
    if site.demo:
        from bot.web import demo

        demo.register(site, site.demo)
    ui.run_with(
        app,
        title=texts.product(site.speech),
        favicon=STATIC / "icon.svg",
        language="vi" if site.speech.locale == "vi" else "en-GB",
        tailwind=False,
        show_welcome_message=False,
        reconnect_timeout=RECONNECT_WITHIN,
        binding_refresh_interval=None,
    )


def _explain_failures(site: Site) -> None:
    """Our own pages where the library would show its own, in English and with the error's text."""

    async def nothing_here(_request: Request, _error: Exception) -> Response:
        return page(site, *texts.not_found(site.speech), status=404)

    async def broken(_request: Request, _error: Exception) -> Response:
        return page(site, *texts.broken(site.speech), status=500)

    live.add_exception_handler(404, nothing_here)
    live.add_exception_handler(Exception, broken)
