"""A sentence without a command, where a difficulty waits for its sender's word: whether it is that word is asked first.

Step: difficulty.plain (yes or no; the sentence is remembered).
"""

from domain.difficulties import Difficulty, Turn
from domain.messages import Outgoing
from domain.permissions import Action
from domain.refusals import Because, Refusal
from handlers import difficulties
from handlers import difficulty_threads as threads
from handlers.context import Context
from handlers.difficulty_answers import AGREE, ANSWER, DISCUSS, leads
from handlers.understanding.intents import STEPS_OF, Intent
from locales.texts import difficulties as texts

STEP = "difficulty.plain"
MOST_NAMED = 5


async def plain_reply(ctx: Context, text: str) -> Outgoing | None:
    """Ask whether it is the word that is waited for; None where none is. Refuses where several wait."""
    waiting = await _waiting(ctx)
    if not waiting or not any(letter.isalnum() for letter in text):
        return None
    if len(waiting) > 1:
        numbers = " · ".join(f"{STEPS_OF} {one.number} …" for one in waiting[:MOST_NAMED])
        raise Refusal(Because.WHICH_DIFFICULTY, examples=numbers)
    opened = waiting[0]
    one = await ctx.assignment(opened.number, Action.SEE, STEPS_OF)
    if answer := await threads.turned_away(ctx, one, text):
        return answer
    text = threads.checked(text, one.number)
    mark = await ctx.ask(STEP, number=one.number, seen=opened.revision, text=text)
    notes = (await ctx.uow.difficulties.threads([opened.id]))[opened.id]
    return texts.is_it_the_reply(ctx.say, one, opened, notes, text, ctx.agency, mark)


async def _waiting(ctx: Context) -> list[Difficulty]:
    """The difficulties in which it is my turn: as the assignee or who stands in, or as a leader."""
    mine = [ctx.me.id, *(one.id for one in ctx.agency.stands_in_for(ctx.me.id))]
    found, _total = await ctx.uow.difficulties.waiting(MOST_NAMED + 1, person_ids=mine, turn=Turn.OFFICER)
    if leads(ctx.me):
        led, _total = await ctx.uow.difficulties.waiting(MOST_NAMED + 1, leader_ids=mine)
        found += led
    return found


async def decided(ctx: Context, yes: bool) -> Outgoing:
    """It was the word that is waited for, or it was not."""
    number, seen, text = (ctx.payload[key] for key in ("number", "seen", "text"))
    await ctx.answered()
    if not yes:
        return texts.not_the_reply(ctx.say, number)
    latest = await ctx.uow.difficulties.latest(number)
    if latest is None or not latest.is_open or latest.revision != seen:
        # given, not raised, here and below: the question stays closed, because no other answer would mend it
        return ctx.refused(Refusal(Because.STALE_BUTTON, number=number))
    step, rest = threads.step_of(ctx, text)
    if latest.turn is not Turn.LEADER or step not in (AGREE, DISCUSS):
        step, rest = ANSWER, text
    try:
        return await difficulties.difficulty(ctx, Intent(STEPS_OF, number, rest, step=step))
    except Refusal as refusal:
        if refusal.because is Because.CHANGED_MEANWHILE:
            raise
        return ctx.refused(refusal)
