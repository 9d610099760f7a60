"""What the Zalo Bot Platform takes and refuses, as strict as its papers say."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

Json = dict[str, Any]

MOST_TEXT = 2000
SECRET = (8, 256)
FIELDS = {
    "getMe": set[str](),
    "getUpdates": {"timeout"},
    "setWebhook": {"url", "secret_token"},
    "testWebhook": set[str](),
    "deleteWebhook": set[str](),
    "getWebhookInfo": set[str](),
    "sendMessage": {"chat_id", "text", "parse_mode", "text_styles"},
    "sendPhoto": {"chat_id", "photo", "caption", "parse_mode", "text_styles"},
    "sendSticker": {"chat_id", "sticker"},
    "sendChatAction": {"chat_id", "action"},
    "sendVoice": {"chat_id", "voice_url"},
}
"""Every method there is, in its spelling, and what it takes: keyboards, files, offsets and replies do not exist."""

DESCRIPTIONS = {
    400: "Bad request",
    401: "Unauthorized",
    403: "Internal server error",
    404: "Not Found",
    408: "Request timeout",
    426: "Daily limit exceeded",
    429: "Quota exceeded",
    500: "Internal error",
}


class ApiError(Exception):
    def __init__(self, code: int, description: str = "", *, after: int | None = None) -> None:
        super().__init__(description)
        self.code, self.after = code, after
        self.description = description or DESCRIPTIONS.get(code, f"Error {code}")


@dataclass
class Chat:
    """A person, or a group; `opened` once somebody has written to the bot, which cannot find anybody by itself."""

    chat_id: str
    name: str
    is_group: bool = False
    opened: bool = False
    gone: bool = False
    texts: list[str] = field(default_factory=list)


def checked_text(text: str, what: str = "text") -> str:
    """Counted in UTF-16 units, the stricter way: Zalo does not say."""
    if len(text.encode("utf-16-le")) // 2 > MOST_TEXT:
        raise ApiError(400, f"The {what} must not exceed {MOST_TEXT} characters")
    return text


def checked_hook(url: str, secret: str) -> None:
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname or parts.hostname in ("localhost", "127.0.0.1"):
        raise ApiError(400, "The url must be a public https address")
    if not SECRET[0] <= len(secret) <= SECRET[1]:
        raise ApiError(400, "The secret_token must have 8 to 256 characters")
