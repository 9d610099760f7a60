"""The collection itself: whole, built from its sources, and labelled with what its texts say."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pypdfium2
import pytest
from docx import Document

from domain.workdays import WorkCalendar
from storage.holidays_vn import SHIPPED, package_days
from tests.directives.build import DOCUMENTS, built
from tests.directives.comparing import VALUES, Label, plain
from tests.directives.scores import labels
from tests.directives.source import Source, sources

SOURCES = {source.file: source for source in sources()}
LABELS = {path.name: label for path, label in labels().items()}
CALENDAR = WorkCalendar(
    lambda year: {**package_days(year), **{day.day: day for day in SHIPPED if day.day.year == year}}
)
MOST_BYTES = 60_000
each = pytest.mark.parametrize("file", sorted(SOURCES))


def words(source: Source) -> str:
    return plain(" ".join(" ".join([block.text, *block.cells]) for block in source.blocks)).replace("^", "")


def deadlines(label: Label) -> Iterator[dict[str, Any]]:
    for task in label["tasks"]:
        yield from (task["deadline"], *task.get("deadline_alt", []))


def test_every_source_has_its_document_and_its_label() -> None:
    files = {path.name for path in DOCUMENTS.iterdir() if not path.name.endswith(".expected.json")}
    assert files == set(SOURCES) == set(LABELS)
    assert len(files) >= 25


@each
def test_a_document_is_what_its_source_builds(file: str) -> None:
    """Word files are compared within, for compression differs; of a PDF, its text."""
    committed = (DOCUMENTS / file).read_bytes()
    assert len(committed) <= MOST_BYTES
    if file.endswith(".txt"):
        assert committed == built(SOURCES[file])
    elif file.endswith(".docx"):
        assert parts(committed) == parts(built(SOURCES[file]))
        assert Document(io.BytesIO(committed)).paragraphs
    elif "scan" not in SOURCES[file].options:
        assert sorted(printed(committed)) == sorted(words(SOURCES[file]) + furniture(SOURCES[file], committed))


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def printed(content: bytes) -> str:
    """The letters of a PDF, a hyphen at a line's end being one too."""
    pdf = pypdfium2.PdfDocument(content)
    text = "".join(page.get_textpage().get_text_range() for page in pdf)
    return plain(text.replace("\ufffe", "-"))


def furniture(source: Source, content: bytes) -> str:
    """What stands on every page: its number, and the running head."""
    pages = range(1, len(pypdfium2.PdfDocument(content)) + 1)
    return plain("".join(f"{source.options.get('head', '')}{page}" for page in pages))


@each
def test_labels_quote_the_text(file: str) -> None:
    text, label = words(SOURCES[file]), LABELS[file]
    starts = [start for task in label["tasks"] for start in (task["starts_with"], *task.get("starts_alt", []))]
    quotes = [quote for told in deadlines(label) for quote in (told["quote"], *told.get("quote_alt", []))]
    quotes += [told["event"] for told in deadlines(label) if "event" in told]
    quotes += [told["quote"] for told in (*label["anomalies"], *label["references"]) if "quote" in told]
    quotes += [reference["number"] for reference in label["references"]]
    assert [quote for quote in (*starts, *quotes) if plain(quote) not in text] == []


@each
def test_labels_are_of_the_known_form(file: str) -> None:
    label = LABELS[file]
    points = [task["point"] for task in label["tasks"] if task["point"]]
    assert len(points) == len(set(points))
    for told in deadlines(label):
        given = set(told) - {"kind", "quote", "quote_alt", "event"}
        assert given <= set(VALUES.get(told["kind"], ()))
        assert told["kind"] == "none" or told["quote"]
    if label["secret"] or not label["readable"] or not label["directive"]:
        assert not any(label[field] for field in ("tasks", "references", "number"))


@each
def test_due_days_are_counted_by_the_calendar(file: str) -> None:
    for told in deadlines(LABELS[file]):
        if "event_date" in told:
            event, days = date.fromisoformat(told["event_date"]), told["days"]
            working = told["kind"].startswith("working")
            due = CALENDAR.add(event, days) if working else event + timedelta(days=days)
            assert due.isoformat() == told["due_date"], told["quote"]
