"""`read`: what directives say, as a sheet to be read or as one JSON object a file."""

import asyncio
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.cli.calls import Call, Refused
from bot.cli.printing import out, table
from bot.cli.undisturbed import defaults
from bot.cli.workdays import load_calendar
from bot.settings import Settings, SettingsError
from documents.reading.directive import DirectiveReader
from documents.reading.texts import BY_ENDING
from domain.reading.values import Reading
from domain.workdays import WorkCalendar
from locales.texts import reading as texts

AT_ONCE = 2


def settings() -> Settings:
    """The settings, or none where they are wrong: a file can be read without an agency."""
    try:
        return Settings()
    except SettingsError:
        return defaults()


def read(call: Call, given: Sequence[Path], *, as_json: bool) -> bool:
    """Print what every file says; gives whether all could be read."""
    files = list(_files(given))
    missing = next((path for path in files if not path.is_file()), None)
    if missing is not None:
        raise Refused(texts.no_such_file(call.speech, str(missing)))
    if not files:
        raise Refused(texts.nothing_to_read(call.speech))
    alone = len(files) == 1 and given[0].is_file()
    readings = asyncio.run(_read_all(files, load_calendar(call), shown=not alone))
    for path, reading in zip(files, readings, strict=True):
        if as_json:
            facts = reading.facts() if alone else {"file": str(path), **reading.facts()}
            out(json.dumps(facts, ensure_ascii=False, indent=1 if alone else None))
        else:
            _sheet(call, path, reading)
    return all(reading.readable or reading.secret for reading in readings)


def _files(given: Sequence[Path]) -> Iterator[Path]:
    for path in given:
        if path.is_dir():
            yield from sorted(one for one in path.rglob("*") if one.is_file() and one.suffix.lower() in BY_ENDING)
        else:
            yield path


async def _read_all(files: Sequence[Path], calendar: WorkCalendar, *, shown: bool) -> list[Reading]:
    from rich.console import Console
    from rich.progress import Progress

    reader = DirectiveReader(at_once=AT_ONCE)
    readings: list[Reading | None] = [None] * len(files)
    with Progress(console=Console(stderr=True), disable=not shown) as progress:
        bar = progress.add_task("", total=len(files))

        async def one(at: int, path: Path) -> None:
            readings[at] = await reader.read(
                await asyncio.to_thread(path.read_bytes), path.name, calendar, "text/plain"
            )
            progress.advance(bar)

        async with asyncio.TaskGroup() as group:
            for at, path in enumerate(files):
                group.create_task(one(at, path))
    return [reading for reading in readings if reading is not None]


def _sheet(call: Call, path: Path, reading: Reading) -> None:
    speech = call.speech
    out(*texts.head(speech, path.name, reading))
    if reading.tasks:
        table(
            texts.tasks_title(speech, len(reading.tasks)),
            texts.headings(speech),
            (
                (
                    one.point,
                    one.text,
                    "; ".join(one.lead),
                    "; ".join(one.coordinate),
                    texts.deadline(speech, one.deadline),
                )
                for one in reading.tasks
            ),
        )
    out(*texts.references(speech, reading.references))
    out(*(texts.anomaly(speech, one) for one in reading.anomalies), "")
