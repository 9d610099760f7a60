"""Whether a document is a directive: what it calls itself, and what it has of a document of the administration."""

import re
from collections.abc import Sequence

from domain.headers import Header
from domain.reading.letters import bare

_OTHERS = re.compile(
    r"(?:bao cao|to trinh|giay moi|giay gioi thieu|giay (?:nghi|di|chung|uy|xac)[a-z ]*|hop dong[a-z ]*|"
    r"bien ban[a-z ]*|don [a-z ]+|thu (?:moi|cam on|ngo|chuc)[a-z ]*|hoa don[a-z ]*|phieu [a-z ]+|"
    r"ban cam ket|so yeu ly lich|ly lich[a-z ]*|cv|tin tuc|bai viet|bai phat bieu|noi quy|loi moi|"
    r"danh sach[a-z ]*|de thi[a-z ]*|giao an|bao gia|thu moi|ban kiem diem|ban tin[a-z ]*|dac san[a-z ]*|"
    r"tap chi[a-z ]*)\W*$"
)
_KINDS = re.compile(
    r"(?:ke hoach|chi thi|quyet dinh|thong bao|ket luan|cong dien|nghi quyet|chuong trinh|huong dan|"
    r"phuong an|quy che|quy dinh|de an|cong van|thong bao ket luan)\b"
)
_MOTTO = re.compile(r"cong hoa xa hoi|dang cong san")
_SIGNED = re.compile(r"(?:^|\n)\s*(?:tm|kt|tl|tuq|q)\.\s?[a-z]")


def is_directive(head: Sequence[str], body: str, header: Header, tasks: int) -> bool:
    """Whether somebody is told what to do by an office."""
    titles = [bare(line).strip(" .:*_-") for line in head if line.strip() and line.strip().isupper()]
    if any(_OTHERS.fullmatch(title) for title in titles):
        return False
    low = bare("\n".join(head)) + "\n" + bare(body)
    points = 0
    points += 2 * bool(_MOTTO.search(low[:2000]))
    points += 2 * bool(header.number)
    points += 2 * bool(re.search(r"(?:^|\n)\s*noi nhan\s*:?", low))
    points += 2 * any(_KINDS.match(title) for title in titles)
    points += bool(re.search(r"(?:^|\n)\s*kinh gui", low))
    points += bool(_SIGNED.search(low))
    points += bool(re.search(r"\d+/[a-z]{2,}[\w-]*", low))
    return tasks > 0 and points >= 2
