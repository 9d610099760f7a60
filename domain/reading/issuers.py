"""Who issues a document whose header is cut off: the body that asks, or the one whose leader speaks."""

import re
from collections.abc import Sequence

from domain.reading.bodies import begins_body, boundary
from domain.reading.body_words import HEAD
from domain.reading.letters import bare, tidy

_ASKS = re.compile(r"(?:yeu cau|de nghi|trien khai den|thong bao|huong dan|tran trong|nhan duoc)\b")
_LEADER = re.compile(r"(?:pho )?(?:giam doc|chanh|thu truong|lanh dao|cuc truong|chi cuc truong|truong) ")
_OWN = re.compile(
    r"S\u1edf (?:Khoa h\u1ecdc v\u00e0 C\u00f4ng ngh\u1ec7|[A-Z\u0110]\w+(?: (?:v\u00e0 |- )?\w+){0,5}?)"
    r"(?= (?:\u0111\u00e3|v\u1ec1|ng\u00e0y|t\u1ec9nh|ban|tri\u1ec3n|\u0111\u1ec3|th\u1ef1c)|[,.;:)])"
)
MOST_READ = 6000


_DECIDES = re.compile(
    r"(?:giam doc|chu tich|chi cuc truong|cuc truong|bo truong|chanh van phong|truong ban|hieu truong|"
    r"vien truong)\s+(?=[a-z])"
)


def issuer_in_head(head: Sequence[str]) -> str:
    """The body whose leader decides, as it stands in capitals above the text of a decision."""
    for line in head:
        found = _DECIDES.match(bare(line).strip())
        if found and line.strip().isupper():
            return tidy(line.strip()[found.end() :])
    return ""


def issuer_in_text(body: str) -> str:
    """The body that speaks in a text."""
    text = body[:MOST_READ]
    low = bare(text)
    for found in _ASKS.finditer(low):
        name = _before(text, low, found.start())
        if name and not _LEADER.match(bare(name)):
            return name
    if not re.search(r"(?:giam doc|lanh dao|van phong) so\b", low):
        return ""
    own = _OWN.search(text)
    return tidy(own[0]) if own else ""


def _before(text: str, low: str, end: int) -> str:
    """The name of a body that ends right before a verb."""
    start = max(low.rfind(mark, 0, end) for mark in (". ", ", ", "\n", ": ", "; ")) + 1
    for found in HEAD.finditer(low, max(start, 0), end):
        if text[found.start()].isupper() and begins_body(text, low, found.start()):
            stop = boundary(text, low, found.start(), end)
            return tidy(text[found.start() : end]) if stop == end or not low[stop:end].strip() else ""
    return ""
