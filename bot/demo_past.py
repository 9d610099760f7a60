"""What the sample agency has been at before somebody visits: tasks in several units, some late, some waiting."""

import csv
from datetime import date, datetime, time
from pathlib import Path

from domain.deadlines import Deadline
from domain.people import Agency, Person
from domain.rules import Rules
from domain.tasks import Assignment, Index, LogEntry, Status, Task, Verb
from domain.workdays import WorkCalendar
from storage.unit_of_work import UnitOfWork

TASKS = Path(__file__).with_name("demo_tasks.csv")
GIVEN_BEFORE, CLAIMED_BEFORE = 12, 2
"""Working days between the assignment and its deadline, and between the report and today."""
FOUR_O_CLOCK = time(16)


async def remember(uow: UnitOfWork, rules: Rules, now: datetime) -> None:
    """Put the tasks of before into an agency that has none."""
    agency, calendar = await uow.agency(), await uow.calendar()
    past = _Past(agency, calendar, rules, now)
    for row in _rows():
        one = await uow.tasks.create(past.task(row))
        await uow.tasks.note_all([(one.number, entry) for entry in past.log(one)])


def _rows() -> list[dict[str, str]]:
    with TASKS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class _Past:
    def __init__(self, agency: Agency, calendar: WorkCalendar, rules: Rules, now: datetime) -> None:
        self._people = {person.name: person for person in agency.people.values()}
        self._agency = agency
        self._calendar = calendar
        self._rules = rules
        self._now = now
        self._today = calendar.on_or_after(rules.today(now))

    def task(self, row: dict[str, str]) -> Assignment:
        person, workdays, status = self._people[row["assignee"]], int(row["workdays"]), Status(row["status"])
        deadline, given_at = Deadline(self._day(workdays)), self._at(self._day(workdays - GIVEN_BEFORE))
        given = Task(0, row["content"], self._agency.office()[0].id, given_at, Index(row["index"]))
        claimed = status in (Status.AWAITING, Status.DONE)
        return Assignment(
            0,
            given,
            person.id,
            person.unit_id,
            status,
            percent=100 if claimed else 0,
            deadline=deadline,
            original_deadline=deadline,
            remind_at=None if claimed else self._rules.next_rung(deadline, self._now, self._calendar),
            claimed_at=self._at(self._day(-CLAIMED_BEFORE)) if claimed else None,
        )

    def log(self, one: Assignment) -> list[LogEntry]:
        entries = [LogEntry(one.task.given_at, Verb.ASSIGNED, one.task.given_by)]
        if one.status is not Status.NOT_ACCEPTED:
            entries.append(LogEntry(one.task.given_at, Verb.ACCEPTED, one.assignee_id))
        if one.claimed_at:
            entries.append(LogEntry(one.claimed_at, Verb.CLAIMED, one.assignee_id))
        if one.status is Status.DONE and one.claimed_at:
            entries.append(LogEntry(one.claimed_at, Verb.CONFIRMED, self._confirmer(one).id))
        return entries

    def _confirmer(self, one: Assignment) -> Person:
        return self._agency.confirmers(self._agency.people[one.assignee_id])[0]

    def _day(self, workdays: int) -> date:
        return self._calendar.add(self._today, workdays) if workdays else self._today

    def _at(self, day: date) -> datetime:
        return datetime.combine(day, FOUR_O_CLOCK, self._rules.zone)
