"""Whether a point or a paragraph is a task, given what it inherits."""

import re
from dataclasses import dataclass

from domain.reading.binding import deadline_of
from domain.reading.clauses import is_imperative, said_in
from domain.reading.deadlines import Setting
from domain.reading.headings import approves_only, is_no_task
from domain.reading.imperatives import begins_imperative
from domain.reading.letters import bare, sentences
from domain.reading.looks import is_heading_text, is_like_task
from domain.reading.outline import Node
from domain.reading.values import NO_DEADLINE, Deadline, DeadlineKind

_PASSED_ON = re.compile(
    r"(?:ket qua|bao cao|danh sach|bien ban|ho so|van ban|so lieu|y kien)[^.;]{0,80}? (?:bao cao|gui|"
    r"chuyen|trinh)(?: ve| cho)? (?:so|ubnd|uy ban|van phong|phong|ban|bo|trung tam|chi cuc|cong an|"
    r"giam doc|lanh dao)\b"
)


@dataclass(frozen=True, slots=True)
class Context:
    """What a point inherits from what stands above and before it."""

    lead: tuple[str, ...] = ()
    coordinate: tuple[str, ...] = ()
    index: str | None = None
    excluded: bool = False
    wanted: bool = False
    decides: bool = False
    deadline: Deadline = NO_DEADLINE


class Judge:
    """Tells tasks from what is none."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting

    def stands_alone(self, text: str, context: Context) -> bool:
        """Whether a paragraph has its own assignee or addressee and something to deliver."""
        if is_no_task(text):
            return False
        if approves_only(text) and not said_in(text).explicit:
            return False
        said = said_in(text)
        if said.explicit:
            return True
        if said.lead:
            return is_imperative(text)
        if _PASSED_ON.match(bare(text)):
            return True
        has_addressee = bool(
            re.search(
                r"\b(?:ve|gui|cho|den|qua) (?:so|van phong|phong|ubnd|ban|bo|trung tam|uy ban|chi cuc|cong an)\b",
                bare(text),
            )
        )
        return any(begins_imperative(one) for _, one in sentences(text)) and (self.is_dated(text) or has_addressee)

    def is_dated(self, text: str) -> bool:
        return deadline_of(text, self._setting)[0].kind is not DeadlineKind.NONE

    def is_task(self, text: str, context: Context, node: Node) -> bool:
        if not text.strip() or is_no_task(text):
            return False
        said = said_in(text)
        if (
            approves_only(text)
            and not said.explicit
            and not any(begins_imperative(one) and not approves_only(one) for _, one in sentences(text))
        ):
            return False
        if context.decides and node.kind == "article":
            return bool(said.lead)
        if said.lead and is_imperative(text):
            return True
        is_told = is_imperative(text)
        if context.decides and not context.wanted:
            return is_told and bool(said.lead or context.lead)
        return is_told or (context.wanted and bool(context.lead) and is_like_task(text) and not is_heading_text(text))

    def for_all(self, text: str) -> Deadline:
        """The deadline that a sentence sets for all that it leads into; a day that it only mentions is none."""
        deadline, _ = deadline_of(text, self._setting)
        is_set = re.search(
            r"truoc|cham nhat|muon nhat|hoan thanh|den het|xong|thoi han|trong vong", bare(deadline.quote or "")
        )
        return deadline if is_set else NO_DEADLINE
