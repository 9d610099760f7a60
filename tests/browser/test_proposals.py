"""The table of proposals in a real browser: rows beside the text, the quoted sentence marked, boxes, keys, a phone."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Enter, Server, shoot

pytestmark = pytest.mark.browser

LAN = "Nguyễn Thị Lan"


@pytest.fixture
def table(enter: Enter, server: Server) -> Page:
    """The table of a new document, as somebody of the Office has it open."""
    page = enter(LAN)
    page.goto(f"/de-xuat/{server.proposed(LAN)}")
    page.wait_for_selector(".nv-prow")
    return page


def row(page: Page, number: int) -> str:
    return f'tr[data-number="{number}"]'


def test_rows_show_what_was_read_and_what_is_silent(table: Page) -> None:
    table.locator(row(table, 3)).click(position={"x": 5, "y": 60})
    table.wait_for_timeout(600)
    shoot(table, "table")
    for part in ("content", "lead", "when"):
        table.locator(row(table, 3)).locator(f"[data-part={part}]").click()
        table.wait_for_selector(".nv-form textarea, .nv-form input")
        table.wait_for_timeout(200)
        shoot(table, f"table-{part}")
        table.locator(".nv-editor [data-do=close]").click()
    table.set_viewport_size({"width": 1440, "height": 900})
    table.wait_for_timeout(200)
    shoot(table, "table-wide")
    table.set_viewport_size({"width": 360, "height": 740})
    table.wait_for_timeout(200)
    shoot(table, "table-phone")
    table.locator(row(table, 3)).locator("[data-do=show]").click()
    table.wait_for_timeout(600)
    shoot(table, "table-phone-text")
