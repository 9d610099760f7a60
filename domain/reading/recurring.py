"""Deadlines that come again: every month by the 20th, each quarter, on given days of every year."""

import re
from dataclasses import dataclass

from domain.reading.dates import DAY, PLAIN_CLOCK, SHORT_DAYS, WEEKDAY, clock_of, weekday_of
from domain.reading.letters import bare

_UNIT = r"(?:ngay|tuan|thang|quy|nam|(?:6|06|sau) thang|(?:3|03|ba) thang|nua nam)"
_EVERY = r"(?:hang|moi|tung)"
_NUMBER = r"(?:\d{1,2}|mot|hai|ba|bon|sau)"
_CORE = re.compile(
    rf"(?<!\w)(?:{_EVERY}\s+(?P<every>{_UNIT})(?!\s*\d(?!\d?\s*(?:lan|luot|cuoc|buoi|dot|phien|tin|bai|"
    rf"ky)\b))(?P<more>(?:\s*(?:,|;|va|/|hoac)\s*(?:{_EVERY}\s+|bao cao )?(?:{_UNIT})\b(?!\s*(?:\d|toi|sau|"
    rf"nay|i\b|v\b|lam|ke)))*)(?:\s+(?:hop |bao cao |to chuc |kiem tra )?{_NUMBER}\s+(?:lan|luot|dot|buoi|ky|cuoc|"
    rf"phien)\b)?"
    rf"|dinh ky(?: bao cao)?,?\s+(?P<fixed>{_UNIT})\b(?!\s*\d)(?P<fixedmore>(?:\s*(?:,|;|va|/|"
    rf"hoac)\s*(?:{_UNIT})\b(?!\s*\d))*)"
    rf"|(?:it nhat |toi thieu )?(?:(?P<times>{_NUMBER})\s+)?(?:lan|cuoc|ky|buoi|phien|dot|bai|tin|"
    rf"tin bai)\s*/\s*(?:(?P<per_n>{_NUMBER})\s*)?(?P<per>tuan|thang|quy|nam|ngay)"
    rf"|(?P<n>{_NUMBER})\s*(?P<of>ngay|tuan|thang|quy|nam)\s*(?:/|mot|01|1)\s*(?:mot|01|1)?\s*lan"
    r"|(?P<first_days>(?:trong )?(?P<nth>\d{1,2}) ngay lam viec dau(?: tien)? (?:cua )?(?:moi |hang )?thang)(?!\s*\d)"
    r"|theo (?P<by>tuan|thang|quy)(?=\s*[,;.)]|\s*$)"
    r"|(?P<month_of>(?:cua|cac) thang)(?!\s*(?:\d|cuoi|dau|truoc|ke))"
    r"|(?:cua\s+)?(?P<quarter_end>thang cuoi (?:cua\s+)?(?:moi\s+|hang\s+)?quy)(?!\s+(?:i|v|\d))"
    r"|(?P<each_six>dinh ky (?:6|06|sau) thang|(?:so ket|bao cao) (?:6|06|"
    r"sau) thang(?: dau nam)?,? (?:va )?(?:tong ket |bao cao )?(?:ca )?nam|(?:6|06|sau) thang (?:va|"
    r",) (?:hang |ca )?nam)(?!\s*\d))"
)
_NUMBERS = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "sau": 6}
_KINDS = {"ngay": "daily", "tuan": "weekly", "thang": "monthly", "quy": "quarterly", "nam": "annual"}
_DAY_OF_MONTH = re.compile(
    r"(?:truoc|vao|ngay|den|het|,|va|-)\s*ngay\s+(?:mung\s+)?(?P<day>\d{1,2})(?!\s*[/.\d]|\s*(?:ngay|gio|"
    r"thang \d)|\w)|ngay\s+(?P<day2>\d{1,2})(?!\s*[/.\d]|\s*(?:ngay|gio|thang \d)|\w)"
)
_WORKDAY = re.compile(r"ngay lam viec thu\s+(?P<nth>\d{1,2}|nhat|hai|ba|tu|nam|sau|bay|tam|chin|muoi)")
_NTH = {"nhat": 1, "hai": 2, "ba": 3, "tu": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10}
_DAYS_OF_YEAR = re.compile(rf"(?:ngay\s+)?{DAY}")
_INTRO = re.compile(
    rf"(?:(?:cham nhat|muon nhat|xong|truoc|den|het|vao|la|dinh ky|{PLAIN_CLOCK}|ngay|chieu|sang|{WEEKDAY}|"
    rf"cac|,|cuoi|tuan|gio|thuong xuyen)\s*){{1,7}}$"
)


@dataclass(frozen=True, slots=True)
class Recurrence:
    """When something comes again, and where it is written."""

    rule: str
    start: int
    end: int


def recurrences(text: str) -> list[Recurrence]:
    """Everything in a text that comes again."""
    low = bare(text)
    cores = [found for found in _CORE.finditer(low) if not _is_other_word(text, found)]
    result: list[Recurrence] = []
    for at, found in enumerate(cores):
        first = max(low.rfind(stop, 0, found.start()) + 1 for stop in (".  ", ". ", ";", "\n", "("))
        first = max(first, cores[at - 1].end() if at else 0)
        stop = re.compile(r"[;.(](?!\d)|\)").search(low, found.end())
        last = min(stop.start() if stop else len(low), cores[at + 1].start() if at + 1 < len(cores) else len(low))
        # what stands in brackets right behind belongs to it
        if stop and low[stop.start()] == "(" and low[found.end() : stop.start()].strip() == "":
            close = low.find(")", stop.start())
            last = close if close > 0 else last
        result.append(_detailed(low, found, first, last))
    return _merged(result, low)


def _merged(found: list[Recurrence], low: str) -> list[Recurrence]:
    """What is named one right after the other is one series."""
    result: list[Recurrence] = []
    for one in found:
        if result and re.fullmatch(
            r"[\s,;/)]*(?:va|hoac|dinh ky|bao cao|gui|,|;|\s)*", low[result[-1].end : one.start]
        ):
            before = result.pop()
            rules = before.rule.split(";") + [
                rule for rule in one.rule.split(";") if rule not in before.rule.split(";")
            ]
            result.append(Recurrence(";".join(_without_plain(rules)), before.start, one.end))
        else:
            result.append(one)
    return result


def _without_plain(rules: list[str]) -> list[str]:
    """A bare rule says nothing beside a detailed one of its kind."""
    detailed = {rule.split()[0] for rule in rules if " " in rule}
    return [rule for rule in rules if " " in rule or rule not in detailed]


def _is_other_word(text: str, found: re.Match[str]) -> bool:
    """Whether a word only looks so without marks: a customs office and a bank have the same first letters."""
    written = text[found.start() : found.end()].lower()
    if found["every"] and not written.startswith(("h\u00e0ng", "h\u1eb1ng", "m\u1ed7i", "t\u1eebng", "hang", "moi")):
        return True
    if found["every"] == "nam" and "n\u0103m" not in written:
        return True
    return found["month_of"] is not None and re.match(r"c\u00e1c", written) is not None


def _detailed(low: str, found: re.Match[str], first: int, last: int) -> Recurrence:
    units = _units(found)
    before, after = low[first : found.start()], low[found.end() : last]
    start, end = found.start(), found.end()
    rules: list[str] = []
    for unit in units:
        rule, span = _rule(unit, before, after, alone=len(units) == 1)
        rules.append(rule)
        if span and span[0]:
            start = min(start, found.start() - len(before) + span[1])
        elif span:
            end = max(end, found.end() + span[1])
    intro = _INTRO.search(low[:start])
    return Recurrence(";".join(dict.fromkeys(rules)), intro.start() if intro else start, end)


def _units(found: re.Match[str]) -> list[str]:
    if found["quarter_end"]:
        return ["quarterly-last"]
    if found["first_days"]:
        return [f"monthly workday={int(found['nth'])}"]
    if found["by"]:
        return [_KINDS[found["by"]]]
    if found["month_of"]:
        return ["monthly"]
    if found["each_six"]:
        return ["semiannual", "annual"] if "nam" in found["each_six"].split("thang")[-1] else ["semiannual"]
    if found["per"]:
        return [_times(_NUMBERS.get(found["per_n"] or "1") or int(found["per_n"] or 1), found["per"])]
    if found["of"]:
        count = _NUMBERS.get(found["n"]) or int(found["n"])
        return [_times(count, found["of"])]
    words = (found["every"] or found["fixed"]) + (found["more"] or found["fixedmore"] or "")
    units = re.findall(r"(?:6|06|sau|3|03|ba) thang|nua nam|ngay|tuan|thang|quy|nam", words)
    return [
        "semiannual" if (one[0] in "0s6" and "thang" in one and not one.startswith(("03",))) or one == "nua nam"
        else "quarterly" if one in ("3 thang", "03 thang", "ba thang") else _KINDS[one]
        for one in units
    ]  # fmt: skip


def _times(count: int, unit: str) -> str:
    if unit == "tuan" and count == 2:
        return "biweekly"
    if unit == "thang" and count in (3, 6, 12):
        return {3: "quarterly", 6: "semiannual", 12: "annual"}[count]
    if unit == "ngay" and count in (7, 15):
        return "weekly" if count == 7 else "biweekly"
    return _KINDS[unit]


def _rule(unit: str, before: str, after: str, *, alone: bool) -> tuple[str, tuple[bool, int] | None]:
    """The rule with its details, and how far they reach: before or after the word itself."""
    if unit in ("daily", "weekly", "biweekly"):
        return _by_week(unit, before, after)
    if unit == "quarterly-last":
        day = _last(_DAY_OF_MONTH, before)
        number = (day["day"] or day["day2"]) if day else None
        return (
            (f"quarterly day={int(number)} month=last", (True, day.start())) if number and day else ("quarterly", None)
        )
    if unit == "annual":
        return _by_year(before, after)
    if unit == "monthly":
        for is_before, text in ((True, before), (False, after)):
            if work := _WORKDAY.search(text):
                nth = work["nth"]
                return f"monthly workday={_NTH.get(nth) or int(nth)}", (
                    is_before,
                    work.start() if is_before else work.end(),
                )
        if not is_close(before) and not _DAY_OF_MONTH.search(after):
            return "monthly", None
        run = re.search(r"ngay\s+\d{1,2}(?:\s*(?:,|va)\s*(?:ngay\s+)?\d{1,2})+\s*(?:cua\s*)?$", before)
        if run:
            numbers = re.findall(r"\d{1,2}", run[0])
            return ";".join(f"monthly day={int(one)}" for one in numbers), (True, run.start())
        day = _last(_DAY_OF_MONTH, before) if is_close(before) else None
        if day:
            return f"monthly day={int(day['day'] or day['day2'])}", (True, day.start())
        if alone and (later := _DAY_OF_MONTH.search(after)):
            return f"monthly day={int(later['day'] or later['day2'])}", (False, later.end())
    if unit == "quarterly":
        later = re.search(
            r"ngay\s+(\d{1,2})(?:\s+cua)?\s+thang cuoi (?:cua )?(?:moi |hang )?quy", before + " | " + after
        )
        if later:
            in_before = later.start() < len(before)
            return f"quarterly day={int(later[1])} month=last", (
                in_before,
                later.start() if in_before else later.end() - len(before) - 3,
            )
    return unit, None


def is_close(before: str) -> bool:
    """Whether a day of the month stands right before the word."""
    day = _last(_DAY_OF_MONTH, before)
    return bool(day) and len(before) - day.end() < 18 if day else False


def _last(form: re.Pattern[str], text: str) -> re.Match[str] | None:
    found = None
    for one in form.finditer(text):
        found = one
    return found


def _by_week(unit: str, before: str, after: str) -> tuple[str, tuple[bool, int] | None]:
    near, behind = before[-60:], after[:60]
    rule, span = unit, None
    weekday = weekday_of(near) if unit != "daily" else None
    if weekday is None and unit != "daily":
        weekday = weekday_of(behind)
    if weekday is not None:
        rule += f" weekday={SHORT_DAYS[weekday]}"
    hours = re.search(rf"(?:{PLAIN_CLOCK}\s*(?:,|va)\s*)+{PLAIN_CLOCK}\W*$", near)
    clocks = [clock_of(one[0]) for one in re.finditer(PLAIN_CLOCK, hours[0])] if hours else []
    clocks = clocks or [_last_clock(near) or clock_of(behind)]
    rule = ";".join(f"{rule} time={clock}" if clock else rule for clock in clocks)
    found = _nearest(near)
    if found:
        span = (True, len(before) - len(near) + found.start())
    elif later := _last(re.compile(rf"(?:{PLAIN_CLOCK}|{WEEKDAY})"), behind):
        span = (False, later.end())
    return rule, span


def _last_clock(near: str) -> str | None:
    """The time that stands nearest before the word."""
    found = _last(re.compile(PLAIN_CLOCK), near)
    return clock_of(found[0]) if found else None


def _nearest(near: str) -> re.Match[str] | None:
    """The first of the times and weekdays that stand in a row right before the word."""
    row: re.Match[str] | None = None
    for found in reversed(list(re.finditer(rf"(?:{PLAIN_CLOCK}|{WEEKDAY})", near))):
        if row is not None and not re.fullmatch(
            r"[\s,]*(?:vao|chieu|sang|cac|ngay|va)?[\s,]*", near[found.end() : row.start()]
        ):
            break
        row = found
    return row


def _by_year(before: str, after: str) -> tuple[str, tuple[bool, int] | None]:
    days = [one for one in _DAYS_OF_YEAR.finditer(before) if _is_of_every_year(one)]
    if days and len(before) - days[-1].end() < 8:
        run = [days[-1]]
        for one in reversed(days[:-1]):
            if re.fullmatch(r"\s*(?:,|;|va|hoac|\s|truoc|ngay)*\s*", before[one.end() : run[0].start()]):
                run.insert(0, one)
            else:
                break
        return ";".join(f"annual {_month_day(one)}" for one in run), (True, run[0].start())
    later = next((one for one in _DAYS_OF_YEAR.finditer(after[:60]) if _is_of_every_year(one)), None)
    return (f"annual {_month_day(later)}", (False, later.end())) if later else ("annual", None)


def _is_of_every_year(one: re.Match[str]) -> bool:
    if one["year"] or one["year2"] or one["sep"] in (".", "-"):
        return False
    digits = (one["month"] or one["month2"]) + one["day"]
    return digits.isdigit() and 1 <= int(one["month"] or one["month2"]) <= 12 and 1 <= int(one["day"]) <= 31


def _month_day(one: re.Match[str]) -> str:
    return f"{int(one['month'] or one['month2']):02d}-{int(one['day']):02d}"
