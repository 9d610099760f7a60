"""An agency of any size, written straight into the tables: its people on Telegram, its open tasks."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, update

from domain.clock import SystemClock
from domain.deadlines import Deadline
from domain.names import key
from domain.people import Role
from storage.codecs import table
from storage.engine import make_engine
from storage.migrations import migrate
from storage.models import AccountRow, AssignmentRow, LetterRow, PersonRow, UnitRow
from storage.unit_of_work import Store

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
FIRST_CHAT = 5_000
"""A person's chat is this, and the person's number."""

FIRST_DUE, DUE_DAYS = 40, 300
"""The open tasks are due so many days from now, spread over so many days; each is reminded of five days before."""


@dataclass(frozen=True)
class Size:
    """Units with a head each, officers in them in turn, and tasks, given to the officers in turn."""

    units: int
    officers: int
    tasks: int

    def heads(self) -> range:
        return range(1, self.units + 1)

    def people(self) -> range:
        """The officers' numbers; the n-th of them has the n-th task."""
        return range(self.units + 1, self.units + self.officers + 1)

    def everybody(self) -> range:
        return range(1, self.units + self.officers + 1)

    def unit_of(self, person: int) -> int:
        return person if person <= self.units else (person - self.units - 1) % self.units + 1

    def task_of(self, person: int) -> int:
        return person - self.units


def chat(person: int) -> int:
    return FIRST_CHAT + person


def url(path: Path) -> str:
    return f"sqlite:///{path}"


_assignment = table(AssignmentRow)
_MOVE = (
    update(_assignment)
    .where(_assignment.c.id == bindparam("numbered"))
    .values(
        due_on=bindparam("new_on"),
        due_at=bindparam("new_at"),
        sort_at=bindparam("new_at"),
        remind_at=bindparam("new_remind"),
    )
)


async def build(path: Path, size: Size) -> None:
    """Make the database; what its size costs to write is no part of any measurement."""
    store = Store(make_engine(url(path)), ZONE)
    await migrate(store.database)
    await everybody_in(store, size)
    await store.close()
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("PRAGMA synchronous=OFF")
        raw.execute("PRAGMA cache_size=-200000")
        _tasks(raw, size, SystemClock().now().date())
        raw.execute("ANALYZE")
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")


async def everybody_in(store: Store, size: Size) -> None:
    """Write the people and their accounts."""
    now = SystemClock().now()
    units = [{"id": n, "name": f"Phòng số {n}", "key": key(f"Phòng số {n}")} for n in size.heads()]
    people = [_person(size, n) for n in size.everybody()]
    accounts = [
        {
            "id": n,
            "person_id": n,
            "channel": "telegram",
            "address": str(chat(n)),
            "linked_at": now,
            "last_heard_at": now,
            "preferred": False,
        }
        for n in size.everybody()
    ]
    async with store.write() as uow:
        for model, rows in ((UnitRow, units), (PersonRow, people), (AccountRow, accounts)):
            await uow.connection.execute(table(model).insert(), rows)
        await uow.roster_changed()


def _person(size: Size, number: int) -> dict[str, object]:
    role = Role.UNIT_HEAD if number in size.heads() else Role.OFFICER
    name = f"Cán bộ {number}"
    unit = size.unit_of(number)
    return {"id": number, "name": name, "key": key(name), "unit_id": unit, "role": role.value, "title": "Chuyên viên"}


_COUNT = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :tasks)"
_TASKS = f"""
INSERT INTO task (id, content, given_by, given_at, source, point)
{_COUNT}
SELECT i, 'Báo cáo kết quả thực hiện nhiệm vụ được giao, phần ' || i, (i - 1) % :units + 1, :given, '', '' FROM n
"""
_ASSIGNMENTS = f"""
INSERT INTO assignment (id, task_id, assignee_id, unit_id, status, revision, percent, due_on, due_at, sort_at,
                        remind_at, result, stuck, escalated)
{_COUNT}, due(i, day) AS (SELECT i, date(:first, '+' || (i * 7919 % {DUE_DAYS}) || ' days') FROM n)
SELECT i, i, :units + (i - 1) % :officers + 1, (i - 1) % :officers % :units + 1, 'in_progress', 1, 0, day,
       day || ' 17:00:00.000000', day || ' 17:00:00.000000', date(day, '-5 days') || ' 00:30:00.000000', '',
       0, 0
FROM due
"""


def _tasks(raw: sqlite3.Connection, size: Size, today: date) -> None:
    if not size.tasks:
        return
    first = (today + timedelta(days=FIRST_DUE)).isoformat()
    values = {"tasks": size.tasks, "units": size.units, "officers": size.officers, "first": first}
    given = {"given": f"{today.isoformat()} 01:00:00.000000"}
    raw.execute("BEGIN")
    raw.execute(_TASKS, values | given)
    raw.execute(_ASSIGNMENTS, values)
    raw.execute("COMMIT")


async def make_due(store: Store, size: Size, people: int, each: int, now: datetime) -> None:
    """The first tasks of some people have come due, around today; no letter speaks of them yet."""
    today = now.astimezone(ZONE).date()
    rows = []
    for nth in range(each):
        deadline = Deadline(today + timedelta(days=nth - 3))
        values = {"new_on": deadline.on, "new_at": deadline.instant(ZONE), "new_remind": now - timedelta(minutes=1)}
        rows += [values | {"numbered": officer + 1 + nth * size.officers} for officer in range(people)]
    async with store.write() as uow:
        await uow.connection.execute(table(LetterRow).delete())
        await uow.connection.execute(_MOVE, rows)
