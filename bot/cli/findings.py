"""What the doctor finds: a thing that was looked at, whether it is well, and what to do."""

from dataclasses import dataclass
from enum import StrEnum, auto


class Grade(StrEnum):
    """How well something is; each has its word."""

    WELL = auto()
    NOTE = auto()
    """Not as it could be, but the assistant works."""
    NOT_WELL = auto()


class Topic(StrEnum):
    """What is looked at; each has its name."""

    SETTINGS = auto()
    CATALOGUES = auto()
    FOLDER = auto()
    DATABASE = auto()
    TELEGRAM = auto()
    ZALO_BOT = auto()
    ZALO_OA = auto()
    WEB = auto()
    CLOCK = auto()
    CALENDAR = auto()
    ROSTER = auto()
    SCANS = auto()
    CHANNELS = auto()


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the examination."""

    topic: Topic
    grade: Grade
    state: str
    advice: str = ""


def well(topic: Topic, state: str) -> Finding:
    return Finding(topic, Grade.WELL, state)


def note(topic: Topic, said: tuple[str, str]) -> Finding:
    return Finding(topic, Grade.NOTE, *said)


def not_well(topic: Topic, said: tuple[str, str]) -> Finding:
    return Finding(topic, Grade.NOT_WELL, *said)
