"""The proof of a broadcast: the list of who has acknowledged a directive, made aside as an errand."""

import asyncio
from collections.abc import Sequence
from datetime import datetime

from documents.writing.acknowledgements import MIME, Sheet, workbook
from domain.directives import Recipient
from domain.messages import Outgoing
from domain.people import Agency
from locales.texts import proofs as texts
from scheduler.clockwork import Clockwork
from storage.errands import Errand

ACKNOWLEDGEMENTS = "acknowledgements"
"""The kind of errand."""

PEOPLE_WIDTHS = (6, 28, 34, 24, 18, 18, 26, 18, 28, 10)
UNIT_WIDTHS = (40, 12, 14, 14, 18)


async def acknowledgements(work: Clockwork, errand: Errand, now: datetime) -> Outgoing | None:
    """The spreadsheet of who has acknowledged, and of the counts by unit."""
    async with work.store.read() as uow:
        one = await uow.directives.get(errand.params["directive"])
        if one is None:
            return None
        recipients, counts = await uow.recipients.all_of(one.id), await uow.recipients.counts(one.id)
        agency = await uow.agency()
    _ = work.speech
    above = texts.above(_, one, counts, work.rules.agency, now)
    people, units = texts.sheet_names(_)
    in_order = sorted(recipients, key=lambda each: (_unit(agency, each.unit_id), each.person_id))
    rows = [texts.row(_, at, each, agency) for at, each in enumerate(in_order, start=1)]
    sheets = [
        Sheet(people, above, texts.headings(_), rows, PEOPLE_WIDTHS),
        Sheet(units, above, texts.unit_headings(_), _by_unit(in_order, agency), UNIT_WIDTHS),
    ]
    file = await work.files.save(await asyncio.to_thread(workbook, sheets), texts.file_name(_, one), MIME)
    return texts.here_it_is(_, one, file)


def _unit(agency: Agency, unit_id: int) -> str:
    return agency.units[unit_id].name if unit_id in agency.units else ""


def _by_unit(recipients: Sequence[Recipient], agency: Agency) -> list[tuple[str, int, int, int, int]]:
    found: dict[int, list[Recipient]] = {}
    for each in recipients:
        found.setdefault(each.unit_id, []).append(each)
    return [_counted(_unit(agency, unit_id), theirs) for unit_id, theirs in found.items()]


def _counted(unit: str, theirs: Sequence[Recipient]) -> tuple[str, int, int, int, int]:
    known, silent = sum(one.acknowledged_at is not None for one in theirs), sum(one.is_silent for one in theirs)
    return unit, len(theirs), known, silent, len(theirs) - known - silent
