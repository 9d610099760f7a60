"""The server itself: a taken port is named, bodies are bounded, and the demo's clock starts on a working day."""

from datetime import date

import pytest

from bot.demo import OFFICE, Demo, cast, prepare
from bot.web.server import MOST_BODY, PortTaken, WebServer, application, bound
from domain.clock import RehearsalClock
from domain.people import Role
from domain.rules import Rules
from storage.engine import make_engine
from storage.unit_of_work import Store
from tests.bot.web_site import browser, posted, site_of
from tests.world import World, local


def test_taken_port_is_one_clear_error() -> None:
    taken = bound("127.0.0.1", 0)
    port = taken.getsockname()[1]
    try:
        with pytest.raises(PortTaken, match=f"127.0.0.1:{port}"):
            bound("127.0.0.1", port)
    finally:
        taken.close()


async def test_server_knows_its_address_once_it_is_open(world: World) -> None:
    server = WebServer(lambda: application(site_of(world)), "127.0.0.1", 0)
    server.open()
    assert not server.url.endswith(":0")
    server.close()


async def test_body_that_is_too_large_or_of_unknown_length_is_not_read(world: World) -> None:
    async def endless() -> object:
        raise AssertionError("read")
        yield b""

    async with browser(site_of(world)) as client:
        large = await client.post("/vao", content=b"", headers={"Content-Length": str(MOST_BODY + 1)})
        assert large.status_code == 413
        assert (await client.post("/vao", content=endless())).status_code == 411  # type: ignore[arg-type]


async def test_first_page_leads_to_the_chat_and_unknown_ones_nowhere(world: World) -> None:
    async with browser(site_of(world)) as client:
        assert (await client.get("/")).headers["location"] == "/chat"
        assert (await client.get("/khong-co")).status_code == 404


# -- the demo ----------------------------------------------------------------------------------------------------------


@pytest.fixture
async def demo(database_url: str) -> Demo:
    """The demo on an empty database, on Sunday 22 November 2026."""
    rules, clock = Rules(), RehearsalClock(local("2026-11-22 20:00"))
    store = Store(make_engine(database_url), rules.zone)
    await prepare(store, rules, clock.now())

    async def no_ticks() -> None:
        """Nothing comes due in these tests."""

    return Demo(store, clock, rules, no_ticks)


async def test_sample_agency_has_every_role_and_four_open_chats(demo: Demo) -> None:
    await prepare(demo.store, demo.rules, demo.clock.now())
    async with demo.store.read() as uow:
        agency = await uow.agency()
        people = cast(agency)
        accounts = [await uow.people.account_at("web", address) for address in demo.addresses]
        connected = await uow.people.accounts_of(list(agency.people))
    assert {person.role for person in agency.people.values()} == set(Role)
    assert len(agency.people) == 25
    shown = [people.office, people.head, people.officer, people.leader]
    assert [one.person_id for one in accounts if one] == [person.id for person in shown]
    assert set(agency.people) - set(connected) == {max(agency.people)}
    assert people.head in agency.confirmers(people.officer)
    await demo.store.close()


async def test_demo_begins_on_a_working_day_and_walks_along_them(demo: Demo) -> None:
    await demo.begin()
    assert demo.rules.today(demo.clock.now()) == date(2026, 11, 23)
    await demo.next_working_day()
    assert demo.rules.today(demo.clock.now()) == date(2026, 11, 25)  # the 24th is a holiday
    assert not await demo.before_deadline(1)
    await demo.store.close()


async def test_demo_does_not_go_back_before_what_was_said(world: World) -> None:
    await posted(world, OFFICE, "later", "d1")
    clock = RehearsalClock(local("2026-11-20 08:00"))

    async def no_ticks() -> None:
        """Nothing comes due."""

    await Demo(world.store, clock, world.rules, no_ticks).begin()
    assert clock.now() >= world.clock.now()
