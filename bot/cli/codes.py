"""The sheet of one-time codes that the Office hands out: a private CSV file that Excel opens with its Vietnamese."""

import csv
import io
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bot.cli.calls import Call, Refused
from locales.texts import cli

Invitation = tuple[str, str, str, str]
"""Name, unit, code, link."""
Write = Callable[[Sequence[Invitation]], None]


@contextmanager
def sheet(call: Call, path: Path) -> Iterator[Write]:
    """A new file that only its owner may read; it is taken back where the codes in it come to nothing."""
    try:
        number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise Refused(cli.codes_target_exists(call.speech, str(path))) from None
    try:
        with os.fdopen(number, "wb") as file:

            def write(invitations: Sequence[Invitation]) -> None:
                file.write(_content(cli.code_headings(call.speech), invitations))
                file.flush()
                os.fsync(file.fileno())

            yield write
    except BaseException:
        path.unlink()
        raise


def _content(headings: Invitation, invitations: Sequence[Invitation]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(headings)
    writer.writerows(invitations)
    return text.getvalue().encode("utf-8-sig")  # the mark tells Excel that it is UTF-8
