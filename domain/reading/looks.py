"""What the text of a point looks like: a heading, what it leads into, its attributes, the items within it."""

import re
from collections.abc import Iterator, Sequence

from domain.reading.attributes import Attributes, attributes_of
from domain.reading.bodies import begins_body, boundary, split
from domain.reading.clauses import is_imperative, said_in
from domain.reading.headings import counted
from domain.reading.letters import bare, sentences
from domain.reading.name_words import STRONG
from domain.reading.outline import Node

_CRITERIA = re.compile(
    r"(?:(?:bao )?gom(?: cac| co)?(?: noi dung| tai lieu| thong tin| thanh phan| van ban)?(?: sau| chinh)?(?: day)?|"
    r"(?:thong tin|tieu chi|de cuong|thanh phan|bieu mau|noi dung bao cao|nguyen tac|dieu kien)(?: sau| sau day| gom)?|"
    r"(?:bao cao|danh gia|neu ro|lam ro)[^.;]{0,40}(?:noi dung|cac noi dung)(?: chinh)?(?: sau)?(?: day)?)\s*:$"
)
"""How a sentence ends that is followed by what something consists of."""
_ITEM = re.compile(r"\((\d{1,2})\)\s*(?=\S)")
_SECTIONS = ("part", "chapter", "article", "capital", "roman")
HEADING_MOST = 200
LONGEST_NAME = 140


_SAYS_AS_FOLLOWS = re.compile(r"(?:y kien|chi dao|yeu cau|ket luan|de nghi)[^.;,]{0,60} nhu sau\s*:$")


def opens(child: Node, children: Sequence[Node], at: int) -> bool:
    """Whether a paragraph leads into what follows it."""
    text = child.text.rstrip()
    if text.endswith(":"):
        return bool(following(children, at)) or len(text) < HEADING_MOST or bool(_SAYS_AS_FOLLOWS.search(bare(text)))
    if counted(text) and following(children, at):
        return True
    return text.isupper() and len(text) > 8


def following(children: Sequence[Node], at: int) -> list[Node]:
    """The points right behind a paragraph."""
    points: list[Node] = []
    for one in children[at + 1 :]:
        if one.loose:
            if one.text.rstrip().endswith(":") or one.text.isupper() or points:
                break
            continue
        points.append(one)
    return points


def last_sentence(text: str) -> str:
    return [one for _, one in sentences(text)][-1]


def last_instruction(text: str) -> str:
    """A paragraph from the first sentence on that gives something to somebody."""
    for start, one in sentences(text):
        if said_in(one).explicit:
            return text[start:]
    return text


def heading_part(text: str) -> str:
    return text if len(text) <= HEADING_MOST else text[:HEADING_MOST]


def is_heading(node: Node) -> bool:
    return is_heading_text(node.text)


def is_heading_text(text: str) -> bool:
    """Whether a text only names what follows."""
    text = text.strip()
    if len(text) > HEADING_MOST or not text:
        return not text
    if text.endswith(":") or text.isupper():
        return True
    return not text.endswith((".", ";")) or named_alone(text) != []


_ONLY_LEADS_IN = re.compile(
    r"(?:(?:co|thuc hien|duoc giao|dam nhan|chiu)? ?(?:tot )?(?:(?:cac |nhung )?(?:trach nhiem|nhiem vu|noi dung|"
    r"cong viec))?(?: (?:sau(?: day)?|cu the|chinh))*|chu tri|phai|can|thuc hien)"
)


def named_alone(text: str) -> list[str]:
    """The bodies of a heading that names nobody's doing."""
    low = bare(text).rstrip(" .:;")
    found = re.match(r"(?:doi voi |trach nhiem (?:cua )?|nhiem vu (?:cua )?|giao |de nghi |yeu cau )?", low)
    start = found.end() if found else 0
    if not begins_body(text, low, start) and not (start and text[:1].isupper() and begins_body(text, low, start)):
        return []
    end = boundary(text, low, start)
    rest = low[end:].strip(" :")
    if _ONLY_LEADS_IN.fullmatch(rest) or low[end : end + 1] == "(":
        return split(text[start:end])
    if low[end : end + 1] == ":" and end + 1 >= len(low):
        return split(text[start:end])
    return []


def names_whole(text: str) -> list[str]:
    """The bodies of a heading that is nothing but their names, though words of it are not known as such."""
    plain = re.sub(r"\([^()]*\)", " ", text).strip(" :")
    low = bare(plain)
    is_name = len(plain) < LONGEST_NAME and not plain.endswith((".", ";")) and begins_body(plain, low, 0)
    return split(plain) if is_name and not any(STRONG.match(word) for word in _tails(low)) else []


def _tails(low: str) -> Iterator[str]:
    """A text from each of its words on, but the first."""
    return (low[found.end() :] for found in re.finditer(r" ", low))


def is_attribute(node: Node) -> bool:
    found = attributes_of(node.text)
    return found is not None and found.first <= 2


def attributes_of_point(node: Node) -> Attributes | None:
    """The attributes of a point, in lines under it or in its own text."""
    lines = [one.text for one in node.children if one.table is None and (is_attribute(one))]
    if lines:
        return attributes_of(" . ".join(line.rstrip(" .;") for line in lines))
    found = attributes_of(node.text)
    return found if found and found.first > 2 and (found.lead or found.deadline) else None


def without_attributes(text: str) -> str:
    found = attributes_of(text)
    return text[: found.first].rstrip(" (-") if found and found.first > 2 else text


def below(node: Node) -> Iterator[Node]:
    for child in node.children:
        if child.table is None:
            yield child
            yield from below(child)


def is_criteria(node: Node, points: Sequence[Node]) -> bool:
    """Whether the points under one only say what it consists of."""
    if not is_imperative(node.text) or not points:
        return False
    if node.kind in _SECTIONS and not _CRITERIA.search(bare(node.text).strip()):
        return False
    told = sum(is_imperative(one.text) or bool(one.children) for one in points)
    if _CRITERIA.search(bare(node.text).strip()):
        named = sum(bool(said_in(one.text).lead) for one in points)
        return named * 2 < len(points) or told * 2 < len(points)
    return told * 2 < len(points)


def is_like_task(text: str) -> bool:
    """Whether a text without a known verb still can be an instruction."""
    low = bare(text).lstrip(" -+*")
    if re.match(
        r"(?:ty le|so |tong(?! ve sinh| ket| hop| duyet| ra soat| kiem)|co |la |day la|cac (?:chi|tieu)|ket qua|muc|"
        r"\d)",
        low,
    ):
        return False
    return len(low.split()) >= (3 if low.endswith((".", ";")) else 5) and not re.search(
        r"\b(?:la mot|da duoc|da co|con han che|dat \d)", low
    )


def inline_items(text: str) -> tuple[str, list[tuple[str, str]]]:
    """The sentence before inline items, and the items."""
    found = list(_ITEM.finditer(text))
    row: list[re.Match[str]] = []
    for one in found:
        if int(one[1]) == len(row) + 1:
            row.append(one)
    if len(row) < 2:
        return text, []
    items = []
    for at, one in enumerate(row):
        end = row[at + 1].start() if at + 1 < len(row) else len(text)
        items.append((f"({one[1]})", text[one.end() : end].strip(" ;,")))
    return text[: row[0].start()], items
