"""Sets of recurring tasks that come along, and that the Office can switch on, read from `ready.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class ReadySeries:
    """One of a set: its key, what is to be done, the rule as RRULE and in words, where it comes from, its index."""

    key: str
    content: str
    rule: str
    said: str
    source: str
    index: str


def _load() -> Mapping[str, tuple[ReadySeries, ...]]:
    data = tomllib.loads((Path(__file__).parent / "vi" / "ready.toml").read_text(encoding="utf-8"))
    return {
        name: tuple(
            ReadySeries(f"{name}:{one['key']}", one["content"], one["rule"], one["said"], part["source"], part["index"])
            for one in part["series"]
        )
        for name, part in data.items()
    }


READY_SETS = _load()
"""By the name that is typed."""
