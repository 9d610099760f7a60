"""Where a file is handed in that a chat cannot carry: a one-time link into somebody's own conversation."""

import structlog
from fastapi import APIRouter, Request, Response
from markupsafe import Markup
from starlette.datastructures import UploadFile

from bot.channels.web import MOST_FILE_BYTES, MarkedSecret
from bot.settings import UPLOAD_PATH
from bot.web import plain
from bot.web.login import FORBIDDEN, comes_from_elsewhere
from bot.web.site import Site
from domain.channel import Receive, Rejected
from domain.messages import HANDED_IN, KEPT, FileRef, Incoming, StoredFile
from domain.people import Account
from locales.texts import unreadable as texts
from locales.texts import web
from storage.files import FileStoreError
from storage.upload_links import name_of

GONE, UNPROCESSABLE, UNAVAILABLE = 410, 422, 503
MOST_FILES = 10

log = structlog.get_logger()


def router(site: Site, receive: Receive) -> APIRouter:
    """The one address of all links."""
    routes = APIRouter()
    _ = site.speech

    async def find(secret: str) -> tuple[Account, str] | Response:
        """Whose conversation it leads to, and their name; else what is said instead."""
        async with site.store.read() as uow:
            link = await uow.upload_links.find(secret)
            account = await uow.people.account(link.account_id) if link else None
            person = (await uow.agency()).people.get(account.person_id) if account else None
        if link is None or account is None or person is None:
            return plain.page(site, *web.not_found(_), status=404)
        if link.used_at is not None:
            return plain.page(site, *texts.used(_), status=GONE)
        if link.expires_at <= site.clock.now():
            return plain.page(site, *texts.expired(_), status=GONE)
        return account, person.name

    @routes.get(UPLOAD_PATH + "/{secret}")
    async def show_form(secret: str) -> Response:
        found = await find(secret)
        if isinstance(found, Response):
            return found
        title, about, send, note = texts.page(_, found[1], MOST_FILE_BYTES >> 20)
        form = _form(f"{UPLOAD_PATH}/{secret}", texts.pick(_), send)
        return plain.page(site, title, about, form + plain.note(note))

    @routes.post(UPLOAD_PATH + "/{secret}")
    async def take(request: Request, secret: str) -> Response:
        if comes_from_elsewhere(request):
            return plain.page(site, *web.elsewhere(_), status=FORBIDDEN)
        found = await find(secret)
        if isinstance(found, Response):
            return found
        files = await _kept(site, request)
        if isinstance(files, Response):
            return files
        return await _hand_in(site, receive, secret, found[0], files)

    return routes


async def _kept(site: Site, request: Request) -> list[StoredFile] | Response:
    """The files of a form, in our keeping; else what is said instead."""
    _ = site.speech
    async with request.form(max_files=MOST_FILES, max_fields=MOST_FILES) as form:
        given = [one for one in form.getlist("file") if isinstance(one, UploadFile) and one.filename]
        if not given:
            return plain.page(site, *texts.nothing_chosen(_), status=UNPROCESSABLE)
        try:
            return [await _keep(site, one) for one in given]
        except MarkedSecret:
            return plain.page(site, texts.not_now(_)[0], web.file_is_secret(_), status=UNPROCESSABLE)
        except (FileStoreError, Rejected, OSError) as error:
            log.warning("upload_not_kept", error=type(error).__name__)
            return plain.page(site, *texts.not_now(_), status=UNAVAILABLE)


async def _keep(site: Site, file: UploadFile) -> StoredFile:
    return await site.channel.keep(await file.read(), file.filename or "", file.content_type or "")


async def _hand_in(site: Site, receive: Receive, secret: str, account: Account, files: list[StoredFile]) -> Response:
    """As a message in their chat; the same link twice is one message, whatever happens in between."""
    _ = site.speech
    refs = tuple(FileRef(KEPT + one.key, one.name, one.mime, one.size) for one in files)
    event = Incoming(account.channel, HANDED_IN + name_of(secret), account.address, files=refs)
    try:
        await receive([event])
        async with site.store.write() as uow:
            is_first = await uow.upload_links.use(secret, site.clock.now())
    except Exception as error:
        # no traceback: it may quote what was handed in
        log.warning("upload_not_received", error=type(error).__name__)
        return plain.page(site, *texts.not_now(_), status=UNAVAILABLE)
    if not is_first:
        return plain.page(site, *texts.used(_), status=GONE)
    return plain.page(site, *texts.handed_in(_, ", ".join(one.name for one in files)))


def _form(target: str, pick: str, send: str) -> Markup:
    return Markup(
        '<form method="post" action="{}" enctype="multipart/form-data"><label class="nv-field"><span>{}</span>'
        '<input type="file" name="file" multiple required></label>'
        '<button class="nv-big" type="submit">{}</button></form>'
    ).format(target, pick, send)
