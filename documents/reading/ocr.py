"""Scans: read by Tesseract with Vietnamese, where it is installed; in a process that has its own limit of time."""

import os
import shutil
import subprocess
import time
from functools import cache
from typing import Any

PROGRAM = "tesseract"
LANGUAGE = "vie"
SCALE = 2.5
"""Of 72 dots an inch: what small print needs."""
SECONDS_A_PAGE = 20
ONE_THREAD = {"OMP_THREAD_LIMIT": "1"}
"""Several take longer for one page than one does, and all the machine."""
MOST_PAGES = 20
SECONDS = 60.0
"""For all pages of a scan."""


class TooLong(Exception):
    """A scan has more pages than can be read."""


def seconds() -> float:
    """How much longer a file may take, as it may be a scan."""
    return SECONDS if shutil.which(PROGRAM) else 0.0


@cache
def is_available() -> bool:
    """Whether scans can be read here."""
    path = shutil.which(PROGRAM)
    if path is None:
        return False
    try:
        said = subprocess.run([path, "--list-langs"], capture_output=True, timeout=10, check=False)  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return False
    return LANGUAGE in (said.stdout + said.stderr).decode(errors="replace").split()


def has_pictures(document: Any) -> bool:
    """Whether pages without text at least show something."""
    for number, page in enumerate(document):
        if next(iter(page.get_objects(max_depth=3)), None) is not None:
            return True
        if number > MOST_PAGES:
            break
    return False


def read_scan(document: Any) -> str:
    """The text of a scan's pages; "" where it cannot be read here. TooLong rather than only the first of them."""
    if not is_available():
        return ""
    pages: list[str] = []
    until = time.monotonic() + SECONDS
    for number, page in enumerate(document):
        if number >= MOST_PAGES or time.monotonic() > until:
            raise TooLong
        bitmap = page.render(scale=SCALE, grayscale=True)
        rows = memoryview(bitmap.buffer)
        wide, high, stride = bitmap.width, bitmap.height, bitmap.stride
        body = b"".join(bytes(rows[at * stride : at * stride + wide]) for at in range(high))
        picture = b"P5\n%d %d\n255\n" % (wide, high) + body
        try:
            said = subprocess.run(  # noqa: S603
                [shutil.which(PROGRAM) or PROGRAM, "stdin", "stdout", "-l", LANGUAGE],
                input=picture, capture_output=True, timeout=SECONDS_A_PAGE, check=False, env=os.environ | ONE_THREAD,
            )  # fmt: skip
        except (OSError, subprocess.SubprocessError):
            raise TooLong from None
        pages.append(said.stdout.decode(errors="replace"))
    return "\f".join(pages)
