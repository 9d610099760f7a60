"""Says anything: commands of the vocabulary and their ruins, presses of any button, files of any kind, plain bytes.

Commands come from the vocabulary itself, so that a new one is said as well. The same seed says the same.
"""

import json
import random
import unicodedata
from collections import deque
from collections.abc import Sequence
from typing import Any

from domain.messages import BUTTON_BYTES
from handlers.commands import NEEDS
from locales.vocabulary import Vocabulary

Json = Any

_REST = (
    "",
    "đã làm xong phần một",
    "40",
    "40% còn chờ phòng Kế hoạch",
    "100",
    "-5 %",
    "thứ sáu",
    "20/12",
    "31/02/2027",
    "20/12/2026 chờ ý kiến Bộ",
    "24/11 đến 28/11 thay bằng {name}",
    "{name}; 5 ngày làm việc; Rà soát thủ tục #PAR theo 1",
    "{name}; hết quý này; Báo cáo",
    "{name};;;",
    "; ; ;",
    "cả phòng; mai; họp",
    "tất cả",
    "theo 3",
    "trình lãnh đạo đề nghị cho gia hạn",
    "đồng ý",
    "trao đổi",
    "MẬT",
    "<b>xong</b> & <a href='x'>",
    "'; DROP TABLE task; --",
    "%(name)s %s {0} {name!r}",
    "\u202e\u200b\ufeff",
    "👍🏽👨‍👩‍👧 😀",
    "a\u0301\u0302\u0303" * 30,
    "x" * 4000,
    "chữ " * 900,
    "٣ ４ ⅷ ²",
    "0",
    "99999999999999999999",
)
SPOKEN_OF = 30
"""How many tasks are spoken of, the newest ones: so different people speak of the same ones."""
_GIVING = (
    "giao {name}; 3 ngày làm việc; Rà soát thủ tục",
    "/giao {name}; không hạn; Báo cáo #SIPAS",
    "giao {name}",
    "chidao Đề nghị các đơn vị rà soát thủ tục hành chính",
)
"""Said more often than by chance: without tasks and directives there is little to talk about."""
_ANSWERS = ("có", "không", "đúng", "hủy", "thôi", "1", "2", "ạ", "?", ".", "ngày mai", "20/12", "không hạn", "{name}",
            "88/CV-VP", "không số", "tất cả", "trưởng đơn vị", "ngay", "8h mai", "từ 24/11 đến 28/11")  # fmt: skip
_NAMES = (
    *("ảnh.jpg", "../../etc/passwd", "CON", "", ".", "x" * 300, "a\nb.zip", "TỐI MẬT.jpg", "\u202egpj.exe", "%00.zip"),
    "а.рdf",
)
_MIMES = ("image/jpeg", "image/png", "application/octet-stream", "", "a/b/c", "\x7f")
_READ = 0.03
"""How many files are such as somebody tries to read: each of them takes a process of its own."""
_READ_NAMES = ("a.pdf", "Báo cáo quý.docx", "TỐI MẬT.pdf", "ghi chú.txt", "bảng.xlsx")
_READ_MIMES = ("application/pdf", "text/plain", "image/png", "")
_MAGIC = (b"", b"%PDF-1.7\n", b"PK\x03\x04", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"\xef\xbb\xbf", b"\xff\xfe")
_KINDS = ("sticker", "voice", "location", "poll", "contact", "dice", "video_note", "story", "new_thing")
_VALUES: tuple[Json, ...] = (
    None,
    True,
    -1,
    0,
    2**63,
    1e308,
    "",
    "x" * 5000,
    "\u0000",
    "\ud800",
    [],
    [None],
    {},
    {"id": {}},
)
_SIGNS = "/#;:.,%@!?-_()\"'<>&\n\t\u00a0\u200d0123456789ăâđêôơưếềểễệÀ🙂"


class Babble:
    """Words out of nowhere, for people of given names with tasks of given numbers."""

    def __init__(self, seed: int, vocabulary: Vocabulary, names: Sequence[str]) -> None:
        self.chance = random.Random(seed)
        self._names = names
        self._phrases: dict[str, list[str]] = {name: [f"/{name}"] for name in NEEDS}
        for phrase in vocabulary.commands:
            words = " ".join(word.text for word in phrase.words)
            self._phrases.setdefault(phrase.meaning, [f"/{phrase.meaning}"]).append(words)
        self.highest = 1
        """The highest task number there is."""
        self._pressed: deque[str] = deque(maxlen=400)

    # -- what is said ------------------------------------------------------------------------------------------------

    def text(self) -> str:
        """A command, what follows it, and now and then something else entirely."""
        kind = self.chance.random()
        if kind < 0.03:
            said = self._filled(self.chance.choice(_GIVING))
        elif kind < 0.70:
            said = self._command()
        elif kind < 0.88:
            said = self._filled(self.chance.choice(_ANSWERS))
        elif kind < 0.95:
            said = self._filled(self.chance.choice(_REST))
        else:
            said = self._noise()
        return self._ruined(said) if self.chance.random() < 0.25 else said

    def action(self, buttons: Sequence[str]) -> str:
        """What a button says: one of the person's own, somebody else's, an old one, or none that was ever made."""
        self._pressed.extend(buttons[-2:])
        kind = self.chance.random()
        if kind < 0.6 and buttons:
            says = self.chance.choice(buttons)
        elif kind < 0.85 and self._pressed:
            says = self.chance.choice(self._pressed)
        else:
            says = self._command().removeprefix("/") + self.chance.choice(("", " #1", f" #{self.chance.randint(0, 9)}"))
        says = self._ruined(says) if self.chance.random() < 0.2 else says
        return says.encode("utf-8", "replace")[:BUTTON_BYTES].decode("utf-8", "ignore")

    def file(self) -> tuple[str, str, bytes]:
        """A name, a kind and bytes that need have nothing to do with each other."""
        content = self.chance.choice(_MAGIC) + self.chance.randbytes(self.chance.choice((0, 1, 40, 2000)))
        if self.chance.random() < _READ:
            return self.chance.choice(_READ_NAMES), self.chance.choice(_READ_MIMES), content
        return self.chance.choice(_NAMES), self.chance.choice(_MIMES), content

    def kind(self) -> str:
        """Something that cannot be read here."""
        return self.chance.choice(_KINDS)

    def _command(self) -> str:
        name = self.chance.choice(list(self._phrases))
        said = self.chance.choice(self._phrases[name])
        if self.chance.random() < 0.3:
            said = "".join(one for one in unicodedata.normalize("NFD", said) if not unicodedata.combining(one))
        if self.chance.random() < 0.1:
            said = said.upper()
        parts = [said]
        if self.chance.random() < 0.6:
            parts.append(str(self.chance.randint(max(self.highest - SPOKEN_OF, 0), self.highest + 2)))
        if self.chance.random() < 0.7:
            parts.append(self._filled(self.chance.choice(_REST)))
        return " ".join(parts)

    def _filled(self, text: str) -> str:
        return text.replace("{name}", self.chance.choice(self._names))

    def _noise(self) -> str:
        highest = self.chance.choice((0x2FF, 0x2FFF, 0xD7FF))
        return "".join(chr(self.chance.randint(1, highest)) for _ in range(self.chance.choice((1, 5, 60))))

    def _ruined(self, text: str) -> str:
        letters = list(text)
        for _ in range(self.chance.randint(1, 3)):
            at = self.chance.randint(0, len(letters))
            changes: tuple[list[str], ...] = (
                [],
                [self.chance.choice(_SIGNS)],
                letters[at : at + 1] * 2,
                letters[at : at + 2][::-1],
            )
            letters[at : at + self.chance.randint(0, 2)] = self.chance.choice(changes)
        return "".join(letters)

    # -- what is posted to the webhook ---------------------------------------------------------------------------------

    def body(self, update: dict[str, Json]) -> bytes:
        """An update as it should be, one that was changed somewhere, or bytes that were never one."""
        kind = self.chance.random()
        if kind < 0.15:
            return self.chance.randbytes(self.chance.choice((0, 1, 30, 300)))
        if kind < 0.2:
            return b"[" * self.chance.choice((10, 100_000))
        if kind < 0.7:
            self._change(update)
        raw = bytearray(json.dumps(update).encode())
        for _ in range(self.chance.choice((0, 0, 1, 4))):
            raw[self.chance.randrange(len(raw))] = self.chance.randrange(256)
        return bytes(raw if self.chance.random() < 0.9 else raw[: self.chance.randrange(len(raw))])

    def _change(self, update: dict[str, Json]) -> None:
        """One value, at any depth, is gone or is another."""
        node: Json = update
        while True:
            keys = list(node) if isinstance(node, dict) else list(range(len(node)))
            if not keys:
                return
            key = self.chance.choice(keys)
            if isinstance(node[key], dict | list) and node[key] and self.chance.random() < 0.8:
                node = node[key]
                continue
            if self.chance.random() < 0.4:
                del node[key]
            else:
                node[key] = self.chance.choice(_VALUES)
            return
