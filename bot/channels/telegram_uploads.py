"""Files that Telegram has already: sent again by its own name for them, so that a broadcast uploads its file once.

Kept in memory alone: after a restart a file is uploaded once more.
"""

from collections import OrderedDict
from dataclasses import dataclass

from bot.channels.telegram_parts import Part

MOST_KEPT = 1000

_Key = tuple[str, str, bool]


@dataclass(frozen=True, slots=True)
class Posted:
    """A message that was sent, and Telegram's name for the file in it; empty where it carries none."""

    message: str
    file: str = ""


class Uploads:
    """Telegram's names for files of ours, the ones used last."""

    def __init__(self) -> None:
        self._names: OrderedDict[_Key, str] = OrderedDict()

    def name_of(self, part: Part) -> str:
        """Empty where Telegram does not have the file yet."""
        name = self._names.get(_key(part), "")
        if name:
            self._names.move_to_end(_key(part))
        return name

    def keep(self, part: Part, name: str) -> None:
        if part.file is None or not name:
            return
        self._names[_key(part)] = name
        if len(self._names) > MOST_KEPT:
            self._names.popitem(last=False)

    def forget(self, part: Part) -> None:
        self._names.pop(_key(part), None)


def _key(part: Part) -> _Key:
    # the same bytes under another name, or as a document instead of a photo, are another file to Telegram
    return (part.file.key, part.file.name, part.as_photo) if part.file else ("", "", False)
