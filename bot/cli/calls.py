"""How a command is carried out: with the settings and the language, and every failure told in a line on stderr."""

import errno
import logging
import os
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import typer

from bot.cli.printing import complain
from bot.settings import ENV_FILE, PREFIX, Settings, SettingsError
from domain.clock import SystemClock
from locales.speech import LOCALES, NotCompiled, Speech

LONGEST_DETAIL = 200


@dataclass(frozen=True)
class Call:
    """What every command has: the settings, the language, and the instant at which it was given."""

    settings: Settings
    speech: Speech
    now: datetime

    @property
    def zone(self) -> ZoneInfo:
        return self.speech.zone


class Refused(Exception):
    """The command is not carried out; the sentence says why, in the person's language."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def language(*, env_file: bool = True) -> str:
    """The language as far as it is known without the settings being right."""
    name = PREFIX + "LOCALE"
    given = os.environ.get(name) or (_in_env_file(name) if env_file else None)
    return given if given in LOCALES else LOCALES[0]


def _in_env_file(name: str) -> str | None:
    from dotenv import dotenv_values

    try:
        return dotenv_values(ENV_FILE, encoding="utf-8-sig").get(name)
    except (OSError, ValueError):
        return None


def carry_out(body: Callable[[Call], bool | None], settings: Callable[[], Settings] = Settings) -> None:
    """Carry a command out; the program ends with 1 where the body gives False, or fails."""
    speech = made = None
    try:
        made = settings()
        _hide_secrets(made)
        speech = Speech(made.locale, ZoneInfo(made.timezone))
        well = body(Call(made, speech, SystemClock().now()))
    except BrokenPipeError:
        raise  # who read the output has seen enough of it
    except Exception as error:
        complain(*told(speech or Speech(language()), _cause(error), made))
        raise typer.Exit(1) from None
    if well is False:
        raise typer.Exit(1)


def _hide_secrets(settings: Settings) -> None:
    from bot.logs import hide

    for secret in settings.secrets():
        hide(secret)


def _cause(error: BaseException) -> BaseException:
    """What really failed, where several things that ran beside each other were stopped by it."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error


def detail(error: BaseException) -> str:
    """What an error says, in one line and without a secret."""
    from bot.logs import scrub

    said = str(getattr(error, "orig", None) or error).strip() or type(error).__name__
    return scrub(said.splitlines()[0])[:LONGEST_DETAIL]


def told(speech: Speech, error: BaseException, settings: Settings | None) -> list[str]:
    """An error in the person's language."""
    try:
        return _told(speech, error, settings)
    except NotCompiled as missing:
        # the one sentence that cannot come out of a catalogue
        return [f"The catalogue of the language {missing} is not compiled. Please run: make locales"]


def _told(speech: Speech, error: BaseException, settings: Settings | None) -> list[str]:
    from locales.texts import cli

    match error:
        case NotCompiled():
            raise error
        case Refused():
            return [error.sentence]
        case SettingsError():
            return wrong_settings(speech, error)
        case OSError(errno=errno.EADDRINUSE) if settings:
            return [cli.port_in_use(speech, settings.web_port)]
        case ConnectionError() | socket.gaierror() if settings and not settings.database_url.startswith("sqlite"):
            return [cli.database_trouble(speech, detail(error))]
        case OSError():
            return [cli.system_refused(speech, detail(error))]
    return [_told_by_kept_things(speech, error)]


def _told_by_kept_things(speech: Speech, error: BaseException) -> str:
    # imported here, as nothing of this is needed as long as all goes well
    from bot.app import StartError
    from bot.cli.database import database_errors
    from locales.texts import cli, cli_faults
    from storage.backup import BackupImpossible
    from storage.locks import AlreadyRunning
    from storage.migrations import NewerDatabase

    match error:
        case AlreadyRunning():
            return cli.already_running(speech, error.pid)
        case NewerDatabase():
            return cli.newer_database(speech, error.version)
        case StartError():
            return cli_faults.start_fault(speech, error.key.value)
        case BackupImpossible():
            return cli_faults.backup_fault(speech, error.key.value, error.detail)
    if isinstance(error, database_errors()):
        return cli.database_trouble(speech, detail(error))
    if (port := _taken_port(error)) is not None:
        return cli.port_in_use(speech, port)
    if logging.root.handlers:
        logging.getLogger("uncaught").critical("the program ends", exc_info=error)
    return cli.unforeseen(speech, f"{type(error).__name__}: {detail(error)}")


def _taken_port(error: BaseException) -> int | None:
    # only if it has been loaded can it have raised this, and loading it takes a second
    server = sys.modules.get("bot.web.server")
    return int(error.port) if server and isinstance(error, server.PortTaken) else None


def wrong_settings(speech: Speech, error: SettingsError) -> list[str]:
    """A line for every wrong setting."""
    from locales.texts.cli_faults import setting_fault

    return [setting_fault(speech, one.key.value, one.name, one.given, one.example) for one in error.problems]
