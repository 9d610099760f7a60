"""The token keeper: one access token for all calls, renewed before it runs out, and never a refresh token lost by us.

A refresh token is good for one call, and its answer is all there is to go on with. So the call is written down before
it is made, and the new pair before it is used; one process at a time renews. Where an answer was lost, the old token
is tried once more; where that brings nothing, the Office is told what to do, and it is tried again now and then.
"""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.channels.resting import Rest
from bot.channels.zalo_oa_events import CHANNEL
from bot.channels.zalo_oa_oauth import NotSent, OAuth, OAuthError, Pair
from domain.channel import OutOfOrder, Unavailable
from domain.clock import Clock
from storage.sealing import Seal, SealBroken
from storage.unit_of_work import Store, UnitOfWork
from storage.vendor_tokens import SealedPair, VendorToken

EARLY = timedelta(hours=2)
"""How long before its end an access token is renewed."""
REFRESH_LIFE = timedelta(days=90)
"""How long a refresh token lives that is not used; each renewal brings a new one."""
MOST_TRIES = 2
LOST_REST = timedelta(hours=1)
"""Between two tries with a refresh token that seems to be lost: Zalo itself may have been in trouble."""
LOOKS, PAUSE = 100, 0.1
"""How often, and after how many seconds, it is looked whether the process that renews has done so."""

OnLost = Callable[[UnitOfWork, int], Awaitable[None]]
"""Told of the generation that is lost, within the transaction that writes the loss down."""

log = structlog.get_logger()


class NoToken(OutOfOrder):
    """There is no token that works, and a person has to see to it."""


@dataclass(frozen=True, slots=True)
class _Token:
    """What is kept, opened."""

    kept: VendorToken
    access: str
    refresh: str

    def lasts(self, now: datetime, spare: timedelta = EARLY) -> bool:
        expires_at = self.kept.pair.expires_at
        return bool(self.access) and expires_at is not None and expires_at - spare > now


def seal_of(app_secret: str) -> Seal:
    """How the tokens are sealed: a copy of the database without the application's secret gives nothing away."""
    return Seal(app_secret, CHANNEL)


def mark_of(given: str) -> str:
    """Tells the refresh token of the settings from an earlier one, without being it."""
    return hashlib.sha256(f"{CHANNEL} {given}".encode()).hexdigest() if given else ""


class TokenKeeper:
    def __init__(
        self,
        store: Store,
        oauth: OAuth,
        seal: Seal,
        clock: Clock,
        *,
        given: str = "",
        on_lost: OnLost | None = None,
        rest: Rest = asyncio.sleep,
    ) -> None:
        """`given` is the refresh token of the settings; `clock` is the real one: Zalo's own goes on in rehearsals."""
        self._store, self._oauth, self._seal, self._clock = store, oauth, seal, clock
        self._given = given
        self._on_lost = on_lost
        self._rest = rest
        self._one_at_a_time = asyncio.Lock()
        self._token: _Token | None = None

    @property
    def permitted_until(self) -> datetime | None:
        """Until when the permission lasts if nothing renews it any more; None where it is lost, or not known here."""
        kept = self._token.kept if self._token else None
        return kept.tried_at + REFRESH_LIFE if kept and kept.tried_at and not kept.lost_at else None

    async def token(self) -> str:
        """An access token to call with. Raises Unavailable."""
        if self._token and self._token.lasts(self._clock.now()):
            return self._token.access
        async with self._one_at_a_time:
            found = await self._load()
            if not found.lasts(self._clock.now()):
                found = await self._renewed_if_possible(found)
            self._token = found
            return found.access

    async def renew(self, refused: str) -> str:
        """Another access token than the one that Zalo has refused. Raises Unavailable."""
        async with self._one_at_a_time:
            self._token = None
            found = await self._load()
            if found.access == refused or not found.lasts(self._clock.now(), timedelta()):
                found = await self._renewed(found)
            self._token = found
            return found.access

    async def _renewed_if_possible(self, found: _Token) -> _Token:
        """The next one; while the present one still works, a failure is no matter yet."""
        try:
            return await self._renewed(found)
        except Unavailable as problem:
            if not found.lasts(self._clock.now(), timedelta()):
                raise
            log.warning("zalo_oa_token_not_renewed", reason=str(problem))
            return found

    # -- what is kept ------------------------------------------------------------------------------------------------

    async def _load(self) -> _Token:
        async with self._store.read() as uow:
            kept = await uow.vendor_tokens.find(CHANNEL)
        if self._given and (kept is None or kept.given != mark_of(self._given)):
            # written down before its first use: after that it is worth nothing
            async with self._store.write() as uow:
                await uow.vendor_tokens.plant(CHANNEL, self._sealed("", self._given, None), mark_of(self._given))
                kept = await uow.vendor_tokens.find(CHANNEL)
        if kept is None:
            raise NoToken("no token has been given yet")
        try:
            access = self._seal.open(kept.pair.access) if kept.pair.access else ""
            return _Token(kept, access, self._seal.open(kept.pair.refresh))
        except SealBroken:
            await self._lose(kept)
            raise NoToken("the tokens were sealed with another application secret") from None

    def _sealed(self, access: str, refresh: str, expires_at: datetime | None) -> SealedPair:
        return SealedPair(self._seal.close(access) if access else "", self._seal.close(refresh), expires_at)

    # -- renewing ----------------------------------------------------------------------------------------------------

    async def _renewed(self, found: _Token) -> _Token:
        for _ in range(LOOKS):
            now = self._clock.now()
            kept = found.kept
            if kept.lost_at and kept.tried_at and now - kept.tried_at < LOST_REST:
                raise NoToken("the refresh token is lost")
            async with self._store.write() as uow:
                if await uow.vendor_tokens.begin(CHANNEL, kept.generation, now):
                    break
            await self._rest(PAUSE)
            found, before = await self._load(), found
            if found.kept.generation != before.kept.generation and found.lasts(self._clock.now(), timedelta()):
                return found
        else:
            raise Unavailable("another process renews the token")
        return await self._ask(found, found.kept.tries + 1)

    async def _ask(self, found: _Token, tries: int) -> _Token:
        """Use the refresh token; the call has been written down."""
        generation = found.kept.generation
        try:
            pair = await self._oauth.refresh(found.refresh)
        except NotSent as problem:
            await self._ended(generation, sent=False)
            raise Unavailable(f"no new token: {problem}") from None
        except OAuthError as problem:
            log.warning("zalo_oa_token_refused", tries=tries, kind=type(problem).__name__, reason=str(problem))
            await self._ended(generation, sent=True)
            if tries < MOST_TRIES:
                return await self._renewed(await self._load())
            await self._lose(found.kept)
            raise NoToken(f"no new token: {problem}") from None
        return await self._keep(generation, pair)

    async def _keep(self, generation: int, pair: Pair) -> _Token:
        expires_at = self._clock.now() + timedelta(seconds=pair.seconds)
        async with self._store.write() as uow:
            await uow.vendor_tokens.renewed(CHANNEL, generation, self._sealed(pair.access, pair.refresh, expires_at))
        log.info("zalo_oa_token_renewed", until=expires_at.isoformat(timespec="seconds"))
        # read again: if a pair was given meanwhile by hand, that one counts
        return await self._load()

    async def _ended(self, generation: int, *, sent: bool) -> None:
        async with self._store.write() as uow:
            await uow.vendor_tokens.ended(CHANNEL, generation, sent=sent)

    async def _lose(self, kept: VendorToken) -> None:
        async with self._store.write() as uow:
            if await uow.vendor_tokens.lose(CHANNEL, kept.generation, self._clock.now()) and self._on_lost:
                await self._on_lost(uow, kept.generation)
        log.error("zalo_oa_token_lost", what_to_do="main.py zalo connect")
