"""Speaking for a colleague whom nothing reaches (/thay): what they would say about their task, logged as such."""

from domain.messages import Outgoing
from domain.people import Person
from domain.permissions import Action, may_reach
from domain.refusals import Because, Refusal
from domain.tasks import LogEntry, Verb
from handlers import difficulties, directives, extensions, work
from handlers.context import Context
from handlers.understanding.addressees import find
from handlers.understanding.intents import Intent, understand
from locales.texts import acting as texts
from locales.vocabulary import words

SAID = {
    "nhan": directives.received_something,
    "tiendo": work.progress,
    "xong": work.finish,
    "giahan": extensions.extend,
    "vuongmac": difficulties.difficulty,
}
"""What can be said for somebody."""

LONGEST_NAME = 8
"""Words that a name may have."""


async def act_for(ctx: Context, said: Intent) -> Outgoing:
    """Say for somebody what they say; they are told of it, where anything reaches them."""
    person, meant = _understood(ctx, said)
    ctx.agency = ctx.agency.with_stand_in(person, ctx.me)
    answers = []
    for number in meant.numbers or (meant.number,):
        one = await ctx.assignment(number, Action.SEE, meant.command)
        if one.assignee_id != person.id:
            raise Refusal(Because.NOT_THEIRS, number=one.number, name=person.name)
        answers.append(await SAID[meant.command](ctx, _about(meant, one.number)))
        note = texts.note(ctx.say, person, meant.command)
        await ctx.uow.tasks.note(one.number, LogEntry(ctx.now, Verb.ACTED_FOR, ctx.me.id, note))
        letter = texts.was_acted_for(ctx.say, ctx.me, one, meant.command)
        await ctx.tell(person, letter, about=f"acted:{one.number}")
    return texts.together(ctx.say, person, answers)


def _about(meant: Intent, number: int) -> Intent:
    return Intent(meant.command, number, meant.rest, slash=True, step=meant.step)


def _understood(ctx: Context, said: Intent) -> tuple[Person, Intent]:
    """For whom, and what: the name ends where a command begins."""
    typed = words(said.rest)
    named: Person | None = None
    for end in range(1, min(len(typed), LONGEST_NAME) + 1):
        person = _colleague(ctx, said.rest[: typed[end - 1].end])
        named = person or named
        meant = understand("/" + said.rest[typed[end].start :], ctx.desk.vocabulary) if end < len(typed) else None
        if person is not None and isinstance(meant, Intent) and meant.command in SAID and meant.number is not None:
            return person, meant
    if named is not None:
        raise Refusal(Because.ACT_FOR_WHAT, name=named.name)
    raise Refusal(Because.ACT_FOR_WHOM)


def _colleague(ctx: Context, name: str) -> Person | None:
    """The one person of that name for whom I may speak; never myself."""
    try:
        people = find(name, ctx.agency, ctx.desk.vocabulary).people
    except Refusal:
        return None
    mine = [one for one in people if one != ctx.me and may_reach(ctx.me, Action.ACT_FOR, one, ctx.agency)]
    return mine[0] if len(mine) == 1 else None
