"""What is tidied up, and what is left alone."""

from datetime import timedelta

from sqlalchemy import func, select

from domain.messages import Incoming
from scheduler.housekeeping import KEEP_MAIL, tidy
from storage.codecs import table
from storage.models import InboxRow, InviteRow, WebSessionRow, WrongTriesRow
from storage.people import INVITE_LIFE, LOCK_TIME, SESSION_LIFE
from tests.storage.mail import posted
from tests.world import MONDAY, World


async def count(world: World, model: type[InboxRow | InviteRow | WebSessionRow | WrongTriesRow]) -> int:
    async with world.store.read() as uow:
        return int(await uow.connection.scalar(select(func.count()).select_from(table(model))) or 0)


async def test_letters_that_nobody_needs_any_more_are_given_up(world: World) -> None:
    await posted(world.store, "Hết hạn", to=world.address("Dung"), expires_at=MONDAY)
    await posted(world.store, "Còn hạn", to=world.address("Dung"))
    await tidy(world.store, MONDAY)
    await world.settle()
    assert world.hears("Dung") == "Còn hạn"


async def test_handled_events_are_deleted_after_their_time_and_pending_ones_never(world: World) -> None:
    await world.says("Dung", "viec")
    async with world.store.write() as uow:
        await uow.inbox.keep([Incoming("telegram", "chờ", "1")], MONDAY, MONDAY)
    await tidy(world.store, MONDAY + KEEP_MAIL)
    assert await count(world, InboxRow) == 2
    await tidy(world.store, MONDAY + KEEP_MAIL + timedelta(seconds=1))
    assert await count(world, InboxRow) == 1


async def test_codes_locks_and_sessions_are_deleted_when_they_have_run_out(world: World) -> None:
    async with world.store.write() as uow:
        (account,) = await uow.people.accounts(world.people["Dung"].id)
        await uow.people.invite(world.people["Em"].id, MONDAY)
        await uow.people.wrong_try("telegram", "lạ", MONDAY)
        await uow.people.open_session(account.id, MONDAY)
    kept = []
    for age in (LOCK_TIME, INVITE_LIFE, SESSION_LIFE):
        await tidy(world.store, MONDAY + age - timedelta(seconds=1))
        kept.append([await count(world, model) for model in (WrongTriesRow, InviteRow, WebSessionRow)])
        await tidy(world.store, MONDAY + age)
    kept.append([await count(world, model) for model in (WrongTriesRow, InviteRow, WebSessionRow)])
    assert kept == [[1, 1, 1], [0, 1, 1], [0, 0, 1], [0, 0, 0]]


async def test_tidying_an_empty_house_is_harmless(world: World) -> None:
    await tidy(world.store, MONDAY)
    await tidy(world.store, MONDAY)
