"""What the Bot API refuses: texts, keyboards, commands and webhook settings, with the server's own words."""

import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from tests.simulators.telegram_markup import Entity, MarkupError, parse_html, utf16_length

MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_CALLBACK_DATA = 64
MAX_BUTTONS = 100
MAX_COMMANDS = 100
MAX_DOWNLOAD = 20 << 20
MAX_UPLOAD = 50 << 20
MAX_PHOTO = 10 << 20

UPLOADS = {f"upload_{kind}" for kind in ("photo", "video", "voice", "document", "video_note", "audio")}
RECORDINGS = {f"record_{kind}" for kind in ("video", "voice", "video_note", "audio")}
ACTIONS = {"typing", "choose_sticker", "find_location"} | UPLOADS | RECORDINGS
INLINE_ACTIONS = (
    "callback_data",
    "url",
    "copy_text",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "callback_game",
    "pay",
)
STYLES = frozenset({"danger", "success", "primary"})
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class ApiError(Exception):
    """An answer `ok: false`."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


def bad_request(description: str, **parameters: int) -> ApiError:
    return ApiError(400, f"Bad Request: {description}", **parameters)


def too_many_requests(after: int) -> ApiError:
    return ApiError(429, f"Too Many Requests: retry after {after}", retry_after=after)


def loads(raw: str, refusal: str) -> Any:
    try:
        return json.loads(raw)
    except json.JSONDecodeError:
        raise bad_request(refusal) from None


def formatted(text: str, parse_mode: str, entities: str) -> tuple[str, list[Entity]]:
    """The text after entity parsing, trimmed as the server trims it."""
    mode = parse_mode.lower()
    if mode not in ("", "html"):
        raise bad_request("unsupported parse_mode")
    if mode == "html":
        try:
            plain, found = parse_html(text)
        except MarkupError as problem:
            raise bad_request(f"can't parse entities: {problem}") from None
    else:
        plain = text
        found = loads(entities, "can't parse entities: can't parse entities JSON object") if entities else []
    return trimmed(plain, found)


def trimmed(plain: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    text = plain.strip()
    if not entities or text == plain:
        return text, entities
    cut = utf16_length(plain) - utf16_length(plain.lstrip())
    end = utf16_length(text)
    kept = []
    for entity in entities:
        begins = max(0, entity["offset"] - cut)
        ends = min(end, entity["offset"] - cut + entity["length"])
        if ends > begins:
            kept.append({**entity, "offset": begins, "length": ends - begins})
    return text, kept


def message_text(text: str, parse_mode: str, entities: str) -> tuple[str, list[Entity]]:
    plain, found = formatted(text, parse_mode, entities)
    if not plain:
        raise bad_request("message text is empty")
    if utf16_length(plain) > MAX_TEXT:
        raise bad_request("message is too long")
    return plain, found


def caption(text: str, parse_mode: str, entities: str) -> tuple[str, list[Entity]]:
    plain, found = formatted(text, parse_mode, entities)
    if utf16_length(plain) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    return plain, found


def reply_markup(raw: str, private: bool) -> dict[str, Any] | None:
    """The markup of a message, None where it shows nothing."""
    if not raw:
        return None
    markup = loads(raw, "can't parse reply keyboard markup JSON object")
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in markup:
        rows = _rows(markup["inline_keyboard"], "inline keyboard", lambda button: _inline_button(button, private))
        return {"inline_keyboard": rows} if rows else None
    if "keyboard" in markup:
        _rows(markup["keyboard"], "keyboard", _reply_button)
        return markup
    return markup if markup.get("remove_keyboard") or markup.get("force_reply") else None


def _rows(rows: Any, kind: str, check: Callable[[Any], None]) -> list[list[Any]]:
    if not isinstance(rows, list):
        raise bad_request(f'field "{kind.replace(" ", "_")}" of the ReplyMarkup must be an Array')
    for row in rows:
        if not isinstance(row, list):
            raise bad_request(f'field "{kind.replace(" ", "_")}" must be an Array of Arrays')
        for button in row:
            check(button)
    kept = [row for row in rows if row]
    if sum(map(len, kept)) > MAX_BUTTONS:
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    return kept


def _reply_button(button: Any) -> None:
    label = button.get("text") if isinstance(button, dict) else button
    if not isinstance(label, str) or not label:
        raise bad_request("can't parse keyboard button: Can't find field \"text\"")


def _inline_button(button: Any, private: bool) -> None:
    refusal = "can't parse inline keyboard button"
    if not isinstance(button, dict):
        raise bad_request(f"{refusal}: InlineKeyboardButton must be an Object")
    if not isinstance(button.get("text"), str):
        raise bad_request(f'{refusal}: Can\'t find field "text"')
    if not button["text"].strip():
        raise bad_request("BUTTON_TEXT_INVALID")
    if button.get("style") is not None and button["style"] not in STYLES:
        raise bad_request(f"{refusal}: invalid button style specified")
    used = [name for name in INLINE_ACTIONS if button.get(name) not in (None, "")]
    if not used:
        raise bad_request(f"{refusal}: Text buttons are unallowed in the inline keyboard")
    if len(used) > 1:
        raise bad_request(f"{refusal}: exactly one of the optional fields must be used")
    _check_action(used[0], button[used[0]], private)


def _check_action(action: str, value: Any, private: bool) -> None:
    if action == "callback_data" and (not isinstance(value, str) or len(value.encode()) > MAX_CALLBACK_DATA):
        raise bad_request("BUTTON_DATA_INVALID")
    if action == "url":
        parts = urlsplit(str(value))
        if parts.scheme not in ("http", "https", "tg", "ton", "tonsite", "") or not (parts.netloc or parts.path):
            raise bad_request(f"inline keyboard button URL '{value}' is invalid: Unsupported URL protocol")
    if action == "copy_text" and not 1 <= len(str(value.get("text", ""))) <= 256:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    if action == "web_app":
        if not private:
            raise bad_request("BUTTON_TYPE_INVALID")
        if not str(value.get("url", "")).startswith("https://"):
            raise bad_request("inline keyboard button Web App URL is invalid: Only HTTPS links are allowed")


def bot_commands(raw: str) -> list[dict[str, str]]:
    commands = loads(raw, "Can't parse commands JSON object") if raw else []
    if not isinstance(commands, list):
        raise bad_request("expected an Array of BotCommand")
    if len(commands) > MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    return [_bot_command(command) for command in commands]


def _bot_command(command: Any) -> dict[str, str]:
    if not isinstance(command, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    for name in ("command", "description"):
        if not isinstance(command.get(name), str):
            raise bad_request(f"can't parse BotCommand: Can't find field \"{name}\"")
    name = command["command"].removeprefix("/")
    if not re.fullmatch(r"[a-z0-9_]{1,32}", name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(command["description"].strip()) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": command["description"].strip()}


def webhook_url(url: str) -> str:
    """A webhook address; plain http and any port only on loopback, which the real server never sees."""
    parts = urlsplit(url)
    if parts.hostname in LOOPBACK:
        return url
    if parts.scheme != "https":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if (parts.port or 443) not in (443, 80, 88, 8443):
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
    return url


def secret_token(token: str) -> str:
    if len(token) > 256:
        raise bad_request("secret token is too long")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", token):
        raise bad_request("secret token contains unallowed characters")
    return token


def check_photo(content: bytes) -> None:
    if len(content) > MAX_PHOTO:
        raise bad_request(
            f"file of size {len(content)} bytes is too big for a photo; the maximum size is {MAX_PHOTO} bytes"
        )
    if not content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"BM", b"RIFF")):
        raise bad_request("IMAGE_PROCESS_FAILED")
