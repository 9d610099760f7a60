"""Downloads: a file leaves only to whoever's own conversation holds it, and never as something that could run."""

from urllib.parse import quote

from fastapi import APIRouter, Request, Response

from bot.web.plain import page
from bot.web.site import Site
from domain.messages import StoredFile
from locales.texts import web as texts
from storage.files import FileStoreError, safe_name

PICTURES = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})
"""What may be shown in a page; an SVG may not, as it can hold a script."""


def is_picture(file: StoredFile) -> bool:
    return file.mime.lower() in PICTURES


def link(file: StoredFile) -> str:
    """Where a file of a conversation can be had."""
    return f"/tep/{file.key}"


def disposition(name: str) -> str:
    """An attachment by its name: in full for today's browsers, in plain letters for old ones."""
    safe = safe_name(name)
    plain = "".join(char if char.isascii() and char not in '"\\;%' else "_" for char in safe)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(safe, safe='')}"


def router(site: Site) -> APIRouter:
    """The one address of all files."""
    routes = APIRouter()

    async def find(request: Request, key: str) -> StoredFile | None:
        for address in await site.addresses(request):
            if file := await site.channel.file(site.store, address, key):
                return file
        return None

    @routes.get("/tep/{key}")
    async def download(request: Request, key: str) -> Response:
        file = await find(request, key)
        try:
            content = await site.channel.files.open(file) if file else None
        except FileStoreError:
            content = None
        if file is None or content is None:
            return page(site, *texts.not_found(site.speech), status=404)
        return as_attachment(file, content)

    return routes


def as_attachment(file: StoredFile, content: bytes) -> Response:
    """A file on its way to a browser."""
    return Response(content, media_type=_kind(file), headers=_headers(file))


def _kind(file: StoredFile) -> str:
    return file.mime.lower() if is_picture(file) else "application/octet-stream"


def _headers(file: StoredFile) -> dict[str, str]:
    return {
        "Content-Disposition": disposition(file.name),
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "private, max-age=3600",
    }
