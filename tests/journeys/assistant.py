"""The assistant as a process of its own, beside a simulated Telegram."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path

from tests.simulators.telegram import TelegramSimulator

ROOT = Path(__file__).parent.parent.parent
START_SECONDS = 30
PRODUCTION = (str(ROOT / "main.py"),)
STOP_SECONDS = 20


class Assistant:
    """Settings, and at most one process that runs with them."""

    def __init__(
        self, sim: TelegramSimulator, database_url: str, folder: Path, how: Iterable[str] = PRODUCTION
    ) -> None:
        self._sim = sim
        self._how = tuple(how)
        self._folder = folder
        self.log = folder / "assistant.log"
        self.process: asyncio.subprocess.Process | None = None
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "PYTHONPATH": str(ROOT),
            "PYTHONWARNINGS": "default",
            "NHACVIEC_DATABASE_URL": database_url,
            "NHACVIEC_DATA_DIR": str(folder / "data"),
            "NHACVIEC_AGENCY": "Sở Khoa học và Công nghệ",
            "NHACVIEC_WEB_PORT": "0",
            "NHACVIEC_TELEGRAM_TOKEN": sim.token,
            "NHACVIEC_TELEGRAM_API_URL": sim.url,
        }

    def log_text(self) -> str:
        """The end of what it wrote to its log."""
        return self.log.read_text()[-20000:] if self.log.exists() else ""

    async def call(self, *arguments: str) -> str:
        """Run one command to its end; gives what it printed."""
        code, printed = await self.try_to(*arguments)
        assert code == 0, printed
        return printed

    async def try_to_run(self, *arguments: str) -> tuple[int, str]:
        """Start where that must fail; gives the exit code and what was printed."""
        async with asyncio.timeout(START_SECONDS):
            return await self.try_to("run", *arguments)

    async def try_to(self, *arguments: str) -> tuple[int, str]:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            str(ROOT / "main.py"),
            *arguments,
            cwd=self._folder,
            env=self.environment,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        printed, _ = await process.communicate()
        return process.returncode or 0, printed.decode()

    async def start(self, *arguments: str) -> None:
        """Start, and wait until it asks Telegram for updates."""
        polls = len(self._sim.calls("getUpdates"))
        await self._spawn(*arguments)
        await self.polls_after(polls)

    async def polls_after(self, polls: int, seconds: float = START_SECONDS) -> None:
        """Wait until there have been more polls than so many."""
        try:
            await self._sim.wait_until(lambda: len(self._sim.calls("getUpdates")) > polls, seconds)
        except TimeoutError:
            raise AssertionError(f"it does not poll:\n{self.log_text()}") from None

    async def join(self, *arguments: str) -> None:
        """Start beside another process, and wait until it says that it has."""
        starts = self.log_text().count("started ")
        await self._spawn(*arguments)
        for _ in range(START_SECONDS * 50):
            if self.log_text().count("started ") > starts:
                return
            await asyncio.sleep(0.02)
        raise AssertionError(f"it did not start:\n{self.log_text()}")

    async def _spawn(self, *arguments: str) -> None:
        with self.log.open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable,
                *self._how,
                "run",
                *arguments,
                cwd=self._folder,
                env=self.environment,
                stdout=log,
                stderr=log,
            )

    async def kill(self) -> None:
        """SIGKILL: the end, at whatever instant it is."""
        await self._end(signal.SIGKILL)

    async def stop(self) -> None:
        """SIGTERM: it finishes what it has in hand."""
        code = await self._end(signal.SIGTERM)
        assert code == 0, f"ended with {code}:\n{self.log_text()}"

    async def _end(self, how: signal.Signals) -> int:
        assert self.process is not None
        if self.process.returncode is None:
            self.process.send_signal(how)
        async with asyncio.timeout(STOP_SECONDS):
            code = await self.process.wait()
        self.process = None
        return code


@asynccontextmanager
async def assistant(
    sim: TelegramSimulator, database_url: str, folder: Path, *, how: Iterable[str] = PRODUCTION
) -> AsyncIterator[Assistant]:
    """An assistant that is not started yet; killed at the end if it still runs."""
    made = Assistant(sim, database_url, folder, how)
    try:
        yield made
    finally:
        if made.process is not None and made.process.returncode is None:
            made.process.kill()
            await made.process.wait()
