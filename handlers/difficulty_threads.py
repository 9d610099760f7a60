"""What both sides of a difficulty share: keeping a turn and its message, ending it, whom to tell, what is not kept."""

from collections.abc import Iterable

from domain import difficulties as rules
from domain.difficulties import WORDS_LENGTH, Difficulty, Kind, Note, Turn
from domain.messages import Outgoing
from domain.people import Person
from domain.permissions import Action, may_ever
from domain.refusals import Because, Refusal
from domain.tasks import Assignment, LogEntry, Verb
from handlers.context import Context
from locales.texts import difficulties as texts
from locales.texts import difficulty_letters as letters
from locales.vocabulary import cleaned, words

ENDS = {Kind.ANSWERED, Kind.AGREED, Kind.DECIDED, Kind.CLOSED}


def about(number: int) -> str:
    """What a letter that asks for somebody's word on a difficulty is about."""
    return f"difficulty:{number}"


# -- whom to tell ------------------------------------------------------------------------------------------------------


def office(ctx: Context) -> list[Person]:
    """Everybody of the Office but me; where nobody else is there, the leaders."""
    others = [person for person in ctx.agency.office() if person.id != ctx.me.id]
    return others or leaders(ctx)


def leaders(ctx: Context) -> list[Person]:
    return [person for person in ctx.agency.leaders() if person.id != ctx.me.id]


def asked_leaders(ctx: Context, opened: Difficulty) -> list[Person]:
    """The leaders whose word is waited for."""
    if opened.turn is not Turn.LEADER:
        return []
    return [leader for leader in leaders(ctx) if opened.leader_id in (None, leader.id)]


def heads(ctx: Context, one: Assignment) -> list[Person]:
    """Whoever heads the one whose task it is, but me."""
    assignee = ctx.agency.people.get(one.assignee_id)
    return [head for head in ctx.agency.heads_over(assignee) if head.id != ctx.me.id] if assignee else []


async def tell_each(
    ctx: Context, one: Assignment, people: Iterable[Person], letter: Outgoing, ask: bool = False
) -> None:
    """The same letter to each of them once, and not to me; `ask` where it waits for a word of theirs."""
    for person in {person.id: person for person in people if person.id != ctx.me.id}.values():
        stand_in = ctx.agency.stand_in(person.id)
        # a word of the Office or of a leader is not asked of somebody who may not give it
        stays = ask and stand_in is not None and may_ever(person, Action.ANSWER) and stand_in.role is not person.role
        await ctx.tell(person, letter, tasks=[] if stays else [one.number], about=about(one.number) if ask else "")


# -- keeping -----------------------------------------------------------------------------------------------------------


async def write(ctx: Context, one: Difficulty, kind: Kind, text: str = "") -> None:
    """Append to the thread; that it began or ended, and not in which words, is in the task's log as well."""
    await ctx.uow.difficulties.add(one.id, Note(ctx.now, kind, ctx.me.id, text))
    if kind is Kind.RAISED or kind in ENDS:
        verb = Verb.DIFFICULTY if kind is Kind.RAISED else Verb.ANSWERED
        await ctx.uow.tasks.note(one.number, LogEntry(ctx.now, verb, ctx.me.id))


async def turn(ctx: Context, before: Difficulty, after: Difficulty, kind: Kind, text: str = "") -> None:
    """Keep a step; whoever was asked for a word before is not asked any more."""
    if after is not before:
        if not await ctx.uow.difficulties.save(before, after):
            raise Refusal(Because.CHANGED_MEANWHILE, number=before.number)
        await ctx.uow.outbox.drop(about(before.number))
    await write(ctx, after, kind, text)


async def end(ctx: Context, one: Assignment, before: Difficulty, kind: Kind, text: str = "") -> Assignment:
    """It is closed, and the task goes on."""
    await turn(ctx, before, rules.close(before, ctx.now), kind, text)
    after = rules.let_go(one, ctx.next_rung(one.deadline))
    await ctx.save(one, after)
    return after


async def end_by_claim(ctx: Context, one: Assignment) -> None:
    """The task has been reported as done: a difficulty that was open is none any more."""
    before = await ctx.uow.difficulties.open_of(one.number)
    if before is None:
        return
    await turn(ctx, before, rules.close(before, ctx.now), Kind.CLAIMED)
    told = [*office(ctx), *asked_leaders(ctx, before)]
    await tell_each(ctx, one, told, letters.over_by_claim(ctx.say, one, ctx.acting_for(one)))


async def reopen(ctx: Context, number: int) -> None:
    """The claim that ended a difficulty has been taken back."""
    before = await ctx.uow.difficulties.latest(number)
    if before is None or before.is_open:
        return
    due = rules.answer_due(ctx.now, ctx.rules, ctx.calendar)
    await turn(ctx, before, rules.reopen(before, ctx.now, due), Kind.REOPENED)


# -- what is said ------------------------------------------------------------------------------------------------------


def step_of(ctx: Context, text: str) -> tuple[str, str]:
    """The step that a text begins with ("" for none), and the words after it."""
    typed = words(text)
    found = ctx.desk.vocabulary.steps.at(typed, 0)
    if found is None:
        return "", text.strip()
    return found.meaning, text[typed[found.length - 1].end :].lstrip(" \t\n:;,.-\u2013").rstrip()


def checked(text: str, number: int) -> str:
    """What is to be kept of a message, or a refusal."""
    text = text.strip()
    if not any(letter.isalnum() for letter in text):
        raise Refusal(Because.NO_WORDS, number=number)
    if len(text) > WORDS_LENGTH:
        raise Refusal(Because.WORDS_TOO_LONG, number=number, length=len(text), most=WORDS_LENGTH)
    return text


async def turned_away(ctx: Context, one: Assignment, text: str) -> Outgoing | None:
    """The answer to words that accuse people of wrongdoing: they are for other channels, and nothing of them is kept.

    What the task itself speaks of, as one about handling complaints does, accuses nobody.
    """
    accusing = ctx.desk.vocabulary.accusing
    if not accusing.within(words(cleaned(text))) - accusing.within(words(cleaned(one.task.content))):
        return None
    await ctx.uow.inbox.forget_words(ctx.event_id)
    # a file that came with them is not held for another task either
    ctx.files_kept = True
    return texts.not_here(ctx.say, one)


async def keep_files(ctx: Context, one: Assignment) -> None:
    """What came with the words stays with the task."""
    ctx.files_kept = True
    for file in ctx.files:
        await ctx.uow.tasks.add_evidence(one.number, file, ctx.me.id, ctx.now)
