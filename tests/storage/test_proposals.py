"""Documents and proposals as they are kept: whole, changed, given once; names are learnt."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from domain.deadlines import Deadline
from domain.decisions import Wait
from domain.directives import Audience, Directive, Everybody
from domain.proposals import Decided, Doers, Endless, Proposal, ReadDocument, When
from domain.reading.values import Deadline as WrittenDeadline
from domain.reading.values import DeadlineKind, Reading, Task
from domain.series import Every
from storage.roster import take_in
from storage.unit_of_work import Store
from tests.cast import ROSTER
from tests.storage.mail import opened
from tests.world import MONDAY

FIRST = Task(
    "1.a", "Rà soát thủ tục", ("Văn phòng",), (), WrittenDeadline(DeadlineKind.DATE, "ngày 20/12", MONDAY.date())
)
SECOND = Task("1.b", "Báo cáo kết quả", ("các phòng",))
READING = Reading("12/KH-UBND", date(2026, 11, 20), "UBND tỉnh", "Rà soát", directive=True, tasks=(FIRST, SECOND))
LATER = MONDAY + timedelta(days=2)


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    async with opened(database_url) as made:
        async with made.write() as uow:
            await take_in(uow, ROSTER, MONDAY)
        yield made


async def read(store: Store) -> ReadDocument:
    async with store.write() as uow:
        one = await uow.proposals.keep(ReadDocument(0, 1, MONDAY, READING, "Toàn văn"))
        tasks = [Proposal(0, at, task, task.text) for at, task in enumerate(one.reading.tasks, 1)]
        await uow.proposals.propose(one, tasks)
        return one


async def proposals(store: Store, one: ReadDocument) -> list[Proposal]:
    async with store.read() as uow:
        return await uow.proposals.of(one)


async def test_a_document_comes_back_whole(store: Store) -> None:
    one = await read(store)
    async with store.read() as uow:
        assert await uow.proposals.document(one.id) == one
        assert await uow.proposals.latest_unpublished(1) == one
        assert await uow.proposals.latest_unpublished(2) is None
    assert [(each.number, each.read) for each in await proposals(store, one)] == [(1, FIRST), (2, SECOND)]


@pytest.mark.parametrize(
    "when",
    [
        None,
        Endless.ENDLESS,
        Deadline(date(2026, 12, 20), time(17)),
        Deadline(date(2026, 12, 20), None, 5, date(2026, 12, 11)),
        Wait("5 ngày làm việc kể từ ngày có quyết định", 5, working=True),
        (Every("FREQ=MONTHLY;BYMONTHDAY=20", "hằng tháng ngày 20"), Every("FREQ=YEARLY", "hằng năm")),
    ],
)
async def test_what_the_office_makes_of_a_proposal_is_kept(store: Store, when: When | None) -> None:
    one = await read(store)
    first, second = await proposals(store, one)
    changed = replace(
        first,
        content="Nội dung mới",
        lead=Doers((1, 2), (3,)),
        coordinate=Doers((2,)),
        when=when,
        decided=Decided.LEFT_OUT,
        reason="đã giao",
        into=2,
    )
    async with store.write() as uow:
        await uow.proposals.change([changed])
    assert await proposals(store, one) == [changed, second]


async def test_parts_stand_behind_the_whole(store: Store) -> None:
    one = await read(store)
    first, second = await proposals(store, one)
    part = replace(first, id=0, number=3, content="Phần một", into=1)
    async with store.write() as uow:
        await uow.proposals.propose(one, [part])
        assert await uow.proposals.last_number(one.id) == 3
    assert [each.number for each in await proposals(store, one)] == [1, 3, second.number]


async def published(store: Store, one: ReadDocument) -> Directive:
    audience = Audience(Everybody.ALL)
    async with store.write() as uow:
        made = await uow.directives.create(
            Directive(0, "12/KH-UBND", date(2026, 11, 20), "Rà soát", audience, 1, MONDAY, LATER)
        )
        await uow.proposals.published(one.id, made.id, LATER)
    return made


async def test_what_was_accepted_is_given_once_and_not_before_its_time(store: Store) -> None:
    one = await read(store)
    first, second = await proposals(store, one)
    async with store.write() as uow:
        await uow.proposals.change(
            [replace(first, decided=Decided.ACCEPTED), replace(second, decided=Decided.LEFT_OUT)]
        )
    directive = await published(store, one)
    async with store.write() as uow:
        assert await uow.proposals.due(MONDAY, 10) == []
        assert await uow.proposals.due(LATER, 10) == [(one.id, first.id)]
        assert await uow.proposals.take(first.id, LATER)
        assert not await uow.proposals.take(first.id, LATER)
        assert await uow.proposals.due(LATER, 10) == []
        assert (await uow.proposals.document_of(directive.id)) == replace(one, directive_id=directive.id)
    assert [each.given_at for each in await proposals(store, one)] == [LATER, None]


async def test_nothing_is_given_of_what_was_called_off(store: Store) -> None:
    one = await read(store)
    first, _ = await proposals(store, one)
    async with store.write() as uow:
        await uow.proposals.change([replace(first, decided=Decided.ACCEPTED)])
    directive = await published(store, one)
    async with store.write() as uow:
        await uow.proposals.called_off(directive.id, LATER)
        assert await uow.proposals.due(LATER, 10) == []
        assert not await uow.proposals.take(first.id, LATER)


async def test_a_document_that_goes_out_is_not_forgotten_and_another_is(store: Store) -> None:
    out, dropped = await read(store), await read(store)
    await published(store, out)
    async with store.write() as uow:
        await uow.proposals.forget(dropped.id)
        assert await uow.proposals.document(dropped.id) is None
        assert await uow.proposals.document(out.id) is not None
    assert await proposals(store, dropped) == []


async def test_the_last_meaning_of_a_name_holds(store: Store) -> None:
    async with store.write() as uow:
        await uow.proposals.learn("Trung tâm CNTT", Doers((1,)), 1, MONDAY)
        await uow.proposals.learn("trung tam cntt", Doers((2,), (3,)), 1, LATER)
    async with store.read() as uow:
        assert await uow.proposals.learnt() == {"trung tam cntt": Doers((2,), (3,))}


async def test_drafts_are_kept_until_they_go_out_or_are_old(store: Store) -> None:
    old, other, out = await read(store), await read(store), await read(store)
    async with store.write() as uow:
        for one in (old, other, out):
            await uow.proposals.keep_draft(one.id, {"number": "12/KH-UBND", "document": one.id})
    await published(store, out)
    async with store.write() as uow:
        assert [one.id for one in await uow.proposals.drafts(1, 5)] == [other.id, old.id]
        assert await uow.proposals.drafts(2, 5) == []
        assert await uow.proposals.draft(out.id) is None
        assert (await uow.proposals.draft(old.id) or {})["document"] == old.id
        await uow.proposals.forget_before(MONDAY + timedelta(days=31))
        assert await uow.proposals.drafts(1, 5) == []
        assert await uow.proposals.document(out.id) is not None
