"""Which points of a document are tasks, whose they are, and by when."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from domain.reading.attributes import Attributes, attributes_of
from domain.reading.binding import deadline_of
from domain.reading.bodies import split
from domain.reading.clauses import Said, is_imperative, said_in
from domain.reading.deadlines import Setting
from domain.reading.headings import counted, index_of, is_aside, is_excluded, is_no_task, is_wanted
from domain.reading.judging import Context, Judge
from domain.reading.letters import bare, tidy
from domain.reading.looks import (
    HEADING_MOST,
    attributes_of_point,
    below,
    following,
    heading_part,
    inline_items,
    is_attribute,
    is_criteria,
    is_heading,
    last_instruction,
    last_sentence,
    named_alone,
    names_whole,
    opens,
    without_attributes,
)
from domain.reading.outline import Node
from domain.reading.tables import Frame, rows_of
from domain.reading.values import Anomaly, Code, DeadlineKind, Task

_HOLLOW = re.compile(
    r"(?:thuc hien|trien khai|tap trung)(?: tot| nghiem)?(?: (?:mot so|cac|nhung) [^.;:]{0,40})?(?: sau(?: day)?)?\s*:$"
)
"""A sentence that asks for nothing but what follows it."""
_ISSUES = re.compile(
    r"(?:ban hanh|xay dung|ket luan|quyet dinh|thong bao|bao cao|trien khai|to chuc|"
    r"thong nhat)\b[^.;]{0,200}(?:nhu sau|sau day|noi dung sau)\s*:?$|(?:ket luan|quyet dinh|"
    r"thong bao)\s*:$|chi dao nhu sau"
)
"""The issuer speaks of itself."""


@dataclass(slots=True)
class Found:
    """Tasks in the order of the text, and what is odd about them."""

    tasks: list[Task] = field(default_factory=list)
    odd: list[Anomaly] = field(default_factory=list)


class TaskFinder:
    """Walks through the tree of a document."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._judge = Judge(setting)
        self.found = Found()

    def walk(self, node: Node, context: Context) -> int:
        """The tasks under a node; gives how many there are."""
        before, here, children = len(self.found.tasks), context, node.children
        for at, child in enumerate(children):
            if child.table is not None:
                self._table(child, here)
            elif child.loose:
                if opens(child, children, at):
                    here = self._lead_in(child, children, at, context, here)
                else:
                    self._loose(child, here, "")
            else:
                self._point(child, here)
        return len(self.found.tasks) - before

    def _lead_in(self, child: Node, children: Sequence[Node], at: int, outer: Context, here: Context) -> Context:
        """What a sentence that ends with a colon, or a heading, gives to the points behind it."""
        text = child.text
        number = counted(text)
        points = [one for one in following(children, at) if not one.loose]
        if number and points and number != len(points):
            self.found.odd.append(Anomaly(Code.COUNT_MISMATCH, tidy(text)[-120:], f"{number} / {len(points)}"))
        if not text.rstrip().endswith(":"):
            return replace(outer, excluded=is_excluded(text), wanted=is_wanted(text) or outer.wanted)
        said = said_in(last_sentence(text)) if not is_no_task(text) else Said()
        said = said if said.lead or is_no_task(text) else said_in(text)
        if not said.explicit and _ISSUES.search(bare(text)):
            said = Said()
        deadline = self._judge.for_all(text)
        if not points and any(one.loose for one in children[at + 1 : at + 2]):
            return replace(here, lead=said.lead or here.lead, wanted=True, deadline=deadline)
        if any(self._yields(one, here, said) for one in points):
            kept = deadline if deadline.kind is not DeadlineKind.NONE else here.deadline
            return replace(
                here,
                lead=said.lead or here.lead,
                coordinate=said.coordinate or here.coordinate,
                wanted=True,
                deadline=kept,
            )
        if (said.lead or is_imperative(text)) and not _HOLLOW.search(bare(text)):
            self._loose(child, here, "")
            return replace(here, excluded=True)
        return here

    def _yields(self, node: Node, here: Context, said: Said) -> bool:
        """Whether there is a task in a point."""
        probe = TaskFinder(self._setting)
        probe._point(node, replace(here, lead=said.lead or here.lead, wanted=bool(said.lead) or here.wanted))
        return bool(probe.found.tasks)

    # -- points --------------------------------------------------------------------------------------------------------

    def _point(self, node: Node, context: Context) -> None:
        if is_attribute(node):
            return
        attributes = attributes_of_point(node)
        points = [one for one in node.points() if not is_attribute(one)]
        heading = heading_part(node.text)
        index = index_of(heading) if (points or is_heading(node)) else None
        context = replace(context, index=index or context.index)
        if context.excluded or (is_heading(node) and is_excluded(node.text)) or (points and is_excluded(heading)):
            self._excluded(node, replace(context, excluded=True))
            return
        if node.kind == "article":
            context = replace(context, decides=True)
        has_below = any(attributes_of_point(one) or list(one.points()) for one in points)
        if attributes and has_below:
            inner = self._inheriting(attributes, context)
            self._parent(node, points, inner)
        elif attributes:
            self._with_attributes(node, attributes, context)
        elif points or any(one.table for one in node.children):
            self._parent(node, points, context)
        elif is_heading(node) and any(one.loose for one in node.children):
            self._section(node, context)
        else:
            self._leaf(node, context)

    def _excluded(self, node: Node, context: Context) -> None:
        """Under aims and money nothing is a task but what is given to somebody by name."""
        for one in (node, *below(node)):
            said = said_in(one.text)
            if (
                said.lead
                and said.explicit
                and bare(one.text).lstrip(" -+*").startswith(("giao ", "yeu cau ", "de nghi "))
                and not is_no_task(one.text)
            ):
                self._emit("" if one.loose and len(node.children) > 1 else one.point, one.text, said, context)

    def _inheriting(self, attributes: Attributes, context: Context) -> Context:
        """What the points under one have from its attributes."""
        deadline = context.deadline
        if attributes.deadline:
            deadline, _ = deadline_of(attributes.deadline, self._setting, cell=True)
        lead = tuple(split(attributes.lead or "")) or context.lead
        coordinate = tuple(split(attributes.coordinate or "")) or context.coordinate
        return replace(context, lead=lead, coordinate=coordinate, deadline=deadline)

    def _with_attributes(self, node: Node, attributes: Attributes, context: Context) -> None:
        own = [one.text for one in node.children if not attributes_of(one.text) and one.table is None]
        text = node.text
        said = said_in(without_attributes(text))
        lead = tuple(split(attributes.lead or "")) or said.lead or context.lead
        coordinate = tuple(split(attributes.coordinate or "")) or said.coordinate
        if attributes.deadline:
            deadline, odd = deadline_of(attributes.deadline, self._setting, cell=True)
        else:
            deadline, odd = deadline_of(without_attributes(" ".join([text, *own])), self._setting)
        self.found.odd += odd
        whole = tidy(" ".join([text, *own]))
        self.found.tasks.append(Task(node.point, whole, lead, coordinate, deadline, context.index))

    def _parent(self, node: Node, points: list[Node], context: Context) -> None:
        """A point with others under it: they are the tasks, unless they only say what it consists of."""
        said = self._said_by_heading(node)
        if not is_criteria(node, points):
            deadline = context.deadline
            if node.text.rstrip().endswith(":") and is_imperative(node.text):
                own = self._judge.for_all(node.text)
                deadline = own if own.kind is not DeadlineKind.NONE else deadline
            wanted = context.wanted or is_wanted(node.text) or bool(said.lead)
            coordinate = said.coordinate or (() if said.lead else context.coordinate)
            lead = said.lead or context.lead
            inner = replace(context, lead=lead, coordinate=coordinate, wanted=wanted, deadline=deadline)
            self._count(node, points)
            tasks, odd = len(self.found.tasks), len(self.found.odd)
            if self.walk(node, inner):
                return
            del self.found.tasks[tasks:], self.found.odd[odd:]
        text = tidy(" ".join([node.text, *(one.text for one in below(node))]))
        if self._judge.is_task(node.text, context, node):
            self._emit(node.point, text, said_in(node.text), context)

    def _count(self, node: Node, points: Sequence[Node]) -> None:
        number = counted(node.text)
        if number and number != len(points):
            self.found.odd.append(Anomaly(Code.COUNT_MISMATCH, tidy(node.text)[-120:], f"{number} / {len(points)}"))

    def _said_by_heading(self, node: Node) -> Said:
        """Whom a heading names: alone, after "Doi voi" and the like, or in a sentence."""
        text = node.text.strip()
        if names := named_alone(text):
            return Said(tuple(names))
        if len(text) > HEADING_MOST and not text.endswith(":"):
            return Said()
        whole = names_whole(text)
        return Said(tuple(whole)) if whole else said_in(text)

    def _section(self, node: Node, context: Context) -> None:
        """A heading with paragraphs: one takes its number, several are of their own."""
        said = self._said_by_heading(node)
        inner = replace(
            context, lead=said.lead or context.lead, wanted=context.wanted or is_wanted(node.text) or bool(said.lead)
        )
        loose = [one for one in node.children if one.loose]
        if len(loose) == 1 and len(node.children) == 1:
            if self._judge.is_task(loose[0].text, inner, loose[0]) and not is_aside(
                loose[0].text, dated=self._judge.is_dated(loose[0].text)
            ):
                self._emit(node.point, loose[0].text, said_in(loose[0].text), inner)
            return
        strict = [one for one in loose if self._judge.stands_alone(one.text, inner)]
        if len(strict) <= 1 and not any(one.text.rstrip().endswith(":") for one in loose):
            text = " ".join(one.text for one in loose)
            if self._judge.is_task(text, inner, node) and not is_aside(text, dated=self._judge.is_dated(text)):
                self._emit(node.point, text, said_in(strict[0].text if strict else text), inner)
            return
        self.walk(node, inner)

    def _leaf(self, node: Node, context: Context) -> None:
        text = node.text
        apart: list[Node] = []
        for one in node.children:
            if not one.loose:
                continue
            if self._judge.stands_alone(one.text, context) or is_no_task(one.text) or is_aside(one.text, dated=False):
                apart.append(one)
            elif not apart:
                text = f"{text} {one.text}"
        if self._judge.is_task(text, context, node):
            self._inline(node, text, context)
        for one in apart:
            self._loose(one, context, "")

    def _inline(self, node: Node, text: str, context: Context) -> None:
        """A point in one paragraph; items in it are tasks where one of them has its own deadline."""
        intro, items = inline_items(text)
        if items:
            deadlines = [deadline_of(item, self._setting)[0] for _, item in items]
            if any(one.kind is not DeadlineKind.NONE for one in deadlines):
                said = said_in(intro)
                inner = replace(
                    context, lead=said.lead or context.lead, coordinate=said.coordinate or context.coordinate
                )
                for label, item in items:
                    self._emit(".".join([*node.path, label]), item, said_in(item), inner)
                return
        if is_aside(text, dated=self._judge.is_dated(text)):
            return
        self._emit(node.point, text, said_in(without_attributes(text)), context)

    # -- paragraphs without a mark -------------------------------------------------------------------------------------

    def _loose(self, node: Node, context: Context, point: str) -> None:
        text = node.text
        if context.excluded and not said_in(text).explicit:
            return
        if not self._judge.stands_alone(text, context) or is_aside(text, dated=self._judge.is_dated(text)):
            return
        intro, items = inline_items(text)
        if items and any(deadline_of(item, self._setting)[0].kind is not DeadlineKind.NONE for _, item in items):
            said = said_in(intro)
            inner = replace(context, lead=said.lead or context.lead)
            for label, item in items:
                self._emit(label, item, said_in(item), inner)
            return
        self._emit(point, text, said_in(last_instruction(text)), context)

    def _emit(self, point: str, text: str, said: Said, context: Context) -> None:
        deadline, odd = deadline_of(text, self._setting)
        if deadline.kind is DeadlineKind.NONE and context.deadline.kind is not DeadlineKind.NONE:
            deadline = context.deadline
        self.found.odd += odd
        lead = said.lead or context.lead
        coordinate = said.coordinate or (() if said.lead else context.coordinate)
        self.found.tasks.append(Task(point, tidy(text), lead, coordinate, deadline, context.index))

    def _table(self, node: Node, context: Context) -> None:
        assert node.table is not None  # noqa: S101 - the caller has looked
        frame = Frame(node.path, bool(node.path) and node.path[0] == "PL", context.lead, context.index)
        if context.excluded:
            return
        for task, odd in rows_of(node.table, frame, self._setting):
            self.found.tasks.append(task)
            self.found.odd += odd
