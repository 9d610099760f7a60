"""One-time links to files, for chats that cannot carry them: a look uses nothing up, the button does."""

from fastapi import APIRouter, Request, Response

from bot.settings import FILE_LINK_PATH
from bot.web import plain
from bot.web.files import as_attachment
from bot.web.login import FORBIDDEN, comes_from_elsewhere
from bot.web.site import Site
from domain.messages import StoredFile
from locales.texts import file_links as texts
from locales.texts import web
from storage.file_links import FileLink
from storage.files import FileStoreError

GONE = 410


def router(site: Site) -> APIRouter:
    """The one address of all links."""
    routes = APIRouter()
    _ = site.speech

    def nothing() -> Response:
        return plain.page(site, *web.not_found(_), status=404)

    async def find(secret: str) -> FileLink | Response:
        """A link that can be used by somebody who belongs to the agency; else what is said instead."""
        async with site.store.read() as uow:
            link = await uow.file_links.find(secret)
            if link is None or link.person_id not in (await uow.agency()).people:
                return nothing()
        if link.used_at is not None:
            return plain.page(site, *texts.used(_, link.file.name), status=GONE)
        if link.expires_at <= site.clock.now():
            return plain.page(site, *texts.expired(_, link.file.name), status=GONE)
        return link

    async def content_of(file: StoredFile) -> bytes | None:
        try:
            return await site.channel.files.open(file)
        except FileStoreError:
            return None

    @routes.get(FILE_LINK_PATH + "/{secret}")
    async def show_button(secret: str) -> Response:
        # a messenger that looks at the link to show a preview must not use it up: only the button does
        link = await find(secret)
        if isinstance(link, Response):
            return link
        title, about, fetch, note = texts.ready(_, link.file.name, web.size(_, link.file.size))
        form = plain.form(f"{FILE_LINK_PATH}/{secret}", fetch) + plain.note(note)
        return plain.page(site, title, about, form)

    @routes.post(FILE_LINK_PATH + "/{secret}")
    async def fetch(request: Request, secret: str) -> Response:
        if comes_from_elsewhere(request):
            return plain.page(site, *web.elsewhere(_), status=FORBIDDEN)
        link = await find(secret)
        if isinstance(link, Response):
            return link
        content = await content_of(link.file)
        if content is None:
            return nothing()
        async with site.store.write() as uow:
            is_first = await uow.file_links.use(secret, site.clock.now())
        if not is_first:
            return plain.page(site, *texts.used(_, link.file.name), status=GONE)
        answer = as_attachment(link.file, content)
        answer.headers["Cache-Control"] = "no-store"
        return answer

    return routes
