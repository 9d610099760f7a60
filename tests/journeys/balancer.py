"""A load balancer as simple as they come: each connection goes to the next process that takes it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from itertools import count
from socket import socket

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


def free_port() -> int:
    with socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


class Balancer:
    """Listens on one port, and knows those behind it."""

    def __init__(self, behind: list[int]) -> None:
        self.behind = behind
        self.carried = dict.fromkeys(behind, 0)
        """How many connections each port behind has taken."""
        self._turns = count()

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there = await self._next()
        if there is not None:
            with suppress(OSError):
                await asyncio.gather(_pump(reader, there[1]), _pump(there[0], writer))
        writer.close()

    async def _next(self) -> Streams | None:
        for _ in self.behind:
            port = self.behind[next(self._turns) % len(self.behind)]
            try:
                streams = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                continue
            self.carried[port] += 1
            return streams
        return None


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    writer.close()


@asynccontextmanager
async def balancer(port: int, behind: list[int]) -> AsyncIterator[Balancer]:
    made = Balancer(behind)
    server = await asyncio.start_server(made.carry, "127.0.0.1", port)
    try:
        yield made
    finally:
        server.close()
