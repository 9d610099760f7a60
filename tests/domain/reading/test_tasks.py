"""What counts as a task, with its point, and whose it is."""

import pytest

from domain.reading.values import Code
from tests.domain.reading.papers import HEAD, codes, only, paper, tasks


def points(*lines: str, head: str = HEAD) -> list[str]:
    return [task.point for task in tasks(*lines, head=head)]


def test_the_lowest_point_with_an_imperative_is_the_task() -> None:
    lines = ("1. Văn phòng Sở:", "a) Rà soát quy chế. Báo cáo kết quả.", "b) Niêm yết nội quy.", "2. Rà soát hồ sơ.")
    assert points(*lines) == ["1.a", "1.b", "2"]


def test_a_path_is_as_printed() -> None:
    lines = [
        "III. NHIỆM VỤ",
        "2. Công tác tổ chức",
        "2.4. Rà soát vị trí việc làm.",
        "3. Các phòng:",
        "- Rà soát hồ sơ:",
        "+ Lập danh sách hồ sơ.",
        "+ Xử lý hồ sơ quá hạn.",
        "- Niêm yết nội quy.",
    ]
    assert points(*lines) == ["III.2.4", "III.3.-1.+1", "III.3.-1.+2", "III.3.-2"]


def test_items_in_a_sentence_are_tasks_where_one_has_a_deadline_of_its_own() -> None:
    first, second = tasks("a) Văn phòng Sở bảo đảm: (1) Niêm yết nội quy trước ngày 20/3/2026; (2) Lắp bảng chỉ dẫn.")
    assert (first.point, second.point) == ("a.(1)", "a.(2)")
    assert first.lead == second.lead == ("Văn phòng Sở",)
    assert points("a) Xử lý hồ sơ theo tiêu chí: (1) đúng hạn; (2) đủ thành phần.") == ["a"]


def test_what_a_report_consists_of_is_no_task() -> None:
    assert points("1. Báo cáo kết quả, gồm:", "a) Kết quả thực hiện;", "b) Khó khăn, vướng mắc;") == ["1"]


def test_a_heading_that_names_a_body_gives_its_points_their_lead() -> None:
    first, second = tasks("5. Phòng Một cửa:", "a) Rà soát hồ sơ.", "b) Niêm yết nội quy.")
    assert first.lead == second.lead == ("Phòng Một cửa",)


def test_a_heading_with_one_paragraph_gives_it_its_number() -> None:
    assert only("3. Về công tác lưu trữ", "Rà soát hồ sơ lưu trữ của cơ quan.").point == "3"


def test_lines_of_a_plan_are_attributes_of_their_point() -> None:
    task = only(
        *("1.1. Xây dựng quy chế làm việc", "- Cơ quan chủ trì: Văn phòng Sở.", "- Cơ quan phối hợp: Các phòng."),
        "- Thời gian hoàn thành: Quý II/2026.",
    )
    assert (task.point, task.lead, task.coordinate) == ("1.1", ("Văn phòng Sở",), ("Các phòng",))
    assert task.deadline.facts()["date"] == "2026-06-30"


def test_aims_money_effect_and_thanks_are_no_tasks() -> None:
    lines = [
        "I. MỤC TIÊU",
        "- Nâng cao chất lượng phục vụ.",
        "II. NHIỆM VỤ",
        "1. Rà soát hồ sơ.",
        "III. KINH PHÍ",
        "Kinh phí thực hiện từ ngân sách.",
        "IV. ĐÁNH GIÁ TÌNH HÌNH",
        "Các phòng đã tích cực rà soát.",
    ]
    assert points(*lines) == ["II.1"]


def test_an_agreement_is_no_task_and_an_order_beside_it_is() -> None:
    assert points("1. Cơ bản thống nhất với đề xuất của Phòng Một cửa.") == []
    task = only("1. Thống nhất chủ trương. Giao Phòng Một cửa lập phương án.")
    assert task.lead == ("Phòng Một cửa",)


def test_articles_that_take_effect_or_are_carried_out_are_no_tasks() -> None:
    decision = HEAD.split("Kính gửi")[0].replace("V/v", "QUYẾT ĐỊNH\nVề việc")
    lines = [
        "Căn cứ Luật Cán bộ;",
        "Điều 1. Ban hành kèm theo Quyết định này Quy chế làm việc.",
        "Điều 2. Giao Văn phòng Sở theo dõi việc thực hiện.",
        "Điều 3. Quyết định có hiệu lực từ ngày ký.",
        "Điều 4. Chánh Văn phòng Sở chịu trách nhiệm thi hành Quyết định này./.",
    ]
    assert points(*lines, head=decision) == ["Điều 2"]


def test_names_are_split_between_complete_bodies() -> None:
    task = only(
        "1. Sở Tài chính, Sở Văn hóa, Thể thao và Du lịch và UBND các xã, phường phối hợp với các sở, ngành rà soát."
    )
    assert task.lead == ("Sở Tài chính", "Sở Văn hóa, Thể thao và Du lịch", "UBND các xã, phường")
    assert task.coordinate == ("các sở, ngành",)


def test_bodies_with_a_common_head_are_named_each() -> None:
    assert only("1. Giao các Sở: Tài chính, Tư pháp rà soát hồ sơ.").lead == ("Sở Tài chính", "Sở Tư pháp")


def test_who_cooperates_is_told_apart_from_who_leads() -> None:
    task = only("1. Giao Sở Xây dựng chủ trì, Sở Tài chính phối hợp thẩm định hồ sơ.")
    assert (task.lead, task.coordinate) == (("Sở Xây dựng",), ("Sở Tài chính",))


def test_without_any_name_it_is_for_whom_the_letter_is_addressed_to() -> None:
    head = HEAD.replace("Để bảo đảm tiến độ công việc, Giám đốc Sở yêu cầu các phòng, đơn vị thực hiện:\n", "")
    assert only("1. Rà soát hồ sơ.", head=head).lead == ("Các phòng, đơn vị thuộc Sở",)


def test_the_heading_above_or_the_subject_names_an_index() -> None:
    lines = ("1. Đối với Chỉ số SIPAS", "a) Lắp máy khảo sát.", "2. Cải cách hành chính", "a) Rà soát thủ tục.")
    assert [task.index for task in tasks(*lines)] == ["SIPAS", None]


def test_a_table_of_which_only_the_text_is_left_is_put_together() -> None:
    found = paper(
        *("PHỤ LỤC", "PHÂN CÔNG NHIỆM VỤ", "STT", "Nhiệm vụ", "Chủ trì", "Thời hạn", "I", "Công tác tổ chức"),
        *("1", "Rà soát vị trí việc làm của các phòng,", "đơn vị", "Phòng Tổ chức", "Tháng 4/2026"),
        *("2", "Sửa quy chế", "Văn phòng Sở", "15/5/2026"),
    )
    assert [(task.point, task.lead) for task in found.tasks] == [
        ("PL.I.1", ("Phòng Tổ chức",)),
        ("PL.I.2", ("Văn phòng Sở",)),
    ]
    assert Code.FLATTENED_TABLE in codes(found)


def test_another_number_of_points_than_announced_is_named() -> None:
    found = paper("Đề nghị các phòng thực hiện 03 nội dung sau:", "a) Rà soát hồ sơ.", "b) Niêm yết nội quy.")
    assert Code.COUNT_MISMATCH in codes(found)


def test_wrapped_lines_page_numbers_and_blank_lines_do_not_cut_a_sentence() -> None:
    wrapped = (
        *("1. Văn phòng Sở rà soát toàn bộ quy chế làm việc, nội quy cơ quan và các quy định", "", "2", ""),
        *("nội bộ khác còn hiệu lực, tham mưu Giám đốc Sở sửa đổi những nội dung không còn", "", "phù hợp."),
    )
    text = only(*wrapped).text
    assert "quy định nội bộ khác" in text
    assert (text[:12], text[-8:]) == ("Văn phòng Sở", "phù hợp.")


@pytest.mark.parametrize(
    ("words", "lead"),
    {
        "Phòng Văn hoá - Xã hội chủ trì tổ chức hội thi.": ("Phòng Văn hoá - Xã hội",),
        "Phòng Kế hoạch tổng hợp lập bảng tự chấm.": ("Phòng Kế hoạch tổng hợp",),
        "Các chủ rừng là tổ chức, doanh nghiệp phát dọn thực bì.": ("Các chủ rừng là tổ chức, doanh nghiệp",),
        "Các chi bộ trực thuộc quán triệt quy định mới.": ("Các chi bộ trực thuộc",),
        "Giáo viên chủ nhiệm khối 9 thu phiếu đăng ký.": ("Giáo viên chủ nhiệm khối 9",),
        "Giao ThS. Lê Thị Mận, Phó Giám đốc, trực tiếp chỉ đạo.": ("ThS. Lê Thị Mận, Phó Giám đốc",),
        "Đề nghị Viettel Lam Sơn, VNPT Lam Sơn hỗ trợ đường truyền.": ("Viettel Lam Sơn", "VNPT Lam Sơn"),
        "Riêng UBND xã Thượng và UBND xã Hạ rà soát lại số liệu.": ("UBND xã Thượng", "UBND xã Hạ"),
        "Đảng ủy Công an nắm tình hình, tham mưu xử lý.": ("Đảng ủy Công an",),
        "Giám đốc các Sở: Tài chính, Tư pháp hoãn các cuộc họp.": ("Giám đốc Sở Tài chính", "Giám đốc Sở Tư pháp"),
        "Các trường có học sinh nội trú bố trí giáo viên trực.": ("Các trường có học sinh nội trú",),
        "Giao Phó Giám đốc phụ trách chuyên môn kiểm tra.": ("Phó Giám đốc phụ trách chuyên môn",),
        "Sở Y tế rà soát; Kho bạc Nhà nước thanh toán.": ("Sở Y tế", "Kho bạc Nhà nước"),
        "Thầy Lê Văn Bách (Trưởng khoa) dự toán kinh phí.": ("Thầy Lê Văn Bách",),
        "Trạm Y tế xã tẩy uế nguồn nước.": ("Trạm Y tế xã",),
        "Cơ quan Thường trực Ban Chỉ đạo ấn định lịch họp.": ("Cơ quan Thường trực Ban Chỉ đạo",),
        "Căn cứ diễn biến của lũ, Sở Y tế bố trí kíp trực.": ("Sở Y tế",),
        "Mua sắm: Khoa Dược lập nhu cầu; Phòng Kế toán thẩm định.": ("Khoa Dược", "Phòng Kế toán"),
        "Sở Giáo dục và Đào tạo quyết định cho học sinh nghỉ học.": ("Sở Giáo dục và Đào tạo",),
        "Giao Trung tâm Kiểm định xây dựng công khai kết quả.": ("Trung tâm Kiểm định xây dựng",),
        "Trung tâm Hành chính công rà soát hồ sơ.": ("Trung tâm Hành chính công",),
        "Ban Giám đốc rà soát hồ sơ.": ("Ban Giám đốc",),
        "Công ty Cổ phần Cấp nước rà soát hồ sơ.": ("Công ty Cổ phần Cấp nước",),
        "Hội đồng tuyển dụng rà soát hồ sơ.": ("Hội đồng tuyển dụng",),
        "Thường trực HĐND xã rà soát hồ sơ.": ("Thường trực HĐND xã",),
        "Văn phòng Sở lồng ghép nội dung vào giao ban.": ("Văn phòng Sở",),
        "Đội Quản lý trật tự tuần tra địa bàn.": ("Đội Quản lý trật tự",),
        "Các ông (bà) trưởng thôn huy động mỗi hộ tham gia.": ("Các ông (bà) trưởng thôn",),
    }.items(),
)
def test_a_name_ends_where_its_doing_begins(words: str, lead: tuple[str, ...]) -> None:
    assert only(f"1. {words}").lead == lead


def test_whom_the_assignee_shall_ask_is_not_the_assignee() -> None:
    lines = ("1. Đối với các đơn vị dự toán cấp I", "a) Rà soát tạm ứng; đề nghị Kho bạc Nhà nước thu hồi.")
    assert only(*lines).lead == ("các đơn vị dự toán cấp I",)


def test_whom_the_assignee_shall_tell_to_ask_is_not_the_assignee() -> None:
    lines = ("1. Phòng Quản lý dự án:", "a) Chỉ đạo Tổ giám sát yêu cầu nhà thầu bổ sung nhân lực.")
    assert only(*lines).lead == ("Phòng Quản lý dự án",)


def test_praise_is_no_task() -> None:
    assert points("1. Biểu dương Văn phòng Sở đã nỗ lực. Tuy nhiên, tiến độ còn chậm.", "2. Rà soát hồ sơ.") == ["2"]


def test_who_cooperates_may_stand_without_with() -> None:
    task = only("1. Văn phòng Sở chủ trì, phối hợp Trạm Y tế phường, các trường tiểu học tổ chức hội thi.")
    assert task.coordinate == ("Trạm Y tế phường", "các trường tiểu học")


def test_a_heading_that_names_no_body_leaves_the_lead_as_it_was() -> None:
    assert only("II. CÁC HOẠT ĐỘNG", "1. Rà soát hồ sơ.").lead == ("các phòng, đơn vị",)


def test_a_line_that_gives_something_to_somebody_begins_a_paragraph() -> None:
    heading = "3. Nâng cao chất lượng phục vụ của bộ phận một cửa và tiếp công dân"
    task = only(
        heading, "Giao Văn phòng Sở lắp camera tại nơi tiếp công dân, hoàn thành trước ngày 25/3/2026", "và báo cáo."
    )
    assert (task.point, task.text[:18]) == ("3", "Giao Văn phòng Sở ")


def test_a_page_between_two_lines_cuts_no_sentence_before_a_capital() -> None:
    lines = ("1. Văn phòng Sở rà soát toàn bộ quy chế làm việc, nội quy cơ quan, báo cáo kết quả với", "2", "")
    after = ("Giám đốc Sở để sửa đổi những nội dung không còn phù hợp với thực tế của cơ quan ta", "hiện nay.")
    assert only(*lines, *after).text.endswith("ta hiện nay.")
