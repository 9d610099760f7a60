"""Pictures for letters: drawn in a process of their own, away from every transaction, and kept with the other files."""

import asyncio
from collections.abc import Sequence

import structlog

from documents.writing.charts import Bar, Chart, NotDrawn, draw
from domain.messages import StoredFile
from domain.statistics import Overview, Row
from locales.speech import Speech
from locales.texts import overview as texts
from storage.files import FileStore

log = structlog.get_logger()

PATIENCE, EACH = 10.0, 0.7
"""Seconds that a batch of pictures may take, and each of them besides: less than a tick may take."""

MOST_BARS = 8


def of_overview(speech: Speech, told: Overview) -> Chart | None:
    """How things stand, a bar for each row; None where nothing is open."""
    bars = [_bar(row) for row in told.rows if row.counts.unfinished]
    if not bars:
        return None
    return Chart(texts.picture_title(speech, told), texts.colours(speech), tuple(bars[:MOST_BARS]))


def _bar(row: Row) -> Bar:
    counts = row.counts
    return Bar(row.name, (counts.overdue, counts.soon, counts.unfinished - counts.overdue - counts.soon))


async def drawn(files: FileStore, charts: Sequence[Chart], name: str) -> list[StoredFile]:
    """Each chart as a file in our keeping. Raises NotDrawn."""
    pictures = await asyncio.to_thread(draw, charts, PATIENCE + EACH * len(charts))
    return [await files.save(picture, name, "image/png") for picture in pictures]


async def drawn_if_possible(files: FileStore, charts: Sequence[Chart], name: str) -> list[StoredFile]:
    """As above; nothing where that does not succeed: a letter goes without its picture rather than not at all."""
    if not charts:
        return []
    try:
        return await drawn(files, charts, name)
    except (NotDrawn, OSError):
        log.exception("pictures_not_drawn", pictures=len(charts))
        return []
