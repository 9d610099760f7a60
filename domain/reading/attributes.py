"""Lines and brackets of a plan that say who and when: "Co quan chu tri: ...", "Thoi gian: ..."."""

import re
from dataclasses import dataclass
from functools import lru_cache

from domain.reading.imperatives import KEPT
from domain.reading.letters import MOST_LOOKED_AT, bare

_ATTRIBUTE = re.compile(
    r"(?<![\w])(?P<lead>(?:co quan|don vi|bo phan|dau moi)(?: duoc giao)? (?:chu tri|thuc hien|dau moi|"
    r"phu trach)(?: (?:thuc hien|tham muu|xay dung))?|chu tri(?: thuc hien)?|"
    r"don vi thuc hien|luc luong(?: nong cot| thuc hien| chinh)?|nguoi phu trach|nguoi chiu trach nhiem|"
    r"dau moi(?: thuc hien)?|nguoi thuc hien|phan cong(?: thuc hien)?|trach nhiem thuc hien)\s*:|"
    r"(?P<coordinate>(?:cac )?(?:co quan|don vi|bo phan) (?:phoi hop|tham gia)(?: thuc hien)?|"
    r"phoi hop(?: thuc hien)?)\s*:|"
    r"(?P<deadline>(?:thoi gian|thoi han|thoi diem|han|tien do|lo trinh|moc thoi gian)(?: (?:hoan thanh|"
    r"thuc hien|trien khai|to chuc|bao cao|xong|trinh|ban hanh|du kien|ket thuc))*(?: du kien)?|"
    r"hoan thanh)\s*:|"
    r"(?P<other>(?:san pham|ket qua|kinh phi|dia diem|thanh phan|noi dung|ghi chu|nguon kinh phi|muc tieu|"
    r"hinh thuc|doi tuong|so luong)(?: [a-z,]+){0,4})\s*:"
)


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
