"""Deadlines as they are remembered with an open question."""

from datetime import date, time
from typing import Any

from domain.deadlines import Deadline


def deadline_to_json(deadline: Deadline | None) -> dict[str, Any] | None:
    if deadline is None:
        return None
    return {
        "on": deadline.on.isoformat(),
        "at": deadline.at.isoformat() if deadline.at else None,
        "workdays": deadline.workdays,
        "counted_from": deadline.counted_from.isoformat() if deadline.counted_from else None,
    }


def deadline_from_json(kept: dict[str, Any] | None) -> Deadline | None:
    if kept is None:
        return None
    return Deadline(
        date.fromisoformat(kept["on"]),
        time.fromisoformat(kept["at"]) if kept["at"] else None,
        kept["workdays"],
        date.fromisoformat(kept["counted_from"]) if kept["counted_from"] else None,
    )
