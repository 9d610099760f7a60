"""Plain text in any encoding: Unicode in its forms, and the old Vietnamese ones (TCVN3 or ABC, VNI, Windows-1258)."""

import re
import unicodedata
from collections.abc import Callable

_TCVN3 = (
    "\xb5\u00e0\xb6\u1ea3\xb7\u00e3\xb8\u00e1\xb9\u1ea1\xa8\u0103\xbb\u1eb1\xbc\u1eb3\xbd\u1eb5\xbe\u1eaf\xc6\u1eb7"
    "\xa9\u00e2\xc7\u1ea7\xc8\u1ea9\xc9\u1eab\xca\u1ea5\xcb\u1ead\xcc\u00e8\xce\u1ebb\xcf\u1ebd\xd0\u00e9\xd1\u1eb9"
    "\xaa\u00ea\xd2\u1ec1\xd3\u1ec3\xd4\u1ec5\xd5\u1ebf\xd6\u1ec7\xd7\u00ec\xd8\u1ec9\xdc\u0129\xdd\u00ed\xde\u1ecb"
    "\xdf\u00f2\xe1\u1ecf\xe2\u00f5\xe3\u00f3\xe4\u1ecd\xab\u00f4\xe5\u1ed3\xe6\u1ed5\xe7\u1ed7\xe8\u1ed1\xe9\u1ed9"
    "\xac\u01a1\xea\u1edd\xeb\u1edf\xec\u1ee1\xed\u1edb\xee\u1ee3\xef\u00f9\xf1\u1ee7\xf2\u0169\xf3\u00fa\xf4\u1ee5"
    "\xad\u01b0\xf5\u1eeb\xf6\u1eed\xf7\u1eef\xf8\u1ee9\xf9\u1ef1\xfa\u1ef3\xfb\u1ef7\xfc\u1ef9\xfd\u00fd\xfe\u1ef5"
    "\xae\u0111\xa1\u0102\xa2\u00c2\xa3\u00ca\xa4\u00d4\xa5\u01a0\xa6\u01af\xa7\u0110"
)
"""Each letter of the old encoding, and the letter that it stands for."""
_FROM_TCVN3 = str.maketrans(dict(zip(_TCVN3[::2], _TCVN3[1::2], strict=True)))

_HAT, _BREVE, _HORN = "\u0302", "\u0306", "\u031b"
_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT = "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"
_VNI_MARKS = {
    "\xf8": _GRAVE,
    "\xf9": _ACUTE,
    "\xfb": _HOOK,
    "\xf5": _TILDE,
    "\xef": _DOT,
    "\xe2": _HAT,
    "\xe0": _HAT + _GRAVE,
    "\xe1": _HAT + _ACUTE,
    "\xe5": _HAT + _HOOK,
    "\xe3": _HAT + _TILDE,
    "\xe4": _HAT + _DOT,
    "\xea": _BREVE,
    "\xe8": _BREVE + _GRAVE,
    "\xe9": _BREVE + _ACUTE,
    "\xfa": _BREVE + _HOOK,
    "\xfc": _BREVE + _TILDE,
    "\xeb": _BREVE + _DOT,
}
_VNI_MARKS |= {mark.upper(): sound for mark, sound in _VNI_MARKS.items()}
_VNI_LETTERS = {
    "\xf4": "o" + _HORN,
    "\xd4": "O" + _HORN,
    "\xf6": "u" + _HORN,
    "\xd6": "U" + _HORN,
    "\xf1": "\u0111",
    "\xd1": "\u0110",
    "\xe6": "i" + _HOOK,
    "\xc6": "I" + _HOOK,
    "\xf3": "i" + _TILDE,
    "\xd3": "I" + _TILDE,
    "\xf2": "i" + _DOT,
    "\xd2": "I" + _DOT,
    "\xee": "y" + _DOT,
    "\xce": "Y" + _DOT,
    "\xec": "i" + _GRAVE,
    "\xcc": "I" + _GRAVE,
    "\xed": "i" + _ACUTE,
    "\xcd": "I" + _ACUTE,
}
_VNI_PAIR = re.compile("([aeouyAEOUY\xf4\xd4\xf6\xd6])([" + "".join(_VNI_MARKS) + "])")
_FREQUENT = re.compile(
    r"(?<!\w)(?:v\u00e0|c\u1ee7a|c\u00e1c|\u0111\u01b0\u1ee3c|ng\u00e0y|th\u00e1ng|n\u0103m|th\u1ef1c|"
    r"hi\u1ec7n|b\u00e1o|c\u00e1o|\u0111\u01a1n|v\u1ecb|vi\u1ec7c|v\u1ec1|"
    r"quy\u1ebft|\u0111\u1ecbnh|k\u1ebf|ho\u1ea1ch|nhi\u1ec7m|v\u1ee5|t\u1ec9nh|s\u1edf|\u1ee7y|ban|"
    r"nh\u00e2n|d\u00e2n|\u0111\u1ed1i|v\u1edbi|n\u1ed9i|dung|tr\u01b0\u1edbc|s\u1ed1|\u0111\u1ec3)(?!\w)",
    re.IGNORECASE,
)
LEAST_WORDS = 3
"""So many words of every text have to be in one that is taken for Vietnamese."""


class NotVietnamese(Exception):
    """The letters of a file are in no encoding that is known here."""


def decoded(data: bytes) -> str:
    """The text of a plain file. Raises NotVietnamese."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if len(data) > 3 and data[1::2].count(0) > len(data) // 8:
        return data.decode("utf-16-le", "replace")
    if len(data) > 3 and data[::2].count(0) > len(data) // 8:
        return data.decode("utf-16-be", "replace")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = None
    if text is not None:
        return _mended(text)
    return _best([data.decode("cp1258", "replace"), *_old_forms(data.decode("latin-1"))])


def _mended(text: str) -> str:
    """A text that was saved as Unicode letter by letter, but written for an old font."""
    odd = sum("\xa1" <= char <= "\xff" for char in text)
    if odd * 25 < len(text) or len(_FREQUENT.findall(unicodedata.normalize("NFC", text))) * 12 > len(text.split()):
        return text
    try:
        return _best([text, *_old_forms(text)])
    except NotVietnamese:
        return text


def _old_forms(text: str) -> list[str]:
    return [_from_tcvn3(text), _from_vni(text)]


def _best(forms: list[str]) -> str:
    composed = [unicodedata.normalize("NFC", form) for form in forms]
    scores = [len(_FREQUENT.findall(form)) for form in composed]
    best = max(range(len(forms)), key=lambda at: scores[at])
    if scores[best] < LEAST_WORDS and len(forms[best].split()) > LEAST_WORDS:
        raise NotVietnamese
    return composed[best]


def _from_tcvn3(text: str) -> str:
    """Capitals with marks were a matter of the font: a word with capitals within is one in capitals."""
    changed = text.replace("\xa0", " ").translate(_FROM_TCVN3)
    return re.sub(r"[^\W\d_]*[A-Z\u0110][^\W\d_]*", lambda found: _in_capitals(found[0]), changed)


def _in_capitals(word: str) -> str:
    small = sum(char.islower() for char in word)
    marked = sum(char.islower() and not char.isascii() for char in word)
    capitals = sum(char.isupper() for char in word)
    return word.upper() if small == marked and small and capitals > 1 else word


def _from_vni(text: str) -> str:
    def pair(found: re.Match[str]) -> str:
        return _VNI_LETTERS.get(found[1], found[1]) + _VNI_MARKS[found[2]]

    return re.sub("[" + "".join(_VNI_LETTERS) + "]", lambda found: _VNI_LETTERS[found[0]], _VNI_PAIR.sub(pair, text))


Decode = Callable[[bytes], str]
