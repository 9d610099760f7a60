"""Which DeliveryError a refusal of Zalo's, or a break of the connection to it, amounts to."""

from datetime import datetime, timedelta, timezone

import httpx

from bot.channels.http_calls import NEVER_SENT
from domain.channel import Busy, DeliveryError, OutOfOrder, Rejected, Spent, Unavailable, Unknown, Unreachable

TOKEN_REFUSED = {-216, -220, -401, -124}
"""The access token is not, or no longer, good: it is renewed, and the call made once more."""
FAILED_SOMEHOW = -200
ATTACHMENT_EXPIRED = -100
PROOF_MISSING = -242
WINDOW_SHUT = {-230, -232}
GONE = {-213, -217, -222, -227, -244, *WINDOW_SHUT}
OUT_OF_ORDER = {-204, -205, -207, -208, -209, -212, -215, -219, -221, -223, -224, -240, -242, -320, -321}
"""Nothing can be sent to anybody before a person has put something right at Zalo."""
TOO_MANY_REST = 30.0
"""Seconds; Zalo counts by the minute, and does not say how much of it is left."""
RECEIVED_ENOUGH_REST = 3600.0
MORNING = 6
_VIETNAM = timezone(timedelta(hours=7))


class WindowShut(Unreachable):
    """The person has not interacted for 7 days: only an approved template still reaches them."""


class AccountOutOfOrder(OutOfOrder):
    """Somebody has to put something right at Zalo; `code` says what."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(text)
        self.code = code


def refused(code: int, said: str, now: datetime) -> DeliveryError:
    """A body whose `error` is not 0; `code` is negative."""
    text = f"{code}: {said}"
    if code in WINDOW_SHUT:
        return WindowShut(text)
    if code in GONE:
        return Unreachable(text)
    if code in OUT_OF_ORDER:
        return AccountOutOfOrder(code, text)
    if code in TOKEN_REFUSED:
        return Unavailable(text)
    if code == FAILED_SOMEHOW:
        # at most one more try, which is what becomes of one that may have arrived
        return Unknown(text)
    return _for_now(code, now) or Rejected(text)


def _for_now(code: int, now: datetime) -> DeliveryError | None:
    """Refusals that time heals."""
    match code:
        case -32:  # too many requests
            return Busy(TOO_MANY_REST)
        case -211:
            return Spent(f"{code}: out of quota")
        case -218:  # the person has received as much as they may
            return Busy(RECEIVED_ENOUGH_REST, whole_channel=False)
        case -234:  # at night
            return Busy(until_morning(now), whole_channel=False)
    return None


def until_morning(now: datetime) -> float:
    """Seconds until six o'clock in Vietnam."""
    local = now.astimezone(_VIETNAM)
    morning = local.replace(hour=MORNING, minute=0, second=0, microsecond=0)
    return ((morning if morning > local else morning + timedelta(days=1)) - local).total_seconds()


def broken(problem: httpx.HTTPError) -> DeliveryError:
    """A lost line. Once a request may have been written, nobody knows whether it counted."""
    kind = type(problem).__name__
    return Unavailable(kind) if isinstance(problem, NEVER_SENT) else Unknown(kind)
