"""Text from outside, as a database keeps it."""

import re

_UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")


def storable(text: str) -> str:
    """Without what no database keeps: one such letter would hold up its batch for ever."""
    return _UNSTORABLE.sub("\ufffd", text)
