"""What the doctor advises about channels that can carry little or nothing at present."""

from locales.speech import Speech


def quota_used_up(_: Speech) -> str:
    return _("Letters go by other channels until the next month. Connect more people to the web or another channel.")


def quota_nearly_used_up(_: Speech) -> str:
    return _("Only answers and last reminders go there until the next month. Connect more people to another channel.")


def silenced(_: Speech) -> str:
    return _("The vendor asked for it; letters leave by themselves afterwards.")
