"""Answers to a question that was put as numbered lines: "1", "1 3", "number 1", "one", "agreed".

It means the question that was asked last in the chat. Whatever else its reader says, and is understood, closes it, so
that no number answers an old question by accident; and where two questions came close together, it is asked again.
"""

from collections.abc import Awaitable, Callable, Sequence

from domain.messages import Button, Outgoing
from domain.questions import Question, crossed
from domain.refusals import Because, Refusal
from handlers.context import MARK, Context
from handlers.understanding.choices import chosen_numbers
from locales.texts import choices as texts

Press = Callable[[Context, str], Awaitable[Outgoing]]


async def chosen(ctx: Context, text: str, press: Press, asked: Sequence[Question]) -> Outgoing | None:
    """The answer to the last question; None where the text is none, and is to be read as anything else is."""
    numbers = chosen_numbers(text, ctx.desk.vocabulary)
    if not asked:
        return None
    last = asked[0]
    picked = _picked(ctx, last, numbers) if numbers else _agreed(ctx, text, last)
    if not picked:
        return None
    if crossed(asked, ctx.received_at or ctx.now):
        return texts.which_question(ctx.say, last.buttons)
    if len(picked) == 1:
        return await press(ctx, picked[0].says)
    return await _several(ctx, picked, press)


def is_number(ctx: Context, text: str) -> bool:
    """Whether a text is a choice and nothing else."""
    return bool(chosen_numbers(text, ctx.desk.vocabulary))


def _picked(ctx: Context, last: Question, numbers: Sequence[int]) -> list[Button]:
    choices = last.choices
    if not all(1 <= number <= len(choices) for number in numbers):
        if ctx.dialog is not None:
            return []  # a number may well be what is asked for
        raise Refusal(Because.NO_SUCH_CHOICE, last=len(choices))
    for number in numbers:
        if last.may_name_a_task(number):
            raise Refusal(Because.LINE_OR_TASK, number=number, label=choices[number - 1].label)
    return [choices[number - 1] for number in dict.fromkeys(numbers)]


def _agreed(ctx: Context, text: str, last: Question) -> list[Button]:
    """What "agreed" means; a dialog that waits understands it by itself, if it is what was asked last."""
    answer = ctx.yes_or_no(text)
    if answer is None:
        return []
    if ctx.dialog is not None:
        if last.says(str(ctx.payload.get(MARK))):
            return []
        raise Refusal(Because.WHICH_ONE_AGREED, last=len(last.choices))
    if not answer or not last.agreeing:
        return []
    if len(last.agreeing) > 1:
        raise Refusal(Because.WHICH_ONE_AGREED, last=len(last.choices))
    return list(last.agreeing)


async def _several(ctx: Context, picked: Sequence[Button], press: Press) -> Outgoing:
    """Several lines: of a dialog's question only where it goes on taking them; of tasks what can be done is done."""
    mark = str(ctx.payload.get(MARK, ""))
    answers: list[Outgoing] = []
    for one in picked:
        is_of_dialog = bool(mark) and mark in one.says.split()
        if answers and (ctx.dialog is not None) != is_of_dialog:
            raise Refusal(Because.ONE_CHOICE)
        try:
            # each time that a question is put it has a new mark
            says = one.says.replace(mark, str(ctx.payload.get(MARK))) if is_of_dialog else one.says
            answers.append(await press(ctx, says))
        except Refusal as refusal:
            answers.append(ctx.refused(refusal))
    if mark or ctx.dialog is not None:
        return answers[-1]
    return Outgoing("\n\n".join(answer.text for answer in answers), answers[-1].buttons)
