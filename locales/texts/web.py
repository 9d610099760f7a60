"""The web pages: the chat, the way in with a code, and the demo with its clock."""

from datetime import datetime

from babel.dates import format_time
from babel.numbers import format_decimal

from domain.messages import Button
from locales.speech import Speech


def product(_: Speech) -> str:
    return _("Task reminder assistant")


def agency_name(_: Speech, agency: str) -> str:
    return agency or _("the agency")


# -- the way in --------------------------------------------------------------------------------------------------------


def way_in(_: Speech, agency: str) -> dict[str, str]:
    """The page that lets a browser in."""
    return {
        "title": _("Way into the chat"),
        "about": _("The assistant of %(agency)s reminds of tasks and collects results.")
        % {"agency": agency_name(_, agency)},
        "ready": _("Your link is ready. It lets this browser in once; please use it on your own device only."),
        "enter": _("Open the chat"),
        "ask": _("Please type the invitation code that you were given."),
        "code": _("Invitation code"),
        "where": _("No code yet? The Office gives one; in another connected chat /lienket makes one."),
    }


def refused_title(_: Speech) -> str:
    return _("The code was not accepted")


def try_again(_: Speech) -> str:
    return _("Type another code")


def way_out(_: Speech) -> dict[str, str]:
    """The page that asks before a browser is let out."""
    return {
        "title": _("Log out"),
        "about": _("This browser will no longer open the chat. To come back you need a new code."),
        "leave": _("Log out"),
        "stay": _("Back to the chat"),
    }


def left(_: Speech) -> tuple[str, str]:
    return _("Logged out"), _("This browser is logged out.")


def not_found(_: Speech) -> tuple[str, str]:
    return _("Nothing here"), _("There is no such page.")


def broken(_: Speech) -> tuple[str, str]:
    return _("The page cannot be shown now"), _(
        "The assistant is busy or being looked after. Please try again shortly."
    )


def elsewhere(_: Speech) -> tuple[str, str]:
    return _("Please open the page again"), _("This request came from another site and was not carried out.")


# -- the chat ----------------------------------------------------------------------------------------------------------


def labels(_: Speech) -> dict[str, str]:
    """What stands on and around the parts of a chat."""
    return {
        "conversation": _("Conversation"),
        "write": _("Write a message"),
        "send": _("Send"),
        "attach": _("Attach a file"),
        "older": _("Earlier messages"),
        "remove": _("Remove the file"),
        "assistant": _("Assistant"),
        "me": _("Me"),
        "leave": _("Log out"),
        "quick": _("Frequent requests"),
        "waiting": _("Tasks to confirm"),
    }


def quick_keys(_: Speech) -> tuple[Button, ...]:
    return Button(_("My tasks"), "viec"), Button(_("Today"), "homnay"), Button(_("Help"), "trogiup")


def empty_chat(_: Speech) -> str:
    return _("Nothing has been said here yet. Press a key below, or write as you would to a colleague.")


def not_sent(_: Speech) -> str:
    return _("Not sent: the assistant cannot keep messages at the moment. What you wrote is still here; try again.")


def too_long(_: Speech, most: int) -> str:
    return _("Not sent: a message has at most %(most)s characters.") % {"most": most}


def file_not_kept(_: Speech, name: str) -> str:
    return _("The file %(name)s could not be kept. Please try again.") % {"name": name}


def file_is_secret(_: Speech) -> str:
    return _(
        "The file bears a mark of secrecy and was not kept. Please use the way that is prescribed for secret documents."
    )


def file_too_big(_: Speech, megabytes: int) -> str:
    return _("A file may have at most %(megabytes)s MB.") % {"megabytes": megabytes}


def too_many_files(_: Speech, most: int) -> str:
    return _("At most %(most)s files go with one message.") % {"most": most}


def connection(_: Speech) -> dict[str, str]:
    """What the library's own notices say."""
    return {
        "connection_lost": _("The connection is lost."),
        "trying_to_reconnect": _("Connecting again…"),
        "message_too_long": _("The message is too long"),
        "message_too_long_body": _("It cannot be sent in one piece."),
    }


def hour(_: Speech, at: datetime) -> str:
    return format_time(at.astimezone(_.zone), "HH:mm", locale=_.locale)


def day(_: Speech, at: datetime) -> str:
    """A weekday and a date, as the line between two days."""
    text = _.day(at.astimezone(_.zone).date())
    return text[:1].upper() + text[1:]


def size(_: Speech, size_in_bytes: int) -> str:
    if size_in_bytes >= 1 << 20:
        return f"{format_decimal(size_in_bytes / (1 << 20), '0.0', locale=_.locale)} MB"
    return f"{max(1, round(size_in_bytes / 1024))} KB"
