"""The page on which the Office confirms what a directive was read to ask for, and the lines that it types for her."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.proposals import Decided, Proposal
from domain.reading.values import Reading
from locales.speech import Speech
from locales.texts import proposals as proposal_texts


def labels(_: Speech) -> dict[str, str]:
    """What stands on the page and on its buttons."""
    return {
        "title": _("Confirm the tasks"),
        "back": _("To the chat"),
        "tasks": _("Tasks"),
        "document": _("The document's text"),
        "tab_document": _("Document"),
        "look": _("Please look at this first"),
        "number": _("No."),
        "point": _("Point"),
        "content": _("Task"),
        "lead": _("Leads"),
        "coordinate": _("Cooperates"),
        "when": _("Deadline"),
        "state": _("State"),
        "who": _("Who leads?"),
        "by_when": _("Deadline?"),
        "nobody": _("nobody"),
        "accept": _("Accept"),
        "leave_out": _("Leave out"),
        "split": _("Split"),
        "change": _("Change"),
        "selected": _("Selected: "),
        "accept_all": _("Accept all"),
        "accept_selected": _("Accept"),
        "leave_out_selected": _("Leave out"),
        "merge_selected": _("Merge"),
        "go_on": _("Go on to publishing"),
        "show": _("Show in the document"),
        "not_found": _("This sentence does not stand in the text word for word."),
        "close": _("Cancel"),
        "save": _("Save"),
        "answer": _("The assistant says"),
        "reply": _("Reply to the assistant"),
        "send": _("Send"),
        "search": _("Name of a unit or of a person"),
        "reason": _("Why is it left out? It is kept with the directive."),
        "parts": _("Every line becomes a task of its own."),
        "kind_date": _("On a day"),
        "kind_count": _("So many working days"),
        "kind_none": _("No deadline"),
        "kind_every": _("Again and again"),
        "kind_wait": _("So many working days from the decision that it waits for"),
        "kind_other": _("In words, as in the chat"),
        "hour": _("Hour (may be left out)"),
        "nothing_read": _("No task was found in this document."),
        "gone": _("This document no longer waits to be confirmed."),
        "not_yours": _("This page is for those who publish directives, and for their own documents."),
    }


def hints(_: Speech) -> str:
    """What the two colours in the text mean."""
    return _("Underlined: read as a task. Marked: the chosen task, and its deadline.")


def select(_: Speech, number: int) -> str:
    return _("Select task %(number)s") % {"number": number}


def changed(_: Speech, quote: str) -> str:
    """Under words that are not the document's."""
    return _("The Office's wording; the document says: “%(quote)s”") % {"quote": quote}


def written(_: Speech, quote: str) -> str:
    """Above a choice that the document has already made in its own words."""
    return _("The document says: “%(quote)s”") % {"quote": quote}


def reasons(_: Speech) -> tuple[str, ...]:
    """Reasons that are often given for leaving something out."""
    return (_("It is not for this agency."), _("It has been assigned already."), _("It only repeats what is in force."))


def cycles(_: Speech) -> tuple[str, ...]:
    """How often, as it may be typed."""
    return (_("every month on day 20"), _("every quarter"), _("every 6 months"), _("every year on 15/12"))


def heading(_: Speech, reading: Reading) -> str:
    """The document in a few words."""
    unknown = _("not in the text")
    facts = {
        "number": reading.number or unknown,
        "day": _.short_day(reading.issued_on) if reading.issued_on else unknown,
        "issuer": reading.issuer or unknown,
    }
    return _("No. %(number)s of %(day)s, %(issuer)s") % facts


def counted(_: Speech, proposals: Sequence[Proposal]) -> str:
    """How many there are, and how far it is."""
    standing = [one for one in proposals if one.stands]
    facts = {
        "tasks": _.count(len(standing)),
        "accepted": _.count(sum(one.decided is Decided.ACCEPTED for one in standing)),
        "silent": _.count(sum(not one.is_complete for one in standing)),
    }
    return _("%(tasks)s tasks: %(accepted)s accepted, %(silent)s still lack who or by when") % facts


def published(_: Speech, directive: int) -> str:
    return _("Published as directive %(number)s. What stands here can no longer be changed.") % {"number": directive}


def state(_: Speech, one: Proposal) -> str:
    """What has become of it."""
    return _("given") if one.given_at else proposal_texts.state(_, one)


def editing(_: Speech, numbers: Sequence[int], part: str) -> str:
    """The title of the box in which a part of a proposal is changed."""
    return _("Task %(number)s: %(part)s") % {"number": ", ".join(map(str, numbers)), "part": part}


# -- what is typed for the Office --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Typed:
    """The lines that buttons and boxes of the page type, as they could be typed in the chat."""

    _: Speech

    def accept(self, numbers: Sequence[int]) -> str:
        return self._("nhan %(numbers)s") % {"numbers": _listed(numbers)}

    def accept_all(self) -> str:
        return self._("nhan het")

    def leave_out(self, numbers: Sequence[int], reason: str) -> str:
        _ = self._
        return (_("bo %(numbers)s %(reason)s") % {"numbers": _listed(numbers), "reason": reason}).strip()

    def merge(self, numbers: Sequence[int]) -> str:
        return self._("gop %(numbers)s") % {"numbers": _listed(numbers)}

    def split(self, number: int, parts: Sequence[str]) -> str:
        return "\n".join([self._("tach %(number)s") % {"number": number}, *parts])

    def content(self, number: int, text: str) -> str:
        return self._("sua %(number)s noi dung %(text)s") % {"number": number, "text": text}

    def lead(self, number: int, bodies: str) -> str:
        return self._("sua %(number)s giao %(bodies)s") % {"number": number, "bodies": bodies}

    def coordinate(self, number: int, bodies: str) -> str:
        """Who cooperates; nobody where none is named."""
        facts = {"number": number, "bodies": bodies or self._("khong")}
        return self._("sua %(number)s phoi hop %(bodies)s") % facts

    def due(self, number: int, said: str) -> str:
        return self._("sua %(number)s han %(said)s") % {"number": number, "said": said}

    def endless(self, number: int) -> str:
        return self._("sua %(number)s khong han") % {"number": number}

    def every(self, number: int, said: str) -> str:
        return self._("sua %(number)s chu ky %(said)s") % {"number": number, "said": said}

    def go_on(self) -> str:
        return self._("tiep")

    # what stands behind a deadline

    def day(self, day: date, hour: str = "") -> str:
        """A day, and an hour where there is one."""
        return f"{hour} {self._.short_day(day)}".strip()

    def workdays(self, days: int) -> str:
        return self._("%(days)s ngay lam viec") % {"days": days}

    def waiting(self, days: int) -> str:
        return self._("%(days)s ngay lam viec ke tu ngay co quyet dinh") % {"days": days}


def _listed(numbers: Sequence[int]) -> str:
    return " ".join(map(str, numbers))
