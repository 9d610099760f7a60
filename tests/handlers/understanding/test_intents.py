"""What officers type, and the command that is understood."""

import gc
import time
import unicodedata
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.understanding.intents import Intent, Suggestion, is_cancel, understand, yes_or_no
from locales.vocabulary import load

WORDS = load()


def done(number: int | None, rest: str = "", **more: object) -> Intent:
    numbers = (number,) if number is not None else ()
    return Intent(**({"command": "xong", "number": number, "rest": rest, "numbers": numbers} | more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "xong 12",
        "XONG 12",
        "Xong 12.",
        "xong12",
        "xong  \t 12",
        "xong #12",
        "xong số 12",
        "xong viec 12",
        "xong việc số 12",
        "xong nv 12",
        "xong 012",
        "xong １２",
        "đã xong 12",
        "da xong 12 a",
        "da xong 12a",
        "làm xong 12 rồi",
        "hoàn thành 12",
        "hoan thanh 12",
        "hoanthanh12",
        "Hoàn thành nhiệm vụ số 12",
        "báo cáo hoàn thành việc 12",
        "e xong viec 12 roi ạ",
        "Dạ em xong 12 rồi ạ!",
        "Kính gửi đồng chí, tôi đã xong việc 12",
        "xong rồi việc 12 nhé sếp",
        "việc 12 xong",
        "việc 12 đã xong rồi ạ",
        "việc số 12 em làm xong rồi ạ",
        "12 xong",
        "12: xong",
        "xog 12",
        "xonf 12",
        "xogn 12",
        "xonng 12",
        "song 12",
        "hoan thnah 12",
        "12 xog",
        "✅ xong 12 👍",
        "xong 12 🎉🎉",
        "\u202exong\u200b 12\u200f",
        "xo\u0000ng 12",
        unicodedata.normalize("NFD", "đã hoàn thành việc 12 ạ"),
    ],
)
def test_a_task_is_reported_as_done_in_plain_words(text: str) -> None:
    assert understand(text, WORDS) == done(12)


@pytest.mark.parametrize(
    "text",
    [
        "/xong 12",
        "/xong12",
        "/xong_12",
        "/XONG 12",
        "/xong@NhacViecBot 12",
        " /xong 12 ",
        "/ xong 12",
        "/xogn 12",
        "/đã xong 12",
        "✅ /xong 12",
    ],
)
def test_a_task_is_reported_as_done_with_a_slash(text: str) -> None:
    assert understand(text, WORDS) == done(12, slash=True)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Đã xong 12: gửi báo cáo số 45/BC-SKHCN ạ", "gửi báo cáo số 45/BC-SKHCN"),
        ("xong 12 rồi, đã gửi Văn phòng", "đã gửi Văn phòng"),
        ("xong 12 - gửi phụ lục A", "gửi phụ lục A"),
        ("xong 12\n- gửi\n- ký", "gửi\n- ký"),
        ("xong 12 3 file đã gửi", "3 file đã gửi"),
        ("xong 12 #PAR", "#PAR"),
        ("xong 12 #3", "#3"),
        ("xong 12: không có vướng mắc", "không có vướng mắc"),
        ("việc 12 xong, <b>đã gửi</b>", "<b>đã gửi</b>"),
        ("xong 12 đã gửi rồi 👍", "đã gửi rồi 👍"),
    ],
)
def test_what_follows_is_kept_as_it_was_typed(text: str, rest: str) -> None:
    assert understand(text, WORDS) == done(12, rest)
    assert understand(unicodedata.normalize("NFD", text), WORDS) == done(12, rest)


@pytest.mark.parametrize(
    ("text", "numbers", "rest"),
    [
        ("xong 12 13", (12, 13), ""),
        ("xong 12, 13 và 14 ạ", (12, 13, 14), ""),
        ("xong việc 12 và việc 13", (12, 13), ""),
        ("xong 12,13: đã gửi", (12, 13), "đã gửi"),
        ("xong 12 13 đã gửi", (12, 13), "đã gửi"),
        ("xong 12 12", (12,), ""),
        ("xong 12 2 báo cáo", (12,), "2 báo cáo"),
        ("xong 12, 13, 2 báo cáo đã gửi", (12, 13), "2 báo cáo đã gửi"),
        ("xong 12 60%", (12,), "60%"),
        ("xong 12 27/11", (12,), "27/11"),
        ("việc 12, 13 xong", (12, 13), ""),
        ("12 và 13 xong", (12, 13), ""),
    ],
)
def test_several_tasks_are_done_at_once(text: str, numbers: tuple[int, ...], rest: str) -> None:
    assert understand(text, WORDS) == done(12, rest, numbers=numbers)


@pytest.mark.parametrize(
    "text",
    [
        "không xong 12",
        "chưa xong 12",
        "em chưa xong việc 12 ạ",
        "12 chưa xong",
        "xong 12 chưa",
        "xong 12 chưa ạ?",
        "đã xong 12 hay chưa",
        "xong 12 không?",
        "xong 12?",
        "sắp xong 12",
        "bao giờ xong 12",
        "việc 12 hoàn thành trước thứ 6",
        "xong 12 ngày mai",
    ],
)
def test_what_is_not_done_is_never_taken_for_done(text: str) -> None:
    assert understand(text, WORDS) is None


@pytest.mark.parametrize("text", ["việc 12 chưa xong", "việc 12 xong chưa?"])
def test_a_question_about_a_task_shows_it(text: str) -> None:
    intent = understand(text, WORDS)
    assert isinstance(intent, Intent)
    assert (intent.command, intent.number) == ("viec", 12)


@pytest.mark.parametrize(
    "text",
    [
        "xong đợt kiểm tra sẽ báo cáo",
        "hoàn thành 60% việc 12",
        "đã hoàn thành 12 nhiệm vụ được giao",
        "xong 12 ngày công tác rồi về",
        "12 xong đợt kiểm tra thì nghỉ",
        "12 việc đã xong",
        "xong\n1. Kế hoạch\n2. Báo cáo",
        "nhận 12 văn bản từ Ủy ban",
        "nhắn 12",
        "hôm nay tôi nghỉ",
        "tối nay họp",
        "giao ban lúc 8h",
        "việc này để mai tính",
        "việc 12 sẽ được giao cho phòng khác",
        "tổng 12",
        "tong 12",
        "chỉ đạo các phòng nộp báo cáo quý",
        "trong 12 ngày",
        "nhanh 12",
        "mong 12 giờ có mặt",
        "công 12",
        "hay",
        "12",
        "",
        " \n ",
        "👍👍",
        "...",
        "/",
        "/xyz",
        "/q",
        "<b>xong 12</b>",
        "</b>",
        "مرحبا ١٢",
        "\u202e\u200b",
        "27/11",
    ],
)
def test_talk_is_no_command(text: str) -> None:
    assert understand(text, WORDS) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("xong", Intent("xong")),
        ("Xong rồi ạ", Intent("xong")),
        ("xong kiểm tra", Intent("xong", rest="kiểm tra")),
        ("xong 27/11", Intent("xong", rest="27/11")),
        ("/xong", Intent("xong", slash=True)),
        ("/xogn", Intent("xong", slash=True)),
        ("/xong bao giờ thì phải báo cáo", Intent("xong", rest="bao giờ thì phải báo cáo", slash=True)),
        ("xong 9999999999", Intent("xong", rest="9999999999")),
    ],
)
def test_a_command_without_its_number_is_known_where_little_else_is_said(text: str, expected: Intent) -> None:
    assert understand(text, WORDS) == expected


@pytest.mark.parametrize(
    ("text", "command", "number", "rest"),
    [
        ("tiến độ 12 60% đã gửi", "tiendo", 12, "60% đã gửi"),
        ("tiendo 12 60", "tiendo", 12, "60"),
        ("tien do 12: 60%", "tiendo", 12, "60%"),
        ("tiến độ 12 = 60%", "tiendo", 12, "60%"),
        ("tiến độ 12:60%", "tiendo", 12, "60%"),
        ("tiến độ 12 -60%", "tiendo", 12, "-60%"),
        ("việc 12 tiến độ 60%", "tiendo", 12, "60%"),
        ("tiendoo 12 60", "tiendo", 12, "60"),
        ("tiến độ 12 chưa có gì mới", "tiendo", 12, "chưa có gì mới"),
        ("đã nhận 12", "nhan", 12, ""),
        ("nhận việc 12 ạ", "nhan", 12, ""),
        ("xác nhận đã nhận 12", "nhan", 12, ""),
        ("xác nhận 12", "xacnhan", 12, ""),
        ("xác nhận hoàn thành việc 12", "xacnhan", 12, ""),
        ("trả lại 12 chưa đủ phụ lục", "tralai", 12, "chưa đủ phụ lục"),
        ("không duyệt 12: sai mẫu", "tralai", 12, "sai mẫu"),
        ("việc 12", "viec", 12, ""),
        ("xem việc 12 ạ", "viec", 12, ""),
        ("viec", "viec", None, ""),
        ("việc của tôi", "viec", None, ""),
        ("việc hôm nay ạ", "homnay", None, ""),
        ("hôm nay", "homnay", None, ""),
        ("đơn vị", "donvi", None, ""),
        ("giao", "giao", None, ""),
        ("giao Nguyễn Văn A; 27/11; báo cáo quý ạ", "giao", None, "Nguyễn Văn A; 27/11; báo cáo quý"),
        ("chidao nộp báo cáo quý", "chidao", None, "nộp báo cáo quý"),
        ("chỉ đạo 3", "chidao", 3, ""),
        ("trợ giúp em với ạ", "trogiup", None, ""),
        ("trợ giúpp", "trogiup", None, ""),
        ("help", "trogiup", None, ""),
        ("tôi", "toi", None, ""),
        ("liên kết", "lienket", None, ""),
        ("ngắt kết nối", "ngatketnoi", None, ""),
        ("hủy", "huy", None, ""),
        ("huỷ ạ", "huy", None, ""),
    ],
)
def test_every_command_has_its_words(text: str, command: str, number: int | None, rest: str) -> None:
    intent = understand(text, WORDS)
    assert isinstance(intent, Intent)
    assert (intent.command, intent.number, intent.rest) == (command, number, rest)


@pytest.mark.parametrize(
    ("text", "command", "rest"),
    [
        ("/start k7-Xa a", "trogiup", "k7-Xa a"),
        ("/menu", "trogiup", ""),
        ("/lienket 483920", "lienket", "483920"),
        ("/giao ; 27/11; báo cáo", "giao", "; 27/11; báo cáo"),
        ("/giao_A; mai; họp ban lúc 8h", "giao", "A; mai; họp ban lúc 8h"),
        ("/hôm nay", "homnay", ""),
        ("/viec t16", "viec", "t16"),
        ("/huy", "huy", ""),
    ],
)
def test_what_follows_a_slash_belongs_to_the_command(text: str, command: str, rest: str) -> None:
    assert understand(text, WORDS) == Intent(command, rest=rest, slash=True)


@pytest.mark.parametrize("name", sorted(WORDS.command_names))
def test_every_command_follows_a_slash(name: str) -> None:
    assert understand(f"/{name}", WORDS) == Intent(name, slash=True)


@pytest.mark.parametrize(
    ("text", "command"),
    [("/tien", "tiendo"), ("/xonggg", "xong"), ("/nhanh 12", "nhan"), ("xogn", "xong")],
)
def test_what_is_too_far_is_suggested(text: str, command: str) -> None:
    assert understand(text, WORDS) == Suggestion(command)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("xacnhan 12 #3", Intent("xacnhan", 12, revision=3, numbers=(12,))),
        ("xong 12 #14", done(12, revision=14)),
        ("viec 12", Intent("viec", 12, numbers=(12,))),
        ("viec t8", Intent("viec", rest="t8")),
        ("tralai 12 #3 sai mẫu", Intent("tralai", 12, "sai mẫu", 3, numbers=(12,))),
        ("/homnay", Intent("homnay", slash=True)),
        ("xong 12 #PAR", done(12, "#PAR")),
        ("xong 12 x #3", done(12, "x #3")),
        ("xogn 12 #3", None),
    ],
)
def test_a_button_says_for_which_state_it_was_made(data: str, expected: Intent | None) -> None:
    assert understand(data, WORDS, action=True) == expected


def test_one_line_names_no_more_than_twenty_tasks() -> None:
    found = understand("xong " + " ".join(map(str, range(1, 40))), WORDS)
    assert isinstance(found, Intent)
    assert len(found.numbers) <= 20


@pytest.fixture
def _no_collection() -> Iterator[None]:
    """To collect the garbage of all tests before can take a second, whoever is at work then."""
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("_no_collection")
@pytest.mark.parametrize(
    "piece",
    [
        "xong ",
        "1 ",
        "em ",
        "ạ ",
        "dạ em ",
        "việc ",
        "xong 1 ",
        "x",
        "/",
        ".",
        "- ",
        "\u0301",
        "a\u0323\u0301",
        "xog ",
        "👍",
        "\u202e",
        "<b>",
        "12, ",
    ],
)
def test_long_text_is_read_in_no_time(piece: str) -> None:
    for text in (piece, f"xong {piece}", f"xong 12 {piece}", f"/{piece}"):
        long = (text + piece * 10_000)[:10_000]
        began = time.thread_time()
        understand(long, WORDS)
        understand(long, WORDS, action=True)
        yes_or_no(long, WORDS)
        is_cancel(long, WORDS)
        assert time.thread_time() - began < 1


@given(st.text(max_size=300) | st.text(alphabet="xong 12,#%/việcđã\n.", max_size=60))
def test_nothing_that_is_typed_breaks_it(text: str) -> None:
    for action in (False, True):
        found = understand(text, WORDS, action)
        assert found is None or found.command in WORDS.command_names
        if isinstance(found, Intent):
            assert found.number == (found.numbers[0] if found.numbers else None)
            assert found.rest in unicodedata.normalize("NFC", text) or found.rest == found.rest.strip()


# -- answers ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["có", "Có ạ", "dạ", "dạ có", "vâng ạ", "ok 👍", "đồng ý", "em đồng ý", "đúng rồi ạ", "CO"]
)
def test_yes(text: str) -> None:
    assert yes_or_no(text, WORDS) is True


@pytest.mark.parametrize("text", ["không", "dạ không ạ", "ko", "khong", "không đồng ý", "chưa ạ", "sai rồi"])
def test_no(text: str) -> None:
    assert yes_or_no(text, WORDS) is False


@pytest.mark.parametrize("text", ["", "👍", "có lẽ", "cô", "có 12", "không biết nữa", "xong 12"])
def test_neither_yes_nor_no(text: str) -> None:
    assert yes_or_no(text, WORDS) is None


@pytest.mark.parametrize(
    "text", ["hủy", "huỷ", "Huy", "HỦY BỎ ạ", "/huy", "/huy@NhacViecBot", "thôi", "cancel", "thôi không làm nữa"]
)
def test_a_dialog_is_left(text: str) -> None:
    assert is_cancel(text, WORDS)


@pytest.mark.parametrize("text", ["", "hủy việc 12", "Huy Hoàng", "anh Huy", "hay", "không hủy"])
def test_a_dialog_goes_on(text: str) -> None:
    assert not is_cancel(text, WORDS)
