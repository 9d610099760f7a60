"""Migration and backup on the command line: a copy of the database at work that can be gone back to."""

import shutil
import tarfile
from pathlib import Path

import pytest

from storage.locks import SingleProcess
from tests.bot.cli_desk import HEAD, OFFICE, Desk, lines


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(tmp_path, monkeypatch)


def test_a_backup_of_the_running_assistant_is_gone_back_to(desk: Desk) -> None:
    desk.imported(OFFICE, HEAD)
    (desk.folder / "data" / "files").mkdir()
    (desk.folder / "data" / "files" / "a.pdf").write_bytes(b"content")
    with SingleProcess(desk.path):
        done = desk.run("backup", "copy.db")
    assert done.exit_code == 0, done.output
    desk.run("roster", "import", desk.roster("Bùi Văn Minh,Trung tâm,,"))
    assert len(desk.people()) == 3
    (desk.folder / "again").mkdir()
    shutil.copy(desk.folder / "copy.db", desk.folder / "again" / "nhacviec.db")
    with tarfile.open(desk.folder / "copy.db.files.tar") as packed:
        assert packed.getnames() == ["a.pdf"]
    desk.set(DATA_DIR=str(desk.folder / "again"))
    assert set(desk.people(f"sqlite:///{desk.folder}/again/nhacviec.db")) == {"Nguyễn Thị Lan", "Trần Văn Bình"}
    assert "0 added, 0 updated, 2 unchanged" in desk.run("roster", "import", desk.roster(OFFICE, HEAD)).stdout


def test_a_backup_that_cannot_be_made_says_why(desk: Desk) -> None:
    missing = desk.run("backup", "copy.db")
    assert missing.exit_code == 1
    assert "There is no database at" in missing.stderr
    desk.imported(OFFICE)
    (desk.folder / "copy.db").write_text("precious")
    assert "exists already" in desk.run("backup", "copy.db").stderr
    assert "does not exist" in desk.run("backup", "nowhere/copy.db").stderr


def test_a_database_is_made_and_then_left_alone(desk: Desk) -> None:
    assert "was made" in desk.run("migrate").stdout
    assert "newest form already" in desk.run("migrate").stdout


def test_a_database_of_a_newer_assistant_is_refused(desk: Desk) -> None:
    desk.run("migrate")
    desk.sql("UPDATE alembic_version SET version_num = '9999'")
    for words in (("migrate",), ("roster", "invite", "ai")):
        done = desk.run(*words)
        assert done.exit_code == 1
        assert len(lines(done.stderr)) == 1
        assert "9999" in done.stderr


def test_nothing_is_changed_under_the_hands_of_a_running_assistant(desk: Desk) -> None:
    with SingleProcess(desk.path):
        done = desk.run("migrate")
    assert done.exit_code == 1
    assert "already running" in done.stderr
    assert "Traceback" not in done.output
