"""How things stand: counted for the whole agency, a unit or an index, and drawn for whoever asked."""

import asyncio
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from domain.messages import Outgoing
from domain.people import Agency
from domain.rules import Rules
from domain.statistics import PERIOD, By, Counts, Done, Overview, Row, View, horizons, worst_first
from domain.tasks import Index
from domain.workdays import WorkCalendar
from locales.texts import overview as texts
from scheduler.clockwork import Clockwork
from scheduler.pictures import drawn, of_overview
from storage.errands import Errand
from storage.unit_of_work import UnitOfWork

ERRAND = "overview"
MOST_UNREACHABLE = 20


def units_of(view: View, agency: Agency) -> list[int]:
    """The units that a view covers: one and those below it, or all."""
    if view.unit_id is None:
        return list(agency.units)
    return [unit for unit in agency.units if agency.is_within(unit, view.unit_id)]


async def gather(
    uow: UnitOfWork, view: View, agency: Agency, rules: Rules, calendar: WorkCalendar, now: datetime
) -> Overview:
    """Count what is open, and what was done lately."""
    units, at, since = units_of(view, agency), horizons(now, rules.zone, calendar), now - PERIOD
    by = By.UNIT if view.unit_id is None else By.PERSON
    names = {unit.id: unit.name for unit in agency.units.values()}
    if by is By.PERSON:
        names = {person.id: person.name for person in agency.people.values()}
    counts = await uow.statistics.counts(by, units, at, view.index)
    # on SQLite nothing in here waits by itself: whoever has written in the meantime comes in between
    await asyncio.sleep(0)
    done = await uow.statistics.done(by, units, since, view.index)
    await asyncio.sleep(0)
    indices: tuple[Row, ...] = ()
    if view.index is None:
        index_counts = await uow.statistics.counts(By.INDEX, units, at)
        index_done = await uow.statistics.done(By.INDEX, units, since)
        indices = _rows(index_counts, index_done, {index.value: index.value for index in Index})
    name = agency.units[view.unit_id].name if view.unit_id is not None else rules.agency
    titled = f"{name} \u00b7 {view.index.value}" if view.index else name
    return Overview(titled, rules.today(now), _rows(counts, done, names), indices)


def _rows(counts: Mapping[Any, Counts], done: Mapping[Any, Done], names: Mapping[Any, str]) -> tuple[Row, ...]:
    keys = counts.keys() | done.keys()
    found = [Row(names.get(key, "\u2014"), counts.get(key, Counts()), done.get(key, Done())) for key in keys]
    return worst_first(found)


async def troubles(uow: UnitOfWork, agency: Agency, now: datetime) -> texts.Troubles:
    """Whom nothing reaches, and what waits for the Office."""
    count, ids = await uow.ways.unreachable(MOST_UNREACHABLE, now)
    people = [agency.people[one] for one in ids if one in agency.people]
    return texts.Troubles(count, people, await uow.statistics.waiting_for("office"))


# -- the picture that follows an answer --------------------------------------------------------------------------------


def to_params(view: View) -> dict[str, object]:
    return {"unit": view.unit_id, "index": view.index.value if view.index else None}


async def picture(work: Clockwork, errand: Errand, now: datetime) -> Outgoing | None:
    """The picture for what somebody looks at."""
    unit_id, index = errand.params["unit"], errand.params["index"]
    async with work.store.read() as uow:
        agency, calendar = await uow.agency(), await uow.calendar()
        if unit_id is not None and unit_id not in agency.units:
            return None
        view = View(unit_id, Index(index) if index else None)
        told = await gather(uow, view, agency, work.rules, calendar, now)
    chart = of_overview(work.speech, told)
    if chart is None:
        return None
    files = await drawn(work.files, [chart], texts.picture_name(work.speech, told))
    return Outgoing(texts.picture_title(work.speech, told), files=tuple(files))
