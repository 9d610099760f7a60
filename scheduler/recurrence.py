"""The days of a rule: RRULE (RFC 5545), by the one library that reads it."""

from datetime import date, datetime, time

from dateutil.rrule import rrulestr


def next_day(rule: str, after: date) -> date:
    """The first day of a rule after a day. Raises ValueError for a rule that is none, or has no further day."""
    start = datetime.combine(after.replace(day=1), time())
    found = rrulestr(rule, dtstart=start).after(datetime.combine(after, time()))
    if found is None:
        raise ValueError(f"{rule!r} has no day after {after}")
    day: date = found.date()
    return day
