"""The week of the demo as a visitor goes through it: the button of every step, then Enter, and what is to be seen."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.demo_page import DemoPage

Look = Callable[[DemoPage, str], None]
"""Told of every moment that is worth a look, by its name."""


def play(desk: DemoPage, look: Look) -> None:
    """All steps, one after the other; fails where what should be heard is not heard."""
    steps = (
        _read,
        _published,
        _acknowledged,
        _assigned,
        _asked_again,
        _difficulty,
        _decided,
        _extended,
        _finished,
        _monday,
    )
    for step in steps:
        step(desk)
        look(desk, step.__name__.removeprefix("_"))


def _read(desk: DemoPage) -> None:
    office = desk.office
    desk.press(1)
    office.sends()
    office.hears("Nhiệm vụ: 5")


def _published(desk: DemoPage) -> None:
    office, table = desk.office, desk.table()
    table.locator('tr[data-number="1"] [data-do="accept"]').click()
    expect(table.locator('tr[data-number="1"]')).to_contain_text("đã nhận")
    table.close()
    desk.press(2)
    office.sends()
    office.hears("Thời hạn là khi nào?")
    desk.press(2)
    office.sends()
    office.hears("Gửi tới ai")
    desk.press(3)
    office.sends()
    office.hears("315/SNV-VP")
    desk.press(3)
    office.sends()
    desk.is_done(3)
    for chat in (desk.head, desk.officer, desk.leader):
        chat.has_heard("315/SNV-VP")
    desk.head.has_heard("giao đồng chí 2 nhiệm vụ")


def _acknowledged(desk: DemoPage) -> None:
    desk.press(4)
    desk.officer.sends()
    desk.is_done(4)
    desk.office.has_heard("đã nhận 1")


def _assigned(desk: DemoPage) -> None:
    desk.press(5)
    desk.office.sends()
    desk.office.hears("Đề nghị kiểm tra")
    desk.press(5)
    desk.office.sends()
    desk.officer.hears("được giao nhiệm vụ")
    desk.is_done(5)


def _asked_again(desk: DemoPage) -> None:
    desk.press(6)
    desk.head.has_heard("xác nhận")
    desk.press(6)
    desk.head.sends()
    desk.is_done(6)


def _difficulty(desk: DemoPage) -> None:
    desk.press(7)
    desk.officer.sends()
    desk.is_done(7)
    desk.office.has_heard("vướng mắc")
    desk.press(8)
    desk.office.sends()
    desk.is_done(8)


def _decided(desk: DemoPage) -> None:
    desk.press(9)
    desk.leader.sends()
    desk.is_done(9)


def _extended(desk: DemoPage) -> None:
    desk.press(10)
    desk.officer.sends()
    desk.office.has_heard("gia hạn")
    desk.press(10)
    desk.office.sends()
    desk.is_done(10)


def _finished(desk: DemoPage) -> None:
    desk.press(11)
    desk.officer.sends()
    desk.head.has_heard("báo hoàn thành")
    desk.press(11)
    desk.head.sends()
    desk.is_done(11)


def _monday(desk: DemoPage) -> None:
    before = desk.head.heard.count()
    desk.press(12)
    expect(desk.head.heard).not_to_have_count(before)
    desk.press(12)
    desk.office.sends()
    desk.is_done(12)
