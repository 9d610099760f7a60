"""The rules drawn on a page, and the grids of cells that they make."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

THIN = 2.5
NEAR = 2.5
MOST_RULES = 4000


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, whose origin is at the bottom left."""

    left: float
    bottom: float
    right: float
    top: float

    def holds(self, x: float, y: float) -> bool:
        return self.left - 1 <= x <= self.right + 1 and self.bottom - 1 <= y <= self.top + 1


@dataclass(slots=True)
class Grid:
    """A table: its columns from the left, its rows from the top, and which cell each place belongs to."""

    box: Box
    xs: list[float]
    ys: list[float]
    owner: dict[tuple[int, int], tuple[int, int]]

    def cell_at(self, x: float, y: float) -> tuple[int, int] | None:
        column = next((at for at in range(len(self.xs) - 1) if self.xs[at] - 0.5 <= x <= self.xs[at + 1] + 0.5), None)
        row = next((at for at in range(len(self.ys) - 1) if self.ys[at] + 0.5 >= y >= self.ys[at + 1] - 0.5), None)
        return None if row is None or column is None else (row, column)


Rule = tuple[float, float, float]
"""Where it lies across, from, to."""


def grids_of(page: Any, width: float, height: float) -> list[Grid]:
    """The tables of a page."""
    across, down = _rules(page, width, height)
    if len(across) < 2 or len(down) < 2:
        return []
    across, down = _joined(across), _joined(down)
    return [grid for group in _groups(across, down) if (grid := _grid(*group))]


def _rules(page: Any, width: float, height: float) -> tuple[list[Rule], list[Rule]]:
    import pypdfium2.raw as raw

    across: list[Rule] = []
    down: list[Rule] = []
    for count, one in enumerate(page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=4)):
        if count > MOST_RULES:
            break
        left, bottom, right, top = one.get_bounds() if hasattr(one, "get_bounds") else one.get_pos()
        wide, high = right - left, top - bottom
        if high <= THIN < wide:
            across.append(((bottom + top) / 2, left, right))
        elif wide <= THIN < high:
            down.append(((left + right) / 2, bottom, top))
        elif wide > 8 and high > 8 and not (wide > 0.97 * width and high > 0.9 * height):
            across += [(bottom, left, right), (top, left, right)]
            down += [(left, bottom, top), (right, bottom, top)]
    return across, down


def _joined(rules: Sequence[Rule]) -> list[Rule]:
    """Pieces of one rule put together."""
    result: list[Rule] = []
    for at, start, end in sorted(rules):
        index = next((one for one in range(len(result) - 1, -1, -1) if _continues(result[one], at, start, end)), None)
        if index is None:
            result.append((at, start, end))
        else:
            there, first, last = result[index]
            result[index] = (there, min(first, start), max(last, end))
    return result


def _continues(rule: Rule, at: float, start: float, end: float) -> bool:
    there, first, last = rule
    return at - there <= NEAR and start <= last + NEAR and end >= first - NEAR


def _groups(across: Sequence[Rule], down: Sequence[Rule]) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """Rules that meet each other, group by group."""
    left = set(range(len(down)))
    open_across = set(range(len(across)))
    while left:
        seeds = [left.pop()]
        mine_down, mine_across = set(seeds), set()
        while seeds:
            x, bottom, top = down[seeds.pop()]
            for index in list(open_across):
                y, first, last = across[index]
                if first - NEAR <= x <= last + NEAR and bottom - NEAR <= y <= top + NEAR:
                    open_across.discard(index)
                    mine_across.add(index)
                    for other in list(left):
                        ox, obottom, otop = down[other]
                        if first - NEAR <= ox <= last + NEAR and obottom - NEAR <= y <= otop + NEAR:
                            left.discard(other)
                            mine_down.add(other)
                            seeds.append(other)
        yield [across[index] for index in mine_across], [down[index] for index in mine_down]


def _grid(across: list[Rule], down: list[Rule]) -> Grid | None:
    xs, ys = _places(rule[0] for rule in down), _places(rule[0] for rule in across)[::-1]
    if len(xs) < 3 or len(ys) < 3 or len(xs) * len(ys) > 20_000:
        return None
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    for row in range(len(ys) - 1):
        for column in range(len(xs) - 1):
            x, y = (xs[column] + xs[column + 1]) / 2, (ys[row] + ys[row + 1]) / 2
            if column and not _crossed(down, xs[column], y):
                owner[row, column] = owner[row, column - 1]
            elif row and not _crossed(across, ys[row], x):
                owner[row, column] = owner[row - 1, column]
            else:
                owner[row, column] = (row, column)
    return Grid(Box(xs[0], ys[-1], xs[-1], ys[0]), xs, ys, owner)


def _places(values: Iterator[float] | Any) -> list[float]:
    result: list[float] = []
    for value in sorted(values):
        if not result or value - result[-1] > NEAR * 1.5:
            result.append(value)
    return result


def _crossed(rules: Sequence[Rule], at: float, along: float) -> bool:
    """Whether a rule lies between two cells."""
    return any(abs(there - at) <= NEAR * 1.5 and first - NEAR <= along <= last + NEAR for there, first, last in rules)
