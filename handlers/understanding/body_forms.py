"""How documents name the bodies of an agency: many at once, by who heads them, with the agency's own name behind.

Everything here is about plain words: without marks and signs, in lower case.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from domain.names import fold

_REMARK = re.compile(r"\([^()]*\)")
_WORD = re.compile(r"[^\W_]+")
_ADDRESS = re.compile(r"^(?:kinh gui|cac dong chi|dong chi|d c|ong|ba)(?= )")
_SHORT = {"p": "phong", "vp": "van phong", "tt": "trung tam", "ttra": "thanh tra"}
_MARKED = {
    "so": "s\u1edf",
    "bo": "b\u1ed9",
    "xa": "x\u00e3",
    "cuc": "c\u1ee5c",
    "tinh": "t\u1ec9nh",
    "huyen": "huy\u1ec7n",
    "phuong": "ph\u01b0\u1eddng",
}
"""What agencies are called, as it is written: with other marks it is another word, such as a number."""


def plain(name: str) -> str:
    """A name as bare words, without remarks in brackets and words of address."""
    words = _WORD.findall(unicodedata.normalize("NFC", _REMARK.sub(" ", name)).casefold())
    has_marks = any(word != fold(word) for word in words)
    bare = " ".join(_bare(word, has_marks=has_marks) for word in words)
    return _ADDRESS.sub("", bare).strip()


def _bare(word: str, *, has_marks: bool) -> str:
    bare = fold(word)
    is_another = bare in _MARKED and word != _MARKED[bare] and (has_marks or word != bare)
    return f"{bare}'" if is_another else bare


def longer(words: str) -> str:
    """The same with the usual short form of its first word written out."""
    first, _, rest = words.partition(" ")
    return f"{_SHORT.get(first, first)} {rest}".strip()


# -- many at once ------------------------------------------------------------------------------------------------------

_HEADS = r"(?:thu truong|nguoi dung dau|lanh dao|phu trach|cap truong|truong|giam doc|chanh van phong)"
_MANY = r"(?:cac|moi|tung|nhung|tat ca|toan the|toan bo|toan)"
_NOUN = r"(?:phong|ban|don vi|bo phan|trung tam|chi cuc|khoa|doi|to|tram|hat|vien|co quan)"
_PEOPLE = r"(?:can bo|cong chuc|vien chuc|nguoi lao dong|ca nhan|chuyen vien|dang vien|nhan vien)"
_KINDS = r"(?:chuyen mon|nghiep vu|chuc nang|su nghiep|tham muu|quan ly nha nuoc)"
_TIES = r"(?:va|cung|truc thuoc|thuoc|cua|trong|tai|co)"
_CONCERNED = r"(?:lien quan|duoc giao|duoc phan cong|tham muu thuc hien)"


@dataclass(frozen=True, slots=True)
class Group:
    """Bodies that are named together: by which nouns, and whether only those concerned."""

    nouns: frozenset[str]
    people: bool
    some: bool
    subordinate: bool


def group_of(words: str, own: Sequence[str]) -> Group | None:
    """The group that a name is, None where it names one body. `own` is what the agency is called."""
    known = [_MANY, _NOUN, _PEOPLE, _KINDS, _TIES, _CONCERNED, *map(re.escape, own)]
    within = re.compile(rf"(?:{_HEADS} )?(?:(?:{'|'.join(known)})(?: |$))+")
    if not within.fullmatch(words):
        return None
    nouns = frozenset(re.findall(rf"\b{_NOUN}\b", re.sub(rf"{_KINDS}|{_PEOPLE}", "", words))) - {"co quan"}
    people = bool(re.search(rf"\b{_PEOPLE}\b", words))
    many = bool(re.search(rf"\b{_MANY}\b", words)) or {"don vi"} < nouns or (people and not nouns)
    whole = re.search(rf"\btoan(?: the| bo)? (?:co quan|{_any(own)})\b", words)
    if not many or not (nouns or people or whole):
        return None
    some = bool(re.search(rf"\b{_CONCERNED}\b", words))
    within_us = bool(re.search(r"\b(?:thuoc|trong|cua)\b", words))
    foreign_too = "co quan" in words and not within_us and not re.search(r"\btoan\b", words)
    subordinate = bool(re.search(r"\b(?:don vi|co quan) (?:truc thuoc|su nghiep)\b", words)) and len(nouns) == 1
    return Group(nouns, people, some or foreign_too, subordinate)


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, words)) or "(?!)"


_OF_OTHERS = (
    r"(?:cac|moi|tung|nhung|tat ca|so|ban|nganh|cuc|vu|tinh|huyen|xa|phuong|thi tran|dac khu|thanh pho|ubnd|"
    r"uy ban nhan dan|hdnd|co quan|don vi|dia phuong'?|doan the|to chuc|cap|chu tich|giam doc|thu truong|lanh dao|"
    r"nguoi dung dau|lien quan|va|cung|thuoc|truc thuoc|tren dia ban|toan)"
)
_AMONG_OTHERS = re.compile(rf"(?:{_OF_OTHERS}(?: |$))+")


def is_one_of_many(words: str, kinds: Iterable[str]) -> bool:
    """Whether bodies of many agencies are named, the agency's own kind among them: all departments of a province."""
    many = re.search(rf"\b{_MANY}\b", words)
    return bool(many and _AMONG_OTHERS.fullmatch(words) and re.search(rf"\b(?:{_any(kinds)})\b", words))


# -- one body, by who heads it -----------------------------------------------------------------------------------------

_OF_HEAD = (
    re.compile(
        r"^(?:thu truong|nguoi dung dau|lanh dao|phu trach|truong) "
        r"(?=cac |don vi |phong |ban |khoa |bo phan |to |doi |tram |trung tam |van phong|thanh tra|"
        r"chi cuc |doan |vien )"
    ),
    re.compile(r"^chanh (?=van phong|thanh tra)"),
    re.compile(r"^giam doc (?=trung tam|ban |chi nhanh|benh vien|vien |quy |cac )"),
    re.compile(r"^(?:chi cuc|doi|hat|tram|vien|to|khoi) truong (?=(?:chi cuc|doi|hat|tram|vien|to|khoi) )"),
)


def headed_by(words: str) -> str | None:
    """The body whose head a name means, None where it means no head."""
    for form in _OF_HEAD:
        if found := form.match(words):
            return words[found.end() :]
    return None


def leaders_of(words: str, own: Sequence[str]) -> bool:
    """Whether the leaders of the agency are meant, whoever they are."""
    return bool(
        re.fullmatch(rf"(?:lanh dao|ban lanh dao|ban giam doc|giam doc|thu truong)(?: (?:{_any(own)}|co quan))+", words)
    )


_DEPUTY = re.compile(r"^(?:pho |quyen )")


def is_deputy(words: str) -> bool:
    return bool(_DEPUTY.match(words))


# -- other agencies ----------------------------------------------------------------------------------------------------

_OF_LEVEL = re.compile(
    r" (so|tinh|huyen|xa|phuong|thanh pho|cuc|(?<! noi )(?<! can )(?<!dong )(?<!toan )bo|chinh phu|trung uong|"
    r"quoc hoi)$"
)
_FOREIGN = re.compile(
    r"^(?:(?:thu truong|giam doc|pho giam doc|chu tich|pho chu tich|lanh dao|bo truong|truong|nguoi dung dau) )?"
    r"(?:cac )?(?:so |ubnd|uy ban|hdnd|hoi dong|bo (?!phan)|tong cuc|cuc |vu |cong an|vien kiem sat|toa an|kho bac|"
    r"bao hiem|bhxh|thue |chi cuc thue|hai quan|ngan hang|mat tran|mttq|ubmttq|tinh uy|tinh doan|thanh uy|huyen uy|"
    r"quan uy|dang uy|ban thuong vu|ban to chuc|ban tuyen giao|hoi |lien doan|lien hiep|lien minh|hiep hoi|bao |dai |"
    r"truong |benh vien|cong ty|tong cong ty|tap doan|doanh nghiep|xa |phuong |huyen |thi xa|thi tran|thanh pho|tinh |"
    r"dia phuong'?|to chuc|chinh phu|quoc hoi|thi hanh an|buu dien|dien luc|vien thong|nha thau|chu dau tu|nguoi dan|"
    r"to dan pho|thon )"
)
_OF_ANOTHER = re.compile(r"\b(?:ubnd|uy ban nhan dan|hdnd|chinh phu|trung uong|tinh uy|quoc hoi)\b")


def is_elsewhere(words: str, kinds: Sequence[str]) -> bool:
    """Whether a name is that of another agency, or of a part of one; `kinds` are the words for the agency's own."""
    if _FOREIGN.match(f"{words} "):
        return True
    if _OF_ANOTHER.search(words) and not any(_OF_ANOTHER.search(kind) for kind in kinds):
        return True
    level = _OF_LEVEL.search(words)
    return level is not None and level[1] not in kinds


_AGENCY = re.compile(
    r"^(so|ubnd (?:xa|phuong|huyen|tinh|thanh pho)|uy ban nhan dan (?:xa|phuong|huyen|tinh|thanh pho)|ubnd|tong cuc|"
    r"chi cuc|cuc|benh vien|truong|ban quan ly|ban|bo|van phong|trung tam|vien|thanh tra)\b(?! giam doc| lanh dao)"
)
_LAST_WORDS = re.compile(r"\b(so|ubnd|xa|phuong|cuc|chi cuc|benh vien|truong|ban|bo|trung tam|vien)$")


def kinds_of(names: Iterable[str], units: Iterable[str]) -> tuple[str, ...]:
    """The words for what an agency is: a department, a committee; from its names, else from those of its units."""
    found = [one[1] for name in names if (one := _AGENCY.match(name))]
    found += [kind.rpartition(" ")[2] for kind in found if kind.startswith(("ubnd ", "uy ban "))]
    found = found or [one[1] for name in units if (one := _LAST_WORDS.search(name))]
    return tuple(dict.fromkeys(found))


def without_tail(words: str, own: Iterable[str]) -> str:
    """A name without the agency's own behind it: "of the department"."""
    tail = re.compile(rf"(?: (?:truc thuoc|thuoc|cua|trong))*(?: (?:{_any(own)}|co quan))+$")
    return tail.sub("", words)


def spellings(words: str, own: Sequence[str]) -> set[str]:
    """How the name of a unit is looked up: with and without the agency behind it, and as it is typed without marks."""
    return {form for name in (words, without_tail(words, own)) for form in (name, name.replace("'", ""))}
