"""Pictures at signed addresses: whoever has the address gets the picture for a quarter of an hour, and nothing else."""

from datetime import timedelta

import pytest

from bot.photo_links import LIFE, PhotoLinks, photo_links
from bot.settings import Settings
from domain.messages import StoredFile
from tests.bot.web_site import browser, site_of
from tests.world import MONDAY, World

BASE = "http://nhacviec.test"
PICTURE = b"\xff\xd8\xff\xe0 a picture"


async def linked(world: World) -> tuple[PhotoLinks, str]:
    file = await world.files.save(PICTURE, "Ảnh.jpg", "image/jpeg")
    links = PhotoLinks(b"key", BASE, world.clock)
    url = links.url(file)
    assert url
    return links, url


async def test_a_picture_can_be_fetched_more_than_once_for_a_while(world: World) -> None:
    links, url = await linked(world)
    async with browser(site_of(world, photos=links)) as client:
        for _ in range(3):
            answer = await client.get(url)
            assert (answer.status_code, answer.content) == (200, PICTURE)
            assert answer.headers["content-type"] == "image/jpeg"
        assert (await client.head(url)).headers["content-length"] == str(len(PICTURE))
        world.clock.at = MONDAY + LIFE
        assert (await client.get(url)).status_code == 404


async def test_an_address_that_was_changed_gives_nothing(world: World) -> None:
    links, url = await linked(world)
    other = await world.files.save(b"secret", "Mật.jpg", "image/jpeg")
    path, name = url.rsplit("/", 1)
    until = path.split("/")[-2]
    changed = [
        f"{path}/{other.key}.jpg",
        f"{path}/{name.replace('.jpg', '.png')}",
        f"{path}/{name.replace('.jpg', '.html')}",
        url.replace(until, str(int(until) + 1000)),
        url.replace(until, "9" * 400),
        f"{BASE}/anh/{until}/{'0' * 32}/{name}",
        f"{BASE}/anh/{until}/ậ/{name}",
        f"{BASE}/anh/x/y/..%2f..%2fnhacviec.db",
    ]
    async with browser(site_of(world, photos=links)) as client:
        for each in changed:
            assert (await client.get(each)).status_code == 404, each


async def test_a_picture_that_is_gone_is_nothing(world: World) -> None:
    links = PhotoLinks(b"key", BASE, world.clock)
    async with browser(site_of(world, photos=links)) as client:
        for key in ("0" * 64, "..", "x"):
            url = links.url(StoredFile(key, "a.jpg", "image/jpeg", 1))
            assert url
            assert (await client.get(url)).status_code == 404
    assert links.url(StoredFile("0" * 64, "a.svg", "image/svg+xml", 1)) is None


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_there_are_addresses_only_where_zalo_can_reach_us(world: World) -> None:
    token = {"zalo_bot_token": "123456:abc-xyz"}
    public = {"public_url": "https://nhacviec.example.gov.vn"}
    assert photo_links(Settings(**token, **public), world.clock)
    for given in (token, public, {**token, **public, "web_port": 0}):
        assert photo_links(Settings(**given), world.clock) is None
    assert timedelta(minutes=5) <= LIFE
