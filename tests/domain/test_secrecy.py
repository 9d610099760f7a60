"""Marks of secrecy: a stamp is one, a sentence about secrets is none."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.secrecy import is_marked_secret

BODY = "Kính gửi: Các phòng\nĐề nghị các phòng gửi số liệu trước ngày 20/12/2026.\n"

STAMPS = [
    "MẬT",
    "TỐI MẬT",
    "TUYỆT MẬT",
    "Mật",
    "Tối mật",
    "[MẬT]",
    "(TUYỆT MẬT)",
    "«Mật»",
    "M Ậ T",
    "T Ố I   M Ậ T",
    "T U Y Ệ T  M Ậ T",
    "ĐỘ MẬT: MẬT",
    "Độ mật: Tối mật",
    "Dấu chỉ độ mật : TUYỆT MẬT",
    "TOI MAT",
    "UBND TỈNH HƯNG YÊN        MẬT",
    "MẬT CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "UBND TỈNH\tTỐI MẬT",
    "M\u200bẬT",
]


@pytest.mark.parametrize("stamp", STAMPS)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_stamp_above_the_text_marks_a_document(stamp: str, form: str) -> None:
    text = f"UBND TỈNH HƯNG YÊN\n{stamp}\nSố: 5/UBND-NC\n{BODY}"
    assert is_marked_secret(unicodedata.normalize(form, text))  # type: ignore[arg-type]


@pytest.mark.parametrize("stamp", ["MẬT", "TỐI MẬT", "T U Y Ệ T  M Ậ T", "ĐỘ MẬT: MẬT"])
def test_a_stamp_in_capitals_marks_it_anywhere(stamp: str) -> None:
    assert is_marked_secret(BODY * 100 + stamp + "\n" + BODY)


INNOCENT = [
    "Tăng cường bảo mật thông tin",
    "Bảo vệ bí mật nhà nước",
    "BẢO VỆ BÍ MẬT NHÀ NƯỚC",
    "CÔNG TÁC BẢO VỆ BÍ\nMẬT\nTRONG CƠ QUAN",
    "CÔNG TÁC BẢO VỆ BÍ\nMẬT NHÀ NƯỚC",
    "Kiểm tra an ninh mạng",
    "Văn bản có độ mật thì gửi theo đường cơ yếu",
    "Tài liệu mang chế độ mật",
    "Văn bản đóng dấu MẬT không gửi qua tin nhắn",
    "theo chế độ\nmật\nđối với hồ sơ",
    "MẬT KHẨU",
    "Mật khẩu mới là 123",
    "Mật độ dân số",
    "MẶT TRẬN TỔ QUỐC",
    "MẮT",
    "MẤT",
    "Độ mật: Thường",
    "ĐỘ MẬT: KHÔNG",
    "Mật\nTối mật\nTuyệt mật",
    "Số lượng\nMẬT\nTỐI MẬT",
    "",
]


@pytest.mark.parametrize("words", INNOCENT)
def test_speaking_of_secrets_is_no_mark(words: str) -> None:
    assert not is_marked_secret(words)
    assert not is_marked_secret(f"UBND TỈNH HƯNG YÊN\nSố: 5/UBND-NC\n{words}\n{BODY}")


@pytest.mark.parametrize(
    "typed",
    [
        "MẬT: chuyển hồ sơ của đoàn",
        "TỐI MẬT chuyển hồ sơ",
        "[Mật] chuyển hồ sơ",
        "(tuyệt mật) chuyển hồ sơ",
        "MẬT - công văn số 5/UBND-NC",
        "MẬT công văn số 5/UBND-NC",
        "Độ mật: Mật. Công văn số 5/UBND-NC",
        "/chidao TUYỆT MẬT: họp",
        "/giao Phạm Thị Dung; 5 ngày; MẬT: chuyển hồ sơ",
        "giao Phạm Thị Dung; 5 ngày; [tối mật] chuyển hồ sơ",
        "/chidao tối mật",
        "Tối mật: kế hoạch diễn tập",
        "tuyệt mật - họp",
        "Mật: chuyển hồ sơ",
        "chidao (Mật) 12/KH-UBND",
        "Chỉ đạo TỐI MẬT số 5",
        "Công văn mật số 5/UBND-NC",
    ],
)
def test_what_is_typed_may_begin_with_a_mark(typed: str) -> None:
    assert is_marked_secret(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "mật ong",
        "/giao Dung; 5 ngày; Bảo mật hệ thống",
        "Mật khẩu",
        "MẬT ONG",
        "bí mật: không",
        "xong 12 mật",
        "/chidao Quản lý tài liệu mật",
        "Kế hoạch giải mật 2026",
        "Báo cáo bí mật kinh doanh: 3 vụ",
        "Thông báo mật khẩu số 2",
        "chỉ đạo 3 đã nhận",
    ],
)
def test_what_is_typed_about_other_things_is_no_mark(typed: str) -> None:
    assert not is_marked_secret(typed)


@pytest.mark.parametrize(
    "name",
    [
        "5-UBND_MẬT.pdf",
        "mật.docx",
        "Công văn tối mật 12.pdf",
        "TUYỆT MẬT - kế hoạch.pdf",
        "5_MAT.pdf",
        "5-UBND (MAT).pdf",
        "ke hoach toi mat.doc",
        "tuyet_mat.pdf",
        "TUYETMAT.pdf",
        "toimat_12.pdf",
        "TốiMật.docx",
        "ke hoach (mat).pdf",
        unicodedata.normalize("NFD", "Văn bản Mật 12.pdf"),
    ],
)
def test_a_word_of_a_name_is_a_mark(name: str) -> None:
    assert is_marked_secret("", name)


@pytest.mark.parametrize(
    "name",
    [
        "Bảo mật hệ thống.pdf",
        "Bí mật nhà nước.docx",
        "mật độ dân số.xlsx",
        "Mật khẩu.txt",
        "MAT TRAN TO QUOC.pdf",
        "GAP MAT DAU XUAN.pdf",
        "DANH SACH CO MAT.xlsx",
        "BAO MAT.pdf",
        "bao cao mat do.pdf",
        "mat bang.pdf",
        "FORMAT.pdf",
        "an ninh mạng.pdf",
    ],
)
def test_other_words_of_a_name_are_none(name: str) -> None:
    assert not is_marked_secret("", name)


@given(st.text(), st.text())
def test_no_text_is_too_strange(text: str, name: str) -> None:
    assert is_marked_secret(text, name) in (True, False)
