"""The letter that goes to everybody: a line, a file, a button. The same from whoever sends it."""

TEXT = (
    "Kính gửi đồng chí, Văn phòng chuyển công văn số <b>88/CV-VP</b> ngày 23/11/2026 về việc rà soát thủ tục hành "
    "chính. Đề nghị đồng chí nghiên cứu, thực hiện."
)
FILE_NAME = "Công văn 88.pdf"
FILE_BYTES = 200_000
BUTTON = ("Đã nhận", "nhan 88")


def content() -> bytes:
    return b"%PDF-1.7\n" + bytes(FILE_BYTES)
