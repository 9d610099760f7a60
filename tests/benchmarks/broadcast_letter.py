"""What goes to everybody: a directive with its file. The same from whoever sends it."""

NUMBER = "88/CV-VP"
SUBJECT = "Rà soát, đơn giản hóa thủ tục hành chính"
SUMMARY = "Đề nghị các đơn vị rà soát và báo cáo kết quả trước ngày 15/12."
TEXT = f"Kính gửi đồng chí,\nVăn phòng chuyển công văn số <b>{NUMBER}</b>: {SUBJECT}.\n{SUMMARY}"
FILE_NAME = "Công văn 88.pdf"
FILE_BYTES = 200_000
BUTTON = ("Đã nhận", "danhan 88")


def content() -> bytes:
    return b"%PDF-1.7\n" + bytes(FILE_BYTES)
