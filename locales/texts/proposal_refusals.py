"""Why something cannot be done with the proposals of a directive, and what to type instead."""

from domain.refusals import Because, Refusal
from locales.speech import Speech, say


def refused(_: Speech, refusal: Refusal) -> str | None:
    """The sentence for a refusal, None where it is about something else."""
    sentence = _sentences(_).get(refusal.because)
    return say(sentence, **refusal.facts) if sentence else None


def _sentences(_: Speech) -> dict[Because, str]:
    return {
        Because.NO_SUCH_PROPOSAL: _(
            "This document has no task %(number)s; there are %(count)s. Please type: xem to see them with their numbers."
        ),
        Because.WHICH_PROPOSAL: _(
            "Which task? Please type its number too, for example: viec 3 · nhan 3 4 · bo 3 and why · sua 3 han 20/12"
        ),
        Because.PROPOSAL_WHAT: _(
            "“%(text)s” is not clear here; nothing was changed. Please type: xem · viec 3 · nhan het · nhan 3 4 · "
            "bo 3 and why · sua 3 giao a unit · sua 3 han 20/12 · tach 3 · gop 3 4 · khong giao viec · tiep · /huy"
        ),
        Because.PROPOSAL_PART: _(
            "“%(text)s” does not say what is to be changed. Please type one of: sua 3 noi dung … · "
            "sua 3 giao a unit · sua 3 phoi hop a unit · sua 3 han 20/12 · sua 3 khong han · "
            "sua 3 chu ky hang thang ngay 20"
        ),
        Because.PROPOSAL_GONE: _(
            "Task %(number)s has gone into task %(into)s. Please type that number instead, for example: viec %(into)s"
        ),
        Because.NOT_A_TASK: _(
            "Task %(number)s is left out, so it cannot be split or merged. To take it in first: nhan %(number)s"
        ),
        Because.SPLIT_PARTS: _(
            "A task is split into 2 to %(most)s parts. Please type: tach %(number)s, then the parts, one a line, or "
            "divided by “;”."
        ),
        Because.MERGE_TWO: _("Please type at least two tasks, for example: gop 3 4"),
        Because.OTHER_DOCUMENT: _(
            "That button belongs to another document: %(name)s. Nothing was changed. To leave the present one first: "
            "/huy, then press it again."
        ),
        Because.NO_DRAFT: _("No document waits to be confirmed. To publish one, please send its file with /chidao"),
    }
