"""`backup`: the database and the files, copied while the assistant goes on working."""

from pathlib import Path

from bot.cli.calls import Call
from bot.cli.printing import out
from locales.texts import cli
from storage.backup import backup


def back_up(call: Call, target: Path) -> None:
    """Write the copy, and say where it is."""
    settings = call.settings
    done = backup(settings.database_url, target.absolute(), settings.data_dir / "files")
    out(*cli.backed_up(call.speech, str(done.database), str(done.files) if done.files else None))
