"""What a sentence asks of whom: its imperative, who leads and who cooperates."""

import re
from dataclasses import dataclass
from functools import lru_cache

from domain.reading.bodies import begins_body, boundary, is_written, split
from domain.reading.body_words import BOUNDARY
from domain.reading.letters import MOST_LOOKED_AT, bare, sentences

KEPT = 512
"""How many answers are kept: a point is asked about several times, one after the other."""
_ASSIGNS = re.compile(
    r"(?<![\w/])(?:(?:thong nhat |dong y )?giao(?: nhiem vu)?(?: cho)?|yeu cau|de nghi|kinh de nghi|"
    r"tran trong de nghi|kinh mong|uy quyen(?: cho)?|phan cong)"
    r"\s*:?\s+(?=\S)"
)
_PASSIVE = re.compile(
    r"(?:duoc|da|theo|nhiem vu|dap ung|cac|su|cua|ban|ban giao|theo su|chuyen|tren co so|phieu|thuc hien|"
    r"lam ro|dung|nhung) $"
)
_DOER = re.compile(r"\bdo (?=\S)")
_TOGETHER = re.compile(
    r"(?<!\w)phoi hop(?:,? (?:chat che|thuong xuyen|kip thoi|hieu qua|tot|"
    r"cong tac))?,?\s+(?:(?:cung )?(?:voi|cung)(?: voi)?\s+)?(?=\S)"
)
_WITH = re.compile(r"(?<!\w)cung (?:voi )?(?=\S)")
_LEADS = re.compile(r"\bchu tri\b")
_NOT_SUBJECT = re.compile(
    r"(?:cua|voi|cho|tai|qua|ve|do|den|thuoc|giua|tu|theo|boi|cung|ma|duoc|voi cac|gui|va|trinh|bao cao|"
    r"nhu|gom|bao gom|hoac|o|trong|doi voi|la|kem|rang|tren|vi|lay|gom co)\s*$"
)
_ATTRIBUTE = re.compile(
    r"(?<![\w])(?P<lead>(?:co quan|don vi|bo phan|dau moi)(?: duoc giao)? (?:chu tri|thuc hien|dau moi|"
    r"phu trach)(?: (?:thuc hien|tham muu|xay dung))?|chu tri(?: thuc hien)?|"
    r"don vi thuc hien|nguoi phu trach|nguoi thuc hien|phan cong(?: thuc hien)?|trach nhiem thuc hien)\s*:|"
    r"(?P<coordinate>(?:cac )?(?:co quan|don vi|bo phan) (?:phoi hop|tham gia)(?: thuc hien)?|"
    r"phoi hop(?: thuc hien)?)\s*:|"
    r"(?P<deadline>(?:thoi gian|thoi han|thoi diem|han|tien do|lo trinh|moc thoi gian)(?: (?:hoan thanh|"
    r"thuc hien|trien khai|to chuc|bao cao|xong|trinh|ban hanh|du kien|ket thuc))*(?: du kien)?|"
    r"hoan thanh)\s*:|"
    r"(?P<other>(?:san pham|ket qua|kinh phi|dia diem|thanh phan|noi dung|ghi chu|nguon kinh phi|muc tieu|"
    r"hinh thuc|doi tuong|so luong)(?: [a-z,]+){0,4})\s*:"
)


@dataclass(frozen=True, slots=True)
class Said:
    """Who must do what a sentence says, and with whom; `explicit` where somebody gives it to them."""

    lead: tuple[str, ...] = ()
    coordinate: tuple[str, ...] = ()
    explicit: bool = False


@dataclass(frozen=True, slots=True)
class Attributes:
    """Lines of a plan that say who and when."""

    lead: str | None = None
    coordinate: str | None = None
    deadline: str | None = None
    first: int = 0


@lru_cache(maxsize=KEPT)
def attributes_of(text: str) -> Attributes | None:
    """The attributes of a point, where there are lines such as "Co quan chu tri: ..."."""
    text = text[:MOST_LOOKED_AT]
    low = bare(text)
    found = list(_ATTRIBUTE.finditer(low))
    known: dict[str, str] = {}
    for at, one in enumerate(found):
        end = found[at + 1].start() if at + 1 < len(found) else len(text)
        kind = next(name for name, value in one.groupdict().items() if value)
        value = text[one.end() : end]
        stop = re.search(r"\.\s+(?=[^\W\d_])", value)
        known.setdefault(kind, value[: stop.start() if stop else None].strip(" .;,-+()\n"))
    if not known.keys() & {"lead", "coordinate", "deadline"}:
        return None
    first = min(one.start() for one in found)
    return Attributes(known.get("lead"), known.get("coordinate"), known.get("deadline"), first)


@lru_cache(maxsize=KEPT)
def said_in(text: str) -> Said:
    """Who leads and who cooperates by the words of a point: what is assigned by name, else its first subject."""
    text = text[:MOST_LOOKED_AT]
    assigned: list[str] = []
    subject: list[str] = []
    together: list[str] = []
    for number, (_, sentence) in enumerate(sentences(text)):
        low = bare(sentence)
        found = _assigned(sentence, low)
        if found:
            assigned += [name for name in found if name not in assigned]
        elif not number or not (subject or assigned):
            subject = subject or (_subject(sentence, low) if number == 0 or _is_open(text, number) else [])
        together += [name for name in _coordinates(sentence, low) if name not in together]
    lead = assigned or subject
    return Said(tuple(lead), tuple(name for name in together if name not in lead), explicit=bool(assigned))


def _is_open(text: str, number: int) -> bool:
    """Whether the sentences before this one only say why, so that a later subject is that of the instruction."""
    before = [sentence for _, sentence in sentences(text)][:number]
    return not any(begins_imperative(sentence) for sentence in before)


def _assigned(text: str, low: str) -> list[str]:
    names: list[str] = []
    for found in _ASSIGNS.finditer(low):
        if _PASSIVE.search(low[: found.start()] if found.start() else ""):
            continue
        word = found[0].split()[0]
        is_named = text[found.end()].isupper() or low.startswith(("dong chi", "cac dong chi"), found.end())
        if word == "giao" and "\u00e1" in text[found.start() : found.start() + 4]:
            continue  # a teacher
        if word in ("de", "yeu") and _is_asked_by_the_lead(low[: found.start()], text):
            continue
        if word == "phan" and (not is_named or (found.start() and low[: found.start()].rstrip()[-1] not in ",:;")):
            continue
        if not begins_body(text, low, found.end()):
            if _begins_with_name(text, low, found):
                listed = text[found.end() : boundary(text, low, found.end())]
                names += [
                    name.strip() for name in re.split(r"[,;]\s+(?=[^\W\d_a-z])|\s+v\u00e0\s+(?=[^\W\d_a-z])", listed)
                ]
            continue
        listed = text[found.end() : _names_end(text, low, found.end())]
        names += [name for name in split(listed) if name not in names]
    if not names:
        for found in _DOER.finditer(low):
            if begins_body(text, low, found.end()):
                end = boundary(text, low, found.end())
                if low.startswith(("chu tri", "phu trach", "thuc hien"), end):
                    names += split(text[found.end() : end])
    return names


def _begins_with_name(text: str, low: str, found: re.Match[str]) -> bool:
    """Whether a sentence opens with giving something to a name that no list of bodies has, such as a company's."""
    at = found.end()
    return not found.start() and text[at].isupper() and bool(BOUNDARY.match(low, boundary(text, low, at)))


def _is_asked_by_the_lead(before: str, text: str) -> bool:
    """Whether an instruction goes on, behind a semicolon or a verb, with whom its assignee shall ask."""
    if before.rstrip().endswith(";"):
        return begins_imperative(text[: len(before)])
    clause = re.search(r"[^,;:]*$", before)
    return bool(clause and clause[0].strip() and begins_imperative(text[clause.start() : len(before)].lstrip()))


def _names_end(text: str, low: str, start: int) -> int:
    """The end of the names; a colon belongs to them where it stands after their common head."""
    end = boundary(text, low, start)
    if low[end : end + 1] == ":":
        listed = re.match(
            r"(?:[a-z]+ )?(?:cac )?(?:so|phong|ban|don vi|co quan|dong chi|so, ban, nganh|so, nganh|"
            r"phong, don vi|ubnd cac [a-z, ]+|(?:trung tam|chi cuc|hat|doi|tram|benh vien|truong|"
            r"cuc)\b[^:;,]{0,50})\s*$",
            low[start:end],
        )
        rest = re.match(r"\s*", low[end + 1 :])
        after = end + 1 + (rest.end() if rest else 0)
        if listed and after < len(text) and text[after].isupper() and not begins_imperative(text[after:]):
            return boundary(text, low, after)
    return end


_NO_VERBS = {
    *("trong", "de", "nham", "ve", "thi", "tai", "sau", "neu", "da", "dang", "van", "con", "duoc", "la", "khong", "se"),
    *("yeu cau", "de nghi", "giao"),
}
"""What ends the names of bodies without telling them to do anything."""


def _subject(text: str, low: str) -> list[str]:
    """The bodies before the verb, at the beginning of a sentence or after what only says why or when."""
    if (about := re.match(r"doi voi\s+", low)) and begins_body(text, low, about.end()):
        end = _names_end(text, low, about.end())
        if low[end : end + 1] in (":", ","):
            return split(text[about.end() : end])
    if only := re.match(r"rieng(?: doi voi)?\s+", low):
        text, low = text[only.end() :], low[only.end() :]
    starts = [0, *(found.end() for found in re.finditer(r"[,:]\s+", low))]
    for start in starts:
        if not begins_body(text, low, start) or (start and _NOT_SUBJECT.search(low[:start].rstrip(" ,:"))):
            continue
        if start and begins_imperative(text[:start]):
            return []
        end = _names_end(text, low, start)
        rest = low[end:]
        verb = BOUNDARY.match(low, end)
        is_scope = low.startswith(("trong pham vi", "la co quan", "la don vi", "la dau moi", "la bo phan"), end)
        if verb and (is_scope or verb[0] not in _NO_VERBS) and end - start < 500:
            names = split(text[start:end])
            if names:
                return names
        if start == 0 and rest.startswith(":"):
            return split(text[start:end])
    found = _LEADS.search(low)
    return _before_leads(text, low, found.start()) if found else []


def _before_leads(text: str, low: str, end: int) -> list[str]:
    for start in (one.start() for one in re.finditer(r"(?<![\w/])[^\W\d_]", low[:end])):
        if begins_body(text, low, start) and boundary(text, low, start) == end:
            return split(text[start:end])
    return []


def _coordinates(text: str, low: str) -> list[str]:
    names: list[str] = []
    for form in (_TOGETHER, _WITH):
        for found in form.finditer(low):
            if form is _WITH and (
                _TOGETHER.search(low)
                or re.match(r"(?:voi )?(?:cac giai phap|cap|ky|ngay|thoi)", low[found.start() + 5 :])
            ):
                continue
            if begins_body(text, low, found.end()):
                listed = text[found.end() : _names_end(text, low, found.end())]
                names += [name for name in split(listed) if name not in names]
    for found in re.finditer(r"[,;]\s+(?=[^,;]*?\bphoi hop\b(?! (?:chat che )?(?:voi|cung)))", low):
        at = found.end()
        earlier = low[: found.start()]
        if begins_body(text, low, at) and ("chu tri" in earlier or "giao " in earlier):
            end = boundary(text, low, at)
            if low.startswith("phoi hop", end):
                names += [name for name in split(text[at:end]) if name not in names]
    return names


LONGEST_LABEL = 80
_ADVERBS = (
    r"(?:tiep tuc|chu dong|tich cuc|thuong xuyen|kip thoi|khan truong|nghiem tuc|quyet liet|dinh ky|truoc mat|"
    r"truoc het|dong thoi|ngoai ra|trong do|hang \w+)?,?\s*"
)
_IMPERATIVE = re.compile(rf"{_ADVERBS}(?:{BOUNDARY.pattern})")
_NOT_IMPERATIVE = re.compile(
    r"(?:trong|de|khi|theo|ve|thi|neu|tren co so|tai|sau|trong do|can cu|co|de nghi\b(?=.*\bduoc\b)|"
    r"ky(?= hop)|khong|se|hang|gan|ban(?! hanh| giao)|truoc ngay|cham nhat|muon nhat|bo sung von|nham|"
    r"hop(?! )|giao thong)\b"
)


@lru_cache(maxsize=KEPT)
def begins_imperative(text: str) -> bool:
    """Whether a sentence begins with what is to be done."""
    low = bare(text).lstrip(" \"'(-+")
    found = _IMPERATIVE.match(low)
    if found is None or _NOT_IMPERATIVE.match(low):
        return False
    word = found[0].split()[-1]
    return " " in found[0].strip() or is_written(text.lstrip(" \"'(-+"), word, found.end() - len(word))


@lru_cache(maxsize=KEPT)
def is_imperative(text: str) -> bool:
    """Whether a point tells somebody to do something."""
    for _, sentence in sentences(text[:MOST_LOOKED_AT]):
        if begins_imperative(sentence):
            return True
        low = bare(sentence)
        if _assigned(sentence, low) or _subject(sentence, low):
            return True
        label, _, after = sentence.partition(": ")
        if after and len(label) < LONGEST_LABEL and begins_imperative(after):
            return True
        lead = re.split(r"[,:]\s+", sentence, maxsplit=1)
        if (
            len(lead) == 2
            and re.match(
                r"(?:tren co so|can cu|de|nham|doi voi|truoc|trong|cham nhat|dinh ky|hang|ve|trong do|"
                r"dong thoi|ngoai ra|theo|khi)\b",
                low,
            )
            and begins_imperative(lead[1])
        ):
            return True
    return False
