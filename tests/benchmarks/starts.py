"""From the start of the process to the first answer."""

import time
from pathlib import Path

from tests.benchmarks.agency import Size, chat
from tests.benchmarks.bench import Bench, progress
from tests.benchmarks.figures import Topic, times
from tests.benchmarks.running import Telegram, assistant, free_port, telegram

EMPTY_GOAL, MILLION_GOAL = 1.0, 2.0
ANSWER_SECONDS = 60
STRANGER = 77
HOW = """
`main.py run` as a process, a `/viec` waiting at the simulated Telegram (a process as well) before the start. From just
before the process is made until the answer has arrived; one start after another on the same database, each time with
somebody else who asks.
"""


async def _start(sim: Telegram, database: Path, person: int, said: str, web_port: int) -> float:
    before = len(await sim.do("sent", chat_id=person))
    await sim.do("say", user_id=person, text=said)
    begun = time.monotonic()
    async with assistant(database, sim.url, web_port=web_port):
        sent = await sim.do("wait_sent", n=before + 1, chat_id=person, timeout=ANSWER_SECONDS)
    return float(sent[before]["at"]) - begun


async def _starts(bench: Bench, size: Size, *, web: bool) -> list[float]:
    database = await bench.database(size)
    async with telegram() as sim:
        await sim.welcome(size)
        # each time somebody else: two starts are closer together than two letters to one chat may be
        asking = [chat(person) for person in size.people()[: bench.runs]]
        return [await _start(sim, database, person, "/viec", free_port() if web else 0) for person in asking]


async def _first_starts(bench: Bench) -> list[float]:
    async with telegram() as sim:
        await sim.do("person", user_id=STRANGER, first_name="Ai", started=True)
        places = [bench.new_folder() / "nhacviec.db" for _ in range(bench.runs)]
        return [await _start(sim, place, STRANGER, "/start", 0) for place in places]


async def measure(bench: Bench) -> Topic:
    topic = Topic("Start to first answer", HOW)
    empty, million = Size(20, 200, 0), bench.million
    for size, name, goal in (
        (empty, "no task", EMPTY_GOAL),
        (million, f"{million.tasks:,} open tasks", MILLION_GOAL),
    ):
        for web in (False, True):
            where = "with the web" if web else "without the web"
            progress(f"  starts with {name}, {where}")
            found = await _starts(bench, size, web=web)
            topic.figures.append(times(f"{size.officers:,} officers, {name}, {where}", found, goal))
    progress("  very first starts")
    topic.figures.append(times("The very first: no database yet, a stranger's `/start`", await _first_starts(bench)))
    shown = [figure.median for figure in topic.figures]
    topic.says = (
        f"The first answer comes {shown[0]} after the start, {shown[1]} with the web; among {million.tasks:,} tasks, "
        f"{shown[2]} and {shown[3]}, as the first list of tasks also loads the calendar of holidays."
    )
    return topic
