"""The strips that invite people to the assistant: what is printed on each."""

from datetime import datetime

from locales.speech import Speech


def heading(_: Speech, name: str, unit: str) -> str:
    return f"{name} \N{EN DASH} {unit}"


def strip(_: Speech, agency: str, code: str, link: str, until: datetime, *, zalo: bool) -> list[str]:
    """The lines below the name: three steps, and until when the code is good."""
    scan = (
        _("1. Scan the QR code with the telephone, or open: %(link)s")
        if link
        else _("1. Open the chat with the agency's assistant (%(agency)s).")
    )
    enter = (
        _("2. Press Start or Enter. If a code is asked for, type: %(code)s")
        if link
        else _("2. Type the code: %(code)s")
    )
    facts = {"link": link, "agency": agency or _("the reminder assistant"), "code": code}
    lines = [
        scan % facts,
        enter % facts,
        _("3. The assistant greets you by name; type viec to see your tasks."),
        _("The code works once, until %(until)s. It is yours alone: please give it to nobody.")
        % {"until": _.instant(until)},
    ]
    if zalo:
        lines.insert(3, _("On Zalo: open the assistant's chat, write to it once, then type the code %(code)s.") % facts)
    return lines
