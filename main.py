"""The command line: each command is declared here, and carried out in bot/cli."""

# Nothing of the project is imported above: how soon `run` answers its first message is measured from here.
import gc
import sys
import warnings
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

PLAIN: dict[str, Any] = {
    "add_completion": False,
    "no_args_is_help": True,
    "pretty_exceptions_enable": False,
    "rich_markup_mode": None,
}
DEMO_PORT = 8080

app = typer.Typer(help="Nhac Viec, the reminder assistant of a state agency.", **PLAIN)
roster_app = typer.Typer(help="Who works here, and the codes that connect their chats.", **PLAIN)
workdays_app = typer.Typer(help="Count working days, and show the calendar. Dates: 27/11/2026 or 2026-11-27.", **PLAIN)
zalo_app = typer.Typer(help="The agency's Zalo Official Account.", **PLAIN)
app.add_typer(roster_app, name="roster")
app.add_typer(workdays_app, name="workdays")
app.add_typer(zalo_app, name="zalo")


@app.command()
def run(
    rehearse_from: Annotated[
        str | None,
        typer.Option(
            metavar="INSTANT",
            help="Rehearse: set the clock to this instant, such as 2026-11-23T09:00 (local time of the agency).",
        ),
    ] = None,
    only: Annotated[
        Literal["web", "worker"] | None,
        typer.Option(
            help="One of several processes on PostgreSQL: web takes what comes in and shows the pages, "
            "worker sends, reminds and fetches."
        ),
    ] = None,
) -> None:
    """Run the assistant, with the settings of the environment and of .env."""
    # to look for garbage in what is only being loaded takes a tenth of the time until the first answer
    gc.disable()
    from bot.cli import starting
    from bot.cli.calls import carry_out

    gc.enable()
    carry_out(lambda call: starting.run(call, rehearse_from, only))


@app.command()
def demo(
    port: Annotated[int, typer.Option(min=1, max=65535, help="Where the browser finds it.")] = DEMO_PORT,
) -> None:
    """Show the sample agency in the browser. No setting is needed or read; nothing is kept."""
    from bot.cli import starting

    starting.demo(port)


@app.command()
def migrate() -> None:
    """Bring the database to the newest form. `run` does so by itself."""
    from bot.cli import database
    from bot.cli.calls import carry_out

    carry_out(database.bring_to_newest_form)


@app.command()
def backup(file: Annotated[Path, typer.Argument(help="Where the copy is written; it must not exist.")]) -> None:
    """Copy the database to FILE and what people sent to FILE.files.tar, also while the assistant runs."""
    from bot.cli import backups
    from bot.cli.calls import carry_out

    carry_out(lambda call: backups.back_up(call, file))


@app.command()
def read(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="PDF, DOCX or TXT files, or folders of them.")],
    json: Annotated[bool, typer.Option("--json", help="One JSON object, or one a line for several files.")] = False,
) -> None:
    """Read directives: number, date, issuer, tasks, deadlines, references, and what looks wrong. Nothing is kept."""
    from bot.cli import read as reading
    from bot.cli.calls import carry_out

    carry_out(lambda call: reading.read(call, files, as_json=json), reading.settings)


@app.command()
def doctor() -> None:
    """Look at the settings, the database, the channels, the clock, the calendar and the roster, and say what to do."""
    from bot.cli import doctor as examination

    examination.doctor()


@roster_app.command("import")
def roster_import(
    file: Annotated[Path, typer.Argument(help="The roster, .xlsx or .csv.")],
    codes: Annotated[
        Path | None,
        typer.Option(metavar="OUT.csv", help="Also write codes for everybody in it who has no connected chat yet."),
    ] = None,
) -> None:
    """Take a roster in. Nobody is doubled; rows with a fault are named and left out."""
    from bot.cli import roster
    from bot.cli.calls import carry_out

    carry_out(lambda call: roster.import_roster(call, file, codes))


@roster_app.command("invite")
def roster_invite(
    person: Annotated[
        str | None, typer.Argument(help='A name, or "name, unit" where several are called so.', show_default=False)
    ] = None,
    sheet: Annotated[
        Path | None,
        typer.Option(metavar="OUT.docx", help="Strips to print: of this person, or of everybody without a chat."),
    ] = None,
) -> None:
    """Make a new one-time code for somebody; earlier ones of theirs are void."""
    from bot.cli import roster
    from bot.cli.calls import carry_out

    carry_out(lambda call: roster.invite(call, person, sheet))


@workdays_app.command("add", context_settings={"ignore_unknown_options": True})  # so that -5 is a number
def workdays_add(
    day: Annotated[str, typer.Argument(metavar="DATE", help="The day that the count starts on; not counted itself.")],
    count: Annotated[int, typer.Argument(metavar="N", help="How many working days; negative counts backwards.")],
) -> None:
    """The day that is N working days after DATE."""
    from bot.cli import workdays
    from bot.cli.calls import carry_out

    carry_out(lambda call: workdays.add(call, day, count))


@workdays_app.command("between")
def workdays_between(
    start: Annotated[str, typer.Argument(metavar="A", help="Not counted itself.")],
    end: Annotated[str, typer.Argument(metavar="B", help="Counted, if it is worked.")],
) -> None:
    """How many working days lie after A, up to and with B."""
    from bot.cli import workdays
    from bot.cli.calls import carry_out

    carry_out(lambda call: workdays.between(call, start, end))


@workdays_app.command("list")
def workdays_list(year: Annotated[int, typer.Argument(metavar="YEAR")]) -> None:
    """The holidays and swapped working days of a year, with their notices."""
    from bot.cli import workdays
    from bot.cli.calls import carry_out

    carry_out(lambda call: workdays.show_year(call, year))


@zalo_app.callback()
def zalo() -> None:
    """The agency's Zalo Official Account."""


@zalo_app.command("connect")
def zalo_connect(
    redirect: Annotated[
        str | None,
        typer.Option(metavar="URL", help="The callback address of the application; else the public address is taken."),
    ] = None,
) -> None:
    """Give the assistant permission to act for the Official Account: a page to open, an address to paste."""
    from bot.cli import zalo as connecting
    from bot.cli.calls import carry_out

    carry_out(lambda call: connecting.connect(call, redirect))


def main() -> None:
    """Run a command, on whatever terminal and with libraries that keep their remarks to themselves."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    if not sys.warnoptions:
        warnings.simplefilter("ignore")
    app()


if __name__ == "__main__":
    main()
