"""The methods about the bot itself: who it is, its updates, webhook, files and commands; and the method table."""

import json
from typing import Any

from tests.simulators import telegram_methods as methods
from tests.simulators import telegram_rules as rules
from tests.simulators.telegram_methods import Method, Query, Server
from tests.simulators.telegram_rules import bad_request
from tests.simulators.telegram_updates import OTHER_WEBHOOK, Webhook
from tests.simulators.telegram_world import Json


async def get_me(server: Server, query: Query) -> Json:
    return server.world.bot


async def get_updates(server: Server, query: Query) -> list[Json]:
    _allow(server, query)
    limit = min(max(query.number("limit", 100), 1), 100)
    return await server.updates.poll(query.number("offset"), limit, query.number("timeout"))


def _allow(server: Server, query: Query) -> None:
    """Remembers `allowed_updates`; left out, the earlier choice stays, and empty means the default."""
    if "allowed_updates" not in query.args:
        return
    wanted = rules.loads(query.text("allowed_updates"), "can't parse allowed_updates JSON object")
    if not isinstance(wanted, list):
        raise bad_request("can't parse allowed_updates: an Array expected")
    server.updates.allowed = [str(kind).lower() for kind in wanted]


async def set_webhook(server: Server, query: Query) -> bool:
    url = query.text("url")
    if not url:
        return await delete_webhook(server, query)
    checked = rules.webhook_url(url)
    secret = rules.secret_token(query.text("secret_token"))
    connections = min(max(query.number("max_connections", 40), 1), 100)
    _allow(server, query)
    server.updates.interrupt(OTHER_WEBHOOK)
    await delete_webhook(server, query)
    server.updates.webhook = Webhook(server.updates, checked, secret, connections, server.webhook_retry)
    return True


async def delete_webhook(server: Server, query: Query) -> bool:
    webhook, server.updates.webhook = server.updates.webhook, None
    if webhook is not None:
        await webhook.close()
    if query.flag("drop_pending_updates"):
        server.updates.clear()
    return True


async def get_webhook_info(server: Server, query: Query) -> Json:
    webhook = server.updates.webhook
    info: Json = {
        "url": webhook.url if webhook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(server.updates),
    }
    if webhook is not None:
        info |= {"max_connections": webhook.max_connections, "ip_address": "127.0.0.1"}
        if webhook.last_error is not None:
            info["last_error_date"], info["last_error_message"] = webhook.last_error
    if server.updates.allowed:
        info["allowed_updates"] = server.updates.allowed
    return info


async def get_file(server: Server, query: Query) -> Json:
    file_id = query.text("file_id")
    if not file_id:
        raise bad_request("file_id not specified")
    file = server.world.files.get(file_id)
    if file is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if file.size > rules.MAX_DOWNLOAD:
        raise bad_request("file is too big")
    server.world.downloads[file.path] = file
    return {**file.facts(), "file_path": file.path}


async def set_my_commands(server: Server, query: Query) -> bool:
    commands = rules.bot_commands(query.text("commands"))
    server.commands[_command_scope(query)] = commands
    return True


async def get_my_commands(server: Server, query: Query) -> list[dict[str, str]]:
    return server.commands.get(_command_scope(query), [])


async def delete_my_commands(server: Server, query: Query) -> bool:
    server.commands.pop(_command_scope(query), None)
    return True


def _command_scope(query: Query) -> tuple[str, str]:
    raw = query.text("scope")
    scope: Any = rules.loads(raw, "can't parse BotCommandScope JSON object") if raw else {"type": "default"}
    language = query.text("language_code")
    if language and not (len(language) == 2 and language.isascii() and language.isalpha()):
        raise bad_request("invalid language code specified")
    return json.dumps(scope, sort_keys=True), language


async def accept(server: Server, query: Query) -> bool:
    """The settings of the profile, which nothing reads back."""
    return True


METHODS: dict[str, Method] = {
    "getme": get_me,
    "getupdates": get_updates,
    "setwebhook": set_webhook,
    "deletewebhook": delete_webhook,
    "getwebhookinfo": get_webhook_info,
    "sendmessage": methods.send_message,
    "senddocument": methods.send_document,
    "sendphoto": methods.send_photo,
    "editmessagetext": methods.edit_message_text,
    "editmessagereplymarkup": methods.edit_message_reply_markup,
    "answercallbackquery": methods.answer_callback_query,
    "sendchataction": methods.send_chat_action,
    "getfile": get_file,
    "setmycommands": set_my_commands,
    "getmycommands": get_my_commands,
    "deletemycommands": delete_my_commands,
    "setmyname": accept,
    "setmydescription": accept,
    "setmyshortdescription": accept,
    "setchatmenubutton": accept,
}
