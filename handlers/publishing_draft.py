"""A directive that is being prepared: what its document says of itself, kept with the open question."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from domain.deadlines import Deadline
from domain.directives import SUBJECT_LENGTH, Directive
from domain.headers import Header, header_of
from domain.messages import StoredFile
from domain.names import tidy
from domain.people import Person
from domain.refusals import Because, Refusal
from domain.workdays import CalendarDay
from handlers.context import Context
from handlers.understanding.date_forms import Asked, read_day
from handlers.understanding.date_words import plain_words
from handlers.understanding.dates import Weekend, rest_day
from locales.texts import publishing as texts
from storage.directives import audience_from_json

ONE_LINE = 200
"""A typed text that is no longer is its own subject."""

Kept = dict[str, Any]
"""What is known so far, as JSON; None is what has not been asked, "" what there is none of."""


def begun(ctx: Context, text: str) -> Kept:
    """What a document says of itself: its text, or what was typed beside its file."""
    said, whole = header_of(text), text.strip()
    header = _first_known(header for header in (said, *ctx.headers) if header)
    one_line = len(whole) <= ONE_LINE and "\n" not in whole
    remark = tidy(whole) if one_line and not said.number else ""
    return {
        "number": header.number or None,
        "date": header.issued_on.isoformat() if header.issued_on else None,
        "subject": (header.subject or remark)[:SUBJECT_LENGTH],
        "summary": remark if header.subject else "",
        "body": "" if one_line and _says_no_more(whole, said) else whole,
        "files": [],
        "audience": None,
        "at": None,
        "document": None,
        "confirmed": False,
    }


def _says_no_more(whole: str, said: Header) -> bool:
    """Whether a text that was typed ends with its subject."""
    return not said.number or tidy(whole).rstrip(" .;:,-").endswith(said.subject)


def _first_known(headers: Iterable[Header]) -> Header:
    """One header out of several: each part from the first that has it."""
    known = Header()
    for one in headers:
        known = Header(
            known.number or one.number,
            known.issued_on or one.issued_on,
            known.subject or one.subject,
            known.issuer or one.issuer,
        )
    return known


def take_files(ctx: Context, draft: Kept) -> None:
    """Files may come with any answer, as an album arrives in several messages; what they say fills what is missing."""
    if ctx.lost_files:
        # else the directive would go out without what it is about
        raise Refusal(Because.DOCUMENT_LOST)
    if not ctx.files:
        return
    ctx.files_kept = True
    draft["files"] = [*draft["files"], *(asdict(file) for file in ctx.files)]
    header = _first_known(one for one in ctx.headers if one)
    draft["number"] = draft["number"] or header.number or draft["number"]
    draft["date"] = draft["date"] or (header.issued_on.isoformat() if header.issued_on else draft["date"])
    draft["subject"] = draft["subject"] or header.subject[:SUBJECT_LENGTH]


def day_of(ctx: Context, text: str) -> date:
    """The date of a document; unlike a deadline it is past, and "20/12" said in January is the last one."""
    today = ctx.rules.today(ctx.now)
    no_year = not re.search(r"\d{4}", text)
    try:
        read = read_day(plain_words(text, ctx.desk.vocabulary), Asked(today, ctx.calendar))
        if read is not None:
            return read.on.replace(year=read.on.year - 1) if read.on > today and no_year else read.on
    except (Refusal, ValueError):
        pass  # there is no such day
    raise Refusal(Because.DOCUMENT_DATE, text=text.strip()[:80])


def publish_at(draft: Kept) -> datetime | None:
    return datetime.fromisoformat(draft["at"]) if draft["at"] else None


def _issued_on(draft: Kept) -> date | None:
    return date.fromisoformat(draft["date"]) if draft["date"] else None


def _files(draft: Kept) -> tuple[StoredFile, ...]:
    return tuple(StoredFile(**file) for file in draft["files"])


def shown(ctx: Context, draft: Kept) -> texts.Draft:
    """As it is read back."""
    at = publish_at(draft)
    on = Deadline(ctx.rules.today(at)) if at else None
    rest = rest_day(on, ctx.calendar) if on else None
    return texts.Draft(
        number=draft["number"],
        issued_on=_issued_on(draft),
        subject=draft["subject"],
        summary=draft["summary"],
        body=draft["body"],
        files=_files(draft),
        audience=audience_from_json(draft["audience"]),
        publish_at=at,
        day_off=rest.name if isinstance(rest, CalendarDay) else "",
        weekend=isinstance(rest, Weekend),
        in_hours=at is None or rest is not None or ctx.rules.hours.is_open(at, ctx.rules.zone, ctx.calendar),
    )


def finished(ctx: Context, draft: Kept, at: datetime) -> Directive:
    """As it is published."""
    return Directive(
        id=0,
        number=draft["number"],
        issued_on=_issued_on(draft),
        subject=draft["subject"],
        audience=audience_from_json(draft["audience"]),
        published_by=ctx.me.id,
        created_at=ctx.now,
        publish_at=at,
        summary=draft["summary"],
        body=draft["body"],
        files=_files(draft),
    )


async def by_channel(ctx: Context, people: Sequence[Person]) -> Counter[str]:
    """How many are reached by each channel; under "" those that nothing reaches."""
    ways = await ctx.uow.ways.to_all([person.id for person in people], ctx.now)
    return Counter(ways[person.id].channel if person.id in ways else "" for person in people)
