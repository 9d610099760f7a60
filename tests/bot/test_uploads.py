"""Files that a chat cannot carry in: a kind answer with a one-time link, through which they come to the chat."""

import re
from datetime import timedelta

import pytest

from bot.channels.web import MOST_FILE_BYTES
from bot.web.site import Site
from domain.messages import FileRef, Incoming
from domain.tasks import Status
from scheduler.housekeeping import tidy
from storage.upload_links import LIFE, UploadLinks
from tests.bot.web_site import browser, site_of
from tests.world import World, plain

PDF = ("Báo cáo.pdf", b"%PDF-1.7 report", "application/pdf")


@pytest.fixture
def site(world: World) -> Site:
    return site_of(world, receive=world.reception.receive)


async def link_for(world: World, who: str = "Dung") -> str:
    """The path of a fresh link."""
    async with world.store.write() as uow:
        account = await uow.people.account_at("telegram", world.address(who))
        assert account
        return f"/gui-tep/{await uow.upload_links.make(account.id, world.clock.now())}"


async def test_a_file_that_cannot_come_in_is_answered_with_a_link(world: World) -> None:
    object.__setattr__(world.desk, "upload", lambda secret: f"https://nhacviec.test/gui-tep/{secret}")
    await world.says("Dung", unsupported="file")
    answer = world.hears("Dung")
    assert "không nhận được tệp" in answer
    link = re.search(r"https://nhacviec.test(/gui-tep/\S+)", answer)
    assert link
    async with browser(site_of(world, receive=world.reception.receive)) as client:
        assert (await client.get(link[1])).status_code == 200


async def test_without_a_web_the_office_takes_it(world: World) -> None:
    await world.says("Dung", unsupported="file")
    assert "Văn phòng" in world.hears("Dung")


@pytest.mark.parametrize(("kind", "said"), [("voice", "tin thoại"), ("sticker", "nhãn dán"), ("poll", "đọc được")])
async def test_what_cannot_be_read_gets_a_kind_sentence(world: World, kind: str, said: str) -> None:
    await world.says("Dung", unsupported=kind)
    assert said in world.hears("Dung")


async def test_what_is_handed_in_is_evidence_as_if_it_had_been_sent(world: World, site: Site) -> None:
    number = await world.assigned()
    await world.says("Dung", f"xong {number}")
    world.hears_all("Dung")
    link = await link_for(world)
    async with browser(site) as client:
        shown = await client.get(link)
        assert "Phạm Thị Dung" in shown.text
        assert 'type="file"' in shown.text
        answer = await client.post(link, files={"file": PDF})
        assert (answer.status_code, "Báo cáo.pdf" in answer.text) == (200, True)
        await world.settle()
        assert "minh chứng" in world.hears("Dung").lower()
        for again in (await client.get(link), await client.post(link, files={"file": PDF})):
            assert (again.status_code, "đã được dùng" in again.text) == (410, True)
    await world.settle()
    assert world.hears_all("Dung") == []
    assert (await world.task(number)).status is Status.AWAITING


async def test_several_files_are_one_message(world: World, site: Site) -> None:
    await world.assigned()
    async with browser(site) as client:
        files = [("file", PDF), ("file", ("Ảnh.jpg", b"\xff\xd8\xff\xe0", "image/jpeg"))]
        assert (await client.post(await link_for(world), files=files)).status_code == 200
    await world.settle()
    assert "nhiệm vụ nào" in world.hears("Dung")


async def test_a_secret_document_is_not_kept_and_the_link_stays_good(world: World, site: Site) -> None:
    link = await link_for(world)
    async with browser(site) as client:
        refused = await client.post(
            link, files={"file": ("MẬT - kế hoạch.txt", "TỐI MẬT\nKế hoạch".encode(), "text/plain")}
        )
        assert refused.status_code == 422
        assert "mật" in refused.text
        assert (await client.post(link, files={"file": PDF})).status_code == 200


async def test_nothing_chosen_too_much_or_from_elsewhere_is_refused(world: World, site: Site) -> None:
    link = await link_for(world)
    async with browser(site) as client:
        assert (await client.post(link, data={"x": "y"})).status_code == 422
        large = ("to.bin", bytes(MOST_FILE_BYTES + 1), "application/octet-stream")
        assert (await client.post(link, files={"file": large})).status_code in (413, 503)
        elsewhere = {"Sec-Fetch-Site": "cross-site"}
        assert (await client.post(link, files={"file": PDF}, headers=elsewhere)).status_code == 403
        assert (await client.get("/gui-tep/khong-co")).status_code == 404
    assert world.hears_all("Dung") == []


async def test_a_link_runs_out_and_goes_with_its_account(world: World, site: Site) -> None:
    link, other = await link_for(world), await link_for(world, "Em")
    async with browser(site) as client:
        async with world.store.write() as uow:
            account = await uow.people.account_at("telegram", world.address("Em"))
            assert account
            await uow.people.unlink(account.id)
        assert (await client.get(other)).status_code == 404
        world.clock.move(seconds=LIFE.total_seconds())
        for answer in (await client.get(link), await client.post(link, files={"file": PDF})):
            assert (answer.status_code, "hết hạn" in answer.text) == (410, True)
        world.clock.at += UploadLinks.REMEMBERED + timedelta(seconds=1)
        await tidy(world.store, world.clock.now())
        assert (await client.get(link)).status_code == 404


async def test_where_the_inbox_cannot_take_it_the_link_stays_good(world: World) -> None:
    async def full(_incoming: list[Incoming]) -> None:
        raise OSError("disk full")

    link = await link_for(world)
    async with browser(site_of(world, receive=full)) as client:
        answer = await client.post(link, files={"file": PDF})
        assert (answer.status_code, "thử lại" in answer.text) == (503, True)
    async with browser(site_of(world, receive=world.reception.receive)) as client:
        assert (await client.post(link, files={"file": PDF})).status_code == 200


async def test_what_a_vendor_calls_a_kept_file_is_not_taken_from_our_keeping(world: World) -> None:
    secret = await world.files.save(b"of somebody else", "Của người khác.txt", "text/plain")
    world.channel.files[f"kept:{secret.key}"] = b"what the vendor has"
    await world.assigned()
    await world.says("Dung", files=(FileRef(f"kept:{secret.key}", "a.txt", "text/plain", 5),))
    async with world.store.read() as uow:
        [event] = await uow.inbox.history("telegram", world.address("Dung"), 1)
    assert event.files[0].key != secret.key
    assert "nhiệm vụ nào" in plain(world.last("Dung").text)
