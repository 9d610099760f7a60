"""Pictures at signed addresses, for a messenger's servers to fetch."""

from fastapi import APIRouter, Response

from bot.photo_links import PATH, PhotoLinks
from storage.files import FileStore, FileStoreError

NOTHING = 404


def router(links: PhotoLinks, files: FileStore) -> APIRouter:
    """The one address of all pictures; whether it is wrong or has run out is nobody's business."""
    routes = APIRouter()

    # who fetches pictures may ask first whether there is one
    @routes.api_route(PATH + "/{until}/{mark}/{name}", methods=["GET", "HEAD"])
    async def photo(until: str, mark: str, name: str) -> Response:
        file = links.file(until, mark, name)
        if file is None:
            return Response(status_code=NOTHING)
        try:
            content = await files.open(file)
        except (FileStoreError, ValueError):
            return Response(status_code=NOTHING)
        headers = {"Content-Security-Policy": "default-src 'none'; sandbox", "Cache-Control": "private, no-store"}
        return Response(content, media_type=file.mime, headers=headers)

    return routes
