"""Names of bodies and of people's posts: where one begins, where a list of them ends, and how it is split."""

import re
from collections.abc import Iterator

from domain.reading.body_words import (
    AND_SMALL,
    BODY_VERBS,
    CAPITAL_ONLY,
    COMPOUNDS,
    FUNCTIONS,
    HEAD,
    LETTERED,
    MORE,
    NOT_AFTER,
    SMALL_TOO,
)
from domain.reading.letters import bare, tidy
from domain.reading.name_ends import after_relative, shape_end
from domain.reading.name_words import is_brand
from domain.reading.verb_words import BOUNDARY, WRITTEN


def begins_body(text: str, low: str, at: int) -> bool:
    """Whether the name of a body begins at a place."""
    found = HEAD.match(low, at)
    if found is None:
        return _begins_brand(text, low, at)
    word = re.match(r"[^\W_]+", low[at:])
    if word is None:
        return False
    first = word[0]
    written = text[at : at + len(first)]
    if first in LETTERED and written.lower() not in LETTERED[first].split() and not written.isupper():
        return False
    if first == "co" and not low.startswith(("co quan", "co so"), at) and written.lower() != "c\u00f4":
        return False
    if first in CAPITAL_ONLY and not written[0].isupper():
        if first in _SMALL_HEADS and _NAMED.match(text, at):
            return True
        is_trap = first == "truong" and not low.startswith("truong thon", at) and written[3:4] != "\u1edf"
        return bool(SMALL_TOO.match(low, at)) and not is_trap
    return True


_SMALL_HEADS = ("phong", "so", "ban", "hat", "tram", "hoi", "doan", "cuc", "vu", "doi", "kho", "cong", "benh")
_NAMED = re.compile(
    r"[^\W\d_]+ (?:b\u1ea1c |an |vi\u1ec7n )?[A-Z\u0110\u00c0-\u00dd\u1ea0-\u1ef9](?=[a-z\u00e0-\u1ef9])"
)
"""A head in small letters before a capital."""
_OF_PLACE = re.compile(r" (?:[A-Z\u0110]|t\u1ec9nh|x\u00e3|ph\u01b0\u1eddng|khu v\u1ef1c|huy\u1ec7n)")


def _begins_brand(text: str, low: str, at: int) -> bool:
    """Whether the name of a company begins at a place: a word of its own making, then a place or a level."""
    if not text[at : at + 1].isupper():
        return False
    word = re.match(r"[^\W\d_]+", text[at:])
    if word is None or not is_brand(word[0], low[at : at + len(word[0])]):
        return False
    return bool(_OF_PLACE.match(text, at + len(word[0])))


def is_written(text: str, word: str, at: int) -> bool:
    """Whether a short word bears the marks of the verb that it is taken for."""
    if word not in WRITTEN:
        return True
    written = text[at : at + len(word)].lower()
    return written in (WRITTEN[word], word)


def boundary(text: str, low: str, start: int, end: int | None = None) -> int:
    """Where a list of names that begins at `start` ends: before the verb, a stop, or the end."""
    stop = re.compile(
        r"(?<!\b(?:tp|tx|gs|ts|bs|ks))(?<!\bths)(?<!\bpgs)(?<!\bbscki)(?<!\bbsckii)\.|[:!?\n]|\((?!ba\))|"
        r"(?<!\w)(?:/|-(?=\s*cham))"
    ).search(low, start)
    limit = min(stop.start() if stop else len(low), len(low) if end is None else end)
    known = _before_verb(text, low, start, limit)
    cut = shape_end(text, low, start, known)
    return (after_relative(text, low, start, cut) if cut < limit else None) or cut


def _before_verb(text: str, low: str, start: int, limit: int) -> int:
    inner = [found.span() for found in BODY_VERBS.finditer(low, start, limit)]
    for found in BOUNDARY.finditer(low, start + 1, limit):
        at = found.start()
        if text[at].isupper() or any(first <= at < last for first, last in inner):
            continue
        if NOT_AFTER.search(low, start, at) or not is_written(text, found[0], at):
            continue
        if low[:at].endswith(", ") and FUNCTIONS.match(low, at) and _is_for(text, low, start, at):
            continue
        return at
    for found in re.finditer(r";\s*", low[start:limit]):
        if not begins_body(text, low, start + found.end()):
            return start + found.start()
    return limit


_LAST_HEAD = re.compile(r"(?:phong|cuc|chi cuc|vu|doi|ban|trung tam|bo phan|to|quy|co so|don vi|doanh nghiep|ho) ")


def _is_for(text: str, low: str, start: int, at: int) -> bool:
    """Whether a verb behind a comma is one more of those that say what a body is for: "Phong Kiem tra, giam sat"."""
    head = next(reversed(list(_LAST_HEAD.finditer(low, start, at))), None)
    return head is not None and bool(FUNCTIONS.match(low, head.end())) and "," not in low[head.end() : at - 2]


def split(listed: str) -> list[str]:
    """The names of a list, one a body."""
    text = tidy(listed).strip(" ,;.:-")
    text = re.sub(r"\s*\((?:[^()]*)\)\s*$", "", text).strip(" ,;.:-")
    if not text:
        return []
    names: list[str] = []
    for group in re.split(r"\s*;\s*(?:v\u00e0 |c\u00f9ng )?", text):
        names += _expanded(group) or list(_parts(group))
    return [name for name in (one.strip(" ,;.:-") for one in names) if name]


_UNIT = re.compile(
    "(?:Ph\u00f2ng|S\u1edf|Chi c\u1ee5c|Trung t\u00e2m|V\u0103n ph\u00f2ng|\u0110\u1ed9i|C\u1ee5c|"
    "Thanh tra|C\u00f4ng an) (?!ch\u00e1y)[^\\W\\d_]"
)
"""A body that no name goes on with."""


def _parts(text: str) -> Iterator[str]:
    low = bare(text)
    kept = [found.span() for found in COMPOUNDS.finditer(low)]
    start = 0
    for found in MORE.finditer(low):
        inner = any(first <= found.start() < last for first, last in kept)
        if (inner and not _UNIT.match(text, found.end())) or found.start() <= start:
            continue
        if _begins_another(text, low, start, found.end()):
            yield text[start : found.start()]
            start = found.end()
    yield text[start:]


_KIND = re.compile(
    r"(?:cac )?(?:xa|phuong|thi tran|thi xa|thanh pho|huyen|quan|dac khu|so|ban|bo|nganh|phong|don vi|"
    r"dia phuong|doan the|"
    r"co quan|to chuc|thon|xom|khu pho|to dan pho|chi cuc|trung tam|khoa)\s*(?:[,;]|va\b|$)"
)
_OF_KINDS = re.compile(r"\bcac \w[^;]*$")
"""Kinds of bodies in a row, which are one: all the provinces, districts."""
_POST_ALONE = re.compile(r"(?:cac )?(?:pho )?(?:giam doc|thu truong|truong|lanh dao|bi thu|chu tich)\s*(?:,|va)\s*")
_SAME_POST = re.compile(r"(?:pho\b|thu truong|nguoi dung dau|truong (?:cac|phong|ban)|giam doc|chu tich)")
_PERSON = re.compile(r"(?:cac )?(?:ong|ba|dong chi|d/c|(?:gs|pgs|ts|ths|bs|ks|bsck\w+)\.) ?")
_POST = re.compile(
    r"(?:pho |truong |giam doc|chu tich|chanh |chi cuc|cuc truong|to truong|uy vien|bi thu|thanh vien|ke toan)"
)
"""A person and that person's post are one."""


def _begins_another(text: str, low: str, start: int, at: int) -> bool:
    if not begins_body(text, low, at):
        return False
    shared = low[start:at]
    if _KIND.match(low, at) and (text.isupper() or not text[at].isupper()) and _OF_KINDS.search(shared):
        return False  # they share "all the"
    if _POST_ALONE.fullmatch(shared) and _SAME_POST.match(low, at):
        return False
    if _PERSON.match(shared) and _POST.match(low, at):
        return False
    if text[at].isupper() or (low.startswith(_SMALL_HEADS, at) and _NAMED.match(text, at)):
        return True
    if re.match(r"(?:cac|nhung) ", low[at:]):
        return True
    if re.match(r"(?:cac|thu truong|nguoi dung dau|lanh dao|giam doc|truong)\b", shared) and AND_SMALL.match(low, at):
        return False  # they share a head noun
    return bool(
        re.match(
            r"(?:thu truong|nguoi dung dau|lanh dao|toan the|van phong|nha dau tu|chu dau tu|doanh nghiep|"
            r"nha thau|hop tac xa|chu rung|chinh quyen|nguoi co uy tin|gia lang|to truong|truong (?:thon|ban|khoa|"
            r"phong|xom|khu)|"
            r"bi thu|giam doc|hieu truong|don vi|co quan|dia phuong|bo phan|nguoi dan|nhan dan|luc luong)\b",
            low[at:],
        )
    )


_SHARED = re.compile(
    r"(?:cac )((?:trung tam|phong|chi cuc|hat|doi|tram|ban|truong|benh vien|doan|chi nhanh|xa|phuong|so|"
    r"cuc|vien)\b[^:;,]{0,50}?)\s*:\s*(?=[^\W\d_])"
)
_LISTED = re.compile(
    r"((?:(?:pho )?(?:giam doc|chu tich|truong|bi thu|chanh) )?)(?:(?:thu truong|lanh dao|"
    r"chanh van phong) )?(?:cac |nhung )?"
    r"(so|phong|ban|trung tam|chi cuc|bo|huyen|xa|phuong|ubnd (?:cac )?(?:huyen|xa|phuong)|"
    r"ubnd cac xa, phuong|vu|cuc|don vi|co quan|dong chi|ong, ba|ong \(ba\)|"
    r"so, ban, nganh|so, nganh|phong, don vi|don vi, dia phuong|co quan, don vi|phong, ban|bo, nganh|"
    r"xa, phuong)\s*:\s*"
)
_UNNAMED = re.compile(r"(?:cac )(so|phong|bo) (?=[^\W\d_])")


def _expanded(group: str) -> list[str]:
    """Bodies named after a common head."""
    low = bare(group)
    if found := _LISTED.match(low):
        post, head = group[slice(*found.span(1))], group[slice(*found.span(2))]
        rest = group[found.end() :]
    elif ((found := _SHARED.match(low)) and group[found.end()].isupper()) or (
        (found := _UNNAMED.match(low)) and group[found.end()].isupper()
    ):
        post, head, rest = "", group[slice(*found.span(1))], group[found.end() :]
    else:
        return []
    plain = re.sub(r"(?i)\bc\u00e1c\s+", "", head)
    plain = plain[0].upper() + plain[1:]
    is_kind = "," not in plain and bare(plain) not in ("don vi", "co quan")
    return [
        name if begins_body(name, bare(name), 0) and name[0].isupper() else f"{post}{plain} {name}" if is_kind else name
        for name in _items(rest)
    ]


def _items(text: str) -> Iterator[str]:
    low = bare(text)
    kept = [found.span() for found in COMPOUNDS.finditer(low)]
    start = 0
    for found in re.finditer(r"\s*,\s*(?:va )?|\s+va\s+", low):
        if any(first <= found.start() < last for first, last in kept) or found.start() <= start:
            continue
        if (
            "va" in found[0]
            and re.match(r"[A-Z\u0110]{2,}", text[found.end() :])
            and not text[start : start + 2].isupper()
        ):
            continue
        yield text[start : found.start()]
        start = found.end()
    yield text[start:]
