"""The header of a document: its own number, date, subject and issuer, as Decree 30/2020 has them printed.

What is cited in the text is somebody else's: only what stands above the text, or opens a typed line, is the
document's own. Words are looked for without their marks, letter for letter, so that what is found can be cut out of
the text as it was written.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

MOST_LINES = 30
"""How many lines the part above the text has at most."""
MOST_READ = 20_000
"""How many characters are looked at."""
LONGEST_SUBJECT = 400
LONGEST_NUMBER = 60
LONGEST_TITLE = 150
"""A longer line with several sentences in it is no line of a header."""
LONGEST_DAY = 40
LEAST_CAPITALS = 2
MOST_TYPED = 1000

_SEGMENT = r"[A-Z][A-Za-z0-9&.]*"
_NUMBER = rf"\d{{1,6}}[A-Z]?(?:\s*/\s*\d{{4}})?(?:\s*/\s*|[^\S\n]*-\s*){_SEGMENT}(?:(?:[-/]\s*|[^\S\n][-/]){_SEGMENT})*"
_OWN_NUMBER = re.compile(rf"^[^\S\n]*S[oO]\s*:?\s*({_NUMBER})", re.MULTILINE)
_BLANK_NUMBER = re.compile(r"^[^\S\n]*S[oO]\s*:?[\s.\u2026_]*[/-].*$", re.MULTILINE)

_DIGITS = r"[0-9OolI](?:\s?[0-9OolI])?"
_PLACE = r"(?-i:(?:(?:TP\.?|[A-Z][a-z]+)[^\S\n]+){0,4}[A-Z][A-Za-z]+)"
_PLACE_AND_DATE = re.compile(
    rf"{_PLACE}\s*,\s*(?:hoi\s+\d{{1,2}}\s*(?:gio|h|:|g)\s*(?:\d{{2}})?\s*(?:phut)?\s*,?\s*)?ngay\s*({_DIGITS})?[\s.\u2026_]*thang\s*({_DIGITS})?[\s.\u2026_]*nam\s*(\d\s?\d\s?\d\s?\d)?",
    re.IGNORECASE,
)
_DATE = r"(?:ngay\s*:?\s*)(\d{1,2})(?:\s*[/.-]\s*|\s*thang\s*)(\d{1,2})(?:\s*[/.-]\s*|\s*nam\s*)(\d{4})"
_DATE_LINE = re.compile(rf"^[^\S\n]*{_DATE}", re.MULTILINE | re.IGNORECASE)

_KINDS = (
    "nghi quyet|quyet dinh|chi thi|quy che|quy dinh|thong cao|thong bao|huong dan|chuong trinh|ke hoach|phuong an|"
    "de an|du an|bao cao|bien ban|to trinh|hop dong|cong dien|ket luan|giay moi|cong van|thong tu|nghi dinh"
)
_TITLE = re.compile(rf"^({_KINDS})\b(?!\s*:)[^\S\n]*(.*)$", re.IGNORECASE)
_WARD = "PH\u01af\u1edcNG "
"""A ward, which without its marks looks like a scheme."""
_KIND_OF_PLAN = re.compile(r"(?:phoi hop )?lien (?:nganh|tich)\s*", re.IGNORECASE)
"""What still belongs to the name of a kind of document that several bodies issue."""
_ABOUT = re.compile(r"^(?:v\s?/\s?v|ve\s+viec)\b[^\S\n]*:?[^\S\n]*", re.IGNORECASE)
_ABOUT_WITHIN = re.compile(r"\b(?:v/v|ve\s+viec)\b\s*:?\s*", re.IGNORECASE)
_TYPED = re.compile(
    rf"(?:(?:{_KINDS}|van ban|cv|kh|qd|tb|ct)\s+)?(?:so\s*:?\s*)?"
    r"(\d{1,6}[a-z]?(?:/\d{4})?[/-][a-z][\w&.]*(?:[-/][a-z][\w&.]*)*)"
    rf"[\s,;(]*(?:{_DATE})?[\s),;]*(?:cua\s+(.*?)\s*(?=$|[,:;(]|\bv/v\b|\bve\s+viec\b))?",
    re.IGNORECASE,
)

_MOTTO = re.compile(
    r"cong\s+hoa\s+xa\s+hoi\s+chu\s+nghia\s+viet\s+nam|"
    r"doc\s+lap\s*[-\u2013\u2014]?\s*tu\s+do\s*[-\u2013\u2014]?\s*hanh\s+phuc|"
    r"dang\s+cong\s+san\s+viet\s+nam",
    re.IGNORECASE,
)
_STAMP = re.compile(
    r"(?:nguoi ky|ky boi|email|co quan|thoi gian ky|ngay ky|chuc vu)\b|(?:hoa toc|thuong khan|khan)\W*$", re.IGNORECASE
)
"""What a digital signature prints above everything, and the stamps of urgency."""
_TEXT_BEGINS = re.compile(
    r"(?:kinh gui\b|can cu\b|dieu\s+1\b|phan\s+(?:thu|i)\b|chuong\s+i\b|[i1]\s*[.)]\s)|(?-i:Thuc hien\b|De \b)|"
    r"(?-i:(?:Trong (?:thoi gian|nhung nam|quy|thang|nam)|Thoi gian (?:qua|vua qua)|Nham|Sau khi|Xet|Theo|Tiep theo|"
    r"Tiep tuc|Tren co so|Vua qua|Hien nay|Quy [IVX1-4]+ nam|(?:6|9|Sau|Chin) thang|Nam \d{4},|(?:Sang |"
    r"Chieu |Toi )?[Nn]gay \d+|Ngay|Qua|Nhan duoc|"
    r"Truoc tinh hinh|Giam doc|Chu tich|Uy ban nhan dan|UBND|Ban Thuong vu|Phuc dap|Cong tac|Tai)\b)",
    re.IGNORECASE,
)
_SURELY_BEGINS = re.compile(
    r"(?:kinh gui\b|can cu\b|dieu\s+1\b|phan\s+(?:thu|i)\b|chuong\s+i\b|[i1]\s*[.)]\s)|"
    r"(?-i:Thuc hien (?:Cong|Ke|Quyet|Chi|Nghi|Thong|Luat|y kien|Chuong|Huong|chuc nang|Van))",
    re.IGNORECASE,
)
"""What is no title, even where the line before it is the kind of document that a title follows."""
_ADDRESSED = re.compile(r"kinh gui\b", re.IGNORECASE)
_RULE = re.compile(r"[-_*=.\u2013\u2014\u2026\s]+|\d{1,3}")
_BODY = re.compile(
    r"(?:UBND|HDND|UY BAN|HOI DONG|SO|BO|TINH UY|THANH UY|HUYEN UY|DANG UY|DANG BO|VAN PHONG|CHI CUC|CUC|TONG CUC|"
    r"TRUNG TAM|BAN|PHONG|THANH TRA|CONG AN|VIEN|TRUONG|BENH VIEN|CHINH PHU|THU TUONG|TONG CONG TY|CHI BO|KHO BAC|"
    r"QUOC HOI|"
    r"CHU TICH|GIAM DOC|HIEU TRUONG|VIEN TRUONG|CHANH|BO TRUONG|THU TRUONG|THONG DOC|TONG GIAM DOC|CUC TRUONG|"
    r"CHI CUC TRUONG|BAN THUONG VU|"
    r"MAT TRAN|LIEN DOAN|CONG DOAN|HOI|TOA AN|DOAN|BAO HIEM|NGAN HANG|THUE)\b"
)


_STOP = re.compile(r"(?<![:;]\s\d)(?P<last>[A-Za-z0-9]+)[)\"\u201d]*[.!?]\s+(?=[A-Z\"\u201c(])")
_ABBREVIATED = {"tp", "tx", "pgs", "gs", "ts", "ths", "bs", "ks", "dc"}
"""Words with a stop of their own, as is a single letter: "TP. Hung Yen"."""

_HYPHENS = str.maketrans({"\u2010": "-", "\u2011": "-", "\u00ad": None, "\u00a0": " "})


@dataclass(frozen=True, slots=True)
class Header:
    """What a document says of itself; "" and None where it does not say it."""

    number: str = ""
    issued_on: date | None = None
    subject: str = ""
    issuer: str = ""


def header_of(text: str) -> Header:
    """The header of a document's text, or of a line that somebody typed about a document."""
    whole = unicodedata.normalize("NFC", text[:MOST_READ].translate(_HYPHENS))
    whole = whole.replace("\r\n", "\n").replace("\r", "\n")
    lines = [tidy for line in whole.split("\n") if (tidy := " ".join(line.split()))]
    above, addressed = _above(lines)
    printed = _printed(above, addressed=addressed)
    if printed.number or printed.issued_on or addressed:
        return printed
    return _typed(lines[0][:MOST_TYPED] if lines else "") or printed


def flat(text: str) -> str:
    """A text without its marks, each letter in its place."""
    return "".join(_bare(char) for char in text)


def _bare(char: str) -> str:
    if char in "\u0110\u0111":
        return "D" if char == "\u0110" else "d"
    return char if char < "\x80" else unicodedata.normalize("NFD", char)[0]


# -- a printed document ------------------------------------------------------------------------------------------------


def _above(lines: list[str]) -> tuple[list[str], bool]:
    """The lines above the text, and whether "Kinh gui" ends them."""
    count = above_the_text(lines)
    above = [one for one in lines[:count] if not _RULE.fullmatch(flat(one)) and not _STAMP.match(flat(one))]
    return above, count < len(lines) and bool(_ADDRESSED.match(flat(lines[count])))


def above_the_text(lines: Sequence[str]) -> int:
    """How many lines stand above the text of a document."""
    before = ""
    for at, line in enumerate(lines[:MOST_LINES]):
        bare = flat(" ".join(line.split()))
        is_title_next = bool(_TITLE.match(before) and before.isupper())
        begins = _SURELY_BEGINS if is_title_next or at == 0 or bare.isupper() else _TEXT_BEGINS
        if at and len(bare) > LONGEST_TITLE and _STOP.search(bare):
            return at
        # a line that goes on in small letters goes on with the subject: "... No. 71-NQ/TW / of 22/8/2025 ..."
        goes_on = at > 0 and bare[:3].islower() and bare[:3].isalpha()
        if begins.match(bare) and not goes_on and not (len(bare) < LONGEST_DAY and _DATE_LINE.match(bare)):
            return at
        if not _RULE.fullmatch(bare):
            before = bare
    return min(len(lines), MOST_LINES)


def _printed(above: list[str], *, addressed: bool) -> Header:
    text = "\n".join(above)
    issued_on, text = _place_and_date(without_motto(text))
    bare = flat(text)
    found = _OWN_NUMBER.search(bare) or _BLANK_NUMBER.search(bare)
    number = "".join(text[slice(*found.span(1))].split())[:LONGEST_NUMBER] if found and found.re is _OWN_NUMBER else ""
    if sum(char.isupper() for char in number) < LEAST_CAPITALS:
        number = ""
    before = text[: found.start()] if found else text
    after = text[: found.start()] + "\n" + text[found.end() :] if found else text
    lines = [line.strip() for line in after.split("\n") if line.strip()]
    return Header(number, issued_on, _subject(lines, addressed=addressed), _issuer(before) if found else "")


def without_motto(text: str) -> str:
    """A composed text with a new line wherever the motto of the State, or of the Party, stood in it."""
    for found in reversed(list(_MOTTO.finditer(flat(text)))):
        text = text[: found.start()] + "\n" + text[found.end() :]
    return text


def _place_and_date(text: str) -> tuple[date | None, str]:
    """The day after the place's name, and the text without both."""
    bare = flat(text)
    if found := _PLACE_AND_DATE.search(bare):
        return _day(*found.groups()), text[: found.start()] + "\n" + text[found.end() :]
    if found := _DATE_LINE.search(bare):
        return _day(*found.groups()), text[: found.start()] + "\n" + text[found.end() :]
    return None, text


_AS_DIGITS = str.maketrans("OolI", "0011")


def _day(day: str | None, month: str | None, year: str | None) -> date | None:
    if not (day and month and year):
        return None
    numbers = [int("".join(part.split()).translate(_AS_DIGITS)) for part in (year, month, day)]
    try:
        return date(*numbers)
    except ValueError:
        return None


def _subject(lines: list[str], *, addressed: bool) -> str:
    """What stands after "V/v", or under the name of the kind of document, or what a cut-off header has left."""
    for at, line in enumerate(lines):
        if found := _ABOUT.match(flat(line)):
            return _joined([line[found.end() :], *_until_capitals(lines[at + 1 :])])
    for at, line in enumerate(lines):
        found = _TITLE.match(flat(line))
        if found and line.isupper() and not line.startswith(_WARD):
            rest = line[found.start(2) :]
            shared = _KIND_OF_PLAN.match(flat(rest))
            return _joined([rest[shared.end() :] if shared else rest, *_until_capitals(lines[at + 1 :])])
    return _joined([line for line in lines if not line.isupper()]) if addressed else ""


def _until_capitals(lines: list[str]) -> list[str]:
    kept: list[str] = []
    for line in lines:
        if _BODY.match(flat(line)) or line.startswith(("(", "-", "+")) or _SAYS.match(flat(line)):
            break
        kept.append(line)
    return _without_text(kept)


def _without_text(lines: list[str]) -> list[str]:
    """The lines of a subject, which has no sentences: where one ends, the text has begun with a capital before it."""
    joined = ""
    for at, line in enumerate(lines):
        joined = f"{joined}{line} "
        last = _STOP.search(flat(joined) + "A")
        if last and at:
            begun = next((first for first in range(at, 0, -1) if lines[first][0].isupper()), at)
            return lines[:begun]
    return lines


_SAYS = re.compile(r"\W*(?:dien|quyet dinh|nghi quyet|thong bao)\s*:", re.IGNORECASE)
"""What the body that issues a document is said to do, above the text."""


def _joined(lines: list[str]) -> str:
    text = " ".join(line.strip() for line in lines if line.strip())
    found = _ABOUT.match(flat(text))
    return (text[found.end() :] if found else text).strip(" .;:,-")[:LONGEST_SUBJECT]


def _issuer(before: str) -> str:
    """The last of the bodies in capitals above the number: the one above it is its superior."""
    bodies: list[list[str]] = []
    for line in (line.strip() for line in before.split("\n")):
        if not line.isupper() or _TITLE.match(flat(line)):
            continue
        if _BODY.match(flat(line)) or not bodies:
            bodies.append([line])
        else:
            bodies[-1].append(line)
    return " ".join(bodies[-1]) if bodies else _issuer_in_small_letters(before)


def _issuer_in_small_letters(before: str) -> str:
    """Old fonts had capitals of their own, so that what was printed in them is kept in small letters."""
    lines = [line.strip() for line in before.split("\n") if line.strip()]
    at = next((at for at in range(len(lines) - 1, -1, -1) if _BODY.match(flat(lines[at]).upper())), None)
    return " ".join(lines[at : at + 2]) if at is not None else ""


def first_sentence(text: str) -> str:
    """The sentence that a line begins with."""
    for found in _STOP.finditer(flat(text)):
        last = found["last"].lower()
        if last.isdecimal() or (len(last) > 1 and last not in _ABBREVIATED):
            return text[: found.end("last")]
    return text


# -- a typed line ------------------------------------------------------------------------------------------------------


def _typed(line: str) -> Header | None:
    found = _TYPED.match(flat(line))
    if found is None:
        return None
    number = line[slice(*found.span(1))].rstrip(".-/")
    issuer = line[slice(*found.span(5))] if found[5] else ""
    rest = line[found.end() :]
    about = _ABOUT_WITHIN.search(flat(rest))
    subject = first_sentence(rest[about.end() :] if about else rest)
    shown = number.upper() if number.islower() else number
    return Header(shown[:LONGEST_NUMBER], _day(*found.group(2, 3, 4)), _joined([subject]), issuer.strip(" ,"))
