"""`read` on the command line: a sheet, JSON, several files, and what cannot be read."""

import json
from pathlib import Path

import pytest

from tests.bot.cli_desk import Desk
from tests.domain.reading.papers import BODY_LINES, HEAD, TAIL

TEXT = HEAD + "\n".join(BODY_LINES) + TAIL


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "papers" / "b.TXT").write_text(TEXT.replace("120/", "121/"), "utf-8")
    (tmp_path / "papers" / "c.jpg").write_bytes(b"")
    return Desk(tmp_path, monkeypatch)


def test_a_file_is_one_json_object(desk: Desk) -> None:
    done = desk.run("read", "papers/a.txt", "--json")
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert list(told) == [
        *("number", "date", "issuer", "subject", "secret", "readable", "directive"),
        *("tasks", "references", "anomalies"),
    ]
    assert told["tasks"][0]["deadline"] == {
        "kind": "date",
        "quote": "trước ngày 25/3/2026",
        "date": "2026-03-25",
    }


def test_a_folder_is_an_object_a_line_with_its_file(desk: Desk) -> None:
    done = desk.run("read", "papers", "--json")
    assert done.exit_code == 0, done.output
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(Path(one["file"]).name, one["number"]) for one in told] == [
        ("a.txt", "120/SNV-VP"),
        ("b.TXT", "121/SNV-VP"),
    ]


def test_a_sheet_can_be_read(desk: Desk) -> None:
    said = desk.run("read", "papers/a.txt").stdout
    assert "120/SNV-VP" in said
    assert "Wednesday, 25/03/2026" in said
    assert "Phòng Một cửa" in said


def test_what_cannot_be_read_is_said_and_fails(desk: Desk) -> None:
    (desk.folder / "broken.pdf").write_bytes(b"%PDF-1.7 nothing")
    done = desk.run("read", "broken.pdf")
    assert done.exit_code == 1
    assert "broken" in done.stdout


def test_a_file_that_is_not_there_is_refused(desk: Desk) -> None:
    done = desk.run("read", "nowhere.pdf")
    assert done.exit_code == 1
    assert "nowhere.pdf" in done.stderr


def test_a_marked_file_says_nothing_of_itself(desk: Desk) -> None:
    (desk.folder / "papers" / "a.txt").write_text("TỐI MẬT\n" + TEXT, "utf-8")
    said = desk.run("read", "papers/a.txt").stdout
    assert "mark of secrecy" in said
    assert "Văn phòng" not in said
