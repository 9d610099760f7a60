"""How a sentence begins that tells somebody to do something."""

import re
from functools import lru_cache

from domain.reading.bodies import is_written
from domain.reading.letters import bare
from domain.reading.verb_words import BOUNDARY

KEPT = 512
"""How many answers are kept: a point is asked about several times, one after the other."""
_ADVERBS = (
    r"(?:tiep tuc|chu dong|tich cuc|thuong xuyen|kip thoi|khan truong|nghiem tuc|quyet liet|dinh ky|truoc mat|"
    r"truoc het|dong thoi|ngoai ra|trong do|hang \w+)?,?\s*"
)
_IMPERATIVE = re.compile(rf"{_ADVERBS}(?:{BOUNDARY.pattern})")
_NOT_IMPERATIVE = re.compile(
    r"(?:trong|de|khi|theo|ve|thi|neu|tren co so|tai|sau|trong do|can cu|co|de nghi\b(?=.*\bduoc\b)|"
    r"ky(?= hop)|khong|se|hang|gan|ban(?! hanh| giao)|truoc ngay|cham nhat|muon nhat|bo sung von|nham|"
    r"hop(?! )|giao thong|neu|truong hop|ben canh|song song|cung voi|tuy|mac du|ke tu|tu ngay|den ngay)\b"
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


_PREFACE = re.compile(
    r"(?:can cu|theo|tren co so|de|nham|truoc|sau|khi|neu|trong|tai|doi voi|ve|hang|dinh ky|ben canh|song song|"
    r"ngoai ra|"
    r"dong thoi|tiep tuc thuc hien|tiep theo|do|voi|cham nhat|muon nhat|tu|ke tu|den|cung voi|rieng|truong hop|moi|"
    r"\d|(?:thuc hien|trien khai|quan triet)(?: (?:tot|nghiem|nghiem tuc))? (?:cong van|chi dao|y kien|quyet dinh|"
    r"nghi quyet|"
    r"ke hoach|chi thi|ket luan|thong bao|chuong trinh|cong dien|van ban|luat|thong tu|nghi dinh|nhiem vu|quy dinh|"
    r"chuc nang))\b"
)


def is_preface(low: str) -> bool:
    """Whether a sentence opens with why, when or by what something is to be done, before it says who must do it."""
    return bool(_PREFACE.match(low))
