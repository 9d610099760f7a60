"""What Zalo refuses: the shape of a consultation message, its buttons, pictures and files, and of a template."""

from typing import Any

Json = dict[str, Any]

MOST_TEXT, MOST_BUTTONS, MOST_TITLE, MOST_PAYLOAD = 2000, 5, 100, 1000
MOST_IMAGE, MOST_FILE = 1 << 20, 5 << 20
IMAGE_ENDINGS, FILE_ENDINGS = ("jpg", "jpeg", "png"), ("pdf", "doc", "docx", "csv")


class Refused(Exception):
    """A body whose `error` is not 0."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


def wrong(what: str) -> Refused:
    return Refused(-201, f"{what} is invalid")


def recipient_of(body: Any) -> str:
    match body:
        case {"recipient": {"user_id": str() as user, **others}} if user and not others:
            return user
    raise wrong("recipient")


def message_of(body: Json, uploads: "dict[str, str]") -> Json:
    """What the follower sees: text, buttons, image, file. `uploads` are names that are still good, and their kind."""
    message = body.get("message")
    if not isinstance(message, dict) or not set(message) <= {"text", "attachment", "quote_message_id"}:
        raise wrong("message")
    text = message.get("text", "")
    if not isinstance(text, str) or len(text.encode("utf-16-le")) // 2 > MOST_TEXT:
        raise Refused(-210, "message text is longer than 2000")
    seen: Json = {"text": text, "buttons": [], "image": None, "file": None}
    match message.get("attachment"):
        case None if text.strip():
            return seen
        case {"type": "template", "payload": {"buttons": list() as buttons, **others}} if not others and text.strip():
            return {**seen, "buttons": _buttons(buttons)}
        case {"type": "template", "payload": {"template_type": "media", "elements": [dict() as element]}}:
            return {**seen, "image": _image(element, uploads)}
        case {"type": "file", "payload": {"token": str() as name}} if "text" not in message:
            return {**seen, "file": _upload(name, "file", uploads)}
    raise wrong("attachment")


def _buttons(buttons: list[Any]) -> list[Json]:
    if not 1 <= len(buttons) <= MOST_BUTTONS:
        raise wrong("buttons")
    for button in buttons:
        match button:
            case {"title": str() as title, "type": "oa.query.hide" | "oa.query.show", "payload": str() as payload}:
                fits = 0 < len(title) <= MOST_TITLE and 0 < len(payload) <= MOST_PAYLOAD
            case {"title": str() as title, "type": "oa.open.url", "payload": {"url": str() as url}}:
                fits = 0 < len(title) <= MOST_TITLE and url.startswith("http")
            case _:
                fits = False
        if not fits:
            raise wrong("button")
    return buttons


def _image(element: Json, uploads: "dict[str, str]") -> str:
    match element:
        case {"media_type": "image", "attachment_id": str() as name}:
            return _upload(name, "image", uploads)
    raise wrong("element")


def _upload(name: str, kind: str, uploads: "dict[str, str]") -> str:
    if uploads.get(name) != kind:
        raise Refused(-100, "attachment expired")
    return name


def check_upload(kind: str, name: str, size: int) -> None:
    ending = name.rpartition(".")[2].lower()
    endings, most = (IMAGE_ENDINGS, MOST_IMAGE) if kind == "image" else (FILE_ENDINGS, MOST_FILE)
    if "." not in name or ending not in endings:
        raise wrong("file type")
    if size > most:
        raise Refused(-210, "file is too large")
