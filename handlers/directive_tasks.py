"""The tasks of a directive by the points of its document, as far as their reader may see them."""

from collections.abc import Callable, Sequence
from datetime import date

from domain.directives import Directive
from domain.giving import beside
from domain.messages import Outgoing
from domain.people import Person
from domain.permissions import Action, Scope, may_ever, scope
from domain.proposals import Proposal
from domain.reading.values import Task as Instruction
from domain.refusals import Because, Refusal
from domain.series import Series, due_on
from domain.tasks import Assignment
from handlers.context import Context
from handlers.understanding.intents import Intent
from handlers.understanding.remainders import page_offset
from locales.texts import directive_tasks as texts

Sees = Callable[[int, int | None], bool]
"""Whether the reader may see what is given to somebody, for a unit or for themselves."""


async def page(ctx: Context, said: Intent) -> Outgoing:
    """All of them, some at a time: "chidao 3 tungdiem", and the page buttons "chidao 3 tungdiem t10"."""
    one = await ctx.uow.directives.get(said.number or 0)
    found = await of_directive(ctx, one) if one else []
    if one is None or not (found or await _may_look(ctx, one)):
        raise Refusal(Because.NO_SUCH_DIRECTIVE, number=said.number)
    first = page_offset(said.rest.split()[-1] if said.rest.split() else "", len(found), texts.PAGE)
    shown = found[first : first + texts.PAGE]
    return texts.page(ctx.say, one, shown, first, len(found), ctx.agency, ctx.now)


async def _may_look(ctx: Context, one: Directive) -> bool:
    """Whether somebody may know of a directive of whose tasks none is theirs to see."""
    is_recipient = await ctx.uow.recipients.get(one.id, ctx.me.id) is not None
    return is_recipient or scope(ctx.me, Action.SEE_UNIT) is Scope.ALL


async def of_directive(ctx: Context, one: Directive) -> list[texts.Entry]:
    """The points that the reader has to do with; whoever publishes sees them all, also what was left out."""
    document = await ctx.uow.proposals.document_of(one.id)
    if document is None:
        return []
    proposals = await ctx.uow.proposals.of(document)
    sees, in_charge = sees_of(ctx), may_ever(ctx.me, Action.BROADCAST)
    ids = [each.id for each in proposals]
    tasks = _by_proposal(await ctx.uow.given.tasks(ids))
    rules, series = await ctx.uow.given.rules(ids), await ctx.uow.given.series(ids)
    later = await successor(ctx, one)
    gone_on = await ctx.uow.given.gone_on(later.id) if later else set()
    found = []
    for each in proposals:
        entry = texts.Entry(
            each,
            [task for task in tasks.get(each.id, ()) if sees(task.assignee_id, task.unit_id)],
            [rule for rule in rules if rule.proposal_id == each.id and sees(rule.person_id, rule.unit_id)],
            _dated(ctx, [its for its in series if its.proposal_id == each.id and sees(its.person_id, its.unit_id)]),
            later if each.id in gone_on else None,
            one.cancelled_at is not None,
        )
        if in_charge or entry.tasks or entry.rules or entry.series or _is_beside(ctx, each):
            found.append(entry)
    return found


async def successor(ctx: Context, one: Directive) -> Directive | None:
    """The directive that has taken its place."""
    later = await ctx.uow.given.successor_of(one.id)
    return await ctx.uow.directives.get(later) if later else None


async def predecessor(ctx: Context, one: Directive) -> Directive | None:
    """The directive whose place it has taken."""
    document = await ctx.uow.proposals.document_of(one.id)
    return await ctx.uow.directives.get(document.succeeds) if document and document.succeeds else None


def _by_proposal(tasks: Sequence[Assignment]) -> dict[int, list[Assignment]]:
    found: dict[int, list[Assignment]] = {}
    for one in tasks:
        found.setdefault(one.task.proposal_id or 0, []).append(one)
    return found


def _dated(ctx: Context, series: Sequence[Series]) -> list[tuple[Series, date]]:
    return [(one, due_on(one.next_on, ctx.rules.rest_day, ctx.calendar)) for one in series]


def _is_beside(ctx: Context, one: Proposal) -> bool:
    return one.given_at is not None and ctx.me.id in beside(one, ctx.agency)


def sees_of(ctx: Context) -> Sees:
    """What the reader may see: everything, or what is theirs and their units'."""
    if scope(ctx.me, Action.SEE_UNIT) is Scope.ALL:
        return lambda _person_id, _unit_id: True
    units = [head.unit_id for head in heads(ctx)]

    def mine(person_id: int, unit_id: int | None) -> bool:
        person = ctx.agency.people.get(person_id)
        of = unit_id or (person.unit_id if person else 0)
        return person_id == ctx.me.id or any(ctx.agency.is_within(of, unit) for unit in units)

    return mine


def heads(ctx: Context) -> list[Person]:
    """The unit heads as whom somebody speaks: oneself, or whom one stands in for."""
    acting_as = (ctx.me, *ctx.agency.stands_in_for(ctx.me.id))
    return [person for person in acting_as if may_ever(person, Action.ATTEST)]


async def read_in(ctx: Context, one: Assignment) -> Instruction | None:
    """What the document says that a task comes from; None for what was typed."""
    found = await ctx.uow.proposals.get(one.task.proposal_id) if one.task.proposal_id else None
    return found[0].read if found else None
