"""Whether a command was meant where any text could be the answer to the open question."""

from handlers import difficulties, difficulty_answers, evidence, proposing_plan
from handlers.understanding.intents import Intent

HOLDING_FILES = evidence.STEP
UNDO = "hoantac"

WHOLE_COMMANDS = {
    difficulties.STEP: "vuongmac",
    difficulty_answers.STEP: "vuongmac",
    "extend.why": "giahan",
    "extend.refusal": "giahan",
}
"""What somebody types again as a whole, instead of answering the question about it."""

NAMES_NO_TASK = ("extend.when", "leave.when", "leave.stand_in")
"""Questions for a day or a name: whatever names a task is no answer."""

IN_ANY_WORDS = (
    *("return.reason", "extend.why", "extend.refusal", difficulties.STEP, difficulty_answers.STEP),
    *proposing_plan.IN_ANY_WORDS,
)
"""Questions for a reason and the like: only a command with its number, and nothing else, is no answer."""


def is_no_answer(step: str, meant: Intent) -> bool:
    """Whether a command was meant where any text could be the answer."""
    if meant.command == UNDO and not meant.rest:
        return True
    if meant.number is not None and meant.command == WHOLE_COMMANDS.get(step):
        return True
    if step in NAMES_NO_TASK:
        return meant.number is not None
    if step in IN_ANY_WORDS:
        return meant.number is not None and not meant.rest
    if step in proposing_plan.STEPS and step not in proposing_plan.IN_ANY_WORDS:
        # a day or a name answers a question; beside the card any command is one
        return meant.number is not None or step == proposing_plan.CARD
    if step == "publish.check":
        # "confirm" publishes, "today at 14:00" is a time
        return meant.command not in ("xacnhan", "homnay")
    return step == HOLDING_FILES
