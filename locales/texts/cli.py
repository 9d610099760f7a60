"""What the command line says: what it has done, and why a command was not carried out."""

from datetime import date, datetime

from locales.speech import Speech


def _fill(sentence: str, **facts: object) -> str:
    # a terminal knows no markup, so nothing is escaped here
    return sentence % facts


# -- why a command was not carried out -------------------------------------------------------------------------------


def already_running(_: Speech, pid: int | None) -> str:
    if pid is None:
        return _(
            "The assistant is running on this database. Please stop all its processes first: what you started must be alone on it."
        )
    return _fill(
        _(
            "The assistant is already running on this database (process %(pid)s). Please stop it first; one SQLite file serves one process only."
        ),
        pid=pid,
    )


def newer_database(_: Speech, version: str) -> str:
    text = _(
        "The database has form %(version)s, made by a newer assistant than this one. Please install the newer assistant, or go back to a backup."
    )
    return _fill(text, version=version)


def database_trouble(_: Speech, detail: str) -> str:
    text = _(
        "The database cannot be used (%(detail)s). Please check NHACVIEC_DATABASE_URL and NHACVIEC_DATA_DIR; “python main.py doctor” shows more."
    )
    return _fill(text, detail=detail)


def port_in_use(_: Speech, port: int) -> str:
    text = _(
        "Port %(port)s is in use by another program. Please choose another one with NHACVIEC_WEB_PORT, or with --port for the demo."
    )
    return _fill(text, port=port)


def system_refused(_: Speech, detail: str) -> str:
    return _fill(_("The system refused: %(detail)s. Please check the name and the rights."), detail=detail)


def unforeseen(_: Speech, detail: str) -> str:
    text = _("Something went wrong that was not foreseen (%(detail)s). “python main.py doctor” may show the cause.")
    return _fill(text, detail=detail)


def bad_instant(_: Speech, text: str) -> str:
    return _fill(_("“%(text)s” is not an instant. For example: 2026-11-23T09:00"), text=text)


def bad_date(_: Speech, text: str) -> str:
    return _fill(_("“%(text)s” is not a date. For example: 27/11/2026 or 2026-11-27"), text=text)


def year_range(_: Speech, first: int, last: int) -> str:
    return _fill(_("The calendar is known for the years %(first)s to %(last)s only."), first=first, last=last)


def most_workdays(_: Speech, most: int) -> str:
    return _fill(_("At most %(most)s working days are counted, forwards or backwards."), most=most)


# -- roster ----------------------------------------------------------------------------------------------------------


def taken_in(_: Speech, added: int, updated: int, unchanged: int, units: int) -> str:
    text = _("Roster taken in: %(added)s added, %(updated)s updated, %(unchanged)s unchanged; %(units)s new units.")
    return _fill(text, added=added, updated=updated, unchanged=unchanged, units=units)


def rows_left_out(_: Speech, rows: int) -> str:
    text = _("%(rows)s rows were left out. Please put them right in the file and import it again; nobody is doubled.")
    return _fill(text, rows=rows)


def nothing_taken_in(_: Speech) -> str:
    return _("Nothing was taken in.")


def codes_written(_: Speech, count: int, path: str, until: datetime) -> str:
    text = _(
        "Invitations of %(count)s people were written to %(path)s; each code works once, until %(until)s. Earlier codes of these people are void."
    )
    return _fill(text, count=count, path=path, until=_.instant(until))


def codes_target_exists(_: Speech, path: str) -> str:
    text = _("%(path)s exists already and is not overwritten. Please name another file. Nothing was taken in.")
    return _fill(text, path=path)


def code_headings(_: Speech) -> tuple[str, str, str, str]:
    return _("Full name"), _("Unit"), _("Code"), _("Link")


def invited(_: Speech, name: str, unit: str, code: str, link: str | None, until: datetime) -> list[str]:
    """The lines about a new invitation."""
    return [
        _fill(_("Invitation of %(name)s (%(unit)s)"), name=name, unit=unit),
        _fill(_("Code: %(code)s"), code=code),
        *([_fill(_("Link: %(link)s"), link=link)] if link else []),
        _fill(_("It works once, until %(until)s. Earlier codes of this person are void."), until=_.instant(until)),
    ]


def invite_whom(_: Speech) -> str:
    return _("Whom? Please give a name, or --sheet OUT.docx for everybody who has no connected chat.")


def nobody_called(_: Speech, text: str, nearest: str) -> str:
    if nearest:
        return _fill(_("Nobody in the roster is called “%(text)s”. Nearest: %(nearest)s."), text=text, nearest=nearest)
    return _fill(
        _("Nobody in the roster is called “%(text)s”. Please check the name, or import the roster first."), text=text
    )


def several_called(_: Speech, text: str, people: list[tuple[str, str]]) -> str:
    names = "; ".join(f"“{name}, {unit}”" for name, unit in people)
    return _fill(
        _("Several people are called “%(text)s”. Please give the unit too: %(names)s."), text=text, names=names
    )


def telegram_link_missing(_: Speech) -> str:
    return _("Telegram did not answer, so the links lead to the web chat. The codes can also be typed in Telegram.")


# -- working days ----------------------------------------------------------------------------------------------------


def workdays_added(_: Speech, start: date, count: int, end: date) -> str:
    text = (
        _("%(count)s working days after %(start)s: %(end)s")
        if count >= 0
        else _("%(count)s working days before %(start)s: %(end)s")
    )
    return _fill(text, count=_.count(abs(count)), start=_.day(start), end=_.day(end))


def workdays_between(_: Speech, start: date, end: date, count: int) -> str:
    text = _("After %(start)s, up to and including %(end)s: %(count)s working days")
    return _fill(text, start=_.day(start), end=_.day(end), count=_.count(count))


def passed_over(_: Speech) -> str:
    return _("Not counted, apart from weekends:")


def worked_weekends(_: Speech) -> str:
    return _("Counted although at a weekend:")


def special_day(_: Speech, day: date, name: str, notice: str) -> str:
    return f"  {_.day(day)}: {name}" + (f" ({notice})" if notice else "")


def expected_year(_: Speech, year: int) -> str:
    text = _(
        "The days off of %(year)s are expected only: they have not been announced yet. Please check again after the announcement."
    )
    return _fill(text, year=year)


def shipped_calendar_only(_: Speech) -> str:
    return _("The database cannot be read, so the Office's own corrections of the calendar are missing here.")


def calendar_title(_: Speech, year: int) -> str:
    return _fill(_("Days off and swapped working days of %(year)s"), year=year)


def calendar_headings(_: Speech) -> tuple[str, str, str, str]:
    return _("Day"), _("Kind"), _("Name"), _("Notice")


def day_kind(_: Speech, *, working: bool, expected: bool) -> str:
    if working:
        return _("worked (expected)") if expected else _("worked")
    return _("off (expected)") if expected else _("off")


# -- database and backup ---------------------------------------------------------------------------------------------


def migrated(_: Speech, before: str | None, after: str) -> str:
    if before is None:
        return _fill(_("The database was made, in form %(after)s."), after=after)
    if before == after:
        return _fill(_("The database has the newest form already: %(after)s."), after=after)
    return _fill(_("The database was brought from form %(before)s to %(after)s."), before=before, after=after)


def backed_up(_: Speech, database: str, files: str | None) -> list[str]:
    """The lines about a backup that was made."""
    kept = (
        _fill(_("Files that people sent: %(path)s"), path=files)
        if files
        else _("No file that people sent is kept yet.")
    )
    return [_fill(_("Database: %(path)s"), path=database), kept]
