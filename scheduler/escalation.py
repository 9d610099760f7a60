"""Carrying up: which tasks and requests are to be brought to whom, and the log of it, with who was told and was not."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from domain.escalation import Step, days_of, due_by, spoken_since
from domain.extensions import approvers
from domain.messages import Draft, Outgoing
from domain.people import Agency, Person
from domain.rules import Rules
from domain.tasks import Assignment, LogEntry, Verb
from domain.workdays import WorkCalendar
from locales.speech import Speech
from locales.texts import escalation as texts
from storage.unit_of_work import UnitOfWork

MOST_UNDECIDED = 200


async def to_carry_up(
    uow: UnitOfWork, step: Step, rules: Rules, day: date, calendar: WorkCalendar, units: Sequence[int] | None = None
) -> list[Assignment]:
    """What is to be brought to a step today, the longest overdue first."""
    until = due_by(days_of(step, rules.escalation), day, rules.zone, calendar)
    return await uow.statistics.late(step, until, spoken_since(day, rules.zone, calendar), units)


async def undecided(uow: UnitOfWork, agency: Agency) -> list[tuple[Assignment, list[Person]]]:
    """The tasks for which a later deadline was asked for and not decided about, each with whoever decides."""
    numbers = await uow.extensions.undecided(MOST_UNDECIDED)
    tasks = await uow.tasks.of_numbers(numbers)
    return [(tasks[number], approvers(tasks[number], agency)) for number in numbers]


@dataclass
class Told:
    """The people of one step: whose letter was posted now, and who of them can be reached by nothing."""

    people: list[Person] = field(default_factory=list)
    unreachable: list[Person] = field(default_factory=list)

    async def tell(self, uow: UnitOfWork, person: Person, outgoing: Outgoing, key: str, now: datetime) -> int:
        """Post one person's letter of a round; 0 where it was posted before."""
        account = await uow.ways.to(person.id, now)
        posted = await uow.outbox.post_to(account, Draft(outgoing, dedupe=key), now, person_id=person.id)
        if posted is None:
            return 0
        self.people.append(person)
        if account is None:
            self.unreachable.append(person)
        return 1

    async def note(
        self, uow: UnitOfWork, step: Step, tasks: Sequence[Assignment], speech: Speech, now: datetime
    ) -> None:
        """What the letters brought up is written down with each task, once."""
        if not self.people or not tasks:
            return
        entry = LogEntry(now, Verb.ESCALATED, None, texts.told(speech, self.people, self.unreachable))
        await uow.statistics.carried_up([one.number for one in tasks], step)
        await uow.tasks.note_all([(one.number, entry) for one in tasks])
