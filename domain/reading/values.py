"""What a reading consists of: tasks, deadlines, references, anomalies."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto
from typing import Any

from domain.headers import Header


class DeadlineKind(StrEnum):
    """How a deadline is fixed."""

    DATE = auto()
    DATETIME = auto()
    PERIOD_END = auto()
    WORKING_DAYS_AFTER_EVENT = auto()
    CALENDAR_DAYS_AFTER_EVENT = auto()
    RECURRING = auto()
    NONE = auto()


class Code(StrEnum):
    """What looks wrong, or is missing."""

    MISSING_HEADER = auto()
    MISSING_NUMBER = auto()
    MISSING_DAY = auto()
    DEADLINE_WITHOUT_YEAR = auto()
    OCR_SLIP = auto()
    NFD_UNICODE = auto()
    FLATTENED_TABLE = auto()
    MERGED_CELL_DEADLINE = auto()
    COUNT_MISMATCH = auto()
    WEEKDAY_MISMATCH = auto()
    DEADLINE_BEFORE_DOCUMENT = auto()
    DEADLINE_BEFORE_EVENT = auto()
    REFERENCE_AFTER_DOCUMENT = auto()
    IMPOSSIBLE_DATE = auto()
    SECRET_MARKING = auto()
    NO_TEXT_LAYER = auto()
    EMPTY_FILE = auto()
    NOT_A_DIRECTIVE = auto()


@dataclass(frozen=True, slots=True)
class Anomaly:
    """Something to look at; `note` has the fact that goes with it, such as the likely reading."""

    code: Code
    quote: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Deadline:
    """By when, as it is written."""

    kind: DeadlineKind = DeadlineKind.NONE
    quote: str | None = None
    on: date | None = None
    clock: str = ""
    days: int | None = None
    event: str | None = None
    event_date: date | None = None
    due_date: date | None = None
    recurrence: str = ""

    def facts(self) -> dict[str, object]:
        """As it is written out: only what its kind has."""
        told: dict[str, object] = {"kind": self.kind.value, "quote": self.quote}
        day = self.on.isoformat() if self.on else None
        match self.kind:
            case DeadlineKind.DATE | DeadlineKind.PERIOD_END:
                told["date"] = day
            case DeadlineKind.DATETIME:
                told["date"] = f"{day}T{self.clock}" if day else None
            case DeadlineKind.RECURRING:
                told["recurrence"] = self.recurrence
            case DeadlineKind.WORKING_DAYS_AFTER_EVENT | DeadlineKind.CALENDAR_DAYS_AFTER_EVENT:
                told |= {"days": self.days, "event": self.event}
                if self.event_date:
                    told["event_date"] = self.event_date.isoformat()
                if self.due_date:
                    told["due_date"] = self.due_date.isoformat()
        return told


NO_DEADLINE = Deadline()


@dataclass(frozen=True, slots=True)
class Task:
    """An instruction that somebody can mark as done."""

    point: str
    text: str
    lead: tuple[str, ...] = ()
    coordinate: tuple[str, ...] = ()
    deadline: Deadline = NO_DEADLINE
    index: str | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """A numbered document that is cited."""

    number: str
    issued_on: date | None = None
    quote: str = ""


SCANNED = 0.6
"""How far what was read from a picture can be trusted; 1 is what the file itself says."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A directive, read."""

    number: str | None = None
    issued_on: date | None = None
    issuer: str | None = None
    subject: str | None = None
    secret: bool = False
    readable: bool = True
    directive: bool = False
    tasks: tuple[Task, ...] = ()
    references: tuple[Reference, ...] = ()
    anomalies: tuple[Anomaly, ...] = ()

    @property
    def confidence(self) -> float:
        """How far each field can be trusted: less where its letters were read from a picture."""
        return SCANNED if any(one.code is Code.NO_TEXT_LAYER for one in self.anomalies) else 1.0

    def facts(self) -> dict[str, object]:
        """As it is written out; how far it can be trusted is said where that is not fully so."""
        trusted = {"confidence": self.confidence} if self.confidence < 1 else {}
        return {
            "number": self.number,
            "date": self.issued_on.isoformat() if self.issued_on else None,
            "issuer": self.issuer,
            "subject": self.subject,
            "secret": self.secret,
            "readable": self.readable,
            "directive": self.directive,
            "tasks": [
                {
                    "point": task.point,
                    "text": task.text,
                    "lead": list(task.lead),
                    "coordinate": list(task.coordinate),
                    "deadline": task.deadline.facts(),
                    "index": task.index,
                    **trusted,
                }
                for task in self.tasks
            ],
            "references": [
                {"number": one.number, "date": one.issued_on.isoformat() if one.issued_on else None}
                for one in self.references
            ],
            "anomalies": [{"code": one.code.value, "quote": one.quote, "note": one.note} for one in self.anomalies],
            **trusted,
        }

    @classmethod
    def from_facts(cls, facts: dict[str, Any]) -> "Reading":
        """A reading from what `facts` has written out."""
        return cls(
            facts["number"], _day(facts["date"]), facts["issuer"], facts["subject"],
            facts["secret"], facts["readable"], facts["directive"],
            tuple(
_task(one) for one in facts["tasks"]
            ),
            tuple(Reference(one["number"], _day(one["date"])) for one in facts["references"]),
            tuple(Anomaly(Code(one["code"]), one["quote"], one["note"]) for one in facts["anomalies"]),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class WholeReading:
    """A document as the Office gets it proposed: what it says, its text, and its header as it is kept."""

    reading: Reading
    text: str = ""
    header: Header | None = None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _task(facts: dict[str, Any]) -> Task:
    lead, coordinate = tuple(facts["lead"]), tuple(facts["coordinate"])
    return Task(facts["point"], facts["text"], lead, coordinate, _deadline(facts["deadline"]), facts["index"])


def _deadline(facts: dict[str, Any]) -> Deadline:
    day, _, clock = (facts.get("date") or "").partition("T")
    return Deadline(
        DeadlineKind(facts["kind"]), facts["quote"], _day(day), clock, facts.get("days"), facts.get("event"),
        _day(facts.get("event_date")), _day(facts.get("due_date")), facts.get("recurrence", ""),
    )  # fmt: skip
