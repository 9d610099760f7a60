"""The Office is told when a channel's month runs low: at each mark once, with the day on which nothing will be left."""

from datetime import datetime

from domain.messages import Draft
from domain.ways import Share, month_of
from locales.texts import channels as texts
from scheduler.clockwork import Clockwork

MOST_NAMED = 20


async def warn(work: Clockwork, now: datetime) -> int:
    """Warn of what has passed a mark since the last time; gives the letters."""
    async with work.store.read() as uow:
        if not await uow.ways.to_warn_of(now):
            return 0
    letters = 0
    async with work.store.write() as uow:
        agency, calendar = await uow.agency(), await uow.calendar()
        for channel, standing, mark in await uow.ways.to_warn_of(now):
            count, ids = await uow.ways.only_on(channel, MOST_NAMED)
            only = [agency.people[one] for one in ids if one in agency.people]
            today = work.rules.today(now)
            warning = texts.QuotaWarning(channel, standing, mark, standing.runs_out_on(today, calendar), count, only)
            text = texts.warning(work.speech, warning, today)
            await uow.ways.warn(channel, mark, now)
            for person in agency.office() or agency.leaders():
                key = f"quota:{channel}:{month_of(now, work.rules.zone)}:{mark}:{person.id}"
                way = await uow.ways.to(person.id, now, Share.KEPT)
                draft = Draft(text, dedupe=key, vital=True)
                letters += await uow.outbox.post_to(way, draft, now, person_id=person.id) is not None
    return letters
