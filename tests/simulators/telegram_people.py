"""The people of the simulated Telegram: they join, talk, send files, press buttons, block the bot."""

import re
import time
from collections.abc import Iterable
from typing import Any

from tests.simulators import telegram_world as contents
from tests.simulators.telegram_markup import utf16_length
from tests.simulators.telegram_methods import Server
from tests.simulators.telegram_rules import MAX_TEXT
from tests.simulators.telegram_updates import Updates
from tests.simulators.telegram_world import Chat, ChatType, Json, Person, World

_COMMAND = re.compile(r"(?<![\w/])/[A-Za-z0-9_]{1,64}(?:@([A-Za-z0-9_]{3,32}))?(?![\w/])")
_MENTION = re.compile(r"(?<![\w@/])@([A-Za-z0-9_]{3,32})\b")


class People:
    """Whatever is said in one go, without an await in between, reaches the bot as one batch."""

    world: World
    updates: Updates
    server: Server

    # --- people and chats

    def person(
        self,
        user_id: int,
        first_name: str,
        last_name: str = "",
        username: str = "",
        language_code: str = "vi",
        started: bool = False,
    ) -> Person:
        """Somebody with Telegram; the bot may write to them once they have started it, by `started` or `say`."""
        person = Person(user_id, first_name, last_name, username, language_code)
        self.world.welcome(person, started)
        return person

    def group(self, chat_id: int, title: str, type: ChatType = "group") -> None:  # noqa: A002
        """A group that the bot has been added to; it gets what privacy mode lets through."""
        if chat_id >= 0:
            raise ValueError("the id of a group is negative")
        self.world.add_chat(Chat(chat_id, type, {"title": title}))

    def block(self, user_id: int) -> None:
        self.world.chat(user_id).blocked = True
        self._membership(user_id, "member", "kicked")

    def unblock(self, user_id: int) -> None:
        self.world.chat(user_id).blocked = False
        self._membership(user_id, "kicked", "member")

    def deactivate(self, user_id: int) -> None:
        self.world.chat(user_id).deactivated = True

    def kick(self, chat_id: int, by: int) -> None:
        """Somebody removes the bot from a group."""
        self.world.chat(chat_id).kicked = True
        self._membership(by, "member", "kicked", chat_id)

    def migrate(self, group_id: int, new_id: int) -> None:
        """A group becomes a supergroup, with the service messages on both sides."""
        old = self.world.chat(group_id)
        new = Chat(new_id, "supergroup", dict(old.facts))
        self.world.add_chat(new)
        old.migrated_to = new_id
        sender = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
        self._publish(self.world.write(old, sender, {"migrate_to_chat_id": new_id}))
        self._publish(self.world.write(new, sender, {"migrate_from_chat_id": group_id}))

    # --- what people do

    def say(self, user_id: int, text: str, chat_id: int | None = None, reply_to: int | None = None) -> Json:
        """A person's message, as the bot gets it; in a group, privacy mode may keep it from the bot."""
        if not text.strip() or utf16_length(text) > MAX_TEXT:
            raise ValueError("a message has 1 to 4096 characters")
        entities = [*_marked(_COMMAND, "bot_command", text), *_marked(_MENTION, "mention", text)]
        content: Json = {"text": text, **({"entities": entities} if entities else {})}
        return self._write(user_id, chat_id, content, reply_to)

    def say_many(self, said: Iterable[tuple[int, str]]) -> list[Json]:
        return [self.say(user_id, text) for user_id, text in said]

    def send_document(
        self,
        user_id: int,
        name: str,
        content: bytes | None = None,
        caption: str = "",
        chat_id: int | None = None,
        size: int | None = None,
        mime: str = "",
    ) -> Json:
        """A document; `size` without `content` declares a file that is not held."""
        file = self.world.keep_file("document", name, content, size, mime)
        return self._write(user_id, chat_id, {**contents.document_content(file), **_caption(caption)})

    def send_photo(
        self,
        user_id: int,
        content: bytes | None = None,
        caption: str = "",
        chat_id: int | None = None,
        size: int | None = None,
    ) -> Json:
        file = self.world.keep_file("photo", "photo.jpg", content, size)
        return self._write(user_id, chat_id, {**contents.photo_content(file), **_caption(caption)})

    def send_sticker(self, user_id: int, emoji: str = "👍", chat_id: int | None = None) -> Json:
        file = self.world.keep_file("sticker", "sticker.webp", b"RIFF")
        return self._write(user_id, chat_id, contents.sticker_content(file, emoji))

    def send_voice(
        self,
        user_id: int,
        content: bytes | None = None,
        duration: int = 3,
        chat_id: int | None = None,
        size: int | None = None,
    ) -> Json:
        file = self.world.keep_file("voice", "voice.oga", content, size, "audio/ogg")
        return self._write(user_id, chat_id, contents.voice_content(file, duration))

    def press(self, user_id: int, message_id: int, button: str, chat_id: int | None = None) -> str:
        """Presses a button, named by its data or its label, of a message the bot sent; answers the query's id."""
        chat = self.world.chat(user_id if chat_id is None else chat_id)
        message = chat.messages[message_id]
        if message["from"]["id"] != self.world.bot["id"]:
            raise LookupError("the bot did not send this message")
        query_id = str(next(self.server.question_ids))
        self.server.questions[query_id] = self.server.clock()
        query = {
            "id": query_id,
            "from": self.world.person(user_id).as_user(),
            "message": dict(message),
            "chat_instance": str(-chat.chat_id * 7919),
            "data": _data_of(message, button),
        }
        self.updates.add("callback_query", query)
        return query_id

    def raw_update(self, update: Json) -> int:
        return self.updates.add_raw(update)

    def _write(self, user_id: int, chat_id: int | None, content: Json, reply_to: int | None = None) -> Json:
        person = self.world.person(user_id)
        chat = self.world.chat(user_id if chat_id is None else chat_id)
        if chat.migrated_to is not None:
            raise ValueError(f"this group has become {chat.migrated_to}")
        if chat.is_private:
            chat.opened = True
            if chat.blocked:
                raise ValueError("who has blocked the bot must unblock it before writing")
        if reply_to is not None:
            content["reply_to_message"] = contents.quoted(chat.messages[reply_to])
        message = self.world.write(chat, person.as_user(), content)
        if self._is_heard(chat, message):
            self._publish(message)
        return message

    def _publish(self, message: Json) -> None:
        self.updates.add("message", message)

    def _is_heard(self, chat: Chat, message: Json) -> bool:
        """Whether privacy mode lets the bot see a message: commands, replies to it and mentions of it."""
        if chat.kicked:
            return False
        bot = self.world.bot
        if chat.is_private or bot["can_read_all_group_messages"]:
            return True
        if message.get("reply_to_message", {}).get("from", {}).get("id") == bot["id"]:
            return True
        text = message.get("text") or message.get("caption") or ""
        named = bot["username"].lower()
        commands = [found[1] for found in _COMMAND.finditer(text)]
        mentions = [found[1].lower() for found in _MENTION.finditer(text)]
        return named in mentions or any(name is None or name.lower() == named for name in commands)

    def _membership(self, user_id: int, old: str, new: str, chat_id: int | None = None) -> None:
        def member(status: str) -> Json:
            until = {"until_date": 0} if status == "kicked" else {}
            return {"user": self.world.bot, "status": status, **until}

        chat = self.world.chat(user_id if chat_id is None else chat_id)
        change = {
            "chat": chat.as_chat(),
            "from": self.world.person(user_id).as_user(),
            "date": int(time.time()),
            "old_chat_member": member(old),
            "new_chat_member": member(new),
        }
        self.updates.add("my_chat_member", change)


def _caption(text: str) -> Json:
    return {"caption": text} if text else {}


def _marked(pattern: re.Pattern[str], kind: str, text: str) -> list[dict[str, Any]]:
    return [
        {"type": kind, "offset": utf16_length(text[: found.start()]), "length": utf16_length(found.group())}
        for found in pattern.finditer(text)
    ]


def _data_of(message: Json, button: str) -> str:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    buttons = [each for row in rows for each in row if "callback_data" in each]
    for name in ("callback_data", "text"):
        for each in buttons:
            if each[name] == button:
                return str(each["callback_data"])
    raise LookupError(f"no button {button!r} among {[each['text'] for each in buttons]}")
