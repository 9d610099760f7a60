"""News: letters posted here and sent there, and open pages that show what another process has sent."""

from dataclasses import dataclass, field
from uuid import uuid4

import pytest

from bot.channels.web import Entry, WebChannel
from bot.news import News
from domain.messages import Draft, Incoming, Outgoing
from scheduler.senders import Senders
from tests.world import World


@dataclass
class Process:
    """One of two processes: its web channel, its page, and what it tells the other."""

    world: World
    sends: bool
    told: list[str] = field(default_factory=list)
    shown: list[Entry] = field(default_factory=list)
    ticks: int = 0

    def __post_init__(self) -> None:
        self.channel = WebChannel(self.world.files)
        self.channel.subscribe("page-of-dung", self.shown.append)
        senders = Senders({"web": self.world.senders.by_channel["web"]} if self.sends else {})
        self.news = News(self.world.store, senders, self.channel, self.told.append, self._tick_soon)

    def _tick_soon(self) -> bool:
        self.ticks += self.sends
        return self.sends


@pytest.fixture
async def pair(world: World) -> tuple[Process, Process]:
    """The one that sends and ticks, and the other."""
    return Process(world, sends=True), Process(world, sends=False)


async def test_letters_are_told_of_only_where_nobody_here_sends_them(pair: tuple[Process, Process]) -> None:
    sending, other = pair
    sending.news.posted({"web"})
    other.news.posted({"web"})
    assert (sending.told, other.told) == ([], ["letters web"])


async def test_what_is_urgent_is_done_where_the_ticks_are(pair: tuple[Process, Process]) -> None:
    sending, other = pair
    other.news.urgent()
    for news in other.told:
        sending.news.heard(news)
    sending.news.urgent()
    assert (sending.ticks, other.told, sending.told) == (2, ["urgent"], [])


async def test_a_page_shows_what_another_process_has_sent_and_heard(
    world: World, pair: tuple[Process, Process]
) -> None:
    sending, other = pair
    now, outgoing = world.clock.now(), Outgoing("Kính gửi đồng chí")
    async with world.store.write() as uow:
        await uow.inbox.keep([Incoming("web", uuid4().hex, "page-of-dung", text="việc")], now, now)
        letter = await uow.outbox.post(Draft(outgoing, "d1"), "web", "page-of-dung", now)
        assert letter is not None
        await uow.outbox.sent(letter.id, "ref-1", now)
    sending.news.changed("page-of-dung")
    for news in sending.told:
        other.news.heard(news)
        other.news.heard("page of-somebody-who-is-not-here")
    await other.news.show_once()
    assert [(entry.mine, entry.text) for entry in other.shown] == [(True, "việc"), (False, "Kính gửi đồng chí")]
    assert sending.shown == []


async def test_after_a_time_without_news_every_open_page_is_read_anew(
    world: World, pair: tuple[Process, Process]
) -> None:
    _, other = pair
    now = world.clock.now()
    async with world.store.write() as uow:
        await uow.inbox.keep([Incoming("web", uuid4().hex, "page-of-dung", text="việc")], now, now)
    other.news.missed()
    await other.news.show_once()
    assert [entry.text for entry in other.shown] == ["việc"]
