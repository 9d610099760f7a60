"""Three processes on PostgreSQL: the one that sends is killed again and again, and another goes on where it was."""

import asyncio
import re
import signal
import time
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import AsyncExitStack
from pathlib import Path

import asyncpg
import httpx
import pytest

from domain.clock import SystemClock
from domain.messages import Draft, Outgoing, Priority
from domain.people import Role
from domain.tasks import Verb
from storage.engine import make_engine
from storage.roster import take_in
from storage.unit_of_work import Store
from tests.cast import Line
from tests.journeys.assistant import Assistant, assistant
from tests.journeys.balancer import Balancer, balancer, free_port
from tests.journeys.test_kill import ZONE, _task, histories
from tests.simulators.telegram import TelegramSimulator

pytestmark = [pytest.mark.journey, pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)]

PROCESSES, KILLS = 3, 5
PEOPLE, SPEAKING, COMMANDS_EACH = 300, 30, 4
LETTER, REPEATED = "Văn phòng chuyển công văn số 88/CV-VP", "Gửi lại"
EACH_TURN = PEOPLE // KILLS
TAKEN_OVER_WITHIN = 10.0


@pytest.fixture
async def sim() -> AsyncIterator[TelegramSimulator]:
    async with TelegramSimulator(repeat_stretch=0.02, conflict_delay=0.02, webhook_retry=0.1) as started:
        yield started


async def prepare(store: Store, sim: TelegramSimulator) -> dict[int, list[int]]:
    """Everybody on Telegram; some have tasks: gives the numbers of these by person."""
    now = SystemClock().now()
    roster = [Line(f"Cán bộ {n}", f"Phòng {n % 10}", "Chuyên viên", Role.OFFICER, None) for n in range(PEOPLE)]
    tasks: dict[int, list[int]] = {}
    async with store.write() as uow:
        await take_in(uow, roster, now)
        for person in (await uow.agency()).people.values():
            await uow.people.link(person.id, "telegram", str(person.id), now)
            sim.person(person.id, person.name, started=True)
            if len(tasks) < SPEAKING:
                tasks[person.id] = [await _task(uow, person.id, person.unit_id) for _ in range(COMMANDS_EACH)]
    return tasks


async def broadcast(store: Store, people: Iterable[int]) -> None:
    """A letter to each of some people."""
    async with store.write() as uow:
        for person in people:
            draft = Draft(Outgoing(LETTER), f"test:to:{person}", Priority.BROADCAST)
            await uow.outbox.post(draft, "telegram", str(person), SystemClock().now(), person_id=person)


async def holder(store: Store, running: list[Assistant]) -> Assistant:
    """The process that sends to Telegram."""
    async with store.read() as uow:
        name = (await uow.duties.holders())["send:telegram"]
    pid = int(name.split(":")[1])
    return next(one for one in running if one.process is not None and one.process.pid == pid)


def letters(sim: TelegramSimulator) -> dict[int, list[str]]:
    """What of the broadcast everybody got."""
    found: dict[int, list[str]] = defaultdict(list)
    for message in sim.journal.sent:
        if LETTER in str(message["text"]):
            found[message["chat_id"]].append(str(message["text"]))
    return found


def answers(sim: TelegramSimulator) -> dict[int, list[str]]:
    """The answers to the progress reports, by the task's number, in the order of their coming."""
    found: dict[int, list[str]] = defaultdict(list)
    for message in sim.journal.sent:
        if number := re.search(r"nhiệm vụ số (\d+) đạt", str(message["text"])):
            found[int(number[1])].append(str(message["text"]))
    return found


async def until(sim: TelegramSimulator, done: Callable[[], bool], seconds: float, running: list[Assistant]) -> None:
    try:
        await sim.wait_until(done, seconds)
    except TimeoutError:
        logs = "\n".join(one.log_text()[-2000:] for one in running)
        raise AssertionError(f"{len(letters(sim))} letters, {len(answers(sim))} answers\n{logs}") from None


class Office:
    """Three processes behind a load balancer."""

    def __init__(self, sim: TelegramSimulator, running: list[Assistant], balancer: Balancer) -> None:
        self.sim = sim
        self.running = running
        self.balancer = balancer


@pytest.fixture
async def office(sim: TelegramSimulator, database_url: str, tmp_path: Path) -> AsyncIterator[Office]:
    """All of them have been started, and Telegram posts its updates to the balancer."""
    front, ports = free_port(), [free_port() for _ in range(PROCESSES)]
    async with AsyncExitStack() as stack:
        behind = await stack.enter_async_context(balancer(front, ports))
        running = []
        for port in ports:
            folder = tmp_path / str(port)
            folder.mkdir()
            one = await stack.enter_async_context(assistant(sim, database_url, folder))
            one.environment |= {
                "NHACVIEC_DATA_DIR": str(tmp_path / "data"),
                "NHACVIEC_WEB_PORT": str(port),
                "NHACVIEC_PUBLIC_URL": f"http://127.0.0.1:{front}",
                "NHACVIEC_TELEGRAM_WEBHOOK_SECRET": "abcdefgh12345678",
            }
            running.append(one)
        yield Office(sim, running, behind)


async def test_the_sending_process_is_killed_again_and_again_and_nothing_is_lost(
    office: Office, database_url: str
) -> None:
    sim, store = office.sim, Store(make_engine(database_url), ZONE)
    tasks = await prepare(store, sim)
    sim.flood()
    await asyncio.gather(*(one.join() for one in office.running))
    everybody, takeovers = sorted(sim.world.people), []
    for turn in range(KILLS):
        # everybody says one thing in a turn, as people do; the last turn has nothing left
        for person, mine in tasks.items() if turn < COMMANDS_EACH else ():
            sim.say(person, f"tiendo {mine[turn]} 40 đã làm")
        await broadcast(store, everybody[turn::KILLS])
        goal = len(letters(sim)) + EACH_TURN // 2
        await until(sim, lambda goal=goal: len(letters(sim)) >= goal, 30, office.running)  # type: ignore[misc]
        killed = await holder(store, office.running)
        await killed.kill()
        assert len(letters(sim)) < (turn + 1) * EACH_TURN, "the kill met nothing"
        seen, at = len(sim.journal.sent), time.monotonic()
        await until(sim, lambda seen=seen: len(sim.journal.sent) > seen, 30, office.running)  # type: ignore[misc]
        takeovers.append(time.monotonic() - at)
        await killed.join()
    numbers = {number for mine in tasks.values() for number in mine}
    await until(sim, lambda: len(letters(sim)) >= PEOPLE and answers(sim).keys() >= numbers, 60, office.running)
    for one in office.running:
        await one.stop()
    await store.close()

    assert max(takeovers) <= TAKEN_OVER_WITHIN, takeovers
    assert sim.floods == []
    for number, entries in (await histories(database_url, sorted(numbers))).items():
        reports = [entry for entry in entries if entry.verb is Verb.PROGRESSED]
        assert len(reports) == 1, f"task {number} was handled {len(reports)} times"
    copies = [*letters(sim).values(), *answers(sim).values()]
    assert sum(len(texts) - 1 for texts in copies) <= KILLS, Counter(len(texts) for texts in copies)
    for texts in copies:
        assert sum(REPEATED in text for text in texts) >= len(texts) - 1, f"a repeat is not marked as one: {texts}"
    assert min(office.balancer.carried.values()) > 0, "a process got nothing to do"


async def test_a_sender_that_hangs_is_replaced_and_sends_nothing_more_when_it_wakes(
    office: Office, database_url: str
) -> None:
    sim, store = office.sim, Store(make_engine(database_url), ZONE)
    await prepare(store, sim)
    sim.flood()
    await asyncio.gather(*(one.join() for one in office.running))
    people = sorted(sim.world.people)
    await broadcast(store, people)
    await until(sim, lambda: len(letters(sim)) >= 20, 30, office.running)
    hung = await holder(store, office.running)
    assert hung.process is not None
    hung.process.send_signal(signal.SIGSTOP)
    seen, at = len(sim.journal.sent), time.monotonic()
    # what was on its way when it froze may still arrive
    await until(sim, lambda: len(sim.journal.sent) > seen + 2, 30, office.running)
    assert time.monotonic() - at <= TAKEN_OVER_WITHIN
    assert await holder(store, office.running) is not hung
    hung.process.send_signal(signal.SIGCONT)
    await until(sim, lambda: len(letters(sim)) >= PEOPLE, 60, office.running)
    for one in office.running:
        await one.stop()
    await store.close()
    assert sim.floods == []
    copies = letters(sim).values()
    assert sum(len(texts) - 1 for texts in copies) <= 1
    assert "duty_lost" in hung.log_text()


async def test_connections_that_the_database_ends_cost_no_letter(office: Office, database_url: str) -> None:
    sim, store = office.sim, Store(make_engine(database_url), ZONE)
    await prepare(store, sim)
    first, second, _ = office.running
    await first.join()
    await second.join()
    await broadcast(store, sorted(sim.world.people))
    await store.close()
    cuts = 3
    for cut in range(1, cuts + 1):
        await until(sim, lambda cut=cut: len(letters(sim)) >= cut * PEOPLE // (cuts + 2), 30, office.running)  # type: ignore[misc]
        await end_all_connections(database_url)
    await until(sim, lambda: len(letters(sim)) >= PEOPLE, 60, office.running)
    for one in (first, second):
        await one.stop()
    assert sum(len(texts) - 1 for texts in letters(sim).values()) <= cuts


async def end_all_connections(database_url: str) -> None:
    """As a server does that starts again."""
    name, _, folder = database_url.partition("@/")[2].partition("?host=")
    connection = await asyncpg.connect(host=folder, user="postgres", database="postgres")
    await connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", name)
    await connection.close()


async def test_commands_in_the_hand_of_a_process_that_is_killed_are_handled_by_the_others(
    office: Office, database_url: str
) -> None:
    sim, store = office.sim, Store(make_engine(database_url), ZONE)
    tasks = await prepare(store, sim)
    await asyncio.gather(*(one.join() for one in office.running))
    first = {person: mine[0] for person, mine in tasks.items()}
    sender = await holder(store, office.running)
    killed = next(one for one in office.running if one is not sender)
    for person, number in first.items():
        sim.say(person, f"tiendo {number} 40 đã làm")
    await until(sim, lambda: len(answers(sim)) >= len(first) // 3, 30, office.running)
    await killed.kill()
    at = time.monotonic()
    await until(sim, lambda: answers(sim).keys() >= set(first.values()), 30, office.running)
    assert time.monotonic() - at <= TAKEN_OVER_WITHIN
    for number, entries in (await histories(database_url, sorted(first.values()))).items():
        assert sum(entry.verb is Verb.PROGRESSED for entry in entries) == 1, f"task {number}"
    await store.close()


async def test_web_and_worker_share_the_work_and_tell_a_load_balancer_and_an_alert(
    office: Office, database_url: str
) -> None:
    sim, store = office.sim, Store(make_engine(database_url), ZONE)
    tasks = await prepare(store, sim)
    web, worker, _ = office.running
    await worker.join("--only", "worker")
    await web.join("--only", "web")
    sides = {one: int(one.environment["NHACVIEC_WEB_PORT"]) for one in (web, worker)}
    async with httpx.AsyncClient(trust_env=False) as http:

        async def get(one: Assistant, page: str) -> httpx.Response:
            return await http.get(f"http://127.0.0.1:{sides[one]}{page}")

        for one in (web, worker):
            await served(http, f"http://127.0.0.1:{sides[one]}/healthz")
        person, (number, *_) = next(iter(tasks.items()))
        sim.say(person, f"tiendo {number} 40 đã làm")
        await until(sim, lambda: number in answers(sim), 30, office.running)
        healths = [(await get(one, "/healthz")).json() for one in (web, worker)]
        assert [(one["role"], one["duties"]) for one in healths] == [
            ("web", []),
            ("worker", ["send:telegram", "send:web", "ticks"]),
        ]
        assert [(await get(one, "/vao")).status_code for one in (web, worker)] == [200, 404]
        counted = (await get(worker, "/metrics")).text
        assert 'nhacviec_letters_sent_total{channel="telegram"} 1.0' in counted
        assert 'nhacviec_duty_held{duty="ticks"} 1.0' in counted
        assert "nhacviec_events_handled_total 1.0" in (await get(web, "/metrics")).text
    await web.stop()
    await worker.stop()
    await store.close()


async def served(http: httpx.AsyncClient, url: str) -> None:
    async with asyncio.timeout(30):
        while True:
            try:
                assert (await http.get(url)).status_code == 200
            except httpx.HTTPError:
                await asyncio.sleep(0.05)
                continue
            return
