"""What is said to messages that nobody can read here, and the page where a file is handed in instead."""

from domain.messages import Outgoing
from domain.refusals import Because, Refusal
from locales.speech import Speech, say


def hand_in(_: Speech, url: str, hours: int) -> Outgoing:
    """A file, or something else that the channel does not hand on."""
    text = _(
        "Files, videos and cards cannot be received in this chat; photos can. To hand in a file, please open this "
        "link, which is only for you, can be used once, and is valid for %(hours)s hours: %(link)s"
    )
    return Outgoing(say(text, link=url, hours=hours))


def refused(_: Speech, refusal: Refusal) -> str | None:
    """The sentence for a refusal, None where it is about something else."""
    sentence = _sentences(_).get(refusal.because)
    return say(sentence, **refusal.facts) if sentence else None


def _sentences(_: Speech) -> dict[Because, str]:
    return {
        Because.VOICE: _(
            "I cannot listen to voice messages yet. Please type it in a few words, for example: tiendo 12 60 dang trinh."
        ),
        Because.STICKER: _(
            "Thank you. I cannot read stickers; if something is to be done, please type it (trogiup shows how)."
        ),
        Because.NO_FILES_HERE: _(
            "Files cannot be received in this chat; photos can. Please send a photo of it, or hand it to the Office."
        ),
    }


# -- the page --------------------------------------------------------------------------------------------------------


def page(_: Speech, name: str, megabytes: int) -> tuple[str, str, str, str]:
    """The title, for whom, the button, and a remark."""
    return (
        _("Hand in a file"),
        _("For %(name)s. What is sent here comes into your own chat with the assistant.") % {"name": name},
        _("Send"),
        _("At most %(megabytes)s MB a file. The link can be used once; please do not pass it on. No secret documents.")
        % {"megabytes": megabytes},
    )


def pick(_: Speech) -> str:
    return _("Choose files")


def nothing_chosen(_: Speech) -> tuple[str, str]:
    return _("No file was chosen"), _("Please go back and choose a file.")


def handed_in(_: Speech, names: str) -> tuple[str, str]:
    return _("Received"), _("%(names)s has been received. The answer comes in your chat.") % {"names": names}


def not_now(_: Speech) -> tuple[str, str]:
    return _("Not received"), _("The file could not be kept just now. Please try again in a few minutes.")


def used(_: Speech) -> tuple[str, str]:
    return _("The link has been used"), _("For another file, please send it in the chat again: you get a new link.")


def expired(_: Speech) -> tuple[str, str]:
    return _("The link has run out"), _("Please send the file in the chat again: you get a new link.")
