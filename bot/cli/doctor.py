"""`doctor`: looks at everything that has to be well, and says what to do about what is not."""

import asyncio
import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bot.cli.calls import Call, carry_out, detail, wrong_settings
from bot.cli.doctor_agency import calendar, clock, roster
from bot.cli.doctor_channels import telegram, web
from bot.cli.doctor_database import database
from bot.cli.doctor_ways import limits, ways
from bot.cli.doctor_zalo_bot import zalo_bot
from bot.cli.doctor_zalo_oa import zalo_oa
from bot.cli.findings import Finding, Grade, Topic, not_well, well
from bot.cli.printing import out, table
from bot.cli.undisturbed import defaults
from bot.settings import Settings, SettingsError
from documents.reading import ocr
from locales.speech import LOCALES, NotCompiled, Speech
from locales.texts import cli_doctor as texts

LEAST_FREE = 500
"""MB: a day of photos and files of a large agency."""
MEGABYTE = 1024 * 1024


def doctor() -> None:
    """Examine, and end with 1 where something is not well."""
    try:
        Settings()
    except SettingsError as error:
        wrong = error  # the name of an exception is gone after its block
        carry_out(lambda call: _report(call, [*_settings(call, wrong), *_catalogues(call)]), defaults)
    else:
        carry_out(_examine)


def _examine(call: Call) -> bool:
    findings = [well(Topic.SETTINGS, texts.settings_right(call.speech)), *_catalogues(call), _folder(call)]
    about_database, record = asyncio.run(database(call, lambda store: limits(call, store)))
    findings += about_database
    findings += asyncio.run(telegram(call))
    findings += asyncio.run(zalo_bot(call))
    findings += asyncio.run(zalo_oa(call, record))
    findings.append(web(call, record))
    findings += ways(call, record)
    findings.append(_scans(call))
    findings.append(clock(call, record))
    findings += calendar(call, record)
    findings += roster(call, record)
    return _report(call, findings)


def _report(call: Call, findings: Sequence[Finding]) -> bool:
    rows = [
        (texts.grade(call.speech, one.grade), texts.topic(call.speech, one.topic), one.state, one.advice)
        for one in findings
    ]
    table(texts.title(call.speech), texts.headings(call.speech), rows)
    faults = sum(one.grade is Grade.NOT_WELL for one in findings)
    out(texts.verdict(call.speech, faults))
    return not faults


def _settings(call: Call, error: SettingsError) -> list[Finding]:
    advice = texts.correct_setting(call.speech)
    return [not_well(Topic.SETTINGS, (line, advice)) for line in wrong_settings(call.speech, error)]


def _catalogues(call: Call) -> list[Finding]:
    missing = [locale for locale in LOCALES if not _is_compiled(locale)]
    if missing:
        return [not_well(Topic.CATALOGUES, texts.not_compiled(call.speech, locale)) for locale in missing]
    return [well(Topic.CATALOGUES, texts.compiled(call.speech, LOCALES))]


def _is_compiled(locale: str) -> bool:
    try:
        Speech(locale)("")
    except NotCompiled:
        return False
    return True


def _scans(call: Call) -> Finding:
    # an extra: without it nothing is wrong
    return well(Topic.SCANS, (texts.scans_read if ocr.is_available() else texts.scans_not_read)(call.speech))


def _folder(call: Call) -> Finding:
    path = call.settings.data_dir.absolute()
    try:
        place = _tried(path)
        free = shutil.disk_usage(place).free // MEGABYTE
    except OSError as error:
        return not_well(Topic.FOLDER, texts.folder_unusable(call.speech, str(path), detail(error)))
    if free < LEAST_FREE:
        return not_well(Topic.FOLDER, texts.space_short(call.speech, str(path), free))
    return well(Topic.FOLDER, texts.folder_usable(call.speech, str(path), free))


def _tried(path: Path) -> Path:
    """The folder, or the nearest above it where it is not made yet, after writing into it. Raises OSError."""
    place = next(folder for folder in (path, *path.parents) if os.path.lexists(folder))
    with tempfile.TemporaryFile(dir=place):
        return place
