"""Understands what was said or pressed, and has the function run that answers it; open questions come first."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from domain.messages import Outgoing
from domain.permissions import Action, may_at_present, may_ever
from domain.refusals import Because, Refusal
from handlers import (
    accounts,
    acting,
    assigning,
    calendar,
    channels,
    choices,
    decisions,
    difficulties,
    difficulty_answers,
    directives,
    evidence,
    extensions,
    handing_over,
    leave,
    overview,
    plain_replies,
    proposing,
    publishing,
    recurring,
    tasks,
    undoing,
    why,
    work,
)
from handlers import help as helping
from handlers.commands import NEEDS
from handlers.context import Context
from handlers.no_answers import HOLDING_FILES, UNDO, is_no_answer
from handlers.plain_word import plain_word
from handlers.understanding.intents import Intent, Suggestion, is_cancel, is_noted, shown_tasks, understand
from locales.vocabulary import cleaned

Handler = Callable[[Context, Intent], Awaitable[Outgoing]]
Answer = Callable[[Context, str], Awaitable[Outgoing]]
Decision = Callable[[Context, bool], Awaitable[Outgoing]]

COMMANDS: dict[str, Handler] = {
    "viec": tasks.show,
    "homnay": tasks.today,
    "nhan": directives.received_something,
    "tiendo": work.progress,
    "xong": work.finish,
    "giahan": extensions.extend,
    "vuongmac": difficulties.difficulty,
    "xacnhan": work.confirm,
    "tralai": work.give_back,
    "giao": assigning.assign,
    "chuyen": handing_over.hand_over,
    "donvi": tasks.of_unit,
    "tinhhinh": overview.stand,
    "chidao": directives.directive,
    "nhanchidao": directives.received,
    "quantriet": directives.attest,
    "thuhoi": directives.call_off,
    "visao": why.explain,
    "hoantac": undoing.undo,
    "thay": acting.act_for,
    "nghi": leave.leave,
    "lich": calendar.calendar,
    "quyetdinh": decisions.decision,
    "dinhky": recurring.recurring,
    "toi": accounts.about_me,
    "kenh": channels.channels,
    "lienket": accounts.link,
    "ngatketnoi": accounts.unlink,
    "huy": helping.cancel,
    "trogiup": helping.overview,
}

ANSWER_BUTTONS: dict[str, Answer] = {
    "dongy": assigning.agreed,
    "doihan": assigning.another_deadline,
    "ai": assigning.chosen,
    "han": assigning.when,
    "minhchung": evidence.which,
    "trinh": difficulty_answers.chosen,
    "thaybang": leave.chosen,
    "thoi": helping.leave,
    "khongso": publishing.no_number,
    "ngay": publishing.day,
    "noinhan": publishing.chosen_audience,
    "phathanh": publishing.publish,
    "hengio": publishing.ask_time,
    "ngayluctuc": publishing.at_once,
    "suachidao": publishing.change,
    "ghilich": calendar.agreed,
    "moquyetdinh": decisions.agreed,
}
"""What the buttons of a question say, before the question's mark; they answer that question and no other."""

ANSWERS: dict[str, Answer] = {
    "assign.whom": assigning.whom,
    "assign.when": assigning.when,
    "assign.what": assigning.what,
    "assign.check": assigning.check,
    "return.reason": work.return_reason,
    "extend.when": extensions.when,
    "extend.why": extensions.why,
    "extend.refusal": extensions.refusal_reason,
    "calendar.notice": calendar.notice,
    "calendar.check": calendar.check,
    "decision.check": decisions.check,
    "leave.when": leave.when,
    "leave.stand_in": leave.stand_in,
    "publish.what": publishing.what,
    "publish.number": publishing.number,
    "publish.date": publishing.day,
    "publish.subject": publishing.subject,
    "publish.summary": publishing.summary,
    "publish.audience": publishing.audience,
    "publish.time": publishing.at_time,
    "publish.check": publishing.check,
    difficulties.STEP: difficulties.words,
    difficulty_answers.STEP: difficulty_answers.chosen,
    evidence.STEP: evidence.which,
    **proposing.ANSWERS,
}
"""The steps of dialogs that are answered with any text."""

DECISIONS: dict[str, Decision] = {
    "progress.backwards": work.progress_backwards,
    "people.unlink": accounts.unlink_agreed,
    plain_replies.STEP: plain_replies.decided,
}
"""The steps of dialogs that are answered with yes or no."""

YES, NO = "dung", "khong"
PROPOSAL = "dexuat"
PREFER = "uutien"
CANCEL = "huy"
PUBLISH = "chidao"
TAKES_FILES = ("xong", "tiendo")


async def pressed(ctx: Context, says: str) -> Outgoing:
    """A button was pressed."""
    word, _, rest = says.partition(" ")
    if word in (YES, NO, *ANSWER_BUTTONS):
        return await _pressed_answer(ctx, word, rest)
    if word == PROPOSAL:
        return await proposing.pressed(ctx, rest)
    if word == PREFER:
        return await accounts.prefer(ctx, Intent(word, int(rest) if rest.isdecimal() else None))
    if shown := shown_tasks(says):
        return await _each(ctx, shown)
    meant = understand(says, ctx.desk.vocabulary, action=True)
    if not isinstance(meant, Intent):
        raise Refusal(Because.QUESTION_CLOSED)
    return await run(ctx, meant)


async def _pressed_answer(ctx: Context, word: str, rest: str) -> Outgoing:
    mark, _, choice = rest.partition(" ")
    if ctx.dialog is None or not ctx.is_open(mark):
        raise Refusal(Because.QUESTION_CLOSED)
    if word in ANSWER_BUTTONS:
        return await ANSWER_BUTTONS[word](ctx, choice)
    if ctx.dialog.step not in DECISIONS:
        raise Refusal(Because.QUESTION_CLOSED)
    return await DECISIONS[ctx.dialog.step](ctx, word == YES)


async def typed(ctx: Context, text: str) -> Outgoing:
    """Something was typed, perhaps with a file; a file that found no task is kept until its task is named."""
    if not ctx.files:
        return await _typed(ctx, text)
    try:
        answer = await _typed(ctx, text)
    except Refusal as refusal:
        # given, not raised: raised it would undo that the file is kept
        answer = ctx.refused(refusal)
    return answer if ctx.files_kept else await evidence.hold(ctx, answer)


async def _typed(ctx: Context, text: str) -> Outgoing:
    text = cleaned(text).strip()
    if ctx.asked is not None and (answer := await choices.chosen(ctx, text, pressed, ctx.asked)):
        return answer
    if (answer := await proposing.typed(ctx, text)) is not None:
        return answer
    meant = understand(text, ctx.desk.vocabulary)
    if isinstance(meant, Intent) and (meant.slash or ctx.dialog is None):
        return await run(ctx, meant)
    if not isinstance(meant, Intent) and text.startswith("/") and not accounts.code_in(text):
        suggested = meant.command if isinstance(meant, Suggestion) else None
        raise Refusal(Because.UNKNOWN_COMMAND, text=text.split()[0][:40], suggested=suggested)
    if ctx.dialog is not None:
        return await _answer(ctx, text, meant)
    if ctx.asked is not None and choices.is_number(ctx, text):
        raise Refusal(Because.NO_OPEN_CHOICE)
    if word := await plain_word(ctx, text):
        return word
    if accounts.code_in(text):
        return await accounts.code_again(ctx)
    if ctx.files or ctx.lost_files:
        return await evidence.came_alone(ctx)
    if not ctx.dialog_expired and is_noted(text, ctx.desk.vocabulary) and (answer := await directives.noted(ctx)):
        return answer
    if meant is None and (answer := await plain_replies.plain_reply(ctx, text)):
        return answer
    if ctx.dialog_expired:
        return ctx.refused(Refusal(Because.DIALOG_EXPIRED))
    if isinstance(meant, Suggestion):
        raise Refusal(Because.UNKNOWN_COMMAND, text=text.split()[0][:40], suggested=meant.command)
    if not any(letter.isalnum() for letter in text):
        raise Refusal(Because.EMPTY_MESSAGE)
    raise Refusal(Because.NOT_UNDERSTOOD)


async def _answer(ctx: Context, text: str, meant: Intent | Suggestion | None) -> Outgoing:
    """The answer to the open question."""
    dialog = ctx.dialog
    assert dialog is not None  # noqa: S101 - the caller has looked
    if is_cancel(text, ctx.desk.vocabulary):
        return await helping.cancel(ctx, Intent(CANCEL))
    if dialog.step in DECISIONS:
        answer = ctx.yes_or_no(text)
        if answer is not None:
            return await DECISIONS[dialog.step](ctx, answer)
        if isinstance(meant, Intent):
            return await run(ctx, meant)
        raise Refusal(Because.YES_OR_NO)
    if isinstance(meant, Intent) and is_no_answer(dialog.step, meant):
        return await run(ctx, meant)
    return await ANSWERS[dialog.step](ctx, text)


async def run(ctx: Context, meant: Intent) -> Outgoing:
    """Run a command, if the person may ever use it."""
    if not may_at_present(ctx.me, NEEDS[meant.command], ctx.agency):
        raise Refusal(Because.NOT_ALLOWED)
    if ctx.dialog is not None and ctx.dialog.step in DECISIONS and meant.command != CANCEL:
        # whoever goes on to something else has not agreed: a later "ok" is about something else
        await ctx.answered()
    if ctx.dialog is not None and ctx.dialog.step == HOLDING_FILES and _takes_files(ctx, meant):
        await evidence.take_up(ctx)
    if len(meant.numbers) > 1:
        return await _one_by_one(ctx, meant)
    return await COMMANDS[meant.command](ctx, meant)


def _takes_files(ctx: Context, meant: Intent) -> bool:
    """Whether files that are held go with a command."""
    if meant.command == PUBLISH:
        return meant.number is None and may_ever(ctx.me, Action.BROADCAST)
    return meant.number is not None and meant.command in TAKES_FILES


async def _one_by_one(ctx: Context, meant: Intent) -> Outgoing:
    """A command for several tasks: what cannot be done for one is said, and does not stop the others."""
    return await _each(ctx, [replace(meant, number=number, numbers=()) for number in meant.numbers])


async def _each(ctx: Context, intents: Sequence[Intent]) -> Outgoing:
    answers: list[Outgoing] = []
    for one in intents:
        try:
            answers.append(await COMMANDS[one.command](ctx, one))
        except Refusal as refusal:
            answers.append(ctx.refused(refusal))
    # what they did is taken back together
    undo = [button for answer in answers for row in answer.buttons for button in row if button.says.startswith(UNDO)]
    return Outgoing("\n\n".join(answer.text for answer in answers), (tuple(undo[:1]),) if undo else ())
