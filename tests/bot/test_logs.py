"""The log: one line per event, in two forms, and no secret in any part of it."""

import json
import logging
import sys
import threading
import warnings
from collections.abc import Iterator
from typing import Literal

import pytest
import structlog

from bot import logs

TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0"
SECRET = 'pass "word" ạ/1'
FORMS: tuple[Literal["text", "json"], ...] = ("text", "json")


class Stderr:
    """What the process has written on stderr so far."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys
        self._told = ""

    def getvalue(self) -> str:
        self._told += self._capsys.readouterr().err
        return self._told


@pytest.fixture
def stderr(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Stderr]:
    """What is written; afterwards the process logs as before."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    monkeypatch.setattr(logs, "_secrets", set())
    handlers, levels = logging.root.handlers, {name: logging.getLogger(name).level for name in (None, *logs.QUIET)}
    yield Stderr(capsys)
    logging.root.handlers = handlers
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)
    logging.captureWarnings(capture=False)
    structlog.reset_defaults()


def only_line(stream: Stderr) -> str:
    (line,) = stream.getvalue().splitlines()
    return line


def test_text_is_one_line_to_read(stderr: Stderr) -> None:
    logs.set_up()
    structlog.get_logger().info("letter sent", channel="telegram", took=1.5, to="Nguyễn Thị Hoa", none=None)
    line = only_line(stderr)
    assert line.startswith("20")
    assert "Z info     letter sent " in line
    assert 'channel=telegram took=1.5 to="Nguyễn Thị Hoa" none=null' in line
    assert "logger=tests.bot.test_logs" in line


def test_json_is_one_object(stderr: Stderr) -> None:
    logs.set_up(form="json")
    structlog.get_logger().warning("letter lost", tries=[1, 2], why={"a": (1,)})
    event = json.loads(only_line(stderr))
    assert (event["event"], event["level"], event["tries"], event["why"]) == (
        "letter lost",
        "warning",
        [1, 2],
        {"a": [1]},
    )
    assert event["timestamp"].endswith("Z")


def test_the_standard_library_goes_the_same_way(stderr: Stderr) -> None:
    logs.set_up(form="json")
    logging.getLogger("uvicorn.error").info("Started %s", "server")
    event = json.loads(only_line(stderr))
    assert (event["event"], event["logger"], event["level"]) == ("Started server", "uvicorn.error", "info")


def test_levels_are_kept(stderr: Stderr) -> None:
    logs.set_up("WARNING")
    structlog.get_logger().info("quiet")
    logging.getLogger("apscheduler.executors").info("quiet")
    assert stderr.getvalue() == ""


@pytest.mark.parametrize("name", ["httpx", "httpcore.http11", "uvicorn.access"])
def test_loggers_that_tell_too_much_speak_only_of_trouble(
    stderr: Stderr, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    # a web server in the same process may have cut this logger off
    monkeypatch.setattr(logging.getLogger(name), "propagate", True)
    logs.set_up("DEBUG")
    logging.getLogger(name).info("GET https://api.telegram.org/")
    assert stderr.getvalue() == ""
    logging.getLogger(name).warning("trouble")
    assert "trouble" in only_line(stderr)


@pytest.mark.parametrize("form", FORMS)
def test_no_secret_in_any_part_of_an_event(stderr: Stderr, form: Literal["text", "json"]) -> None:
    logs.hide(SECRET)
    logs.set_up(form=form)
    log = structlog.get_logger()
    for secret in (SECRET, TOKEN, f"https://api.telegram.org/bot{TOKEN}/getMe"):
        log.info(
            f"an event of {secret}",
            value=secret,
            nested={"deep": [{secret: (secret, {secret})}]},
            failed=ValueError(secret),
            raw=secret.encode() if secret.isascii() else b"",
        )
    told = stderr.getvalue()
    assert len(told.splitlines()) == 3
    assert TOKEN.partition(":")[2] not in told
    assert "word" not in told
    assert logs.HIDDEN in told


@pytest.mark.parametrize("form", FORMS)
def test_no_secret_in_a_traceback(stderr: Stderr, form: Literal["text", "json"]) -> None:
    logs.hide(SECRET)
    logs.set_up(form=form)
    try:
        try:
            raise ConnectionError(f"POST /bot{TOKEN}/sendMessage\nfailed")
        except ConnectionError as error:
            raise RuntimeError(SECRET) from error
    except RuntimeError:
        structlog.get_logger().exception("sending failed")
        logging.getLogger("some.library").exception("sending failed with %s", SECRET)
    told = stderr.getvalue()
    assert len(told.splitlines()) == 2
    assert told.count("ConnectionError") >= 2
    assert TOKEN not in told
    assert "word" not in told


def test_a_secret_is_hidden_inside_an_address_too(stderr: Stderr) -> None:
    logs.hide(SECRET)
    assert "word" not in logs.scrub("postgres://u:pass%20%22word%22%20%E1%BA%A1%2F1@h/d")
    assert TOKEN.partition(":")[2] not in logs.scrub("/bot" + TOKEN.replace(":", "%3A") + "/getMe")


def test_of_two_secrets_that_overlap_the_longer_goes_first(stderr: Stderr) -> None:
    logs.hide("hush")
    logs.hide("hush-hush-tail")
    assert logs.scrub("hush-hush-tail hush") == "*** ***"


def test_a_string_too_short_to_be_secret_does_not_blacken_the_log(stderr: Stderr) -> None:
    logs.hide("")
    logs.hide("a")
    assert logs.scrub("a cat") == "a cat"


def test_nobody_can_forge_a_line(stderr: Stderr) -> None:
    logs.set_up()
    structlog.get_logger().info("said\n2026-01-01 forged", text="x\r\n\x1b[31mred\u202e")
    assert "forged" in only_line(stderr)
    assert only_line(stderr).isprintable()


def test_a_line_that_cannot_be_made_does_not_show_its_parts(stderr: Stderr) -> None:
    logs.set_up()
    logging.getLogger("somebody").error("%d tries", TOKEN)
    assert "log line lost: TypeError" in only_line(stderr)
    assert TOKEN not in stderr.getvalue()


def test_what_nobody_caught_is_logged_without_secrets(stderr: Stderr) -> None:
    logs.set_up()
    error = ValueError(TOKEN)
    sys.excepthook(ValueError, error, None)
    thread = threading.Thread(target=lambda: int(TOKEN))
    thread.start()
    thread.join()
    ends, thread_ends = stderr.getvalue().splitlines()
    assert "the program ends" in ends
    assert "a thread ends" in thread_ends
    assert TOKEN not in stderr.getvalue()


def test_a_warning_is_a_line(stderr: Stderr) -> None:
    logs.set_up()
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(capture=False)
        logging.captureWarnings(capture=True)
        warnings.warn("careful", stacklevel=1)
    assert "careful" in only_line(stderr)


def test_setting_up_twice_does_not_say_things_twice(stderr: Stderr) -> None:
    logs.set_up()
    logs.set_up(form="json")
    structlog.get_logger().info("once")
    assert json.loads(only_line(stderr))["event"] == "once"
