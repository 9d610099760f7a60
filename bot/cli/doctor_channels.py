"""The doctor's look at the channels: does Telegram know the bot, can the web be served."""

import errno
import socket

from bot.cli.calls import Call, detail
from bot.cli.doctor_database import Record
from bot.cli.findings import Finding, Topic, not_well, note, well
from bot.cli.links import NoTelegram, telegram_name
from locales.texts import cli_doctor as texts
from locales.texts.cli_faults import start_fault


async def telegram(call: Call) -> list[Finding]:
    """Whether Telegram answers, and which way updates come."""
    settings, speech = call.settings, call.speech
    if settings.telegram_token is None:
        return [well(Topic.TELEGRAM, texts.telegram_off(speech))]
    try:
        answer = well(Topic.TELEGRAM, texts.telegram_answers(speech, await telegram_name(settings)))
    except NoTelegram as silence:
        silent = texts.telegram_silent(speech, settings.telegram_api_url)
        answer = not_well(Topic.TELEGRAM, texts.telegram_refused(speech) if silence.refused else silent)
    return [answer, _updates(call)]


def _updates(call: Call) -> Finding:
    url = call.settings.webhook_url
    if url is None:
        return well(Topic.TELEGRAM, texts.telegram_fetches(call.speech))
    if call.settings.web_port == 0:
        return not_well(Topic.TELEGRAM, texts.webhook_without_web(call.speech))
    return well(Topic.TELEGRAM, texts.telegram_posts(call.speech, url))


def web(call: Call, record: Record) -> Finding:
    """Whether the web can be served, or is."""
    settings, speech = call.settings, call.speech
    if settings.web_port == 0:
        if settings.telegram_token is None and settings.zalo_bot_token is None and not settings.has_zalo_oa:
            return not_well(Topic.WEB, (texts.web_off(speech), start_fault(speech, "no_channel")))
        return well(Topic.WEB, texts.web_off(speech))
    address = f"{settings.web_host}:{settings.web_port}"
    problem = _obstacle(settings.web_host, settings.web_port)
    if problem is None:
        return well(Topic.WEB, texts.port_free(speech, address))
    if problem.errno != errno.EADDRINUSE:
        return not_well(Topic.WEB, texts.port_unusable(speech, address, detail(problem)))
    if record.runs is None:
        return note(Topic.WEB, texts.port_unknown(speech, address))
    if record.runs:
        return well(Topic.WEB, texts.port_ours(speech, address))
    return not_well(Topic.WEB, texts.port_taken(speech, address))


def _obstacle(host: str, port: int) -> OSError | None:
    """What keeps a server from listening there."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as door:
            # as a server does it: connections that ended just now are no obstacle
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            door.bind(address)
    except OSError as error:
        return error
    return None
