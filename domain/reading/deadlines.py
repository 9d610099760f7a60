"""By when: every time phrase of a point, and which of them binds what is to be delivered."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from domain.reading.dates import DAY, PLAIN_CLOCK, WEEKDAY, Day, clock_of, read_day, weekday_of
from domain.reading.events import event_date, event_end
from domain.reading.letters import bare
from domain.reading.number_words import NUMBER, int_of
from domain.reading.periods import periods
from domain.reading.recurring import recurrences
from domain.reading.values import Anomaly, Code, Deadline, DeadlineKind
from domain.workdays import WorkCalendar

MOST_DAYS = 1000
HOURS_OF_A_DAY = 24


@dataclass(frozen=True, slots=True)
class Setting:
    """What a deadline is counted from where the text does not say it."""

    calendar: WorkCalendar
    issued: date | None = None
    year: int | None = None
    effect: date | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A time phrase: where it stands, how strongly it binds, and what is odd about it."""

    start: int
    end: int
    deadline: Deadline
    strength: int
    odd: tuple[Anomaly, ...] = ()


_INTRO = (
    r"(?:(?:cham nhat|muon nhat|tre nhat|xong truoc|truoc|den het|den|het|han cuoi(?: cung)?|han chot|han|"
    r"thoi han(?: [a-z]+){0,3}?|"
    r"khong qua|khong(?: de)?(?: (?:keo dai|cham|muon|tre))? (?:sau|qua)|khong muon hon|khong cham hon|vao|luc|"
    r"trong|hoan thanh|la|du kien|ngay sau|xong)(?:\s*:\s*|\s+)){1,7}"
)
_STRONG = re.compile(
    r"cham nhat|muon nhat|tre nhat|truoc|den|het|han|khong qua|khong [a-z ]*(?:sau|qua)|khong muon|khong cham|xong|"
    r"hoan thanh"
)
_EARLIER = r"(?:\d{1,2}\s*(?:,|va|-)\s*(?:ngay\s+)?)*"
"""Days of one month before the last: the last binds."""
_DATED = re.compile(
    rf"(?<!\w)(?P<intro>{_INTRO})(?P<clock>{PLAIN_CLOCK})?[\s,]*(?:(?:cua|vao|het|cuoi|dau|sang|chieu|trong)\s+)*"
    rf"(?P<weekday>\(?{WEEKDAY}\)?)?[\s,(]*(?:(?:het|cuoi)\s+)?(?P<word>(?:cac\s+)?ngay\s+{_EARLIER})?(?:mung\s+)?{DAY}"
    rf"(?P<after>\s*[,(]\s*{WEEKDAY}\s*\)?)?"
)
_RANGE = re.compile(
    rf"(?<!\w)(?:ke )?tu\s+(?:{PLAIN_CLOCK}[\s,]*)?(?:ngay\s+)?"
    rf"[\doli]{{1,2}}(?:\s?[/.-]\s?[\doli]{{1,2}}(?:\s?[/.-]\s?[\doli]{{4}})?|"
    rf"\s+thang\s+\d{{1,2}}(?:\s+nam\s+\d{{4}})?)?"
    rf"\s*(?:,?\s*den|"
    rf"-)\s*(?:het\s+)?(?P<clock>{PLAIN_CLOCK})?[\s,]*(?P<weekday>{WEEKDAY})?[\s,]*(?:het\s+)?(?P<word>ngay\s+)?{DAY}(?P<after>\s*[,(]\s*{WEEKDAY}\s*\)?)?"
)
_ONLY = re.compile(
    rf"(?P<intro>)(?P<clock>{PLAIN_CLOCK})?[\s,]*(?P<weekday>{WEEKDAY})?[\s,(]*(?P<word>ngay\s+)?{DAY}(?P<after>\s*[,(]\s*{WEEKDAY}\s*\)?)?"
)
_ON_DAY = re.compile(
    rf"(?<!\w)(?P<intro>(?:to chuc|khai mac|dien ra|hop|thoi gian|bat dau|trong|vao|luc|du tap huan|du hop|"
    rf"(?:gui|trinh|bao cao|"
    rf"nop)[a-z ,]{{0,40}}))\s*:?\s+(?P<clock>{PLAIN_CLOCK})?[\s,]*(?P<weekday>{WEEKDAY})?[\s,]*"
    rf"(?P<word>(?:cac\s+)?ngay\s+){_EARLIER}{DAY}(?P<after>\s*[,(]\s*{WEEKDAY}\s*\)?)?"
)
_WEEKDAY_BEFORE = re.compile(rf"(?<!\w){WEEKDAY}[\s,]*$")
_OF_THE_PAST = re.compile(
    r"(?:(?:duoc|da|moi|dang) (?:[a-z]+ ){0,4}|so lieu|luy ke|phat sinh|ton dong|tiep nhan|co hieu luc|"
    r"ky thong ke|truoc day,?|thong ke|chot so lieu|ke tu|qua han|"
    r"(?:van ban|ho so|quyet dinh|cong van|du an|hop dong)(?: (?:da|duoc|tiep nhan|nhan|nop|ban hanh|"
    r"phat sinh|ky|con|ton|ton dong|qua han|cap|co|tu))+|ban hanh tu|tuoi|sinh|giai doan)\s*$"
)
_AFTER = re.compile(
    rf"(?<!\w)(?P<intro>(?:(?:cham nhat|muon nhat|toi da|khong qua|khong qua|trong|thoi han|thoi gian|vong|"
    rf"sau|la|quy dinh|khoang|hoan thanh)\s+){{0,7}})"
    rf"(?P<n>{NUMBER})\s*(?:\(\s*\w+(?: \w+)?\s*\)\s*)?(?P<unit>ngay lam viec|ngay|tuan|thang|"
    rf"gio)(?: lam viec)?\b(?!\s*\d)"
    r"(?:\s*,?\s*(?P<from>ke tu sau|ke tu|tinh tu|ke ca tu|sau|tu)\s+(?P<event>(?:(?:ngay|khi|thoi diem|"
    r"luc|sau khi|thoi gian)\s+)?[^,;.()\n]{2,160}))?"
)
_BEFORE_EVENT = re.compile(
    rf"(?<!\w)(?:(?:it nhat|toi thieu|cham nhat|muon nhat|xong|hoan thanh|"
    rf"la)\s+)*(?:(?:truoc\s+)?{NUMBER}\s*(?:ngay lam viec|ngay|tuan|thang|gio)\s+)?truoc\s+(?:khi|thoi diem|"
    rf"thoi gian|ky (?:hop|thi|kiem tra|tuyen sinh|nghi)|phien|hoi nghi|cuoc hop|"
    rf"dai hoi|tet|le|dip|mua|nam hoc|ngay(?!\s*\d|\s*mung|"
    rf"\s*[oli]\d)|gio)\b[^,;.()\n]*"
    rf"|(?<!\w)(?:cham nhat |it nhat |toi thieu )?truoc\s+(?:it nhat |"
    rf"toi thieu )?{NUMBER}\s*(?:ngay lam viec|ngay|tuan|gio)\s+(?:so voi|truoc|khi|dien ra)[^,;.()\n]*"
)


def candidates(text: str, setting: Setting, *, cell: bool = False) -> list[Candidate]:
    """Every time phrase of a text; `cell`: nothing but a time is expected in it."""
    low = bare(text)
    taken: list[tuple[int, int]] = []
    found: list[Candidate] = []

    def take(more: Iterator[Candidate]) -> None:
        for one in more:
            if not any(one.start < end and start < one.end for start, end in taken):
                found.append(one)
                taken.append((one.start, one.end))

    take(_recurring(text))
    take(_after_event(text, low, setting))
    take(_before_event(text, low))
    take(_dated(_RANGE, text, low, setting, 2))
    take(_dated(_DATED, text, low, setting, 3))
    if cell:
        take(_dated(_ONLY, text, low, setting, 3))
    take(_periods(text, setting, cell=cell))
    take(_dated(_ON_DAY, text, low, setting, 1))
    return sorted(found, key=lambda one: one.start)


def _recurring(text: str) -> Iterator[Candidate]:
    for one in recurrences(text):
        quote = text[one.start : one.end]
        if quote.count("(") > quote.count(")") and text[one.end : one.end + 1] == ")":
            quote += ")"
        yield Candidate(
            one.start, one.end, Deadline(DeadlineKind.RECURRING, quote.strip(" ,;"), recurrence=one.rule), 2
        )


def _dated(form: re.Pattern[str], text: str, low: str, setting: Setting, strength: int) -> Iterator[Candidate]:
    for found in form.finditer(low):
        groups = found.groupdict()
        intro = groups.get("intro") or ""
        if form is _RANGE and text[: found.start()].rstrip().endswith(("t\u00ednh", "li\u1ec7u", "k\u1ef3")):
            continue
        if form is _DATED:
            if (found["sep"] in (".", "-") and not found["year"]) or not _is_day_phrase(found):
                continue
            strength = 3 if _STRONG.search(intro) else 1
            if re.fullmatch(r"(?:den\s*)", intro) and re.search(
                r"(?:tu|tinh|so lieu|cap nhat|gia)\W[^.;]{0,50}$", low[: found.start()]
            ):
                continue
        day = read_day(found, setting.year)
        if day is None:
            continue
        is_over = setting.issued is None or day.on is None or day.on < setting.issued
        if form is not _RANGE and is_over and _is_of_the_past(text, low, found.start()) and "cham nhat" not in intro:
            continue
        start, end = found.start(), found.end()
        if form is _DATED and (lost := re.match(r"(?:hoan thanh|la|du kien|trong|vao)\s+", low[start:])):
            start += lost.end() if _STRONG.search(intro[lost.end() :]) else 0
        if form is _ON_DAY:
            start = found.start("clock") if found["clock"] else found.start("word")
            if named := _WEEKDAY_BEFORE.search(low[:start]):
                start = named.start()
        yield _candidate(text, low, (start, end), day, found, setting, strength)


def _is_of_the_past(text: str, low: str, at: int) -> bool:
    """Whether a day only says from when something is, or until when it was counted."""
    return bool(_OF_THE_PAST.search(low[:at])) or text[:at].rstrip().endswith("t\u00ednh")


def _is_day_phrase(found: re.Match[str]) -> bool:
    """Whether "12/2026" and "3/4" are a day here."""
    if found["word"] or found["year"] or found["year2"] or found["month2"]:
        return True
    return bool(_STRONG.search(found["intro"]))


def _candidate(
    text: str, low: str, span: tuple[int, int], day: Day, found: re.Match[str], setting: Setting, strength: int
) -> Candidate:
    quote = text[slice(*span)].strip(" ,(")
    if quote.count("(") > quote.count(")") and text[span[1] : span[1] + 1] == ")":
        quote += ")"
    if quote.count(")") > quote.count("("):
        quote = quote.rstrip(" )")
    clock = clock_of(found["clock"]) if found["clock"] else None
    kind = DeadlineKind.DATETIME if clock else DeadlineKind.DATE
    deadline = Deadline(kind, quote, day.on, clock or "")
    named = weekday_of(low[slice(*span)])
    return Candidate(*span, deadline, strength, tuple(_oddities(day, quote, named, setting)))


def _oddities(day: Day, quote: str, weekday: int | None, setting: Setting) -> Iterator[Anomaly]:
    if day.likely:
        yield Anomaly(Code.OCR_SLIP, quote, day.likely)
    if not day.has_year:
        yield Anomaly(Code.DEADLINE_WITHOUT_YEAR, quote, str(setting.year or ""))
    if day.on is None and (day.has_year or setting.year):
        yield Anomaly(Code.IMPOSSIBLE_DATE, quote)
        return
    if day.on is None:
        return
    if weekday is not None and day.on.weekday() != weekday:
        yield Anomaly(Code.WEEKDAY_MISMATCH, quote, day.on.isoformat())
    if setting.issued and day.on < setting.issued:
        yield Anomaly(Code.DEADLINE_BEFORE_DOCUMENT, quote, setting.issued.isoformat())


def _periods(text: str, setting: Setting, *, cell: bool) -> Iterator[Candidate]:
    for one in periods(text, setting.year, cell=cell):
        odd: tuple[Anomaly, ...] = ()
        if one.on and setting.issued and one.on < setting.issued:
            odd = (Anomaly(Code.DEADLINE_BEFORE_DOCUMENT, one.quote, setting.issued.isoformat()),)
        yield Candidate(one.start, one.end, Deadline(DeadlineKind.PERIOD_END, one.quote, one.on), one.strength, odd)


def _after_event(text: str, low: str, setting: Setting) -> Iterator[Candidate]:
    for found in _AFTER.finditer(low):
        unit, intro = found["unit"], found["intro"]
        if not found["event"] and (
            unit != "ngay lam viec"
            and not (unit in ("ngay", "gio", "tuan") and re.search(r"trong|thoi han|cham nhat|khong qua|toi da", intro))
        ):
            continue
        if not found["event"] and (not intro.strip() or (unit == "gio" and int_of(found["n"]) < HOURS_OF_A_DAY)):
            continue
        if found["from"] in ("sau", "tu") and not re.match(r"(?:ngay|khi|thoi diem|luc)\b", found["event"]):
            continue
        if found["n"] in ("nam", "ba", "sau", "bon", "tam") and not intro and unit in ("ngay", "thang"):
            continue
        if re.match(r"\s*(?:ngay lam viec|ngay|tuan|thang|gio)?\s*truoc\b", low[found.end() :]) and not found["event"]:
            continue
        yield _counted(text, found, int_of(found["n"]), setting)


_IN_BRACKETS = re.compile(rf"\s*\((?:ngay\s+)?{DAY}\)")


def _counted(text: str, found: re.Match[str], number: int, setting: Setting) -> Candidate:
    low_event = found["event"] or ""
    start, end = found.start(), found.end("unit") if not low_event else found.end()
    if not low_event and bare(text[end:]).startswith(" lam viec"):
        end += len(" lam viec")
    event = None
    if low_event:
        end = found.start("event") + event_end(text[found.start("event") : found.end("event")])
        if not text[end : found.end("event")].strip() and (day := _IN_BRACKETS.match(bare(text), end)):
            end = day.end()
        event = text[found.start("event") : end].strip()
    unit = found["unit"]
    days = {"tuan": number * 7, "thang": number * 30, "gio": max(1, -(-number // 24))}.get(unit, number)
    working = unit == "ngay lam viec" or "lam viec" in bare(text[found.end("unit") : found.end("unit") + 9])
    kind = DeadlineKind.WORKING_DAYS_AFTER_EVENT if working else DeadlineKind.CALENDAR_DAYS_AFTER_EVENT
    event_day = event_date(bare(event or ""), setting.year, setting.issued, setting.effect)
    due = _due(event_day, days, setting, working=working) if event_day else None
    quote = text[start:end].strip(" ,")
    return Candidate(start, end, Deadline(kind, quote, None, "", days, event, event_day, due), 3)


def _due(event_day: date, days: int, setting: Setting, *, working: bool) -> date | None:
    if days > MOST_DAYS or not 1900 < event_day.year < 2190:
        return None
    return setting.calendar.add(event_day, days) if working else event_day + timedelta(days=days)


def _before_event(text: str, low: str) -> Iterator[Candidate]:
    for found in _BEFORE_EVENT.finditer(low):
        if _OF_THE_PAST.search(low[: found.start()]):
            continue
        quote = text[found.start() : found.end()].strip(" ,")
        odd = (Anomaly(Code.DEADLINE_BEFORE_EVENT, quote),)
        yield Candidate(found.start(), found.end(), Deadline(DeadlineKind.NONE, quote), 0, odd)
