"""Taking a command back: for ten minutes, and only while nobody has built on it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain.tasks import Assignment, Status, Verb

WITHIN = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Undoable:
    """What a command did to one assignment: how it was before, how it is at present, and the letters that told of it.

    `revision` is the one that the command left; a later one means that somebody has built on it. `letters` are named
    by their dedupe keys. The commands of one event are taken back together.
    """

    event_id: int
    at: datetime
    verb: Verb
    revision: int
    before: Assignment
    present: Assignment
    letters: tuple[str, ...] = ()

    @property
    def is_last(self) -> bool:
        """Whether nothing has changed the assignment since."""
        return self.present.revision == self.revision


def restored(done: Undoable, remind_at: datetime | None) -> Assignment:
    """The assignment as it was, reminded of from now on; what was but assigned is carried out no more."""
    revision = done.present.revision + 1
    if done.verb is Verb.ASSIGNED:
        return replace(done.present, status=Status.STOPPED, revision=revision, remind_at=None)
    reminded = done.before.is_open and not done.before.stuck
    return replace(done.before, revision=revision, remind_at=remind_at if reminded else None)
