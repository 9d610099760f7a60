"""Documents for the tests that were read, accepted and published: what they propose becomes tasks by the next tick."""

from collections.abc import Sequence
from datetime import date, datetime

from domain.deadlines import Deadline
from domain.directives import Audience, Directive, Everybody
from domain.proposals import NOBODY, Decided, Doers, Proposal, ReadDocument, When
from domain.reading.values import Deadline as Written
from domain.reading.values import DeadlineKind, Reading, Task
from tests.world import World

FRIDAY = Deadline(date(2026, 11, 27))


async def unit(world: World, name: str) -> int:
    async with world.store.read() as uow:
        return next(one.id for one in (await uow.agency()).units.values() if one.name == name)


def asks(
    number: int,
    text: str,
    lead: Doers,
    when: When | None = FRIDAY,
    *,
    coordinate: Doers = NOBODY,
    quote: str = "trước ngày 27/11/2026",
    decided: Decided = Decided.ACCEPTED,
    reason: str = "",
    point: str = "",
) -> Proposal:
    """A proposal as the Office has left it."""
    read = Task(point or f"1.{number}", text, deadline=Written(DeadlineKind.DATE, quote))
    return Proposal(0, number, read, text, lead, coordinate, when, decided, reason)


async def kept(
    world: World,
    *proposals: Proposal,
    number: str = "12/KH-UBND",
    issued_on: date = date(2026, 11, 20),
    text: str = "",
) -> ReadDocument:
    """A document that was read for the Office."""
    read = Reading(
        number, issued_on, "UBND tỉnh", "Rà soát thủ tục", directive=True, tasks=tuple(each.read for each in proposals)
    )
    async with world.store.write() as uow:
        document = ReadDocument(0, world.people["Lan"].id, world.clock.now(), read, text or "Toàn văn")
        one = await uow.proposals.keep(document)
        await uow.proposals.propose(one, proposals)
        return one


async def goes_out(
    world: World,
    one: ReadDocument,
    at: datetime | None = None,
    audience: Audience = Audience(Everybody.HEADS),  # noqa: B008 - a value
) -> int:
    """The document is published; gives the number of its directive. Nothing has been given yet."""
    now = world.clock.now()
    reading = one.reading
    new = Directive(
        0,
        reading.number or "",
        reading.issued_on,
        reading.subject or "",
        audience,
        world.people["Lan"].id,
        now,
        at or now,
    )
    async with world.store.write() as uow:
        made = await uow.directives.create(new)
        await uow.proposals.published(one.id, made.id, at or now)
    return made.id


async def given(world: World, *proposals: Proposal, number: str = "12/KH-UBND") -> int:
    """Published, given, and everybody told; nothing is unheard."""
    directive = await goes_out(world, await kept(world, *proposals, number=number))
    await world.tick()
    for who in world.people:
        world.hears_all(who)
    return directive


async def proposals_of(world: World, directive: int) -> Sequence[Proposal]:
    async with world.store.read() as uow:
        one = await uow.proposals.document_of(directive)
        assert one is not None
        return await uow.proposals.of(one)
