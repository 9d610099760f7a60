"""Which DeliveryError a refusal of the Zalo Bot Platform's, or a break of the connection to it, amounts to."""

import httpx

from bot.channels.http_calls import NEVER_SENT
from domain.channel import Busy, DeliveryError, Rejected, Spent, Unavailable, Unknown, Unreachable

TOKEN_REFUSED, FORBIDDEN, NOT_FOUND, TIMEOUT, QUOTA = 401, 403, 404, 408, 429
SHORTEST_SILENCE = 60.0
"""Seconds, twice as many each time. Zalo never says for how long, nor whether it means a minute or the month."""

MOST_SILENCES = 3
"""After so many in a row it is taken for the month's."""

_CHAT = ("chat", "user", "recipient", "conversation")
_NO_USE = ("not found", "not exist", "invalid", "block", "deactivat", "deleted", "left", "kick")
_CLOSED = ("forbidden", "block", "not allowed", "permission", "kick")


class TokenRefused(Unavailable):
    """Zalo does not know our token (any more): nothing goes until somebody has set the right one."""


def refused(code: int, text: str, silences: int = 0, asked: float | None = None) -> DeliveryError:
    """What a refusal means. `silences` counts those asked for in a row before; `asked` is a Retry-After, in seconds."""
    said = text.lower()
    if code == QUOTA and silences >= MOST_SILENCES:
        return Spent(text)
    if code == QUOTA:
        return Busy(asked or SHORTEST_SILENCE * 2**silences)
    if code == TIMEOUT:
        return Unknown(text)
    if code == FORBIDDEN:
        # documented as "internal server error": where it does not speak of a closed door, it is tried once more
        return (Unreachable if any(word in said for word in _CLOSED) else Unknown)(text)
    if code == TOKEN_REFUSED:
        return TokenRefused(text)
    if code == NOT_FOUND or code >= 500:
        # our address is wrong, or Zalo is ill: no letter is to blame
        return Unavailable(text)
    is_about_chat = any(word in said for word in _CHAT) and any(word in said for word in _NO_USE)
    return (Unreachable if is_about_chat else Rejected)(text)


def broken(problem: httpx.HTTPError, text: str) -> DeliveryError:
    """A lost line. Once a request may have been written, nobody knows whether it counted."""
    return (Unavailable if isinstance(problem, NEVER_SENT) else Unknown)(text)
