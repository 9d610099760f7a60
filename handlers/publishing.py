"""Publishing a directive: from the document to the audience, step by step, read back, and sent only after one tap.

What the document says of itself is not asked for. Steps: publish.what, publish.number, publish.date, publish.subject,
publish.summary, publish.audience, publish.time, publish.check.
"""

from datetime import datetime

from domain.directives import (
    NUMBER_LENGTH,
    SUBJECT_LENGTH,
    SUMMARY_LENGTH,
    Audience,
    Directive,
    Everybody,
    members,
)
from domain.headers import header_of
from domain.messages import Outgoing
from domain.names import fold, tidy
from domain.permissions import Action, may_ever
from domain.proposals import Decided, Proposal, to_give
from domain.refusals import Because, Refusal
from handlers import proposing_views as views
from handlers import successors
from handlers.context import Context
from handlers.proposing_plan import load, take_up
from handlers.publishing_audience import named, read_audience, tasked
from handlers.publishing_draft import Kept, begun, by_channel, day_of, finished, publish_at, shown, take_files
from handlers.understanding.moments import read_moment
from locales.texts import people as people_texts
from locales.texts import proposals as proposal_texts
from locales.texts import publishing as texts
from storage.directives import audience_from_json, audience_to_json

LATEST = 5
MOST_DRAFTS = 3
NONE = ("khong", "khong co", "khong so", "khong ngay")


async def begin(ctx: Context, text: str) -> Outgoing:
    """Begin: take what has come with the command, ask for the rest."""
    if not may_ever(ctx.me, Action.BROADCAST):
        raise Refusal(Because.NOT_ALLOWED)
    if not text and not ctx.files and not ctx.lost_files:
        await ctx.ask("publish.what")
        waiting = await ctx.uow.proposals.drafts(ctx.me.id, MOST_DRAFTS)
        return texts.ask_what(ctx.say, await ctx.uow.directives.latest(LATEST), waiting)
    return await what(ctx, text)


async def what(ctx: Context, text: str) -> Outgoing:
    """The document: a file, or its text."""
    return await go_on(ctx, begun(ctx, text))


def _draft(ctx: Context) -> Kept:
    """What is known so far."""
    return dict(ctx.payload)


async def _ask(ctx: Context, step: str, draft: Kept) -> str:
    """Ask; what has been made of a document that was read is kept with it as well."""
    if draft.get("document"):
        await ctx.uow.proposals.keep_draft(draft["document"], draft)
    return await ctx.ask(step, **draft)


async def go_on(ctx: Context, draft: Kept) -> Outgoing:
    """Ask for what is missing; where nothing is, read everything back. What a document proposes is confirmed first."""
    take_files(ctx, draft)
    note = await take_up(ctx, draft)
    if draft.get("document") and not draft.get("confirmed"):
        return await views.card(ctx, await load(ctx, draft["document"], draft), note)
    answer = await _missing(ctx, draft)
    unread = [one.reading for one in ctx.readings if not one.reading.readable]
    return proposal_texts.noted(ctx.say, answer, proposal_texts.unreadable(ctx.say, unread[0])) if unread else answer


async def _missing(ctx: Context, draft: Kept) -> Outgoing:
    if draft["number"] is None:
        return texts.ask_number(ctx.say, await _ask(ctx, "publish.number", draft))
    if draft["date"] is None:
        return texts.ask_date(ctx.say, await _ask(ctx, "publish.date", draft))
    if not draft["subject"]:
        return texts.ask_subject(ctx.say, await _ask(ctx, "publish.subject", draft))
    if draft["audience"] is None:
        mark = await _ask(ctx, "publish.audience", draft)
        return texts.ask_audience(ctx.say, await tasked(ctx, draft), ctx.agency, mark)
    return await _preview(ctx, draft)


# -- the answers -----------------------------------------------------------------------------------------------------


def _at_most(text: str, most: int) -> str:
    line = tidy(text)
    if len(line) > most:
        raise Refusal(Because.CONTENT_TOO_LONG, length=len(line), most=most)
    return line


async def number(ctx: Context, text: str) -> Outgoing:
    """The answer to the document's number."""
    draft = _draft(ctx)
    if text:
        line = _at_most(text, NUMBER_LENGTH)
        header = header_of(text)
        draft["number"] = "" if fold(line) in NONE else header.number or line
        if header.issued_on and draft["date"] is None:
            draft["date"] = header.issued_on.isoformat()
        await successors.recognise_by_number(ctx, draft)
    return await go_on(ctx, draft)


async def no_number(ctx: Context, _choice: str) -> Outgoing:
    return await go_on(ctx, _draft(ctx) | {"number": ""})


async def day(ctx: Context, text: str) -> Outgoing:
    """The answer to the document's date; a document may be older than any deadline."""
    draft = _draft(ctx)
    if text:
        draft["date"] = "" if fold(text) in NONE else day_of(ctx, text).isoformat()
    return await go_on(ctx, draft)


async def subject(ctx: Context, text: str) -> Outgoing:
    draft = _draft(ctx)
    if text:
        draft["subject"] = _at_most(text, SUBJECT_LENGTH)
    return await go_on(ctx, draft)


async def summary(ctx: Context, text: str) -> Outgoing:
    draft = _draft(ctx)
    if text:
        draft["summary"] = _at_most(text, SUMMARY_LENGTH)
    return await go_on(ctx, draft)


# -- the audience ----------------------------------------------------------------------------------------------------


async def audience(ctx: Context, text: str) -> Outgoing:
    """Who gets it: everybody, the heads, or names of units and people, divided by commas."""
    draft = _draft(ctx)
    if not text:
        return await go_on(ctx, draft)
    found = await read_audience(ctx, draft, text)
    return await _addressed(ctx, draft, found) if isinstance(found, Audience) else found


async def chosen_audience(ctx: Context, choice: str) -> Outgoing:
    """A button of the audience."""
    draft = _draft(ctx)
    chosen = [*draft.get("chosen", [])]
    if choice == "tatca":
        return await _addressed(ctx, draft, Audience(Everybody.ALL))
    if choice == "truong":
        return await _addressed(ctx, draft, Audience(Everybody.HEADS))
    if choice == "viec" and (bodies := await tasked(ctx, draft)):
        return await _addressed(ctx, draft, bodies)
    if choice == "nguoi":
        await _ask(ctx, "publish.audience", draft | {"chosen": []})
        return texts.ask_people(ctx.say)
    if choice == "du" and chosen:
        return await _addressed(ctx, draft, named(chosen))
    if choice[:1] == "u" and choice[1:].isdecimal() and int(choice[1:]) in ctx.agency.units:
        chosen.append(int(choice[1:]))
    draft["chosen"] = chosen
    mark = await _ask(ctx, "publish.audience", draft)
    units = sorted(ctx.agency.units.values(), key=lambda unit: unit.name)
    return texts.choose_units(ctx.say, units, chosen, mark)


async def _addressed(ctx: Context, draft: Kept, audience: Audience) -> Outgoing:
    if not members(audience, ctx.agency):
        raise Refusal(Because.NOBODY_THERE)
    return await go_on(ctx, draft | {"audience": audience_to_json(audience), "chosen": []})


# -- read back -------------------------------------------------------------------------------------------------------


async def _preview(ctx: Context, draft: Kept) -> Outgoing:
    before, proposals = await _published_before(ctx, draft), await _proposals(ctx, draft)
    giving = len(to_give(proposals))
    mark = await _ask(ctx, "publish.check", draft | {"before": before.id if before else None, "giving": giving})
    people = members(audience_from_json(draft["audience"]), ctx.agency)
    tasks = proposal_texts.given(ctx.say, proposals, ctx.agency) if proposals else ""
    tasks += await successors.in_preview(ctx, draft.get("document"))
    return texts.preview(ctx.say, shown(ctx, draft), await by_channel(ctx, people), before, ctx.agency, mark, tasks)


async def _proposals(ctx: Context, draft: Kept) -> list[Proposal]:
    return (await load(ctx, draft["document"], draft)).proposals if draft.get("document") else []


async def _published_before(ctx: Context, draft: Kept) -> Directive | None:
    return await ctx.uow.directives.of_number(draft["number"]) if draft["number"] else None


async def check(ctx: Context, text: str) -> Outgoing:
    """Something was typed under what was read back: to publish, to change something, or when."""
    draft, said = _draft(ctx), fold(text)
    if not text:
        return await go_on(ctx, draft)
    if ctx.yes_or_no(text) is True or said in ("phat hanh", "phat hanh ngay", "gui", "gui di"):
        return await publish(ctx, "")
    if ctx.yes_or_no(text) is False:
        await ctx.answered()
        return people_texts.cancelled(ctx.say)
    if said.startswith("sua"):
        return await change(ctx, said.removeprefix("sua").replace(" ", ""))
    if said in ("bo tep", "xoa tep"):
        return await change(ctx, "botep")
    if said in ("hen", "hen gio"):
        return await ask_time(ctx, "")
    try:
        return await at_time(ctx, text)
    except Refusal as refusal:
        if refusal.because is not Because.NO_MOMENT or said.startswith("hen"):
            raise
        # perhaps no time was meant
        raise Refusal(Because.PUBLISH_OR_WHAT, text=text.strip()[:80]) from None


async def change(ctx: Context, choice: str) -> Outgoing:
    """Ask again for one part; without a choice, ask which."""
    draft = _draft(ctx)
    if choice == "xem":
        return await _preview(ctx, draft)
    if choice == "tomtat":
        return texts.ask_summary(ctx.say, await _ask(ctx, "publish.summary", draft))
    empty = {"so": ("number", None), "ngay": ("date", None), "trichyeu": ("subject", ""), "noinhan": ("audience", None)}
    if choice == "botep":
        if draft.get("document"):
            # what it asked for goes with it
            await ctx.uow.proposals.forget(draft["document"])
        return await go_on(ctx, draft | {"files": [], "document": None})
    if choice == "viec" and draft.get("document"):
        return await views.page(ctx, await load(ctx, draft["document"], draft | {"confirmed": False}), 1)
    if choice not in empty:
        mark = await _ask(ctx, "publish.check", draft)
        has = {"has_files": bool(draft["files"]), "has_tasks": bool(draft.get("document"))}
        return texts.what_to_change(ctx.say, mark, **has)
    part, nothing = empty[choice]
    return await go_on(ctx, draft | {part: nothing})


async def ask_time(ctx: Context, _choice: str) -> Outgoing:
    return texts.ask_time(ctx.say, await _ask(ctx, "publish.time", _draft(ctx)))


async def at_once(ctx: Context, _choice: str) -> Outgoing:
    return await _preview(ctx, _draft(ctx) | {"at": None})


async def at_time(ctx: Context, text: str) -> Outgoing:
    """When it is to go out, which is read back; a day without an hour means when the office opens."""
    draft = _draft(ctx)
    if not text:
        return await go_on(ctx, draft)
    when = read_moment(text, ctx.now, ctx.rules, ctx.calendar, ctx.desk.vocabulary)
    if when is None:
        return await at_once(ctx, "")
    instant = datetime.combine(when.on, when.at or ctx.rules.hours.opening, ctx.rules.zone)
    if instant <= ctx.now:
        raise Refusal(Because.DATE_PAST, date=when.on, text=text.strip()[:80])
    return await _preview(ctx, draft | {"at": instant.isoformat()})


async def publish(ctx: Context, _choice: str) -> Outgoing:
    """The button that publishes it, or has it wait for its time."""
    draft = _draft(ctx)
    if ctx.dialog is None or ctx.dialog.step != "publish.check":
        raise Refusal(Because.QUESTION_CLOSED)
    people = members(audience_from_json(draft["audience"]), ctx.agency)
    if not may_ever(ctx.me, Action.BROADCAST) or not people:
        # roles and units may have changed since it was asked
        raise Refusal(Because.NOBODY_THERE if not people else Because.NOT_ALLOWED)
    before = await _published_before(ctx, draft)
    if before is not None and before.id != draft.get("before"):
        # a colleague has been faster: that is to be seen first
        return await _preview(ctx, draft)
    proposals = await _proposals(ctx, draft)
    if len(to_give(proposals)) != draft.get("giving", 0) or any(one.decided is Decided.OPEN for one in proposals):
        # what is given has changed meanwhile, at the table perhaps: that is to be seen first
        return await go_on(ctx, draft | {"confirmed": False})
    await ctx.answered()
    planned = publish_at(draft)
    at = planned if planned is not None and planned > ctx.now else ctx.now
    one = await ctx.uow.directives.create(finished(ctx, draft, at))
    if draft.get("document"):
        await ctx.uow.proposals.published(draft["document"], one.id, at)
    ctx.uow.is_urgent = at <= ctx.now
    return texts.published(ctx.say, one, len(people), at_once=at <= ctx.now)
