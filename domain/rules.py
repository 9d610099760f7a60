"""The agency's own settings that rules need, in one value."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from domain.deadlines import Deadline
from domain.decisions import CountsFrom, Milestone
from domain.ladder import Ladder, next_rung
from domain.series import RestDay
from domain.workdays import OfficeHours, WorkCalendar


@dataclass(frozen=True)
class Rules:
    """What an agency decides for itself. Counts are working days, hours are local.

    `ask_again`: after how many days whoever has not acknowledged a directive is asked again, each counted from its
    sending. `answer_within`: how long an answer to a difficulty may take. `escalation`: from which day overdue on a
    task is carried up to the unit head, to the Office, to a leader. `milestones` are the internal steps of what a
    decision starts; where there are none, the texts have some.
    """

    agency: str = "Nhac Viec"
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Asia/Ho_Chi_Minh"))
    locale: str = "vi"
    hours: OfficeHours = field(default_factory=lambda: OfficeHours.parse("07:30-11:30,13:30-17:00"))
    ladder: Ladder = field(default_factory=Ladder)
    ask_again: tuple[int, ...] = (1, 3)
    answer_within: int = 2
    escalation: tuple[int, int, int] = (2, 4, 7)
    digest_at: time = time(7, 45)
    leader_digest_at: time = time(7, 30)
    decision_counts_from: CountsFrom = CountsFrom.SIGNED
    milestones: tuple[Milestone, ...] = ()
    rest_day: RestDay = RestDay.BEFORE

    def today(self, now: datetime) -> date:
        """The local date at an instant."""
        return now.astimezone(self.zone).date()

    def next_rung(self, deadline: Deadline, after: datetime, calendar: WorkCalendar) -> datetime:
        """The first reminder of a deadline after an instant, by the agency's own ladder and hours (UTC)."""
        return next_rung(deadline, after, self.ladder, self.hours, self.zone, calendar)
