"""Why the assistant says no: a key and the facts. The words are chosen in locales/texts/refusals.py."""

from enum import StrEnum, auto


class Because(StrEnum):
    """Every reason for a refusal; each has its sentence."""

    NOT_ALLOWED = auto()
    NO_SUCH_TASK = auto()
    NO_NUMBER = auto()
    NOT_YOURS = auto()
    ALREADY_DONE = auto()
    AWAITING_CONFIRMATION = auto()
    NOT_AWAITING = auto()
    CLOSED = auto()
    OWN_CLAIM = auto()
    STALE_BUTTON = auto()
    QUESTION_CLOSED = auto()
    YES_OR_NO = auto()
    CHANGED_MEANWHILE = auto()
    PERCENT_RANGE = auto()
    PERCENT_MISSING = auto()
    NO_REASON = auto()
    DATE_UNREADABLE = auto()
    DATE_IMPOSSIBLE = auto()
    DATE_PAST = auto()
    WORKDAYS_RANGE = auto()
    NO_ADDRESSEE = auto()
    UNKNOWN_ADDRESSEE = auto()
    OUTSIDE_UNIT = auto()
    UNIT_WITHOUT_HEAD = auto()
    NO_CONTENT = auto()
    CONTENT_TOO_LONG = auto()
    NOTHING_TO_CANCEL = auto()
    DIALOG_EXPIRED = auto()
    UNKNOWN_COMMAND = auto()
    NOT_UNDERSTOOD = auto()
    EMPTY_MESSAGE = auto()
    UNSUPPORTED_KIND = auto()
    FILE_LOST = auto()
    NO_TASK_FOR_FILE = auto()
    WRONG_CODE = auto()
    LOCKED_OUT = auto()
    NO_SUCH_ACCOUNT = auto()
    NOT_IN_GROUP = auto()
    MARKED_SECRET = auto()
    NOTHING_TO_EXTEND = auto()
    EXTENSION_TOO_LATE = auto()
    EXTENSION_NOT_LATER = auto()
    EXTENSION_NOT_ASKED = auto()
    EXTENSION_REPLACED = auto()
    NOT_THE_GRANTER = auto()
    NO_APPROVER = auto()
    NO_SUCH_DIRECTIVE = auto()
    WHICH_DIRECTIVE = auto()
    NOBODY_THERE = auto()
    DOCUMENT_DATE = auto()
    GONE_OUT = auto()
    NOTHING_TO_UNDO = auto()
    NEVER_REMINDED = auto()
    NO_DIFFICULTY = auto()
    NOT_SUBMITTED = auto()
    LEADERS_WORD = auto()
    NO_LEADER = auto()
    NO_WORDS = auto()
    WORDS_TOO_LONG = auto()
    AWAY_ALREADY = auto()
    STANDS_IN_THEN = auto()
    STAND_IN_ONESELF = auto()
    STAND_IN_AWAY = auto()
    LEAVE_BACKWARDS = auto()
    NO_SUCH_LEAVE = auto()
    NOT_THEIR_LEAVE = auto()
    SEVERAL_PEOPLE = auto()


class Refusal(Exception):
    """A request that is turned down. Undoes what its handler did; `facts` fill the sentence."""

    def __init__(self, because: Because, **facts: object) -> None:
        super().__init__(because.value)
        self.because = because
        self.facts = facts
