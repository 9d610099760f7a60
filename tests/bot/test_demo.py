"""The demo's week: the document is read as what it is, and every line that is typed for a visitor is understood."""

from datetime import date

import pytest

from bot.demo import cast, prepare
from bot.demo_directive import MIME, NAME, directive
from bot.demo_week import ACTS, Step
from documents.reading.directive import read_here as read_directive
from documents.reading.texts import kind_of, read_here
from domain.headers import header_of
from domain.reading.values import Code, DeadlineKind
from domain.rules import Rules
from domain.tasks import Status, Verb
from domain.workdays import WorkCalendar
from handlers.understanding.intents import Intent, understand
from locales import vocabulary
from locales.speech import LOCALES, Speech
from locales.texts import demo as texts
from storage.engine import make_engine
from storage.unit_of_work import Store
from tests.world import local

ANSWERS = {"accept", "by_when", "everybody", "publish", "agree", "decide"}
"""What is typed as the answer to a question, and is no command."""
COMMANDS = {
    "broadcast": ("chidao", None),
    "received": ("nhanchidao", 1),
    "assign": ("giao", None),
    "attest": ("quantriet", 1),
    "raise": ("vuongmac", 12),
    "submit": ("vuongmac", 12),
    "extend": ("giahan", 12),
    "grant": ("giahan", 12),
    "done": ("xong", 12),
    "confirm": ("xacnhan", 12),
    "report": ("tinhhinh", None),
}


def test_the_sample_document_says_its_number_date_and_subject() -> None:
    content = directive(date(2026, 3, 2))
    header = header_of(read_here(kind_of(NAME, MIME) or "", content).text)
    assert (header.number, header.issued_on) == ("315/SNV-VP", date(2026, 3, 2))
    assert header.subject.startswith("rà soát, công khai thủ tục hành chính")


def test_the_sample_document_has_tasks_of_every_kind_and_something_to_look_at() -> None:
    reading = read_directive("docx", directive(date(2026, 11, 23)), WorkCalendar(lambda _year: {}))
    kinds = [task.deadline.kind for task in reading.tasks]
    assert kinds == [
        DeadlineKind.WORKING_DAYS_AFTER_EVENT,
        DeadlineKind.DATE,
        DeadlineKind.DATE,
        DeadlineKind.NONE,
        DeadlineKind.RECURRING,
    ]
    assert [one.code for one in reading.anomalies] == [Code.COUNT_MISMATCH]


@pytest.mark.parametrize("locale", LOCALES)
def test_every_line_that_is_typed_is_understood(locale: str) -> None:
    lines, words = texts.lines(Speech(locale), "Phạm Thị Dung", 12, 1), vocabulary.load()
    understood = {name: understand(line, words) for name, line in lines.items() if name not in ANSWERS}
    found = {name: (meant.command, meant.number) for name, meant in understood.items() if isinstance(meant, Intent)}
    assert found == COMMANDS
    assert {act.line for acts in ACTS.values() for act in acts if act.line} == set(lines)


@pytest.mark.parametrize("locale", LOCALES)
def test_every_step_has_its_words(locale: str) -> None:
    assert list(texts.steps(Speech(locale))) == [step.value for step in Step]


async def test_the_past_is_told_by_the_digests(database_url: str) -> None:
    rules, now = Rules(), local("2026-11-23 07:30")
    store = Store(make_engine(database_url), rules.zone)
    await prepare(store, rules, now)
    async with store.read() as uow:
        agency = await uow.agency()
        todo = await uow.tasks.todo_of_units(list(agency.units), 50)
        logs = [await uow.tasks.history(one.number) for one in todo]
    await store.close()
    late = [one for one in todo if one.is_open and one.deadline and one.deadline.on < date(2026, 11, 23)]
    assert len(late) == 3
    assert len([one for one in todo if one.status is Status.AWAITING]) == 2
    assert all(one.is_open == (one.remind_at is not None) for one in todo)
    assert all(entries[0].verb is Verb.ASSIGNED for entries in logs)
    assert cast(agency).officer.id not in {one.assignee_id for one in todo}
