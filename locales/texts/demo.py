"""The demo: what stands on its page, its steps, and the lines that it types for a visitor."""

from dataclasses import dataclass

from locales.speech import Speech


def agency(_: Speech) -> str:
    """The sample agency's name."""
    return _("Department of Home Affairs of Dong Giang Province (sample)")


def demo(_: Speech) -> dict[str, str]:
    """What stands on the page with the chats."""
    return {
        "title": _("Try it: a week of the Office"),
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
        "all_done": _("The week is over. Go on as you like: assign, ask, move the clock."),
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
    """A step: its title in a word or two, and what happens in it."""

    title: str
    text: str


def steps(_: Speech) -> dict[str, StepWords]:
    """The words of every step, by its name."""
    return {
        "drop": StepWords(
            _("A directive"),
            _("The Office drops a document into its chat; it is read, with every task that it gives."),
        ),
        "confirm": StepWords(
            _("Confirm it"),
            _(
                "Nothing is assigned by itself: the Office accepts the tasks, here or in the table of its card, and says by when where the text does not."
            ),
        ),
        "publish": StepWords(
            _("Publish it"), _("The Office says who is to get it, reads everything once more, and publishes.")
        ),
        "receive": StepWords(
            _("Received"),
            _("The officer and most colleagues acknowledge; the Office's message counts along."),
        ),
        "assign": StepWords(_("Assign"), _("The Office assigns a task under the directive, and agrees to it.")),
        "ask_again": StepWords(
            _("The silent"),
            _("Next morning the silent are asked again; the unit head attests for the unit."),
        ),
        "raise": StepWords(_("A difficulty"), _("The officer reports a difficulty; reminders stop while it is open.")),
        "submit": StepWords(_("Submit it"), _("The Office submits it to the leader with its proposal.")),
        "decide": StepWords(_("A decision"), _("The leader agrees; the officer, the head and the Office are told.")),
        "extend": StepWords(
            _("More time"), _("The officer asks for a later deadline; who assigned the task grants it.")
        ),
        "finish": StepWords(_("The result"), _("The officer reports the result, the unit head confirms it.")),
        "monday": StepWords(
            _("Monday"), _("On Monday everybody gets the week in a few lines; the Office asks for it at any time.")
        ),
    }


def button(_: Speech, moves: bool, press: int, presses: int) -> str:
    """The button of a step; some have to be pressed twice."""
    label = _("Move the clock") if moves else _("Type it for me")
    return f"{label} ({press}/{presses})" if presses > 1 else label


def lines(_: Speech, officer: str, task: int, directive: int) -> dict[str, str]:
    """What is typed for a visitor, by its name."""
    facts = {"officer": officer, "task": task, "directive": directive}
    typed = {
        "broadcast": _("chi dao"),
        "accept": _("nhan het"),
        "by_when": _("10 ngay lam viec cho tat ca"),
        "everybody": _("tat ca"),
        "publish": _("phat hanh"),
        "received": _("nhan chi dao %(directive)s"),
        "assign": _(
            "giao %(officer)s; 5 ngay lam viec; Trinh cong bo danh muc thu tuc con thieu #PAR theo %(directive)s"
        ),
        "agree": _("yes, assign it"),
        "attest": _("quan triet %(directive)s"),
        "raise": _("vuong mac %(task)s chua co y kien cua don vi phoi hop"),
        "submit": _("vuong mac %(task)s trinh lanh dao: de nghi Lanh dao So co cong van don doc don vi phoi hop"),
        "decide": _("dong y"),
        "extend": _("gia han %(task)s them 2 ngay lam viec, cho y kien cua don vi phoi hop"),
        "grant": _("gia han %(task)s dong y"),
        "done": _("xong %(task)s da trinh Quyet dinh"),
        "confirm": _("xac nhan %(task)s"),
        "report": _("tinh hinh"),
    }
    return {name: line % facts for name, line in typed.items()}
