"""What the doctor says: for each thing that was looked at its state, and what to do where it is not well."""

from collections.abc import Sequence
from datetime import datetime

from locales.speech import Speech


def headings(_: Speech) -> tuple[str, str, str, str]:
    return "", _("Looked at"), _("State"), _("What to do")


def title(_: Speech) -> str:
    return _("Examination of the assistant")


def grade(_: Speech, value: str) -> str:
    return {"well": _("well"), "note": _("to note"), "not_well": _("NOT WELL")}[value]


def topic(_: Speech, value: str) -> str:
    return {
        "settings": _("Settings"),
        "catalogues": _("Languages"),
        "folder": _("Data folder"),
        "database": _("Database"),
        "telegram": "Telegram",
        "zalo_bot": "Zalo Bot",
        "zalo_oa": "Zalo OA",
        "web": _("Web chat"),
        "clock": _("Clock"),
        "calendar": _("Calendar"),
        "roster": _("Roster"),
        "scans": _("Scans"),
        "channels": _("Channels"),
    }[value]


def verdict(_: Speech, faults: int) -> str:
    if faults:
        return _("Not well: %(faults)s. Please see the last column.") % {"faults": faults}
    return _("All is well.")


# -- the machine -----------------------------------------------------------------------------------------------------


def settings_right(_: Speech) -> str:
    return _("all right")


def correct_setting(_: Speech) -> str:
    return _("Correct it in the environment or in .env, then examine again.")


def scans_read(_: Speech) -> str:
    return _("read by Tesseract")


def scans_not_read(_: Speech) -> str:
    return _("not read; install tesseract-ocr and tesseract-ocr-vie for them")


def compiled(_: Speech, locales: Sequence[str]) -> str:
    return _("compiled: %(locales)s") % {"locales": ", ".join(locales)}


def not_compiled(_: Speech, locale: str) -> tuple[str, str]:
    return _("%(locale)s is not compiled") % {"locale": locale}, _("Run: make locales")


def folder_usable(_: Speech, path: str, free: int) -> str:
    return _("%(path)s can be written to, %(free)s MB free") % {"path": path, "free": free}


def folder_unusable(_: Speech, path: str, detail: str) -> tuple[str, str]:
    return (
        _("%(path)s cannot be written to (%(detail)s)") % {"path": path, "detail": detail},
        _("Give the assistant's account the right to write there, or change NHACVIEC_DATA_DIR."),
    )


def space_short(_: Speech, path: str, free: int) -> tuple[str, str]:
    return (
        _("%(path)s has only %(free)s MB free") % {"path": path, "free": free},
        _("Make space: without it nothing that people say can be kept."),
    )


def clock_right(_: Speech, now: datetime) -> str:
    return _("%(now)s (%(zone)s), not before the newest entry") % {"now": _.instant(now), "zone": _.zone.key}


def clock_alone(_: Speech, now: datetime) -> str:
    return _("%(now)s (%(zone)s); there is nothing yet to compare it with") % {
        "now": _.instant(now),
        "zone": _.zone.key,
    }


def clock_rehearsal(_: Speech, now: datetime) -> str:
    return _("%(now)s; not compared, as the database holds a rehearsal") % {"now": _.instant(now)}


def clock_behind(_: Speech, now: datetime, newest: datetime) -> tuple[str, str]:
    text = _("%(now)s is before the newest entry of the database, %(newest)s")
    return (
        text % {"now": _.instant(now), "newest": _.instant(newest)},
        _("Set the machine's clock, and have it kept right (NTP); else reminders come at wrong times."),
    )


# -- the database ----------------------------------------------------------------------------------------------------


def no_database(_: Speech, path: str) -> tuple[str, str]:
    return (
        _("not made yet: %(path)s") % {"path": path},
        _("It is made by the first start, or by: python main.py migrate"),
    )


def database_usable(_: Speech, kind: str, version: str) -> str:
    return _("%(kind)s, form %(version)s") % {"kind": kind, "version": version}


def database_unusable(_: Speech, kind: str, detail: str) -> tuple[str, str]:
    return (
        _("%(kind)s cannot be used: %(detail)s") % {"kind": kind, "detail": detail},
        _("Check NHACVIEC_DATABASE_URL, and that the database runs and lets the assistant in."),
    )


def database_older(_: Speech, version: str, newest: str) -> tuple[str, str]:
    text = _("older form %(version)s; the newest is %(newest)s")
    return (
        text % {"version": version, "newest": newest},
        _("The next start brings it up to date; before that, make a backup: python main.py backup FILE"),
    )


def database_newer(_: Speech, version: str) -> tuple[str, str]:
    return (
        _("form %(version)s, of a newer assistant") % {"version": version},
        _("Install the newer assistant, or go back to a backup."),
    )


def intact(_: Speech) -> str:
    return _("intact")


def damaged(_: Speech, detail: str) -> tuple[str, str]:
    return (
        _("damaged: %(detail)s") % {"detail": detail},
        _("Stop the assistant, keep a copy of the file, and go back to the last good backup."),
    )


def runs(_: Speech, pid: int | None) -> str:
    return _("the assistant runs (process %(pid)s)") % {"pid": pid} if pid else _("the assistant runs")


def processes(_: Speech, count: int) -> str:
    return _("the assistant runs; processes that share the work: %(count)s") % {"count": count}


def runs_not(_: Speech) -> str:
    return _("the assistant does not run on it")


def counts(_: Speech, people: int, tasks: int, letters: int) -> str:
    text = _("%(people)s people, %(tasks)s assigned tasks, %(letters)s letters waiting to be sent")
    return text % {"people": people, "tasks": tasks, "letters": letters}


# -- the channels ----------------------------------------------------------------------------------------------------


def telegram_off(_: Speech) -> str:
    return _("off: no token is set")


def telegram_answers(_: Speech, name: str) -> str:
    return _("answers, the bot is @%(name)s") % {"name": name}


def telegram_refused(_: Speech) -> tuple[str, str]:
    return _("does not accept the token"), _("Ask @BotFather for the token, and set NHACVIEC_TELEGRAM_TOKEN.")


def telegram_silent(_: Speech, url: str) -> tuple[str, str]:
    return (
        _("%(url)s does not answer") % {"url": url},
        _("Check the machine's way to the internet, its firewall and NHACVIEC_TELEGRAM_API_URL."),
    )


def telegram_fetches(_: Speech) -> str:
    return _("updates are fetched (no open port is needed)")


def telegram_posts(_: Speech, url: str) -> str:
    return _("updates are posted to %(url)s") % {"url": url}


def webhook_without_web(_: Speech) -> tuple[str, str]:
    return (
        _("updates are posted to us, but the web is off"),
        _("Set NHACVIEC_WEB_PORT, or leave NHACVIEC_TELEGRAM_WEBHOOK_SECRET out."),
    )


def web_off(_: Speech) -> str:
    return _("off: NHACVIEC_WEB_PORT is 0")


def port_free(_: Speech, address: str) -> str:
    return _("%(address)s is free") % {"address": address}


def port_ours(_: Speech, address: str) -> str:
    return _("%(address)s is in use while the assistant runs") % {"address": address}


def port_taken(_: Speech, address: str) -> tuple[str, str]:
    return (
        _("%(address)s is in use by another program") % {"address": address},
        _("Stop that program, or choose another NHACVIEC_WEB_PORT."),
    )


def port_unknown(_: Speech, address: str) -> tuple[str, str]:
    return (
        _("%(address)s is in use") % {"address": address},
        _("If the assistant does not run now, choose another NHACVIEC_WEB_PORT."),
    )


def port_unusable(_: Speech, address: str, detail: str) -> tuple[str, str]:
    return (
        _("%(address)s cannot be served (%(detail)s)") % {"address": address, "detail": detail},
        _("Correct NHACVIEC_WEB_HOST and NHACVIEC_WEB_PORT; ports below 1024 need a right of their own."),
    )


# -- the agency ------------------------------------------------------------------------------------------------------


def year_announced(_: Speech, year: int) -> str:
    return _("%(year)s: as announced") % {"year": year}


def year_expected(_: Speech, year: int) -> tuple[str, str]:
    return (
        _("%(year)s: expected only, not announced yet") % {"year": year},
        _("Update the assistant once they are announced; till then count with care."),
    )


def nobody(_: Speech) -> tuple[str, str]:
    return _("nobody is in it"), _("Import the officers: python main.py roster import FILE")


def all_connected(_: Speech, people: int) -> str:
    return _("%(people)s people, all with a connected chat") % {"people": people}


def not_connected(_: Speech, missing: int, people: int, names: str) -> tuple[str, str]:
    text = _("%(missing)s of %(people)s people have no connected chat: %(names)s")
    return (
        text % {"missing": missing, "people": people, "names": names},
        _("Hand out codes: python main.py roster import FILE --codes OUT.csv, or roster invite NAME"),
    )


def all_headed(_: Speech) -> str:
    return _("every unit with officers has a head")


def headless(_: Speech, names: str) -> tuple[str, str]:
    return (
        _("units without a head: %(names)s") % {"names": names},
        _("Give one person of the unit the role of unit head in the roster, and import it again."),
    )
