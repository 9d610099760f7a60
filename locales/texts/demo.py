"""The demo: what stands on its page, its steps, and the lines that it types for a visitor."""

from dataclasses import dataclass

from locales.speech import Speech


def agency(_: Speech) -> str:
    """The sample agency's name."""
    return _("Department of Home Affairs of Dong Giang Province (sample)")


def demo(_: Speech) -> dict[str, str]:
    """What stands on the page with the chats."""
    return {
        "title": _("Try it: one task, from the assignment to the confirmation"),
        "clock": _("Clock of the demo"),
        "next_day": _("Next working day"),
        "before": _("1 day before the deadline"),
        "due": _("Day of the deadline"),
        "overdue": _("1 day overdue"),
        "monday": _("Next Monday"),
        "at": _("Another day and hour"),
        "set": _("Set"),
        "no_deadline": _("No open task has a deadline yet: assign one first."),
        "bad_instant": _("That day and hour cannot be read."),
        "all_done": _("The task has gone all the way. Go on as you like: assign, ask, move the clock."),
    }


def office(_: Speech) -> str:
    return _("The Office")


def head(_: Speech) -> str:
    return _("The unit head")


def officer(_: Speech) -> str:
    return _("The officer")


def leader(_: Speech) -> str:
    return _("The leader")


# -- the steps ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class StepWords:
    """A step: its title in a word or two, what happens in it, and the button that does it."""

    title: str
    text: str
    button: str


def steps(_: Speech) -> dict[str, StepWords]:
    """The words of every step, by its name."""
    type_it, move = _("Type it for me"), _("Move the clock")
    return {
        "draft": StepWords(_("Assign"), _("The Office assigns a task, in one line."), type_it),
        "assign": StepWords(_("Agree"), _("The Office reads it once more, and agrees."), type_it),
        "remind": StepWords(
            _("Reminder"), _("Time passes: one working day is left, and the officer is reminded."), move
        ),
        "done": StepWords(_("Done"), _("The officer reports the result, perhaps with a photo."), type_it),
        "confirm": StepWords(_("Confirm"), _("The unit head confirms, and the officer is told."), type_it),
    }


def assign_line(_: Speech, name: str) -> str:
    text = _("giao %(name)s; 5 ngay lam viec; Cong bo danh muc thu tuc hanh chinh thuc hien tren dia ban tinh #PAR")
    return text % {"name": name}


def agree_line(_: Speech) -> str:
    return _("yes, assign it")


def done_line(_: Speech, number: int) -> str:
    return _("xong %(number)s da trinh Quyet dinh") % {"number": number}


def confirm_line(_: Speech, number: int) -> str:
    return _("xac nhan %(number)s") % {"number": number}
