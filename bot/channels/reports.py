"""What a channel may write to a log: no token, and nothing that a person wrote."""

import logging
import traceback
from pathlib import PurePath

import structlog

_LONGEST = 300

log = structlog.get_logger()


class Scrubber:
    """Takes the token out of what the libraries say, whole or without the bot's public number."""

    def __init__(self, token: str) -> None:
        self._secrets = [secret for secret in (token, token.partition(":")[2]) if secret]

    def __call__(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, "<token>")
        return text[:_LONGEST]


def hush_libraries() -> None:
    """httpx writes the address of every request, which holds the token; PTB's errors all reach us as exceptions."""
    for name, level in (("httpx", logging.WARNING), ("httpcore", logging.WARNING), ("telegram", logging.CRITICAL)):
        logging.getLogger(name).setLevel(level)


def report(event: str, problem: BaseException, **facts: object) -> None:
    """Logs an unforeseen error by kind and place only, as its text may quote what a person wrote."""
    frames = traceback.extract_tb(problem.__traceback__)
    place = f"{PurePath(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    log.error(event, error=type(problem).__name__, place=place, **facts)
