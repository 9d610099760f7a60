"""The table of proposals in a real browser: rows beside the text, a row's sentence marked, boxes, keys, a phone."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.conftest import Enter, Server, shoot
from tests.browser.proposing import TEXT

pytestmark = pytest.mark.browser

LAN, DUNG, HAI = "Nguyễn Thị Lan", "Phạm Thị Dung", "Đỗ Minh Hải"
FAINT = """() => {
    const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
    const over = ([r, g, b, a = 1], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a)];
    const light = (colour) => colour.slice(0, 3).map((part) => part / 255)
        .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
        .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
    const ground = (node) => node ? over(channels(getComputedStyle(node).backgroundColor), ground(node.parentElement))
        : [255, 255, 255];
    const faint = [];
    for (const node of document.querySelectorAll(".nv-proposals *")) {
        const own = [...node.childNodes].some((one) => one.nodeType === 3 && one.textContent.trim());
        const hidden = !node.checkVisibility({visibilityProperty: true}) || node.closest(":disabled, .nv-unseen");
        if (!own || hidden) continue;
        const back = ground(node), front = over(channels(getComputedStyle(node).color), back);
        const [low, high] = [light(front), light(back)].sort((one, other) => one - other);
        const ratio = (high + 0.05) / (low + 0.05);
        if (ratio < 4.5) faint.push(`${node.className} ${node.textContent.trim().slice(0, 30)} ${ratio.toFixed(2)}`);
    }
    return faint;
}"""
"""What stands on its ground with less contrast than WCAG asks for (AA)."""

Open = Callable[..., Page]


class Table:
    """The page of one document."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.rows = page.locator(".nv-prow")
        self.answer = page.locator(".nv-answers .nv-text")
        self.marked = page.locator(".nv-source mark.nv-on")

    def row(self, number: int) -> Locator:
        return self.page.locator(f'tr[data-number="{number}"]')

    def part(self, number: int, part: str) -> Locator:
        return self.row(number).locator(f'[data-part="{part}"]')

    def edit(self, number: int, part: str) -> Locator:
        """The open box for a part of a row."""
        self.part(number, part).click()
        form = self.page.locator(f'.nv-editor[open] form[data-part="{part}"]')
        expect(form).to_be_visible()
        return form

    def save(self) -> None:
        self.page.locator(".nv-form .nv-do").click()
        expect(self.page.locator(".nv-editor")).to_be_hidden()

    def choose(self, number: int) -> None:
        self.row(number).press("Enter")

    def is_marked(self, text: str) -> None:
        """The chosen sentence, whatever lines it is broken into."""
        expect(self.marked.first).to_be_in_viewport()
        assert " ".join("".join(self.marked.all_inner_texts()).split()) == text


@pytest.fixture
def seen(enter: Enter, server: Server) -> Table:
    """The table of a document, to be looked at."""
    page = enter(LAN)
    page.goto(f"/de-xuat/{server.proposed(LAN)}")
    page.wait_for_selector(".nv-prow")
    return Table(page)


@pytest.fixture
def table(enter: Enter) -> Table:
    """The table of a new document, opened from the card that came for it in the chat of the Office."""
    page = enter(LAN)
    # what an earlier test has left open would take the new document for one more of its own
    answers = page.locator(".nv-theirs").count()
    page.fill(".nv-panel textarea", "hủy")
    page.press(".nv-panel textarea", "Enter")
    expect(page.locator(".nv-theirs")).not_to_have_count(answers)
    page.set_input_files(
        ".nv-panel input[type=file]", {"name": "402.txt", "mimeType": "text/plain", "buffer": TEXT.encode()}
    )
    expect(page.locator(".nv-chip")).to_be_visible()
    page.fill(".nv-panel textarea", "chỉ đạo")
    page.press(".nv-panel textarea", "Enter")
    link = page.locator(".nv-theirs").last.locator('a[href*="/de-xuat/"]')
    expect(link).to_be_visible()
    page.goto("/de-xuat/" + (link.get_attribute("href") or "").rpartition("/")[2])
    page.wait_for_selector(".nv-prow")
    return Table(page)


def test_rows_show_what_was_read_and_what_is_silent(seen: Table) -> None:
    expect(seen.rows).to_have_count(7)
    expect(seen.row(1)).to_contain_text("1.a")
    expect(seen.part(1, "lead")).to_have_text("Phòng Cải cách hành chính")
    expect(seen.part(1, "coordinate")).to_have_text("Trung tâm Công nghệ số")
    expect(seen.part(1, "when")).to_contain_text("15/12/2026")
    expect(seen.part(4, "when")).to_have_text("Hạn?")
    expect(seen.part(6, "lead")).to_have_text("Ai?")
    expect(seen.page.locator(".nv-odd")).to_contain_text("l0/12/2026")
    shoot(seen.page, "table")


def test_the_sentence_of_the_chosen_row_is_marked_with_its_deadline(seen: Table) -> None:
    seen.choose(3)
    seen.is_marked(
        "Phòng Tổ chức công chức cập nhật đề án vị trí việc làm của các phòng. Báo cáo Giám đốc Sở kết quả "
        "trước ngày 20/12/2026."
    )
    expect(seen.page.locator(".nv-source mark.nv-due")).to_have_text("trước ngày 20/12/2026")
    expect(seen.row(3)).to_have_attribute("aria-selected", "true")
    shoot(seen.page, "table-chosen")
    seen.page.locator(".nv-source mark", has_text="hằng quý").first.click()
    expect(seen.row(5)).to_have_attribute("aria-selected", "true")
    expect(seen.row(3)).to_have_attribute("aria-selected", "false")


def test_what_looks_wrong_leads_to_its_place(seen: Table) -> None:
    seen.page.locator(".nv-oddity").first.click()
    seen.is_marked("trước ngày l0/12/2026")


def test_the_keyboard_goes_through_rows_and_boxes(table: Table) -> None:
    table.row(1).focus()
    table.page.keyboard.press("ArrowDown")
    expect(table.row(2)).to_be_focused()
    expect(table.row(2)).to_have_attribute("aria-selected", "true")
    table.part(2, "when").focus()
    table.page.keyboard.press("Enter")
    expect(table.page.locator(".nv-editor form")).to_be_visible()
    table.page.keyboard.press("Escape")
    expect(table.page.locator(".nv-editor")).to_be_hidden()
    expect(table.part(2, "when")).to_be_focused()
    table.page.keyboard.press("Enter")
    table.page.locator('.nv-editor [value="none"]').check()
    table.page.keyboard.press("Enter")
    expect(table.part(2, "when")).to_contain_text("không có thời hạn")
    expect(table.part(2, "when")).to_be_focused()
    table.part(2, "accept").focus()
    table.page.keyboard.press("Enter")
    expect(table.row(2)).to_contain_text("đã nhận")
    expect(table.row(2)).to_be_focused()


def test_each_part_is_changed_in_its_box_and_the_assistant_answers(table: Table) -> None:
    table.edit(1, "content").locator("textarea").fill("Rà soát danh mục thủ tục hành chính")
    table.save()
    expect(table.part(1, "content")).to_have_text("Rà soát danh mục thủ tục hành chính")
    expect(table.row(1)).to_contain_text("Văn phòng đã sửa")
    expect(table.answer).not_to_be_empty()

    form = table.edit(6, "lead")
    form.locator("input[name=search]").fill("thanh tra")
    form.get_by_label("Thanh tra Sở", exact=True).check()
    form.locator("input[name=search]").fill("dung")
    form.get_by_label(re.compile("Phạm Thị Dung")).check()
    expect(form.locator(".nv-option")).to_have_count(2)
    expect(form.get_by_label("Thanh tra Sở", exact=True)).to_be_checked()
    shoot(table.page, "table-lead")
    table.save()
    expect(table.part(6, "lead")).to_have_text("Thanh tra Sở, Phạm Thị Dung")

    table.edit(6, "coordinate").get_by_label("Văn phòng Sở", exact=True).check()
    table.save()
    expect(table.part(6, "coordinate")).to_have_text("Văn phòng Sở")

    for number, field, said, shown in (
        (4, "day", "2026-12-31", "31/12/2026"),
        (5, "every", "hằng quý", "hằng quý"),
        (6, "wait", "10", "10 ngày làm việc kể từ ngày có quyết định"),
    ):
        table.edit(number, "when").locator(f"[name={field}]").fill(said)
        if number == 4:
            shoot(table.page, "table-when")
        table.save()
        expect(table.part(number, "when")).to_contain_text(shown)
    table.edit(2, "when").locator('[value="none"]').check()
    table.save()
    expect(table.part(2, "when")).to_contain_text("không có thời hạn")
    shoot(table.page, "table-changed")


def test_a_box_that_is_left_changes_nothing_and_opens_as_it_was(seen: Table) -> None:
    was = seen.part(1, "content").inner_text()
    seen.edit(1, "content").locator("textarea").fill("khác")
    seen.page.locator(".nv-editor [data-do=close]").click()
    expect(seen.edit(1, "content").locator("textarea")).to_have_value(was)


def test_what_the_assistant_refuses_is_said_on_the_page(table: Table) -> None:
    table.edit(4, "when").locator("[name=other]").fill("lúc nào xong thì xong")
    table.save()
    expect(table.answer).to_contain_text("lúc nào xong")
    expect(table.part(4, "when")).to_have_text("Hạn?")


def test_rows_are_left_out_split_merged_and_accepted_together(table: Table) -> None:
    table.edit(4, "leave_out").locator("input").fill("Đã giao ở văn bản trước")
    table.save()
    expect(table.row(4)).to_contain_text("bỏ")
    expect(table.row(4)).to_contain_text("Đã giao ở văn bản trước")

    parts = table.edit(3, "split").locator("textarea")
    assert parts.input_value().count("\n") == 1
    table.save()
    expect(table.rows).to_have_count(9)
    expect(table.row(8)).to_contain_text("cập nhật đề án")
    table.choose(9)
    expect(table.marked.first).to_contain_text("Phòng Tổ chức công chức")

    for number in (1, 2):
        table.row(number).locator("input[type=checkbox]").check()
    shoot(table.page, "table-selected")
    table.page.locator("[data-do=merge_selected]").click()
    expect(table.row(2)).to_contain_text("đã gộp vào việc 1")
    for number in (1, 8):
        table.row(number).locator("input[type=checkbox]").check()
    table.page.locator("[data-do=accept_selected]").click()
    expect(table.row(8)).to_contain_text("đã nhận")
    expect(table.row(1)).to_contain_text("đã nhận")
    expect(table.page.locator("[data-do=accept_selected]")).to_be_disabled()


def test_it_is_published_from_the_page_and_can_no_longer_be_changed(table: Table) -> None:
    table.page.locator("[data-do=accept_all]").click()
    expect(table.row(1)).to_contain_text("đã nhận")
    keys = table.page.locator(".nv-answers .nv-key")
    for _ in range(9):
        asked = table.answer.inner_text()
        if "Gửi tới ai" in asked:
            break
        table.page.fill(".nv-replyform input", "các đơn vị" if "chủ trì" in asked else "không hạn cho tất cả")
        table.page.press(".nv-replyform input", "Enter")
        expect(table.answer).not_to_have_text(asked)
    shoot(table.page, "table-audience")
    keys.filter(has_text=re.compile("^Tất cả$")).click()
    publish = keys.filter(has_text="Phát hành").first
    expect(publish).to_be_visible()
    shoot(table.page, "table-preview")
    publish.click()
    expect(table.page.locator(".nv-counted")).to_contain_text("Đã phát hành")
    expect(table.page.locator(".nv-act")).to_have_count(0)
    expect(table.page.locator("[data-do=go_on]")).to_be_hidden()
    shoot(table.page, "table-published")


def test_a_document_that_comes_again_takes_the_place_of_the_one_that_is_shown(table: Table) -> None:
    was = table.page.url
    chat = table.page.context.new_page()
    chat.goto("/chat")
    again = TEXT.replace("Thanh tra Sở lập", "Văn phòng Sở lập").encode()
    chat.set_input_files(
        ".nv-panel input[type=file]", {"name": "402-sua.txt", "mimeType": "text/plain", "buffer": again}
    )
    expect(chat.locator(".nv-chip")).to_be_visible()
    chat.click(".nv-send")
    expect(table.page).not_to_have_url(was)
    expect(table.part(4, "lead")).to_have_text("Văn phòng Sở")


def test_on_a_phone_rows_are_cards_and_the_text_is_a_tap_away(seen: Table) -> None:
    seen.page.set_viewport_size({"width": 360, "height": 740})
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= 360
    shoot(seen.page, "table-phone")
    expect(seen.page.locator(".nv-source")).to_be_hidden()
    seen.row(3).locator("[data-do=show]").click()
    expect(seen.marked.first).to_be_in_viewport()
    shoot(seen.page, "table-phone-text")
    seen.page.locator(".nv-tab", has_text="Nhiệm vụ").click()
    seen.edit(3, "when")
    shoot(seen.page, "table-phone-when")
    box = seen.page.locator(".nv-editor").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    assert box["y"] + box["height"] <= 740


@pytest.mark.parametrize("width", [1100, 360])
def test_everything_can_be_read(table: Table, width: int) -> None:
    table.page.set_viewport_size({"width": width, "height": 800})
    table.page.locator("[data-do=accept]").first.click()
    expect(table.row(1)).to_contain_text("đã nhận")
    table.choose(1)
    assert table.page.evaluate(FAINT) == []


def test_whoever_may_not_publish_does_not_see_it(enter: Enter, server: Server) -> None:
    page = enter(DUNG)
    answer = page.goto(f"/de-xuat/{server.proposed(LAN)}")
    assert answer is not None
    assert answer.status == 403
    expect(page.locator("body")).not_to_contain_text("Phòng Cải cách hành chính")
    missing = page.goto("/de-xuat/999999")
    assert missing is not None
    assert missing.status == 404


def test_a_leader_sees_what_the_office_has_and_changes_nothing(enter: Enter, server: Server) -> None:
    page = enter(HAI)
    page.goto(f"/de-xuat/{server.proposed(LAN)}")
    expect(page.locator(".nv-prow").first).to_be_visible()
    expect(page.locator(".nv-edit")).to_have_count(0)
    expect(page.locator("[data-do=accept_all]")).to_be_hidden()


def test_the_door_leads_on_to_the_table(context: BrowserContext, server: Server) -> None:
    """The demo beside it would open the page as the Office: so the cookie of somebody who was let in is what counts."""
    page = context.new_page()
    number = server.proposed(LAN)
    page.goto(f"/vao/{server.code(LAN)}")
    context.add_cookies([{"name": "nhacviec_tiep", "value": str(number), "url": f"{server.url}/vao"}])
    page.click("button[type=submit]")
    page.wait_for_url(f"**/de-xuat/{number}")
    page.goto("/chat")
    page.locator("a", has_text="Xác nhận nhiệm vụ").click()
    page.wait_for_url("**/de-xuat/*")
