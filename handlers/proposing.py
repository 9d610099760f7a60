"""The Office confirms what a directive was read to ask for: in bulk or one by one, before anything goes out.

Steps: propose.card (the card, the list, or one proposal is shown), and a question about one of them: propose.who,
propose.when, propose.coordinate, propose.text, propose.parts.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from domain.messages import Outgoing
from domain.permissions import Action, may_ever
from domain.proposals import Decided, Proposal
from domain.refusals import Because, Refusal
from handlers import proposing_edits as edits
from handlers import proposing_views as views
from handlers import publishing, successors
from handlers.context import Context
from handlers.proposing_plan import CARD, COORDINATE, IN_ANY_WORDS, PARTS, STEPS, TEXT, WHEN, WHO, Plan, draft_of, load
from handlers.understanding.intents import is_cancel
from handlers.understanding.proposal_forms import CONTENT, Said, for_the_rest, read_said
from handlers.understanding.proposal_forms import COORDINATE as COOPERATES
from handlers.understanding.proposal_forms import LEAD as LEADS
from handlers.understanding.proposal_forms import WHEN as DUE
from locales.texts import proposal_questions as question_texts
from locales.texts import proposals as texts
from locales.texts.proposal_list import Which

Verb = Callable[[Context, Plan, Said], Awaitable[Outgoing]]
Edit = Callable[[Context, Plan, Said], Awaitable[tuple[list[Proposal], str]]]
DRAFTING = ("publish.", "propose.")
LATER = ("publish.audience", "publish.check")
LOOKING = ("card", "walk", "show", "show_open", "show_silent")


# -- what comes in ---------------------------------------------------------------------------------------------------


async def typed(ctx: Context, text: str) -> Outgoing | None:
    """What is typed while a document waits to be confirmed; None where it is no form of it."""
    if ctx.dialog is None or is_cancel(text, ctx.desk.vocabulary):
        return None
    if ctx.dialog.step in LATER and ctx.payload.get("document"):
        return await _back(ctx, read_said(text, ctx.desk.vocabulary))
    if ctx.dialog.step not in STEPS:
        return None
    said = read_said(text, ctx.desk.vocabulary)
    if said and ctx.dialog.step in IN_ANY_WORDS and not _is_surely_meant(said, text, ctx.dialog.step):
        return None
    return await _do(ctx, await load(ctx, ctx.payload["document"]), said) if said else None


async def _back(ctx: Context, said: Said | None) -> Outgoing | None:
    """A proposal is spoken of by its number, or the list is asked for, while it is asked who gets the document."""
    if said is None or not (said.numbers or (said.verb in LOOKING and not said.text)):
        return None
    plan = await load(ctx, ctx.payload["document"], draft_of(ctx) | {"confirmed": False})
    return await _do(ctx, plan, said)


def _is_surely_meant(said: Said, text: str, step: str) -> bool:
    """Whether a form is meant where a text is waited for: one task's text may begin with the words of a form."""
    if step == PARTS:
        return text.startswith("/") or not ("\n" in text or ";" in text)
    return text.startswith("/") or not said.text or said.verb in (LEADS, DUE, COOPERATES, CONTENT)


async def pressed(ctx: Context, rest: str) -> Outgoing:
    """A button, or a row of the table: the document that it belongs to, and what could be typed."""
    key, _, text = rest.partition(" ")
    said = read_said(text, ctx.desk.vocabulary)
    if not key.isdecimal() or len(key) > 9 or said is None:
        raise Refusal(Because.QUESTION_CLOSED)
    plan = await load(ctx, int(key))
    if ctx.dialog is not None and ctx.dialog.step.startswith(DRAFTING):
        other = ctx.payload.get("document")
        if other is not None and other != plan.id:
            raise Refusal(Because.OTHER_DOCUMENT, name=texts.name(ctx.say, plan.document.reading))
    plan.draft["confirmed"] = False
    return await _do(ctx, plan, said)


async def resume(ctx: Context) -> Outgoing:
    """Go on with the document that was read last and has not gone out."""
    latest = await ctx.uow.proposals.drafts(ctx.me.id, 1)
    if not latest or not may_ever(ctx.me, Action.BROADCAST):
        raise Refusal(Because.NO_DRAFT)
    plan = await load(ctx, latest[0].id)
    plan.draft["confirmed"] = False
    return await views.card(ctx, plan)


async def answer(ctx: Context, text: str) -> Outgoing:
    """The answer to an open question; a file belongs to the directive that is being made."""
    assert ctx.dialog is not None  # noqa: S101 - the router has looked
    if not text or (ctx.files and ctx.dialog.step == CARD):
        return await publishing.go_on(ctx, draft_of(ctx))
    step, plan = ctx.dialog.step, await load(ctx, ctx.payload["document"])
    if step == CARD:
        if ctx.yes_or_no(text) is True and ctx.payload.get("proposal"):
            return await _do(ctx, plan, Said("accept"))
        raise Refusal(Because.PROPOSAL_WHAT, text=text.strip()[:80])
    verb = {WHO: LEADS, WHEN: DUE, COORDINATE: COOPERATES, TEXT: CONTENT, PARTS: "split"}[step]
    for_rest = False
    if step in (WHO, WHEN):
        text, for_rest = for_the_rest(text, ctx.desk.vocabulary)
    return await _do(ctx, plan, Said(verb, rest=for_rest, text=text))


async def _do(ctx: Context, plan: Plan, said: Said) -> Outgoing:
    if not may_ever(ctx.me, Action.BROADCAST):
        raise Refusal(Because.NOT_ALLOWED)
    return await VERBS[said.verb](ctx, plan, said)


# -- looking ---------------------------------------------------------------------------------------------------------


async def card(ctx: Context, plan: Plan, said: Said) -> Outgoing:
    return await views.card(ctx, plan)


async def show(ctx: Context, plan: Plan, said: Said) -> Outgoing:
    return await views.page(ctx, plan, said.numbers[0] if said.numbers else 1)


async def show_open(ctx: Context, plan: Plan, said: Said) -> Outgoing:
    return await views.page(ctx, plan, said.numbers[0] if said.numbers else 1, which=Which.OPEN)


async def show_silent(ctx: Context, plan: Plan, said: Said) -> Outgoing:
    return await views.page(ctx, plan, said.numbers[0] if said.numbers else 1, which=Which.SILENT)


async def walk(ctx: Context, plan: Plan, said: Said) -> Outgoing:
    """One by one: the first that is not decided."""
    first = views.next_open(plan)
    return await views.one(ctx, plan, first.number) if first else await views.page(ctx, plan, 1)


async def one(ctx: Context, plan: Plan, said: Said) -> Outgoing:
    if not said.numbers:
        raise Refusal(Because.WHICH_PROPOSAL)
    return await views.one(ctx, plan, said.numbers[0])


async def after(ctx: Context, plan: Plan, said: Said) -> Outgoing:
    """The next that is not decided; where all are, the next in the list."""
    number = said.numbers[0] if said.numbers else ctx.payload.get("proposal", 0)
    following = views.next_open(plan, number)
    if following is None or following.number == number:
        place = (plan.place(number) + 1) % len(plan.proposals)
        following = plan.proposals[place]
    return await views.one(ctx, plan, following.number)


# -- deciding --------------------------------------------------------------------------------------------------------


async def accept(ctx: Context, plan: Plan, said: Said) -> Outgoing:
    changed, note = await edits.accept(ctx, plan, said)
    if said.rest:
        return await go_on(ctx, plan, said, note)
    return await _onward(ctx, plan, changed, note)


async def leave_out(ctx: Context, plan: Plan, said: Said) -> Outgoing:
    changed, note = await edits.leave_out(ctx, plan, said)
    if said.rest:
        return await go_on(ctx, plan, said, note)
    return await _onward(ctx, plan, changed, note)


async def nothing(ctx: Context, plan: Plan, said: Said) -> Outgoing:
    """The document goes out, and no task with it."""
    await edits.leave_all_out(ctx, plan)
    return await go_on(ctx, plan, said, question_texts.nothing_given(ctx.say))


async def go_on(ctx: Context, plan: Plan, said: Said, note: str = "") -> Outgoing:
    """What is left to decide, then what is left to ask, then who gets the document."""
    if plan.open:
        accepted = sum(each.decided is Decided.ACCEPTED for each in plan.proposals)
        await views.page(ctx, plan, 1)
        return texts.noted(ctx.say, texts.undecided(ctx.say, plan.id, len(plan.open), accepted), note)
    answer = await views.next_question(ctx, plan)
    if answer is None:
        answer = await publishing.go_on(ctx, plan.draft | {"confirmed": True})
    return texts.noted(ctx.say, answer, note)


async def _onward(ctx: Context, plan: Plan, changed: list[Proposal], note: str) -> Outgoing:
    """After a decision or an answer: what is missing of it, else the next that is not decided, else on."""
    last = changed[-1].number if changed else 0
    if last and plan.find(last).decided is Decided.ACCEPTED and (ask := await views.next_question(ctx, plan, last)):
        return texts.noted(ctx.say, ask, note)
    following = views.next_open(plan, last)
    if following is None:
        return await go_on(ctx, plan, Said("go_on"), note)
    if len(changed) > 1:
        return await views.page_with(ctx, plan, following.number, note)
    return await views.one(ctx, plan, following.number, note)


# -- changing --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Part:
    """A part of proposals that is changed as typed; where nothing is typed, it is asked for."""

    change: Edit
    step: str
    ask: Callable[[Context, Plan, Proposal, bool], Awaitable[Outgoing]]
    is_silent: Callable[[Proposal], bool] | None = None

    async def __call__(self, ctx: Context, plan: Plan, said: Said) -> Outgoing:
        if not said.text:
            return await self._ask(ctx, plan, said)
        asked = ctx.dialog is not None and ctx.dialog.step == self.step
        is_bulk = said.rest or len(said.numbers) > 1 or (not said.numbers and bool(ctx.payload.get("for_rest")))
        changed, note = await self.change(ctx, plan, said)
        if not changed or (asked and changed[0].decided is Decided.ACCEPTED):
            return await _onward(ctx, plan, changed, note)
        if is_bulk:
            return await views.page_with(ctx, plan, changed[0].number, note)
        return await views.one(ctx, plan, changed[0].number, note)

    async def _ask(self, ctx: Context, plan: Plan, said: Said) -> Outgoing:
        of = edits.meant(ctx, plan, said, self.is_silent)
        if not of:
            return await go_on(ctx, plan, said, question_texts.nothing_to_do(ctx.say))
        return await self.ask(ctx, plan, of[0], said.rest)


async def _ask_who(ctx: Context, plan: Plan, of: Proposal, for_rest: bool) -> Outgoing:
    return await views.ask_who(ctx, plan, of, for_rest=for_rest)


async def _ask_when(ctx: Context, plan: Plan, of: Proposal, for_rest: bool) -> Outgoing:
    return await views.ask_when(ctx, plan, of, for_rest=for_rest)


async def _ask_coordinate(ctx: Context, plan: Plan, of: Proposal, for_rest: bool) -> Outgoing:
    return await views.ask_coordinate(ctx, plan, of)


async def _ask_text(ctx: Context, plan: Plan, of: Proposal, for_rest: bool) -> Outgoing:
    return await views.ask_text(ctx, plan, of)


async def edit(ctx: Context, plan: Plan, said: Said) -> Outgoing:
    """Which part is to be changed?"""
    if said.text:
        raise Refusal(Because.PROPOSAL_PART, text=said.text[:80])
    of = edits.meant(ctx, plan, said)[0]
    await views.one(ctx, plan, of.number)
    return question_texts.what_of_it(ctx.say, plan.id, of)


async def stop_dropped(ctx: Context, plan: Plan, said: Said) -> Outgoing:
    """What the document does not ask for any more is stopped when it goes out."""
    plan.document = await successors.stop_dropped(ctx, plan.document, stop=True)
    return await views.card(ctx, plan)


async def keep_dropped(ctx: Context, plan: Plan, said: Said) -> Outgoing:
    plan.document = await successors.stop_dropped(ctx, plan.document, stop=False)
    return await views.card(ctx, plan)


VERBS: dict[str, Verb] = {
    "card": card,
    "walk": walk,
    "show": show,
    "show_open": show_open,
    "show_silent": show_silent,
    "one": one,
    "after": after,
    "accept": accept,
    "leave_out": leave_out,
    "nothing": nothing,
    "edit": edit,
    LEADS: _Part(edits.lead, WHO, _ask_who, lambda one: one.asks_who),
    COOPERATES: _Part(edits.coordinate, COORDINATE, _ask_coordinate),
    DUE: _Part(edits.when, WHEN, _ask_when, lambda one: one.asks_when),
    CONTENT: _Part(edits.content, TEXT, _ask_text),
    "split": edits.parts,
    "merge": edits.together,
    "go_on": go_on,
    "stop_dropped": stop_dropped,
    "keep_dropped": keep_dropped,
}
"""What may be done with proposals, by the words that ask for it."""

ANSWERS = dict.fromkeys(STEPS, answer)
"""The steps of this dialog."""
