"""The doctor's look at what the agency has to keep right: the clock, the calendar, the roster."""

from collections.abc import Sequence
from datetime import timedelta

from bot.cli.calls import Call
from bot.cli.doctor_database import Record
from bot.cli.findings import Finding, Topic, not_well, note, well
from bot.cli.workdays import is_expected
from domain.people import Role
from locales.texts import cli_doctor as texts

TOLERANCE = timedelta(minutes=1)
MOST_NAMED = 5


def clock(call: Call, record: Record) -> Finding:
    """Whether the machine's clock can be right: it never lies before what has happened already."""
    if record.rehearsal:
        return well(Topic.CLOCK, texts.clock_rehearsal(call.speech, call.now))
    if record.newest is None:
        return well(Topic.CLOCK, texts.clock_alone(call.speech, call.now))
    if record.newest > call.now + TOLERANCE:
        return not_well(Topic.CLOCK, texts.clock_behind(call.speech, call.now, record.newest))
    return well(Topic.CLOCK, texts.clock_right(call.speech, call.now))


def calendar(call: Call, record: Record) -> list[Finding]:
    """Whether the days off of this year and the next are known; those of the next are announced late in the year."""
    year = call.now.astimezone(call.zone).year
    return [_year(call, record, year), _year(call, record, year + 1)]


def _year(call: Call, record: Record, year: int) -> Finding:
    if not is_expected(record.calendar, year):
        return well(Topic.CALENDAR, texts.year_announced(call.speech, year))
    said = texts.year_expected(call.speech, year)
    is_next = year > call.now.astimezone(call.zone).year
    return note(Topic.CALENDAR, said) if is_next else not_well(Topic.CALENDAR, said)


def roster(call: Call, record: Record) -> list[Finding]:
    """Whether everybody can be reached, and somebody answers for every unit."""
    if not record.readable:
        return []
    if not record.agency.people:
        return [not_well(Topic.ROSTER, texts.nobody(call.speech))]
    return [_chats(call, record), _heads(call, record)]


def _chats(call: Call, record: Record) -> Finding:
    people = record.agency.people.values()
    missing = [one.name for one in people if one.id not in record.connected]
    if not missing:
        return well(Topic.ROSTER, texts.all_connected(call.speech, len(people)))
    return note(Topic.ROSTER, texts.not_connected(call.speech, len(missing), len(people), _some(missing)))


def _heads(call: Call, record: Record) -> Finding:
    agency = record.agency
    with_officers = {one.unit_id for one in agency.people.values() if one.role is Role.OFFICER}
    headless = sorted(agency.units[unit].name for unit in with_officers if not agency.heads(unit))
    if not headless:
        return well(Topic.ROSTER, texts.all_headed(call.speech))
    return note(Topic.ROSTER, texts.headless(call.speech, _some(headless)))


def _some(names: Sequence[str]) -> str:
    """The first few names."""
    return ", ".join(names[:MOST_NAMED]) + (", …" if len(names) > MOST_NAMED else "")
