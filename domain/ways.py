"""Which way a letter goes: one rule over a person's accounts, and what is left of a channel's month.

The way that the person prefers, else the one used last, among those that can carry the letter now. Files and buttons
decide nothing: where a channel lacks them, links and numbers stand in.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import IntEnum
from math import ceil
from zoneinfo import ZoneInfo

from domain.channel import Limits
from domain.deadlines import Deadline
from domain.people import Account
from domain.workdays import WorkCalendar

WARN_AT = (70, 90, 100)
"""At how many percent of a month's quota the Office is warned, once each."""


TRY_AGAIN_AFTER = timedelta(days=1)
"""How long a vendor is believed who says that nothing is left, and counts otherwise than we do."""


class Share(IntEnum):
    """Up to how many percent of a month's quota a letter may use."""

    ANY = 90
    """The rest is kept."""
    KEPT = 95
    """For answers and last reminders."""
    LAST = 100
    """For answers and reminders of those who have no other way."""


class Carries(IntEnum):
    """How well an account can carry a letter; a greater one is better."""

    NEVER = 0
    NEXT_MONTH = 1
    BY_TEMPLATE = 2
    NOW = 3


@dataclass(frozen=True, slots=True)
class Standing:
    """What a channel allows at present: its limits, and how many messages of this month's quota are used."""

    limits: Limits = field(default_factory=Limits)
    used: int = 0
    spent_at: datetime | None = None
    """When the vendor said that nothing is left, whatever was counted."""

    def most(self, share: Share) -> int | None:
        """How many messages of this month may be used for such a letter; None is no limit."""
        quota = self.limits.monthly_quota
        return None if quota is None else quota * share // 100

    def has_room(self, now: datetime, share: Share) -> bool:
        """Whether one more message may go."""
        if self.spent_at is not None and self.spent_at <= now < self.spent_at + TRY_AGAIN_AFTER:
            return False
        most = self.most(share)
        return most is None or self.used < most

    @property
    def percent(self) -> int:
        """How much of the month's quota is used; 100 only once all of it is."""
        return self.used * 100 // self.limits.monthly_quota if self.limits.monthly_quota else 0

    def runs_out_on(self, today: date, calendar: WorkCalendar) -> date | None:
        """On which day of this month the quota is used up at the pace so far; None where it is enough."""
        quota = self.limits.monthly_quota
        return runs_out_on(self.used, quota, today, calendar) if quota else None


@dataclass(frozen=True, slots=True)
class Health:
    """How a channel is at present. Instants are UTC, None where there is none; `waiting` counts letters.

    `heard_at` is when somebody who is connected last wrote there, `sent_at` when a letter last arrived.
    """

    channel: str
    standing: Standing
    people: int
    heard_at: datetime | None = None
    sent_at: datetime | None = None
    waiting: int = 0
    paused_until: datetime | None = None


Standings = Mapping[str, Standing]
"""The standings of channels, by name; one that is not in it has no limits that matter here."""

OPEN = Standing()


def carries(account: Account, standing: Standing, now: datetime, share: Share = Share.ANY) -> Carries:
    """How well a letter can go to an account now, with its share of the quota."""
    if account.unreachable_since is not None:
        return Carries.NEVER
    closes = closes_at(account, standing.limits)
    if closes is not None and closes <= now and not standing.limits.after_window:
        return Carries.NEVER
    if not standing.has_room(now, share):
        return Carries.NEXT_MONTH
    return Carries.NOW if closes is None or closes > now else Carries.BY_TEMPLATE


def closes_at(account: Account, limits: Limits) -> datetime | None:
    """When a channel takes no letters to an account any more, unless the person writes again."""
    return account.last_heard_at + limits.window if limits.window else None


def best_way(
    accounts: Iterable[Account], standings: Standings, now: datetime, share: Share = Share.ANY
) -> Account | None:
    """The account that a letter goes to; None where none can carry it, not even later."""
    ranked = [(carries(one, standings.get(one.channel, OPEN), now, share), one) for one in accounts]
    ways = [(how, one.preferred, one.last_heard_at, one.id, one) for how, one in ranked if how is not Carries.NEVER]
    return max(ways, default=(None,), key=lambda way: way[:-1])[-1]


def is_vital(deadline: Deadline | None, today: date, calendar: WorkCalendar) -> bool:
    """Whether a reminder may be the last one in time: it is due by the next working day, or overdue."""
    return deadline is not None and deadline.on <= calendar.add(today, 1)


# -- the month -------------------------------------------------------------------------------------------------------


def month_of(now: datetime, zone: ZoneInfo) -> str:
    """The month that a message counts for, by local time: 2026-11."""
    return now.astimezone(zone).strftime("%Y-%m")


def next_month(now: datetime, zone: ZoneInfo) -> datetime:
    """When the quota is whole again (UTC)."""
    first = now.astimezone(zone).date().replace(day=1)
    following = (first + timedelta(days=31)).replace(day=1)
    return datetime.combine(following, time(), zone).astimezone(UTC)


def runs_out_on(used: int, quota: int, today: date, calendar: WorkCalendar) -> date | None:
    """On which day of this month the quota is used up at the pace so far; None where it is enough."""
    if used >= quota:
        return today
    first = today.replace(day=1)
    worked = sum(calendar.is_working(first + timedelta(days=n)) for n in range(today.day))
    if not used or not worked:
        return None
    day = calendar.add(today, ceil((quota - used) * worked / used))
    return day if (day.year, day.month) == (today.year, today.month) else None


def to_warn_of(standing: Standing, now: datetime, warned: int) -> int | None:
    """The highest mark that a month's quota has passed and that was not warned of; None where there is none."""
    percent = standing.percent if standing.has_room(now, Share.LAST) else WARN_AT[-1]
    return max((mark for mark in WARN_AT if warned < mark <= percent), default=None)
