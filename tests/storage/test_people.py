"""Accounts, one-time codes, locks and browser sessions as they are kept."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import MetaData, select, text

from domain.people import Account
from storage.models import metadata
from storage.people import (
    CODE_LENGTH,
    INVITE_LIFE,
    LINK_LIFE,
    LOCK_TIME,
    SESSION_LIFE,
    WRONG_TRIES,
    looks_like_code,
    tidy_code,
)
from storage.roster import take_in
from storage.unit_of_work import Store
from tests.cast import ROSTER
from tests.storage.mail import opened
from tests.world import MONDAY

SOON = timedelta(seconds=1)


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    async with opened(database_url) as made:
        async with made.write() as uow:
            await take_in(uow, ROSTER, MONDAY)
        yield made


async def everything(store: Store) -> str:
    """All that is in the database, as text."""
    tables: MetaData = metadata
    async with store.read() as uow:
        rows = [list(await uow.connection.execute(select(one))) for one in tables.sorted_tables]
    return str(rows)


async def link(store: Store, person: int = 1, channel: str = "telegram", address: str = "7") -> Account:
    async with store.write() as uow:
        return await uow.people.link(person, channel, address, MONDAY)


# -- accounts ----------------------------------------------------------------------------------------------------------


async def test_an_account_is_found_by_its_address_and_its_person(store: Store) -> None:
    one = await link(store)
    other = await link(store, channel="web")
    async with store.read() as uow:
        assert await uow.people.account_at("telegram", "7") == one
        assert await uow.people.account_at("telegram", "8") is None
        assert await uow.people.accounts_of([1, 2]) == {1: [one, other]}
    assert one.linked_at == one.last_heard_at == MONDAY


async def test_an_address_belongs_to_whoever_linked_it_last(store: Store) -> None:
    first = await link(store, person=1)
    async with store.write() as uow:
        await uow.people.unreachable("telegram", "7", MONDAY)
    second = await link(store, person=2)
    assert (second.id, second.person_id, second.unreachable_since) == (first.id, 2, None)
    async with store.read() as uow:
        assert await uow.people.accounts(1) == []


async def test_people_units_and_accounts_stay_in_their_order_whoever_has_changed_last(store: Store) -> None:
    """PostgreSQL moves a row that changes behind the others."""
    await link(store)
    await link(store, channel="web")
    async with store.write() as uow:
        for table in ("unit", "person"):
            await uow.connection.execute(text(f"UPDATE {table} SET name = name || ' A' WHERE id = 1"))
        await uow.connection.execute(text("UPDATE account SET address = '9' WHERE channel = 'telegram'"))
    async with store.read() as uow:
        agency = await uow.people.load()
        accounts = await uow.people.accounts(1)
        assert await uow.people.accounts_of([1]) == {1: accounts}
    for numbers in (list(agency.units), list(agency.people), [one.id for one in accounts]):
        assert numbers == sorted(numbers)


async def test_whoever_writes_again_can_be_reached_again(store: Store) -> None:
    one = await link(store)
    async with store.write() as uow:
        await uow.people.unreachable("telegram", "7", MONDAY)
        await uow.people.unreachable("telegram", "7", MONDAY + SOON)
    async with store.read() as uow:
        (lost,) = await uow.people.accounts(1)
    assert lost.unreachable_since == MONDAY
    async with store.write() as uow:
        await uow.people.heard(one.id, MONDAY + SOON)
        (found,) = await uow.people.accounts(1)
    assert (found.unreachable_since, found.last_heard_at) == (None, MONDAY + SOON)


async def test_only_one_account_is_preferred(store: Store) -> None:
    one, two = await link(store), await link(store, channel="web")
    stranger = await link(store, person=2, address="8")
    for account in (one, two):
        async with store.write() as uow:
            await uow.people.prefer(1, account.id)
            assert [a.id for a in await uow.people.accounts(1) if a.preferred] == [account.id]
            assert not (await uow.people.accounts(2))[0].preferred
    assert stranger.person_id == 2


async def test_an_account_that_is_unlinked_takes_its_sessions_along(store: Store) -> None:
    one = await link(store)
    async with store.write() as uow:
        token = await uow.people.open_session(one.id, MONDAY)
        await uow.people.unlink(one.id)
        assert await uow.people.session_account(token, MONDAY) is None
    assert "'7'" not in await everything(store)


# -- codes -------------------------------------------------------------------------------------------------------------


async def test_a_code_works_once_and_is_for_its_person(store: Store) -> None:
    async with store.write() as uow:
        code = await uow.people.invite(3, MONDAY)
    async with store.write() as uow:
        assert await uow.people.redeem(code, MONDAY) == 3
        assert await uow.people.redeem(code, MONDAY) is None


async def test_a_code_is_nowhere_in_the_database(store: Store) -> None:
    async with store.write() as uow:
        code = await uow.people.invite(3, MONDAY)
    assert code not in await everything(store)
    assert code.lower() not in (await everything(store)).lower()


async def test_a_code_may_be_typed_in_any_case_with_spaces_and_hyphens(store: Store) -> None:
    async with store.write() as uow:
        code = await uow.people.invite(3, MONDAY)
        typed = f" {code[:5].lower()}-{code[5:].lower()} "
        assert looks_like_code(typed)
        assert tidy_code(typed) == code
        assert await uow.people.redeem(typed, MONDAY) == 3


@pytest.mark.parametrize("text", ["", "xong 12", "ABCDEFGHI", "ABCDEFGHIJK", "ABCDEFGH10", "ĐBCDEFGHJK"])
def test_ordinary_words_are_not_taken_for_a_code(text: str) -> None:
    assert not looks_like_code(text)


async def test_codes_are_long_and_never_the_same(store: Store) -> None:
    async with store.write() as uow:
        codes = [await uow.people.invite(person, MONDAY) for person in (1, 2, 3) for _ in range(5)]
    assert len(set(codes)) == 15
    assert all(len(code) == CODE_LENGTH and looks_like_code(code) for code in codes)


async def test_a_code_runs_out(store: Store) -> None:
    async with store.write() as uow:
        code = await uow.people.invite(3, MONDAY)
        assert await uow.people.redeem(code, MONDAY + INVITE_LIFE) is None
        assert await uow.people.redeem(code, MONDAY + INVITE_LIFE - SOON) == 3


async def test_a_new_code_voids_the_persons_earlier_one(store: Store) -> None:
    async with store.write() as uow:
        old, others = await uow.people.invite(3, MONDAY), await uow.people.invite(4, MONDAY)
        new = await uow.people.invite(3, MONDAY)
        assert await uow.people.redeem(old, MONDAY) is None
        assert await uow.people.redeem(new, MONDAY) == 3
        assert await uow.people.redeem(others, MONDAY) == 4


async def test_a_short_lived_code_leaves_the_offices_invitation_good(store: Store) -> None:
    async with store.write() as uow:
        invitation = await uow.people.invite(3, MONDAY)
        link_code = await uow.people.invite(3, MONDAY, LINK_LIFE)
        assert await uow.people.redeem(link_code, MONDAY) == 3
        assert await uow.people.redeem(invitation, MONDAY) == 3


@pytest.mark.parametrize("code", ["", "2222222222", "'; DROP TABLE person; --", "\u0000"])
async def test_a_code_that_nobody_made_is_for_nobody(store: Store, code: str) -> None:
    async with store.write() as uow:
        await uow.people.invite(3, MONDAY)
        assert await uow.people.redeem(code, MONDAY) is None


# -- wrong codes -------------------------------------------------------------------------------------------------------


async def test_five_wrong_codes_lock_an_address_for_a_quarter_of_an_hour(store: Store) -> None:
    async with store.write() as uow:
        for n in range(1, WRONG_TRIES + 1):
            assert not await uow.people.is_locked("telegram", "9", MONDAY)
            assert await uow.people.wrong_try("telegram", "9", MONDAY) == n
        assert await uow.people.is_locked("telegram", "9", MONDAY)
        assert not await uow.people.is_locked("telegram", "10", MONDAY)
        assert not await uow.people.is_locked("web", "9", MONDAY)
        assert await uow.people.is_locked("telegram", "9", MONDAY + LOCK_TIME - SOON)
        assert not await uow.people.is_locked("telegram", "9", MONDAY + LOCK_TIME)


async def test_wrong_codes_of_long_ago_are_forgotten(store: Store) -> None:
    async with store.write() as uow:
        for _ in range(WRONG_TRIES - 1):
            await uow.people.wrong_try("telegram", "9", MONDAY)
        assert await uow.people.wrong_try("telegram", "9", MONDAY + LOCK_TIME) == 1


async def test_a_right_code_wipes_out_the_wrong_ones(store: Store) -> None:
    async with store.write() as uow:
        for _ in range(WRONG_TRIES - 1):
            await uow.people.wrong_try("telegram", "9", MONDAY)
        await uow.people.forgive("telegram", "9")
        assert await uow.people.wrong_try("telegram", "9", MONDAY) == 1


async def test_a_clock_set_back_locks_nobody_out_for_longer(store: Store) -> None:
    async with store.write() as uow:
        for _ in range(WRONG_TRIES):
            await uow.people.wrong_try("telegram", "9", MONDAY + timedelta(days=30))
        assert not await uow.people.is_locked("telegram", "9", MONDAY)
        assert await uow.people.wrong_try("telegram", "9", MONDAY) == 1


# -- browsers ----------------------------------------------------------------------------------------------------------


async def test_a_browser_is_let_in_until_its_session_ends(store: Store) -> None:
    one = await link(store, channel="web")
    async with store.write() as uow:
        token = await uow.people.open_session(one.id, MONDAY)
        assert await uow.people.session_account(token, MONDAY + SESSION_LIFE - SOON) == one
        assert await uow.people.session_account(token, MONDAY + SESSION_LIFE) is None
        assert await uow.people.session_account(token + "x", MONDAY) is None
    assert token not in await everything(store)


async def test_a_browser_that_logs_out_is_out_and_the_others_are_not(store: Store) -> None:
    one = await link(store, channel="web")
    async with store.write() as uow:
        first, second = [await uow.people.open_session(one.id, MONDAY) for _ in range(2)]
        await uow.people.close_session(first)
        assert await uow.people.session_account(first, MONDAY) is None
        assert await uow.people.session_account(second, MONDAY) == one
