"""Printed lines become paragraphs: wrapped lines are joined, page numbers and running heads are dropped."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from domain.headers import above_the_text
from domain.reading.blocks import Line, Paragraph
from domain.reading.bodies import begins_body
from domain.reading.letters import bare
from domain.reading.markers import ORDERED, Marker, marker_of

LEAST_WIDTH = 40
MOST_WIDTH = 150
"""A file with longer lines than this has not been wrapped."""
NEARLY_FULL = 0.86
SHORT_WORD = 15
_PAGE_NUMBER = re.compile(r"(?:-\s*)?(?:trang\s*)?\d{1,3}(?:\s*/\s*\d{1,3})?(?:\s*-)?")
_ENDS = re.compile(r"[.;:!?]['\"\u201d)]?$|\./\.$")
_OPENS = re.compile(
    r"(?:giao|yeu cau|de nghi|trong qua trinh|(?:moi |kho khan,? )?vuong mac trong qua trinh|can cu|"
    r"tren day|noi nhan|kinh gui|nhan duoc|phu luc|trong do,? giao|dieu \d+\s*[.:]|noi nhan|"
    r"thoi gian hoan thanh|thoi gian thuc hien|(?:co quan|don vi) (?:chu tri|phoi hop|thuc hien)|"
    r"san pham|kinh phi|quyet dinh nay|ke hoach nay|chi thi nay|tm\.|kt\.|tl\.|tuq\.)\b"
)
_ASSIGNS = re.compile(r"(?:giao|yeu cau|de nghi|phan cong)\s+")
_SIGNED = re.compile(
    r"(?:tm|kt|tl|tuq|q)\.\s|(?:pho )?(?:chu tich|giam doc|chanh van phong|truong ban|bi thu|truong phong)$"
)


def lines_of(text: str) -> list[Line]:
    """The lines of a text that are not empty."""
    found: list[Line] = []
    blank = page = False
    for piece in re.split(r"(\n|\f)", text.replace("\r\n", "\n").replace("\r", "\n")):
        if piece == "\f":
            page = True
        elif piece == "\n":
            continue
        elif not piece.strip():
            blank = True
            continue
        else:
            shown = piece.expandtabs(8)
            indent = len(shown) - len(shown.lstrip())
            found.append(Line(piece.strip(), None, blank, page, indent))
            blank = page = False
    return _measured(_without_blanks_between_wrapped(found))


def _without_blanks_between_wrapped(lines: list[Line]) -> list[Line]:
    """Blank lines mean nothing where they also stand within sentences."""
    within = [after for before, after in pairwise(lines) if _goes_on(before.text, after.text)]
    blanks = sum(line.blank_before for line in within)
    spaced = len(within) >= 3 and blanks * 3 >= len(within)
    return [replace(line, blank_before=False) for line in lines] if spaced else lines


def _goes_on(before: str, after: str) -> bool:
    return after[0].islower() and not _ENDS.search(before) and marker_of(after) is None


def _measured(lines: list[Line]) -> list[Line]:
    """Whether each line is full, by the width of those that surely go on in the next one."""
    lengths = sorted(len(line.text) for line in lines)
    if not lengths or lengths[-1] > MOST_WIDTH:
        return [replace(line, full=False) for line in lines]
    wrapped = sorted(len(one.text) for one, after in pairwise(lines) if _goes_on(one.text, after.text))
    width = wrapped[len(wrapped) * 3 // 4] if len(wrapped) >= 4 else lengths[int(len(lengths) * 0.9)]
    if width < LEAST_WIDTH:
        return [replace(line, full=False) for line in lines]
    result: list[Line] = []
    for at, line in enumerate(lines):
        after = next((one.text for one in lines[at + 1 : at + 3] if not _PAGE_NUMBER.fullmatch(bare(one.text))), "")
        following = after.split(maxsplit=1)[0] if after else ""
        result.append(replace(line, full=len(line.text) + 1 + len(following) >= width * NEARLY_FULL))
    return result


def split_head(lines: Sequence[Line]) -> tuple[list[str], list[Line]]:
    """The lines above the text, and the lines of the text."""
    count = above_the_text([line.text for line in lines])
    return [line.text for line in lines[:count]], list(lines[count:])


def without_furniture(lines: Sequence[Line]) -> list[Line]:
    """The lines without page numbers and without what is repeated at the head of every page."""
    repeated = Counter(bare(line.text) for line in lines if len(line.text) < 120)
    kept: list[Line] = []
    for at, line in enumerate(lines):
        if _PAGE_NUMBER.fullmatch(bare(line.text)):
            continue
        if line.blank_before and at and _PAGE_NUMBER.fullmatch(bare(lines[at - 1].text)):
            line = replace(line, blank_before=False)  # the blank is that of the page
        before = kept[-1] if kept else None
        by_page = line.page_before or (at > 0 and bool(_PAGE_NUMBER.fullmatch(bare(lines[at - 1].text))))
        by_page = by_page or (at + 1 < len(lines) and bool(_PAGE_NUMBER.fullmatch(bare(lines[at + 1].text))))
        times = repeated[bare(line.text)]
        is_plain = marker_of(line.text) is None and ":" not in line.text
        interrupts = before is not None and not _ENDS.search(before.text) and not before.text.isupper()
        after = next((one.text for one in lines[at + 1 : at + 3] if not _PAGE_NUMBER.fullmatch(bare(one.text))), "")
        if is_plain and times >= 2 and (by_page or (times >= 3 and interrupts and after[:1].islower())):
            continue
        if is_plain and by_page and interrupts and after[:1].islower() and _RUNNING.match(bare(line.text)):
            continue
        kept.append(line)
    return kept


_RUNNING = re.compile(
    r"(?:cong van|ke hoach|quyet dinh|chi thi|thong bao) so\b[^.;]{0,60}$|(?:ubnd|so|van phong|"
    r"uy ban)\b[^.;,]{0,60}[-\u2013|][^.;]*$"
)


def paragraphs(lines: Sequence[Line]) -> list[Paragraph]:
    """Joined lines."""
    joined: list[list[str]] = []
    before: Line | None = None
    seen: dict[str, int] = {}
    for line in lines:
        marker = marker_of(line.text)
        ends_list = len(joined) > 1 and _ends_list(joined[-2], joined[-1])
        if before is not None and _belongs(before, joined[-1], line, marker, seen, ends_list=ends_list):
            joined[-1].append(line.text)
        else:
            joined.append([line.text])
            if marker:
                seen[marker.kind] = marker.value
        before = line
    texts: list[str] = []
    for text in (_glued(parts) for parts in joined):
        # items within a sentence, of which the first happens to begin a line
        if texts and text.startswith("(1)") and "(2)" in text:
            texts[-1] += " " + text
        else:
            texts.append(text)
    return [Paragraph(text) for text in texts]


def _ends_list(earlier: list[str], so_far: list[str]) -> bool:
    """Whether a point ends a list: those before it end with a semicolon, and this one with a full stop."""
    one, other = marker_of(earlier[0]), marker_of(so_far[0])
    is_list = one is not None and other is not None and one.kind == other.kind
    return is_list and earlier[-1].endswith(";") and so_far[-1].endswith((".", "./."))


def _belongs(
    before: Line, so_far: list[str], line: Line, marker: Marker | None, seen: dict[str, int], *, ends_list: bool
) -> bool:
    """Whether a line goes on with what the one before it has begun."""
    ended = bool(_ENDS.search(before.text))
    if marker is not None and not _is_by_chance(before, so_far, line, marker, seen, ended=ended):
        return False
    low = bare(line.text)
    assigns = _ASSIGNS.match(low)
    if assigns and line.text[0].isupper() and begins_body(line.text, low, assigns.end()):
        return False
    if _CUT.search(before.text) or _OPEN_END.search(bare(before.text)):
        return True
    if ends_list or (before.text.endswith(".") and begins_body(line.text, low, 0)):
        return False
    if (
        line.text.isupper()
        and not (ended or before.text.isupper() or line.blank_before)
        and len(line.text) < SHORT_WORD
    ):
        return not _STRONG.match(low) and not _SIGNED.search(low)
    if line.text[0].islower() or (marker is not None and not ended):
        return not (line.blank_before and ended)
    if line.blank_before or _OPENS.match(low) or (line.text.isupper() and not before.text.isupper()):
        return not ended and not line.blank_before and bool(before.full) and not _STRONG.match(low)
    if line.text.isupper() != before.text.isupper() and (line.text.isupper() or len(before.text) < 60):
        is_title = before.text.isupper() and len(before.text) > 3
        if is_title or line.text.isupper():
            return False
    if before.text.isupper() and line.text.isupper():
        return not _SIGNED.search(bare(before.text)) and not _SIGNED.search(low)
    if _SIGNED.search(low) and len(line.text) < 40:
        return False
    if before.text.endswith(","):
        return True
    return bool(before.full) and not before.text.endswith(("./.", ":"))


_OPEN_END = re.compile(r"(?:\bngay|\bthang|\bso|\bnam|ngay \d{1,2}/?|thang \d{1,2}|\d{1,2}/\d{1,2}/)$")
"""A number or a day that the end of the line has cut."""
_STRONG = re.compile(r"noi nhan|kinh gui|dieu \d|phu luc")


def _is_by_chance(
    before: Line, so_far: list[str], line: Line, marker: Marker, seen: dict[str, int], *, ended: bool
) -> bool:
    """Whether what looks like a mark is only how a line happens to begin."""
    if marker.kind == "bracket":
        earlier = f"({marker.value - 1})"
        inline = marker.value > 1 and any(
            earlier in part[1:] or (earlier in part and at) for at, part in enumerate(so_far)
        )
        return inline or (not ended and bool(before.full))
    if ended or not before.full:
        rest = line.text[marker.end :]
        return marker.kind == "dash" and not ended and rest[:4].isdigit()
    if marker.kind in ORDERED:
        expected = seen.get(marker.kind, 0) + 1
        if marker.kind == "multi":
            return False
        return marker.value not in (expected, 1) or before.text.endswith((",", "("))
    return line.text[marker.end : marker.end + 1].islower() or before.text.endswith(",")


def _glued(parts: Sequence[str]) -> str:
    """Lines in one; a number that the end of a line has cut is put together."""
    text = parts[0]
    for part in parts[1:]:
        is_cut = (text.endswith("/") or text.endswith("-")) and _CUT.search(text) and not part[0].isspace()
        goes_on = part.startswith("/") and text[-1:].isdigit()
        text += part if is_cut or goes_on else " " + part
    return " ".join(text.split())


_CUT = re.compile(r"(?:\d[A-Z]?|[A-Z\u0110]{2,}|\d/[A-Z\u0110a-z]+|/\d{4})[/-]$")
