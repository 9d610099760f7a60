"""The Telegram a bot lives in: people, chats, messages and files."""

import mimetypes
import time
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, Literal

from tests.simulators.telegram_rules import ApiError, bad_request

Json = dict[str, Any]
ChatType = Literal["private", "group", "supergroup", "channel"]
FOLDERS = {"document": "documents", "photo": "photos", "voice": "voice", "sticker": "stickers"}


@dataclass
class Person:
    user_id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = "vi"

    def names(self) -> Json:
        names = {"first_name": self.first_name, "last_name": self.last_name, "username": self.username}
        return {name: value for name, value in names.items() if value}

    def as_user(self) -> Json:
        return {"id": self.user_id, "is_bot": False, **self.names(), "language_code": self.language_code}


@dataclass
class Chat:
    chat_id: int
    type: ChatType
    facts: Json
    opened: bool = True
    blocked: bool = False
    deactivated: bool = False
    kicked: bool = False
    migrated_to: int | None = None
    last_message_id: int = 0
    messages: dict[int, Json] = field(default_factory=dict)

    @property
    def is_private(self) -> bool:
        return self.type == "private"

    def as_chat(self) -> Json:
        return {"id": self.chat_id, "type": self.type, **self.facts}

    def refuse_bot(self) -> None:
        """Raises what the server answers where the bot may not write here."""
        if not self.opened:
            raise bad_request("chat not found")
        if self.migrated_to is not None:
            raise bad_request("group chat was upgraded to a supergroup chat", migrate_to_chat_id=self.migrated_to)
        if self.deactivated:
            raise ApiError(403, "Forbidden: user is deactivated")
        if self.blocked:
            raise ApiError(403, "Forbidden: bot was blocked by the user")
        if self.kicked:
            raise ApiError(403, f"Forbidden: bot was kicked from the {self.type} chat")


@dataclass(frozen=True)
class StoredFile:
    """A file at Telegram; `content` is None where only its size is declared."""

    kind: str
    number: int
    name: str
    mime: str
    size: int
    content: bytes | None

    @property
    def file_id(self) -> str:
        return f"BQACAgUAAxkB{self.kind}{self.number:08d}Dw"

    @property
    def unique_id(self) -> str:
        return f"AgAD{self.number:08d}"

    @property
    def path(self) -> str:
        return f"{FOLDERS[self.kind]}/file_{self.number}{PurePosixPath(self.name).suffix}"

    def facts(self) -> Json:
        return {"file_id": self.file_id, "file_unique_id": self.unique_id, "file_size": self.size}


class World:
    def __init__(self, bot: Json) -> None:
        self.bot = bot
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, StoredFile] = {}
        self.downloads: dict[str, StoredFile] = {}

    def person(self, user_id: int) -> Person:
        if user_id not in self.people:
            raise LookupError(f"nobody has the id {user_id}")
        return self.people[user_id]

    def chat(self, chat_id: int) -> Chat:
        if chat_id not in self.chats:
            raise LookupError(f"no chat has the id {chat_id}")
        return self.chats[chat_id]

    def welcome(self, person: Person, opened: bool) -> Chat:
        self.people[person.user_id] = person
        chat = self.chats.get(person.user_id)
        if chat is None:
            chat = self.chats[person.user_id] = Chat(person.user_id, "private", {}, opened)
        chat.facts = person.names()
        chat.opened = chat.opened or opened
        return chat

    def add_chat(self, chat: Chat) -> None:
        self.chats[chat.chat_id] = chat

    def chat_for_bot(self, raw: str) -> Chat:
        """The chat that a call names, if the bot may write to it."""
        if not raw:
            raise bad_request("chat_id is empty")
        number = raw.removeprefix("-")
        chat = self.chats.get(int(raw)) if number.isascii() and number.isdecimal() else None
        if chat is None:
            raise bad_request("chat not found")
        chat.refuse_bot()
        return chat

    def write(self, chat: Chat, sender: Json, content: Json) -> Json:
        chat.last_message_id += 1
        message = {
            "message_id": chat.last_message_id,
            "from": sender,
            "chat": chat.as_chat(),
            "date": int(time.time()),
            **content,
        }
        chat.messages[chat.last_message_id] = message
        return message

    def keep_file(
        self, kind: str, name: str, content: bytes | None, size: int | None = None, mime: str = ""
    ) -> StoredFile:
        known = mime or mimetypes.guess_type(name)[0] or "application/octet-stream"
        length = size if size is not None else len(content or b"")
        file = StoredFile(kind, len(self.files), name, known, length, content)
        self.files[file.file_id] = file
        return file


def quoted(message: Json) -> Json:
    """A message as another one that answers it carries it."""
    return {name: value for name, value in message.items() if name != "reply_to_message"}


def document_content(file: StoredFile) -> Json:
    return {"document": {"file_name": file.name, "mime_type": file.mime, **file.facts()}}


def photo_content(file: StoredFile) -> Json:
    """The sizes of a photo; the small one names the same bytes, as only the largest is ever fetched."""
    small = {**file.facts(), "file_unique_id": f"{file.unique_id}s", "width": 90, "height": 67}
    return {"photo": [small, {**file.facts(), "width": 1280, "height": 960}]}


def sticker_content(file: StoredFile, emoji: str) -> Json:
    kind = {"type": "regular", "is_animated": False, "is_video": False, "width": 512, "height": 512}
    return {"sticker": {**file.facts(), **kind, "emoji": emoji}}


def voice_content(file: StoredFile, duration: int) -> Json:
    return {"voice": {**file.facts(), "duration": duration, "mime_type": file.mime}}
