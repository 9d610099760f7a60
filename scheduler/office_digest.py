"""The Office's letter: once a week how everything stands, with a picture; on any morning what is brought to it."""

from dataclasses import replace
from datetime import datetime

from domain.escalation import Step
from domain.messages import Outgoing, StoredFile
from domain.people import Agency, Person, Role
from domain.statistics import Overview, View
from locales.texts import digests as digest_texts
from locales.texts import escalation as escalation_texts
from locales.texts import overview as texts
from locales.texts import slips as slip_texts
from scheduler.clockwork import Clockwork
from scheduler.escalation import Told, to_carry_up, undecided
from scheduler.overview import gather, troubles
from scheduler.pictures import drawn_if_possible, of_overview
from scheduler.rounds import Occasion, Outcome
from scheduler.slips import lost_today
from storage.unit_of_work import UnitOfWork

ALL = View()


async def office(work: Clockwork, occasion: Occasion, now: datetime) -> Outcome:
    """One letter to everybody of the Office."""
    told, pictures = (await _weekly(work, now)) if occasion.opens_week else (None, ())
    async with work.store.read() as uow:
        agency, calendar = (await uow.agency()).on(occasion.day), await uow.calendar()
    lost = await lost_today(work, agency, calendar, occasion.day, now)
    async with work.store.write() as uow:
        if not await uow.rounds.reach(occasion.name, occasion.at, 1):
            return Outcome(0)
        late = await to_carry_up(uow, Step.OFFICE, work.rules, occasion.day, calendar)
        asked = [one for one, deciding in await undecided(uow, agency) if not any(map(_heads, deciding))]
        if told is None and not late and not asked and not lost:
            return Outcome(0)
        letters, those = 0, Told()
        brought = [
            *escalation_texts.to_the_office(work.speech, late, agency, calendar, now),
            *digest_texts.undecided(work.speech, asked, agency),
            *slip_texts.for_the_office(work.speech, [(one.person, one.contacts) for one in lost]),
        ]
        text = await _text(uow, work, told, pictures, brought, agency, now)
        text = replace(text, buttons=text.buttons + digest_texts.decide_buttons(work.speech, asked))
        for person in agency.office():
            letters += await those.tell(uow, person, text, occasion.key(person.id), now)
        await those.note(uow, Step.OFFICE, late, work.speech, now)
    return Outcome(letters)


async def _weekly(work: Clockwork, now: datetime) -> tuple[Overview, tuple[StoredFile, ...]]:
    """How everything stands, and its picture."""
    async with work.store.read() as uow:
        told = await gather(uow, ALL, await uow.agency(), work.rules, await uow.calendar(), now)
    charts = [chart for chart in [of_overview(work.speech, told)] if chart]
    pictures = await drawn_if_possible(work.files, charts, texts.picture_name(work.speech, told))
    return told, tuple(pictures)


def _heads(person: Person) -> bool:
    return person.role is Role.UNIT_HEAD


async def _text(
    uow: UnitOfWork,
    work: Clockwork,
    told: Overview | None,
    pictures: tuple[StoredFile, ...],
    brought: list[str],
    agency: Agency,
    now: datetime,
) -> Outgoing:
    if told is None:
        return Outgoing("\n".join(brought))
    said = texts.overview(work.speech, told, await troubles(uow, agency, now), agency)
    return Outgoing("\n".join([said.text, *brought]), said.buttons, pictures)
