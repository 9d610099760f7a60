"""What must hold after any number of any events: all handled, everybody answered, nobody beyond what is permitted."""

import re
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from domain.absences import Absence
from domain.people import Agency
from domain.permissions import Action, may, may_ever
from domain.tasks import Assignment, Verb
from storage.codecs import table
from storage.models import AbsenceRow, AccountRow, AssignmentRow, DirectiveRow, InboxRow, LetterRow, LogRow
from storage.unit_of_work import Store, UnitOfWork
from tests.world import ZONE

NEEDED = {
    Verb.ASSIGNED: Action.ASSIGN,
    Verb.ACCEPTED: Action.ACCEPT,
    Verb.PROGRESSED: Action.REPORT,
    Verb.CLAIMED: Action.CLAIM,
    Verb.EVIDENCED: Action.REPORT,
    Verb.CONFIRMED: Action.CONFIRM,
    Verb.RETURNED: Action.RETURN,
    Verb.HANDED_OVER: Action.ASSIGN,
    Verb.DIFFICULTY: Action.SEE,
    Verb.ANSWERED: Action.SEE,
    Verb.EXTENSION_ASKED: Action.EXTEND,
    Verb.EXTENDED: Action.GRANT,
    Verb.EXTENSION_REFUSED: Action.GRANT,
    Verb.UNDONE: Action.SEE,
    Verb.CHANGED: Action.BROADCAST,
    Verb.STOPPED: Action.BROADCAST,
    Verb.ACTED_FOR: Action.ACT_FOR,
}
"""What somebody must be permitted who is logged to have done this; what is missing here only the assistant does."""

_HANDED = re.compile(r"từ (.+?) sang (.+?)(?:: |$)")
"""What the log says of a task that was handed over."""


async def unhandled(store: Store) -> list[str]:
    """Events that could not be handled."""
    inbox = table(InboxRow)
    async with store.read() as uow:
        rows = await uow.connection.execute(select(inbox.c.event, inbox.c.error).where(inbox.c.state != "done"))
        return [f"not handled: {row.error} {row.event}" for row in rows]


async def answers(store: Store) -> tuple[int, list[str]]:
    """How many events have their one answer, and which have none."""
    inbox, letter, found, missing = table(InboxRow), table(LetterRow), 0, []
    query = select(letter.c.dedupe, letter.c.state).where(letter.c.dedupe.startswith("answer:"))
    async with store.read() as uow:
        states = {row.dedupe: row.state for row in await uow.connection.execute(query)}
        for row in await uow.connection.execute(select(inbox.c.id, inbox.c.event)):
            state = states.get(f"answer:{row.id}")
            if state == "sent":
                found += 1
            elif not row.event["left"] and not _forgotten(row.event, state):
                missing.append(f"{state}: {row.event}")
    return found, missing


def _forgotten(event: dict[str, Any], answer: str | None) -> bool:
    """Whoever has disconnected is written to no more, not even what was on its way."""
    return answer == "dropped" and not event["address"]


async def overstepped(store: Store, before: Agency) -> list[str]:
    """What has been done by whom although it is not permitted."""
    async with store.read() as uow:
        agency = await uow.people.load()
        return [
            *([] if (agency.people, agency.units) == (before.people, before.units) else ["the roster is another"]),
            *[told async for told in _taken_chats(uow)],
            *[told async for told in _issued(uow, agency)],
            *[told async for told in _done(uow, agency)],
        ]


async def _taken_chats(uow: UnitOfWork) -> AsyncIterator[str]:
    """Everybody's chat was their own number, and is."""
    account = table(AccountRow)
    for row in await uow.connection.execute(select(account.c.person_id, account.c.address)):
        if row.address != str(row.person_id):
            yield f"chat {row.address} has become person {row.person_id}'s"


async def _issued(uow: UnitOfWork, agency: Agency) -> AsyncIterator[str]:
    directive = table(DirectiveRow)
    for row in await uow.connection.execute(select(directive.c.id, directive.c.published_by)):
        if not may_ever(agency.people[row.published_by], Action.BROADCAST):
            yield f"{agency.people[row.published_by].name} has issued directive {row.id}"


async def _done(uow: UnitOfWork, agency: Agency) -> AsyncIterator[str]:
    log, changes = table(LogRow), Counter[int]()
    numbers = list((await uow.connection.execute(select(table(AssignmentRow).c.id))).scalars())
    tasks = {number: await uow.tasks.get(number) for number in numbers}
    absences = list(await uow.connection.execute(select(table(AbsenceRow))))
    rows = list(await uow.connection.execute(select(log).where(log.c.assignment_id.is_not(None))))
    holders = _holders(rows, agency)
    acted = {(row.assignment_id, row.actor_id, row.at) for row in rows if row.verb == Verb.ACTED_FOR}
    for row in rows:
        changes[row.assignment_id] += 1
        task = tasks[row.assignment_id]
        then = _at(agency, absences, row.at)
        verb = Verb.ACTED_FOR if (row.assignment_id, row.actor_id, row.at) in acted else Verb(row.verb)
        had = holders.get(row.assignment_id, set())
        if row.actor_id is not None and not _permitted(then, row.actor_id, verb, task, had):
            yield f"{agency.people[row.actor_id].name}: {row.verb} task {row.assignment_id}"
    for number, task in tasks.items():
        if task is not None and task.revision > changes[number]:
            yield f"task {number} was changed, and nobody is logged for it"


def _at(agency: Agency, absences: list[Any], instant: datetime) -> Agency:
    """The agency with the stand-ins of an instant, also those who were called off later."""
    valid = [
        Absence(row.id, row.person_id, row.stand_in_id, row.from_on, row.until_on, row.noted_by, row.noted_at)
        for row in absences
        if row.noted_at <= instant and (row.cancelled_at is None or instant <= row.cancelled_at)
    ]
    return Agency(agency.units.values(), agency.people.values(), valid).on(instant.astimezone(ZONE).date())


def _holders(rows: list[Any], agency: Agency) -> dict[int, set[int]]:
    """Whose each task has been that was handed over, as the log says."""
    by_name = {person.name: person.id for person in agency.people.values()}
    found: dict[int, set[int]] = {}
    for row in rows:
        if row.verb == Verb.HANDED_OVER and (named := _HANDED.match(row.note)):
            found.setdefault(row.assignment_id, set()).update(by_name[name] for name in named.groups())
    return found


def _permitted(agency: Agency, actor: int, verb: Verb, task: Assignment | None, holders: set[int]) -> bool:
    """Whether the table gives it, about the task as it is or as it was with whoever had it before."""
    action = NEEDED.get(verb)
    if action is None or task is None:
        return False
    earlier = [replace(task, assignee_id=had, unit_id=agency.people[had].unit_id) for had in holders]
    return any(may(agency.people[actor], action, one, agency) for one in (task, *earlier))
