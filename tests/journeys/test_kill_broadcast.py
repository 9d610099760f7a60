"""Killed at random instants while directives go out to thousands and commands come in: none lost, none done twice."""

import random
import re
from collections import defaultdict
from collections.abc import AsyncIterator, Collection
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Select, select

from domain.clock import SystemClock
from domain.directives import Audience, Directive, Everybody
from domain.people import Role
from domain.tasks import Verb
from storage.codecs import table
from storage.engine import make_engine
from storage.models import DirectiveRow, RecipientRow
from storage.roster import take_in
from storage.unit_of_work import Store
from tests.cast import Line
from tests.journeys.assistant import assistant
from tests.journeys.test_kill import _task, histories, in_the_middle
from tests.simulators.telegram import TelegramSimulator

pytestmark = pytest.mark.journey

PEOPLE, SPEAKING, COMMANDS_EACH = 2000, 60, 5
KILLS = {"sqlite": 60, "postgresql": 20}
directives, recipients = table(DirectiveRow), table(RecipientRow)
HASTY = ("-m", "tests.journeys.hasty")
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
SUBJECT = "Rà soát thủ tục hành chính"
REPEATED = "Gửi lại"


@pytest.fixture
async def sim() -> AsyncIterator[TelegramSimulator]:
    async with TelegramSimulator(repeat_stretch=0.02, conflict_delay=0.02) as started:
        yield started


@dataclass
class Office:
    """Thousands on Telegram; some have tasks, whose numbers are here by person."""

    url: str
    publisher: int
    people: list[int]
    tasks: dict[int, list[int]]

    async def publish(self, part: int, parts: int) -> None:
        """One more directive, to the next part of the people, due at once."""
        store, now = Store(make_engine(self.url), ZONE), SystemClock().now()
        audience = Audience(Everybody.NAMED, people=tuple(self.people[part::parts]))
        new = Directive(0, f"{part}/CV-VP", None, SUBJECT, audience, self.publisher, now, publish_at=now)
        async with store.write() as uow:
            await uow.directives.create(new)
        await store.close()

    async def reached(self) -> list[int]:
        """Whom a directive is written down to have gone to, once for each time."""
        return await self._read(select(recipients.c.person_id))

    async def is_going_out(self) -> bool:
        """Whether some have been posted their letters, and others of the same directive have not."""
        half = (directives.c.sent_up_to > 0, directives.c.fanned_out_at.is_(None))
        return bool(await self._read(select(directives.c.id).where(*half)))

    async def _read(self, query: Select[tuple[int]]) -> list[int]:
        store = Store(make_engine(self.url), ZONE)
        async with store.read() as uow:
            found = list((await uow.connection.execute(query)).scalars())
        await store.close()
        return found


async def prepare(url: str, sim: TelegramSimulator) -> Office:
    store, now = Store(make_engine(url), ZONE), SystemClock().now()
    roster = [Line(f"Cán bộ {n}", f"Phòng {n % 40}", "Chuyên viên", Role.OFFICER, None) for n in range(PEOPLE)]
    roster.append(Line("Nguyễn Thị Lan", "Văn phòng", "Chuyên viên", Role.OFFICE, None))
    made = Office(url, 0, [], {})
    async with store.write() as uow:
        await take_in(uow, roster, now)
        for person in (await uow.agency()).people.values():
            await uow.people.link(person.id, "telegram", str(person.id), now)
            sim.person(person.id, person.name, started=True)
            if person.role is Role.OFFICE:
                made.publisher = person.id
                continue
            made.people.append(person.id)
            if len(made.tasks) < SPEAKING:
                made.tasks[person.id] = [await _task(uow, person.id, person.unit_id) for _ in range(COMMANDS_EACH)]
    await store.close()
    return made


class Arrived:
    """What people got, sorted as it comes."""

    def __init__(self, sim: TelegramSimulator, people: Collection[int]) -> None:
        self._sim = sim
        self._people = frozenset(people)
        self._seen = 0
        self.letters: dict[int, list[str]] = defaultdict(list)
        self.answers: dict[int, list[str]] = defaultdict(list)

    def look(self) -> "Arrived":
        for message in self._sim.journal.sent[self._seen :]:
            text = str(message["text"])
            if SUBJECT in text and message["chat_id"] in self._people:
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
    office = await prepare(database_url, sim)
    numbers = [number for mine in office.tasks.values() for number in mine]
    lines = [(person, f"tiendo {number} 40 đã làm") for person, mine in office.tasks.items() for number in mine]
    kills = KILLS[database_url.partition("+")[0].partition(":")[0]]
    chance, arrived = random.Random(2026), Arrived(sim, office.people)
    chance.shuffle(lines)
    said = len(lines) // kills
    half_way = 0
    async with assistant(sim, database_url, tmp_path, how=HASTY) as running:
        for life in range(kills):
            await office.publish(life, kills)
            await running.start()
            sim.say_many(lines[life * said : (life + 1) * said])
            # about as many calls as there are letters and answers in a life
            await in_the_middle(sim, len(sim.calls()) + chance.randint(0, 2 * PEOPLE // kills), chance)
            await running.kill()
            half_way += await office.is_going_out()
        sim.say_many(lines[kills * said :])
        await running.start()
        try:
            await sim.wait_until(lambda: arrived.all_of(PEOPLE, numbers), 120)
        except TimeoutError:
            missing = set(numbers) - arrived.answers.keys()
            raise AssertionError(f"{len(arrived.letters)} letters; never answered: {sorted(missing)}") from None
        await running.stop()
    arrived.look()
    assert sorted(await office.reached()) == sorted(office.people)
    for number, entries in (await histories(database_url, numbers)).items():
        reports = [entry for entry in entries if entry.verb is Verb.PROGRESSED]
        assert len(reports) == 1, f"task {number} was handled {len(reports)} times"
    copies = [*arrived.letters.values(), *arrived.answers.values()]
    repeated = [texts for texts in copies if len(texts) > 1]
    assert half_way, "no kill met a directive that was going out"
    assert sum(len(texts) - 1 for texts in repeated) <= kills
    for texts in repeated:
        assert sum(REPEATED in text for text in texts) >= len(texts) - 1, f"a repeat is not marked as one: {texts}"
