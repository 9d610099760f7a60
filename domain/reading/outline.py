"""The points of a document as a tree: each with its path as printed, its text, and what stands under it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from domain.reading.blocks import Block, Paragraph, Table
from domain.reading.letters import bare
from domain.reading.markers import Marker, marker_of

_DASHES = {"dash": "-", "plus": "+", "star": "*"}


@dataclass(slots=True)
class Node:
    """A point. `loose`: a paragraph without a mark. Children are in the order of the text."""

    path: tuple[str, ...] = ()
    kind: str = ""
    value: int = 0
    text: str = ""
    children: list["Node"] = field(default_factory=list)
    table: Table | None = None
    loose: bool = False
    bullets: dict[str, int] = field(default_factory=dict)
    annex: bool = False

    @property
    def point(self) -> str:
        return ".".join(self.path)

    def points(self) -> Iterator["Node"]:
        """The marked points right under this one."""
        return (child for child in self.children if not child.loose and child.table is None)


def outline(blocks: Sequence[Block], root: Node | None = None) -> Node:
    """The tree of a part of the document."""
    top = root or Node()
    stack = [top]
    for block in blocks:
        if isinstance(block, Table):
            stack[-1].children.append(Node(stack[-1].path, "table", table=block))
            continue
        marker = _marker(block)
        if marker is None:
            owner = _owner(stack, block.text)
            owner.children.append(Node(owner.path, "", text=block.text.strip(), loose=True))
            continue
        _place(stack, marker, block.text[marker.end :].strip())
    return top


def _marker(block: Paragraph) -> Marker | None:
    marker = marker_of(block.text)
    if marker is None and block.bullet:
        return Marker("dash", "-", 0, 0)
    return marker


def _owner(stack: list[Node], text: str) -> Node:
    """What a paragraph without a mark belongs to; a heading in capitals begins anew."""
    if text.isupper() and len(text) > 12:
        del stack[1:]
    return stack[-1]


def _place(stack: list[Node], marker: Marker, text: str) -> None:
    kinds = [node.kind for node in stack]
    level = _level(stack, kinds, marker)
    del stack[level:]
    parent = stack[-1]
    label = marker.label
    if marker.kind in _DASHES:
        mark = _DASHES[marker.kind]
        parent.bullets[mark] = parent.bullets.get(mark, 0) + 1
        label = f"{mark}{parent.bullets[mark]}"
    base = parent.path
    if marker.kind == "multi":
        base = _base_of_multi(stack, marker)
    node = Node((*base, label), marker.kind, marker.value, text, annex=parent.annex)
    parent.children.append(node)
    stack.append(node)


def _level(stack: list[Node], kinds: list[str], marker: Marker) -> int:
    """Where in the stack a point goes: after its last neighbour of the same kind, else below everything."""
    kind = marker.kind
    if kind == "multi":
        return _level_of_multi(stack, marker)
    if kind in kinds:
        at = len(kinds) - 1 - kinds[::-1].index(kind)
        is_restart = (
            marker.value == 1
            and kind in ("number", "number)", "letter")
            and at + 1 < len(stack)
            and stack[at].value >= 1
        )
        deeper = stack[at + 1 :]
        if (
            is_restart
            and deeper
            and deeper[-1].kind in ("letter", "capital", "bracket")
            and kind != "letter"
            and bare(deeper[-1].text).endswith(":")
        ):
            return len(stack)
        return at
    if kind == "roman":
        above = [at for at, one in enumerate(kinds) if one in ("part", "chapter", "article", "capital")]
        return above[-1] + 1 if above else 1
    if kind in ("part", "chapter"):
        return 1
    if kind == "capital":
        above = [at for at, one in enumerate(kinds) if one in ("part", "chapter")]
        return above[-1] + 1 if above else 1
    if kind == "article":
        above = [at for at, one in enumerate(kinds) if one == "chapter"]
        return above[-1] + 1 if above else 1
    if kind == "number":
        above = [at for at, one in enumerate(kinds) if one in ("part", "chapter", "article", "roman", "capital")]
        return above[-1] + 1 if above else _below_dashes(kinds)
    if kind == "dash":
        plus = [at for at, one in enumerate(kinds) if one in ("plus",)]
        return plus[0] if plus else len(stack)
    return len(stack)


def _below_dashes(kinds: list[str]) -> int:
    return next((at for at, one in enumerate(kinds) if one in ("dash", "plus", "star")), len(kinds))


def _level_of_multi(stack: list[Node], marker: Marker) -> int:
    parts = marker.label.split(".")
    best = 1
    for at, node in enumerate(stack[1:], start=1):
        if node.kind == "multi":
            theirs = node.path[-1].split(".")
            if len(theirs) < len(parts) and parts[: len(theirs)] == theirs:
                best = at + 1
        elif node.kind in ("number", "number)"):
            if str(node.value) == parts[0].lstrip("0"):
                best = at + 1
        elif node.kind in ("roman", "capital", "part", "chapter", "article"):
            best = at + 1
    return best


def _base_of_multi(stack: list[Node], marker: Marker) -> tuple[str, ...]:
    """A number such as 2.4 says itself under which 2 it stands."""
    parts = marker.label.split(".")
    for node in reversed(stack[1:]):
        if node.kind == "multi" or (node.kind in ("number", "number)") and str(node.value) == parts[0].lstrip("0")):
            continue
        if node.kind == "article" and str(node.value) == parts[0]:
            return node.path[:-1] if False else node.path
        return node.path
    return ()
