"""Whether what was posted comes from Zalo: the header `X-ZEvent-Signature` over the bytes as they came."""

import hashlib
import hmac
import json
from typing import Any

HEADER = "X-ZEvent-Signature"
_PREFIX = "mac="


class Signature:
    """Signs as Zalo does: plain SHA-256 of application id, body, the body's timestamp and the account's secret key."""

    def __init__(self, app_id: str, secret: str) -> None:
        self._app_id = app_id
        self._secret = secret

    def of(self, body: bytes, timestamp: str) -> str:
        """Lower-case hexadecimal digits."""
        return hashlib.sha256(self._app_id.encode() + body + timestamp.encode() + self._secret.encode()).hexdigest()

    def event(self, body: bytes, given: str | None) -> dict[str, Any] | None:
        """The event in a body that Zalo has signed; None for any other."""
        try:
            event = json.loads(body)
        except (ValueError, RecursionError):
            return None
        if not isinstance(event, dict):
            return None
        # some deliveries are said to write "mac=" before it
        shown = (given or "").strip().removeprefix(_PREFIX).lower()
        real = self.of(body, str(event.get("timestamp", "")))
        return event if hmac.compare_digest(real.encode(), shown.encode()) else None
