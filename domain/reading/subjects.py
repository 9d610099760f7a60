"""Who must do what a sentence says: to whom it is given by name, else its subject; and with whom."""

import re
from collections.abc import Iterator

from domain.reading.bodies import begins_body, boundary, is_written, split
from domain.reading.imperatives import begins_imperative, is_preface
from domain.reading.verb_words import BOUNDARY

_ASSIGNS = re.compile(
    r"(?<![\w/])(?:(?:thong nhat |dong y )?giao(?: (?:nhiem vu|trach nhiem|viec))?(?: cho)?|yeu cau|de nghi|"
    r"kinh de nghi|"
    r"tran trong de nghi|kinh mong|uy quyen(?: cho)?|phan cong|nhac|chi dinh)"
    r"\s*:?\s+(?=\S)"
)
_PASSIVE = re.compile(
    r"(?:duoc|da|theo|nhiem vu|dap ung|cac|su|cua|ban|ban giao|theo su|chuyen|tren co so|phieu|thuc hien|"
    r"lam ro|dung|nhung|nhac) $"
)
_DOER = re.compile(r"(?<!\w)do (?=\S)")
_DOES = (
    "chu tri", "phu trach", "thuc hien", "dam nhiem", "dam trach", "dam nhan", "chiu trach nhiem", "trien khai",
)  # fmt: skip
"""What one does by whom something is done."""
_TOGETHER = re.compile(
    r"(?<!\w)phoi hop(?:,? (?:chat che|thuong xuyen|kip thoi|hieu qua|tot|"
    r"cong tac))?,?\s+(?:(?:cung )?(?:voi|cung)(?: voi)?\s+)?(?=\S)"
)
_WITH = re.compile(r"(?<!\w)cung (?:voi )?(?=\S)")
_TAKES_PART = re.compile(
    r"(?<!\w)(?:co|voi) su (?:tham gia|phoi hop|ho tro|giup do|huong dan|dong hanh)[a-z, ]{0,30}? cua "
)
_HELPS = re.compile(
    r"(?:co trach nhiem |cung |tich cuc )*(?:phoi hop|cung tham gia|tham gia|"
    r"cung thuc hien)\b(?! (?:chat che )?(?:voi|cung))"
)
"""What those are said to do who only help."""
_LEADS = re.compile(r"\bchu tri\b")
_NOT_SUBJECT = re.compile(
    r"(?<!\w)(?:cua|voi|cho|tai|qua|ve|do|den|thuoc|giua|tu|theo|boi|cung|ma|duoc|voi cac|gui|va|trinh|bao cao|"
    r"nhu|gom|bao gom|hoac|o|trong|doi voi|la|kem|rang|tren|vi|lay|gom co)$"
)
_JOINS = (
    "c\u1ee7a", "v\u1edbi", "cho", "t\u1ea1i", "qua", "v\u1ec1", "do", "\u0111\u1ebfn", "thu\u1ed9c", "gi\u1eefa",
    "t\u1eeb", "theo", "b\u1edfi", "c\u00f9ng", "m\u00e0", "\u0111\u01b0\u1ee3c", "c\u00e1c", "g\u1eedi", "v\u00e0",
    "tr\u00ecnh", "c\u00e1o", "nh\u01b0", "g\u1ed3m", "ho\u1eb7c", "\u1edf", "trong", "l\u00e0", "k\u00e8m",
    "r\u1eb1ng", "tr\u00ean", "v\u00ec", "l\u1ea5y", "c\u00f3",
)  # fmt: skip
"""How the words end, with their marks, behind which a name is no subject."""
_NO_VERBS = {
    *("trong", "de", "nham", "ve", "thi", "tai", "sau", "neu", "da", "dang", "van", "con", "duoc", "la", "khong", "se"),
    *(
        "yeu cau",
        "de nghi",
        "giao",
        "va",
        "hoac",
        "cua",
        "thuoc",
        "o",
        "cho",
        "voi",
        "nhu",
        "bi",
        "tu",
        "den",
        "nay",
        "nao",
    ),
}
"""What ends the names of bodies without telling them to do anything."""
_SCOPES = ("trong pham vi", "la co quan", "la don vi", "la dau moi", "la bo phan", "duoc giao", "duoc phan cong")
LONGEST_NAMES = 500
LONGEST_LABEL = 80
_OF = re.compile(r"(?:trach nhiem|nhiem vu|ve phia|phia)(?: cua)?\s+(?=\S)")
_NEXT = re.compile(r";\s*(?:dong thoi,? |rieng |con |ngoai ra,? )?|(?<=[a-z)])\.\s+(?=\S)")


def assigned_in(text: str, low: str) -> list[str]:
    """To whom a sentence gives something by name."""
    names: list[str] = []
    for found in _ASSIGNS.finditer(low):
        if not _gives(text, low, found):
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
    return names or _doers(text, low)


def _gives(text: str, low: str, found: re.Match[str]) -> bool:
    """Whether a word such as "giao" gives something here to somebody."""
    if _PASSIVE.search(low[: found.start()]):
        return False
    word = found[0].split()[0]
    is_named = text[found.end()].isupper() or low.startswith(("dong chi", "cac dong chi"), found.end())
    if word == "giao" and "\u00e1" in text[found.start() : found.start() + 4]:
        return False  # a teacher
    if word in ("de", "yeu", "nhac") and _is_asked_by_the_lead(low[: found.start()], text):
        return False
    if word in ("de", "yeu") and _is_of_the_subject(text, low, found.start()):
        return False
    starts = not found.start() or low[: found.start()].rstrip()[-1] in ",:;"
    return word not in ("phan", "nhac", "chi") or (is_named and starts)


def _is_of_the_subject(text: str, low: str, at: int) -> bool:
    """Whether a sentence's subject shall ask somebody: "The Department, within its field, asks the hospitals"."""
    end = boundary(text, low, 0) if begins_body(text, low, 0) else at
    return end < at and bool(re.match(r"(?:theo|can cu|tren co so|trong pham vi)\b[^,;:.]*$", low[end:at]))


def _doers(text: str, low: str) -> list[str]:
    """By whom something is done."""
    if begins_imperative(text):
        return []
    for found in _DOER.finditer(low):
        if text[found.start()] != "\u0111" and begins_body(text, low, found.end()):
            end = boundary(text, low, found.end())
            if low.startswith(_DOES, end):
                return split(text[found.end() : end])
    return []


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


_LIST_HEAD = re.compile(
    r"(?:^|[;,]\s+|\s)(?:cac |nhung )?(?:so|bo|phong|ban|don vi|co quan|dong chi|so, ban, nganh|so, nganh|ong, ba|"
    r"ong \(ba\)|phong, don vi|dia phuong|nganh|(?:ubnd )?(?:cac )?(?:huyen|xa|phuong|thon)(?:, [a-z ]+)?|"
    r"(?:cac )?(?:trung tam|chi cuc|hat|doi|tram|benh vien|truong|cuc|khoa|vien|hoi|cong ty|doan the|"
    r"to chuc)\b[^:;,]{0,50})\s*$"
)


_LIST = re.compile(r"[A-Z\u0110]\S*(?: \S+){0,2}(?: v\u00e0 [A-Z\u0110]\S*(?: \S+)?)?(?:, | v\u00e0 )[A-Z\u0110]")
"""Fields of work in a row, behind the head that they share."""


def _names_end(text: str, low: str, start: int) -> int:
    """The end of the names; a colon belongs to them where it stands after their common head."""
    end = boundary(text, low, start)
    if low[end : end + 1] == ":" and _LIST_HEAD.search(low[start:end]):
        rest = re.match(r"\s*", low[end + 1 :])
        after = end + 1 + (rest.end() if rest else 0)
        is_list = _LIST.match(text, after)
        if after < len(text) and text[after].isupper() and (is_list or not begins_imperative(text[after:])):
            return boundary(text, low, after)
    return end


def subject_of(text: str, low: str) -> list[str]:
    """The bodies before the verb, at the beginning of a sentence or after what only says why or when."""
    text, low = _without_brackets(text), _without_brackets(low)
    if named := _addressed(text, low):
        return named
    if only := re.match(r"rieng(?: doi voi)?\s+", low):
        text, low = text[only.end() :], low[only.end() :]
    for start in (0, *(found.end() for found in re.finditer(r"[,:]\s+", low))):
        if not begins_body(text, low, start) or (start and _is_object(text, low, start)):
            continue
        is_label = start > 0 and text[:start].rstrip().endswith(":") and start < LONGEST_LABEL
        is_after = start > 0 and (is_label or is_preface(low))
        if start and not is_after and begins_imperative(text[:start]):
            return []
        end = _names_end(text, low, start)
        is_short = end - start < LONGEST_NAMES
        if is_short and _is_told(text, low, end, known_only=start > 0 and not is_after):
            return split(text[start:end])
        if start == 0 and low.startswith(":", end):
            return split(text[start:end])
    found = _LEADS.search(low) if not low.startswith("la ") else None
    return _before_leads(text, low, found.start()) if found else []


def _addressed(text: str, low: str) -> list[str]:
    """Whom a sentence opens with: "Doi voi X:", "Trach nhiem cua X:"."""
    about = re.match(r"doi voi\s+", low) or _OF.match(low)
    if about is None or not begins_body(text, low, about.end()):
        return []
    end = _names_end(text, low, about.end())
    stops = low[end : end + 1] + low[:end].rstrip()[-1:]
    if ":" in stops or ("," in stops and about[0].startswith("doi voi")):
        return split(text[about.end() : end])
    return []


def _is_told(text: str, low: str, end: int, *, known_only: bool = False) -> bool:
    """Whether what follows the names is what they must do."""
    if low.startswith(_SCOPES, end):
        return True
    if verb := BOUNDARY.match(low, end):
        return (
            verb[0] not in _NO_VERBS
            or low.startswith(("khong de ", "khong duoc ", "den tung ", "den tan "), end)
            or not is_written(text, verb[0], end)
        )
    word = re.match(r"[^\W\d_]+", low[end:])
    if known_only or word is None:
        return False
    if text[end : end + 2] == "t\u1ef1":
        return True
    return text[end].islower() and text[end - 1] == " " and word[0] not in _NO_VERBS


def _is_object(text: str, low: str, start: int) -> bool:
    before = low[:start].rstrip(" ,:")
    if not _NOT_SUBJECT.search(before):
        return False
    return text[:start].rstrip(" ,:").lower().endswith(_JOINS)


def _without_brackets(text: str) -> str:
    """A text of the same length in which what stands in brackets is blank."""
    return re.sub(r"\((?!(?:ba|b\u00e0)\))[^()]*\)", lambda found: " " * len(found[0]), text)


def also_told(text: str, low: str) -> Iterator[str]:
    """The subjects of the further parts of a sentence: "A does this; B does that"."""
    text, low = _without_brackets(text), _without_brackets(low)
    if begins_body(text, low, 0) and low.startswith(":", _names_end(text, low, 0)):
        return  # what stands before a colon is told all of it
    for found in _NEXT.finditer(low):
        start = found.end()
        if not begins_body(text, low, start):
            continue
        end = _names_end(text, low, start)
        if _is_told(text, low, end) and not _HELPS.match(low, end) and end - start < LONGEST_NAMES:
            yield from split(text[start:end])


def _before_leads(text: str, low: str, end: int) -> list[str]:
    for start in (one.start() for one in re.finditer(r"(?<![\w/])[^\W\d_]", low[:end])):
        if begins_body(text, low, start) and boundary(text, low, start) == end:
            return split(text[start:end])
    return []


def coordinates_in(text: str, low: str) -> list[str]:
    """With whom."""
    names: list[str] = []
    for form in (_TOGETHER, _WITH, _TAKES_PART):
        for found in form.finditer(low):
            if form is _WITH and (
                _TOGETHER.search(low)
                or re.match(r"(?:voi )?(?:cac giai phap|cap(?! uy)|ky|ngay|thoi)", low[found.start() + 5 :])
            ):
                continue
            if begins_body(text, low, found.end()):
                listed = text[found.end() : _names_end(text, low, found.end())]
                names += [name for name in split(listed) if name not in names]
    names += [name for name in _helpers(text, low) if name not in names]
    return names


_LEADER = re.compile(r"chu tri|giao |dau moi|chiu trach nhiem(?: chinh)?$|trach nhiem chinh")
"""What is said of one who leads, before those who help are named."""


def _helpers(text: str, low: str) -> Iterator[str]:
    """Those who are said to help one who leads."""
    last = 0
    for found in re.finditer(r"[,;]\s+", low):
        at = found.end()
        earlier = low[: found.start()]
        if at < last or not begins_body(text, low, at) or not _LEADER.search(earlier):
            continue
        end = boundary(text, low, at)
        if _HELPS.match(low, end):
            last = end
            yield from split(text[at:end])
