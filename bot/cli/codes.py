"""The sheet of one-time codes that the Office hands out: a private file, a CSV for Excel or strips to print."""

import csv
import io
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bot.cli.calls import Call, Refused
from documents.writing.invitations import Strip, document
from locales.texts import cli
from locales.texts import invitations as texts
from storage.people import INVITE_LIFE

Invitation = tuple[str, str, str, str]
"""Name, unit, code, link."""
Write = Callable[[Sequence[Invitation]], None]
Content = Callable[[Call, Sequence[Invitation]], bytes]


@contextmanager
def sheet(call: Call, path: Path, content: Content) -> Iterator[Write]:
    """A new file that only its owner may read; it is taken back where the codes in it come to nothing."""
    try:
        number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise Refused(cli.codes_target_exists(call.speech, str(path))) from None
    try:
        with os.fdopen(number, "wb") as file:

            def write(invitations: Sequence[Invitation]) -> None:
                file.write(content(call, invitations))
                file.flush()
                os.fsync(file.fileno())

            yield write
    except BaseException:
        path.unlink()
        raise


def as_csv(call: Call, invitations: Sequence[Invitation]) -> bytes:
    """A table that Excel opens with its Vietnamese."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(cli.code_headings(call.speech))
    writer.writerows(invitations)
    return text.getvalue().encode("utf-8-sig")  # the mark tells Excel that it is UTF-8


def as_strips(call: Call, invitations: Sequence[Invitation]) -> bytes:
    """A DOCX with a strip for each person, to be printed and cut."""
    settings, until = call.settings, call.now + INVITE_LIFE
    zalo = settings.zalo_bot_token is not None or settings.has_zalo_oa
    return document(
        [
            Strip(
                texts.heading(call.speech, name, unit),
                texts.strip(call.speech, settings.agency, code, link, until, zalo=zalo),
                scanned=link or code,
            )
            for name, unit, code, link in invitations
        ]
    )
