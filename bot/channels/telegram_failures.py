"""Which DeliveryError a refusal of Telegram's, or a break of the connection to it, amounts to."""

from datetime import timedelta

import httpx

from bot.channels.http_calls import NEVER_SENT
from domain.channel import Busy, DeliveryError, Rejected, Unavailable, Unknown, Unreachable

UNSAID_WAIT = 5.0
"""Seconds to be silent where a proxy says 429 and does not say for how long."""

_GONE = (
    "chat not found",
    "user not found",
    "peer_id_invalid",
    "deactivated",
    "kicked",
    "chat_write_forbidden",
    "not enough rights to send",
)


def refused(text: str) -> DeliveryError:
    """A 400: some of them speak of the chat and not of the message."""
    return (Unreachable if any(word in text.lower() for word in _GONE) else Rejected)(text)


def broken(cause: BaseException | None, text: str) -> DeliveryError:
    """Anything between a 5xx and a lost line. Once a request may have been written, nobody knows whether it counted."""
    if isinstance(cause, httpx.HTTPError) and not isinstance(cause, NEVER_SENT):
        return Unknown(text)
    if "too large" in text.lower():
        return Rejected(text)
    if "too many requests" in text.lower():
        return busy(UNSAID_WAIT)
    return Unavailable(text)


def busy(after: timedelta | float) -> Busy:
    """Telegram does not say whether the chat's limit was hit or the bot's; going on elsewhere could make it worse."""
    return Busy(after.total_seconds() if isinstance(after, timedelta) else after, whole_channel=True)
