"""Open dialogs: one for each account, kept whole."""

from datetime import timedelta

from storage.conversations import Dialog
from tests.world import MONDAY, World

PAYLOAD = {"what": "Báo cáo <quý>", "person": 5, "deadline": {"on": "2026-12-01", "at": None}, "files": [{"key": "a"}]}


async def account_of(world: World, who: str) -> int:
    async with world.store.read() as uow:
        (account,) = await uow.people.accounts(world.people[who].id)
    return account.id


async def test_a_dialog_comes_back_as_it_was_kept(world: World) -> None:
    dung, em = await account_of(world, "Dung"), await account_of(world, "Em")
    dialog = Dialog("assign.when", PAYLOAD, MONDAY + timedelta(hours=2))
    async with world.store.write() as uow:
        await uow.conversations.put(dung, dialog)
    async with world.store.read() as uow:
        assert await uow.conversations.get(dung) == dialog
        assert await uow.conversations.get(em) is None


async def test_the_newer_question_replaces_the_older_one(world: World) -> None:
    dung = await account_of(world, "Dung")
    newer = Dialog("return.reason", {"number": 1}, MONDAY)
    async with world.store.write() as uow:
        await uow.conversations.put(dung, Dialog("assign.when", PAYLOAD, MONDAY))
        await uow.conversations.put(dung, newer)
        assert await uow.conversations.get(dung) == newer


async def test_a_closed_dialog_is_gone_and_closing_it_twice_is_harmless(world: World) -> None:
    dung, em = await account_of(world, "Dung"), await account_of(world, "Em")
    async with world.store.write() as uow:
        for account in (dung, em):
            await uow.conversations.put(account, Dialog("assign.whom", {}, MONDAY))
        await uow.conversations.close(dung)
        await uow.conversations.close(dung)
        assert await uow.conversations.get(dung) is None
        assert await uow.conversations.get(em) is not None


async def test_an_account_that_is_unlinked_takes_its_dialog_along(world: World) -> None:
    dung = await account_of(world, "Dung")
    async with world.store.write() as uow:
        await uow.conversations.put(dung, Dialog("assign.whom", PAYLOAD, MONDAY))
        await uow.people.unlink(dung)
        assert await uow.conversations.get(dung) is None
