"""The pictures of the documents, taken of the demo as it is: `make pictures` runs `python -m tests.browser.pictures`.

Each is brought down to a palette, so that it stays small, and lies in docs/pictures/ under the name of its role page.
"""

import io
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.browser.conftest import CHROMIUM, ROOT, SWITCHES
from tests.browser.demo_page import DemoPage, running_demo, visit
from tests.browser.week import play

FOLDER = ROOT / "docs" / "pictures"
MOST_BYTES = 150_000
COLOURS = 96
SCROLLED = 800
"""Milliseconds in which the text has scrolled to the chosen sentence."""
SHARP = 1.5
"""Pixels of a picture for one of the page, so that text stays readable on good screens."""


def main() -> None:
    if CHROMIUM is None:
        sys.exit("Chromium is needed: apt-get install chromium")
    with tempfile.TemporaryDirectory() as folder, running_demo(Path(folder)) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(SWITCHES))
        play(visit(browser, url, sharp=SHARP), look)
        door = browser.new_page(base_url=url, viewport={"width": 520, "height": 560}, device_scale_factor=SHARP)
        door.goto("/vao")
        keep("cong-nghe-thong-tin", door.screenshot())
        browser.close()


def look(desk: DemoPage, moment: str) -> None:
    """Take the pictures for which the week has come to the right moment."""
    match moment:
        case "read":
            table = desk.table()
            table.locator('tr[data-number="3"]').press("Enter")
            table.wait_for_timeout(SCROLLED)
            keep("xac-nhan", table.screenshot(animations="disabled"), width=1440)
            table.close()
        case "acknowledged":
            desk.office.says("chỉ đạo 1")
            desk.office.hears("Phòng Cải cách hành chính")
            desk.office.heard.last.evaluate("letter => letter.scrollIntoView()")
            keep("van-phong", desk.office.picture())
        case "asked_again":
            keep("truong-don-vi", desk.head.picture())
        case "difficulty":
            keep("lanh-dao", desk.leader.picture())
        case "decided":
            keep("can-bo", desk.officer.picture())
            keep("demo", desk.page.screenshot(animations="disabled"), width=1440)


def keep(name: str, png: bytes, *, width: int | None = None) -> None:
    """Write a picture with a palette, as small as it becomes."""
    made = io.BytesIO()
    image = Image.open(io.BytesIO(png)).convert("RGB")
    if width:
        image = image.resize((width, image.height * width // image.width))
    image.quantize(COLOURS).save(made, "PNG", optimize=True)
    picture = made.getvalue()
    (FOLDER / f"{name}.png").write_bytes(picture)
    print(f"docs/pictures/{name}.png: {len(picture) // 1000} KB")
    if len(picture) > MOST_BYTES:
        sys.exit(f"{name}.png has more than {MOST_BYTES // 1000} KB")


if __name__ == "__main__":
    main()
