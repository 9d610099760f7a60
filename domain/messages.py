"""What is said to the assistant and by it, in no vendor's form.

Text is neutral markup: HTML limited to b, i, code and a, everything else escaped. A button stands for something
that could be typed as well: pressing it says its `says`.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum

from domain.headers import Header
from domain.reading.values import WholeReading

BUTTON_BYTES = 64
"""The most that a button may say, in UTF-8 bytes (Telegram Bot API, InlineKeyboardButton.callback_data)."""


SEEN = "daxem"
"""What a button says that only shows that somebody is there: whoever presses it can be written to for longer."""


KEPT = "kept:"
"""What the `ref` of a file begins with that is in our own keeping already; its key follows."""
HANDED_IN = "handed-in:"
"""What the `event_id` of a message begins with that came by a link of ours and not by the channel."""


@dataclass(frozen=True, slots=True)
class FileRef:
    """A file that somebody sent, where the vendor keeps it. `size` is in bytes, None where the vendor is silent."""

    ref: str
    name: str
    mime: str
    size: int | None = None


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file in our own keeping; `key` names its bytes."""

    key: str
    name: str
    mime: str
    size: int


@dataclass(frozen=True, slots=True)
class Incoming:
    """One event from a channel. `event_id` is unique within the channel; `address` is where an answer goes.

    `action` is what a pressed button says; `unsupported` names a kind of message that nobody can read here
    (sticker, voice); `left` is true when the person blocked or left the assistant; `secret` is true where what came
    bears a mark of secrecy: then it holds nothing of it.
    """

    channel: str
    event_id: str
    address: str
    sender_name: str = ""
    text: str = ""
    files: tuple[FileRef, ...] = ()
    action: str = ""
    unsupported: str = ""
    left: bool = False
    in_group: bool = False
    secret: bool = False


@dataclass(frozen=True, slots=True)
class Button:
    """A label to press, and the words that it stands for."""

    label: str
    says: str

    def __post_init__(self) -> None:
        if not 1 <= len(self.says.encode()) <= BUTTON_BYTES:
            raise ValueError(f"a button says 1 to {BUTTON_BYTES} bytes, not {self.says!r}")


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message on its way out: neutral markup, rows of buttons, files in our keeping."""

    text: str
    buttons: Rows = ()
    files: tuple[StoredFile, ...] = ()


class Priority(IntEnum):
    """Which letter leaves first."""

    ANSWER = 0
    NOTICE = 1
    REMINDER = 2
    BROADCAST = 3


@dataclass(frozen=True, slots=True)
class Letter:
    """A row of the outbox as the sender sees it; instants are UTC, `attempts` counts the calls begun."""

    id: int
    channel: str
    address: str
    person_id: int | None
    outgoing: Outgoing
    priority: Priority
    attempts: int
    posted_at: datetime
    expires_at: datetime | None = None
    repeated: bool = False
    replaces: int | None = None
    edit_only: bool = False
    vital: bool = False

    @property
    def may_use_reserve(self) -> bool:
        """Whether it may use what is kept of a channel's monthly quota: answers and last reminders may."""
        return self.vital or self.priority is Priority.ANSWER


@dataclass(frozen=True, slots=True)
class Sent:
    """Where an earlier letter is; `ref` is empty where it has not been sent."""

    channel: str
    address: str
    ref: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter to be posted. `dedupe` makes posting it twice harmless; `about` lets it be dropped ("confirm:12").

    With `replaces` it is an update: the message of that earlier letter is changed, where its channel can do that;
    elsewhere it is a new message, unless it is `edit_only`: then it is not worth one, and nothing is sent.
    A `vital` one (a last reminder) may use what is kept of a channel's monthly quota.
    """

    outgoing: Outgoing
    dedupe: str
    priority: Priority = Priority.NOTICE
    about: str = ""
    not_before: datetime | None = None
    expires_at: datetime | None = None
    replaces: int | None = None
    edit_only: bool = False
    vital: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """A row of the inbox: what came in, and when (UTC). `files` are those already fetched into our keeping.

    `headers` are those of the files, in their order; None where a file is no document that can be read. `readings`
    are their whole readings, where the sender may publish; at the end that of the text, where one was typed.
    """

    id: int
    incoming: Incoming
    received_at: datetime
    attempts: int = 0
    files: tuple[StoredFile, ...] = field(default=())
    headers: tuple[Header | None, ...] = field(default=())
    readings: tuple[WholeReading, ...] = field(default=())
