"""The tables. Nothing outside storage/ sees them; repositories hand out values of domain/."""

from sqlmodel import SQLModel

from storage.models.calendar import CalendarDayRow
from storage.models.conversations import ConversationRow
from storage.models.mail import InboxRow, LetterRow, PauseRow
from storage.models.people import AccountRow, InviteRow, PersonRow, UnitRow, WebSessionRow, WrongTriesRow
from storage.models.system import MetaRow
from storage.models.tasks import AssignmentRow, EvidenceRow, LogRow, TaskRow

metadata = SQLModel.metadata

__all__ = [
    "AccountRow",
    "AssignmentRow",
    "CalendarDayRow",
    "ConversationRow",
    "EvidenceRow",
    "InboxRow",
    "InviteRow",
    "LetterRow",
    "LogRow",
    "MetaRow",
    "PauseRow",
    "PersonRow",
    "TaskRow",
    "UnitRow",
    "WebSessionRow",
    "WrongTriesRow",
    "metadata",
]
