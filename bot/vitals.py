"""The signs of life of one process: what health and metrics look at. Nothing in it is about a person."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from bot import duty_list
from domain.channel import Polling
from scheduler.shift import Tally

if TYPE_CHECKING:
    from bot.app import Assistant


@dataclass(frozen=True)
class Vitals:
    """As of now; instants are UTC. `role` is all, web or worker; a duty is False where another process holds it.

    `tick_age` is in seconds, and None before the first tick here, or where the ticks are another process's duty.
    """

    role: str = "all"
    duties: Mapping[str, bool] = field(default_factory=dict)
    tick_age: float | None = None
    stopped_jobs: tuple[str, ...] = ()
    job_restarts: int = 0
    last_polls: Mapping[str, datetime | None] = field(default_factory=dict)
    tallies: Mapping[str, Tally] = field(default_factory=dict)
    events_handled: int = 0

    @property
    def last_success(self) -> dict[str, datetime | None]:
        """When each channel's vendor last did what it was asked, here."""
        polled = dict(self.last_polls)
        found = {name: (polled.get(name), tally.last_sent_at) for name, tally in self.tallies.items()}
        return {name: max((at for at in both if at), default=None) for name, both in found.items()}


def vitals_of(assistant: "Assistant") -> Vitals:
    held = assistant.duties.held
    on_duty = duty_list.TICKS in held
    channels = assistant.channels
    return Vitals(
        role=assistant.only.value if assistant.only else "all",
        duties={name: name in held for name in assistant.duties.names},
        tick_age=time.monotonic() - assistant.last_tick_at if on_duty and assistant.last_tick_at else None,
        stopped_jobs=tuple(assistant.jobs.stopped()),
        job_restarts=assistant.jobs.restarts,
        last_polls={name: one.last_poll_at for name, one in channels.items() if isinstance(one, Polling) and one.polls},
        tallies=assistant.tallies,
        events_handled=assistant.reception.handled,
    )
