"""Downloads: only out of one's own conversation, and never as something that a browser would run."""

from collections.abc import AsyncIterator

import httpx
import pytest

from bot.web.files import disposition
from bot.web.site import COOKIE, Site
from domain.messages import StoredFile
from tests.bot.web_site import browser, code_for, listening, posted, site_of
from tests.world import World


@pytest.fixture
def site(world: World) -> Site:
    return site_of(world)


@pytest.fixture
async def dung(world: World, site: Site) -> AsyncIterator[httpx.AsyncClient]:
    """Dung's browser, let in."""
    async with browser(site) as client:
        await client.post(f"/vao/{await code_for(world, 'Dung')}")
        yield client


async def _address(site: Site, client: httpx.AsyncClient) -> str:
    account = await site.account(client.cookies[COOKIE])
    assert account is not None
    return account.address


async def _sent(world: World, site: Site, client: httpx.AsyncClient, name: str, mime: str) -> StoredFile:
    """A file in a letter to the browser's person."""
    file = await site.channel.keep(b"<script>alert(1)</script>", name, mime)
    await posted(world, await _address(site, client), "kèm tệp", f"d:{name}", files=(file,))
    return file


async def test_recipient_gets_the_file_as_an_attachment_by_its_name(
    world: World, site: Site, dung: httpx.AsyncClient
) -> None:
    file = await _sent(world, site, dung, "Quyết định số 5.pdf", "application/pdf")
    got = await dung.get(f"/tep/{file.key}")
    assert (got.status_code, got.content) == (200, b"<script>alert(1)</script>")
    assert (
        "filename*=UTF-8''Quy%E1%BA%BFt%20%C4%91%E1%BB%8Bnh%20s%E1%BB%91%205.pdf" in got.headers["content-disposition"]
    )
    assert got.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("mime", "given"),
    [
        ("image/png", "image/png"),
        ("image/svg+xml", "application/octet-stream"),
        ("text/html", "application/octet-stream"),
    ],
)
async def test_only_pictures_keep_their_kind(
    world: World, site: Site, dung: httpx.AsyncClient, mime: str, given: str
) -> None:
    file = await _sent(world, site, dung, "x", mime)
    got = await dung.get(f"/tep/{file.key}")
    assert got.headers["content-type"].split(";")[0] == given
    assert "sandbox" in got.headers["content-security-policy"]


async def test_sender_gets_back_what_was_sent_in(world: World, site: Site, dung: httpx.AsyncClient) -> None:
    channel = await listening(world, site)
    file = await channel.keep(b"photo", "a.jpg", "image/jpeg")
    await channel.say(await _address(site, dung), "xong 1", files=[file])
    assert (await dung.get(f"/tep/{file.key}")).content == b"photo"


async def test_others_and_strangers_do_not_learn_that_it_exists(
    world: World, site: Site, dung: httpx.AsyncClient
) -> None:
    file = await _sent(world, site, dung, "a.pdf", "application/pdf")
    async with browser(site) as stranger:
        assert (await stranger.get(f"/tep/{file.key}")).status_code == 404
        await stranger.post(f"/vao/{await code_for(world, 'Lan')}")
        assert (await stranger.get(f"/tep/{file.key}")).status_code == 404


@pytest.mark.parametrize("key", ["0" * 64, "x", "%2e%2e%2fetc%2fpasswd"])
async def test_what_is_no_file_is_not_found(dung: httpx.AsyncClient, key: str) -> None:
    assert (await dung.get(f"/tep/{key}")).status_code == 404


async def test_file_whose_bytes_are_lost_is_not_found(world: World, site: Site, dung: httpx.AsyncClient) -> None:
    file = await _sent(world, site, dung, "a.pdf", "application/pdf")
    await site.channel.files.delete(file.key)
    assert (await dung.get(f"/tep/{file.key}")).status_code == 404


def test_name_can_add_no_header() -> None:
    name = disposition('a"\r\nSet-Cookie: x=1; b/../c.pdf')
    assert "\r" not in name
    assert "\n" not in name
    assert name.count('"') == 2
