"""The events that days are counted from: where their words end, and on which day they are."""

import re
from datetime import date

from domain.reading.bodies import begins_body, boundary
from domain.reading.dates import DAY, read_day
from domain.reading.letters import bare

_EVENT_ENDS = re.compile(
    r"\s+(?:de(?! (?:xuat|nghi|an|cuong|tai)\b)|doi voi|phai|thi|nham|gui(?! den)|(?:cac|tat ca) (?:so|"
    r"don vi|co quan|phong|"
    r"dia phuong)\b(?= [a-z ]*(?:gui|phai|bao cao|hoan|co trach))|bao cao(?: ket qua)? (?:ve|gui|len|ubnd|"
    r"so|van phong)|co trach nhiem|hoan thanh viec|va (?:gui|bao cao|trinh|thuc hien|hoan thanh|cap nhat|"
    r"cong khai))\s*(?=\s|$)"
)
_SIGNING = re.compile(
    r"(?:ngay |khi |thoi diem )?(?:ky(?: ban hanh| ket)?|ban hanh|"
    r"phat hanh)(?:\s+(?:va ban hanh\s*)?(?:(?:quyet dinh|ke hoach|cong van|van ban|chi thi|thong bao|"
    r"nghi quyet|chuong trinh|huong dan|cong dien|quy che|ket luan) nay|ke hoach|quyet dinh|van ban))?\s*$"
    r"|(?:ngay )?(?:(?:quyet dinh|ke hoach|cong van|van ban|chi thi|thong bao|nghi quyet|ket luan|"
    r"cong dien|quy che) nay )?(?:duoc )?(?:ky|ban hanh)(?: va co hieu luc)?\s*$"
)
_EFFECT = re.compile(
    r"(?:ngay )?(?:(?:quyet dinh|ke hoach|van ban|nghi quyet|chi thi|quy che|quy dinh|"
    r"thong bao) nay )?co hieu luc(?: thi hanh)?(?: cua (?:quyet dinh|quy che|nghi quyet|van ban|"
    r"ke hoach) nay)?\s*$"
)


def event_end(event: str) -> int:
    """How far the words of an event go, behind which the instruction goes on."""
    low = bare(event)
    stop = _EVENT_ENDS.search(low, _after_doer(event, low))
    return stop.start() if stop else len(low.rstrip())


def _after_doer(event: str, low: str) -> int:
    """Where the verb of the body that does it ends; 0 where an event is no body's doing."""
    when = re.match(r"(?:ngay|khi|thoi diem|luc|sau khi)\s+", low)
    if when is None or not event[when.end() : when.end() + 1].isupper() or not begins_body(event, low, when.end()):
        return 0
    verb = boundary(event, low, when.end())
    return min(verb + len(low[verb:].split(maxsplit=1)[0]), len(low)) if low[verb:].strip() else 0


def event_date(event: str, year: int | None, issued: date | None, effect: date | None) -> date | None:
    """The event's day where the text gives it; a receipt has a day that nobody knows."""
    if named := re.search(rf"\((?:ngay\s+)?{DAY}\)$", event):
        day = read_day(named, year)
        return day.on if day else None
    if re.search(r"nhan(?: duoc)?\b", event):
        return None
    if found := re.search(rf"(?:ngay\s+|^){DAY}", event):
        day = read_day(found, year)
        return day.on if day else None
    if _SIGNING.fullmatch(event):
        return issued
    return effect if _EFFECT.fullmatch(event) else None
