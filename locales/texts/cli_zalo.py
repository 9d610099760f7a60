"""What the doctor says of the channels on Zalo."""

from locales.speech import Speech


def zalo_bot_answers(_: Speech, name: str) -> str:
    return _("answers, the bot is %(name)s") % {"name": name}


def zalo_bot_refused(_: Speech) -> tuple[str, str]:
    return (
        _("does not accept the token"),
        _("Take the token from the message of Zalo Bot Manager, and set NHACVIEC_ZALO_BOT_TOKEN."),
    )


def zalo_bot_silent(_: Speech, url: str) -> tuple[str, str]:
    return (
        _("%(url)s does not answer") % {"url": url},
        _("Check the machine's way to the internet, its firewall and NHACVIEC_ZALO_BOT_API_URL."),
    )


def zalo_bot_fetches(_: Speech) -> tuple[str, str]:
    return (
        _("updates are fetched (no open port is needed)"),
        _("Zalo means this for trying out, and may lose messages; better: a public address and a webhook secret."),
    )


def zalo_bot_without_web(_: Speech) -> tuple[str, str]:
    return (
        _("updates are posted to us, but the web is off"),
        _("Set NHACVIEC_WEB_PORT, or leave NHACVIEC_ZALO_BOT_WEBHOOK_SECRET out."),
    )


def zalo_bot_posted_elsewhere(_: Speech, url: str) -> tuple[str, str]:
    return (
        _("updates are posted to %(url)s, which is not this assistant") % {"url": url},
        _("Start the assistant: it takes them over. If another program uses the bot, give each a bot of its own."),
    )
