"""Telling of what was given: one letter to each, in parts where it is long, and what has come of it to the Office.

It is begun once everything of a document has been given, and writes down how far it has come.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from domain.directives import Directive
from domain.giving import beside, unheard
from domain.messages import Priority
from domain.people import Agency
from domain.proposals import Decided, Proposal
from domain.series import due_on
from domain.tasks import Assignment, LogEntry, Status
from domain.workdays import WorkCalendar
from locales.texts import giving as texts
from scheduler.clockwork import Clockwork
from scheduler.following import one_of_several
from scheduler.telling import tell
from storage.unit_of_work import UnitOfWork

PEOPLE_AT_ONCE, TASKS_AT_ONCE = 20, 60
"""People and their tasks in one transaction: small enough that a command waiting behind it is not felt."""


def about_letters(document_id: int) -> str:
    """What the letters of a document are about: those that have not left are dropped when it is called off."""
    return f"giving:{document_id}"


async def tell_all(work: Clockwork, now: datetime) -> int:
    """Tell of the documents of which all has been given; gives the letters."""
    async with work.store.read() as uow:
        due = await uow.given.to_tell(now)
    return sum([await one_of_several(_tell(work, document_id, now), document_id) for document_id in due])


async def _tell(work: Clockwork, document_id: int, now: datetime) -> int:
    async with work.store.read() as uow:
        news = await _load(work, uow, document_id, now)
    letters = 0
    while news is not None and (posted := await _some(work, document_id, news, now)) is not None:
        letters += posted
        # on SQLite nothing in here waits by itself: whoever has written in the meantime comes first
        await asyncio.sleep(0)
    return letters


@dataclass(frozen=True)
class _News:
    """What everybody is to be told of a document, by person."""

    directive: Directive
    proposals: Sequence[Proposal]
    agency: Agency
    calendar: WorkCalendar
    of: Mapping[int, texts.News] = field(default_factory=dict)


async def _load(work: Clockwork, uow: UnitOfWork, document_id: int, now: datetime) -> _News | None:
    document = await uow.proposals.document(document_id)
    directive = await uow.directives.get(document.directive_id or 0) if document else None
    if document is None or directive is None:
        return None
    proposals = [one for one in await uow.proposals.of(document) if one.given_at is not None]
    agency, calendar = (await uow.agency()).on(work.rules.today(now)), await uow.calendar()
    of = await _by_person(work, uow, directive, proposals, agency, calendar)
    return _News(directive, proposals, agency, calendar, of)


async def _by_person(
    work: Clockwork,
    uow: UnitOfWork,
    directive: Directive,
    proposals: Sequence[Proposal],
    agency: Agency,
    calendar: WorkCalendar,
) -> dict[int, texts.News]:
    known = {one.id: one for one in proposals if one.decided is Decided.ACCEPTED}
    found: dict[int, texts.News] = {}

    def of(person_id: int) -> texts.News:
        return found.setdefault(person_id, texts.News())

    for proposal in known.values():
        tasks = [one for one in await uow.given.tasks([proposal.id]) if one.task.series_id is None]
        went_on = [one.number for one in tasks if one.task.directive_id != directive.id]
        changes = await uow.given.changes(went_on, proposal.given_at) if went_on and proposal.given_at else {}
        for one in tasks:
            _sort_in(of(one.assignee_id), one, proposal, directive, changes.get(one.number))
        # there may be thousands: whoever has written in the meantime comes first
        await asyncio.sleep(0)
    for rule in await uow.given.rules(known):
        of(rule.person_id).waiting.append((rule, known[rule.proposal_id or 0]))
    for series in await uow.given.series(known):
        due = due_on(series.next_on, work.rules.rest_day, calendar)
        of(series.person_id).series.append((series, known[series.proposal_id or 0], due))
    for proposal in known.values():
        for person_id in beside(proposal, agency):
            of(person_id).beside.append((proposal, texts.names(agency, proposal.lead)))
    return {person_id: news for person_id, news in sorted(found.items()) if news}


def _sort_in(
    news: texts.News, one: Assignment, proposal: Proposal, directive: Directive, change: LogEntry | None
) -> None:
    """A task is new, goes on otherwise than before, or is stopped."""
    if one.task.directive_id == directive.id:
        if one.status is not Status.STOPPED:
            news.tasks.append((one, proposal))
    elif change is not None and change.at == proposal.given_at:
        (news.stopped if one.status is Status.STOPPED else news.changed).append((one, proposal, change.note))


async def _some(work: Clockwork, document_id: int, news: _News, now: datetime) -> int | None:
    """Tell the next people; gives the letters, None once it is over."""
    async with work.store.write() as uow:
        up_to = await uow.given.told_up_to(document_id, now)
        if up_to is None:
            return None
        people = _next_people(news, up_to)
        if not people:
            await uow.given.all_told(document_id)
            return await _tell_office(work, uow, document_id, news, now)
        await uow.given.told(document_id, people[-1])
        return sum([await _tell_one(work, uow, document_id, person_id, news, now) for person_id in people])


def _next_people(news: _News, up_to: int) -> list[int]:
    """The next few, with not too much to say together."""
    found: list[int] = []
    lines = 0
    for person_id, of in news.of.items():
        if person_id > up_to and len(found) < PEOPLE_AT_ONCE and lines < TASKS_AT_ONCE:
            found.append(person_id)
            lines += len(of)
    return found


async def _tell_one(
    work: Clockwork, uow: UnitOfWork, document_id: int, person_id: int, news: _News, now: datetime
) -> int:
    person = news.agency.people.get(person_id)
    if person is None:
        return 0
    parts = texts.letters(work.speech, person, news.directive, news.of[person_id], news.agency, news.calendar, now)
    letters = 0
    for part, (letter, numbers) in enumerate(parts, 1):
        key = f"giving:{document_id}:{person_id}:{part}"
        about = about_letters(document_id)
        # behind the directive itself, and as it is: not before the answers and reminders of others
        last = Priority.BROADCAST
        letters += await tell(uow, work.speech, news.agency, person, letter, key, now, numbers, about, last)
    return letters


async def _tell_office(work: Clockwork, uow: UnitOfWork, document_id: int, news: _News, now: datetime) -> int:
    """What has come of it, to whoever published it; else to the Office."""
    publisher = news.agency.people.get(news.directive.published_by)
    told = [publisher] if publisher else news.agency.office()
    unreached = [
        news.agency.people[person_id].name
        for person_id in news.of
        if person_id in news.agency.people and not await _reached(uow, news.agency, person_id, now)
    ]
    sums = texts.Summary(
        tasks=sum(len(one.tasks) for one in news.of.values()),
        waiting=sum(len(one.waiting) for one in news.of.values()),
        series=sum(len(one.series) for one in news.of.values()),
        changed=sum(len(one.changed) for one in news.of.values()),
        stopped=sum(len(one.stopped) for one in news.of.values()),
        go_on=sum(one.decided is Decided.ALREADY_GIVEN for one in news.proposals),
        people=len(news.of),
        headless=_headless(news),
        unheard=_unheard(news),
        over=_over(news),
        unreached=unreached,
    )
    letter = texts.given(work.speech, news.directive, sums)
    letters = 0
    for person in told:
        key = f"giving:{document_id}:office:{person.id}"
        letters += await tell(uow, work.speech, news.agency, person, letter, key, now)
    return letters


async def _reached(uow: UnitOfWork, agency: Agency, person_id: int, now: datetime) -> bool:
    stand_in = agency.stand_in(person_id)
    people = [person_id, *([stand_in.id] if stand_in else ())]
    return any([await uow.ways.to(one, now) for one in people])


def _headless(news: _News) -> list[tuple[str, str, list[int]]]:
    """The units without a head, who has got their tasks for them, and which."""
    found: dict[tuple[int, int], list[int]] = {}
    for person_id, one in news.of.items():
        for task, proposal in one.tasks:
            if task.unit_id in proposal.lead.units and person_id not in {
                head.id for head in news.agency.heads(task.unit_id)
            }:
                found.setdefault((task.unit_id, person_id), []).append(task.number)
    people, units = news.agency.people, news.agency.units
    return [
        (units[unit_id].name, people[person_id].name, numbers)
        for (unit_id, person_id), numbers in found.items()
        if unit_id in units and person_id in people
    ]


def _unheard(news: _News) -> list[str]:
    """The units that coordinate something, and of which nobody can be told."""
    units = {each for one in news.proposals for each in unheard(one, news.agency)}
    return sorted(news.agency.units[each].name for each in units)


def _over(news: _News) -> list[str]:
    """The points of what comes again by a rule that has no further day."""
    going = {proposal.id for one in news.of.values() for _, proposal, _ in one.series}
    return [
        one.read.point or str(one.number)
        for one in news.proposals
        if one.decided is Decided.ACCEPTED and isinstance(one.when, tuple) and one.id not in going
    ]
