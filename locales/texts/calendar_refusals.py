"""Refusals about days: leave, the calendar, decisions and recurring tasks."""

from domain.refusals import Because, Refusal
from locales.speech import Speech, say


def refused(_: Speech, refusal: Refusal) -> str | None:
    """The sentence for a refusal whose facts are as they are said; None where it is about something else."""
    sentence = (_leave(_) | _calendar(_) | _decisions(_)).get(refusal.because)
    return say(sentence, **refusal.facts) if sentence else None


def _leave(_: Speech) -> dict[Because, str]:
    return {
        Because.AWAY_ALREADY: _(
            "Leave of %(name)s is noted already: %(text)s. Please choose other days, or call it off with: nghi huy"
        ),
        Because.STANDS_IN_THEN: _(
            "In that time they stand in for %(name)s (%(text)s). Please have another stand-in noted there first."
        ),
        Because.STAND_IN_ONESELF: _(
            "Nobody stands in for themselves. Please type another name, or “khong” for nobody."
        ),
        Because.STAND_IN_AWAY: _(
            "%(name)s is away in that time too: %(text)s. Please type another name, or “khong” for nobody."
        ),
        Because.LEAVE_BACKWARDS: _(
            "“%(text)s”: the last day comes before the first. For example: nghi 24/11 den 28/11 thay bang Name"
        ),
        Because.NO_SUCH_LEAVE: _("There is no such leave to call off. /nghi shows what is noted."),
        Because.NOT_THEIR_LEAVE: _("Leave of %(name)s is noted by themselves, by their unit head or by the Office."),
        Because.SEVERAL_PEOPLE: _("Several are called “%(text)s”: %(name)s. Please type the whole name."),
    }


def _calendar(_: Speech) -> dict[Because, str]:
    return {
        Because.NOT_THE_CALENDAR: _("The calendar is changed by the Office and leaders. /lich shows it."),
        Because.CALENDAR_UNREADABLE: _(
            "“%(text)s” is not a year or day that I can read. For example: lich 2026 · "
            "lich nghi 02/01/2026 thay 10/01/2026 theo 12729/VPCP-KGVX · lich bo 02/01/2026"
        ),
        Because.CALENDAR_YEAR: _("The calendar is known for the years %(text)s. For example: lich 2026"),
        Because.CALENDAR_NOTICE: _("The notice has no number. For example: 12729/VPCP-KGVX 25/12/2025"),
        Because.CALENDAR_NOTHING_KEPT: _(
            "The Office has said nothing of its own about %(date)s, so there is nothing to take back. /lich shows the year."
        ),
    }


def _decisions(_: Speech) -> dict[Because, str]:
    return {
        Because.DECISION_UNREADABLE: _(
            "Number and date of the decision cannot be read in “%(text)s” (a date to come is none). For example: "
            "quyetdinh 1234/QD-BKHCN 20/11/2026 nhan 23/11/2026"
        ),
        Because.DECISION_BACKWARDS: _(
            "Decision %(text)s cannot be received before it was signed. Please type both dates again."
        ),
        Because.DECISION_OPENED: _(
            "Decision %(text)s was opened already on %(date)s, for all of them. Nothing was changed; /quyetdinh shows it."
        ),
        Because.NOTHING_WAITS: _(
            "No task waits for a decision there. To have one wait: giao unit; 5 ngay lam viec ke tu quyet dinh; content"
        ),
        Because.NO_SUCH_SERIES: _("There is no recurring task %(number)s of yours. /dinhky shows them."),
        Because.SERIES_UNREADABLE: _(
            "“%(text)s” is nothing that I know of recurring tasks. For example: dinhky · dinhky bo 3 · dinhky cchc"
        ),
        Because.NO_SUCH_RULE: _("There is no waiting task %(number)s. /quyetdinh shows what waits."),
    }
