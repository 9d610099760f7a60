"""Why a number chooses nothing, and what to type instead."""

from domain.refusals import Because, Refusal
from locales.speech import Speech, say


def refused(_: Speech, refusal: Refusal) -> str | None:
    """The sentence for a refusal, None where it is about something else."""
    sentence = _sentences(_).get(refusal.because)
    return say(sentence, **refusal.facts) if sentence else None


def _sentences(_: Speech) -> dict[Because, str]:
    return {
        Because.NO_SUCH_CHOICE: _("The lines to choose from have the numbers 1 to %(last)s. Please type one of them."),
        Because.NO_OPEN_CHOICE: _(
            "No question waits for a number now. Please type what is to be done, for example: xong 12 "
            "(viec shows your tasks, trogiup everything that can be typed)."
        ),
        Because.LINE_OR_TASK: _(
            "Line %(number)s is “%(label)s”, but there is a task %(number)s as well. "
            "Please type in words what is to be done, for example: xong %(number)s."
        ),
        Because.ONE_CHOICE: _("Only one line can be chosen here; nothing has been done. Please type one number."),
        Because.WHICH_ONE_AGREED: _("Agreed with what? Please type the number of the line (1 to %(last)s)."),
    }
