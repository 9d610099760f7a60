"""The way in: a preview uses no code up, a press does, wrong ones lock, and the cookie is kept from scripts."""

import pytest

from bot.web.login import NEXT, ask_first, redeem
from bot.web.site import COOKIE
from domain.refusals import Refusal
from tests.bot.web_site import browser, code_for, site_of
from tests.world import World


async def test_looking_at_the_link_uses_nothing_up_and_pressing_does(world: World) -> None:
    site, code = site_of(world), await code_for(world, "Dung")
    async with browser(site) as client:
        for _ in range(3):
            shown = await client.get(f"/vao/{code}")
            assert shown.status_code == 200
            assert world.rules.agency in shown.text
            assert not client.cookies
        pressed = await client.post(f"/vao/{code}")
        assert (pressed.status_code, pressed.headers["location"]) == (303, "/chat")
        assert (await client.post(f"/vao/{code}")).status_code == 403


async def test_session_is_the_persons_and_its_cookie_is_kept_from_scripts(world: World) -> None:
    site, code = site_of(world), await code_for(world, "Dung")
    async with browser(site) as client:
        pressed = await client.post(f"/vao/{code}")
        cookie = pressed.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=lax" in cookie
        assert "secure" not in cookie
        account = await site.account(client.cookies[COOKIE])
    assert account is not None
    assert account.person_id == world.people["Dung"].id
    assert account.channel == "web"
    assert len(account.address) >= 16


async def test_who_wanted_to_see_a_table_goes_on_to_it_once(world: World) -> None:
    site = site_of(world)
    async with browser(site) as client:
        for wanted, target in (("12", "/de-xuat/12"), ("", "/chat"), ("//evil.example", "/chat")):
            client.cookies.set(NEXT, wanted, domain="nhacviec.test", path="/vao")
            entered = await client.post(f"/vao/{await code_for(world, 'Lan')}")
            assert entered.headers["location"] == target
            assert NEXT not in client.cookies


def test_the_door_remembers_which_table_was_wanted() -> None:
    answer = ask_first(12)
    assert answer.headers["location"] == "/vao"
    assert f"{NEXT}=12" in answer.headers["set-cookie"]
    assert "httponly" in answer.headers["set-cookie"].lower()


async def test_cookie_goes_over_https_alone_where_the_agency_has_it(world: World) -> None:
    site, code = site_of(world, public_url="https://nhacviec.example.gov.vn"), await code_for(world, "Dung")
    async with browser(site) as client:
        assert "secure" in (await client.post(f"/vao/{code}")).headers["set-cookie"].lower()


async def test_second_browser_of_a_person_opens_the_same_conversation(world: World) -> None:
    site = site_of(world)
    addresses = set()
    for _ in range(2):
        async with browser(site) as client:
            await client.post(f"/vao/{await code_for(world, 'Dung')}")
            account = await site.account(client.cookies[COOKIE])
            assert account is not None
            addresses.add(account.address)
    assert len(addresses) == 1


async def test_code_may_be_typed_with_spaces_and_small_letters(world: World) -> None:
    code = await code_for(world, "Dung")
    async with browser(site_of(world)) as client:
        assert 'name="code"' in (await client.get("/vao")).text
        typed = await client.post("/vao", data={"code": f" {code[:5].lower()}-{code[5:]} "})
        assert typed.status_code == 303


async def test_five_wrong_codes_lock_that_network_and_no_other(world: World) -> None:
    site, code = site_of(world), await code_for(world, "Dung")
    async with browser(site, "203.0.113.9") as guesser:
        answers = [(await guesser.post("/vao", data={"code": f"AAAAAAAAA{n}"})).status_code for n in range(2, 7)]
        assert answers == [403, 403, 403, 403, 429]
        assert (await guesser.post(f"/vao/{code}")).status_code == 429
    async with browser(site, "203.0.113.10") as other:
        assert (await other.post(f"/vao/{code}")).status_code == 303


async def test_changing_the_address_within_one_ipv6_network_gives_no_more_tries(world: World) -> None:
    site = site_of(world)
    for number in range(5):
        async with browser(site, f"2001:db8:1:2::{number + 1}") as guesser:
            last = await guesser.post("/vao", data={"code": "AAAAAAAAAA"})
    assert last.status_code == 429


async def test_wrong_code_is_refused_in_words_with_a_way_on(world: World) -> None:
    async with browser(site_of(world)) as client:
        refused = await client.post("/vao/<script>alert(1)")
        assert "<script>" not in refused.text
        assert 'href="/vao"' in refused.text
        assert not client.cookies


async def test_other_site_cannot_let_a_browser_in_or_out(world: World) -> None:
    code = await code_for(world, "Dung")
    headers = {"Sec-Fetch-Site": "cross-site"}
    async with browser(site_of(world)) as client:
        assert (await client.post(f"/vao/{code}", headers=headers)).status_code == 403
        assert (await client.post("/ra", headers=headers)).status_code == 403
        assert (await client.post(f"/vao/{code}", headers={"Sec-Fetch-Site": "same-origin"})).status_code == 303


async def test_logging_out_ends_the_session_and_closes_its_open_pages(world: World) -> None:
    site, code = site_of(world), await code_for(world, "Dung")
    closed: list[str] = []
    async with browser(site) as client:
        await client.post(f"/vao/{code}")
        token = client.cookies[COOKIE]
        gone = site.pages.opened(token, lambda: closed.append("page"))
        assert (await client.get("/ra")).status_code == 200
        assert await site.account(token) is not None
        assert (await client.post("/ra")).status_code == 200
        assert COOKIE not in client.cookies
    assert await site.account(token) is None
    assert closed == ["page"]
    gone()


@pytest.mark.parametrize("token", [None, "", "x", "x" * 5000])
async def test_stranger_has_no_account(world: World, token: str | None) -> None:
    assert await site_of(world).account(token) is None


async def test_session_of_somebody_who_disconnected_is_over(world: World) -> None:
    site = site_of(world)
    token = await redeem(site, "203.0.113.7", await code_for(world, "Dung"))
    assert not isinstance(token, Refusal)
    account = await site.account(token)
    assert account is not None
    async with world.store.write() as uow:
        await uow.people.unlink(account.id)
    assert await site.account(token) is None


async def test_pages_cannot_be_framed_and_send_no_address_on(world: World) -> None:
    async with browser(site_of(world)) as client:
        headers = (await client.get("/vao")).headers
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    assert "default-src 'self'" in headers["content-security-policy"]
