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
    shoot(table, "table")
    for number in range(1, table.locator(".nv-prow").count() + 1):
        print(table.locator(row(table, number)).inner_text().replace("\n", " | "))
