"""Which function answers what: commands, buttons that are no commands, and the answers to open questions."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from domain.messages import Outgoing
from domain.permissions import may_ever
from domain.refusals import Because, Refusal
from handlers import assigning, evidence, people, tasks, work
from handlers import help as helping
from handlers.context import Context
from handlers.intents import Intent, Suggestion, is_cancel, understand
from locales.vocabulary import cleaned

Handler = Callable[[Context, Intent], Awaitable[Outgoing]]
Answer = Callable[[Context, str], Awaitable[Outgoing]]
Decision = Callable[[Context, bool], Awaitable[Outgoing]]

COMMANDS: dict[str, Handler] = {
    "viec": tasks.show,
    "homnay": tasks.today,
    "nhan": work.receive,
    "tiendo": work.progress,
    "xong": work.finish,
    "xacnhan": work.confirm,
    "tralai": work.give_back,
    "giao": assigning.assign,
    "donvi": tasks.of_unit,
    "toi": people.about_me,
    "lienket": people.link,
    "ngatketnoi": people.unlink,
    "huy": helping.cancel,
    "trogiup": helping.overview,
}

BUTTONS: dict[str, Handler] = {
    "dongy": assigning.agreed,
    "doihan": assigning.another_deadline,
    "ai": assigning.chosen,
    "minhchung": evidence.chosen,
    "uutien": people.prefer,
}
"""What buttons say that nobody types."""

ANSWERS: dict[str, Answer] = {
    "assign.whom": assigning.whom,
    "assign.when": assigning.when,
    "assign.what": assigning.what,
    "assign.check": assigning.check,
    "return.reason": work.return_reason,
    "evidence.which": evidence.which,
}
"""The steps of dialogs that are answered with any text."""

DECISIONS: dict[str, Decision] = {
    "progress.backwards": work.progress_backwards,
    "people.unlink": people.unlink_agreed,
}
"""The steps of dialogs that are answered with yes or no."""

DEADLINE_BUTTON = "han "
YES, NO = "dung", "khong"


async def pressed(ctx: Context, says: str) -> Outgoing:
    """A button was pressed."""
    word, _, rest = says.partition(" ")
    if word in (YES, NO):
        return await _decide(ctx, word == YES)
    if says.startswith(DEADLINE_BUTTON):
        if ctx.dialog is None or ctx.dialog.step != "assign.when":
            raise Refusal(Because.QUESTION_CLOSED)
        return await assigning.when(ctx, rest)
    if word in BUTTONS:
        number = int(rest) if rest.isdecimal() else None
        return await BUTTONS[word](ctx, Intent(word, number, rest))
    meant = understand(says, ctx.desk.vocabulary, action=True)
    if not isinstance(meant, Intent):
        raise Refusal(Because.QUESTION_CLOSED)
    return await run(ctx, meant)


async def _decide(ctx: Context, yes: bool) -> Outgoing:
    if ctx.dialog is None or ctx.dialog.step not in DECISIONS:
        raise Refusal(Because.QUESTION_CLOSED)
    return await DECISIONS[ctx.dialog.step](ctx, yes)


async def typed(ctx: Context, text: str) -> Outgoing:
    """Something was typed, perhaps with a file."""
    text = cleaned(text).strip()
    meant = understand(text, ctx.desk.vocabulary)
    asked = isinstance(meant, Intent) and meant.slash
    if ctx.dialog is not None and not asked:
        return await _answer(ctx, text, meant)
    if isinstance(meant, Intent):
        return await run(ctx, meant)
    if people.code_in(text):
        return await people.code_again(ctx)
    if ctx.files or ctx.lost_files:
        return await evidence.came_alone(ctx)
    if isinstance(meant, Suggestion) or text.startswith("/"):
        suggested = meant.command if isinstance(meant, Suggestion) else None
        raise Refusal(Because.UNKNOWN_COMMAND, text=text.split()[0][:40], suggested=suggested)
    if not any(letter.isalnum() for letter in text):
        raise Refusal(Because.EMPTY_MESSAGE)
    raise Refusal(Because.NOT_UNDERSTOOD)


async def _answer(ctx: Context, text: str, meant: Intent | Suggestion | None) -> Outgoing:
    """The answer to the open question."""
    dialog = ctx.dialog
    assert dialog is not None  # noqa: S101 - the caller has looked
    if is_cancel(text, ctx.desk.vocabulary):
        return await helping.cancel(ctx, Intent("huy"))
    if ctx.now >= dialog.expires_at:
        await ctx.answered()
        if isinstance(meant, Intent):
            return await run(ctx, meant)
        return ctx.refused(Refusal(Because.DIALOG_EXPIRED))
    if dialog.step in DECISIONS:
        answer = ctx.yes_or_no(text)
        if answer is not None:
            return await DECISIONS[dialog.step](ctx, answer)
        if isinstance(meant, Intent):
            return await run(ctx, meant)
        raise Refusal(Because.YES_OR_NO)
    return await ANSWERS[dialog.step](ctx, text)


async def run(ctx: Context, meant: Intent) -> Outgoing:
    """Run a command, if the person may ever use it."""
    if not may_ever(ctx.me, helping.NEEDS[meant.command]):
        raise Refusal(Because.NOT_ALLOWED)
    if len(meant.numbers) > 1:
        return await _one_by_one(ctx, meant)
    return await COMMANDS[meant.command](ctx, meant)


async def _one_by_one(ctx: Context, meant: Intent) -> Outgoing:
    """A command for several tasks: what cannot be done for one is said, and does not stop the others."""
    answers: list[Outgoing] = []
    for number in meant.numbers:
        try:
            one = replace(meant, number=number, numbers=())
            answers.append(await COMMANDS[meant.command](ctx, one))
        except Refusal as refusal:
            answers.append(ctx.refused(refusal))
    return Outgoing("\n\n".join(answer.text for answer in answers))
