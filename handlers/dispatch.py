"""One event, one transaction: who is it, what do they want, the change, the answer and the letters to others."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import structlog

from domain.messages import SEEN, Event, Incoming, Letter, Outgoing
from domain.people import Account
from domain.refusals import Because, Refusal
from handlers import accounts, router
from handlers.context import Context, Desk, answer_draft
from handlers.unreadable import unreadable
from locales.texts import refusals as texts
from scheduler.senders import Senders
from storage.inbox import Turn
from storage.unit_of_work import Store, UnitOfWork

log = structlog.get_logger()

HEARD_EVERY = timedelta(minutes=1)


class HandledElsewhere(Exception):
    """Another process was faster; everything is undone."""


class NotItsTurn(Exception):
    """Another process has an older event of the same chat in hand; nothing is done."""


Decide = Callable[[UnitOfWork], Awaitable[Outgoing | None]]


class Dispatcher:
    """Handles events."""

    def __init__(self, store: Store, senders: Senders, desk: Desk) -> None:
        self._store = store
        self._senders = senders
        self._desk = desk

    async def handle(self, event: Event, now: datetime, lost_files: int = 0) -> None:
        """Handle one event: exactly once, or not at all when it raises, NotItsTurn among others."""
        try:
            await self._within(event, now, lambda uow: self._decide(uow, event, now, lost_files))
        except Refusal as refusal:
            # what the handler did has been undone; that the event was handled, and the refusal, are kept
            await self._within(event, now, self._refuse(event, now, texts.refused(self._desk.speech, refusal)))
        except HandledElsewhere:
            log.info("event_handled_elsewhere", event_id=event.id)

    async def give_up(self, event: Event, now: datetime, error: str) -> None:
        """The event fails again and again: set it aside, and tell its sender."""
        log.error("event_given_up", event_id=event.id, error=error)
        await self._within(event, now, self._always(texts.broken(self._desk.speech)))
        async with self._store.write() as uow:
            await uow.inbox.give_up(event.id, error)

    def _refuse(self, event: Event, now: datetime, answer: Outgoing) -> Decide:
        async def decide(uow: UnitOfWork) -> Outgoing:
            # whoever is turned down has written all the same: the account is alive
            account = await uow.people.account_at(event.incoming.channel, event.incoming.address)
            if account is not None:
                await self._heard(uow, account, now)
            return answer

        return decide

    @staticmethod
    def _always(answer: Outgoing) -> Decide:
        async def decide(_uow: UnitOfWork) -> Outgoing:
            return answer

        return decide

    async def _within(self, event: Event, now: datetime, decide: Decide) -> None:
        """Decide and answer in one transaction; where the sender is idle, the answer leaves at once."""
        incoming = event.incoming
        sender = self._senders.get(incoming.channel)
        if sender is None or not sender.reserve(incoming.address, now):
            await self._commit(event, now, decide, under_way=False)
            return
        letter: Letter | None = None
        try:
            letter = await self._commit(event, now, decide, under_way=True)
        finally:
            if letter is None:
                sender.release()
        if letter is not None:
            await sender.hand_over(letter)

    async def _commit(self, event: Event, now: datetime, decide: Decide, *, under_way: bool) -> Letter | None:
        async with self._store.write() as uow:
            match await uow.inbox.begin(event):
                case Turn.OVER:
                    raise HandledElsewhere
                case Turn.LATER:
                    raise NotItsTurn
            if event.incoming.secret:
                await uow.inbox.forget_words(event.id)
            answer = await decide(uow)
            if answer is None:
                return None
            incoming = event.incoming
            draft = answer_draft(event.id, answer)
            return await uow.outbox.post(draft, incoming.channel, incoming.address, now, under_way=under_way)

    async def _decide(self, uow: UnitOfWork, event: Event, now: datetime, lost_files: int) -> Outgoing | None:
        incoming = event.incoming
        if incoming.left:
            await uow.people.unreachable(incoming.channel, incoming.address, now)
            return None
        if incoming.secret:
            raise Refusal(Because.MARKED_SECRET)
        if incoming.in_group:
            raise Refusal(Because.NOT_IN_GROUP)
        account = await uow.people.account_at(incoming.channel, incoming.address)
        agency = await uow.agency()
        if account is None or account.person_id not in agency.people:
            return await accounts.stranger(uow, self._desk, incoming.channel, incoming.address, incoming.text, now)
        await self._heard(uow, account, now)
        if incoming.action == SEEN:
            return None
        ctx = Context(
            uow=uow,
            desk=self._desk,
            now=now,
            calendar=await uow.calendar(),
            agency=agency.on(self._desk.rules.today(now)),
            me=agency.people[account.person_id],
            account=account,
            event_id=event.id,
            files=event.files,
            headers=event.headers,
            readings=event.readings,
            lost_files=lost_files,
            received_at=event.received_at,
            asked=await uow.questions.open(incoming.channel, incoming.address),
        )
        await ctx.take_up_dialog()
        answer = await self._answered(ctx, incoming)
        # what was understood closes what was asked before; where it was refused, this is undone and all is open still
        if not incoming.unsupported:
            await uow.questions.close(ctx.asked or ())
        return answer

    async def _answered(self, ctx: Context, incoming: Incoming) -> Outgoing | None:
        if incoming.action:
            return await router.pressed(ctx, incoming.action)
        if incoming.unsupported:
            return await unreadable(ctx, incoming.unsupported)
        return await router.typed(ctx, incoming.text)

    async def _heard(self, uow: UnitOfWork, account: Account, now: datetime) -> None:
        # once a minute is enough to know which chat was used last, and spares every other command a write
        if account.unreachable_since is not None or abs(now - account.last_heard_at) > HEARD_EVERY:
            await uow.people.heard(account.id, now)
        if account.unreachable_since is not None or uow.ways.is_shut(account, now):
            # they have opened it by writing
            await accounts.found(uow, account, now)
