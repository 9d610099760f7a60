"""Seals what a copy of the database must not give away: readable only with a secret that is kept elsewhere.

The key is made of that secret; SHA-256 as a keyed function (HMAC) gives the pad, counter by counter, and a mark that
shows whether the sealed text is whole. Every sealing has a random number of its own, so no pad is ever used twice.
"""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode

_NONCE, _MARK = 16, 32


class SealBroken(Exception):
    """Sealed with another secret, or not whole."""


class Seal:
    """Seals and opens with keys that are made of a secret."""

    def __init__(self, secret: str, purpose: str) -> None:
        """What is sealed for one purpose cannot be passed off as sealed for another."""
        self._pad_key, self._mark_key = (
            hmac.digest(secret.encode(), f"nhacviec {purpose} {use}".encode(), hashlib.sha256)
            for use in ("pad", "mark")
        )

    def close(self, text: str) -> str:
        """The sealed text, in letters that any column takes."""
        nonce = secrets.token_bytes(_NONCE)
        hidden = self._turned(text.encode(), nonce)
        return urlsafe_b64encode(nonce + hidden + self._mark(nonce + hidden)).decode()

    def open(self, sealed: str) -> str:
        """What was sealed. Raises SealBroken."""
        try:
            kept = urlsafe_b64decode(sealed.encode())
        except ValueError:
            raise SealBroken from None
        nonce, hidden, mark = kept[:_NONCE], kept[_NONCE:-_MARK], kept[-_MARK:]
        if len(kept) < _NONCE + _MARK or not hmac.compare_digest(mark, self._mark(nonce + hidden)):
            raise SealBroken
        return self._turned(hidden, nonce).decode()

    def _mark(self, content: bytes) -> bytes:
        return hmac.digest(self._mark_key, content, hashlib.sha256)

    def _turned(self, content: bytes, nonce: bytes) -> bytes:
        """Hidden from plain, or plain from hidden."""
        pad = b""
        while len(pad) < len(content):
            pad += hmac.digest(self._pad_key, nonce + len(pad).to_bytes(8), hashlib.sha256)
        return bytes(one ^ other for one, other in zip(content, pad, strict=False))
