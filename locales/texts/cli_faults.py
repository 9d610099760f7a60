"""What is wrong with a setting, a row of a roster, a backup or a start, and what to do about it.

The faults are named by their value, because the layers that define them are strangers to this one.
"""

from locales.speech import Speech


def setting_fault(_: Speech, fault: str, name: str, given: str, example: str) -> str:
    sentence = {
        "unknown_name": _("%(name)s is not a setting. Is %(example)s meant?"),
        "unreadable_file": _(
            "%(name)s: the file “%(given)s” cannot be read. Please check its name, its rights and its text. Expected: %(example)s"
        ),
        "given_twice": _("%(name)s is given twice, also as %(example)s. Please keep one of them."),
        "bad_value": _("%(name)s cannot be “%(given)s”. For example: %(example)s"),
        "bad_database": _("%(name)s is not the address of an SQLite or PostgreSQL database. For example: %(example)s"),
        "no_database_file": _(
            "%(name)s names no file; three slashes and the path are expected, such as sqlite:///data/nhacviec.db. Another example: %(example)s"
        ),
        "bad_timezone": _("%(name)s cannot be “%(given)s”: there is no such time zone. For example: %(example)s"),
        "bad_choice": _("%(name)s cannot be “%(given)s”: it is not among the choices. For example: %(example)s"),
        "bad_hours": _(
            "%(name)s cannot be “%(given)s”: spans of hours in order are expected. For example: %(example)s"
        ),
        "bad_days": _(
            "%(name)s cannot be “%(given)s”: whole numbers of working days, rising, are expected. For example: %(example)s"
        ),
        "bad_milestones": _(
            "%(name)s cannot be “%(given)s”: names with rising percentages are expected. For example: %(example)s"
        ),
        "bad_hour": _("%(name)s cannot be “%(given)s”: an hour of the day is expected. For example: %(example)s"),
        "bad_ladder": _(
            "%(name)s cannot be “%(given)s”: working days before | after | then every are expected. For example: %(example)s"
        ),
        "bad_host": _(
            "%(name)s cannot be “%(given)s”: the name or number of a network address is expected. For example: %(example)s"
        ),
        "bad_port": _("%(name)s cannot be “%(given)s”: a number from 0 to 65535 is expected. For example: %(example)s"),
        "bad_url": _(
            "%(name)s cannot be “%(given)s”: a web address without anything secret is expected. For example: %(example)s"
        ),
        "not_https": _(
            "%(name)s cannot be “%(given)s”: it has to begin with https://, unless it is this very machine. For example: %(example)s"
        ),
        "bad_token": _(
            "%(name)s is not a token of @BotFather: digits, a colon and letters are expected. For example: %(example)s"
        ),
        "bad_zalo_token": _(
            "%(name)s is not a token of Zalo Bot Manager: digits, a colon and letters are expected. "
            "For example: %(example)s"
        ),
        "bad_app_id": _(
            "%(name)s is not the number of a Zalo application: digits are expected. For example: %(example)s"
        ),
        "bad_zalo_secret": _(
            "%(name)s is not what Zalo hands out: at least 8 letters and digits in one piece are expected. For example: %(example)s"
        ),
        "bad_templates": _(
            "%(name)s cannot be “%(given)s”: the number of a template, a colon and parameter=fact are expected, the fact being text, agency, day or link. For example: %(example)s"
        ),
        "missing": _(
            "%(name)s is missing: the other settings of Zalo OA make no sense without it. For example: %(example)s"
        ),
        "bad_webhook_secret": _("%(name)s has to be 8 to 256 letters, digits, - and _. For example: %(example)s"),
    }[fault]
    return sentence % {"name": name, "given": given, "example": example}


def roster_row(_: Speech, line: int, fault: str) -> str:
    """A fault with the row that has it; line 0 is the whole file."""
    return _("Row %(line)s: %(fault)s") % {"line": line, "fault": fault} if line else fault


def roster_fault(_: Speech, fault: str, value: str) -> str:
    sentence = {
        "not_a_roster": _("“%(value)s” is not a roster. Please give an .xlsx or a .csv file."),
        "too_large": _("“%(value)s” is too large for a roster. Please split it into several files."),
        "unreadable": _(
            "“%(value)s” cannot be read. Please check that it exists, open it in Excel and save it as .xlsx again."
        ),
        "locked": _("“%(value)s” is locked by a password. Please save a copy without the password."),
        "heading_missing": _("The column “%(value)s” is missing. Please add this heading above its column."),
        "no_rows": _("There is nobody below the headings. Please check that the right sheet comes first."),
        "no_name": _("The name is missing (unit: “%(value)s”). Please fill it in."),
        "no_unit": _("The unit of “%(value)s” is missing. Please fill it in."),
        "unknown_role": _(
            "The role “%(value)s” is not known. Please write officer, unit head, Office, leader or administrator, or leave it empty for an officer."
        ),
        "duplicate": _(
            "“%(value)s” is in this unit already. Please delete one of the two rows, or tell the two people apart in the name."
        ),
        "formula": _("“%(value)s” is a formula. Please replace it with its value."),
        "parent_unknown": _(
            "The parent unit “%(value)s” is not among the units of the file. Please write it as it is written there, or add it."
        ),
        "parent_self": _(
            "“%(value)s” is given as its own parent unit. Please correct the parent unit, or leave it empty."
        ),
        "parent_circle": _("The parent unit “%(value)s” lies below the unit itself. Please correct one of the two."),
        "parent_differs": _(
            "The parent unit “%(value)s” differs from an earlier row of the same unit. Please write the same in both."
        ),
        "alike": _(
            "“%(value)s” differs from an earlier name of this unit only in case or marks. Please tell the two people apart, for example by the year of birth."
        ),
    }[fault]
    return sentence % {"value": value}


def backup_fault(_: Speech, fault: str, detail: str) -> str:
    sentence = {
        "target_exists": _(
            "%(detail)s exists already, or the files beside it do, and is not overwritten. Please name another file."
        ),
        "no_folder": _("The folder %(detail)s does not exist. Please make it first, or name another one."),
        "no_database": _(
            "There is no database at %(detail)s. Please check NHACVIEC_DATABASE_URL and NHACVIEC_DATA_DIR."
        ),
        "unknown_database": _("Only SQLite and PostgreSQL can be backed up, not %(detail)s."),
        "copy_failed": _(
            "The backup could not be written: %(detail)s. Please check the space and the rights of the folder."
        ),
        "database_damaged": _(
            "The database is damaged: %(detail)s. No backup was made; please keep the earlier backups."
        ),
        "no_pg_dump": _("The program pg_dump is missing. Please install PostgreSQL's client programs."),
        "pg_dump_failed": _("pg_dump failed: %(detail)s"),
    }[fault]
    return sentence % {"detail": detail}


def start_fault(_: Speech, fault: str) -> str:
    return {
        "rehearsal_on_real_data": _(
            "This database holds real work, and a rehearsal would mix with it. Please rehearse in another folder: NHACVIEC_DATA_DIR."
        ),
        "real_on_rehearsal_data": _(
            "This database holds a rehearsal. Please start with --rehearse-from, or use another folder for real work: NHACVIEC_DATA_DIR."
        ),
        "no_channel": _(
            "Nobody could talk to the assistant. Please set NHACVIEC_TELEGRAM_TOKEN, or a NHACVIEC_WEB_PORT other than 0."
        ),
        "only_alone": _(
            "An SQLite file serves one process, which must do everything. Please start without --only, or set NHACVIEC_DATABASE_URL to a PostgreSQL database."
        ),
    }[fault]
