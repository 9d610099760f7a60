"""The web chat in a real browser: talk, keys, files, a phone, two tabs, a server that goes away and comes back."""

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Enter, Server, shoot

pytestmark = pytest.mark.browser


def _say(page: Page, text: str) -> None:
    page.fill(".nv-panel textarea", text)
    page.press(".nv-panel textarea", "Enter")


def _mine(page: Page, text: str) -> None:
    expect(page.locator(".nv-mine .nv-text").last).to_have_text(text)


def test_officer_writes_and_is_answered_without_reloading(enter: Enter) -> None:
    page = enter()
    before = page.locator(".nv-theirs").count()
    _say(page, "trợ giúp")
    _mine(page, "trợ giúp")
    expect(page.locator(".nv-theirs")).to_have_count(before + 1)
    expect(page.locator(".nv-theirs .nv-text").last).to_contain_text("/viec")
    expect(page.locator(".nv-panel textarea")).to_have_value("")
    shoot(page, "chat")


def test_line_break_is_shift_enter_and_stays_in_the_bubble(enter: Enter) -> None:
    page = enter()
    page.click(".nv-panel textarea")
    page.keyboard.type("dòng một")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("dòng hai")
    page.keyboard.press("Enter")
    expect(page.locator(".nv-mine .nv-text").last).to_have_text("dòng một\ndòng hai", use_inner_text=True)


def test_what_is_typed_is_shown_as_text_and_runs_nothing(enter: Enter) -> None:
    page = enter()
    _say(page, "<img src=x onerror=document.title='hacked'> <b>x</b>")
    _mine(page, "<img src=x onerror=document.title='hacked'> <b>x</b>")
    assert page.title() != "hacked"


def test_pressed_key_says_its_label_and_stays_pressed_after_a_reload(enter: Enter) -> None:
    page = enter()
    letters = page.locator(".nv-theirs")
    before = letters.count()
    _say(page, "trợ giúp")
    expect(letters).to_have_count(before + 1)
    key = letters.nth(before).locator(".nv-keys button", has_text="Hôm nay")
    key.click()
    _mine(page, "Hôm nay")
    expect(key).to_have_attribute("aria-pressed", "true")
    said = page.locator(".nv-mine").count()
    key.click()
    page.reload()
    page.wait_for_selector(".nv-panel textarea")
    expect(page.locator(".nv-mine")).to_have_count(said)
    expect(page.locator(".nv-keys button[aria-pressed=true]", has_text="Hôm nay").last).to_be_visible()


def test_a_letter_changes_its_words_where_it_stands_and_keeps_what_was_pressed(enter: Enter, server: Server) -> None:
    page = enter()
    server.tell("tell Phạm Thị Dung: đã gửi 1 trên 3")
    letter = page.locator(".nv-theirs .nv-text", has_text="trên 3")
    expect(letter).to_have_text("đã gửi 1 trên 3")
    key = page.locator(".nv-theirs", has_text="trên 3").locator(".nv-keys button")
    key.click()
    _mine(page, "Hôm nay")
    server.tell("tell Phạm Thị Dung: đã gửi 3 trên 3")
    expect(letter).to_have_text("đã gửi 3 trên 3")
    expect(key).to_have_attribute("aria-pressed", "true")
    page.reload()
    expect(letter).to_have_text("đã gửi 3 trên 3")


def test_a_file_that_bears_a_mark_of_secrecy_is_not_taken(enter: Enter) -> None:
    page = enter()
    marked = {"name": "cv.txt", "mimeType": "text/plain", "buffer": "TỐI MẬT\nKính gửi: các phòng".encode()}
    page.set_input_files(".nv-panel input[type=file]", marked)  # type: ignore[arg-type]
    expect(page.locator(".nv-status")).to_contain_text("độ mật")
    expect(page.locator(".nv-chip")).to_have_count(0)


def test_quick_keys_ask_what_they_say(enter: Enter) -> None:
    page = enter()
    page.locator(".nv-quick button").first.click()
    _mine(page, "Việc của tôi")
    expect(page.locator(".nv-theirs").last).to_be_visible()


def test_file_is_attached_sent_and_downloaded_again(enter: Enter, tmp_path: Path) -> None:
    page = enter()
    file = tmp_path / "Quyết định số 5.txt"
    file.write_text("nội dung", "utf-8")
    with page.expect_file_chooser() as chooser:
        page.click(".nv-clip")
    chooser.value.set_files(file)
    expect(page.locator(".nv-chip")).to_contain_text("Quyết định số 5.txt")
    _say(page, "gửi kèm tệp")
    link = page.locator(".nv-mine .nv-file").last
    expect(link).to_contain_text("Quyết định số 5.txt")
    expect(page.locator(".nv-chip")).to_have_count(0)
    with page.expect_download() as download:
        link.click()
    assert Path(download.value.path()).read_text("utf-8") == "nội dung"
    assert download.value.suggested_filename == "Quyết định số 5.txt"


def test_picture_is_pasted_and_shown_in_the_bubble(enter: Enter) -> None:
    page = enter()
    page.evaluate(
        """async () => {
            const canvas = Object.assign(document.createElement("canvas"), {width: 320, height: 200});
            canvas.getContext("2d").fillRect(20, 20, 200, 100);
            const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
            const data = new DataTransfer();
            data.items.add(new File([blob], "anh.png", {type: "image/png"}));
            document.querySelector(".nv-panel textarea").dispatchEvent(
                new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
        }"""
    )
    expect(page.locator(".nv-chip")).to_contain_text("anh.png")
    page.click(".nv-send")
    picture = page.locator(".nv-mine .nv-photo img").last
    expect(picture).to_be_visible()
    page.wait_for_function("Array.from(document.querySelectorAll('.nv-photo img')).at(-1).naturalWidth === 320")
    shoot(page, "chat-files")


def test_file_may_be_taken_off_again(enter: Enter, tmp_path: Path) -> None:
    page = enter()
    file = tmp_path / "nham.txt"
    file.write_text("x")
    with page.expect_file_chooser() as chooser:
        page.click(".nv-clip")
    chooser.value.set_files(file)
    page.click(".nv-remove")
    expect(page.locator(".nv-chip")).to_have_count(0)


def test_two_tabs_of_one_person_show_the_same(enter: Enter, context: BrowserContext) -> None:
    one = enter()
    before = one.locator(".nv-row").count()
    two = context.new_page()
    two.goto("/chat")
    two.wait_for_selector(".nv-panel textarea")
    _say(one, "từ cửa sổ một")
    _mine(two, "từ cửa sổ một")
    _say(two, "từ cửa sổ hai")
    _mine(one, "từ cửa sổ hai")
    # each is answered
    for page in (one, two):
        expect(page.locator(".nv-row")).to_have_count(before + 4)


def test_earlier_messages_are_there_on_request(enter: Enter) -> None:
    page = enter("Vũ Mạnh Hùng")
    for number in range(35):
        _say(page, f"tin số {number}")
        _mine(page, f"tin số {number}")
    expect(page.locator(".nv-theirs")).to_have_count(35)
    page.reload()
    expect(page.locator(".nv-row")).to_have_count(60)
    page.click(".nv-older")
    expect(page.locator(".nv-row")).to_have_count(70)
    expect(page.locator(".nv-mine .nv-text").first).to_have_text("tin số 0")
    expect(page.locator(".nv-older")).to_be_hidden()


def test_phone_shows_all_without_scrolling_sideways(enter: Enter) -> None:
    page = enter()
    page.set_viewport_size({"width": 360, "height": 640})
    _say(page, "trợ giúp " + "rấtdài" * 40)
    _say(page, "trợ giúp")
    _mine(page, "trợ giúp")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    for part in (".nv-panel textarea", ".nv-send", ".nv-clip", ".nv-quick button >> nth=0"):
        box = page.locator(part).bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360
        assert box["y"] + box["height"] <= 640
    shoot(page, "phone-chat")


def test_message_that_cannot_be_kept_stays_in_the_box(enter: Enter, server: Server) -> None:
    page = enter()
    said = page.locator(".nv-mine").count()
    server.keeps(nothing=True)
    _say(page, "việc quan trọng")
    expect(page.locator(".nv-status")).not_to_be_empty()
    expect(page.locator(".nv-panel textarea")).to_have_value("việc quan trọng")
    expect(page.locator(".nv-panel textarea")).to_be_editable()
    expect(page.locator(".nv-mine")).to_have_count(said)
    shoot(page, "chat-not-sent")
    server.keeps(nothing=False)
    page.press(".nv-panel textarea", "Enter")
    _mine(page, "việc quan trọng")
    expect(page.locator(".nv-status")).to_be_empty()


def test_page_finds_its_way_back_after_a_restart(enter: Enter, server: Server) -> None:
    page = enter()
    _say(page, "trước khi khởi động lại")
    _mine(page, "trước khi khởi động lại")
    page.fill(".nv-panel textarea", "đang viết dở")
    server.stop()
    page.wait_for_selector("#popup[aria-hidden=false]")
    server.start()
    page.wait_for_selector("#popup[aria-hidden=true]", state="attached")
    expect(page.locator(".nv-panel textarea")).to_have_value("đang viết dở")
    expect(page.locator(".nv-mine", has_text="trước khi khởi động lại")).to_have_count(1)
    page.press(".nv-panel textarea", "Enter")
    _mine(page, "đang viết dở")


def test_logging_out_in_one_tab_closes_the_other(enter: Enter, context: BrowserContext) -> None:
    page = enter()
    other = context.new_page()
    other.goto("/ra")
    other.click("button[type=submit]")
    page.wait_for_url("**/vao")
    page.goto("/chat")
    page.wait_for_url("**/vao")


def test_stranger_is_asked_for_a_code_and_told_when_it_is_wrong(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/chat")
    page.wait_for_url("**/vao")
    shoot(page, "vao")
    page.fill("input[name=code]", "AAAAABBBBB")
    page.press("input[name=code]", "Enter")
    expect(page.locator("h1")).to_have_text("Mã chưa được chấp nhận")
    shoot(page, "vao-wrong")


def test_unknown_page_is_ours_and_in_vietnamese(context: BrowserContext) -> None:
    page = context.new_page()
    answer = page.goto("/khong-co")
    assert answer is not None
    assert answer.status == 404
    expect(page.locator("h1")).to_have_text("Không tìm thấy trang")
