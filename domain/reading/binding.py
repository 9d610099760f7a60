"""Which of the time phrases of a point binds what is to be delivered."""

import re
from dataclasses import replace
from functools import lru_cache

from domain.reading.deadlines import Candidate, Setting, candidates
from domain.reading.imperatives import KEPT
from domain.reading.letters import MOST_LOOKED_AT, bare, first_sentence
from domain.reading.values import Anomaly, Code, Deadline, DeadlineKind

_NOTHING = re.compile(
    r"thuong xuyen|ngay sau khi [^,;.]*|kip thoi|dinh ky|theo quy dinh|theo tien do[^,;.]*|theo yeu cau|"
    r"khi co yeu cau|hang nam theo|lien tuc|ngay(?= khi )[^,;.]*"
)
_FOR = ("\u0111\u1ec3", "nh", "l\u00e0", "ph")
"""How the words for a purpose begin, with their marks."""
_PURPOSE = re.compile(r"(?<!\w)(?:de|nham|lam co so|la co so|phuc vu(?! hanh chinh)|lam can cu)\s")


_FINISHES = re.compile(
    r"\s*(?:va |rieng )?(?:hoan thanh|hoan tat|ket thuc|xong|nghiem thu|ban giao|quyet toan|lan (?:thu|\d)|dot \d|"
    r"giai doan \d|"
    r"vong \d|buoc \d)"
)
"""A part of a sentence that says when all of it is done, or the last of several times."""
PLAIN, BINDING = 2, 3
"""How strongly a time binds that something is done in, and one by which it must be done."""


@lru_cache(maxsize=KEPT)
def deadline_of(text: str, setting: Setting, *, cell: bool = False) -> tuple[Deadline, tuple[Anomaly, ...]]:
    """The principal deadline of a point, and what is odd about it."""
    text = text[:MOST_LOOKED_AT]
    low = bare(text)
    purposes = [one.start() for one in _PURPOSE.finditer(low) if text[one.start() : one.start() + 2].lower() in _FOR]
    found = candidates(text, setting, cell=cell)
    binding = [one for one in found if one.deadline.kind is not DeadlineKind.NONE]
    if not cell:
        binding = [one for one in (_weighed(low, one, purposes) for one in binding) if one.strength > 0]
    if binding:
        best = _principal(low, binding)
        odd = best.odd + tuple(odd for one in found for odd in one.odd if odd.code is Code.DEADLINE_BEFORE_EVENT)
        return best.deadline, odd
    before_event = [one for one in found if one.deadline.kind is DeadlineKind.NONE]
    if before_event:
        return before_event[0].deadline, before_event[0].odd
    nothing = _NOTHING.search(bare(first_sentence(text)))
    quote = text[nothing.start() : nothing.end()] if nothing else (text.strip() or None) if cell else None
    return Deadline(quote=quote), ()


def _weighed(low: str, one: Candidate, purposes: list[int]) -> Candidate:
    """Weaker where it says what something is for."""
    start = max(low.rfind(stop, 0, one.start) + 1 for stop in (". ", ";", "\n"))
    if re.search(r"\brieng\b[^;.]*$", low[start : one.start]):
        return replace(one, strength=1)
    clause = low[max(low.rfind(stop, 0, one.start) + 1 for stop in (". ", ";", ",", ":", "\n")) : one.start]
    if one.strength == PLAIN and _FINISHES.match(clause):
        one = replace(one, strength=BINDING)
    is_purpose = any(start < at < one.start and low[start:at].strip() for at in purposes)
    if not is_purpose:
        return one
    is_series = one.deadline.kind is DeadlineKind.RECURRING
    return replace(one, strength=0 if is_series else 1)


def _principal(low: str, found: list[Candidate]) -> Candidate:
    series = [one for one in found if one.deadline.kind is DeadlineKind.RECURRING]
    once = [one for one in found if one.deadline.kind is not DeadlineKind.RECURRING]
    strongest = max((one.strength for one in once), default=0)
    if series and (strongest < 3 or _is_end_of_series(low, series[0], once)):
        kind = series[0].deadline.recurrence.split()[0]
        return next((one for one in series if one.deadline.recurrence.startswith(f"{kind} ")), series[0])
    best = [one for one in once if one.strength == strongest]
    dated = [one for one in best if one.deadline.on]
    if len(dated) > 1 and all(one.deadline.on for one in best):
        return max(dated, key=lambda one: (one.deadline.on, one.start))
    return best[0] if strongest < 3 else best[-1]


def _is_end_of_series(low: str, series: Candidate, once: list[Candidate]) -> bool:
    """Whether what else there is only says from when to when it goes."""
    return all(
        one.start > series.start
        and re.search(
            r"(?:tu|bat dau|cho|keo dai|ket thuc|lan dau|ky dau|dau tien)\W[^.;]{0,60}$", low[: one.start + 5]
        )
        for one in once
    )
