"""What the process holds in memory after some work."""

import asyncio
from pathlib import Path

import httpx

from tests.benchmarks.agency import Size, chat
from tests.benchmarks.answers import Office, viec
from tests.benchmarks.bench import Bench, progress
from tests.benchmarks.figures import Topic, megabytes
from tests.benchmarks.running import UNLIMITED, assistant, free_port
from tests.simulators.telegram import TelegramSimulator

BARE_GOAL, WEB_GOAL = 110, 200
OPEN_SECONDS = 30
SIZE = Size(20, 200, 200)
HOW = """
`VmRSS` of the assistant's process after its first answer (with the web, after the page `/vao` has been opened once),
and after 200 `/viec` from 200 chats in sequence, the vendor's rates lifted.
"""


def resident(pid: int) -> float:
    """In MB of 2^20 bytes."""
    status = Path(f"/proc/{pid}/status").read_text()
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS"))


async def _open_page(port: int) -> None:
    async with asyncio.timeout(OPEN_SECONDS), httpx.AsyncClient(trust_env=False, timeout=OPEN_SECONDS) as browser:
        while True:
            try:
                (await browser.get(f"http://127.0.0.1:{port}/vao")).raise_for_status()
            except httpx.TransportError:
                await asyncio.sleep(0.05)
            else:
                return


async def _one(bench: Bench, *, web: bool) -> tuple[float, float]:
    """After the start, and after the commands."""
    port = free_port() if web else 0
    database = await bench.database(SIZE)
    async with TelegramSimulator() as sim:
        for person in SIZE.everybody():
            sim.person(chat(person), f"Cán bộ {person}", started=True)
        async with assistant(database, sim.url, web_port=port, how=UNLIMITED) as process:
            office = Office(sim, SIZE)
            await office.in_sequence(viec, SIZE.heads()[:1])
            if web:
                await _open_page(port)
            started = resident(process.pid)
            await office.in_sequence(viec, SIZE.people())
            return started, resident(process.pid)


async def measure(bench: Bench) -> Topic:
    topic = Topic("Memory", HOW)
    for web, goal in ((False, BARE_GOAL), (True, WEB_GOAL)):
        name = "With the web" if web else "Without the web"
        progress(f"  memory {name.lower()}")
        found = [await _one(bench, web=web) for _ in range(bench.pick(3, 1))]
        started, worked = (list(column) for column in zip(*found, strict=True))
        topic.figures.append(megabytes(f"{name}, after the start", started))
        topic.figures.append(megabytes(f"{name}, after 200 commands", worked, goal))
    bare, bare_worked, with_web, web_worked = (figure.median for figure in topic.figures)
    topic.says = (
        f"The process holds {bare_worked} without the web and {web_worked} with it, after a start at {bare} and "
        f"{with_web}."
    )
    return topic
