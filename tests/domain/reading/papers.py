"""Short directives for the tests of the reader, and a calendar without holidays but one."""

from datetime import date

from domain.reading.directive import read_text
from domain.reading.values import Code, Reading, Task
from domain.workdays import CalendarDay, WorkCalendar

HOLIDAY = date(2026, 3, 16)
HEAD = """UBND TỈNH LAM SƠN
SỞ NỘI VỤ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 120/SNV-VP
Lam Sơn, ngày 10 tháng 3 năm 2026
V/v chấn chỉnh lề lối làm việc
Kính gửi: Các phòng, đơn vị thuộc Sở.
Để bảo đảm tiến độ công việc, Giám đốc Sở yêu cầu các phòng, đơn vị thực hiện:
"""
BODY_LINES = (
    "1. Văn phòng Sở rà soát quy chế, hoàn thành trước ngày 25/3/2026.",
    "2. Phòng Một cửa báo cáo trong 05 ngày làm việc kể từ ngày ký Công văn này.",
)
TAIL = "\nNơi nhận:\n- Như trên;\n- Lưu: VT.\nGIÁM ĐỐC\n"


def calendar() -> WorkCalendar:
    return WorkCalendar(lambda year: {HOLIDAY: CalendarDay(HOLIDAY, False, "nghỉ")} if year == HOLIDAY.year else {})


def paper(*lines: str, head: str = HEAD) -> Reading:
    return read_text(head + "\n".join(lines) + TAIL, calendar())


def tasks(*lines: str, head: str = HEAD) -> tuple[Task, ...]:
    return paper(*lines, head=head).tasks


def only(*lines: str, head: str = HEAD) -> Task:
    (task,) = tasks(*lines, head=head)
    return task


def codes(reading: Reading) -> set[Code]:
    return {one.code for one in reading.anomalies}
