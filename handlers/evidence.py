"""Files that have no task yet: they are held until their sender has said to which task they belong."""

from dataclasses import asdict, replace
from datetime import date, timedelta

from domain.headers import Header
from domain.messages import Outgoing, StoredFile
from domain.permissions import Action, may_ever
from domain.proposals import ReadDocument
from domain.reading.values import WholeReading
from domain.refusals import Because, Refusal
from domain.tasks import LogEntry, Status, Verb
from handlers import publishing, work
from handlers.context import Context
from handlers.proposing_plan import proposing
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
    may_publish = may_ever(ctx.me, Action.BROADCAST)
    if not todo and may_publish:
        return await publishing.begin(ctx, "")
    if not todo:
        ctx.files_kept = True  # there is no task to hold it for, and that is said
        raise Refusal(Because.NO_TASK_FOR_FILE)
    return texts.file_without_task(ctx.say, todo[: work.MOST_OFFERED], await _hold(ctx), may_publish=may_publish)


async def hold(ctx: Context, answer: Outgoing) -> Outgoing:
    """What came with a file could not use it: hold the file, and say so under the answer."""
    if ctx.dialog is not None and ctx.dialog.step != STEP:
        return replace(answer, text=texts.with_file_not_held(ctx.say, answer.text))
    await _hold(ctx)
    return replace(answer, text=texts.with_file_held(ctx.say, answer.text))


async def _hold(ctx: Context) -> str:
    files = [asdict(file) for file in (*_held(ctx), *ctx.files)]
    headers = [_header_to_json(header) for header in (*_held_headers(ctx), *ctx.headers)]
    documents = [*_held_documents(ctx), *[await _keep(ctx, one) for one in proposing(ctx.readings)]]
    ctx.files_kept = True
    return await ctx.ask(STEP, files=files, headers=headers, documents=documents)


async def _keep(ctx: Context, whole: WholeReading) -> int:
    """What a file asks for is kept with it, in case it is to be published."""
    return (await ctx.uow.proposals.keep(ReadDocument(0, ctx.me.id, ctx.now, whole.reading, whole.text))).id


def _held_documents(ctx: Context) -> tuple[int, ...]:
    if ctx.dialog is None or ctx.dialog.step != STEP:
        return ()
    return tuple(ctx.payload.get("documents", ()))


def _held(ctx: Context) -> tuple[StoredFile, ...]:
    if ctx.dialog is None or ctx.dialog.step != STEP:
        return ()
    return tuple(StoredFile(**file) for file in ctx.payload["files"])


def _held_headers(ctx: Context) -> tuple[Header | None, ...]:
    if ctx.dialog is None or ctx.dialog.step != STEP:
        return ()
    return tuple(_header_from_json(header) for header in ctx.payload.get("headers", ()))


def _header_to_json(header: Header | None) -> dict[str, str] | None:
    if header is None:
        return None
    return asdict(header) | {"issued_on": header.issued_on.isoformat() if header.issued_on else ""}


def _header_from_json(kept: dict[str, str] | None) -> Header | None:
    if kept is None:
        return None
    issued_on = date.fromisoformat(kept["issued_on"]) if kept["issued_on"] else None
    return Header(kept["number"], issued_on, kept["subject"], kept["issuer"])


async def take_up(ctx: Context) -> None:
    """The files that were held go with the command that names their task."""
    ctx.files, ctx.headers = (*_held(ctx), *ctx.files), (*_held_headers(ctx), *ctx.headers)
    for number in reversed(_held_documents(ctx)):
        if held := await ctx.uow.proposals.document(number):
            ctx.readings = (WholeReading(held.reading, held.text), *ctx.readings)
            await ctx.uow.proposals.forget(number)
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
