"""The leaders' Monday: five lines each; what they were told is kept, so that the next Monday can say what changed."""

import json
from datetime import date, datetime

from domain.escalation import Step, days_of
from domain.people import Agency
from domain.statistics import Counts, Figure, Row, View, changed_most
from domain.workdays import WorkCalendar
from locales.texts import five_lines as texts
from scheduler.clockwork import Clockwork
from scheduler.escalation import Told, to_carry_up
from scheduler.overview import gather
from scheduler.rounds import Occasion, Outcome
from storage.unit_of_work import UnitOfWork

KEPT = "leader_figures"
"""The name under which the figures of the last time are kept."""

MOST_WAITING = 5


async def leaders(work: Clockwork, occasion: Occasion, now: datetime) -> Outcome:
    """Five lines to every leader."""
    async with work.store.read() as uow:
        told = await gather(uow, View(), await uow.agency(), work.rules, await uow.calendar(), now)
    counts, red = told.total.counts, [row for row in told.rows if row.counts.overdue]
    async with work.store.write() as uow:
        if not await uow.rounds.reach(occasion.name, occasion.at, 1):
            return Outcome(0)
        agency = (await uow.agency()).on(occasion.day)
        letters = await _Leaders(work, occasion, agency, await uow.calendar(), now).tell(uow, counts, red)
    return Outcome(letters)


class _Leaders:
    """All leaders, within one transaction."""

    def __init__(
        self, work: Clockwork, occasion: Occasion, agency: Agency, calendar: WorkCalendar, now: datetime
    ) -> None:
        self.work = work
        self.occasion = occasion
        self.agency = agency
        self.calendar = calendar
        self.now = now

    async def tell(self, uow: UnitOfWork, counts: Counts, red: list[Row]) -> int:
        rules, day = self.work.rules, self.occasion.day
        late = await to_carry_up(uow, Step.LEADER, rules, day, self.calendar)
        figures = {
            Figure.OVERDUE: counts.overdue,
            Figure.LATE_UNITS: len(red),
            Figure.STUCK: counts.stuck,
            Figure.UNFINISHED: counts.unfinished,
        }
        changed = await self._changed(uow, day, figures)
        letters, those = 0, Told()
        for person in self.agency.leaders():
            asked = [person.id, *(away.id for away in self.agency.stands_in_for(person.id))]
            waiting, total = await uow.difficulties.waiting(MOST_WAITING, leader_ids=asked)
            if not counts.unfinished and not total:
                continue
            monday = texts.Monday(counts, red, late, days_of(Step.LEADER, rules.escalation), waiting, total, changed)
            text = texts.five_lines(self.work.speech, monday, self.agency)
            letters += await those.tell(uow, person, text, self.occasion.key(person.id), self.now)
        await those.note(uow, Step.LEADER, late, self.work.speech, self.now)
        return letters

    async def _changed(self, uow: UnitOfWork, day: date, figures: dict[Figure, int]) -> tuple[Figure, int, int] | None:
        """What has changed most since the last time; keeps the figures of today."""
        kept = json.loads(await uow.meta(KEPT) or "{}")
        # done all over again, the same day is not compared with itself
        before = kept.get("before", {}) if kept.get("day") == day.isoformat() else kept.get("figures", {})
        await uow.set_meta(KEPT, json.dumps({"day": day.isoformat(), "figures": figures, "before": before}))
        return changed_most({Figure(name): value for name, value in before.items()}, figures)
