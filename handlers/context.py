"""What a handler is given: who speaks, when, about what, and the ways to answer and to tell others."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from domain.deadlines import Deadline
from domain.headers import Header
from domain.messages import Draft, Outgoing, Priority, StoredFile
from domain.people import Account, Agency, Person
from domain.permissions import Action, may
from domain.questions import Question
from domain.reading.values import WholeReading
from domain.refusals import Because, Refusal
from domain.rules import Rules
from domain.tasks import Assignment, Verb
from domain.workdays import WorkCalendar
from handlers.understanding.intents import yes_or_no
from locales.speech import Speech
from locales.texts import leave as leave_texts
from locales.texts import mail as mail_texts
from locales.texts.refusals import refused
from locales.vocabulary import Vocabulary
from storage.conversations import Dialog
from storage.unit_of_work import UnitOfWork

MARK = "mark"
DIALOG_LIFE = timedelta(hours=2)
"""How long a question stays open."""

Links = Callable[[str], Sequence[tuple[str, str]]]
"""For a code, the channels that have a link for it, and the links."""
TableLink = Callable[[int], str | None]
"""For a document that was read, the page with the table of its proposals; None where there are no pages."""


@dataclass(frozen=True)
class Desk:
    """What every conversation needs, the same for all."""

    rules: Rules
    speech: Speech
    vocabulary: Vocabulary
    links: Links = field(default=lambda _code: ())
    token_expiries: Callable[[], Mapping[str, datetime]] = field(default=dict)
    """Until when the keys of channels to their vendors are valid, where they run out."""
    table: TableLink = field(default=lambda _document: None)
    upload: Callable[[str], str | None] = field(default=lambda _secret: None)
    """Where a file is handed in with a one-time secret; None where people cannot reach the web of this assistant."""


@dataclass
class Context:
    """One event of one person, within one transaction."""

    uow: UnitOfWork
    desk: Desk
    now: datetime
    calendar: WorkCalendar
    agency: Agency
    me: Person
    account: Account
    event_id: int
    files: tuple[StoredFile, ...] = ()
    headers: tuple[Header | None, ...] = ()
    """What the files of this event say of themselves, in their order; None where one cannot be read."""
    readings: tuple[WholeReading, ...] = ()
    """What its documents say as a whole, where the speaker may publish them."""
    lost_files: int = 0
    received_at: datetime | None = None
    asked: Sequence[Question] | None = None
    """The questions that wait for a number, the latest first; None where the channel has buttons for everything."""
    dialog: Dialog | None = None
    dialog_expired: bool = False
    files_kept: bool = False
    told: list[str] = field(default_factory=list)
    """The dedupe keys of the letters to others."""

    @property
    def say(self) -> Speech:
        return self.desk.speech

    @property
    def rules(self) -> Rules:
        return self.desk.rules

    async def tell(self, person: Person, outgoing: Outgoing, *, tasks: Sequence[int] = (), about: str = "") -> None:
        """Post a letter to somebody else; it leaves with this transaction.

        What concerns tasks goes to whoever stands in for them, if that one can be reached; what I do while I stand in
        for them, to themselves.
        """
        account = await self.uow.ways.to(person.id, self.now)
        stand_in = self.agency.stand_in(person.id) if tasks else None
        if stand_in and stand_in != self.me and (other := await self.uow.ways.to(stand_in.id, self.now)):
            outgoing, person, account = leave_texts.instead_of(self.say, outgoing, person), stand_in, other
        draft = Draft(outgoing, dedupe=f"event:{self.event_id}:to:{person.id}:{about}:{tasks}", about=about)
        self.told.append(draft.dedupe)
        await self.uow.outbox.post_to(account, draft, self.now, person_id=person.id, tasks=tasks)

    def acting_for(self, one: Assignment) -> Person:
        """Who speaks about a task, as others are told of it: where it is another's, the name says for whom."""
        assignee = self.agency.people.get(one.assignee_id)
        if assignee is None or assignee == self.me:
            return self.me
        return replace(self.me, name=leave_texts.acting(self.say, self.me, assignee))

    async def is_linked(self, person: Person) -> bool:
        """Whether a letter can reach a person now."""
        return await self.uow.ways.reach(person.id, self.now)

    async def or_warned(self, answer: Outgoing, asked: Sequence[Person]) -> Outgoing:
        """The answer; where nothing reaches any of those who are asked, it says so: somebody has to tell them."""
        stand_ins = [self.agency.stand_in(person.id) or person for person in asked]
        if not asked or any([await self.is_linked(person) for person in (*asked, *stand_ins)]):
            return answer
        return replace(answer, text=mail_texts.with_remarks(answer.text, [mail_texts.not_reached(self.say, asked)]))

    async def take_up_dialog(self) -> None:
        """The question that is open; one that was open for too long is closed."""
        self.dialog = await self.uow.conversations.get(self.account.id)
        if self.dialog is not None and self.now >= self.dialog.expires_at:
            self.dialog_expired = True
            await self.answered()

    async def ask(self, step: str, **payload: Any) -> str:
        """Remember what was asked, so that the next message is understood as its answer.

        Gives the mark that the question's buttons carry: a button of another question does nothing.
        """
        return await self.ask_for(DIALOG_LIFE, step, payload)

    async def ask_for(self, lasts: timedelta, step: str, payload: Mapping[str, Any]) -> str:
        """The same, for a time of its own."""
        mark = secrets.token_hex(4)
        self.dialog = Dialog(step, {**payload, MARK: mark}, self.now + lasts)
        await self.uow.conversations.put(self.account.id, self.dialog)
        return mark

    async def answered(self) -> None:
        """The question is closed."""
        if self.dialog is not None:
            await self.uow.conversations.close(self.account.id)
            self.dialog = None

    def is_open(self, mark: str) -> bool:
        """Whether a button's question is the one that waits for an answer."""
        return self.dialog is not None and self.dialog.payload.get(MARK) == mark

    @property
    def payload(self) -> Mapping[str, Any]:
        """What was remembered with the open question."""
        return self.dialog.payload if self.dialog else {}

    def yes_or_no(self, text: str) -> bool | None:
        """A plain yes or no in a text; None for anything else."""
        return yes_or_no(text, self.desk.vocabulary)

    def agrees(self, text: str) -> bool:
        """Whether a text says yes; refuses one that says neither yes nor no."""
        answer = self.yes_or_no(text)
        if answer is None:
            raise Refusal(Because.YES_OR_NO)
        return answer

    def refused(self, refusal: Refusal) -> Outgoing:
        """A refusal as an answer: what was kept so far stays kept, unlike when it is raised."""
        return refused(self.say, refusal)

    async def assignment(self, number: int | None, action: Action, command: str) -> Assignment:
        """The assignment of a number, if I may do this to it; refuses otherwise."""
        if number is None:
            raise Refusal(Because.NO_NUMBER, command=command)
        found = await self.uow.tasks.get(number)
        if found is None:
            raise Refusal(Because.NO_SUCH_TASK, number=number)
        if not may(self.me, action, found, self.agency):
            own_claim = found.assignee_id in self._works_as() and action in (Action.CONFIRM, Action.RETURN)
            raise Refusal(Because.OWN_CLAIM if own_claim else self._whose(found), number=number)
        return found

    def _works_as(self) -> list[int]:
        """Whose work is mine at present."""
        return [self.me.id, *(person.id for person in self.agency.stands_in_for(self.me.id))]

    def _whose(self, found: Assignment) -> Because:
        # whoever may not even see a task is not told that it exists
        return Because.NOT_YOURS if may(self.me, Action.SEE, found, self.agency) else Because.NO_SUCH_TASK

    def next_rung(self, deadline: Deadline | None) -> datetime | None:
        """When a task with this deadline is reminded of next."""
        return self.rules.next_rung(deadline, self.now, self.calendar) if deadline else None

    async def can_be_undone(
        self, verb: Verb, before: Assignment, revision: int, told: Sequence[str] | None = None
    ) -> None:
        """Keep what an assignment was, after those concerned have been told; `revision` is what it has now.

        `told` are the letters that told of it; without them, those that were about this task alone.
        """
        letters = told if told is not None else [key for key in self.told if key.endswith(f":[{before.number}]")]
        await self.uow.undo.keep(self.me.id, self.event_id, self.now, verb, before, revision, letters)

    async def save(self, before: Assignment, after: Assignment) -> None:
        """Keep a change, or refuse because somebody else was faster."""
        if after is not before and not await self.uow.tasks.save(before, after):
            raise Refusal(Because.CHANGED_MEANWHILE, number=before.number)


def answer_draft(event_id: int, outgoing: Outgoing) -> Draft:
    """The answer to an event; posting it twice is harmless."""
    return Draft(outgoing, dedupe=f"answer:{event_id}", priority=Priority.ANSWER)
