"""What a measurement gives: figures with their goals, and the sentence that they amount to."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median


@dataclass(frozen=True)
class Figure:
    """One line of a table. `met` is None where there is no goal."""

    what: str
    median: str
    runs: int
    p99: str = ""
    goal: str = ""
    met: bool | None = None


@dataclass
class Topic:
    """A table of the page: what was measured, how, and what it says."""

    title: str
    how: str
    figures: list[Figure] = field(default_factory=list)
    says: str = ""
    day: str = ""
    machine: dict[str, str] = field(default_factory=dict)
    """When and where it was measured."""


def percentile(values: Sequence[float], part: float) -> float:
    """The nearest rank: the smallest value that so many of them do not exceed."""
    return sorted(values)[max(math.ceil(part * len(values)), 1) - 1]


def shown(seconds: float) -> str:
    """A time as people read it."""
    if seconds < 0.001:
        return f"{seconds * 1e6:.0f} µs"
    if seconds < 1:
        return f"{seconds * 1000:.1f} ms" if seconds < 0.1 else f"{seconds * 1000:.0f} ms"
    return f"{seconds:.2f} s"


def middle(seconds: Sequence[float]) -> str:
    return shown(median(seconds))


def times(
    what: str, seconds: Sequence[float], goal: float | None = None, goal_p99: float | None = None, *, tail: bool = False
) -> Figure:
    """A figure of times, goals in seconds; `tail` also shows the 99th percentile."""
    goals, met = [], True
    if goal is not None:
        goals.append(f"≤ {_round(goal)}")
        met = median(seconds) <= goal
    if goal_p99 is not None:
        goals.append(f"p99 ≤ {_round(goal_p99)}")
        met = met and percentile(seconds, 0.99) <= goal_p99
    last = shown(percentile(seconds, 0.99)) if tail or goal_p99 is not None else ""
    return Figure(what, middle(seconds), len(seconds), last, ", ".join(goals), met if goals else None)


def _round(seconds: float) -> str:
    return f"{seconds:g} s" if seconds >= 1 else f"{seconds * 1000:g} ms"


def megabytes(what: str, sizes: Sequence[float], goal: float | None = None) -> Figure:
    """A figure of memory, in MB of 2^20 bytes."""
    size = median(sizes)
    met = None if goal is None else size <= goal
    return Figure(what, f"{size:.0f} MB", len(sizes), goal="" if goal is None else f"≤ {goal:g} MB", met=met)


def rates(what: str, per_second: Sequence[float], unit: str) -> Figure:
    return Figure(what, f"{median(per_second):.0f} {unit}/s", len(per_second))
