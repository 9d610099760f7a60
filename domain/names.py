"""Names: as they are compared (`fold`, without marks), kept (`tidy`), and told apart (`key`, with marks)."""

import unicodedata

_D_WITH_STROKE = str.maketrans({"\u0111": "d", "\u0110": "d"})


def fold(text: str) -> str:
    """A text without Vietnamese marks, in lower case, with single spaces."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_D_WITH_STROKE))
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(bare.casefold().split())


def tidy(text: str) -> str:
    """A text as it is kept: composed (NFC), with single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def key(text: str) -> str:
    """A name as it identifies somebody: case and spaces do not matter, marks do (they tell people apart)."""
    return tidy(text).casefold()
