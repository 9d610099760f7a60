"""Rounds: what is done at a set hour of working days; the next one is a row, so that a restart forgets none.

A round that the assistant was not there for is made up for on the same working day, in office hours; on a later day
it is passed over. Its parts are ticked off one after the other in the transaction that posts their letters, and every
letter has a key of its own: killed in the middle, a round goes on where it was and tells nobody twice.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import structlog

from domain.rules import Rules
from domain.workdays import DAY, WorkCalendar
from scheduler.clockwork import Clockwork

log = structlog.get_logger()

INSTANT = timedelta(microseconds=1)
LONGEST_BREAK = 400
"""Days; somewhere within them is a working day."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """One round that is due: its instant (UTC), its local day, and how far it has come.

    `opens_week` is true on the first working day of a week, when what comes once a week is said.
    """

    name: str
    at: datetime
    day: date
    opens_week: bool
    reached: int

    def key(self, person_id: int) -> str:
        """The dedupe key of a person's letter: the same for every try at this round."""
        return f"digest:{self.name}:{self.day.isoformat()}:{person_id}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many letters were posted, and whether the round is over; if not, it goes on with the next tick."""

    letters: int
    over: bool = True


@dataclass(frozen=True)
class Round:
    """What is done at an hour of every working day, or only of the first one of a week."""

    name: str
    hour: Callable[[Rules], time]
    run: Callable[[Clockwork, Occasion, datetime], Awaitable[Outcome]]
    weekly: bool = False
    after: str | None = None
    """Another round that must be over before."""


def opens_week(day: date, calendar: WorkCalendar) -> bool:
    """Whether a day is the first of its week that is worked."""
    before = (day - DAY * n for n in range(1, day.weekday() + 1))
    return calendar.is_working(day) and not any(calendar.is_working(other) for other in before)


def next_due(one: Round, rules: Rules, calendar: WorkCalendar, after: datetime) -> datetime:
    """When a round is due next, strictly after an instant."""
    today = rules.today(after)
    for day in (today + DAY * n for n in range(LONGEST_BREAK)):
        at = datetime.combine(day, one.hour(rules), rules.zone).astimezone(UTC)
        if at > after and (opens_week(day, calendar) if one.weekly else calendar.is_working(day)):
            return at
    raise AssertionError("a year without a working day")


async def go(work: Clockwork, one: Round, now: datetime) -> int:
    """Do a round that is due, and plan the next one; gives the letters."""
    async with work.store.read() as uow:
        planned, calendar = await uow.rounds.all(), await uow.calendar()
    following = next_due(one, work.rules, calendar, now)
    mine = planned.get(one.name)
    if mine is None or mine.at > now:
        # the first one of all; or its hour, the calendar or the clock was set back
        if mine is None or mine.at != following:
            await _plan(work, one, following)
        return 0
    day = work.rules.today(mine.at)
    if _is_over(work, day, calendar, now):
        log.warning("round_passed_over", round=one.name, day=day.isoformat())
        return await _pass_over(work, one, calendar, following, now)
    before = planned.get(one.after or "")
    if (before is not None and before.at <= now) or not work.rules.hours.is_open(now, work.rules.zone, calendar):
        return 0
    occasion = Occasion(one.name, mine.at, day, opens_week(day, calendar), mine.reached)
    outcome = await one.run(work, occasion, now)
    if outcome.over:
        await _plan(work, one, following)
    return outcome.letters


def _is_over(work: Clockwork, day: date, calendar: WorkCalendar, now: datetime) -> bool:
    """Whether the office does not open any more on the day of a round."""
    rules = work.rules
    return rules.today(rules.hours.next_open(now, rules.zone, calendar)) != day


async def _pass_over(work: Clockwork, one: Round, calendar: WorkCalendar, following: datetime, now: datetime) -> int:
    """Go on with the round of today, if there is one and it is not too late for it; else with the one that follows."""
    today = work.rules.today(now)
    midnight = datetime.combine(today, time(), work.rules.zone).astimezone(UTC)
    at = next_due(one, work.rules, calendar, midnight - INSTANT)
    if at > now or _is_over(work, today, calendar, now):
        await _plan(work, one, following)
        return 0
    await _plan(work, one, at)
    return await go(work, one, now)


async def _plan(work: Clockwork, one: Round, at: datetime) -> None:
    async with work.store.write() as uow:
        await uow.rounds.plan(one.name, at)
