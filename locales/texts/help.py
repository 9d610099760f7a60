"""The help: what each command does, and only those that its reader may use."""

from collections.abc import Sequence

from domain.messages import Button, Outgoing
from locales.speech import Speech, lines, say
from locales.texts.parts import rows


def purposes(_: Speech) -> dict[str, tuple[str, str]]:
    """For each command: how it is typed, and what it does."""
    return {
        "viec": ("/viec", _("my unfinished tasks; /viec 12: everything about task 12")),
        "homnay": ("/homnay", _("what is due today or overdue")),
        "nhan": ("/nhan 12", _("I have received task 12")),
        "tiendo": (_("/tiendo 12 60 note"), _("task 12 is at 60 percent")),
        "xong": (_("/xong 12 result"), _("task 12 is done; photo or file as evidence")),
        "giahan": (_("/giahan 12 20/12 reason"), _("ask for a later deadline, before the present one has passed")),
        "vuongmac": (
            _("/vuongmac 12 content"),
            _("tell of a difficulty with task 12; /vuongmac: those that are open"),
        ),
        "xacnhan": ("/xacnhan 12", _("confirm that task 12 is done")),
        "tralai": (_("/tralai 12 reason"), _("return task 12 with a reason")),
        "giao": (_("/giao name; deadline; content"), _("assign a task")),
        "chuyen": (_("/chuyen 12 cho name"), _("hand task 12 over to somebody else")),
        "donvi": ("/donvi", _("the unit's unfinished tasks")),
        "tinhhinh": (_("/tinhhinh PAR"), _("how things stand, in numbers and a picture; PAR or a unit may be named")),
        "chidao": ("/chidao 3", _("directive 3; the Office: /chidao publishes a new one")),
        "nhanchidao": ("/nhanchidao 3", _("I have received directive 3")),
        "quantriet": ("/quantriet 3", _("my unit has been made familiar with directive 3")),
        "thuhoi": ("/thuhoi 3", _("call off directive 3, with the tasks given by it")),
        "visao": ("/visao 12", _("why I was reminded of task 12; /visao: of the last reminder")),
        "thay": (_("/thay name xong 12"), _("say something for a colleague whom nothing reaches; it is logged")),
        "hoantac": ("/hoantac", _("take back what you did within the last 10 minutes")),
        "nghi": (
            _("/nghi 24/11 den 28/11 thay bang name"),
            _("note leave and who stands in; /nghi: who is away; /nghi huy: call it off"),
        ),
        "lich": ("/lich 2026", _("the holidays and swapped working days of a year; the Office changes them")),
        "quyetdinh": (
            "/quyetdinh 1234/QD-BKHCN 20/11/2026",
            _("a decision starts the tasks that wait for it; /quyetdinh: what waits"),
        ),
        "dinhky": ("/dinhky", _("recurring tasks: see them, stop one")),
        "toi": ("/toi", _("what is kept of me")),
        "kenh": (_("/kenh web"), _("my channels, and which one letters take first; the Office: how all are")),
        "lienket": ("/lienket", _("connect another chat or the web")),
        "ngatketnoi": ("/ngatketnoi", _("disconnect this chat")),
        "huy": ("/huy", _("leave the question that is open")),
        "trogiup": ("/trogiup", _("what I can do here")),
    }


def overview(_: Speech, commands: Sequence[str]) -> Outgoing:
    known = purposes(_)
    text = lines(
        "<b>" + _("What you can say") + "</b>",
        *(
            say("<code>%(typed)s</code> — %(purpose)s", typed=known[name][0], purpose=known[name][1])
            for name in commands
        ),
        _("Slash and marks are not needed: “xong 12” will do."),
    )
    return Outgoing(text, rows(Button(_("My tasks"), "viec"), Button(_("Today"), "homnay")))


def menu(_: Speech, commands: Sequence[str]) -> list[tuple[str, str]]:
    """The commands with a short purpose, for a messenger's own menu."""
    known = purposes(_)
    return [(name, known[name][1]) for name in commands]
