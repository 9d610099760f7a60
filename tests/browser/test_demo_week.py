"""The week of the demo in a real browser: every step by its button, from the document that is dropped to Monday."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import shoot
from tests.browser.demo_page import running_demo, visit
from tests.browser.week import play

pytestmark = [pytest.mark.browser, pytest.mark.journey]


def test_a_week_of_the_office_by_the_buttons_of_its_steps(chromium: Browser, tmp_path: Path) -> None:
    with running_demo(tmp_path) as url:
        desk = visit(chromium, url)
        strange: list[str] = []
        desk.page.on("pageerror", lambda error: strange.append(str(error)))
        play(desk, lambda desk, moment: shoot(desk.page, f"week-{moment}"))
        assert strange == []
        assert "Traceback" not in (tmp_path / "log").read_text()
        desk.page.context.close()
