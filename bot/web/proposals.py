"""`/de-xuat/<id>`: what a document was read to ask for as a table, beside its text, for whoever confirms it.

The page decides nothing: each of its buttons says what could be typed, by the same way as in the chat, and the table
is drawn again from what has become of it.
"""

import asyncio
import unicodedata

from fastapi import Request, Response
from nicegui import ui

from bot.demo import OFFICE
from bot.settings import TABLE_PATH
from bot.web import plain
from bot.web.highlights import marked
from bot.web.login import ask_first
from bot.web.proposal_page import Page, Subject
from bot.web.site import COOKIE, Site
from domain.people import Agency, Person, Role
from domain.permissions import Action, may_ever
from domain.proposals import ReadDocument
from domain.reading.places import places
from domain.reading.values import Task
from locales.texts import proposal_table as texts
from locales.texts import web

FORBIDDEN, NOT_FOUND = 403, 404


def register(site: Site) -> None:
    """Put the page in its place."""

    @ui.page(f"{TABLE_PATH}/{{document_id}}")
    async def table(request: Request, document_id: int) -> Response | None:
        token = request.cookies.get(COOKIE, "")
        address = await _address(site, token)
        if address is None:
            return ask_first(document_id)
        found = await _find(site, address, document_id)
        if isinstance(found, Response):
            return found
        await Page(site, token, await asyncio.to_thread(_prepared, *found, address)).build()
        return None


def may_confirm(person: Person, document: ReadDocument, agency: Agency) -> bool:
    """Whether somebody may see what a document proposes: who publishes, of their own and of the Office's."""
    reader = agency.people.get(document.read_for)
    is_the_offices = reader is not None and reader.role is Role.OFFICE
    return may_ever(person, Action.BROADCAST) and (document.read_for == person.id or is_the_offices)


async def _address(site: Site, token: str) -> str | None:
    """Whose conversation the page speaks in; in the demo it is the Office's."""
    account = await site.account(token)
    if account is not None:
        return account.address
    return OFFICE if site.demo else None


async def _find(site: Site, address: str, document_id: int) -> tuple[ReadDocument, Person] | Response:
    async with site.store.read() as uow:
        account = await uow.people.account_at("web", address)
        agency = await uow.agency()
        document = await uow.proposals.document(document_id)
    person = agency.people.get(account.person_id) if account else None
    if document is None or person is None:
        return plain.page(site, *web.not_found(site.speech), status=NOT_FOUND)
    if not may_confirm(person, document, agency):
        words = texts.labels(site.speech)
        return plain.page(site, words["title"], words["not_yours"], status=FORBIDDEN)
    return document, person


def _prepared(document: ReadDocument, person: Person, address: str) -> Subject:
    """Where every sentence stands. Takes a moment where the document is long: not for the event loop."""
    text = unicodedata.normalize("NFC", document.text)
    odd = [Task("", one.quote) for one in document.reading.anomalies]
    found = places(document.reading.tasks, text)
    marks = [*found, *(one for oddity in odd for one in places([oddity], text))]
    is_found = tuple(bool(one.spans) for one in marks)
    return Subject(document, address, document.read_for == person.id, marked(text, marks), is_found)
