"""Between rows and values: letters, buttons, files, deadlines and events as the JSON that tables keep of them."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date, time
from typing import Any, cast

from sqlalchemy import Table
from sqlmodel import SQLModel

from domain.deadlines import Deadline
from domain.messages import Button, FileRef, Incoming, Letter, Outgoing, Priority, Rows, StoredFile


def table(model: type[SQLModel]) -> Table:
    """The Core table of a model: statements on it are compiled once and hand out plain rows."""
    return cast(Table, model.__table__)  # type: ignore[attr-defined]


def buttons_to_json(rows: Rows) -> list[list[list[str]]]:
    return [[[button.label, button.says] for button in row] for row in rows]


def buttons_from_json(rows: Iterable[Iterable[tuple[str, str]]]) -> Rows:
    return tuple(tuple(Button(label, says) for label, says in row) for row in rows)


def files_to_json(files: Iterable[StoredFile]) -> list[dict[str, Any]]:
    return [asdict(file) for file in files]


def file_from_json(file: Mapping[str, Any]) -> StoredFile:
    return StoredFile(**file)


def files_from_json(files: Iterable[Mapping[str, Any]]) -> tuple[StoredFile, ...]:
    return tuple(file_from_json(file) for file in files)


def outgoing_from_row(row: Any) -> Outgoing:
    return Outgoing(row.text, buttons_from_json(row.buttons), files_from_json(row.files))


def incoming_to_json(incoming: Incoming) -> dict[str, Any]:
    return asdict(incoming)


def incoming_from_json(event: Mapping[str, Any]) -> Incoming:
    files = tuple(FileRef(**file) for file in event["files"])
    return Incoming(**{**event, "files": files})


def letter_from_row(row: Any) -> Letter:
    """A row of the outbox as the sender sees it."""
    return Letter(
        id=row.id,
        channel=row.channel,
        address=row.address,
        person_id=row.person_id,
        outgoing=outgoing_from_row(row),
        priority=Priority(row.priority),
        attempts=row.attempts,
        posted_at=row.posted_at,
        expires_at=row.expires_at,
        repeated=row.repeated,
        replaces=row.replaces,
        edit_only=row.edit_only,
        vital=row.vital,
    )


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
