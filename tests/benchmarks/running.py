"""The assistant as a process of its own, and the simulated Telegram as another."""

import asyncio
import os
import socket
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx

from tests.benchmarks.agency import Size, chat, url
from tests.simulators.telegram import TOKEN

ROOT = Path(__file__).parent.parent.parent
STOP_SECONDS = 20
PRODUCTION = (str(ROOT / "main.py"), "run")
UNLIMITED = ("-m", "tests.benchmarks.unlimited", "run")


def free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


def environment(database: Path, telegram_url: str, web_port: int = 0) -> dict[str, str]:
    folder = database.parent
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "PYTHONPATH": str(ROOT),
        "NHACVIEC_DATABASE_URL": url(database),
        "NHACVIEC_DATA_DIR": str(folder / "data"),
        "NHACVIEC_AGENCY": "Sở Khoa học và Công nghệ",
        "NHACVIEC_WEB_PORT": str(web_port),
        "NHACVIEC_TELEGRAM_TOKEN": TOKEN,
        "NHACVIEC_TELEGRAM_API_URL": telegram_url,
    }


@asynccontextmanager
async def bare_answers(telegram_url: str) -> AsyncIterator[Process]:
    """A process that answers every update at once, and does nothing else."""
    async with instead("tests.benchmarks.bare_answers", f"{telegram_url}/bot{TOKEN}") as process:
        yield process


@asynccontextmanager
async def instead(module: str, *arguments: str) -> AsyncIterator[Process]:
    """Another bot in the assistant's place."""
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", module, *arguments, cwd=ROOT)
    try:
        yield process
    finally:
        process.kill()
        await process.wait()


async def _stop(process: Process) -> None:
    if process.returncode is not None:
        return
    process.terminate()
    try:
        async with asyncio.timeout(STOP_SECONDS):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()


@asynccontextmanager
async def assistant(
    database: Path,
    telegram_url: str,
    *,
    web_port: int = 0,
    how: Iterable[str] = PRODUCTION,
    settings: Mapping[str, str] | None = None,
) -> AsyncIterator[Process]:
    """A running assistant; told to stop at the end. What it logs is shown where it has ended by itself."""
    path = database.parent / "assistant.log"
    with path.open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *how,
            cwd=database.parent,
            env=environment(database, telegram_url, web_port) | dict(settings or {}),
            stdout=log,
            stderr=log,
        )
    try:
        yield process
    except BaseException:
        sys.stderr.write(path.read_text("utf-8")[-3000:])
        raise
    finally:
        await _stop(process)


class Telegram:
    """The simulator in another process, controlled over HTTP. Its instants are those of `time.monotonic` here."""

    def __init__(self, address: str, http: httpx.AsyncClient) -> None:
        self.url = address
        self.token_url = f"{address}/bot{TOKEN}"
        self._http = http

    async def do(self, operation: str, **arguments: Any) -> Any:
        answer = await self._http.post(f"{self.url}/_control/{operation}", json=arguments)
        answer.raise_for_status()
        return answer.json()["result"]

    async def welcome(self, size: Size) -> None:
        """Everybody has opened the chat."""
        people = [
            {
                "operation": "person",
                "arguments": {"user_id": chat(n), "first_name": f"Cán bộ {n}", "started": True},
            }
            for n in size.everybody()
        ]
        await self.do("batch", steps=people)


@asynccontextmanager
async def telegram() -> AsyncIterator[Telegram]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.simulators.telegram", cwd=ROOT, stdout=PIPE
    )
    assert process.stdout is not None
    try:
        address = (await process.stdout.readline()).decode().strip()
        async with httpx.AsyncClient(timeout=120, trust_env=False) as http:
            yield Telegram(address, http)
    finally:
        await _stop(process)
