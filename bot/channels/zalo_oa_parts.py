"""Lays an outgoing message out as messages of an Official Account: plain text in parts, buttons last, then files."""

from dataclasses import dataclass, replace
from typing import Any

from bot.channels import markup
from bot.channels.zalo_oa_events import PRESSED
from bot.channels.zalo_oa_limits import IMAGES, MOST_BUTTONS, MOST_LABEL, MOST_TEXT, is_carried
from domain.channel import Rejected
from domain.messages import Button, Outgoing, StoredFile

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """One message: a text, perhaps with buttons or above a picture, or a file."""

    text: str = ""
    buttons: tuple[Button, ...] = ()
    file: StoredFile | None = None

    @property
    def is_image(self) -> bool:
        return self.file is not None and self.file.mime in IMAGES

    def message(self, attachment: str = "") -> Json:
        """As Zalo takes it; `attachment` is its name for the file."""
        body: Json = {"text": self.text} if self.text else {}
        if self.is_image:
            element = {"media_type": "image", "attachment_id": attachment}
            payload: Json = {"template_type": "media", "elements": [element]}
            body["attachment"] = {"type": "template", "payload": payload}
        elif self.file is not None:
            body["attachment"] = {"type": "file", "payload": {"token": attachment}}
        elif self.buttons:
            body["attachment"] = {"type": "template", "payload": {"buttons": [_button(one) for one in self.buttons]}}
        return body


def parts_of(outgoing: Outgoing) -> list[Part]:
    """At least one part. Raises Rejected where there is nothing to send, or a file that Zalo does not take."""
    if not all(is_carried(file) for file in outgoing.files):
        raise Rejected("a file of a kind or size that Zalo does not take")
    buttons = tuple(button for row in outgoing.buttons for button in row)
    text = outgoing.text
    if len(buttons) > MOST_BUTTONS or (buttons and not markup.to_plain(text).strip()):
        text, buttons = markup.numbered(text, outgoing.buttons), ()
    texts = [Part(one) for one in markup.plain_parts(text, MOST_TEXT)]
    files = [Part(file=file) for file in outgoing.files]
    if not texts and not files:
        raise Rejected("nothing to send")
    if len(texts) == 1 and not buttons and len(files) == 1 and files[0].is_image:
        return [replace(files[0], text=texts[0].text)]
    if texts:
        texts[-1] = replace(texts[-1], buttons=buttons)
    return [*texts, *files]


def _button(button: Button) -> Json:
    return {"title": button.label[:MOST_LABEL], "type": "oa.query.hide", "payload": PRESSED + button.says}
