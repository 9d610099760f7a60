"""The command line as a program: its help, its exit codes, and never a traceback."""

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
import typer

from bot.cli.calls import Call, carry_out
from bot.cli.starting import read_instant
from bot.cli.undisturbed import demo_settings
from domain.clock import SystemClock
from locales.speech import NotCompiled, Speech
from storage.locks import SingleProcess
from tests.bot.cli_desk import OFFICE, Desk, lines

COMMANDS = [
    (),
    ("run",),
    ("demo",),
    ("migrate",),
    ("backup",),
    ("doctor",),
    ("roster",),
    ("roster", "import"),
    ("roster", "invite"),
    ("workdays",),
    ("workdays", "add"),
    ("workdays", "between"),
    ("workdays", "list"),
]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(tmp_path, monkeypatch)


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_explains_itself(desk: Desk, words: tuple[str, ...]) -> None:
    done = desk.run(*words, "--help")
    assert done.exit_code == 0
    assert "Usage:" in done.stdout
    assert not list(desk.folder.iterdir())


@pytest.mark.journey
def test_the_program_carries_a_command_out(desk: Desk) -> None:
    done = desk.program("roster", "import", desk.roster(OFFICE))
    assert (done.returncode, done.stderr) == (0, "")
    assert "1 added" in done.stdout
    assert "Nguyễn Thị Lan" in desk.program("roster", "invite", "nguyen thi lan").stdout


@pytest.mark.journey
@pytest.mark.parametrize("words", [("run",), ("migrate",), ("roster", "import", "x.csv")], ids=" ".join)
def test_wrong_settings_are_a_line_each(desk: Desk, words: tuple[str, ...]) -> None:
    desk.set(LADDER="five", TELEGRAM_TOKEN="secret-but-no-token")
    done = desk.program(*words)
    assert done.returncode == 1
    assert done.stdout == ""
    assert [line.split()[0] for line in lines(done.stderr)] == ["NHACVIEC_LADDER", "NHACVIEC_TELEGRAM_TOKEN"]
    assert "secret-but-no-token" not in done.stderr


@pytest.mark.journey
def test_a_second_process_is_refused_with_the_number_of_the_first(desk: Desk) -> None:
    with SingleProcess(desk.path):
        done = desk.program("run")
    assert done.returncode == 1
    assert len(lines(done.stderr)) == 1
    assert f"process {os.getpid()}" in done.stderr


@pytest.mark.journey
def test_the_assistant_does_not_start_on_a_database_of_a_newer_one(desk: Desk) -> None:
    desk.run("migrate")
    desk.sql("UPDATE alembic_version SET version_num = '9999'")
    done = desk.program("run")
    assert done.returncode == 1
    assert "9999" in lines(done.stderr)[-1]
    assert "Traceback" not in done.stderr


@pytest.mark.journey
def test_the_assistant_does_not_start_without_a_channel(desk: Desk) -> None:
    desk.set(WEB_PORT="0")
    done = desk.program("run")
    assert done.returncode == 1
    assert "NHACVIEC_TELEGRAM_TOKEN" in lines(done.stderr)[-1]


@pytest.mark.journey
def test_a_rehearsal_needs_an_instant(desk: Desk) -> None:
    done = desk.program("run", "--rehearse-from", "yesterday")
    assert done.returncode == 1
    assert len(lines(done.stderr)) == 1


@pytest.mark.journey
def test_an_argument_that_is_missing_is_a_question_of_usage(desk: Desk) -> None:
    done = desk.program("workdays", "add", "23/11/2026")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_an_instant_without_a_zone_is_local(desk: Desk) -> None:
    call = Call(demo_settings(desk.folder, 8080), Speech("en"), SystemClock().now())
    assert read_instant(call, "2026-11-23T09:00").isoformat() == "2026-11-23T09:00:00+07:00"
    assert read_instant(call, "2026-11-23T09:00Z").isoformat() == "2026-11-23T09:00:00+00:00"


def test_the_demo_is_not_disturbed_by_a_real_agency(desk: Desk) -> None:
    (desk.folder / ".env").write_text("NHACVIEC_DATA_DIR=/real\nNHACVIEC_LADDER=wrong\n")
    desk.set(TELEGRAM_TOKEN="700000001:AAHthe-token-of-a-real-bot-0000000", WEB_HOST="0.0.0.0", TYPO="1")
    settings = demo_settings(desk.folder / "fresh", 8123)
    assert (settings.telegram_token, settings.public_url) == (None, None)
    assert (settings.data_dir, settings.web_host, settings.web_port) == (desk.folder / "fresh", "127.0.0.1", 8123)
    assert settings.database_url == f"sqlite:///{desk.folder}/fresh/nhacviec.db"
    assert (settings.locale, settings.ladder) == ("en", "5,3,1,0 | 1,2 | 2")


def failing(error: Exception) -> Callable[[Call], None]:
    def fail(_: Call) -> None:
        raise error

    return fail


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ValueError("a\nb"), "ValueError: a"),
        (ExceptionGroup("together", [ExceptionGroup("inner", [PermissionError(13, "no right")])]), "no right"),
        (OSError(98, "Address already in use"), "Port 8123"),
        (socket.gaierror(-2, "Name or service not known"), "The system refused"),
        (NotCompiled("vi"), "make locales"),
    ],
)
def test_whatever_happens_is_said_in_one_line(
    desk: Desk, capsys: pytest.CaptureFixture[str], error: Exception, said: str
) -> None:
    desk.set(WEB_PORT="8123")
    with pytest.raises(typer.Exit) as ended:
        carry_out(failing(error))
    assert ended.value.exit_code == 1
    told = lines(capsys.readouterr().err)
    assert len(told) == 1
    assert said in told[0]


def test_a_port_that_the_web_server_found_taken_is_named(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    from bot.web.server import PortTaken

    with pytest.raises(typer.Exit):
        carry_out(failing(PortTaken("127.0.0.1", 8123)))
    assert "Port 8123 is in use" in capsys.readouterr().err


def test_a_database_that_is_not_there_is_named_as_such(desk: Desk) -> None:
    desk.set(DATABASE_URL="postgresql://keeper:hidden-password@127.0.0.1:1/nhacviec")
    done = desk.run("migrate")
    assert done.exit_code == 1
    assert "The database cannot be used" in done.stderr
    assert "hidden-password" not in done.stderr
