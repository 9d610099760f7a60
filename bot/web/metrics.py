"""`/metrics`: the same facts as numbers, in the form that Prometheus reads; docs/operations.md says what each means."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.vitals import Vitals
from domain.messages import Priority
from storage.watch import Waiting

Samples = Iterable[tuple[tuple[str, ...], float]]


@dataclass(frozen=True)
class Counts:
    """What waits in the database, for all processes together."""

    letters: Sequence[Waiting] = ()
    events: int = 0
    events_since: datetime | None = None
    pauses: Sequence[tuple[str, str, datetime]] = ()


class Metrics(Collector):
    """A registry of this process's own, filled anew for each page."""

    media_type = CONTENT_TYPE_LATEST

    def __init__(self) -> None:
        self._registry = CollectorRegistry(auto_describe=False)
        self._found: list[Metric] = []
        self._registry.register(self)
        ProcessCollector(registry=self._registry)

    def collect(self) -> Iterable[Metric]:
        return self._found

    def page(self, vitals: Vitals, counts: Counts | None, now: datetime) -> bytes:
        up = _gauge("database_up", "Whether the database answers", [], [((), float(counts is not None))])
        shared = _of_the_database(counts, vitals, now) if counts else []
        self._found = [up, *_of_this_process(vitals, now), *shared]
        return generate_latest(self._registry)


def _of_this_process(vitals: Vitals, now: datetime) -> list[Metric]:
    tick = [] if vitals.tick_age is None else [((), vitals.tick_age)]
    polls = [((name,), _age(at, now)) for name, at in vitals.last_polls.items() if at]
    sends = [((name,), _age(one.last_sent_at, now)) for name, one in vitals.tallies.items() if one.last_sent_at]
    sent = [((name,), float(one.sent)) for name, one in vitals.tallies.items()]
    errors = [
        ((name, kind), float(count)) for name, one in vitals.tallies.items() for kind, count in one.errors.items()
    ]
    duties = [((name,), float(held)) for name, held in vitals.duties.items()]
    return [
        _gauge("duty_held", "Whether this process holds a duty", ["duty"], duties),
        _gauge("last_tick_age_seconds", "Since the last tick; only where the ticks are held", [], tick),
        _gauge("jobs_stopped", "Jobs that have not run for too long", [], [((), float(len(vitals.stopped_jobs)))]),
        _counter("job_restarts", "How often they were started again", [], [((), float(vitals.job_restarts))]),
        _gauge("last_poll_age_seconds", "Since a vendor last answered the poll", ["channel"], polls),
        _gauge("last_send_age_seconds", "Since a letter last left", ["channel"], sends),
        _counter("letters_sent", "Letters handed to the vendor", ["channel"], sent),
        _counter("letters_not_sent", "Tries that failed; Busy is the vendor's 429", ["channel", "reason"], errors),
        _counter("events_handled", "Events handled", [], [((), float(vitals.events_handled))]),
    ]


def _of_the_database(counts: Counts, vitals: Vitals, now: datetime) -> list[Metric]:
    channels = sorted({*vitals.tallies, *(one.channel for one in counts.letters)})
    waiting = [((one.channel, Priority(one.priority).name.lower()), float(one.count)) for one in counts.letters]
    ages = {name: [_age(one.since, now) for one in counts.letters if one.channel == name] for name in channels}
    oldest = [((name,), max(ages[name], default=0.0)) for name in channels]
    silent = {channel: until.timestamp() for channel, address, until in counts.pauses if not address}
    silent_chats = Counter(channel for channel, address, _ in counts.pauses if address)
    chats = [((name,), float(silent_chats[name])) for name in channels]
    event_age = _age(counts.events_since, now) if counts.events_since else 0.0
    return [
        _gauge("letters_waiting", "Letters in the outbox", ["channel", "priority"], waiting),
        _gauge("oldest_letter_age_seconds", "Since the oldest waiting letter could have left", ["channel"], oldest),
        _gauge(
            "channel_paused_until_seconds",
            "Until when the vendor has silenced the channel, as a Unix time; 0 where it has not",
            ["channel"],
            [((name,), silent.get(name, 0.0)) for name in channels],
        ),
        _gauge("chats_paused", "Chats silenced by the vendor", ["channel"], chats),
        _gauge("events_waiting", "Events that came in and are not handled", [], [((), float(counts.events))]),
        _gauge("oldest_event_age_seconds", "Since the oldest of them came in", [], [((), event_age)]),
    ]


def _age(at: datetime, now: datetime) -> float:
    return max((now - at).total_seconds(), 0.0)


def _gauge(name: str, what: str, labels: Sequence[str], samples: Samples) -> Metric:
    family = GaugeMetricFamily(f"nhacviec_{name}", what, labels=labels)
    for values, number in samples:
        family.add_metric(values, number)
    return family


def _counter(name: str, what: str, labels: Sequence[str], samples: Samples) -> Metric:
    family = CounterMetricFamily(f"nhacviec_{name}", what, labels=labels)
    for values, number in samples:
        family.add_metric(values, number)
    return family
