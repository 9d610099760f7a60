"""Where a picture can be fetched for a while by whoever knows the address: for messengers that take no bytes.

The address is signed and says until when it is good, so that nothing has to be kept of it, and any process answers it.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.settings import Settings
from domain.clock import Clock
from domain.messages import StoredFile

PATH = "/anh"
LIFE = timedelta(minutes=15)
"""The vendor fetches a picture within minutes, perhaps more than once."""
ENDINGS = {"image/jpeg": "jpg", "image/png": "png"}
_MARK = 32


@dataclass(frozen=True)
class PhotoLinks:
    """Makes addresses below `base`, and knows its own again."""

    key: bytes
    base: str
    clock: Clock

    def url(self, file: StoredFile) -> str | None:
        """An address that is good from now on for a while; None for what is no picture."""
        ending = ENDINGS.get(file.mime)
        if ending is None:
            return None
        until = int((self.clock.now() + LIFE).timestamp())
        return f"{self.base}{PATH}/{until}/{self._mark(until, file.key, ending)}/{file.key}.{ending}"

    def file(self, until: str, mark: str, name: str) -> StoredFile | None:
        """The picture that an address names; None where the address is not ours, or has run out."""
        key, _, ending = name.partition(".")
        mime = next((mime for mime, known in ENDINGS.items() if known == ending), None)
        if mime is None or not (until.isascii() and until.isdecimal()) or len(until) > 12:
            return None
        if not hmac.compare_digest(mark.encode(), self._mark(int(until), key, ending).encode()):
            return None
        if datetime.fromtimestamp(int(until), UTC) <= self.clock.now():
            return None
        return StoredFile(key, name, mime, 0)

    def _mark(self, until: int, key: str, ending: str) -> str:
        return hmac.new(self.key, f"{until}/{key}.{ending}".encode(), hashlib.sha256).hexdigest()[:_MARK]


def photo_links(settings: Settings, clock: Clock) -> PhotoLinks | None:
    """Those of this assistant; None where no vendor needs any, or none could reach us."""
    if settings.zalo_bot_token is None or settings.public_url is None or settings.web_port == 0:
        return None
    # every process has the same key, and it is worth nothing without the token
    token = settings.zalo_bot_token.get_secret_value()
    key = hmac.new(token.encode(), b"addresses of pictures", hashlib.sha256).digest()
    return PhotoLinks(key, settings.public_url, clock)
