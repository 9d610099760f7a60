"""A Zalo Bot Platform on loopback, strict where Zalo is strict, and either way where nobody knows which it is."""

import asyncio
import json
from collections.abc import Callable
from hashlib import blake2b
from itertools import count
from types import TracebackType
from typing import Any, Literal, Self

import httpx
from starlette.applications import Starlette

from tests.simulators.telegram_door import Door
from tests.simulators.telegram_journal import Journal
from tests.simulators.zalo_bot_http import Fault, Front
from tests.simulators.zalo_bot_rules import ApiError, Chat, Json, checked_hook, checked_text

TOKEN = "700000002:zalo-simulated-for-the-tests_0000"
DATE = 1_795_500_000_000
HEADER = "X-Bot-Api-Secret-Token"
BOT = {"id": "1459232241454765289", "account_name": "bot.VDKyGxQvc", "account_type": "BASIC", "can_join_groups": False}


class ZaloBotSimulator:
    """`async with ZaloBotSimulator() as sim:` serves `sim.url`.

    What is not known of the real one is a switch: `wrapped` webhook bodies or flat ones, `keeps` what comes between
    two polls or loses it, `twice` for posts that come again, `front.refusing` and `front.empty_poll` for refusals with
    an HTTP status of their own or with 200, `no_hook` for how it says that there is no webhook.
    """

    def __init__(
        self,
        token: str = TOKEN,
        *,
        port: int = 0,
        name: str = "Bot Nhắc Việc",
        keeps: bool = True,
        wrapped: bool = True,
        twice: bool = False,
        quota: int = 3000,
        most_people: int = 50,
        longest_poll: float = 30.0,
    ) -> None:
        self.token = token
        self.bot = BOT | {"display_name": name}
        self.keeps, self.wrapped, self.twice = keeps, wrapped, twice
        self.quota, self.most_people = quota, most_people
        self.longest_poll = longest_poll
        self.no_hook: Literal["404", "empty"] = "404"
        self.chats: dict[str, Chat] = {}
        self.hook: Json | None = None
        self.reroute: dict[str, str] = {}
        """Where a public address really leads, by its beginning: Zalo takes none of this machine."""
        self.journal = Journal()
        self.front = Front(token, self._answer, self._record)
        self.sent_photos: list[bytes] = []
        self.lost: list[Json] = []
        self.posts: list[tuple[int, Json]] = []
        """What was posted to the webhook, and the status that came back; 0 where none did."""
        self.pollers = self.most_pollers = 0
        self.registrations = 0
        self._waiting: list[Json] = []
        self._posting: list[asyncio.Task[None]] = []
        self._numbers = count(1)
        self._door = Door(Starlette(routes=self.front.routes()), port)
        self._http = httpx.AsyncClient()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._door.port}"

    async def __aenter__(self) -> Self:
        await self._door.open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for post in self._posting:
            post.cancel()
        await asyncio.gather(*self._posting, return_exceptions=True)
        await self._door.close()
        await self._http.aclose()

    def down(self) -> None:
        """The port refuses connections, and those that are open are cut."""
        self._door.shut()
        self.journal.announce()

    async def up(self) -> None:
        await self._door.open()
        self.journal.announce()

    # -- people ------------------------------------------------------------------------------------------------------

    def person(self, chat_id: str, name: str = "", *, opened: bool = False) -> Chat:
        return self.chats.setdefault(chat_id, Chat(chat_id, name or chat_id, opened=opened))

    def group(self, chat_id: str, name: str = "") -> Chat:
        return self.chats.setdefault(chat_id, Chat(chat_id, name or chat_id, is_group=True, opened=True))

    def say(self, chat_id: str, text: str) -> str:
        """Somebody writes to the bot; gives the message's name."""
        return self._event(chat_id, "message.text.received", {"text": text})

    def say_in(self, group: str, chat_id: str, text: str) -> str:
        """Somebody writes in a group, where the bot only hears what mentions it or answers it."""
        return self._event(chat_id, "message.text.received", {"text": text}, group)

    def send_photo(self, chat_id: str, content: bytes, caption: str | None = "", *, field: str = "photo_url") -> str:
        name = f"{next(self._numbers)}.jpg"
        self.front.photos[name] = content
        more = {} if caption is None else {"caption": caption}
        more |= {field: f"{self.url}/cdn/{name}", "message_type": "CHAT_PHOTO"}
        return self._event(chat_id, "message.image.received", more)

    def send_other(self, chat_id: str, kind: Literal["sticker", "voice", "unsupported"]) -> str:
        content = {
            "sticker": {"sticker": "0e078a2cb9685036097b", "url": "https://zalo-api.zadn.vn/sticker.png"},
            "voice": {"voice_url": "https://voice.zdn.vn/x.aac", "message_type": "CHAT_VOICE"},
            "unsupported": {},
        }[kind]
        return self._event(chat_id, f"message.{kind}.received", content)

    def _event(self, chat_id: str, name: str, content: Json, group: str | None = None) -> str:
        person = self.person(chat_id)
        person.opened = True
        number = next(self._numbers)
        message = {
            "from": {"id": chat_id, "display_name": person.name, "is_bot": False},
            "chat": {"id": group or chat_id, "chat_type": "GROUP" if group else "PRIVATE"},
            "message_id": _name(number),
            "date": DATE + number,
            **content,
        }
        self.raw({"event_name": name, "message": message})
        return str(message["message_id"])

    def raw(self, update: Json) -> None:
        """An update as it is, whatever it is."""
        if self.hook is not None:
            self._post(update)
        elif self.keeps or self.pollers:
            self._waiting.append(update)
        else:
            self.lost.append(update)
        self.journal.announce()

    # -- what goes wrong, and what the bot did -----------------------------------------------------------------------

    def fault(self, method: str | None = None, **how: Any) -> None:
        self.front.faults.append(Fault(method, **how))

    def clear_faults(self) -> None:
        self.front.faults.clear()

    def calls(self, method: str | None = None) -> list[Json]:
        return [one for one in self.journal.calls if method in (None, one["method"])]

    def sent(self, chat_id: str | None = None) -> list[Json]:
        return [one for one in self.journal.sent if chat_id in (None, one["chat_id"])]

    def texts(self, chat_id: str) -> list[str]:
        return [one["text"] for one in self.sent(chat_id)]

    async def wait_sent(self, n: int, chat_id: str | None = None, timeout: float = 20) -> list[Json]:
        await self.wait_until(lambda: len(self.sent(chat_id)) >= n, timeout)
        return self.sent(chat_id)

    async def wait_until(self, predicate: Callable[[], object], timeout: float = 20) -> None:
        await self.journal.wait_until(predicate, timeout)

    # -- methods -----------------------------------------------------------------------------------------------------

    def _record(self, method: str, args: Json) -> Json:
        call: Json = {"method": method, "params": args, "code": None, "chat_id": args.get("chat_id")}
        self.journal.calls.append(call)
        self.journal.announce()
        return call

    async def _answer(self, method: str, args: Json) -> Any:
        match method:
            case "getMe":
                return self.bot
            case "getUpdates":
                return await self._poll(float(args.get("timeout", 30)))
            case "setWebhook":
                return await self._set_webhook(str(args.get("url", "")), str(args.get("secret_token", "")))
            case "deleteWebhook":
                self.hook = None
                return {"url": "", "updated_at": DATE}
            case "getWebhookInfo":
                return self._webhook_info()
            case "sendMessage":
                return self._send(args, checked_text(str(args.get("text", ""))))
            case "sendPhoto":
                return await self._send_photo(args)
            case "sendChatAction":
                return None
        raise ApiError(404)

    async def _poll(self, seconds: float) -> Json:
        if self.hook is not None:
            raise ApiError(400, "getUpdates cannot be used while a webhook is set")
        self.pollers += 1
        self.most_pollers = max(self.most_pollers, self.pollers)
        try:
            await self.wait_until(lambda: self._waiting, min(seconds, self.longest_poll))
            return self._waiting.pop(0)
        except TimeoutError:
            raise ApiError(408) from None
        finally:
            self.pollers -= 1

    async def _set_webhook(self, url: str, secret: str) -> Json:
        checked_hook(url, secret)
        self.registrations += 1
        self.hook = {"url": url, "secret": secret}
        try:
            found = (await self._http.post(self._really(url))).status_code
        except httpx.HTTPError:
            found = 0
        outcome = "webhook.ok" if found == 200 else f"webhook.http.{found}" if found else "webhook.err.conn"
        verified = {"ok": found == 200, "url": url, "outcome": outcome, "hint": ""}
        return {"url": url, "updated_at": DATE, "verification": verified}

    def _webhook_info(self) -> Json:
        if self.hook is None and self.no_hook == "404":
            raise ApiError(404)
        return {"url": self.hook["url"] if self.hook else "", "updated_at": DATE}

    async def _send_photo(self, args: Json) -> Json:
        photo = str(args.get("photo", ""))
        if not photo.startswith(("http://", "https://")):
            raise ApiError(400, "The photo must start with http:// or https://")
        caption = checked_text(str(args.get("caption", "")), "caption")
        for _ in range(2):  # it may fetch a picture more than once
            try:
                found = await self._http.get(self._really(photo))
            except httpx.HTTPError:
                raise ApiError(400, "The photo could not be fetched") from None
            if found.status_code != 200 or not found.headers.get("content-type", "").startswith("image/"):
                raise ApiError(400, "The photo could not be fetched")
        entry = self._send(args, caption, photo=photo)
        self.sent_photos.append(found.content)
        return entry | {"message_type": "CHAT_PHOTO"}

    def _send(self, args: Json, text: str, photo: str = "") -> Json:
        chat_id = args.get("chat_id")
        if not isinstance(chat_id, str) or not chat_id:
            raise ApiError(400, "The chat_id must not be empty")
        if not text and not photo:
            raise ApiError(400, "The text must not be empty")
        chat = self.chats.get(chat_id)
        if chat is None or not chat.opened or chat.gone:
            raise ApiError(400, "The chat_id is invalid")
        if len(self.journal.sent) >= self.quota:
            raise ApiError(429)
        known = [one.chat_id for one in self.chats.values() if one.opened and not one.is_group]
        if not chat.is_group and chat_id in known[self.most_people :]:
            raise ApiError(429)
        message_id = _name(next(self._numbers))
        entry = {"chat_id": chat_id, "message_id": message_id, "text": text, "photo": photo}
        self.journal.sent.append(entry)
        self.journal.announce()
        return {"message_id": message_id, "date": DATE}

    # -- the webhook -------------------------------------------------------------------------------------------------

    def _really(self, url: str) -> str:
        for public, local in self.reroute.items():
            if url.startswith(public):
                return local + url[len(public) :]
        return url

    def _post(self, update: Json) -> None:
        for _ in range(2 if self.twice else 1):
            self._posting.append(asyncio.get_running_loop().create_task(self._posted(update)))

    async def _posted(self, update: Json) -> None:
        assert self.hook is not None
        body = {"ok": True, "result": update} if self.wrapped else update
        headers = {HEADER: self.hook["secret"], "User-Agent": "Java/1.8.0_192", "Content-Type": "application/json"}
        try:
            content = json.dumps(body).encode()
            answer = await self._http.post(self._really(self.hook["url"]), content=content, headers=headers)
            self.posts.append((answer.status_code, update))
        except httpx.HTTPError:
            self.posts.append((0, update))
        self.journal.announce()


def _name(number: int) -> str:
    """A name as Zalo gives it: twenty hexadecimal digits."""
    return blake2b(str(number).encode(), digest_size=10).hexdigest()
