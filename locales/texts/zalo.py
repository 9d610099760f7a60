"""What the Office is told of the agency's Zalo Official Account: what is wrong there, and what to do."""

from domain.messages import Outgoing
from locales.speech import Speech, lines, say


def token_lost(_: Speech) -> Outgoing:
    text = lines(
        "<b>" + _("Zalo OA: the permission has to be given again") + "</b>",
        _("The assistant can send nothing by the agency's Zalo Official Account. Its other channels work as before."),
        _("Please ask the IT officer to run on the server: <code>python main.py zalo connect</code>"),
        _("Letters by Zalo wait until then; nothing is lost."),
    )
    return Outgoing(text)


def out_of_order(_: Speech, code: int) -> Outgoing:
    text = lines(
        say("<b>" + _("Zalo OA: nothing can be sent (code %(code)s)") + "</b>", code=code),
        _reason(_, code),
        _("Letters by Zalo wait until then; nothing is lost."),
    )
    return Outgoing(text)


def _reason(_: Speech, code: int) -> str:
    if code in (-221, -207):
        return _("Zalo has not verified the Official Account. Please have it verified at oa.zalo.me.")
    if code == -224:
        return _("The Official Account has no service package that allows this. Please buy or renew it at oa.zalo.me.")
    if code in (-320, -321):
        return _("The Zalo Business Account (ZCA) is not linked, or its balance is too low. Please top it up.")
    if code in (-204, -205):
        return _("The Official Account is switched off or does not exist any more. Please look at it at oa.zalo.me.")
    if code == -242:
        return _(
            "Zalo wants calls to be proved with the application's secret key. Please check NHACVIEC_ZALO_OA_APP_SECRET."
        )
    return _(
        "Zalo does not let the application act for the Official Account. Please ask the IT officer to look at developers.zalo.me."
    )
