"""Taking back what I just did: done, confirmed, returned, assigned, extended."""

from domain.directives import Directive
from domain.messages import Outgoing
from domain.refusals import Because, Refusal
from domain.tasks import LogEntry, Verb
from domain.undo import WITHIN, Undoable, restored
from handlers import difficulty_threads as threads
from handlers.context import Context
from handlers.understanding.intents import Intent
from locales.texts import undoing as texts

LATEST = 20


async def undo(ctx: Context, said: Intent) -> Outgoing:
    """Take back my last command, or with a number the last about that task; all that was done by it together."""
    done = await ctx.uow.undo.last(ctx.me.id, ctx.now - WITHIN, said.number)
    if said.number is None and (published := await _published_since(ctx, done)):
        # else an older command would be taken back, and the directive would stand
        return texts.published_last(ctx.say, published, ctx.now)
    if not done:
        raise Refusal(Because.NOTHING_TO_UNDO)
    for one in done:
        if said.revision is not None and one.present.number == said.number and said.revision != one.revision:
            raise Refusal(Because.STALE_BUTTON, number=said.number)
    standing = [one for one in done if not one.is_last]
    taken_back = [one for one in done if one.is_last]
    for one in taken_back:
        await _take_back(ctx, one)
    await _tell_those_who_were_told(ctx, taken_back)
    if taken_back:
        await ctx.uow.undo.forget(ctx.me.id, taken_back[0].event_id)
    since = [(one.present.number, await _what_happened_last(ctx, one.present.number)) for one in standing]
    return texts.undone(ctx.say, taken_back, since, ctx.agency)


async def _published_since(ctx: Context, done: list[Undoable]) -> Directive | None:
    """What I have published after the command that would be taken back: it is withdrawn in its own way."""
    since = max([ctx.now - WITHIN, *(one.at for one in done)])
    latest = await ctx.uow.directives.latest(LATEST)
    mine = (one for one in latest if one.published_by == ctx.me.id and one.cancelled_at is None)
    return next((one for one in mine if one.created_at > since), None)


async def _what_happened_last(ctx: Context, number: int) -> LogEntry:
    """The last entry of a task's history that stands for a change."""
    return [one for one in await ctx.uow.tasks.history(number, 20) if one.verb is not Verb.REMINDED][-1]


async def _take_back(ctx: Context, done: Undoable) -> None:
    after = restored(done, ctx.next_rung(done.before.deadline))
    await ctx.save(done.present, after)
    if done.verb is Verb.EXTENDED:
        await ctx.uow.extensions.reopen(after.number)
    if done.verb is Verb.CLAIMED and after.stuck:
        await threads.reopen(ctx, after.number)
    await ctx.uow.tasks.note(after.number, LogEntry(ctx.now, Verb.UNDONE, ctx.me.id, texts.what(ctx.say, done.verb)))


async def _tell_those_who_were_told(ctx: Context, taken_back: list[Undoable]) -> None:
    """Letters that have not left are dropped; whoever got one already is told what is so no more."""
    told: dict[int, list[Undoable]] = {}
    for one in taken_back:
        for person_id in await ctx.uow.undo.drop_letters(one.letters):
            told.setdefault(person_id, []).append(one)
    for person_id, about in told.items():
        if person_id in ctx.agency.people and person_id != ctx.me.id:
            letter = texts.was_undone(ctx.say, about, ctx.me)
            numbers = [one.present.number for one in about]
            await ctx.tell(ctx.agency.people[person_id], letter, tasks=numbers, about=f"undone:{about[0].event_id}")
