"""Outbox to wire: how fast letters leave where no vendor limits them, beside a loop that only posts."""

import time
from pathlib import Path
from typing import Any

import httpx

from domain.clock import SystemClock
from domain.messages import Draft, Outgoing
from storage.engine import make_engine
from storage.unit_of_work import Store
from tests.benchmarks.agency import ZONE, Size, chat, url
from tests.benchmarks.bench import Bench, progress
from tests.benchmarks.figures import Topic, rates
from tests.benchmarks.running import UNLIMITED, Telegram, assistant, telegram

SIZE = Size(20, 200, 0)
ALL_SECONDS = 120
TEXT = (
    "Kính gửi đồng chí, Văn phòng xin nhắc: nhiệm vụ số <b>{number}</b> “Báo cáo kết quả thực hiện nhiệm vụ được "
    "giao” đến hạn thứ Sáu, 27/11/2026 (còn 04 ngày làm việc)."
)
HOW = """
Letters that wait in the outbox before the start, to 200 chats, the vendor's rates lifted, the simulated Telegram in a
process of its own: from the arrival of the first to that of the last. A letter is one commit (the letter before is
written down as sent and the next one taken in the same transaction), so that no kill repeats more than one. Beside it,
a loop over one `httpx` connection that posts the same messages one after the other and writes nothing down.
"""


def _messages(count: int) -> list[tuple[int, str]]:
    people = SIZE.people()
    return [(chat(people[n % len(people)]), TEXT.format(number=n + 1)) for n in range(count)]


async def _fill(database: Path, messages: list[tuple[int, str]]) -> None:
    store, now = Store(make_engine(url(database)), ZONE), SystemClock().now()
    async with store.write() as uow:
        for number, (address, text) in enumerate(messages):
            await uow.outbox.post(Draft(Outgoing(text), f"bench:{number}"), "telegram", str(address), now)
    await store.close()


def _rate(sent: list[dict[str, Any]]) -> float:
    at = [entry["at"] for entry in sent]
    return float((len(at) - 1) / (max(at) - min(at)))


async def _assistant(bench: Bench, sim: Telegram, messages: list[tuple[int, str]]) -> float:
    database = await bench.database(SIZE)
    await _fill(database, messages)
    await sim.do("clear")
    async with assistant(database, sim.url, how=UNLIMITED):
        sent = await sim.do("wait_sent", n=len(messages), timeout=ALL_SECONDS)
    assert len(sent) == len(messages)
    return _rate(sent)


async def _bare(sim: Telegram, messages: list[tuple[int, str]]) -> float:
    async with httpx.AsyncClient(trust_env=False) as http:
        begun = time.perf_counter()
        for address, text in messages:
            body = {"chat_id": address, "text": text, "parse_mode": "HTML"}
            (await http.post(f"{sim.token_url}/sendMessage", data=body)).raise_for_status()
        return len(messages) / (time.perf_counter() - begun)


async def measure(bench: Bench) -> Topic:
    topic = Topic("Outbox to wire", HOW)
    messages, runs = _messages(bench.pick(2000, 200)), bench.pick(3, 1)
    async with telegram() as sim:
        await sim.welcome(SIZE)
        progress(f"  {len(messages)} letters from the outbox")
        ours = [await _assistant(bench, sim, messages) for _ in range(runs)]
        progress(f"  {len(messages)} messages from a bare loop")
        bare = [await _bare(sim, messages) for _ in range(runs)]
    topic.figures.append(rates(f"{len(messages):,} letters from the outbox", ours, "letters"))
    topic.figures.append(rates(f"{len(messages):,} messages from a bare `httpx` loop", bare, "messages"))
    topic.says = (
        f"Letters leave at {topic.figures[0].median}, where a bare loop posts {topic.figures[1].median}; "
        "Telegram itself takes 30 a second."
    )
    return topic
