"""Duties: begun where they are free, ended at once where they are lost, not begun again before they have ended."""

import asyncio
from collections.abc import Collection, Iterable

import pytest

from bot.duties import Duties, Duty
from storage.duties import Held
from tests.world import World


class Company:
    """The other processes, as a test wants them: `others` is what they hold."""

    shared = True

    def __init__(self) -> None:
        self.name = "this:1"
        self.lost = asyncio.Event()
        self.others: set[str] = set()
        self.told: list[str] = []
        self.looks = 0

    async def join(self) -> bool:
        self.name += "'"
        self.lost.clear()
        return False

    async def admit(self) -> None:
        """There are others already."""

    async def take(self, duties: Collection[str]) -> set[str]:
        self.looks += 1
        return set(duties) - self.others

    async def give_up(self, duty: str) -> None:
        """Nobody waits for it."""

    async def tell(self, news: Iterable[str]) -> None:
        self.told += news

    async def leave(self) -> None:
        """The test ends."""


class Work:
    """A duty that says what happens to it."""

    def __init__(self, name: str, done: list[str]) -> None:
        self.may_end = asyncio.Event()
        self.may_end.set()
        self._done = done
        self.duty = Duty(name, self._begin, self._end)

    async def _begin(self, held: Held) -> None:
        self._done.append(f"{self.duty.name} begun by {held.holder}")

    async def _end(self) -> None:
        await self.may_end.wait()
        self._done.append(f"{self.duty.name} ended")


@pytest.fixture
def company() -> Company:
    return Company()


async def happens(done: list[str], count: int) -> None:
    async with asyncio.timeout(10):
        while len(done) < count:
            await asyncio.sleep(0.001)


async def test_what_is_lost_ends_at_once_and_is_begun_anew_only_after_that(
    world: World, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.duties.LOOK_EVERY", 0.01)
    done: list[str] = []
    work, rejoined = Work("send:web", done), list[str]()
    duties = Duties(world.store, company, lambda: rejoined.append("again"))
    async with asyncio.TaskGroup() as tasks:
        await duties.start([work.duty], tasks)
        assert duties.held == {"send:web"}
        async with world.store.read() as uow:
            assert await uow.duties.holders() == {"send:web": "this:1"}
        work.may_end.clear()
        company.lost.set()
        looks = company.looks
        async with asyncio.timeout(10):
            while duties.held or not rejoined or company.looks < looks + 3:
                await asyncio.sleep(0.001)
        assert done == ["send:web begun by this:1"], "it must not begin again before it has ended"
        work.may_end.set()
        await happens(done, 3)
        assert done[1:] == ["send:web ended", "send:web begun by this:1'"]
        async with world.store.read() as uow:
            assert not await uow.duties.holds(Held("send:web", "this:1"))
        await duties.lay_down("send:web")
        assert done[3:] == ["send:web ended"]
        duties.stop()


async def test_what_others_hold_is_taken_once_they_let_go_of_it(
    world: World, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.duties.LOOK_EVERY", 0.01)
    done: list[str] = []
    company.others = {"ticks"}
    duties = Duties(world.store, company, lambda: None)
    async with asyncio.TaskGroup() as tasks:
        await duties.start([Work("ticks", done).duty], tasks)
        duties.tell("letters web")
        assert duties.held == frozenset()
        company.others = set()
        await happens(done, 1)
        assert duties.held == {"ticks"}
        assert company.told == ["letters web"]
        duties.stop()
