"""`roster import` and `roster invite`: who works here, and the codes that connect their chats."""

import asyncio
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from difflib import get_close_matches
from pathlib import Path

from bot.cli.calls import Call, Refused
from bot.cli.codes import Invitation, Write, as_csv, as_strips, sheet
from bot.cli.database import ready
from bot.cli.links import LinkOf, Links, links
from bot.cli.printing import complain, out
from documents.reading.roster import RosterRow, read_roster
from domain.names import fold
from domain.people import Agency, Person
from locales.texts import cli, cli_faults
from storage.people import INVITE_LIFE
from storage.roster import Changes, take_in
from storage.unit_of_work import UnitOfWork

ALIKE = "alike"
"""A fault that only the database minds: it knows people by their name without marks."""


def import_roster(call: Call, file: Path, codes: Path | None) -> bool:
    """Take a roster in, all its good rows at once; gives whether every row was good."""
    reading = read_roster(file, file.name)
    rows, alike = _told_apart(reading.rows)
    problems = [*((one.line, one.key.value, one.value) for one in reading.problems), *alike]
    for line, fault, value in sorted(problems):
        complain(cli_faults.roster_row(call.speech, line, cli_faults.roster_fault(call.speech, fault, value)))
    if not rows:
        complain(cli.nothing_taken_in(call.speech))
        return False
    with sheet(call, codes, as_csv) if codes else nullcontext() as write:
        changes, invited = asyncio.run(_take_in(call, rows, write))
    added, updated = len(changes.added), len(changes.updated)
    out(cli.taken_in(call.speech, added, updated, changes.unchanged, changes.units))
    if codes:
        out(cli.codes_written(call.speech, invited, str(codes), call.now + INVITE_LIFE))
    if problems:
        complain(cli.rows_left_out(call.speech, len({line for line, _, _ in problems})))
    return not problems


def _told_apart(rows: Iterable[RosterRow]) -> tuple[list[RosterRow], list[tuple[int, str, str]]]:
    """The rows without those that the database would take for somebody else of the same unit, and these."""
    seen: set[tuple[str, str]] = set()
    kept, alike = [], []
    for row in rows:
        key = _key(row.name, row.unit)
        if key in seen:
            alike.append((row.line, ALIKE, row.name))
        else:
            kept.append(row)
        seen.add(key)
    return kept, alike


def _key(name: str, unit: str) -> tuple[str, str]:
    return fold(name), fold(unit)


async def _take_in(call: Call, rows: Sequence[RosterRow], write: Write | None) -> tuple[Changes, int]:
    link = await _links(call) if write else lambda _code: None
    async with ready(call) as store, store.write() as uow:
        changes = await take_in(uow, rows, call.now)
        if write is None:
            return changes, 0
        invitations = await _invite_all(uow, call, rows, link)
        # before the commit: a code that is in no file would only make an earlier one void
        write(invitations)
    return changes, len(invitations)


async def _links(call: Call) -> LinkOf:
    found: Links = await links(call.settings)
    if found.fell_back:
        complain(cli.telegram_link_missing(call.speech))
    return found.of


async def _invite_all(uow: UnitOfWork, call: Call, rows: Iterable[RosterRow], link: LinkOf) -> list[Invitation]:
    """A code for everybody of these rows who has no chat; the rest of the agency keeps the codes that it has."""
    listed = {_key(row.name, row.unit) for row in rows}
    agency = await uow.agency()
    people = [one for one in agency.people.values() if _key(one.name, agency.unit_name(one)) in listed]
    return await _invite_unlinked(uow, call, people, agency, link)


async def _invite_unlinked(
    uow: UnitOfWork, call: Call, people: Sequence[Person], agency: Agency, link: LinkOf
) -> list[Invitation]:
    """A code for each of them who has no chat."""
    linked = await uow.people.accounts_of([one.id for one in people])
    return [await _new_code(uow, call, one, agency, link) for one in people if one.id not in linked]


async def _new_code(uow: UnitOfWork, call: Call, person: Person, agency: Agency, link: LinkOf) -> Invitation:
    code = await uow.people.invite(person.id, call.now)
    return person.name, agency.unit_name(person), code, link(code) or ""


def invite(call: Call, wanted: str | None, printed: Path | None) -> None:
    """New codes: for one person, or for everybody who has no chat; on strips to print, or said."""
    if wanted is None and printed is None:
        raise Refused(cli.invite_whom(call.speech))
    with sheet(call, printed, as_strips) if printed else nullcontext() as write:
        invited = asyncio.run(_invite(call, wanted, write))
    if printed:
        out(cli.codes_written(call.speech, len(invited), str(printed), call.now + INVITE_LIFE))
        return
    for name, unit, code, link in invited:
        out(*cli.invited(call.speech, name, unit, code, link or None, call.now + INVITE_LIFE))


async def _invite(call: Call, wanted: str | None, write: Write | None) -> list[Invitation]:
    link = await _links(call)
    async with ready(call) as store, store.write() as uow:
        agency = await uow.agency()
        if wanted is not None:
            invitations = [await _new_code(uow, call, find(call, agency, wanted), agency, link)]
        else:
            invitations = await _invite_unlinked(uow, call, list(agency.people.values()), agency, link)
        if write is not None:
            write(invitations)
    return invitations


def find(call: Call, agency: Agency, wanted: str) -> Person:
    """Whom a name, or a name and a unit, means."""
    name, _, unit = (fold(part) for part in wanted.partition(","))
    called = [one for one in agency.people.values() if fold(one.name) == name]
    found = [one for one in called if not unit or fold(agency.unit_name(one)) == unit]
    if len(found) == 1:
        return found[0]
    if called:
        several = [(one.name, agency.unit_name(one)) for one in found or called]
        raise Refused(cli.several_called(call.speech, wanted, several))
    names = {fold(one.name): one.name for one in agency.people.values()}
    nearest = ", ".join(names[key] for key in get_close_matches(name, names))
    raise Refused(cli.nobody_called(call.speech, wanted, nearest))
