"""The contract of a channel: how a messenger, any messenger, looks from inside.

DeliveryError
|- Unreachable    blocked, left, unknown: this address is of no use any more
|- Moved          the chat has a new address
|- Busy           too many messages: nothing more until an instant
|- Rejected       our message is wrong and will be wrong again
|- Spent          the month's quota is used up, says the vendor: another way, or the next month
|- Unknown        sent, and no answer came: it may have arrived
|- Unavailable    not sent: the vendor could not be reached
   |- OutOfOrder  not sent, to anybody, before a person has put something right: another way, or later
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Flag, auto
from typing import Protocol, runtime_checkable

from domain.messages import FileRef, Incoming, Outgoing, Rows, StoredFile


class Feature(Flag):
    """What a channel can carry."""

    NONE = 0
    BUTTONS = auto()
    FILES_OUT = auto()
    FILES_IN = auto()
    PHOTOS = auto()
    EDIT = auto()
    GROUPS = auto()
    PROACTIVE = auto()


@dataclass(frozen=True, slots=True)
class Limits:
    """What a vendor allows. None is no limit. Sizes are bytes; text is in the vendor's characters."""

    per_second: int | None = None
    per_chat_second: int | None = None
    per_group_minute: int | None = None
    max_text: int | None = None
    max_file_in: int | None = None
    max_file_out: int | None = None
    monthly_quota: int | None = None
    most_buttons: int | None = None
    """With more than so many, a message has numbered lines instead."""
    most_people: int | None = None
    window: timedelta | None = None
    """How long after a person's last word to us the vendor takes letters to them; later ones are refused."""
    after_window: bool = False
    """Whether something can be sent after that all the same (a template that was approved): the last resort."""

    def shows(self, buttons: Rows) -> bool:
        """Whether a message can have these as buttons."""
        return self.most_buttons is None or sum(map(len, buttons)) <= self.most_buttons


@dataclass(frozen=True, slots=True)
class SentRef:
    """The vendor's name of a message that was sent."""

    ref: str


class DeliveryError(Exception):
    """A message did not, or may not have, arrived. The text carries no token."""

    taken: int = 0
    """How many of the vendor's messages (the parts of a long text) it had taken before this; they count."""


class Unreachable(DeliveryError):
    """Blocked, left, unknown, window closed."""


class Moved(DeliveryError):
    """The chat has another address now."""

    def __init__(self, new_address: str) -> None:
        super().__init__(f"moved to {new_address}")
        self.new_address = new_address


class Busy(DeliveryError):
    """The vendor asks us to be silent for `after` seconds; only in one chat where `whole_channel` is false."""

    def __init__(self, after: float, *, whole_channel: bool = True) -> None:
        super().__init__(f"busy for {after:g} s")
        self.after = after
        self.whole_channel = whole_channel


class Rejected(DeliveryError):
    """The vendor refuses this message as it is."""


class Spent(DeliveryError):
    """The vendor takes nothing more this month (quota)."""


class Unknown(DeliveryError):
    """The message was handed over and no answer came."""


class Unavailable(DeliveryError):
    """The message was not handed over."""


class OutOfOrder(Unavailable):
    """The channel carries nothing before a person has put something right: its permission, its package."""


Receive = Callable[[list[Incoming]], Awaitable[None]]
"""Keeps events durably; a channel confirms them to its vendor only after this has returned."""


class Channel(Protocol):
    """A way to people. `send` returns, or raises exactly one DeliveryError."""

    @property
    def name(self) -> str: ...

    @property
    def features(self) -> Feature: ...

    @property
    def limits(self) -> Limits: ...

    async def start(self, receive: Receive) -> None:
        """Be ready to send, and to hear what the vendor posts to us; returns when that has been set up."""
        ...

    async def stop(self) -> None:
        """Stop listening; what was received and not kept stays with the vendor. What is being sent still goes out."""
        ...

    async def close(self) -> None:
        """Give up the connections, after everything has been sent."""
        ...

    async def send(self, address: str, outgoing: Outgoing) -> SentRef: ...

    async def fetch(self, file: FileRef) -> bytes:
        """The bytes of a file that somebody sent. Raises Unavailable, or Rejected when it can never be had."""
        ...

    def is_group(self, address: str) -> bool:
        """Whether an address is a group chat, where the group limit holds."""
        ...


@runtime_checkable
class Linking(Protocol):
    """A channel that has links for one-time codes."""

    def link(self, code: str) -> str | None:
        """Where a one-time code lets somebody in; None where there is no such place (yet)."""
        ...


@runtime_checkable
class Selective(Protocol):
    """A channel that carries some kinds of files only."""

    def carries(self, file: StoredFile) -> bool:
        """Whether this one may be sent as it is; else the letter has a link."""
        ...


@runtime_checkable
class Editing(Protocol):
    """A channel that can change what it has sent (Feature.EDIT)."""

    async def edit(self, address: str, sent: SentRef, outgoing: Outgoing) -> SentRef:
        """Put other words into a message; Rejected where it cannot be changed (any more)."""
        ...


@runtime_checkable
class Polling(Protocol):
    """A channel that may have to ask its vendor for events, which only one process at a time may do."""

    @property
    def name(self) -> str: ...

    @property
    def polls(self) -> bool:
        """Whether it asks; where the vendor posts events, nobody does."""
        ...

    async def start_polling(self) -> None:
        """Ask for events, after `start`."""
        ...

    async def stop_polling(self) -> None:
        """Ask no more; what was received is kept first."""
        ...

    @property
    def last_poll_at(self) -> datetime | None:
        """When the vendor last answered."""
        ...


@dataclass(frozen=True, slots=True)
class Hook:
    """Where on our web server a vendor posts events, and the header in which it shows that it is the vendor."""

    path: str
    header: str


@runtime_checkable
class Metered(Protocol):
    """A channel with a monthly quota that may make several of its vendor's messages of one letter."""

    def messages(self, outgoing: Outgoing) -> int:
        """How many messages a letter takes off the quota: the parts of its text, its pictures."""
        ...


@runtime_checkable
class Expiring(Protocol):
    """A channel whose key to its vendor runs out."""

    @property
    def name(self) -> str: ...

    @property
    def token_expires_at(self) -> datetime | None:
        """Until when it can be used without being renewed by somebody; None where that is not known here."""
        ...


@runtime_checkable
class Hooked(Protocol):
    """A channel whose vendor may post events to the web server."""

    @property
    def hook(self) -> Hook | None:
        """None where events are asked for instead."""
        ...

    async def webhook(self, body: bytes, secret: str | None) -> int:
        """The HTTP status for what was posted."""
        ...
