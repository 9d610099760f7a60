"""Vietnamese as it was written before Unicode: the fonts .VnTime (TCVN3) and VNI-Times."""

import unicodedata

TCVN3_LETTERS = (
    "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ",
    "B5 B6 B7 B8 B9 A8 BB BC BD BE C6 A9 C7 C8 C9 CA CB AE CC CE CF D0 D1 AA D2 D3 D4 D5 D6 D7 D8 DC DD DE DF E1 E2 E3 "
    "E4 AB E5 E6 E7 E8 E9 AC EA EB EC ED EE EF F1 F2 F3 F4 AD F5 F6 F7 F8 F9 FA FB FC FD FE",
)
TCVN3_CAPITALS = ("ĂÂÊÔƠƯĐ", "A1 A2 A3 A4 A5 A6 A7")

VNI_TONES = {"\u0301": "ù", "\u0300": "ø", "\u0309": "û", "\u0303": "õ", "\u0323": "ï"}
VNI_MARKED = {
    "\u0302": {"": "â", "\u0301": "á", "\u0300": "à", "\u0309": "å", "\u0303": "ã", "\u0323": "ä"},
    "\u0306": {"": "ê", "\u0301": "é", "\u0300": "è", "\u0309": "ú", "\u0303": "ü", "\u0323": "ë"},
}
VNI_ALONE = {"đ": "ñ", "í": "í", "ì": "ì", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ỵ": "î", "ơ": "ô", "ư": "ö"}


def tcvn3(text: str) -> bytes:
    """A marked capital that the fonts lack is written as its small letter: they have a font of capitals for it."""
    codes = {
        letter: int(code, 16)
        for letters, listed in (TCVN3_LETTERS, TCVN3_CAPITALS)
        for letter, code in zip(letters, listed.split(), strict=True)
    }
    composed = unicodedata.normalize("NFC", text)
    return bytes(codes.get(letter) or codes.get(letter.lower()) or ord(letter) for letter in composed)


def vni(text: str) -> str:
    """What a PDF gives that was set in VNI-Times: Latin letters, each mark being a letter of its own."""
    return "".join(_vni(letter) for letter in unicodedata.normalize("NFC", text))


def _vni(letter: str) -> str:
    small = letter.lower()
    written = VNI_ALONE.get(small) or _marked(small)
    return written.upper() if letter != small else written


def _marked(letter: str) -> str:
    base, *marks = list(unicodedata.normalize("NFD", letter))
    tone = next((mark for mark in marks if mark in VNI_TONES), "")
    shape = next((mark for mark in marks if mark in VNI_MARKED), "")
    if shape:
        return base + VNI_MARKED[shape][tone]
    horned = VNI_ALONE[unicodedata.normalize("NFC", base + "\u031b")] if "\u031b" in marks else base
    return horned + (VNI_TONES[tone] if tone else "")
