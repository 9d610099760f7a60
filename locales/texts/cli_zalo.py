"""What the doctor says of the channels on Zalo."""

from datetime import datetime

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


# -- the Official Account ----------------------------------------------------------------------------------------------


def zalo_oa_not_set(_: Speech) -> str:
    return _(
        "Zalo OA is not set up. Please set NHACVIEC_ZALO_OA_APP_ID, NHACVIEC_ZALO_OA_APP_SECRET and NHACVIEC_ZALO_OA_SECRET first."
    )


def no_redirect(_: Speech) -> str:
    return _(
        "Please set NHACVIEC_PUBLIC_URL, or give the callback address of the application with --redirect https://..."
    )


def give_permission(_: Speech, redirect: str, page: str) -> tuple[str, ...]:
    return (
        _("1. At developers.zalo.me the callback address of the application has to be: %(redirect)s")
        % {"redirect": redirect},
        _("2. Let an administrator of the Official Account open this page in a browser and allow it:"),
        page,
        _("3. The browser is led to the callback address. Copy that whole address within ten minutes."),
    )


def paste_address(_: Speech) -> str:
    return _("The address")


def no_code(_: Speech) -> str:
    return _("There is no code in this address. Please run the command again, and copy the address after allowing.")


def another_page(_: Speech) -> str:
    return _("This address belongs to another page. Please run the command again, and open the page that it shows.")


def oauth_silent(_: Speech, url: str) -> str:
    return _("%(url)s does not answer. Please check the machine's way to the internet, and run the command again.") % {
        "url": url
    }


def code_refused(_: Speech, reason: str) -> str:
    text = _(
        "Zalo does not accept the code (%(reason)s): it is good once, for ten minutes, and for this application only. Please run the command again."
    )
    return text % {"reason": reason}


def connected(_: Speech, until: datetime) -> str:
    text = _(
        "Zalo OA is connected. The access token is good until %(until)s and is renewed by itself; a running assistant uses it at once."
    )
    return text % {"until": _.instant(until)}


def token_not_used_yet(_: Speech) -> tuple[str, str]:
    return (
        _("the refresh token of the settings has not been used yet"),
        _("The assistant takes it over with its next start."),
    )


def no_permission(_: Speech) -> tuple[str, str]:
    return _("no permission has been given yet"), _("Run: python main.py zalo connect")


def permission_lost(_: Speech, since: datetime) -> tuple[str, str]:
    return _("the permission is lost since %(since)s") % {"since": _.instant(since)}, _(
        "Run: python main.py zalo connect"
    )


def sealed_otherwise(_: Speech) -> tuple[str, str]:
    return (
        _("the kept tokens were sealed with another NHACVIEC_ZALO_OA_APP_SECRET"),
        _("Set the earlier one, or run: python main.py zalo connect"),
    )


def renewed_when_needed(_: Speech) -> str:
    return _("permission is kept; the access token is renewed with the next message")


def token_good(_: Speech, until: datetime) -> str:
    return _("permission is kept; the access token is good until %(until)s") % {"until": _.instant(until)}


def zalo_oa_answers(_: Speech, name: str) -> str:
    return _("answers, the account is %(name)s") % {"name": name}


def zalo_oa_refuses(_: Speech, code: str) -> tuple[str, str]:
    return (
        _("answers with code %(code)s") % {"code": code},
        _("Look at the account at oa.zalo.me: is it verified, and has it a service package?"),
    )


def zalo_oa_silent(_: Speech, url: str) -> tuple[str, str]:
    return (
        _("%(url)s does not answer") % {"url": url},
        _("Check the machine's way to the internet, its firewall and NHACVIEC_ZALO_OA_API_URL."),
    )


def zalo_oa_without_web(_: Speech) -> tuple[str, str]:
    return (
        _("Zalo can post nothing to us: it needs an address outside"),
        _("Set NHACVIEC_PUBLIC_URL and NHACVIEC_WEB_PORT; then set the webhook at developers.zalo.me."),
    )
