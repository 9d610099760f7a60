"""The tables. Nothing outside storage/ sees them; repositories hand out values of domain/."""

from sqlmodel import SQLModel

from storage.models.calendar import CalendarDayRow, RecountRow
from storage.models.conversations import ConversationRow
from storage.models.decisions import DecisionRow, OpeningRow, WaitingTaskRow
from storage.models.directives import DirectiveRow, FileLinkRow, RecipientRow, UploadLinkRow
from storage.models.loop import (
    AbsenceRow,
    DifficultyNoteRow,
    DifficultyRow,
    ErrandRow,
    ExtensionRow,
    RoundRow,
    UndoRow,
)
from storage.models.mail import InboxRow, LetterRow, PauseRow, QuotaRow
from storage.models.people import AccountRow, InviteRow, PersonRow, UnitRow, WebSessionRow, WrongTriesRow
from storage.models.proposals import LearntNameRow, ProposalRow, ReadDocumentRow
from storage.models.series import SeriesRow
from storage.models.system import MetaRow, VendorTokenRow
from storage.models.tasks import AssignmentRow, EvidenceRow, LogRow, TaskRow

metadata = SQLModel.metadata

__all__ = [
    "AbsenceRow",
    "AccountRow",
    "AssignmentRow",
    "CalendarDayRow",
    "ConversationRow",
    "DecisionRow",
    "DifficultyNoteRow",
    "DifficultyRow",
    "DirectiveRow",
    "ErrandRow",
    "EvidenceRow",
    "ExtensionRow",
    "FileLinkRow",
    "InboxRow",
    "InviteRow",
    "LearntNameRow",
    "LetterRow",
    "LogRow",
    "MetaRow",
    "OpeningRow",
    "PauseRow",
    "PersonRow",
    "ProposalRow",
    "QuotaRow",
    "ReadDocumentRow",
    "RecipientRow",
    "RecountRow",
    "RoundRow",
    "SeriesRow",
    "TaskRow",
    "UndoRow",
    "UnitRow",
    "UploadLinkRow",
    "VendorTokenRow",
    "WaitingTaskRow",
    "WebSessionRow",
    "WrongTriesRow",
    "metadata",
]
