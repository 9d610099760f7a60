"""What a Zalo Official Account can carry, and how much of it."""

from datetime import timedelta

from domain.channel import Feature, Limits
from domain.messages import StoredFile

MOST_TEXT = 2000
MOST_BUTTONS = 5
MOST_LABEL = 100
MOST_IMAGE_BYTES = 1_000_000
MOST_FILE_BYTES = 5_000_000
MOST_DOWNLOAD_BYTES = 20 << 20
OPEN_FOR = timedelta(days=7)
"""After somebody's last message, press or follow; for the first 48 hours letters are free, later they are billed."""

IMAGES = ("image/jpeg", "image/png")
FILES = (
    "application/pdf",
    "application/msword",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "text/csv",
)
ENDINGS = {"image/jpeg": (".jpg", ".jpeg"), "image/png": (".png",)} | dict(
    zip(FILES, [(".pdf",), (".doc",), (".docx",), (".csv",)], strict=True)
)
"""Zalo goes by the name's ending, so a file without the right one is given it."""

FEATURES = Feature.BUTTONS | Feature.FILES_OUT | Feature.FILES_IN | Feature.PHOTOS | Feature.PROACTIVE


def limits(*, after_window: bool) -> Limits:
    """An application may call 4,000 times a minute; an account's own limit is not known: it answers -32."""
    return Limits(
        per_second=10,
        max_text=MOST_TEXT,
        most_buttons=MOST_BUTTONS,
        max_file_in=MOST_DOWNLOAD_BYTES,
        max_file_out=MOST_FILE_BYTES,
        window=OPEN_FOR,
        after_window=after_window,
    )


def is_carried(file: StoredFile) -> bool:
    """Whether Zalo takes this file; another one goes as a link."""
    if file.mime in IMAGES:
        return file.size <= MOST_IMAGE_BYTES
    return file.mime in FILES and file.size <= MOST_FILE_BYTES


def name_of(file: StoredFile) -> str:
    """Its name, with an ending that tells its kind."""
    endings = ENDINGS[file.mime]
    return file.name if file.name.lower().endswith(endings) else file.name + endings[0]
