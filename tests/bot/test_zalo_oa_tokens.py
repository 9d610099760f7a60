"""The token keeper: renewed early and on refusal, by one process at a time; a loss is an alarm, and nothing else is."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text

from bot.channels.zalo_oa_events import CHANNEL
from bot.channels.zalo_oa_oauth import OAuth, Proof
from bot.channels.zalo_oa_tokens import mark_of, seal_of
from domain.channel import Unavailable
from domain.messages import Outgoing
from domain.people import Role
from storage.roster import take_in
from storage.sealing import Seal, SealBroken
from storage.vendor_tokens import SealedPair, VendorToken
from tests.bot.zalo_oa_desk import LAN, Desk, at_desk
from tests.cast import ROSTER
from tests.simulators.zalo_oa import APP_ID, APP_SECRET

TOKEN = "access_token"
HELLO = Outgoing("Việc 12")


@pytest.fixture
async def desk(database_url: str) -> AsyncIterator[Desk]:
    async with at_desk(database_url) as made:
        yield made


async def kept(desk: Desk) -> VendorToken:
    async with desk.store.read() as uow:
        found = await uow.vendor_tokens.find(CHANNEL)
    assert found is not None
    return found


async def office_hears(desk: Desk) -> list[str]:
    """The alarms that were posted, wherever they go."""
    async with desk.store.read() as uow:
        rows = await uow.connection.execute(text("SELECT text FROM letter ORDER BY id"))
        return [row.text for row in rows]


async def enrol(desk: Desk) -> None:
    async with desk.store.write() as uow:
        await take_in(uow, ROSTER, desk.clock.now())


async def test_the_first_call_renews_and_the_next_ones_use_the_same_token(desk: Desk) -> None:
    for _ in range(3):
        await desk.channel.send(LAN, HELLO)
    assert desk.sim.tokens.rotations == 1
    assert (await kept(desk)).generation == 2
    assert desk.channel.token_expires_at is not None
    assert 89 <= (desk.channel.token_expires_at - desk.clock.now()).days <= 90


async def test_the_token_is_renewed_before_it_runs_out(desk: Desk) -> None:
    await desk.channel.send(LAN, HELLO)
    desk.move(hours=22.9)
    await desk.channel.send(LAN, HELLO)
    assert desk.sim.tokens.rotations == 1
    desk.move(hours=0.2)
    await desk.channel.send(LAN, HELLO)
    assert desk.sim.tokens.rotations == 2
    assert not [call for call in desk.sim.calls if call["error"]]


@pytest.mark.parametrize("code", [-216, -220, 216])
async def test_a_refused_token_is_renewed_and_the_message_goes_out_once(desk: Desk, code: int) -> None:
    await desk.channel.send(LAN, HELLO)
    desk.sim.fault("message/cs", error=code)
    await desk.channel.send(LAN, HELLO)
    assert desk.sim.tokens.rotations == 2
    assert len(desk.sim.sent_to(LAN)) == 2


async def test_a_token_that_died_at_zalo_is_renewed(desk: Desk) -> None:
    await desk.channel.send(LAN, HELLO)
    desk.sim.tokens.expire()
    await asyncio.gather(*(desk.channel.send(LAN, HELLO) for _ in range(10)))
    assert desk.sim.tokens.rotations == 2
    assert desk.sim.tokens.reused == []


async def test_a_later_life_goes_on_with_what_was_kept(desk: Desk) -> None:
    await desk.channel.send(LAN, HELLO)
    later = desk.another()
    await later.send(LAN, HELLO)
    desk.move(hours=24)
    await later.send(LAN, HELLO)
    assert desk.sim.tokens.rotations == 2
    await later.close()


async def test_the_settings_keep_an_old_token_that_is_not_used_again(desk: Desk) -> None:
    given = desk.sim.tokens.refresh
    await desk.channel.send(LAN, HELLO)
    desk.move(hours=24)
    later = desk.another(given)
    await later.send(LAN, HELLO)
    assert desk.sim.tokens.reused == []
    await later.close()


async def test_a_new_token_in_the_settings_counts(desk: Desk) -> None:
    await desk.channel.send(LAN, HELLO)
    desk.sim.tokens.revoke()
    later = desk.another(desk.sim.tokens.refresh)
    await later.send(LAN, HELLO)
    assert len(desk.sim.sent_to(LAN)) == 2
    await later.close()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_two_processes_never_use_one_refresh_token_both(desk: Desk) -> None:
    others = [desk.another() for _ in range(4)]
    await desk.channel.send(LAN, HELLO)
    for _ in range(5):
        desk.move(hours=24)
        desk.sim.fault(TOKEN, before=0.05)
        await asyncio.gather(*(one.send(LAN, HELLO) for one in (desk.channel, *others)))
    assert desk.sim.tokens.rotations == 6
    assert desk.sim.tokens.reused == []
    for one in others:
        await one.close()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_processes_that_start_together_take_over_one_token_of_the_settings_once(desk: Desk) -> None:
    given = desk.sim.tokens.refresh
    others = [desk.another(given) for _ in range(4)]
    desk.sim.fault(TOKEN, before=0.05)
    await asyncio.gather(*(one.send(LAN, HELLO) for one in (desk.channel, *others)))
    assert desk.sim.tokens.rotations == 1
    assert desk.sim.tokens.reused == []
    for one in others:
        await one.close()


async def test_what_another_process_has_taken_over_is_not_planted_again(desk: Desk) -> None:
    seal = seal_of(APP_SECRET)
    async with desk.store.write() as uow:
        await uow.vendor_tokens.plant(CHANNEL, SealedPair("", seal.close("R")), "mark")
        assert await uow.vendor_tokens.begin(CHANNEL, 1, desk.clock.now())
        await uow.vendor_tokens.plant(CHANNEL, SealedPair("", seal.close("R")), "mark")
        assert await uow.vendor_tokens.renewed(CHANNEL, 1, SealedPair(seal.close("A"), seal.close("R2")))
    assert seal.open((await kept(desk)).pair.refresh) == "R2"


async def test_while_the_old_token_works_a_failure_to_renew_is_no_matter(desk: Desk) -> None:
    await desk.channel.send(LAN, HELLO)
    desk.sim.tokens.old_dies = False
    desk.move(hours=24)
    desk.sim.fault(TOKEN, status=502, times=2)
    await desk.channel.send(LAN, HELLO)
    assert len(desk.sim.sent_to(LAN)) == 2


async def test_where_the_answer_was_lost_the_old_token_is_tried_once_more(database_url: str) -> None:
    async with at_desk(database_url, forgiving=True) as desk:
        await enrol(desk)
        await desk.channel.send(LAN, HELLO)
        desk.move(hours=26)
        desk.sim.fault(TOKEN, drop="after")
        await desk.channel.send(LAN, HELLO)
        assert len(desk.sim.tokens.reused) == 1
        assert await office_hears(desk) == []


async def test_where_that_brings_nothing_the_office_is_told_what_to_do(desk: Desk) -> None:
    await enrol(desk)
    await desk.channel.send(LAN, HELLO)
    desk.move(hours=26)
    desk.sim.fault(TOKEN, drop="after")
    for _ in range(3):
        with pytest.raises(Unavailable):
            await desk.channel.send(LAN, HELLO)
    assert len(desk.sim.calls_of(TOKEN)) == 3
    assert (await kept(desk)).lost_at is not None
    told = await office_hears(desk)
    assert told
    assert all("zalo connect" in one for one in told)
    # one for the Office, though three letters have failed
    assert len(told) == len([row for row in ROSTER if row.role in (Role.OFFICE, Role.ADMIN)])


async def test_what_seemed_lost_and_was_not_comes_back_by_itself(desk: Desk) -> None:
    await desk.channel.send(LAN, HELLO)
    desk.move(hours=26)
    desk.sim.fault(TOKEN, error=-1, times=2)
    with pytest.raises(Unavailable):
        await desk.channel.send(LAN, HELLO)
    assert (await kept(desk)).lost_at is not None
    desk.move(hours=1.1)
    await desk.channel.send(LAN, HELLO)
    assert (await kept(desk)).lost_at is None


async def test_zalo_out_of_reach_uses_nothing_up(desk: Desk) -> None:
    desk.sim.down()
    for _ in range(5):
        with pytest.raises(Unavailable):
            await desk.channel.send(LAN, HELLO)
    found = await kept(desk)
    assert (found.tries, found.lost_at) == (0, None)
    await desk.sim.up()
    await desk.channel.send(LAN, HELLO)


async def test_without_any_token_it_is_said_so(desk: Desk) -> None:
    stranger = desk.another("")
    with pytest.raises(Unavailable, match="no token has been given yet"):
        await stranger.send(LAN, HELLO)


async def test_a_pair_that_was_got_by_hand_counts_at_once(desk: Desk) -> None:
    given = desk.sim.tokens.refresh
    desk.sim.tokens.revoke()
    with pytest.raises(Unavailable):
        await desk.channel.send(LAN, HELLO)
    pair = desk.sim.tokens.new_pair()
    seal = seal_of(APP_SECRET)
    async with desk.store.write() as uow:
        await uow.vendor_tokens.put(CHANNEL, SealedPair("", seal.close(pair["refresh_token"])), mark_of(given))
    await desk.channel.send(LAN, HELLO)


async def test_the_answer_to_a_code_is_a_pair(desk: Desk) -> None:
    oauth, proof = OAuth(APP_ID, APP_SECRET, desk.sim.url), Proof.new()
    assert len(proof.verifier) == 43
    back = desk.sim.give_permission(oauth.permission_page("https://nhacviec.vn/", proof, "s1"))
    assert "state=s1" in back
    code = back.partition("code=")[2].partition("&")[0]
    pair = await oauth.exchange(code, proof)
    assert pair.seconds == 90_000
    assert desk.sim.tokens.is_good(pair.access)


# -- at rest -----------------------------------------------------------------------------------------------------------


async def test_a_copy_of_the_database_gives_no_token_away(desk: Desk) -> None:
    await desk.channel.send(LAN, HELLO)
    async with desk.store.read() as uow:
        row = (await uow.connection.execute(text("SELECT * FROM vendor_token"))).one()
    assert desk.sim.tokens.refresh not in str(row)
    assert "A1-" not in str(row)


def test_what_is_sealed_opens_with_the_same_secret_only() -> None:
    seal = Seal("one secret", "tokens")
    sealed = seal.close("mã thông báo " * 20)
    assert seal.open(sealed) == "mã thông báo " * 20
    assert seal.close("x") != seal.close("x")
    for other in (Seal("another secret", "tokens"), Seal("one secret", "something else")):
        with pytest.raises(SealBroken):
            other.open(sealed)
    for broken in ("", "x", sealed[:-4], sealed[:40] + ("A" if sealed[40] != "A" else "B") + sealed[41:], "é"):
        with pytest.raises(SealBroken):
            seal.open(broken)


async def test_another_application_secret_is_a_loss_that_is_told(desk: Desk) -> None:
    await enrol(desk)
    async with desk.store.write() as uow:
        await uow.vendor_tokens.put(CHANNEL, SealedPair("", Seal("earlier secret", CHANNEL).close("R")))
    stranger = desk.another("")
    with pytest.raises(Unavailable, match="another application secret"):
        await stranger.send(LAN, HELLO)
    assert await office_hears(desk)
