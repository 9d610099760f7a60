"""Killed at random instants while a letter goes out to thousands and commands come in: none lost, none done twice."""

import random
import re
from collections import defaultdict
from collections.abc import AsyncIterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from domain.clock import SystemClock
from domain.messages import Button, Draft, Outgoing, Priority
from domain.people import Role
from domain.tasks import Verb
from storage.engine import make_engine
from storage.roster import take_in
from storage.unit_of_work import Store
from tests.cast import Line
from tests.journeys.assistant import UNLIMITED, assistant
from tests.journeys.test_kill import _task, histories, in_the_middle
from tests.simulators.telegram import TelegramSimulator

pytestmark = pytest.mark.journey

PEOPLE, SPEAKING, COMMANDS_EACH = 2000, 60, 5
KILLS = {"sqlite": 60, "postgresql": 20}
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
LETTER = "Văn phòng chuyển công văn số 88/CV-VP"
REPEATED = "Gửi lại"


@pytest.fixture
async def sim() -> AsyncIterator[TelegramSimulator]:
    async with TelegramSimulator(repeat_stretch=0.02, conflict_delay=0.02) as started:
        yield started


async def prepare(url: str, sim: TelegramSimulator) -> dict[int, list[int]]:
    """Thousands on Telegram, a letter to each of them; some have tasks: gives the numbers of these by person."""
    store, now = Store(make_engine(url), ZONE), SystemClock().now()
    roster = [Line(f"Cán bộ {n}", f"Phòng {n % 40}", "Chuyên viên", Role.OFFICER, None) for n in range(PEOPLE)]
    tasks: dict[int, list[int]] = {}
    async with store.write() as uow:
        await take_in(uow, roster, now)
        for person in (await uow.agency()).people.values():
            await uow.people.link(person.id, "telegram", str(person.id), now)
            sim.person(person.id, person.name, started=True)
            if len(tasks) < SPEAKING:
                tasks[person.id] = [await _task(uow, person.id, person.unit_id) for _ in range(COMMANDS_EACH)]
            outgoing = Outgoing(LETTER, ((Button("Đã nhận", "nhan 88"),),))
            draft = Draft(outgoing, f"directive:1:to:{person.id}", Priority.BROADCAST)
            await uow.outbox.post(draft, "telegram", str(person.id), now, person_id=person.id)
    await store.close()
    return tasks


class Arrived:
    """What people got, sorted as it comes."""

    def __init__(self, sim: TelegramSimulator) -> None:
        self._sim = sim
        self._seen = 0
        self.letters: dict[int, list[str]] = defaultdict(list)
        self.answers: dict[int, list[str]] = defaultdict(list)

    def look(self) -> "Arrived":
        for message in self._sim.journal.sent[self._seen :]:
            text = str(message["text"])
            if LETTER in text:
                self.letters[message["chat_id"]].append(text)
            elif found := re.search(r"nhiệm vụ số (\d+) đạt", text):
                self.answers[int(found[1])].append(text)
        self._seen = len(self._sim.journal.sent)
        return self

    def all_of(self, people: int, numbers: list[int]) -> bool:
        self.look()
        return len(self.letters) >= people and self.answers.keys() >= set(numbers)


async def test_a_broadcast_killed_again_and_again_reaches_everybody_and_answers_everybody(
    sim: TelegramSimulator, database_url: str, tmp_path: Path
) -> None:
    tasks = await prepare(database_url, sim)
    numbers = [number for mine in tasks.values() for number in mine]
    lines = [(person, f"tiendo {number} 40 đã làm") for person, mine in tasks.items() for number in mine]
    kills, chance, arrived = KILLS[database_url.partition("+")[0].partition(":")[0]], random.Random(2026), Arrived(sim)
    chance.shuffle(lines)
    said = len(lines) // kills
    async with assistant(sim, database_url, tmp_path, how=UNLIMITED) as running:
        for life in range(kills):
            await running.start()
            sim.say_many(lines[life * said : (life + 1) * said])
            # so many calls that the last lives still have something of the broadcast to be killed in
            await in_the_middle(sim, len(sim.calls()) + chance.randint(0, 2 * PEOPLE // kills), chance)
            await running.kill()
        assert len(arrived.look().letters) < PEOPLE, "the last kills met nothing any more"
        sim.say_many(lines[kills * said :])
        await running.start()
        try:
            await sim.wait_until(lambda: arrived.all_of(PEOPLE, numbers), 120)
        except TimeoutError:
            missing = set(numbers) - arrived.answers.keys()
            raise AssertionError(f"{len(arrived.letters)} letters; never answered: {sorted(missing)}") from None
        await running.stop()
    arrived.look()
    for number, entries in (await histories(database_url, numbers)).items():
        reports = [entry for entry in entries if entry.verb is Verb.PROGRESSED]
        assert len(reports) == 1, f"task {number} was handled {len(reports)} times"
    copies = [*arrived.letters.values(), *arrived.answers.values()]
    repeated = [texts for texts in copies if len(texts) > 1]
    assert sum(len(texts) - 1 for texts in repeated) <= kills
    for texts in repeated:
        assert sum(REPEATED in text for text in texts) >= len(texts) - 1, f"a repeat is not marked as one: {texts}"
