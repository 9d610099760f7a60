"""Questions that are put as numbered lines, where a channel has no buttons: which line an answer means."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.messages import Button, Rows

CROSSING = timedelta(seconds=2)
"""An answer that comes so soon after a question was written before it was read, if there was one before."""

AGREEING = ("dung", "dongy", "nhan", "xacnhan", "phathanh", "ghilich", "moquyetdinh", "ngayluctuc")
"""What buttons that agree say first, or last."""


@dataclass(frozen=True, slots=True)
class Question:
    """A letter that went out with numbered lines. `asked_at` is when it was handed over (UTC)."""

    letter_id: int
    buttons: Rows
    asked_at: datetime

    @property
    def choices(self) -> tuple[Button, ...]:
        """In the order of their numbers, from 1."""
        return tuple(button for row in self.buttons for button in row)

    @property
    def agreeing(self) -> tuple[Button, ...]:
        """The choices that "agreed" can mean."""
        return tuple(one for one in self.choices if {*one.says.split()[:1], *one.says.split()[-1:]} & {*AGREEING})

    def says(self, mark: str) -> bool:
        """Whether it is the question with a mark."""
        return any(mark in one.says.split() for one in self.choices)

    def may_name_a_task(self, number: int) -> bool:
        """Whether a number is that of one line, and of the task that another line names in the same words."""
        *words, last = self.choices[number - 1].label.split() or [""]
        return last != str(number) and any(one.label.split() == [*words, str(number)] for one in self.choices)


def crossed(asked: Sequence[Question], answered_at: datetime) -> bool:
    """Whether the last of the open questions came so late that an answer may mean the one before it."""
    return len(asked) > 1 and answered_at - asked[0].asked_at < CROSSING
