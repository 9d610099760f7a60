"""Which way letters go to people now, and what is used of the channels' monthly quotas."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, bindparam, exists, func, select, text, update

from domain.channel import Limits
from domain.people import Account
from domain.ways import (
    OPEN,
    Carries,
    Share,
    Standing,
    Standings,
    best_way,
    carries,
    closes_at,
    month_of,
    next_month,
    to_warn_of,
)
from storage.codecs import table
from storage.engine import Connection, insert_of
from storage.models import AccountRow, AssignmentRow, LetterRow, PersonRow, QuotaRow
from storage.models.tasks import UNFINISHED_ROWS
from storage.people import People

quota, letter, assignment = table(QuotaRow), table(LetterRow), table(AssignmentRow)
account, person = table(AccountRow), table(PersonRow)

WAITS_FOR_QUOTA = "the month's quota is used up"
"""The error of a letter that waits for the next month, or for another chat of its person."""

# written out, not bound: only so does the database see that the partial index serves
_UNFINISHED = text("assignment." + UNFINISHED_ROWS.text)

_THIS_MONTH = (quota.c.channel == bindparam("of"), quota.c.month == bindparam("in_month"))
_SPEND = update(quota).where(*_THIS_MONTH, quota.c.used + bindparam("more") <= bindparam("most"))
_SPEND = _SPEND.values(used=quota.c.used + bindparam("more"))
_GIVE_BACK = update(quota).where(*_THIS_MONTH, quota.c.used >= bindparam("more"))
_GIVE_BACK = _GIVE_BACK.values(used=quota.c.used - bindparam("more"))


class Ways:
    """Ways and quotas of one transaction; `limits` are those of the channels that are configured, by name."""

    def __init__(self, connection: Connection, zone: ZoneInfo, limits: Mapping[str, Limits]) -> None:
        self._db = connection
        self._zone = zone
        self._limits = limits
        self._people = People(connection)
        self._standings: tuple[str, Standings] | None = None

    async def standings(self, now: datetime) -> Standings:
        """What the channels allow now."""
        month = month_of(now, self._zone)
        if self._standings is None or self._standings[0] != month:
            self._standings = (month, await self._load(month))
        return self._standings[1]

    async def _load(self, month: str) -> Standings:
        used: dict[str, int] = {}
        spent: dict[str, datetime] = {}
        if any(limits.monthly_quota or limits.window for limits in self._limits.values()):
            rows = list(await self._db.execute(select(quota).where(quota.c.month == month)))
            used = {row.channel: row.used for row in rows}
            spent = {row.channel: row.spent_at for row in rows if row.spent_at}
        return {name: Standing(limits, used.get(name, 0), spent.get(name)) for name, limits in self._limits.items()}

    # -- the way -----------------------------------------------------------------------------------------------------

    async def to(self, person_id: int, now: datetime, share: Share = Share.ANY) -> Account | None:
        """The account that a letter to somebody goes to; None where nothing can carry it."""
        return best_way(await self._people.accounts(person_id), await self.standings(now), now, share)

    async def to_all(self, person_ids: Sequence[int], now: datetime) -> dict[int, Account]:
        """The same for many at once; whom nothing reaches is left out."""
        standings, accounts = await self.standings(now), await self._people.accounts_of(person_ids)
        found = {person_id: best_way(theirs, standings, now) for person_id, theirs in accounts.items()}
        return {person_id: way for person_id, way in found.items() if way is not None}

    async def other(self, person_id: int, channel: str, address: str, now: datetime, share: Share) -> Account | None:
        """Another account of somebody, besides one, that can carry a letter at once."""
        standings = await self.standings(now)
        others = [
            one for one in await self._people.accounts(person_id) if (one.channel, one.address) != (channel, address)
        ]
        way = best_way(others, standings, now, share)
        if way is None or carries(way, standings.get(way.channel, OPEN), now, share) is Carries.NEXT_MONTH:
            return None
        return way

    async def reach(self, person_id: int, now: datetime) -> bool:
        """Whether something can reach a person now, if only a last reminder."""
        standings = await self.standings(now)
        how = [
            carries(one, standings.get(one.channel, OPEN), now, Share.LAST)
            for one in await self._people.accounts(person_id)
        ]
        return any(one > Carries.NEXT_MONTH for one in how)

    async def unreachable(self, limit: int, now: datetime, due_by: datetime | None = None) -> tuple[int, list[int]]:
        """How many people with unfinished tasks can be reached by nothing, and who (the first of them).

        With `due_by` only those who have something due by that instant.
        """
        due = () if due_by is None else (assignment.c.sort_at <= due_by,)
        open_task = exists().where(assignment.c.assignee_id == person.c.id, _UNFINISHED, *due)
        where = (person.c.left_at.is_(None), ~await self._reachable(now), open_task)
        count = await self._db.scalar(select(func.count()).select_from(person).where(*where))
        query = select(person.c.id).where(*where).order_by(person.c.unit_id, person.c.id).limit(limit)
        return int(count or 0), [row.id for row in await self._db.execute(query)]

    async def _reachable(self, now: datetime) -> ColumnElement[bool]:
        """The rule as a condition on the rows of people."""
        shut = [_shut(name, standing, now) for name, standing in (await self.standings(now)).items()]
        open_ones = [~one for one in shut if one is not None]
        mine = (account.c.person_id == person.c.id, account.c.unreachable_since.is_(None))
        return exists().where(*mine, *open_ones)

    async def only_on(self, channel: str, limit: int) -> tuple[int, list[int]]:
        """How many people have no other chat that works than one on this channel, and who (the first of them)."""
        theirs = (account.c.person_id == person.c.id, account.c.unreachable_since.is_(None))
        here, elsewhere = account.c.channel == channel, account.c.channel != channel
        where = (person.c.left_at.is_(None), exists().where(*theirs, here), ~exists().where(*theirs, elsewhere))
        count = await self._db.scalar(select(func.count()).select_from(person).where(*where))
        query = select(person.c.id).where(*where).order_by(person.c.unit_id, person.c.id).limit(limit)
        return int(count or 0), [row.id for row in await self._db.execute(query)]

    def is_shut(self, account: Account, now: datetime) -> bool:
        """Whether a channel takes no letters to an account, as its person has not written for too long."""
        closes = self.closes_at(account)
        return closes is not None and closes <= now

    def closes_at(self, account: Account) -> datetime | None:
        """When that is so, unless the person writes again; None where a channel always takes letters."""
        return closes_at(account, self._limits.get(account.channel, OPEN.limits))

    async def closing(self, now: datetime, until: datetime, limit: int) -> list[tuple[int, datetime]]:
        """Whose only way shuts by an instant, and when: people with unfinished tasks who must write before."""
        found: list[tuple[int, datetime]] = []
        open_task = exists().where(assignment.c.assignee_id == account.c.person_id, _UNFINISHED)
        other = account.alias()
        for name, limits in self._limits.items():
            if limits.window is None:
                continue
            theirs = (other.c.person_id == account.c.person_id, other.c.unreachable_since.is_(None))
            elsewhere = exists().where(*theirs, other.c.channel != name)
            heard = (account.c.last_heard_at > now - limits.window, account.c.last_heard_at <= until - limits.window)
            where = (account.c.channel == name, account.c.unreachable_since.is_(None), *heard, open_task, ~elsewhere)
            query = select(account.c.person_id, account.c.last_heard_at).where(*where)
            rows = await self._db.execute(query.order_by(account.c.person_id).limit(limit))
            found += [(row.person_id, row.last_heard_at + limits.window) for row in rows]
        return found

    def most_people(self, channel: str) -> int | None:
        """How many people the vendor lets in on a channel; None is no limit."""
        return self._limits.get(channel, OPEN.limits).most_people

    async def is_full(self, channel: str) -> bool:
        """Whether no more people are let in on a channel."""
        most = self.most_people(channel)
        if most is None:
            return False
        linked = select(func.count()).select_from(account).where(account.c.channel == channel)
        return int(await self._db.scalar(linked) or 0) >= most

    # -- the quota ---------------------------------------------------------------------------------------------------

    async def spend(self, channel: str, messages: int, now: datetime, share: Share) -> bool:
        """Count messages before they are sent; False where so many may not go any more this month."""
        most = Standing(self._limits.get(channel, OPEN.limits)).most(share)
        if most is None:
            return True
        month = await self._open_month(channel, now)
        given = {"of": channel, "in_month": month, "more": messages, "most": most}
        return (await self._db.execute(_SPEND, given)).rowcount == 1

    async def give_back(self, channel: str, messages: int, now: datetime) -> None:
        """So many of them were not taken by the vendor after all."""
        given = {"of": channel, "in_month": month_of(now, self._zone), "more": messages}
        await self._db.execute(_GIVE_BACK, given)
        self._standings = None

    async def exhausted(self, channel: str, now: datetime) -> None:
        """The vendor says that the quota is used up, whatever was counted here: it is tried again tomorrow."""
        month = await self._open_month(channel, now)
        spent = update(quota).where(*_THIS_MONTH).values(spent_at=bindparam("at"))
        await self._db.execute(spent, {"of": channel, "in_month": month, "at": now})

    async def _open_month(self, channel: str, now: datetime) -> str:
        self._standings = None
        month = month_of(now, self._zone)
        row = insert_of(self._db.dialect.name)(quota).values(channel=channel, month=month, used=0, warned=0)
        await self._db.execute(row.on_conflict_do_nothing())
        return month

    async def to_warn_of(self, now: datetime) -> list[tuple[str, Standing, int]]:
        """The channels whose quota has passed a mark that the Office was not warned of, and the mark."""
        standings = await self.standings(now)
        if not any(one.limits.monthly_quota for one in standings.values()):
            return []
        query = select(quota.c.channel, quota.c.warned).where(quota.c.month == month_of(now, self._zone))
        found = []
        for name, warned in [(row.channel, row.warned) for row in await self._db.execute(query)]:
            standing = standings.get(name, OPEN)
            mark = to_warn_of(standing, now, warned)
            if mark is not None:
                found.append((name, standing, mark))
        return found

    async def warn(self, channel: str, mark: int, now: datetime) -> bool:
        """The Office is warned of a mark; False where it was, meanwhile."""
        lower = update(quota).where(*_THIS_MONTH, quota.c.warned < bindparam("mark")).values(warned=bindparam("mark"))
        given: dict[str, Any] = {"of": channel, "in_month": month_of(now, self._zone), "mark": mark}
        return (await self._db.execute(lower, given)).rowcount == 1

    def whole_again(self, now: datetime) -> datetime:
        """When the quotas begin anew."""
        return next_month(now, self._zone)

    async def take_along(self, to: Account, now: datetime) -> int:
        """Somebody has another chat: what waits for the next month on an old one goes there; gives how many."""
        mine = (letter.c.person_id == to.person_id, letter.c.state == "pending", letter.c.error == WAITS_FOR_QUOTA)
        moved = update(letter).where(*mine, letter.c.channel != to.channel)
        moved = moved.values(channel=to.channel, address=to.address, not_before=now, error="")
        return (await self._db.execute(moved)).rowcount


def _shut(channel: str, standing: Standing, now: datetime) -> ColumnElement[bool] | None:
    """Which accounts of a channel can carry nothing now, besides those that are unreachable."""
    on_it = account.c.channel == channel
    if not standing.has_room(now, Share.LAST):
        return on_it
    limits = standing.limits
    if limits.window is None or limits.after_window:
        return None
    return and_(on_it, account.c.last_heard_at <= now - limits.window)
