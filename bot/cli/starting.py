"""`run` and `demo`: the assistant itself, on real settings or on none."""

import asyncio
import tempfile
from collections.abc import Coroutine
from datetime import datetime
from pathlib import Path
from typing import Any

from bot import app, logs
from bot.cli.calls import Call, Refused, carry_out
from bot.cli.undisturbed import demo_settings
from locales.texts import cli


def run(call: Call, rehearse_from: str | None, only: str | None) -> None:
    """Run the assistant, or a part of it, until a signal comes."""
    instant = read_instant(call, rehearse_from) if rehearse_from else None
    _live(call, app.run(call.settings, rehearse_from=instant, only=app.Only(only) if only else None))


def demo(port: int) -> None:
    """Run the sample agency until a signal comes; what it keeps is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="nhacviec-demo-", ignore_cleanup_errors=True) as folder:
        carry_out(lambda call: _live(call, app.demo(call.settings)), lambda: demo_settings(Path(folder), port))


def _live(call: Call, life: Coroutine[Any, Any, None]) -> None:
    logs.set_up(form=call.settings.log_format)
    asyncio.run(life)


def read_instant(call: Call, text: str) -> datetime:
    """An instant; without a time zone, it is the agency's local time."""
    try:
        instant = datetime.fromisoformat(text.strip())
    except ValueError:
        raise Refused(cli.bad_instant(call.speech, text)) from None
    return instant if instant.tzinfo else instant.replace(tzinfo=call.zone)
