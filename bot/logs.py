"""The log: one line per event on stderr, from structlog and the standard library alike, with every secret taken out."""

import json
import logging
import re
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from types import TracebackType
from typing import Literal
from urllib.parse import quote

import structlog
from structlog.stdlib import ProcessorFormatter
from structlog.typing import EventDict, Processor, WrappedLogger

HIDDEN = "***"
SHORTEST_SECRET = 4
"""Shorter strings guard nothing, and hiding them would blacken the whole log."""

_TOKEN = re.compile(r"\d{6,}(?::|%3[Aa])[A-Za-z0-9_-]{30,}")
QUIET = (
    "httpx",  # logs addresses, which hold the bot's token
    "httpcore",
    "uvicorn.access",  # logs addresses, which hold one-time codes
    "apscheduler",  # says twice a tick that there was a tick
)
"""Who speaks only of trouble, whatever the level."""

_secrets: set[str] = set()


def hide(secret: str) -> None:
    """Never show this string in the log from now on, neither plain nor as part of an address."""
    if len(secret) >= SHORTEST_SECRET:
        _secrets.update({secret, quote(secret, safe="")})


def scrub(text: str) -> str:
    """The text without the secrets that were told, and without whatever looks like a bot's token."""
    for secret in sorted(_secrets, key=len, reverse=True):
        text = text.replace(secret, HIDDEN)
    return _TOKEN.sub(HIDDEN, text)


def set_up(level: str = "INFO", form: Literal["text", "json"] = "text") -> None:
    """Send every event to stderr; servers that come with a log set-up of their own have to be told to leave it."""
    handler = _Handler(sys.stderr)
    handler.setFormatter(_formatter(form))
    # a handler that somebody else left would show what ours hides
    logging.root.handlers = [handler]
    logging.root.setLevel(level)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.captureWarnings(capture=True)
    sys.excepthook = _log_uncaught
    threading.excepthook = _log_uncaught_in_thread
    structlog.configure(
        processors=[structlog.contextvars.merge_contextvars, *_first(), ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )


def _first() -> list[Processor]:
    return [
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]


def _formatter(form: Literal["text", "json"]) -> ProcessorFormatter:
    return ProcessorFormatter(
        foreign_pre_chain=_first(),
        processors=[
            ProcessorFormatter.remove_processors_meta,
            structlog.processors.StackInfoRenderer(),
            structlog.processors.format_exc_info,
            _clean_event,
            _as_json if form == "json" else _as_text,
        ],
    )


class _Handler(logging.StreamHandler):  # type: ignore[type-arg]  # generic only in the stubs
    """A handler that, when a line cannot be made, does not print what it was made of, as the library would."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 -- the library's name
        kind = sys.exc_info()[0]
        note = {"name": record.name, "levelno": record.levelno, "levelname": record.levelname}
        with suppress(Exception):
            lost = logging.makeLogRecord(note | {"msg": f"log line lost: {kind.__name__ if kind else kind}"})
            self.stream.write(self.format(lost) + self.terminator)


def _clean_event(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    return {scrub(str(key)): _clean(value) for key, value in event.items()}


def _clean(value: object) -> object:
    match value:
        case None | bool() | int() | float():
            return value
        case Mapping():
            return {scrub(str(key)): _clean(inner) for key, inner in value.items()}
        case list() | tuple() | set() | frozenset():
            return [_clean(inner) for inner in value]
        case BaseException():
            return scrub(repr(value))
        case _:
            return scrub(str(value))


def _as_json(_logger: WrappedLogger, _name: str, event: EventDict) -> str:
    return json.dumps(event, ensure_ascii=False)


def _as_text(_logger: WrappedLogger, _name: str, event: EventDict) -> str:
    traceback = event.pop("exception", None)
    said = f"{event.pop('timestamp')} {event.pop('level'):<8} {event.pop('event')}"
    facts = [f"{key}={_quoted(value)}" for key, value in event.items()]
    if traceback:
        facts.append(f"exception={traceback}")
    return _one_line(" ".join([said, *facts]))


def _quoted(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return json.dumps(text, ensure_ascii=False) if isinstance(value, str) and set(text) & set(' "=') else text


def _one_line(text: str) -> str:
    # nothing that somebody typed may begin a line of its own or colour the terminal
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)


def _log_uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
    else:
        logging.getLogger("uncaught").critical("the program ends", exc_info=(kind, error, trace))


def _log_uncaught_in_thread(failed: threading.ExceptHookArgs) -> None:
    error = failed.exc_value or failed.exc_type()
    logging.getLogger("uncaught").critical("a thread ends", exc_info=error)
