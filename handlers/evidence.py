"""Files that come without a word: for which task are they the evidence?"""

from dataclasses import asdict
from datetime import timedelta

from domain.messages import Outgoing, StoredFile
from domain.permissions import Action
from domain.refusals import Because, Refusal
from domain.tasks import LogEntry, Status, Verb
from handlers import work
from handlers.context import Context
from handlers.intents import Intent, understand
from locales.texts import work as texts

SAME_BREATH = timedelta(minutes=5)
"""An album comes as several messages: what follows a claim so soon belongs to it."""


async def came_alone(ctx: Context) -> Outgoing:
    """A file came with no text: add it to the claim just made, or ask which task it belongs to."""
    if not ctx.files:
        raise Refusal(Because.FILE_LOST)
    todo = await ctx.uow.tasks.todo(ctx.me.id, 30)
    just_claimed = [
        one
        for one in todo
        if one.status is Status.AWAITING and one.claimed_at and ctx.now - one.claimed_at <= SAME_BREATH
    ]
    if len(just_claimed) == 1:
        return await work.add_to_claim(ctx, just_claimed[0], "")
    if not todo:
        raise Refusal(Because.NOT_UNDERSTOOD)
    waiting = [*ctx.payload.get("files", ()), *(asdict(file) for file in ctx.files)]
    await ctx.ask("evidence.which", files=waiting)
    return texts.file_without_task(ctx.say, todo[: work.MOST_OFFERED])


async def which(ctx: Context, text: str) -> Outgoing:
    """The answer to which task the files belong to: a number, or "xong 12"."""
    if ctx.files and not text:
        return await came_alone(ctx)
    meant = understand(text, ctx.desk.vocabulary)
    number = int(text) if text.strip().isdecimal() and len(text.strip()) < 10 else None
    if number is None and isinstance(meant, Intent) and meant.number:
        number = meant.number
    if number is None:
        raise Refusal(Because.NO_NUMBER, command="xong")
    ctx.files = (*_kept(ctx), *ctx.files)
    await ctx.answered()
    if isinstance(meant, Intent) and meant.command == "xong":
        return await work.finish(ctx, Intent("xong", number, meant.rest))
    return await _attach(ctx, number)


def _kept(ctx: Context) -> tuple[StoredFile, ...]:
    return tuple(StoredFile(**file) for file in ctx.payload.get("files", ()))


async def chosen(ctx: Context, said: Intent) -> Outgoing:
    """The button for a task."""
    if ctx.dialog is None or ctx.dialog.step != "evidence.which":
        raise Refusal(Because.QUESTION_CLOSED)
    ctx.files = _kept(ctx)
    await ctx.answered()
    return await _attach(ctx, said.number)


async def _attach(ctx: Context, number: int | None) -> Outgoing:
    one = await ctx.assignment(number, Action.REPORT, "xong")
    if one.status is Status.AWAITING:
        return await work.add_to_claim(ctx, one, "")
    await work.keep_evidence(ctx, one)
    names = ", ".join(file.name for file in ctx.files)
    await ctx.uow.tasks.note(one.number, LogEntry(ctx.now, Verb.EVIDENCED, ctx.me.id, names))
    return texts.evidence_kept(ctx.say, one, len(ctx.files), ctx.lost_files)
