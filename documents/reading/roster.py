"""The roster of an agency, from XLSX or CSV: who works in which unit, in which role, and every fault with its row."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from documents.reading.roster_sheets import MOST_BYTES, Line, RosterFault, SheetError, sheets
from domain.people import Role

__all__ = ["RosterFault", "RosterProblem", "RosterReading", "RosterRow", "read_roster"]

MOST_ROWS = 20_000
HEADING_WITHIN = 40
"""How many lines a sheet may have above its headings."""
LONGEST_SHOWN = 80

_REQUIRED = ("name", "unit")
_ASIDE = re.compile(r"\([^)]*\)")


@dataclass(frozen=True, slots=True)
class RosterRow:
    """A person of the roster; `line` is the row of the file. `focal` is None where the file says nothing of it."""

    line: int
    name: str
    unit: str
    title: str
    role: Role
    parent: str | None
    focal: bool | None = None


@dataclass(frozen=True, slots=True)
class RosterProblem:
    """A fault, the row that has it (0 for the whole file), and what stands there, or the heading that is missing."""

    line: int
    key: RosterFault
    value: str


@dataclass(frozen=True, slots=True)
class RosterReading:
    """What was read: the rows without a fault, and the faults."""

    rows: tuple[RosterRow, ...]
    problems: tuple[RosterProblem, ...]


@dataclass(frozen=True, slots=True)
class _Words:
    headings: Mapping[str, str]
    asked: Mapping[str, str]
    roles: Mapping[str, Role]
    no: frozenset[str]


@dataclass
class _Draft:
    """The file so far; units are known by their key, and called as where they are named first."""

    rows: list[RosterRow] = field(default_factory=list)
    problems: list[RosterProblem] = field(default_factory=list)
    people: set[tuple[str, str]] = field(default_factory=set)
    units: dict[str, str] = field(default_factory=dict)

    def fault(self, line: int, key: RosterFault, value: str) -> None:
        self.problems.append(RosterProblem(line, key, value[:LONGEST_SHOWN]))


def read_roster(source: Path | bytes, name: str) -> RosterReading:
    """Read a roster; `name` is what its sender calls the file. Whatever the file is, this raises nothing."""
    draft = _Draft()
    try:
        with closing(sheets(_content(source), name)) as every_sheet:
            _read_rows(every_sheet, draft)
    except SheetError as error:
        return RosterReading((), (RosterProblem(0, error.fault, name[-LONGEST_SHOWN:]),))
    _check_parents(draft)
    faulty = {problem.line for problem in draft.problems}
    draft.problems.sort(key=lambda problem: problem.line)
    return RosterReading(tuple(row for row in draft.rows if row.line not in faulty), tuple(draft.problems))


def _content(source: Path | bytes) -> bytes:
    if isinstance(source, bytes):
        return source
    try:
        with source.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError:
        raise SheetError(RosterFault.UNREADABLE) from None


@cache
def _words() -> _Words:
    kept = tomllib.loads(Path(__file__).with_name("roster_words.toml").read_text("utf-8"))
    headings, roles = kept["headings"], kept["roles"]
    return _Words(
        {_folded(word): column for column, words in headings.items() for word in words},
        {column: words[0] for column, words in headings.items()},
        {_folded(word): Role(role) for role, words in roles.items() for word in words},
        frozenset(_folded(word) for word in kept["focal"]["no"]),
    )


def _folded(text: str) -> str:
    """The letters and digits alone, small and without marks; what stands in brackets is an aside."""
    bare = unicodedata.normalize("NFD", _ASIDE.sub("", text).casefold()).replace("\u0111", "d")
    return "".join(char for char in bare if char.isalnum())


def _key(text: str) -> str:
    return text.casefold()


def _columns(line: Line) -> dict[str, int]:
    found: dict[str, int] = {}
    for index, cell in enumerate(line.cells):
        if (column := _words().headings.get(_folded(cell))) is not None:
            found.setdefault(column, index)
    return found


def _has_headings(columns: Mapping[str, int]) -> bool:
    return all(column in columns for column in _REQUIRED)


def _table(every_sheet: Iterable[Iterator[Line]]) -> tuple[dict[str, int], Iterator[Line]]:
    """The columns of the first sheet that has the headings, and the lines below; else the most that was found."""
    best: dict[str, int] = {}
    for lines in every_sheet:
        above = 0
        for line in lines:
            columns = _columns(line)
            if _has_headings(columns):
                return columns, lines
            best = max(best, columns, key=len)
            above += any(line.cells)
            if above >= HEADING_WITHIN:
                break
    return best, iter(())


def _values(line: Line, columns: Mapping[str, int]) -> dict[str, str]:
    return {column: line.cells[index] for column, index in columns.items() if index < len(line.cells)}


def _people(lines: Iterable[Line], columns: Mapping[str, int]) -> Iterator[Line]:
    """The lines that are about somebody: no blank one, no title of a section, no heading repeated on a new page."""
    count = 0
    for line in lines:
        if not any(_values(line, columns).values()) or _is_section(line, columns) or _has_headings(_columns(line)):
            continue
        count += 1
        if count > MOST_ROWS:
            raise SheetError(RosterFault.TOO_LARGE)
        yield line


def _read_rows(every_sheet: Iterable[Iterator[Line]], draft: _Draft) -> None:
    columns, lines = _table(every_sheet)
    for line in _people(lines, columns):
        _read_row(line.number, _values(line, columns), draft)
    missing = [column for column in _REQUIRED if column not in columns]
    for column in missing:
        draft.fault(0, RosterFault.HEADING_MISSING, _words().asked[column])
    if not draft.rows and not missing:
        draft.fault(0, RosterFault.NO_ROWS, "")


def _is_section(line: Line, columns: Mapping[str, int]) -> bool:
    # a title that is merged over the name and whatever stands beside it
    return any(
        first <= columns["name"] <= last and sum(first <= index <= last for index in columns.values()) > 1
        for first, last in line.spans
    )


def _read_row(line: int, values: Mapping[str, str], draft: _Draft) -> None:
    name, unit = values.get("name", ""), values.get("unit", "")
    role = _words().roles.get(_folded(values.get("role", "")))
    if role is None and values.get("role", "=")[:1] not in ("", "="):
        draft.fault(line, RosterFault.UNKNOWN_ROLE, values["role"])
    for value in values.values():
        if value.startswith("="):
            draft.fault(line, RosterFault.FORMULA, value)
    if not name:
        draft.fault(line, RosterFault.NO_NAME, unit)
    if not unit:
        draft.fault(line, RosterFault.NO_UNIT, name)
    elif (_key(name), _key(unit)) in draft.people and name:
        draft.fault(line, RosterFault.DUPLICATE, name)
    draft.people.add((_key(name), _key(unit)))
    if unit:
        unit = draft.units.setdefault(_key(unit), unit)
    focal = _folded(values["focal"]) not in {"", *_words().no} if "focal" in values else None
    parent = values.get("parent") or None
    draft.rows.append(RosterRow(line, name, unit, values.get("title", ""), role or Role.OFFICER, parent, focal))


def _check_parents(draft: _Draft) -> None:
    """Hold the tree of units together: every parent is another unit of the file, and no unit is above itself."""
    parents: dict[str, str] = {}
    for row in draft.rows:
        if row.parent and row.unit:
            parents.setdefault(_key(row.unit), _key(row.parent))
    circle = set(_on_circles(parents))
    for index, row in enumerate(draft.rows):
        if row.parent is None:
            continue
        unit, parent = _key(row.unit), _key(row.parent)
        draft.rows[index] = replace(row, parent=draft.units.get(parent, row.parent))
        if parent == unit:
            draft.fault(row.line, RosterFault.PARENT_SELF, row.parent)
        elif parent not in draft.units:
            draft.fault(row.line, RosterFault.PARENT_UNKNOWN, row.parent)
        elif parents.get(unit, parent) != parent:
            draft.fault(row.line, RosterFault.PARENT_DIFFERS, row.parent)
        elif unit in circle:
            draft.fault(row.line, RosterFault.PARENT_CIRCLE, row.parent)


def _on_circles(parents: Mapping[str, str]) -> Iterator[str]:
    """The units that are above themselves; every unit is walked over once."""
    done: set[str] = set()
    for start in parents:
        walked: dict[str, int] = {}
        unit = start
        while unit in parents and unit not in done and unit not in walked:
            walked[unit] = len(walked)
            unit = parents[unit]
        if unit in walked:
            yield from (other for other, place in walked.items() if place >= walked[unit])
        done.update(walked)
