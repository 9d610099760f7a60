"""What looks wrong in a document as a whole: its header, its references, slips of the keyboard."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from domain.headers import Header
from domain.reading.blocks import Source
from domain.reading.letters import bare
from domain.reading.references import references_in
from domain.reading.values import Anomaly, Code, Reference

LATE = timedelta(days=120)
_MOTTO = re.compile(r"cong hoa xa hoi|doc lap\W+tu do|dang cong san")
_NUMBER_LINE = re.compile(r"(?:^|\s)so\s*:?[\s.\u2026_]*[/-]\s*[a-z]|(?:^|\s)so\s*:")
_DAY_LINE = re.compile(r"ngay\s*([\doli]{0,2})[\s.\u2026_]*thang\s*([\doli]{0,2})[\s.\u2026_]*nam")
_SLIPS = (
    ("v\u1ee7a", "c\u1ee7a"), ("cu\u1ea3", "c\u1ee7a"), ("\u0111\u1ed1i v\u01a1i", "\u0111\u1ed1i v\u1edbi"),
    ("ng\u01b0\u01a1i lao", "ng\u01b0\u1eddi lao"), ("ng\u01b0\u01a1i d\u00e2n", "ng\u01b0\u1eddi d\u00e2n"),
)  # fmt: skip
_PAIRS = (
    "\u0111\u1ed1i v\u1edbi", "th\u1ef1c hi\u1ec7n", "ng\u01b0\u1eddi d\u00e2n", "ng\u01b0\u1eddi lao",
    "nhi\u1ec7m v\u1ee5", "c\u01a1 quan", "\u0111\u01a1n v\u1ecb", "tri\u1ec3n khai", "b\u00e1o c\u00e1o",
    "ph\u1ed1i h\u1ee3p", "k\u1ebf ho\u1ea1ch", "quy\u1ebft \u0111\u1ecbnh", "gi\u1ea3i quy\u1ebft",
    "t\u1ed5ng h\u1ee3p", "r\u00e0 so\u00e1t", "th\u1ee7 t\u1ee5c", "h\u00e0nh ch\u00ednh",
    "ho\u00e0n th\u00e0nh", "h\u01b0\u1edbng d\u1eabn", "ki\u1ec3m tra", "vi\u00ean ch\u1ee9c",
    "c\u00f4ng ch\u1ee9c", "tham m\u01b0u", "\u0111\u1ecba ph\u01b0\u01a1ng", "li\u00ean quan", "n\u1ed9i dung",
)  # fmt: skip
"""Pairs of words of every directive: written with other marks, they are a slip."""
_BY_BARE = {bare(pair): pair for pair in _PAIRS}
_PAIR_FORM = re.compile(r"(?<!\w)(?:" + "|".join(sorted(_BY_BARE, key=len, reverse=True)) + r")(?!\w)")
_OTHER_PAIRS = {"th\u1ef1c hi\u1ec7n", "n\u1ed9i dung", "li\u00ean quan"}


def header_oddities(source: Source, header: Header, number: str, issued_on: date | None) -> Iterator[Anomaly]:
    """A header that is cut off, or where the number or the day is left blank."""
    low = bare("\n".join(source.head))
    has_header = bool(_MOTTO.search(low) or _NUMBER_LINE.search(low) or header.issuer or number)
    if not has_header:
        yield Anomaly(Code.MISSING_HEADER, " ".join(" ".join(source.head).split())[:160])
        return
    if not number:
        yield Anomaly(Code.MISSING_NUMBER, _line(source.head, _NUMBER_LINE))
    if issued_on is None:
        yield Anomaly(Code.MISSING_DAY, _line(source.head, _DAY_LINE))
    if slipped := re.search(r"ngay\s*([\doli]{1,2})\s*thang\s*([\doli]{1,2})\s*nam\s*\d{4}", low):
        parts = slipped[1] + slipped[2]
        if not parts.isdigit():
            yield Anomaly(
                Code.OCR_SLIP, _line(source.head, _DAY_LINE), slipped[0].translate(str.maketrans("oli", "011"))
            )


def _line(head: Sequence[str], form: re.Pattern[str]) -> str:
    return next((" ".join(line.split()) for line in head if form.search(bare(line))), "")


def late_references(references: Sequence[Reference], issued_on: date | None, basis: str) -> Iterator[Anomaly]:
    """What is cited with a later day than the document's; without one, much later than what it answers."""
    limit = issued_on
    if limit is None:
        cited, _ = references_in(basis, None)
        days = [one.issued_on for one in cited if one.issued_on]
        if not days or len({*references}) <= len(days):
            return
        limit = max(days) + LATE
    for one in references:
        if one.issued_on and one.issued_on > limit:
            yield Anomaly(Code.REFERENCE_AFTER_DOCUMENT, one.quote, limit.isoformat() if issued_on else "")


def slips(text: str, slipped: Sequence[str]) -> Iterator[Anomaly]:
    """Letters for digits in references, and words that are written with wrong marks."""
    for quote in slipped:
        yield Anomaly(Code.OCR_SLIP, quote)
    seen: set[str] = set()
    lower = text.lower()
    for wrong, right in _SLIPS:
        if re.search(rf"(?<!\w){wrong}(?!\w)", lower) and wrong not in seen:
            seen.add(wrong)
            yield Anomaly(Code.OCR_SLIP, wrong, right)
    for found in _PAIR_FORM.finditer(bare(text)):
        written = text[found.start() : found.end()].lower()
        right = _BY_BARE[found[0]]
        if written != right and written not in seen and _is_slip(written, right):
            seen.add(written)
            yield Anomaly(Code.OCR_SLIP, written, right)


def _is_slip(written: str, right: str) -> bool:
    """One letter is wrong; more would be another word, or a text without marks."""
    wrong = sum(one != other for one, other in zip(written, right, strict=True))
    return wrong == 1 and right not in _OTHER_PAIRS and not written.isascii()
