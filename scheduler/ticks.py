"""What happens by itself: every tick of the assistant, in the order in which one tick follows another."""

from datetime import datetime

import structlog

from scheduler import (
    asking_again,
    difficulties,
    digests,
    errands,
    fan_out,
    following,
    giving,
    leader_digest,
    office_digest,
    overview,
    proofs,
    quota_warnings,
    recounting,
    reminders,
    rounds,
    series,
    slips,
    stopping,
    windows,
)
from scheduler.clockwork import Clockwork, Tick

__all__ = ["ERRANDS", "TICKS", "Clockwork", "Tick", "tick"]

log = structlog.get_logger()

ERRANDS: dict[str, errands.Maker] = {
    overview.ERRAND: overview.picture,
    proofs.ACKNOWLEDGEMENTS: proofs.acknowledgements,
}
"""Who makes what is asked for, by the errand's kind."""


async def _remind(work: Clockwork, now: datetime) -> int:
    return await reminders.remind(work.store, work.rules, work.speech, now)


async def _errands(work: Clockwork, now: datetime) -> int:
    return await errands.run(work, ERRANDS, now)


HEADS = rounds.Round("head", lambda rules: rules.digest_at, digests.heads)
LEADERS = rounds.Round("leader", lambda rules: rules.leader_digest_at, leader_digest.leaders, weekly=True)
OFFICE = rounds.Round("office", lambda rules: rules.digest_at, office_digest.office, after=HEADS.name)

SLIPS = rounds.Round("slips", lambda rules: rules.digest_at, slips.slips, after=OFFICE.name)
WINDOWS = rounds.Round("windows", lambda rules: rules.digest_at, windows.nudge)


def _round(one: rounds.Round) -> Tick:
    async def go(work: Clockwork, now: datetime) -> int:
        return await rounds.go(work, one, now)

    return go


TICKS: dict[str, Tick] = {
    # before the reminders, which are to go by the new dates
    "recount": recounting.recount,
    "reminders": _remind,
    "series": series.open_due,
    "difficulties": difficulties.climb,
    "leaders": _round(LEADERS),
    "heads": _round(HEADS),
    "office": _round(OFFICE),
    "slips": _round(SLIPS),
    "windows": _round(WINDOWS),
    "fan_out": fan_out.fan_out,
    "directives": following.follow,
    "giving": giving.give,
    "stopping": stopping.stop_due,
    "asking_again": asking_again.ask_again,
    "errands": _errands,
    "quota_warnings": quota_warnings.warn,
}
"""Every tick, by name."""


async def tick(work: Clockwork, now: datetime) -> int:
    """Whatever has come due by now; one tick that fails does not keep the others from running. Gives the letters."""
    letters = 0
    for name, one in TICKS.items():
        try:
            letters += await one(work, now)
        except Exception:
            log.exception("tick_failed", tick=name)
    return letters
