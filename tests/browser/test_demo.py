"""The demo in a real browser: the clock that is moved, and the chats on a phone."""

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.conftest import shoot
from tests.browser.demo_page import DemoPage

pytestmark = pytest.mark.browser


def test_clock_goes_to_the_next_working_day_and_to_any_other(context: BrowserContext) -> None:
    page = DemoPage(context).page
    page.fill(".nv-instant input", "2027-01-08T16:45")
    page.click(".nv-instant button")
    expect(page.locator(".nv-clockday")).to_contain_text("08/01/2027")
    expect(page.locator(".nv-clockhour")).to_have_text("16:45")
    page.locator(".nv-moves > .nv-move").first.click()
    expect(page.locator(".nv-clockday")).to_contain_text("Thứ Hai, 11/01/2027")
    expect(page.locator(".nv-clockhour")).to_have_text("07:45")
    expect(page.locator(".nv-instant input")).to_have_value("2027-01-11T07:45")


def test_reminder_of_an_overdue_task_comes_with_the_move(context: BrowserContext) -> None:
    page = DemoPage(context).page
    office = page.locator("#nv-demo-office textarea")
    office.fill("giao Phạm Thị Dung; 3 ngày làm việc; Báo cáo tháng")
    office.press("Enter")
    expect(page.locator("#nv-demo-office .nv-theirs").last).to_contain_text("Báo cáo tháng")
    page.locator("#nv-demo-office .nv-keys button", has_text="Giao việc").last.click()
    letters = page.locator("#nv-demo-officer .nv-theirs")
    expect(letters.last).to_contain_text("Báo cáo tháng")
    page.locator(".nv-moves > .nv-move").nth(3).click()
    expect(letters.last).to_contain_text("quá hạn", ignore_case=True)


def test_phone_shows_one_chat_at_a_time(context: BrowserContext) -> None:
    page = DemoPage(context, 360, 740).page
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    expect(page.locator("#nv-demo-office")).to_be_visible()
    expect(page.locator("#nv-demo-officer")).to_be_hidden()
    page.locator(".nv-tab", has_text="Cán bộ").click()
    expect(page.locator("#nv-demo-officer")).to_be_visible()
    expect(page.locator("#nv-demo-office")).to_be_hidden()
    shoot(page, "phone-demo")
