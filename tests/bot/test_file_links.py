"""One-time links: a look uses nothing up, the button gives the file once, and afterwards the page says so."""

from datetime import timedelta

from sqlalchemy import update

from scheduler.housekeeping import tidy
from storage.codecs import table
from storage.file_links import LIFE, FileLinks
from storage.models import PersonRow
from tests.bot.web_site import browser, site_of
from tests.world import MONDAY, World

person = table(PersonRow)
CONTENT = b"%PDF-1.7 the plan"


async def linked(world: World, who: str = "Dung", name: str = "Kế hoạch.pdf") -> str:
    file = await world.files.save(CONTENT, name, "application/pdf")
    async with world.store.write() as uow:
        return f"/tep-mot-lan/{await uow.file_links.make(world.people[who].id, file, MONDAY)}"


async def test_looking_uses_nothing_up_and_the_button_gives_the_file_once(world: World) -> None:
    link = await linked(world)
    async with browser(site_of(world)) as client:
        for _ in range(3):
            shown = await client.get(link)
            assert shown.status_code == 200
            assert "Kế hoạch.pdf" in shown.text
            assert f'action="{link}"' in shown.text
            assert shown.headers["cache-control"] == "no-store"
        given = await client.post(link)
        assert (given.status_code, given.content) == (200, CONTENT)
        assert given.headers["content-disposition"].startswith("attachment;")
        assert given.headers["content-type"] == "application/octet-stream"
        assert given.headers["cache-control"] == "no-store"
        for again in (await client.get(link), await client.post(link)):
            assert again.status_code == 410
            assert "đã được dùng" in again.text
            assert CONTENT not in again.content


async def test_a_link_that_has_run_out_says_so(world: World) -> None:
    link = await linked(world)
    world.clock.at = MONDAY + LIFE
    async with browser(site_of(world)) as client:
        for answer in (await client.get(link), await client.post(link)):
            assert answer.status_code == 410
            assert "hết hạn" in answer.text


async def test_a_link_that_never_was_is_nothing(world: World) -> None:
    async with browser(site_of(world)) as client:
        for answer in (await client.get("/tep-mot-lan/x"), await client.post("/tep-mot-lan/%3Cb%3E")):
            assert answer.status_code == 404


async def test_somebody_who_has_left_the_agency_gets_nothing(world: World) -> None:
    link = await linked(world)
    async with world.store.write() as uow:
        gone = update(person).where(person.c.id == world.people["Dung"].id).values(left_at=MONDAY)
        await uow.connection.execute(gone)
        await uow.roster_changed()
    async with browser(site_of(world)) as client:
        assert (await client.post(link)).status_code == 404


async def test_another_site_cannot_have_a_browser_use_a_link_up(world: World) -> None:
    link = await linked(world)
    async with browser(site_of(world), **{"Sec-Fetch-Site": "cross-site"}) as client:
        assert (await client.post(link)).status_code == 403
    async with browser(site_of(world)) as client:
        assert (await client.post(link)).content == CONTENT


async def test_a_file_that_is_gone_leaves_the_link_unused(world: World) -> None:
    link = await linked(world)
    async with world.store.read() as uow:
        kept = await uow.file_links.find(link.rpartition("/")[2])
    assert kept is not None
    await world.files.delete(kept.file.key)
    async with browser(site_of(world)) as client:
        assert (await client.post(link)).status_code == 404
        await world.files.save(CONTENT, "Kế hoạch.pdf", "application/pdf")
        assert (await client.post(link)).content == CONTENT


async def test_only_the_hash_is_kept_and_housekeeping_forgets_old_links(world: World) -> None:
    secret = (await linked(world)).rpartition("/")[2]
    async with world.store.read() as uow:
        assert await uow.file_links.find(secret) is not None
    await tidy(world.store, MONDAY + LIFE + FileLinks.REMEMBERED)
    async with world.store.read() as uow:
        assert await uow.file_links.find(secret) is not None
    await tidy(world.store, MONDAY + LIFE + FileLinks.REMEMBERED + timedelta(seconds=1))
    async with world.store.read() as uow:
        assert await uow.file_links.find(secret) is None
