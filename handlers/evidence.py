"""Files that have no task yet: they are held until their sender has said to which task they belong."""

from dataclasses import asdict, replace
from datetime import timedelta

from domain.messages import Outgoing, StoredFile
from domain.permissions import Action
from domain.refusals import Because, Refusal
from domain.tasks import LogEntry, Status, Verb
from handlers import work
from handlers.context import Context
from locales.texts import work as texts

STEP = "evidence.which"
LONGEST_NUMBER = 9
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
        ctx.files_kept = True  # there is no task to hold it for, and that is said
        raise Refusal(Because.NO_TASK_FOR_FILE)
    return texts.file_without_task(ctx.say, todo[: work.MOST_OFFERED], await _hold(ctx))


async def hold(ctx: Context, answer: Outgoing) -> Outgoing:
    """What came with a file could not use it: hold the file, and say so under the answer."""
    if ctx.dialog is not None and ctx.dialog.step != STEP:
        return replace(answer, text=texts.with_file_not_held(ctx.say, answer.text))
    await _hold(ctx)
    return replace(answer, text=texts.with_file_held(ctx.say, answer.text))


async def _hold(ctx: Context) -> str:
    files = [asdict(file) for file in (*_held(ctx), *ctx.files)]
    ctx.files_kept = True
    return await ctx.ask(STEP, files=files)


def _held(ctx: Context) -> tuple[StoredFile, ...]:
    if ctx.dialog is None or ctx.dialog.step != STEP:
        return ()
    return tuple(StoredFile(**file) for file in ctx.payload["files"])


async def take_up(ctx: Context) -> None:
    """The files that were held go with the command that names their task."""
    ctx.files = (*_held(ctx), *ctx.files)
    await ctx.answered()


async def which(ctx: Context, text: str) -> Outgoing:
    """The answer to which task the files belong to: its number."""
    if not text:
        return await came_alone(ctx)
    number = int(text) if text.isdecimal() and len(text) <= LONGEST_NUMBER else None
    if number is None:
        raise Refusal(Because.NO_NUMBER, command="xong")
    one = await ctx.assignment(number, Action.REPORT, "xong")
    if one.status is Status.DONE:
        raise Refusal(Because.ALREADY_DONE, number=number)
    await take_up(ctx)
    if one.status is Status.AWAITING:
        return await work.add_to_claim(ctx, one, "")
    await work.keep_evidence(ctx, one)
    names = ", ".join(file.name for file in ctx.files)
    await ctx.uow.tasks.note(one.number, LogEntry(ctx.now, Verb.EVIDENCED, ctx.me.id, names))
    return texts.evidence_kept(ctx.say, one, len(ctx.files), ctx.lost_files)
