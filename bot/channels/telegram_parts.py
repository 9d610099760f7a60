"""Lays an outgoing message out as Telegram messages: text in parts, a caption, photos, documents, the buttons last."""

from dataclasses import dataclass, replace

from bot.channels import markup
from bot.channels.telegram_limits import MOST_CAPTION, MOST_FILE_BYTES, MOST_PHOTO_BYTES, MOST_TEXT
from domain.channel import Rejected
from domain.messages import Outgoing, Rows, StoredFile

_PHOTOS = ("image/jpeg", "image/png")
_NO_PHOTO = ("image_process_failed", "photo_", "too big for a photo")


@dataclass(frozen=True, slots=True)
class Part:
    """One Telegram message: a text, or a file with a caption."""

    text: str = ""
    is_html: bool = True
    file: StoredFile | None = None
    as_photo: bool = False
    buttons: Rows = ()

    def simpler(self, refusal: str) -> "Part | None":
        """What to send instead after a refusal, if something simpler can help."""
        reason = refusal.lower()
        if self.is_html and "can't parse entities" in reason:
            return replace(self, text=self._plain(), is_html=False)
        if self.as_photo and any(word in reason for word in _NO_PHOTO):
            return replace(self, as_photo=False)
        return None

    def _plain(self) -> str:
        plain = markup.to_plain(self.text)
        most = MOST_CAPTION if self.file else MOST_TEXT
        return plain if markup.units(plain) <= most else markup.to_plain(self.text, targets=False)


def parts_of(outgoing: Outgoing) -> list[Part]:
    """At least one part. Raises Rejected where there is nothing to send, or too much."""
    if any(file.size > MOST_FILE_BYTES for file in outgoing.files):
        raise Rejected("file is too big")
    files = [_file_part(file) for file in outgoing.files]
    captions = markup.html_parts(outgoing.text, MOST_CAPTION)
    if len(files) == 1 and len(captions) <= 1:
        return [replace(files[0], text="".join(captions), buttons=outgoing.buttons)]
    texts = [Part(text) for text in markup.html_parts(outgoing.text, MOST_TEXT)]
    if not texts and not files:
        raise Rejected("nothing to send")
    carrier = texts or files
    carrier[-1] = replace(carrier[-1], buttons=outgoing.buttons)
    return [*texts, *files]


def _file_part(file: StoredFile) -> Part:
    return Part(file=file, as_photo=file.mime in _PHOTOS and file.size <= MOST_PHOTO_BYTES)
