"""The page behind a one-time link to a file."""

from locales.speech import Speech


def ready(_: Speech, name: str, size: str) -> tuple[str, str, str, str]:
    """The title, what it is, the button, and a remark."""
    return (
        _("A file for you"),
        f"{name} ({size})",
        _("Download the file"),
        _("The file can be downloaded once with this link. Please keep it safe, and do not pass the link on."),
    )


def used(_: Speech, name: str) -> tuple[str, str]:
    return _("The link has been used"), _(
        "%(name)s has been downloaded with this link already. If you still need the file, please ask the Office."
    ) % {"name": name}


def expired(_: Speech, name: str) -> tuple[str, str]:
    return _("The link has run out"), _(
        "The time for downloading %(name)s with this link is over. If you still need the file, please ask the Office."
    ) % {"name": name}
