"""The agency of the cast as a value: its units below the leaders, with their heads."""

from domain.people import Agency, Person, Unit
from domain.proposals import Doers
from tests.cast import BOARD, ROSTER

NAMES = list(dict.fromkeys([line.unit for line in ROSTER]))
TOP = NAMES.index(BOARD) + 1
AGENCY = Agency(
    [Unit(n, name, None if n == TOP else TOP) for n, name in enumerate(NAMES, 1)],
    [Person(n, line.name, NAMES.index(line.unit) + 1, line.role, line.title) for n, line in enumerate(ROSTER, 1)],
)


def called(doers: Doers, agency: Agency = AGENCY) -> list[str]:
    """Units and people by their names."""
    return [agency.units[unit].name for unit in doers.units] + [agency.people[one].name for one in doers.people]


def unit(name: str) -> Doers:
    return Doers((NAMES.index(name) + 1,))
