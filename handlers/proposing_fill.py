"""What a reading proposes, in the agency's own terms: the one place where names become units, and phrases deadlines."""

from collections.abc import Sequence
from dataclasses import replace

from domain.proposals import Decided, Doers, Proposal
from domain.proposing import proposals
from domain.reading.values import Reading
from handlers.context import Context
from handlers.understanding.bodies import Bodies
from handlers.understanding.typed_bodies import who
from locales.texts import proposal_questions as texts


async def bodies(ctx: Context) -> Bodies:
    """Whom names mean, by what the agency is called and what has been learnt."""
    return Bodies(ctx.agency, ctx.rules.agency, await ctx.uow.proposals.learnt())


async def filled(ctx: Context, reading: Reading) -> list[Proposal]:
    """One proposal for each task, with what the text says of it; what is for other agencies is left out."""
    known = await bodies(ctx)
    made = proposals(reading, known.lead, known.coordinate, ctx.calendar, ctx.rules.today(ctx.now))
    return [_left_out(ctx, one) if known.are_elsewhere(one.read.lead) else one for one in made]


def _left_out(ctx: Context, one: Proposal) -> Proposal:
    return replace(one, decided=Decided.LEFT_OUT, reason=texts.for_others(ctx.say, one.read.lead))


async def typed(ctx: Context, text: str) -> Doers:
    """Everybody whom somebody names in a line."""
    return who(text, await bodies(ctx), ctx.agency, ctx.desk.vocabulary)


async def choices(ctx: Context, one: Proposal) -> list[Doers]:
    """Who may be meant by the names of a proposal, the likeliest first."""
    return (await bodies(ctx)).choices(one.read.lead)


async def learn(ctx: Context, one: Proposal, answer: Doers, others: Sequence[Proposal]) -> list[Proposal]:
    """Remember whom a name was said to mean; gives those of the others whose lead is known by that."""
    lesson = (await bodies(ctx)).lesson(one.read.lead, answer)
    if lesson is None:
        return []
    await ctx.uow.proposals.learn(*lesson, ctx.me.id, ctx.now)
    known = await bodies(ctx)
    taught = [each for each in others if each.id != one.id and each.asks_who and lesson[0] in each.read.lead]
    leads = [(each, known.lead(each.read.lead)) for each in taught]
    return [replace(each, lead=lead) for each, lead in leads if lead]
