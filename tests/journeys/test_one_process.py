"""One assistant on a database: a second one is refused with one clear line, on both databases."""

from pathlib import Path

import pytest

from tests.journeys.assistant import assistant
from tests.simulators.telegram import TelegramSimulator

pytestmark = pytest.mark.journey


async def test_a_second_assistant_on_the_same_database_is_refused(database_url: str, tmp_path: Path) -> None:
    async with TelegramSimulator(repeat_stretch=0.05, conflict_delay=0.05) as sim:
        second_folder = tmp_path / "second"
        second_folder.mkdir()
        async with (
            assistant(sim, database_url, tmp_path) as first,
            assistant(sim, database_url, second_folder) as second,
        ):
            await first.start()
            code, printed = await second.try_to_run()
            assert code == 1
            assert len(printed.strip().splitlines()) == 1, printed
            assert "Traceback" not in printed
            await first.stop()
            await second.start()
            await second.stop()
